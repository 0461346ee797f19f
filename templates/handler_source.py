"""Looks for what a handler names, MODULE.FUNCTION, by reading the module; nothing of it is run.

In: the handler, the names in the zip and a way to read one. Out: a fact: {"kind": "handler",
"handler": ..., "state": ...} with the state absent (no such module), defined, undefined, uncallable
(what is wrong is in "why"), syntax (the place is in "line" and "why") or unknown (it may be defined,
but only running the module would tell).
Source: how the runtime finds it, https://github.com/aws/aws-lambda-python-runtime-interface-client
(awslambdaric/bootstrap.py, _get_handler and _run).
"""
import ast
import difflib
import sys
import warnings

_LARGEST = 4 << 20
_MOST_NEAR = 3
# Calls after which a module may have names that are not written in it.
_HIDDEN = frozenset(("exec", "eval", "globals", "vars", "locals", "setattr"))


class Handlers:
    """`roots`: folders of the zip in which Python looks for modules, "" for its own root; `names`: all
    names in the zip; `read`: a function from a name to its content; `own`: names of the user's code."""

    def __init__(self, roots, names, read, own):
        self._roots, self._names, self._read, self._own = roots, names, read, own

    def fact(self, handler):
        module, _, function = handler.rpartition(".")
        path = module.replace(".", "/")
        file = self._file(path)
        fact = {"kind": "handler", "handler": handler}
        if file is None:
            return dict(fact, state="absent", near=self._near(path))
        fact["file"] = file
        if not file.endswith(".py"):
            return dict(fact, state="unknown")
        return dict(fact, **_judged(self._read(file), function))

    def _file(self, path):
        for root in self._roots:
            for form in ("{}/__init__.py", "{}.py", "{}/__init__.pyc", "{}.pyc"):
                name = root + form.format(path)
                if name in self._names:
                    return name
            for name in self._names:
                if name.startswith(root + path + ".") and name.endswith(".so") and "/" not in name[len(root + path):]:
                    return name
        return None

    def _near(self, path):
        """What could have been meant, as the module part of a handler."""
        modules = {}
        for name in self._own:
            for root in self._roots:
                if name.startswith(root) and name.endswith(".py"):
                    module = name[len(root):-len(".py")]
                    modules[module[:-len("/__init__")] if module.endswith("/__init__") else module] = name
        last = path.rpartition("/")[2]
        found = [module for module in sorted(modules) if module.lower() == path.lower()]
        found += [module for module in sorted(modules) if module.rpartition("/")[2] == last]
        found += difflib.get_close_matches(path, sorted(modules), _MOST_NEAR)
        return list(dict.fromkeys(found))[:_MOST_NEAR]


def _judged(source, function):
    if len(source) > _LARGEST:
        return {"state": "unknown"}
    python = "{}.{}".format(*sys.version_info[:2])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except SyntaxError as error:
        return {"state": "syntax", "line": error.lineno or 1, "why": error.msg, "python": python}
    except (ValueError, RecursionError, MemoryError):
        # A null byte, or deeper than this Python goes.
        return {"state": "unknown"}
    names = _Names()
    names.read(tree.body)
    if function not in names.bound:
        hides = names.hides or any(_hides(node) for node in ast.walk(tree))
        if hides:
            return {"state": "unknown"}
        near = difflib.get_close_matches(function, sorted(names.functions) or sorted(names.bound), _MOST_NEAR)
        return {"state": "undefined", "near": near or sorted(names.functions)[:_MOST_NEAR]}
    why = _why_uncallable(names.functions.get(function))
    return {"state": "defined"} if why is None else {"state": "uncallable", "why": why}


def _why_uncallable(node):
    """For a function that stands as it is written; a decorator can make anything of one."""
    if node is None or node.decorator_list:
        return None
    if isinstance(node, ast.AsyncFunctionDef):
        return "coroutine"
    arguments = node.args
    positional = getattr(arguments, "posonlyargs", []) + arguments.args
    required = len(positional) - len(arguments.defaults)
    needs_keyword = any(default is None for default in arguments.kw_defaults)
    if required > 2 or needs_keyword or (len(positional) < 2 and arguments.vararg is None):
        return "arguments"
    return None


class _Names:
    """What a module binds at its top level, also within if, try, with and loops."""

    def __init__(self):
        self.bound = set()
        self.functions = {}  # name -> its last definition, unless something else has its name then
        self.hides = False

    def read(self, body):
        for node in body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.bound.add(node.name)
                self.functions[node.name] = node
                self.hides = self.hides or node.name == "__getattr__"
            elif isinstance(node, ast.ClassDef):
                self._bind(node.name)
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                for alias in node.names:
                    self.hides = self.hides or alias.name == "*"
                    self._bind((alias.asname or alias.name).partition(".")[0])
            else:
                for child in ast.walk(node) if not _is_block(node) else _own_expressions(node):
                    if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
                        self._bind(child.id)
                if _is_block(node):
                    # Of two branches either may be the one that counts.
                    before = dict(self.functions)
                    for part in _blocks(node):
                        self.read(part)
                    for name in set(self.functions) & set(before):
                        if self.functions[name] is not before[name]:
                            del self.functions[name]

    def _bind(self, name):
        self.bound.add(name)
        self.functions.pop(name, None)


def _is_block(node):
    return hasattr(node, "body") or hasattr(node, "cases")


def _blocks(node):
    for part in [getattr(node, field, []) for field in ("body", "orelse", "finalbody")]:
        yield part
    for inner in getattr(node, "handlers", []) + getattr(node, "cases", []):
        yield inner.body


def _own_expressions(node):
    """What stands in the head of a block: the target of a loop, the name of a with, an assignment."""
    for field, value in ast.iter_fields(node):
        if field in ("body", "orelse", "finalbody", "handlers", "cases"):
            continue
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, ast.AST):
                for child in ast.walk(item):
                    yield child


def _hides(node):
    if isinstance(node, ast.Global):
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _HIDDEN

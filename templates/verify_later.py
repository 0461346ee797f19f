"""Tries the imports that a function's own code makes only when its functions are called.

In: the source files of the function itself, no packages. Of those that were loaded, the imports that
a call is bound to come to: inside a function, under no condition, and not in a `try` that takes their
failure for an answer. Out: events, as verify_import.py writes them.
"""
import importlib
import sys

# compile() then gives the tree; what the ast module adds to it the runtime has not imported.
_ONLY_TREE = 0x400
_TAKE_FAILURE = ("ImportError", "ModuleNotFoundError", "Exception", "BaseException")
_CONDITIONS = ("If", "IfExp", "While", "Match")
_FUNCTIONS = ("FunctionDef", "AsyncFunctionDef")


def import_later(sources, events, describe):
    wanted = set(sources)
    loaded = [(module.__file__, module) for module in list(sys.modules.values())
              if getattr(module, "__file__", None) in wanted]
    seen = set()
    for path, module in sorted(loaded, key=lambda item: item[0]):
        for statement, function in _statements(path):
            for attempt in _attempts(statement, module):
                if attempt not in seen:
                    seen.add(attempt)
                    place = {"file": path, "line": statement.lineno, "function": function}
                    events.say(event="trying", place=place)
                    try:
                        _import(*attempt)
                    except BaseException as error:
                        events.say(event="failed", during="later", place=place, chain=describe(error))


def _statements(path):
    """(import statement, the function that it is in) of a source file."""
    try:
        with open(path, "rb") as file:
            tree = compile(file.read(), path, "exec", _ONLY_TREE, True)
    except (OSError, SyntaxError, ValueError):
        return
    for found in _walk(tree, None):
        yield found


def _walk(node, function):
    kind = type(node).__name__
    if kind in ("Import", "ImportFrom"):
        if function is not None:
            yield node, function
        return
    if kind in _CONDITIONS:
        return
    if kind in _FUNCTIONS:
        if node.name.startswith("test"):
            return
        function = node.name
    children = node.finalbody if kind in ("Try", "TryStar") and _takes_failure(node) else _children(node)
    if kind in ("Try", "TryStar") and not _takes_failure(node):
        children = node.body + node.finalbody
    for child in children:
        for found in _walk(child, function):
            yield found


def _children(node):
    for field in node._fields:
        value = getattr(node, field, None)
        for item in value if isinstance(value, list) else [value]:
            if hasattr(item, "_fields"):
                yield item


def _takes_failure(node):
    for handler in node.handlers:
        kinds = [handler.type] if type(handler.type).__name__ != "Tuple" else handler.type.elts
        if any(kind is None or getattr(kind, "id", getattr(kind, "attr", None)) in _TAKE_FAILURE for kind in kinds):
            return True
    return False


def _attempts(statement, module):
    """(module, name in it or None) of each thing that a statement imports."""
    if type(statement).__name__ == "Import":
        return [(alias.name, None) for alias in statement.names]
    base = statement.module or ""
    if statement.level:
        package = module.__package__ or ""
        parts = package.split(".")[:len(package.split(".")) - statement.level + 1]
        if not package or not parts:
            return []
        base = ".".join(parts + ([base] if base else []))
    return [(base, None if alias.name == "*" else alias.name) for alias in statement.names]


def _import(name, attribute):
    module = importlib.import_module(name)
    if attribute is None or hasattr(module, attribute):
        return
    try:
        importlib.import_module("{}.{}".format(name, attribute))
    except ModuleNotFoundError as error:
        if error.name != "{}.{}".format(name, attribute):
            raise
        raise ImportError("cannot import name {!r} from {!r}".format(attribute, name), name=name,
                          path=getattr(module, "__file__", None)) from None

"""Says of a module that was not found what it may be: elsewhere, of another Python, or not packed.

In: its dotted name. Out: a problem.
"""
import difflib
import os
import re
import sys

from module_names import IN_LAMBDA, REMOVED, distribution_of

_COMPILED = re.compile(r"\.(?P<tag>[\w-]+)\.(?:so|pyd)$|\.(?P<plain>pyd|dylib)$")
_MOST_FILES = 50000
_MOST_PLACES = 3


def module_problem(name, is_handlers, request, installed):
    top = name.partition(".")[0]
    compiled = compiled_otherwise(name, installed)
    if compiled is not None:
        return compiled
    if is_handlers:
        module = request["handler"].rpartition(".")[0]
        return {"kind": "handler-module", "module": module, "near": near_modules(module, request["task"])}
    problem = {"kind": "missing-module", "module": name}
    if top in REMOVED and sys.version_info[:2] >= REMOVED[top][0]:
        problem["removedIn"] = "{}.{}".format(*REMOVED[top][0])
        if REMOVED[top][1]:
            problem["distribution"] = REMOVED[top][1]
        return problem
    if top in getattr(sys, "stdlib_module_names", ()):
        problem["standard"] = True
        return problem
    if top in IN_LAMBDA:
        problem["inLambda"] = True
    known = installed.provided().get(top)
    if known:
        # A part of a package that is there.
        problem["partOf"] = known
        return problem
    places = _places(name, installed)
    if places:
        problem["elsewhere"] = places
    elif known is None and distribution_of(name) is not None:
        problem["distribution"] = distribution_of(name)
    return problem


def near_modules(module, task):
    """Modules of the zip that may be meant by one that is not in it."""
    wanted = module.replace(".", "/")
    known = sorted(path[:-len(".py")] for path in _python_files(task))
    last = wanted.rpartition("/")[2]
    same = [path for path in known if path.rpartition("/")[2] == last and path != wanted]
    close = difflib.get_close_matches(wanted, known, _MOST_PLACES, 0.6)
    return [path.replace("/", ".") for path in same + [path for path in close if path not in same]][:_MOST_PLACES]


def compiled_otherwise(name, installed):
    """An extension module of that name for another Python, processor or system."""
    parent, _, last = name.replace(".", "/").rpartition("/")
    for root in installed.roots:
        folder = os.path.join(root, parent)
        for file in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            found = _COMPILED.search(file)
            if found is None or file[:found.start()] != last:
                continue
            path = os.path.join(folder, file)
            problem = {"kind": "compiled-otherwise", "module": name, "file": path,
                       "tag": found.group("tag") or found.group("plain"), "wants": _own_tag()}
            owner = installed.owner(path)
            if owner is not None:
                problem.update(distribution=owner.name, version=owner.version)
            return problem
    return None


def _own_tag():
    import importlib.machinery
    return importlib.machinery.EXTENSION_SUFFIXES[0].strip(".").rpartition(".")[0]


def _places(name, installed):
    """Where the zips have a module of that name at a place that is not looked into."""
    ending = name.replace(".", "/")
    found = []
    for root in installed.roots:
        for path in _python_files(root):
            module = path[:-len("/__init__.py")] if path.endswith("/__init__.py") else path[:-len(".py")]
            if module.endswith("/" + ending) and installed.owner(os.path.join(root, path)) is None:
                found.append(os.path.join(root, path))
    return found[:_MOST_PLACES]


def _python_files(root):
    count = 0
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in sorted(files):
            count += 1
            if count > _MOST_FILES:
                return
            # Without sources there is bytecode in their place.
            if name.endswith((".py", ".pyc")) and os.path.basename(folder) != "__pycache__":
                yield os.path.relpath(os.path.join(folder, os.path.splitext(name)[0] + ".py"), root)

"""Finds out why an import has failed.

In: the chain of exceptions (see verify_failure.py), what was asked for, what is installed. Out: a
problem: its kind and what that kind tells. The first cause counts; what others say of it, such as
numpy's page of advice, does not.
"""
import errno
import os
import re

from verify_loader import loader_problem
from verify_modules import compiled_otherwise, module_problem

_NO_NETWORK = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ECONNREFUSED, errno.ETIMEDOUT}
_NO_CONNECTION = ("gaierror", "herror", "EndpointConnectionError", "ConnectTimeoutError", "NameResolutionError",
                  "NewConnectionError", "ConnectTimeout")
_NOT_WRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM}
# In a message of Python: of which module a name was not there.
_NO_NAME = re.compile(r"cannot import name '?([^' ]+)'? from (?:partially initialized module )?'?([^' ]+)'?")
_OF_THE_VERIFIER = ("verify_import.py", "verify_later.py")


def cause_of(chain, request, installed, watched):
    """`watched`: {"network": addresses, "asked": names of variables that are not set}."""
    place = _own_place(chain, installed)
    for link in reversed(chain):
        problem = _known(link, chain, request, installed, watched)
        if problem is not None:
            break
    else:
        problem = _exception(chain, installed, watched)
    if place is not None:
        problem.setdefault("place", place)
    return problem


def _known(link, chain, request, installed, watched):
    """The problem that one exception of the chain tells of, if it is one that is understood."""
    kinds = [link["type"]] + link["bases"]
    if link["type"] == "PackageNotFoundError":
        return {"kind": "missing-metadata", "distribution": link.get("name") or link["message"]}
    if link["type"] == "DistributionNotFound":
        return {"kind": "missing-metadata", "distribution": link["message"].strip("The '").partition("'")[0]}
    if "ModuleNotFoundError" in kinds and link.get("name"):
        return module_problem(link["name"], _is_handlers_own(link["name"], chain, request), request, installed)
    if "ImportError" in kinds or "OSError" in kinds:
        problem = loader_problem(link, installed)
        if problem is not None:
            return problem
    if "ImportError" in kinds:
        return _missing_name(link, installed)
    if "SyntaxError" in kinds and link.get("filename"):
        return _syntax(link, installed)
    if "SystemExit" in kinds:
        return {"kind": "exited", "code": link.get("code", "")}
    if "KeyError" in kinds and "key" in link and _last_file(link) in ("os.py", "<frozen os>"):
        return {"kind": "environment", "variables": [link["key"]]}
    if link["type"] in _NO_CONNECTION or ("OSError" in kinds and link.get("errno") in _NO_NETWORK):
        return {"kind": "network", "addresses": watched["network"], "type": link["type"], "message": link["message"]}
    if "OSError" in kinds and link.get("errno") in _NOT_WRITABLE:
        return _not_writable(link)
    return None


def _is_handlers_own(name, chain, request):
    """Whether it is the handler's module itself, or a folder that it is in, that is missing."""
    if request["handler"] is None:
        return False
    module = request["handler"].rpartition(".")[0].replace("/", ".")
    frames = [frame for link in chain for frame in _frames(link)]
    return not frames and (module == name or module.startswith(name + "."))


def _missing_name(link, installed):
    found = _NO_NAME.match(link["message"])
    if found is None:
        return None
    # `from package import _module` says no more than this of a module that is there for another Python.
    compiled = compiled_otherwise("{}.{}".format(found.group(2), found.group(1)), installed)
    if compiled is not None:
        return compiled
    problem = {"kind": "import-name", "name": found.group(1), "module": found.group(2), "message": link["message"]}
    return _with_owner(problem, link.get("path"), installed)


def _syntax(link, installed):
    place = {"file": link["filename"], "line": link.get("lineno", 0), "function": ""}
    problem = {"kind": "syntax", "message": link.get("msg", link["message"]), "place": place}
    if link.get("text"):
        problem["text"] = link["text"].rstrip()
    return _with_owner(problem, link["filename"], installed)


def _not_writable(link):
    path = link.get("filename")
    if path is None:
        # Semaphores of multiprocessing have no name that is told.
        isolated = any(os.path.basename(file) == "synchronize.py" for file, _, _ in link["frames"])
        return {"kind": "no-semaphores"} if isolated else None
    # One that cannot even be read was not to be written.
    is_closed = os.path.isfile(path) and not os.stat(path).st_mode & 0o004
    if path.startswith("/tmp/") or (link["errno"] != errno.EROFS and is_closed):
        return None
    return {"kind": "read-only", "path": path}


def _exception(chain, installed, watched):
    last = chain[-1]
    problem = {"kind": "exception", "type": last["type"], "message": last["message"]}
    for key in ("network", "asked"):
        if watched[key]:
            problem[key] = watched[key]
    frames = _frames(last)
    return _with_owner(problem, frames[-1][0] if frames else None, installed)


def _with_owner(problem, path, installed):
    owner = None if path is None else installed.owner(path)
    if owner is not None:
        problem["distribution"], problem["version"] = owner.name, owner.version
    return problem


def _own_place(chain, installed):
    """The last line of the function's own code on the way."""
    for link in chain:
        own = [frame for frame in _frames(link) if installed.is_own(frame[0])]
        if own:
            return dict(zip(("file", "line", "function"), own[-1]))
    return None


def _frames(link):
    """Without those of the verifier and of what imports for it."""
    return [frame for frame in link["frames"] if os.path.basename(frame[0]) not in _OF_THE_VERIFIER
            and not frame[0].replace(os.sep, "/").endswith("importlib/__init__.py")]


def _last_file(link):
    return os.path.basename(link["frames"][-1][0]) if link["frames"] else ""

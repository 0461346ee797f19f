"""Imports a function as Lambda's runtime does, and tells what came of it; verify.py starts it.

usage: verify_import.py OUT IN   Two open file descriptors. IN: the request, as JSON (see verify.py).
OUT: events, a JSON object a line; when Python itself crashes, its trace in between.

It runs in the function's own process, whose modules it must not be in the way of: what it needs of
the standard library Lambda's runtime has imported too, and its own modules it takes out again.
"""
import faulthandler
import importlib
import json
import os
import site
import sys
import time

# What Lambda's runtime has imported before it imports a function, where there is no awslambdaric: a
# module of one of these names in a zip is not found there either.
_BEFORE = ("decimal", "enum", "importlib", "json", "logging", "math", "time", "traceback", "warnings")
_OWN = ("verify_failure", "verify_later", "verify_watch")
_RUNTIME = "/var/runtime"


class Events:
    """Writes what happens; the process may be gone before the next line."""

    def __init__(self, descriptor):
        self._descriptor = descriptor

    def say(self, **event):
        data = json.dumps(event).encode("ascii") + b"\n"
        while data:
            data = data[os.write(self._descriptor, data):]


def set_paths(task, opt):
    """The folders of modules as the runtime has them.
    Source: https://docs.aws.amazon.com/lambda/latest/dg/python-package.html#python-package-searchpath"""
    in_opt = [opt + "/python/lib/python{}.{}/site-packages".format(*sys.version_info[:2]), opt + "/python"]
    if "PYTHONPATH" in os.environ:
        in_opt = []
    sys.path[:0] = [task] + in_opt
    for folder in [task] + in_opt:
        # Lines of .pth files count there.
        if os.path.isdir(folder):
            site.addsitedir(folder)
    os.environ.setdefault("PYTHONPATH", _RUNTIME)


def preload():
    try:
        importlib.import_module("awslambdaric.bootstrap")
    except Exception:
        for name in _BEFORE:
            importlib.import_module(name)


def import_handler(handler, events, describe):
    """The handler's module, or None when that was told to have failed.
    The rules are those of https://github.com/aws/aws-lambda-python-runtime-interface-client"""
    name, _, function = handler.rpartition(".")
    if name.split(".")[0] in sys.builtin_module_names:
        events.say(event="handler", found="built-in")
        return None
    started = time.perf_counter()
    try:
        module = importlib.import_module(name.replace("/", "."))
    except BaseException as error:
        events.say(event="failed", during="import", chain=describe(error))
        return None
    events.say(event="imported", milliseconds=round((time.perf_counter() - started) * 1000, 1))
    try:
        found = getattr(module, function)
    except AttributeError:
        events.say(event="handler", found="missing", names=_functions(module))
        return None
    events.say(event="handler", **_kind(found))
    return module


def _functions(module):
    return sorted(name for name, value in vars(module).items() if callable(value) and not name.startswith("_"))


def _kind(found):
    """What Lambda would make of it: it calls a handler with the event and the context."""
    if not callable(found):
        return {"found": "not callable", "type": type(found).__name__}
    code = getattr(found, "__code__", None)
    if code is None:
        return {"found": "function"}
    # The flags are those of the inspect module, which the runtime does not import.
    for flag, kind in ((0x80, "async"), (0x200, "async"), (0x20, "generator")):
        if code.co_flags & flag:
            return {"found": kind}
    if not isinstance(found, type(_kind)):
        return {"found": "function"}
    least = code.co_argcount - len(found.__defaults__ or ())
    most = 2 if code.co_flags & 0x4 else code.co_argcount
    named = [name for name in code.co_varnames[code.co_argcount:code.co_argcount + code.co_kwonlyargcount]
             if name not in (found.__kwdefaults__ or {})]
    if least <= 2 <= most and not named:
        return {"found": "function"}
    return {"found": "arguments", "arguments": list(code.co_varnames[:code.co_argcount]) + named}


def import_modules(names, events, describe):
    for name in names:
        events.say(event="trying", module=name)
        started = time.perf_counter()
        try:
            importlib.import_module(name)
        except BaseException as error:
            events.say(event="failed", during="module", module=name, chain=describe(error))
        else:
            events.say(event="imported", module=name, milliseconds=round((time.perf_counter() - started) * 1000, 1))


def main():
    out, source = int(sys.argv[1]), int(sys.argv[2])
    with os.fdopen(source, "rb") as file:
        request = json.loads(file.read().decode("utf-8"))
    import verify_failure
    import verify_later
    import verify_watch
    for name in _OWN:
        del sys.modules[name]
    events = Events(out)
    faulthandler.enable(out)
    sys.argv[:] = [_RUNTIME + "/bootstrap.py"]
    watch = verify_watch.Watch()
    # The runtime's own program is there.
    sys.path[0] = _RUNTIME
    preload()
    set_paths(request["task"], request["opt"])
    watch.start()
    events.say(event="started", python="{}.{}.{}".format(*sys.version_info[:3]))
    describe = verify_failure.describe
    if request["handler"] is None:
        import_modules(request["modules"], events, describe)
    elif import_handler(request["handler"], events, describe) is not None:
        events.say(event="watched", **watch.told())
        verify_later.import_later(request["sources"], events, describe)
    events.say(event="watched", **watch.told())
    events.say(event="ended")
    sys.stdout.flush()
    # Threads that a module has started would keep the process.
    os._exit(0)


if __name__ == "__main__":
    main()

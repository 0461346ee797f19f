"""Describes an exception as data: what verify.py finds the cause from.

In: an exception. Out: the chain from it to its cause, each with its type, message, the attributes
that tell of causes, and the frames it went through.
"""
_MOST_LINKS = 10
_MOST_FRAMES = 40
_LONGEST = 2000

# Attributes of exceptions that say more than the message: of ImportError, SyntaxError and OSError.
_TEXTS = ("name", "path", "filename", "text", "msg")
_NUMBERS = ("errno", "lineno", "offset")


def describe(error):
    chain, seen = [], set()
    while error is not None and id(error) not in seen and len(chain) < _MOST_LINKS:
        seen.add(id(error))
        chain.append(_link(error))
        error = _cause(error)
    return chain


def _cause(error):
    if error.__cause__ is not None:
        return error.__cause__
    if error.__context__ is not None and not error.__suppress_context__:
        return error.__context__
    # urllib keeps what the socket said there.
    reason = getattr(error, "reason", None)
    return reason if isinstance(reason, BaseException) else None


def _link(error):
    kind = type(error)
    link = {"type": kind.__name__, "module": str(kind.__module__), "message": _text(error),
            "frames": _frames(error.__traceback__), "bases": [base.__name__ for base in kind.__mro__[1:-1]]}
    for name in _TEXTS + _NUMBERS:
        value = getattr(error, name, None)
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if isinstance(value, str if name in _TEXTS else int):
            link[name] = value[:_LONGEST] if name in _TEXTS else value
    if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str):
        link["key"] = error.args[0][:_LONGEST]
    if isinstance(error, SystemExit):
        link["code"] = _text(error)
    return link


def _text(error):
    try:
        return str(error)[:_LONGEST]
    except Exception:
        return ""


def _frames(trace):
    """[file, line, function] of each, the importing machinery left out; the last ones where many are."""
    frames = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if not code.co_filename.startswith("<frozen importlib"):
            frames.append([code.co_filename, trace.tb_lineno, code.co_name])
        trace = trace.tb_next
    return frames[-_MOST_FRAMES:]

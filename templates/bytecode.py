"""Compiles Python sources for the place where Lambda has them, so that no start has to.

In: zipwriter entries. Out: the same with bytecode for each source that is on disk; members that
come from another zip were compiled when that zip was made. The bytecode is of the kind that is
never compared with its source (PEP 552, unchecked hash): the dates in a zip mean nothing, and a
source in a read-only folder does not change. A source that cannot be compiled stays as it is.

`hash` adds the bytecode in __pycache__, except below folders named tests, which no start imports and
which are more than half of some packages; `sourceless` puts it in the source's own place.
"""
import importlib.util
import marshal
import os
import posixpath
import sys
import warnings

import zipformat
from failure import say
from zipwriter import Entry, OnDisk, packed_bytes

KINDS = ("hash", "sourceless")
# PEP 552's flags: the hash is in the file, and nobody checks it.
_UNCHECKED_HASH = (0b01).to_bytes(4, "little")
# Below this the start of a pool costs more than it gains.
_WORTH_PROCESSES = 1 << 20
_CHUNK = 16


def add_bytecode_options(parser):
    """What both programs that make zips take: --bytecode and --place, beside their --runtime."""
    parser.add_argument("--bytecode", choices=KINDS, help="compile the sources; without it they are packed as they are")
    parser.add_argument("--place", metavar="DIR", help="with --bytecode: where Lambda unpacks them, such as /var/task")


def begin_with_fixed_hashes(options):
    """Begins the program anew, once, where the same source would not give the same bytecode: before
    Python 3.11 it holds sets of constants in the order of hashes that are others in each process."""
    if options.bytecode is None or sys.version_info >= (3, 11) or os.environ.get("PYTHONHASHSEED") == "0":
        return
    os.environ["PYTHONHASHSEED"] = "0"
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable] + sys.argv)


def compiled_entries(entries, options):
    """The entries as these options want them. The interpreter must be the runtime's: any other bytecode
    would be passed over at every start."""
    if options.bytecode is None:
        return entries
    here = "python{}.{}".format(*sys.version_info[:2])
    if options.runtime not in ("any", here):
        say("bytecode", "warning: sources are not compiled: the image has {}, not {}".format(here, options.runtime))
        return entries
    # Python 3.6, which `any` may turn out to be, has no bytecode without dates.
    return with_bytecode(entries, options.bytecode, options.place) if sys.version_info >= (3, 7) else entries


def with_bytecode(entries, kind, place):
    """The entries with their bytecode of this interpreter; `place` is where Lambda has them."""
    sources = [entry for entry in entries if _is_source(entry)
               and (kind == "sourceless" or b"tests" not in entry.name.split(b"/")[:-1])]
    compiled = _compiled([(entry.content.path, posixpath.join(place, entry.name.decode("utf-8")))
                          for entry in sources], sum(entry.content.size for entry in sources))
    by_name = {entry.name: entry for entry in entries}
    for source, packed in zip(sources, compiled):
        # Also what was compiled from another source of this name, which never would be noticed.
        for name in (_cached(source.name), source.name + b"c"):
            by_name.pop(name, None)
        if packed is None:
            continue
        if kind == "hash":
            name = _cached(source.name)
        else:
            name = source.name + b"c"
            del by_name[source.name]
        by_name[name] = Entry(name, zipformat.FILE, packed)
    return list(by_name.values())


def _is_source(entry):
    return entry.name.endswith(b".py") and isinstance(entry.content, OnDisk)


def _cached(name):
    """The name that the import system looks for (PEP 3147)."""
    folder, _, base = name.rpartition(b"/")
    tag = sys.implementation.cache_tag.encode("ascii")
    return (folder + b"/" if folder else b"") + b"__pycache__/" + base[:-3] + b"." + tag + b".pyc"


def _compiled(sources, size):
    """For each (path, what the code calls its file) the deflated bytecode, or None."""
    processes = os.cpu_count() or 1
    if size < _WORTH_PROCESSES or processes < 2:
        return [_compile(source) for source in sources]
    import multiprocessing  # 20 ms that a small zip need not spend

    with multiprocessing.get_context("fork").Pool(processes) as pool:
        return pool.map(_compile, sources, _CHUNK)


def _compile(source):
    path, shown = source
    with open(path, "rb") as file:
        text = file.read()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            code = compile(text, shown, "exec", dont_inherit=True)
    # A template, or a source for another Python; the last two are what a very deep one ends in.
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    head = importlib.util.MAGIC_NUMBER + _UNCHECKED_HASH + importlib.util.source_hash(text)
    return packed_bytes(head + marshal.dumps(code))

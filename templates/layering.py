"""Lays folders and zips over one another, as pack.py's sources.

In: sources in their order. Out: one zipwriter entry a name, and who gave way to whom. A later source's file wins over an
earlier one's; where one source has a file and another a folder of the same name, nothing could be
right, so that is a Failure that names both.
"""
import zlib
from collections import namedtuple

import zipformat
from failure import Failure, printable
from folder_entries import folder_entries
from ignore_patterns import IgnorePatterns
from zipreader import zip_entries
from zipwriter import OnDisk

# kind: "join" or "tree"; path: bytes; prefix: bytes, "" for the zip's root; exclude: patterns, bytes;
# title: what messages call it, bytes, or None; report: the path of what is told of it, or None.
Source = namedtuple("Source", "kind path prefix exclude title report")
CODE = b"code"
# How messages name sources whose titles would not tell a person where to look.
_SAID = {b"libraries": "what the image carries (lambda_lib, lambda_bin, libs, bins)"}
# A file that another source's file took the place of: its name in the zip, and the titles of both.
Replaced = namedtuple("Replaced", "name of by")
# entries: one zipwriter entry a name; sources: {name without a slash at its end: its Source}.
Layered = namedtuple("Layered", "entries sources replaced")


def zip_prefix(value):
    """A prefix without needless slashes; None if it would leave the zip or is not UTF-8."""
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return None
    parts = [part for part in value.split(b"/") if part not in (b"", b".")]
    return None if value.startswith(b"/") or b".." in parts else b"/".join(parts)


def layered(sources):
    """All sources together, as a Layered; a folder's own entry only where it is empty.

    There is a Replaced for each file of a source with a title that gave way to a different one of
    another title.
    """
    replaced, chosen, folders = [], {}, {}  # name without a slash at its end -> (entry, source); name -> source
    for source in sources:
        for entry in _entries(source):
            if source.prefix:
                entry = entry._replace(name=source.prefix + b"/" + entry.name)
            key = entry.name.rstrip(b"/")
            if entry.mode == zipformat.FOLDER:
                _refuse_both(key, chosen.get(key), source, folder_is_new=True)
                chosen.setdefault(key, (entry, source))
            else:
                present = chosen.get(key)
                _refuse_both(key, present, source, folder_is_new=False)
                told = present and present[1].title and source.title and source.title != present[1].title
                if told and _differ(present[0], entry):
                    replaced.append(Replaced(key, present[1].title, source.title))
                chosen[key] = (entry, source)
            _add_folders(key, source, folders)
    for name, source in folders.items():
        _refuse_both(name, chosen.get(name), source, folder_is_new=True)
    left = {name: found for name, found in chosen.items() if name not in folders}
    return Layered([entry for entry, _ in left.values()], {name: source for name, (_, source) in left.items()}, replaced)


def _add_folders(name, source, folders):
    folder = name.rpartition(b"/")[0]
    while folder and folder not in folders:
        folders[folder] = source
        folder = folder.rpartition(b"/")[0]


def _refuse_both(name, present, source, folder_is_new):
    if present is None or (present[0].mode == zipformat.FOLDER) == folder_is_new:
        return
    file, folder = (present[1], source) if folder_is_new else (source, present[1])
    raise Failure("{} is a file in {} and a folder in {}: rename one, or exclude it".format(
        printable(name), _said(file), _said(folder)))


def _said(source):
    if source.title is None:
        return printable(source.path)
    return _SAID.get(source.title, "the " + printable(source.title))


def _differ(one, other):
    return (one.mode == zipformat.LINK) != (other.mode == zipformat.LINK) or \
        _fingerprint(one.content) != _fingerprint(other.content)


def _fingerprint(content):
    if not isinstance(content, OnDisk):
        return content.size, content.crc
    with open(content.path, "rb") as file:
        return content.size, zlib.crc32(file.read())


def _entries(source):
    if source.kind == "tree":
        return folder_entries(source.path, source.exclude)
    entries = zip_entries(source.path)
    patterns = IgnorePatterns(source.exclude)
    if patterns.empty:
        return entries
    return [entry for entry in entries if not patterns.excludes(entry.name.rstrip(b"/"))]

"""Walks a folder and lists what a zip of it holds.

In: a folder and its exclude patterns. Out: zipwriter entries, named by their paths inside the
folder. Links are kept as links, whatever they point to; a folder gets an entry of its own only if
it is empty (one that excluding has emptied gets none). Paths are bytes throughout, because an
image without a UTF-8 locale would garble them.
"""
import os
import stat

import zipformat
from failure import Failure, printable
from ignore_patterns import IgnorePatterns
from zipwriter import Entry, OnDisk, packed_bytes

_WHAT = {stat.S_IFSOCK: "a socket", stat.S_IFIFO: "a fifo", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}


def folder_entries(root, patterns=()):
    """The entries of the folder `root`; its own path may be a link. Failure names what cannot be packed."""
    root = os.fsencode(root)
    if not os.path.isdir(root):
        raise Failure("{}: no such folder".format(printable(root)))
    entries = []
    _walk(root, b"", IgnorePatterns(patterns), entries)
    return entries


def packed_link(target):
    """A link's content in a zip: the path that it points to, never deflated."""
    return packed_bytes(target, deflate=False)


def _walk(folder, name, patterns, entries):
    empty = True
    for item in os.scandir(folder):
        empty = False
        inside = name + b"/" + item.name if name else item.name
        _check_name(item)
        is_folder = item.is_dir(follow_symlinks=False)
        if patterns.excludes(inside) and not (is_folder and not patterns.prunes):
            continue
        if is_folder:
            _walk(item.path, inside, patterns, entries)
        else:
            entries.append(_entry(item, inside))
    if empty and name and not patterns.excludes(name):
        entries.append(Entry(name + b"/", zipformat.FOLDER, packed_bytes(b"")))


def _entry(item, name):
    status = item.stat(follow_symlinks=False)
    if stat.S_ISLNK(status.st_mode):
        return Entry(name, zipformat.LINK, packed_link(os.readlink(item.path)))
    if stat.S_ISREG(status.st_mode):
        mode = zipformat.PROGRAM if status.st_mode & 0o111 else zipformat.FILE
        return Entry(name, mode, OnDisk(item.path, status.st_size))
    what = _WHAT.get(stat.S_IFMT(status.st_mode), "of a special type")
    raise Failure("{} is {}: a zip holds files, folders and links".format(printable(item.path), what))


def _check_name(item):
    try:
        item.name.decode("utf-8")
    except UnicodeDecodeError:
        raise Failure("{}: a name in a zip must be UTF-8".format(printable(item.path)))

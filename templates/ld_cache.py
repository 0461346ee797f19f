"""Reads /etc/ld.so.cache, in which ldconfig writes where the system's libraries are.

In: the path of the file. Out: {name: [paths]}, those of plain hardware only: the loader may prefer
a variant for newer processors, but what is carried must run on every one. A file that is missing or
not understood gives None.
Source: glibc, sysdeps/generic/dl-cache.h (struct cache_file_new).
"""
import struct

_MAGIC = b"glibc-ld.so.cache1.1"
_HEADER_SIZE = 48
_COUNT = struct.Struct("=20xI")
# flags, offsets of name and path (from the header), OS version, hardware capabilities
_ENTRY = struct.Struct("=iIIIQ")
_LONGEST_STRING = 4096


def read_ld_cache(path):
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None
    # An older format may come first, for loaders older than glibc 2.2.
    start = data.find(_MAGIC)
    if start < 0 or len(data) < start + _HEADER_SIZE:
        return None
    count = _COUNT.unpack_from(data, start)[0]
    if count > (len(data) - start - _HEADER_SIZE) // _ENTRY.size:
        return None
    libraries = {}
    for index in range(count):
        entry = _ENTRY.unpack_from(data, start + _HEADER_SIZE + index * _ENTRY.size)
        if entry[4] == 0:
            name, target = (_string(data, start + offset) for offset in entry[1:3])
            if name and target.startswith(b"/"):
                libraries.setdefault(name, []).append(target)
    return libraries


def _string(data, offset):
    end = data.find(b"\0", offset, offset + _LONGEST_STRING)
    return data[offset:end] if end >= 0 else b""

"""Lists a zip's members without inflating them, for joining it to another.

In: the path of a zip. Out: zipwriter entries whose data are views into the file. The central
directory says where everything is (APPNOTE.TXT 6.3, 4.3.12); zip64 is understood.
"""
import mmap
import os
import stat
import struct

import zipformat
from failure import Failure, printable
from zipwriter import Entry, Packed

_END = struct.Struct("<4sHHHHLLH")
_END_64 = struct.Struct("<4sQHHLLQQQQ")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_LOCAL_LENGTHS = struct.Struct("<HH")
_LONGEST_COMMENT = 0xFFFF
_ENCRYPTED = 0x0001
_UTF8_NAME = 0x0800


def zip_entries(path):
    """The entries of the zip at `path`, in the order of its directory. The file stays mapped."""
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size < _END.size:
                raise ValueError("too short")
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return _entries(data, memoryview(data))
    except (ValueError, struct.error, IndexError, UnicodeDecodeError) as error:
        raise Failure("{}: this zip cannot be read ({})".format(printable(path), error))


def _entries(data, view):
    count, position, end = _directory(data)
    entries = []
    for _ in range(count):
        (signature, made_by, _, flags, method, _, _, crc, data_size, size, name_length, extra_length,
         comment_length, _, _, attributes, offset) = _CENTRAL.unpack_from(data, position)
        if signature != b"PK\x01\x02" or position >= end:
            raise ValueError("damaged directory")
        position += _CENTRAL.size
        name = data[position:position + name_length]
        if extra_length and zipformat.FULL_32 in (size, data_size, offset):
            extra = data[position + name_length:position + name_length + extra_length]
            size, data_size, offset = _large_numbers(extra, size, data_size, offset)
        position += name_length + extra_length + comment_length
        _check(name, flags, method)
        if data[offset:offset + 4] != b"PK\x03\x04":
            raise ValueError("no member where the directory says")
        local_name, local_extra = _LOCAL_LENGTHS.unpack_from(data, offset + 26)
        start = offset + 30 + local_name + local_extra
        if start + data_size > len(data):
            raise ValueError("cut off")
        content = Packed(method, crc, size, data_size, view[start:start + data_size])
        entries.append(Entry(name, _mode(name, made_by, attributes), content))
    return entries


def _directory(data):
    """(members, start of the directory, its end)."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - _LONGEST_COMMENT))
    if end < 0:
        raise ValueError("not a zip")
    _, _, _, _, count, size, offset, _ = _END.unpack_from(data, end)
    if end >= 20 and data[end - 20:end - 16] == b"PK\x06\x07":
        position = struct.unpack_from("<Q", data, end - 12)[0]
        record = _END_64.unpack_from(data, position)
        if record[0] != b"PK\x06\x06":
            raise ValueError("damaged zip64 record")
        count, size, offset = record[7:10]
    return count, offset, offset + size


def _large_numbers(extra, *numbers):
    """Replaces the numbers that say "see zip64" by those of the extra field 0x0001."""
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        if kind == 1:
            values = iter(struct.unpack_from("<{}Q".format(length // 8), extra, position + 4))
            return tuple(next(values, n) if n == zipformat.FULL_32 else n for n in numbers)
        position += 4 + length
    return numbers


def _check(name, flags, method):
    if flags & _ENCRYPTED:
        raise ValueError("{} is encrypted".format(printable(name)))
    if method not in (zipformat.STORED, zipformat.DEFLATED):
        raise ValueError("{} is compressed by method {}".format(printable(name), method))
    if not flags & _UTF8_NAME:
        name.decode("ascii")
    name.decode("utf-8")
    parts = name.rstrip(b"/").split(b"/")
    if b".." in parts or b"." in parts or b"" in parts:
        raise ValueError("a member is named {}".format(printable(name) or "nothing"))


def _mode(name, made_by, attributes):
    mode = attributes >> 16 if made_by >> 8 == 3 else 0
    if name.endswith(b"/"):
        return zipformat.FOLDER
    if stat.S_ISLNK(mode):
        return zipformat.LINK
    return zipformat.PROGRAM if mode & 0o111 else zipformat.FILE

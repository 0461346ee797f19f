"""The records of a zip file, as PKWARE's APPNOTE.TXT 6.3 describes them; only what pkgr writes.

Every field that could tell of the machine, the user or the day is a constant: date 1980-01-01
00:00:00, made by Unix.
"""
import struct

FILE = 0o100644
PROGRAM = 0o100755
LINK = 0o120777
FOLDER = 0o040755

STORED = 0
DEFLATED = 8

# A field of 32 or 16 bits with all bits set says "look at the zip64 record".
FULL_32 = 0xFFFFFFFF
FULL_16 = 0xFFFF

_UNIX = 3
_UTF8_NAME = 0x0800
_DATE = (1 << 5) | 1
_FOLDER_BIT = 0x10

_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sBBHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")
_END_64 = struct.Struct("<4sQBBHLLQQQQ")
_LOCATOR_64 = struct.Struct("<4sLQL")


def local_header(name, packed):
    """The header in front of a member's data. `packed` has method, crc, size and data_size (bytes)."""
    size, data_size = packed.size, packed.data_size
    extra, version = b"", 20
    if size >= FULL_32 or data_size >= FULL_32:
        # Here, unlike in the central directory, the format wants both sizes.
        extra, version = struct.pack("<HHQQ", 1, 16, size, data_size), 45
        size = data_size = FULL_32
    return _LOCAL.pack(b"PK\x03\x04", version, _flags(name), packed.method, 0, _DATE, packed.crc,
                       data_size, size, len(name), len(extra)) + name + extra


def central_header(name, mode, packed, offset):
    """A member's entry in the central directory; `offset` is where its local header starts."""
    large = [n for n in (packed.size, packed.data_size, offset) if n >= FULL_32]
    extra = struct.pack("<HH{}Q".format(len(large)), 1, 8 * len(large), *large) if large else b""
    version = 45 if large else 20
    attributes = (mode << 16) | (_FOLDER_BIT if mode == FOLDER else 0)
    return _CENTRAL.pack(b"PK\x01\x02", version, _UNIX, version, _flags(name), packed.method, 0, _DATE,
                         packed.crc, min(packed.data_size, FULL_32), min(packed.size, FULL_32), len(name),
                         len(extra), 0, 0, 0, attributes, min(offset, FULL_32)) + name + extra


def end_records(count, directory_size, directory_offset):
    """What closes the file; with the zip64 records only where a number does not fit."""
    records = b""
    if count >= FULL_16 or directory_size >= FULL_32 or directory_offset >= FULL_32:
        records = _END_64.pack(b"PK\x06\x06", 44, 45, _UNIX, 45, 0, 0, count, count, directory_size,
                               directory_offset)
        records += _LOCATOR_64.pack(b"PK\x06\x07", 0, directory_offset + directory_size, 1)
    few = min(count, FULL_16)
    return records + _END.pack(b"PK\x05\x06", 0, 0, few, few, min(directory_size, FULL_32),
                               min(directory_offset, FULL_32), 0)


def _flags(name):
    return 0 if max(name, default=0) < 0x80 else _UTF8_NAME

"""Reads what a program or library says to the dynamic loader: its name, its needs, where to look.

In: a path. Out: an Elf, or None if the file is not of this format. Only headers, the dynamic section
and the versions of symbols are read, and no number in the file is believed beyond a bound: a broken
file costs nothing and gives BrokenElf. All word sizes and byte orders are understood; `kind` tells
them apart.
Source: System V ABI (gABI), "ELF Header", "Program Header" and "Dynamic Section"; Linux Standard
Base Core, "Symbol Versioning".
"""
import os
import struct
from collections import namedtuple

# kind: (32 or 64, "<" or ">", machine number); soname: bytes or None; needed: names in their order;
# rpath, runpath: lists of folders as written, or None where the file has no such entry;
# requires: ((library, (version, ...)), ...), which the loader refuses to go without; defines: the
# versions that the file has itself, a frozenset.
Elf = namedtuple("Elf", "kind soname needed rpath runpath requires defines")

_LOAD, _DYNAMIC = 1, 2
_NEEDED, _STRINGS, _SONAME, _RPATH, _RUNPATH = 1, 5, 14, 15, 29
_DEFINES, _REQUIRES = 0x6FFFFFFC, 0x6FFFFFFE
_MOST_HEADERS = 1024
_MOST_ENTRIES = 16384
_LONGEST_STRING = 4096

_MOST_VERSION_BYTES = 1 << 18

# The same for all word sizes: versions required of one library, one of them; a defined version, its name.
_REQUIRED = "2xHIII"
_REQUIRED_VERSION = "4xH2xII"
_DEFINED = "2xH2xH4xII"
_DEFINED_NAME = "I4x"
_WEAK, _OF_FILE_ITSELF = 2, 1

# Behind the 16 bytes of e_ident; a program header; an entry of the dynamic section.
_FORMS = {64: ("HHIQQQIHHHHHH", "IIQQQQQQ", "qQ"), 32: ("HHIIIIIHHHHHH", "IIIIIIII", "iI")}


class BrokenElf(Exception):
    """The file begins as ELF does but cannot be right."""


def read_elf(path):
    """The Elf at `path`, None for any other file. BrokenElf if it is damaged."""
    with open(path, "rb", buffering=0) as file:
        ident = file.read(16)
        if ident[:4] != b"\x7fELF":
            return None
        return _Reader(file, ident, os.fstat(file.fileno()).st_size).elf()


class _Reader:
    def __init__(self, file, ident, size):
        self._file, self._size = file, size
        if len(ident) < 16 or ident[4] not in (1, 2) or ident[5] not in (1, 2):
            raise BrokenElf("neither 32 nor 64 bits, or of no byte order")
        self._bits = 32 * ident[4]
        self._order = "<>"[ident[5] - 1]
        header, program, dynamic = _FORMS[self._bits]
        self._header = struct.Struct(self._order + header)
        self._program = struct.Struct(self._order + program)
        self._dynamic = struct.Struct(self._order + dynamic)

    def elf(self):
        header = self._header.unpack(self._bytes(16, self._header.size))
        kind = (self._bits, self._order, header[1])
        segments = self._segments(header[4], header[8], header[9])
        strings, offsets = None, {_NEEDED: [], _SONAME: [], _RPATH: [], _RUNPATH: []}
        versions = {}
        for tag, value in self._entries(segments):
            if tag == _STRINGS:
                strings = self._offset_of(value, segments)
            elif tag in offsets:
                offsets[tag].append(value)
            elif tag in (_DEFINES, _REQUIRES):
                versions[tag] = self._offset_of(value, segments)
        if strings is None and (versions or any(offsets.values())):
            raise BrokenElf("names without a table of strings")
        text = {tag: [self._string(strings + value) for value in values] for tag, values in offsets.items()}
        soname = text[_SONAME][0] if text[_SONAME] else None
        requires = self._requires(versions[_REQUIRES], strings) if _REQUIRES in versions else ()
        defines = self._defines(versions[_DEFINES], strings) if _DEFINES in versions else frozenset()
        return Elf(kind, soname, text[_NEEDED], _folders(text[_RPATH]), _folders(text[_RUNPATH]), requires, defines)

    def _requires(self, offset, strings):
        table = self._bytes(offset, _MOST_VERSION_BYTES, at_most=True)
        libraries = []
        for at, (_, library, first, _) in self._chain(table, 0, _REQUIRED):
            names = [name for _, (flags, name, _) in self._chain(table, at + first, _REQUIRED_VERSION)
                     if not flags & _WEAK]
            libraries.append((self._string(strings + library), tuple(self._string(strings + name) for name in names)))
        return tuple(libraries)

    def _defines(self, offset, strings):
        table = self._bytes(offset, _MOST_VERSION_BYTES, at_most=True)
        names = []
        for at, (flags, _, first, _) in self._chain(table, 0, _DEFINED):
            # The name comes first; what follows are those that the version goes on from.
            if not flags & _OF_FILE_ITSELF:
                names.append(self._fields(table, at + first, _DEFINED_NAME)[0])
        return frozenset(self._string(strings + name) for name in names)

    def _chain(self, table, at, form):
        """(place, fields) of records whose last field says how far the next one is, 0 for none."""
        while True:
            fields = self._fields(table, at, form)
            yield at, fields
            if fields[-1] == 0:
                return
            # All distances count forward, so that a chain ends with its table.
            at += fields[-1]

    def _fields(self, table, at, form):
        try:
            return struct.unpack_from(self._order + form, table, at)
        except struct.error:
            raise BrokenElf("a version beyond its table")

    def _segments(self, offset, entry_size, count):
        """(type, offset in the file, address, size in the file) of each segment."""
        if count > _MOST_HEADERS or (count and entry_size != self._program.size):
            raise BrokenElf("{} program headers of {} bytes".format(count, entry_size))
        table = self._bytes(offset, count * self._program.size) if count else b""
        # The flags come second in 64 bits and second to last in 32.
        first = 2 if self._bits == 64 else 1
        return [(header[0], header[first], header[first + 1], header[first + 3])
                for header in self._program.iter_unpack(table)]

    def _entries(self, segments):
        for kind, offset, _, size in segments:
            if kind == _DYNAMIC:
                size = min(size, _MOST_ENTRIES * self._dynamic.size)
                table = self._bytes(offset, size - size % self._dynamic.size)
                for tag, value in self._dynamic.iter_unpack(table):
                    if tag == 0:
                        return
                    yield tag, value

    def _offset_of(self, address, segments):
        for kind, offset, start, size in segments:
            if kind == _LOAD and start <= address < start + size:
                return offset + address - start
        raise BrokenElf("the table of strings is in no segment")

    def _string(self, offset):
        text, end, _ = self._bytes(offset, _LONGEST_STRING, at_most=True).partition(b"\0")
        if not end:
            raise BrokenElf("a name without an end")
        return text

    def _bytes(self, offset, size, at_most=False):
        if offset > self._size or (offset + size > self._size and not at_most):
            raise BrokenElf("cut off")
        self._file.seek(offset)
        data = self._file.read(size)
        if len(data) < size and not at_most:
            raise BrokenElf("cut off")
        return data


def _folders(texts):
    return [folder for text in texts for folder in text.split(b":")] if texts else None

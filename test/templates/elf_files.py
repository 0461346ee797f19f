"""Shared libraries made by hand, so that tests of looking for them need no compiler."""
import struct


def elf(needed=(), soname=None, rpath=None, runpath=None, bits=64, order="<", machine=62, requires=(), defines=()):
    """A file with the headers and the dynamic section of a library, and nothing to run.

    `requires`: (library, versions) pairs, a version that begins with `?` being a weak one; `defines`:
    versions, after that of the file itself.
    """
    header, program, dynamic = {
        64: ("HHIQQQIHHHHHH", "IIQQQQQQ", "qQ"), 32: ("HHIIIIIHHHHHH", "IIIIIIII", "iI")}[bits]
    header, program, dynamic = (struct.Struct(order + form) for form in (header, program, dynamic))
    strings, tags = b"\0", []
    for tag, names in ((1, needed), (14, [soname]), (15, [rpath]), (29, [runpath])):
        for name in names:
            if name is not None:
                tags.append((tag, len(strings)))
                strings += name + b"\0"
    tables = []
    for tag, make, content in ((0x6FFFFFFE, _requires, requires), (0x6FFFFFFC, _defines, defines)):
        if content:
            table, strings = make(order, content, strings)
            tables.append((tag, table))
    start = 16 + header.size + 2 * program.size
    # Addresses differ from places in the file, as in a real library.
    base = 0x10000
    size = (len(tags) + len(tables) + 2) * dynamic.size
    tags.append((5, base + start + size))
    total = start + size + len(strings)
    for tag, table in tables:
        tags.append((tag, base + total))
        total += len(table)
    tags.append((0, 0))

    def segment(kind, offset, length):
        numbers = (offset, base + offset, base + offset, length, length)
        return program.pack(kind, 4, *(numbers + (1,))) if bits == 64 else program.pack(kind, *(numbers + (4, 1)))

    ident = b"\x7fELF" + bytes((bits // 32, "<>".index(order) + 1, 1)) + bytes(9)
    head = header.pack(3, machine, 1, 0, 16 + header.size, 0, 0, 16 + header.size, program.size, 2, 0, 0, 0)
    return (ident + head + segment(1, 0, total) + segment(2, start, size)
            + b"".join(dynamic.pack(*tag) for tag in tags) + strings + b"".join(table for _, table in tables))


def _requires(order, requires, strings):
    table = b""
    for number, (library, versions) in enumerate(requires):
        library, strings = len(strings), strings + library + b"\0"
        last = number == len(requires) - 1
        table += struct.pack(order + "HHIII", 1, len(versions), library, 16, 0 if last else 16 * (1 + len(versions)))
        for index, version in enumerate(versions):
            weak, version = (2, version[1:]) if version.startswith(b"?") else (0, version)
            name, strings = len(strings), strings + version + b"\0"
            following = 16 if index < len(versions) - 1 else 0
            table += struct.pack(order + "IHHII", 0, weak, index + 2, name, following)
    return table, strings


def _defines(order, defines, strings):
    table = b""
    for index, version in enumerate([b"the file itself"] + list(defines)):
        name, strings = len(strings), strings + version + b"\0"
        following = 28 if index < len(defines) else 0
        table += struct.pack(order + "HHHHIII", 1, 1 if index == 0 else 0, index + 1, 1, 0, 20, following)
        table += struct.pack(order + "II", name, 0)
    return table, strings


def ld_cache(libraries, old=False):
    """/etc/ld.so.cache with (name, path, hardware capabilities) each."""
    entries, strings = b"", b""
    first = 48 + 24 * len(libraries)
    for name, path, hardware in libraries:
        place = first + len(strings)
        strings += name + b"\0" + path + b"\0"
        entries += struct.pack("=iIIIQ", 3, place, place + len(name) + 1, 0, hardware)
    before = b"ld.so-1.7.0\0" + struct.pack("=I", 0) + bytes(4) if old else b""
    return before + b"glibc-ld.so.cache1.1" + struct.pack("=II", len(libraries), len(strings)) + bytes(20) + entries + strings

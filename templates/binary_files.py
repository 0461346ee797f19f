"""Tells for which system and processor a program or library was made.

In: a file's path. Out: (format, machine), such as ("ELF", "x86_64") or ("Mach-O", ""); None for a file
of no such format. Only its first bytes are read. Sources: System V ABI; Apple, mach-o/loader.h;
Microsoft, "PE Format".
"""
import struct

ELF, MACH_O, PE = "ELF", "Mach-O", "PE"

_MACHINES = {(32, 3): "i386", (64, 62): "x86_64", (64, 183): "aarch64", (32, 40): "arm", (64, 243): "riscv64",
             (64, 21): "ppc64", (64, 22): "s390x", (32, 62): "x32"}
_MACH_O = frozenset((b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
                     b"\xca\xfe\xba\xbe"))
# What Java calls a class begins as a Mach-O file for several processors does.
_FAT = b"\xca\xfe\xba\xbe"
_MOST_ARCHITECTURES = 30


def binary_kind(path):
    with open(path, "rb", buffering=0) as file:
        head = file.read(64)
    if head[:4] == b"\x7fELF" and len(head) >= 20 and head[4] in (1, 2) and head[5] in (1, 2):
        bits = 32 * head[4]
        machine = struct.unpack_from("<>"[head[5] - 1] + "H", head, 18)[0]
        known = _MACHINES.get((bits, machine)) if head[5] == 1 else None
        return ELF, known or "machine {}, {} bits{}".format(machine, bits, "" if head[5] == 1 else ", big-endian")
    if head[:4] in _MACH_O:
        if head[:4] == _FAT and struct.unpack_from(">I", head + bytes(8), 4)[0] > _MOST_ARCHITECTURES:
            return None
        return MACH_O, ""
    if head[:2] == b"MZ" and len(head) == 64:
        return PE, ""
    return None

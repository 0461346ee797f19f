import struct
import unittest

from elf_files import elf
from sandbox import Sandbox

from binary_files import binary_kind


class Kind(Sandbox):
    def kind(self, content):
        return binary_kind(self.write("file", content))

    def test_an_elf_file_tells_its_machine_and_width(self):
        for machine, bits, name in ((62, 64, "x86_64"), (183, 64, "aarch64"), (3, 32, "i386"), (40, 32, "arm"),
                                    (62, 32, "x32"), (22, 64, "machine 22, 64 bits, big-endian")):
            order = ">" if "big" in name else "<"
            self.assertEqual(self.kind(elf(bits=bits, order=order, machine=machine)), ("ELF", name))
        self.assertEqual(self.kind(elf(machine=9)), ("ELF", "machine 9, 64 bits"))

    def test_formats_of_macos_and_windows_are_told_by_their_first_bytes(self):
        for magic in (b"\xfe\xed\xfa\xce", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe" + struct.pack(">I", 2)):
            self.assertEqual(self.kind(magic + bytes(64)), ("Mach-O", ""))
        self.assertEqual(self.kind(b"MZ" + bytes(62)), ("PE", ""))

    def test_what_only_begins_so_is_nothing(self):
        # A class of Java's 8, 52 of its versions in.
        self.assertIsNone(self.kind(b"\xca\xfe\xba\xbe" + struct.pack(">I", 52) + bytes(64)))
        for content in (b"", b"M", b"MZ is how it begins\n", b"\x7fELF", b"\x7fELF" + bytes(60), b"#!/bin/sh\n", elf()[:19]):
            self.assertIsNone(self.kind(content), content[:8])


if __name__ == "__main__":
    unittest.main()

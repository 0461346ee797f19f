import glob
import os
import random
import re
import shutil
import subprocess
import sys
import sysconfig
import unittest

from elf_files import elf, ld_cache
from sandbox import Sandbox

from elf import BrokenElf, read_elf
from ld_cache import read_ld_cache


class ReadElf(Sandbox):
    def read_back(self, content):
        return read_elf(self.write("file", content))

    def test_the_needs_the_name_and_the_folders_are_read_for_every_word_size_and_byte_order(self):
        for bits in (32, 64):
            for order in "<>":
                found = self.read_back(elf([b"libb.so.1", b"liba.so"], b"me.so.2", b"/r:$ORIGIN/x", b"/u", bits, order, 183))
                self.assertEqual(tuple(found), (
                    (bits, order, 183), b"me.so.2", [b"libb.so.1", b"liba.so"], [b"/r", b"$ORIGIN/x"], [b"/u"],
                    (), frozenset()))

    def test_the_versions_that_it_requires_and_defines_are_read_for_every_word_size_and_byte_order(self):
        requires = [(b"libc.so.6", [b"GLIBC_2.2.5", b"GLIBC_2.28"]), (b"libx.so", [b"X_1"])]
        for bits in (32, 64):
            for order in "<>":
                found = self.read_back(elf(bits=bits, order=order, requires=requires, defines=[b"ME_1", b"ME_2"]))
                self.assertEqual(found.requires, tuple((library, tuple(versions)) for library, versions in requires))
                self.assertEqual(found.defines, {b"ME_1", b"ME_2"})

    def test_a_weak_version_is_not_required(self):
        found = self.read_back(elf(requires=[(b"libc.so.6", [b"?GLIBC_2.99", b"GLIBC_2.4"])]))
        self.assertEqual(found.requires, ((b"libc.so.6", (b"GLIBC_2.4",)),))

    def test_a_library_that_needs_nothing_has_no_entries(self):
        self.assertEqual(tuple(self.read_back(elf()))[1:], (None, [], None, None, (), frozenset()))

    def test_any_other_file_is_no_elf(self):
        for content in (b"", b"\x7fEL", b"#!/usr/bin/python3\n", b"\xca\xfe\xba\xbe" * 40, b"PK\x03\x04"):
            self.assertIsNone(self.read_back(content))

    def test_a_file_cut_off_anywhere_is_broken_and_nothing_worse(self):
        whole = elf([b"libb.so.1"], b"me.so", None, b"/u", requires=[(b"libc.so.6", [b"GLIBC_2.4"])], defines=[b"A"])
        for length in range(4, len(whole)):
            with self.assertRaises(BrokenElf, msg=length):
                self.read_back(whole[:length])

    def test_changed_bytes_give_an_answer_or_broken_in_no_time(self):
        whole, chance = elf([b"libb.so.1", b"libc.so.6"], b"me.so", b"/r", b"/u",
                            requires=[(b"libc.so.6", [b"GLIBC_2.4", b"GLIBC_2.5"])], defines=[b"A", b"B"]), random.Random(5)
        for _ in range(3000):
            changed = bytearray(whole)
            for _ in range(chance.randint(1, 4)):
                changed[chance.randrange(4, len(changed))] = chance.choice((0, 1, 0x7f, 0xff, chance.randrange(256)))
            try:
                self.read_back(bytes(changed))
            except BrokenElf:
                pass

    def test_the_interpreter_and_its_modules_are_read_as_binutils_reads_them(self):
        files = [os.path.realpath(sys.executable)]
        files += glob.glob(os.path.join(sysconfig.get_path("platstdlib"), "lib-dynload", "*.so"))[:20]
        files = [file for file in files if read_elf(file) is not None]
        if sys.platform == "linux":
            self.assertGreater(len(files), 0)
        if shutil.which("readelf"):
            for file in files:
                out = subprocess.check_output(["readelf", "-dW", file], env=dict(os.environ, LC_ALL="C"))
                needed = re.findall(br"\(NEEDED\).*\[(.*)\]", out)
                self.assertEqual(read_elf(file).needed, needed, file)
                out = subprocess.check_output(["readelf", "-VW", file], env=dict(os.environ, LC_ALL="C"))
                versions = re.findall(br"Name: (\S+)  Flags: none", out.partition(b"Version needs section")[2])
                self.assertEqual([one for _, of in read_elf(file).requires for one in of], versions, file)

    def test_what_a_compiler_makes_is_read(self):
        compiler = shutil.which("gcc")
        if compiler is None:
            return
        source = self.write("x.c", b"int x(void) { return 1; }\n")
        for option, expected in (("--enable-new-dtags", (None, [b"$ORIGIN/deep", b"/a b"])),
                                 ("--disable-new-dtags", ([b"$ORIGIN/deep", b"/a b"], None))):
            subprocess.check_call([compiler, "-shared", "-fPIC", "-o", self.path("libx.so"), source,
                                   "-Wl,-soname,libx.so.7," + option, "-Wl,-rpath,$ORIGIN/deep:/a b"])
            found = read_elf(self.path("libx.so"))
            self.assertEqual((found.soname, (found.rpath, found.runpath)), (b"libx.so.7", expected))


class LdCache(Sandbox):
    def read_back(self, content):
        return read_ld_cache(self.write("cache", content))

    def test_names_lead_to_paths_also_behind_the_older_format(self):
        libraries = [(b"liba.so.1", b"/lib/liba.so.1", 0), (b"libb.so", b"/usr/lib/libb.so", 0)]
        for old in (False, True):
            self.assertEqual(self.read_back(ld_cache(libraries, old)),
                             {b"liba.so.1": [b"/lib/liba.so.1"], b"libb.so": [b"/usr/lib/libb.so"]})

    def test_variants_for_newer_processors_are_passed_over(self):
        cache = ld_cache([(b"liba.so", b"/lib/glibc-hwcaps/x86-64-v3/liba.so", 1 << 62), (b"liba.so", b"/lib/liba.so", 0)])
        self.assertEqual(self.read_back(cache), {b"liba.so": [b"/lib/liba.so"]})

    def test_a_missing_an_unknown_and_a_cut_off_cache_are_none(self):
        self.assertIsNone(read_ld_cache(self.path("nowhere")))
        whole = ld_cache([(b"liba.so", b"/lib/liba.so", 0)])
        for content in (b"", b"something else", whole[:30], whole[:60]):
            self.assertIsNone(self.read_back(content))

    def test_the_cache_that_ldconfig_writes_is_read(self):
        ldconfig = shutil.which("ldconfig") or next(filter(os.path.exists, ["/sbin/ldconfig"]), None)
        if ldconfig is None or read_elf(os.path.realpath(sys.executable)) is None:
            return
        out = subprocess.check_output([ldconfig, "-p"], env=dict(os.environ, LC_ALL="C"))
        plain = {(name, path) for name, path in re.findall(br"^\t(\S+) \([^)\n]*\) => (\S+)$", out, re.M)
                 if b"hwcap" not in path}
        found = read_ld_cache("/etc/ld.so.cache")
        self.assertEqual({(name, path) for name in found for path in found[name]}, plain)


if __name__ == "__main__":
    unittest.main()

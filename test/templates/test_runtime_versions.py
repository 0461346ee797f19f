import os
import unittest

from elf_files import elf
from sandbox import Sandbox

from image_libraries import ImageLibraries
from runtime_versions import ListedVersions, RuntimeVersions, newest_like

KIND = (64, "<", 62)


class Listed(unittest.TestCase):
    def test_each_runtime_has_the_versions_of_its_amazon_linux(self):
        for runtime, has, lacks in (("python3.7", b"2.17", b"2.18"), ("python3.8", b"2.26", b"2.27"),
                                    ("python3.11", b"2.26", b"2.28"), ("python3.12", b"2.34", b"2.35"),
                                    ("python3.14", b"2.34", b"2.38")):
            versions = ListedVersions(runtime)
            self.assertIsNone(versions.lacks(b"libc.so.6", b"GLIBC_" + has, KIND), runtime)
            self.assertEqual(versions.lacks(b"libc.so.6", b"GLIBC_" + lacks, KIND), b"GLIBC_" + has)

    def test_numbers_are_compared_and_not_texts(self):
        versions = ListedVersions("python3.12")
        self.assertIsNone(versions.lacks(b"libm.so.6", b"GLIBC_2.4", KIND))
        self.assertIsNone(versions.lacks(b"libstdc++.so.6", b"GLIBCXX_3.4.9", KIND))
        self.assertEqual(versions.lacks(b"libstdc++.so.6", b"GLIBCXX_3.4.34", KIND), b"GLIBCXX_3.4.33")
        self.assertEqual(versions.lacks(b"libstdc++.so.6", b"CXXABI_1.3.16", KIND), b"CXXABI_1.3.15")
        self.assertEqual(versions.lacks(b"libgcc_s.so.1", b"GCC_15.0.0", KIND), b"GCC_14.0.0")

    def test_the_mark_of_relative_relocations_counts_as_the_version_that_began_it(self):
        self.assertEqual(ListedVersions("python3.13").lacks(b"libc.so.6", b"GLIBC_ABI_DT_RELR", KIND), b"GLIBC_2.34")

    def test_nothing_is_said_of_what_is_not_known(self):
        versions = ListedVersions("python3.13")
        for library, version in ((b"libpq.so.5", b"GLIBC_2.99"), (b"libc.so.6", b"GLIBC_PRIVATE"),
                                 (b"libc.so.6", b"RHPG_9.6"), (b"libstdc++.so.6", b"CXXABI_TM_1")):
            self.assertIsNone(versions.lacks(library, version, KIND), (library, version))
        # The first Amazon Linux had several libstdc++ in its time.
        self.assertIsNone(ListedVersions("python3.7").lacks(b"libstdc++.so.6", b"GLIBCXX_3.4.33", KIND))


class Images(Sandbox):
    def image(self, name, *versions):
        """A folder that is like an image, whose C library has these versions; its ImageLibraries."""
        os.makedirs(self.path(name))
        if versions:
            self.write(name + "/usr/lib64/libc.so.6", elf(defines=versions))
        return ImageLibraries(os.fsencode(self.path(name)))

    def test_an_image_like_the_runtime_is_believed_before_the_list(self):
        self.image("runtime", b"GLIBC_2.2.5", b"GLIBC_2.36")
        versions = RuntimeVersions("python3.11", self.path("runtime"), None)
        self.assertIsNone(versions.lacks(b"libc.so.6", b"GLIBC_2.36", KIND, lambda: False))
        self.assertEqual(versions.lacks(b"libc.so.6", b"GLIBC_2.38", KIND, lambda: True), b"GLIBC_2.36")
        self.assertEqual(versions.lacks(b"libc.so.6", b"OTHER_1", KIND, lambda: True), b"")

    def test_a_library_that_the_image_lacks_or_has_without_versions_is_not_judged(self):
        self.image("runtime")
        self.write("runtime/usr/lib64/libplain.so.1", elf())
        versions = RuntimeVersions("python3.11", self.path("runtime"), None)
        for library in (b"libc.so.6", b"libplain.so.1"):
            self.assertIsNone(versions.lacks(library, b"GLIBC_2.99", KIND, lambda: True))

    def test_what_was_made_in_the_runtimes_own_image_is_judged_by_it_and_what_came_from_elsewhere_by_the_list(self):
        own = self.image("own", b"GLIBC_2.34")
        versions = RuntimeVersions("python3.11", None, own)
        self.assertIsNone(versions.lacks(b"libc.so.6", b"GLIBC_2.34", KIND, lambda: True))
        self.assertEqual(versions.lacks(b"libc.so.6", b"GLIBC_2.34", KIND, lambda: False), b"GLIBC_2.26")
        self.assertEqual(versions.lacks(b"libc.so.6", b"GLIBC_2.35", KIND, lambda: True), b"GLIBC_2.34")

    def test_the_newest_of_the_same_family_is_found_by_its_numbers(self):
        defined = (b"A_1.9", b"A_1.10", b"B_2.0", b"A_PRIVATE")
        self.assertEqual(newest_like(b"A_3", defined), b"A_1.10")
        self.assertEqual(newest_like(b"C_1", defined), b"")
        self.assertEqual(newest_like(b"A_PRIVATE", defined), b"")


if __name__ == "__main__":
    unittest.main()

import os
import unittest
from collections import namedtuple

from elf_files import elf
from sandbox import Sandbox

from needed_libraries import Lack
from survey import Survey
from wheel_tags import Target

KEY = b"-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END PRIVATE KEY-----\n"
MACH_O = b"\xcf\xfa\xed\xfe" + bytes(60)
PE = b"MZ" + bytes(62)
ARM = elf(machine=183)

# What looking for libraries has found, which has tests of its own.
Found = namedtuple("Found", "lacked searched")


class Needed(Found):
    def lacks(self):
        return self.lacked

    def rpaths(self):
        return self.searched


class Facts(Sandbox):
    """The folder is in root/."""

    def setUp(self):
        Sandbox.setUp(self)
        os.mkdir(self.path("root"))

    def package(self, name, tag, files=(), folder=""):
        """A package of that name with a WHEEL of one tag, and the files that it has recorded."""
        info = "root/{}{}-1.0.dist-info/".format(folder, name)
        self.write(info + "METADATA", "Metadata-Version: 2.1\nName: {}\nVersion: 1.0\n".format(name))
        self.write(info + "WHEEL", "Wheel-Version: 1.0\nTag: {}\n".format(tag))
        self.write(info + "RECORD", "".join("{},,\n".format(file) for file in files))

    def facts(self, is_installed=True, lacks=(), rpaths=()):
        survey = Survey(self.path("root"), Target(13, "x86_64"), is_installed)
        return survey.facts(Needed(list(lacks), list(rpaths)))

    def kinds(self, **options):
        return [(fact["kind"], fact["file"]) for fact in self.facts(**options)]

    def test_a_wheel_for_another_python_is_told_once_and_not_its_files_again(self):
        self.package("old", "cp311-cp311-manylinux_2_17_x86_64", ["old/x.cpython-311-x86_64-linux-gnu.so"])
        self.write("root/old/x.cpython-311-x86_64-linux-gnu.so", elf())
        self.assertEqual(self.facts(), [
            {"kind": "wheel", "file": "old-1.0.dist-info/WHEEL", "misfit": "python", "package": "old",
             "packageVersion": "1.0", "tags": ["cp311-cp311-manylinux_2_17_x86_64"]}])

    def test_a_wheel_that_fits_says_nothing(self):
        self.package("new", "cp313-cp313-manylinux_2_17_x86_64", ["new/x.cpython-313-x86_64-linux-gnu.so"])
        self.write("root/new/x.cpython-313-x86_64-linux-gnu.so", elf())
        self.assertEqual(self.facts(), [])

    def test_installed_packages_among_the_code_are_found_in_any_folder(self):
        self.package("lib", "cp313-cp313-macosx_11_0_arm64", folder="vendor/")
        found = [("wheel", "vendor/lib-1.0.dist-info/WHEEL")]
        self.assertEqual(self.kinds(is_installed=False), found)
        # pip puts what it installs into the root; another folder there is a package's own affair.
        self.assertEqual(self.kinds(is_installed=True), [])

    def test_files_of_no_package_are_told_by_format_and_processor(self):
        self.write("root/bin/tool", ARM, 0o755)
        self.write("root/lib/x.so", MACH_O)
        self.write("root/right.so", elf())
        self.assertEqual(self.facts(is_installed=False), [
            {"kind": "binary", "file": "bin/tool", "format": "ELF", "machine": "aarch64"},
            {"kind": "binary", "file": "lib/x.so", "format": "Mach-O", "machine": ""}])

    def test_a_program_of_windows_is_nobodys_trouble_and_a_library_of_it_is(self):
        for name in ("cli.exe", "x.pyd", "y.dll"):
            self.write("root/" + name, PE, 0o755)
        self.assertEqual(self.kinds(is_installed=False), [("binary", "x.pyd"), ("binary", "y.dll")])

    def test_a_package_that_has_a_file_for_lambda_too_is_made_for_several_systems(self):
        self.package("both", "py3-none-any", ["both/x86.so", "both/arm.so"])
        self.package("one", "py3-none-any", ["one/arm.so"])
        for name, content in (("both/x86.so", elf()), ("both/arm.so", ARM), ("one/arm.so", ARM)):
            self.write("root/" + name, content)
        self.assertEqual(self.kinds(), [("binary", "one/arm.so")])

    def test_a_module_for_another_python_is_told_unless_python_finds_another_form_of_it(self):
        for name in ("alone.cpython-311-x86_64-linux-gnu.so", "two.cpython-311-x86_64-linux-gnu.so",
                     "two.cpython-313-x86_64-linux-gnu.so", "pure.cpython-311-x86_64-linux-gnu.so"):
            self.write("root/" + name, elf())
        self.write("root/pure.py")
        self.assertEqual(self.facts(is_installed=False), [
            {"kind": "module", "file": "alone.cpython-311-x86_64-linux-gnu.so", "misfit": "python",
             "tag": "cpython-311-x86_64-linux-gnu"}])

    def test_another_form_that_is_for_another_processor_does_not_help(self):
        self.write("root/x.cpython-311-x86_64-linux-gnu.so", elf())
        self.write("root/x.abi3.so", ARM)
        self.assertIn(("module", "x.cpython-311-x86_64-linux-gnu.so"), self.kinds(is_installed=False))

    def test_a_lack_is_told_with_the_wheel_that_has_the_file_and_of_this_folder_only(self):
        self.package("crypt", "cp39-abi3-manylinux_2_34_x86_64", ["crypt/_c.so"])
        self.write("root/crypt/_c.so", elf())
        lacks = [Lack(file, b"libc.so.6", b"GLIBC_2.34", b"GLIBC_2.26") for file in (b"crypt/_c.so", b"lib/other.so")]
        self.assertEqual(self.facts(lacks=lacks), [
            {"kind": "symbol-version", "file": "crypt/_c.so", "library": "libc.so.6", "version": "GLIBC_2.34",
             "has": "GLIBC_2.26", "tags": ["cp39-abi3-manylinux_2_34_x86_64"], "package": "crypt",
             "packageVersion": "1.0"}])

    def test_an_rpath_counts_where_lambda_has_no_such_folder_and_the_file_was_made_here(self):
        self.package("given", "cp313-cp313-manylinux_2_17_x86_64", ["given.so"])
        self.package("built", "cp313-cp313-linux_x86_64", ["built.so"])
        rpaths = [(b"given.so", b"/build/lib"), (b"built.so", b"/build/lib"), (b"own.so", b"/build/own"),
                  (b"own.so", b"$ORIGIN"), (b"own.so", b"/opt/lib"), (b"own.so", b"/usr/lib64"), (b"own.so", b"rel")]
        told = [(fact["file"], fact["folder"]) for fact in self.facts(rpaths=rpaths)]
        self.assertEqual(told, [("built.so", "/build/lib"), ("own.so", "/build/own")])

    def test_secrets_are_told_without_what_is_in_them(self):
        self.write("root/tls/server.pem", KEY)
        self.write("root/settings.py", KEY)
        facts = self.facts(is_installed=False)
        self.assertEqual(facts, [{"kind": "secret", "file": "settings.py", "secret": "a private key"},
                                 {"kind": "secret", "file": "tls/server.pem", "secret": "a private key"}])
        self.assertNotIn("MIG", repr(facts))

    def test_of_packages_only_names_are_looked_at_and_keys_for_tests_are_none(self):
        for name in ("lib/server.pem", "lib/settings.py", "lib/tests/server.pem", "example/server.pem"):
            self.write("root/" + name, KEY)
        self.assertEqual(self.kinds(), [("secret", "lib/server.pem")])

    def test_a_link_to_a_secret_and_a_file_that_is_too_large_are_passed_over(self):
        self.write("elsewhere.pem", KEY)
        self.link("root/server.pem", self.path("elsewhere.pem"))
        self.write("root/large.pem", KEY + bytes(2 << 20))
        self.assertEqual(self.kinds(is_installed=False), [])

    def test_a_name_that_is_no_utf_8_can_be_told(self):
        self.write(b"root/\xff.so", ARM)
        self.assertEqual(self.kinds(is_installed=False), [("binary", "\\xff.so")])


if __name__ == "__main__":
    unittest.main()

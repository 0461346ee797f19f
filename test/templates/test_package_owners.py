import os
import unittest

from sandbox import Sandbox

from package_owners import PackageOwners


class Owners(Sandbox):
    """The folder is in root/."""

    def setUp(self):
        Sandbox.setUp(self)
        os.mkdir(self.path("root"))

    def owners(self, everywhere=False):
        return PackageOwners(self.path("root"), everywhere)

    def package(self, folder, record, metadata="Name: web\n", wheel="Tag: py3-none-any\n"):
        for name, content in (("RECORD", record), ("METADATA", metadata), ("WHEEL", wheel)):
            self.write("root/{}/{}".format(folder, name), content)

    def test_a_file_belongs_to_the_package_whose_record_names_it(self):
        self.package("Web-2.0.dist-info", "web/__init__.py,sha256=x,10\n../../bin/web,,\nWeb-2.0.dist-info/RECORD,,\n",
                     "Metadata-Version: 2.1\nName: Web\nVersion: 2.0\n\nName: of the text\n",
                     "Wheel-Version: 1.0\nTag: cp313-cp313-linux_x86_64\nTag: py3-none-any\n")
        owners = self.owners()
        self.assertEqual(owners.of(b"web/__init__.py"),
                         ("Web", "2.0", ("cp313-cp313-linux_x86_64", "py3-none-any"), b"Web-2.0.dist-info"))
        self.assertEqual(owners.of(b"Web-2.0.dist-info/RECORD").name, "Web")
        for name in (b"web/other.py", b"web", b"bin/web", b"../../bin/web"):
            self.assertIsNone(owners.of(name), name)

    def test_paths_are_those_below_the_folder_that_the_package_was_put_into(self):
        self.package("vendor/web-1.0.dist-info", "./web//a.py,,\n")
        self.assertEqual(self.owners(everywhere=True).of(b"vendor/web/a.py").metadata, b"vendor/web-1.0.dist-info")
        self.assertEqual(self.owners(everywhere=False).packages(), {})

    def test_a_name_with_a_comma_or_a_byte_that_is_no_utf_8_is_found(self):
        self.package("web-1.0.dist-info", b'"a,b.py",,\n\xff.py,,\n')
        owners = self.owners()
        self.assertIsNotNone(owners.of(b"a,b.py"))
        self.assertIsNotNone(owners.of(b"\xff.py"))

    def test_without_metadata_the_folder_tells_the_name_and_nothing_is_owned(self):
        os.mkdir(self.path("root", "my_lib-3.1.dist-info"))
        (package,) = self.owners().packages().values()
        self.assertEqual((package.name, package.version, package.tags), ("my_lib", "3.1", ()))
        self.assertIsNone(self.owners().of(b"my_lib.py"))

    def test_a_record_that_is_none_or_leads_out_owns_nothing(self):
        self.package("a-1.dist-info", b"/etc/passwd,,\n../up.py,,\n\n,,\n")
        self.package("b-1.dist-info", b"x\0y\n\"" + b"a" * 200000)
        owners = self.owners()
        for name in (b"/etc/passwd", b"etc/passwd", b"../up.py", b"up.py"):
            self.assertIsNone(owners.of(name), name)


if __name__ == "__main__":
    unittest.main()

import json
import os
import zipfile

from sandbox import Sandbox


class Rests(Sandbox):
    def setUp(self):
        super().setUp()
        self.write("packages/one/__init__.py", b"ONE = 1\n" * 500)
        self.write("packages/one/data.bin", bytes(range(256)) * 64)
        self.write("packages/two.py", b"TWO = 2\n" * 500)
        self.succeeds("deflate.py", "--root=packages", "--output=shared/packages.zip")

    def pack(self, path, *sources):
        self.succeeds("pack.py", "--output=zips/" + path, "--digest=digest.json", *sources)

    def rests(self):
        self.succeeds("rests.py", "--shared=shared/packages.zip", "--zips=zips", "--output=rests")

    def taken_apart(self, path):
        """(pieces, bytes behind their line)"""
        line, _, own = self.read("rests/" + path + ".rest").partition(b"\n")
        return json.loads(line.decode("ascii")), own

    def put_together(self, path):
        pieces, own = self.taken_apart(path)
        shared, zipped, used = self.read("shared/packages.zip"), b"", 0
        for offset, length in pieces:
            if offset < 0:
                zipped += own[used:used + length]
                used += length
            else:
                zipped += shared[offset:offset + length]
        self.assertEqual(used, len(own))
        return zipped

    def test_packages_and_rest_are_the_zip(self):
        self.write("code/app.py", b"import one\n")
        self.write("code/zzz.py", b"import two\n")
        self.pack("f.zip", "--join=shared/packages.zip", "--tree=code")
        self.pack("in/a/g.zip", "--tree=code", "--join=shared/packages.zip")
        self.rests()
        for path in ("f.zip", "in/a/g.zip"):
            self.assertEqual(self.put_together(path), self.read("zips/" + path))
            self.assertEqual(os.stat(self.path("rests/" + path + ".rest")).st_mode & 0o777, 0o644)

    def test_members_of_the_packages_are_not_in_the_rest(self):
        self.write("code/app.py", b"import one\n")
        self.pack("f.zip", "--join=shared/packages.zip", "--tree=code")
        self.rests()
        pieces, own = self.taken_apart("f.zip")
        with zipfile.ZipFile(self.path("shared/packages.zip")) as packages:
            whole = packages.start_dir
        self.assertEqual([length for offset, length in pieces if offset >= 0], [whole])
        self.assertEqual(len(own), os.path.getsize(self.path("zips/f.zip")) - whole)

    def test_code_between_the_packages_is_a_piece_of_its_own(self):
        self.write("code/one/between.py", b"x = 1\n")
        self.pack("f.zip", "--join=shared/packages.zip", "--tree=code")
        self.rests()
        self.assertEqual([offset >= 0 for offset, _ in self.taken_apart("f.zip")[0]], [True, False, True, False])
        self.assertEqual(self.put_together("f.zip"), self.read("zips/f.zip"))

    def test_code_in_the_place_of_a_package_is_in_the_rest(self):
        self.write("code/two.py", b"TWO = 3\n" * 500)
        self.pack("f.zip", "--join=shared/packages.zip", "--tree=code")
        self.rests()
        self.assertEqual(self.put_together("f.zip"), self.read("zips/f.zip"))
        with zipfile.ZipFile(self.path("zips/f.zip")) as zipped:
            self.assertTrue(zipped.read("two.py").startswith(b"TWO = 3"))

    def test_a_zip_that_shares_nothing_is_its_own_rest(self):
        self.write("code/app.py", b"x = 1\n")
        self.pack("f.zip", "--tree=code")
        self.pack("layer.zip", "--join=shared/packages.zip", "--at=python")
        self.rests()
        for path in ("f.zip", "layer.zip"):
            self.assertEqual(self.taken_apart(path), ([[-1, len(self.read("zips/" + path))]], self.read("zips/" + path)))

    def test_a_file_that_is_no_zip_is_said(self):
        self.write("zips/f.zip", b"no zip at all, and long enough")
        code, _, err = self.program("rests.py", "--shared=shared/packages.zip", "--zips=zips", "--output=rests")
        self.assertEqual(code, 3)
        self.assertIn("zips/f.zip: this zip cannot be read", err)

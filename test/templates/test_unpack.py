import os
import unittest
import zipfile

from sandbox import Sandbox

LINK = 0o120777


class Unpack(Sandbox):
    """Zips of (name, content, mode), unpacked over each other into out/."""

    def zip(self, name, *members):
        path = self.path(name)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member in members:
                entry = zipfile.ZipInfo(member[0])
                entry.create_system = 3
                entry.external_attr = (member[2] if len(member) > 2 else 0o100644) << 16
                archive.writestr(entry, member[1], zipfile.ZIP_DEFLATED)
        return path

    def unpacked(self, *zips):
        self.succeeds("unpack.py", "--output=" + self.path("out"), *zips, umask=0o077)
        return self.tree("out")

    def refused(self, *zips):
        return self.refuses("unpack.py", "--output=" + self.path("out"), *zips)

    def test_files_programs_folders_and_links_are_as_the_zip_has_them_whatever_the_umask(self):
        made = self.zip("a.zip", ("app.py", "x = 1"), ("bin/run", "#!", 0o100700), ("empty/", "", 0o040700),
                        ("lib/libx.so", "libx.so.1", LINK), ("lib/libx.so.1", b"\x7fELF" * 5000))
        self.assertEqual(self.unpacked(made), {
            "app.py": (0o644, b"x = 1"), "bin": (0o755, None), "bin/run": (0o755, b"#!"), "empty": (0o755, None),
            "lib": (0o755, None), "lib/libx.so": ("link", "libx.so.1"), "lib/libx.so.1": (0o644, b"\x7fELF" * 5000)})

    def test_a_later_zip_goes_over_an_earlier_one_whatever_was_there(self):
        first = self.zip("1.zip", ("a", "1"), ("b", "a", LINK), ("c/d", "1"), ("e", "1"), ("f", "1"))
        second = self.zip("2.zip", ("a", "2"), ("b", "2"), ("c", "2"), ("e/f", "2"), ("f", "a", LINK))
        found = self.unpacked(first, second)
        self.assertEqual(found["a"], (0o644, b"2"))
        self.assertEqual(found["b"], (0o644, b"2"))
        self.assertEqual(found["c"], (0o644, b"2"))
        self.assertEqual(found["e/f"], (0o644, b"2"))
        self.assertEqual(found["f"], ("link", "a"))
        self.assertNotIn("c/d", found)

    def test_nothing_is_written_through_a_link(self):
        os.mkdir(self.path("outside"))
        for target in (self.path("outside"), "../outside"):
            made = self.zip("a.zip", ("way", target, LINK), ("way/file", "x"))
            self.assertEqual(self.refused(made), ["pkgr: unpack: way is a link, and a zip has files below it"])
        # Neither when the link is of an earlier zip.
        first, second = self.zip("1.zip", ("way", "../outside", LINK)), self.zip("2.zip", ("way/file", "x"))
        self.assertIn("way is a link", self.refused(first, second)[0])
        self.assertEqual(os.listdir(self.path("outside")), [])

    def test_names_that_lead_out_are_refused(self):
        for name in ("../file", "a/../../file", "/etc/file", "a//b", "./a"):
            with self.subTest(name):
                self.assertIn("a member is named", self.refused(self.zip("a.zip", (name, "x")))[0])
        self.assertFalse(os.path.exists(self.path("file")))

    def test_a_damaged_member_is_told_of_and_never_larger_than_it_says(self):
        made = self.zip("a.zip", ("a", os.urandom(1000)), ("b", b"0" * 100000))
        data = bytearray(self.read("a.zip"))
        # The size of b in the directory.
        at = data.rindex(b"PK\x01\x02") + 24
        data[at:at + 4] = (50000).to_bytes(4, "little")
        self.write("a.zip", bytes(data))
        self.assertEqual(self.refused(made), ["pkgr: unpack: b of a zip is damaged"])
        self.assertLessEqual(os.path.getsize(self.path("out", "b")), 50000 + (1 << 20))
        data[data.index(b"a") + 5] ^= 0xFF
        self.write("a.zip", bytes(data))
        self.assertIn("a of a zip is damaged", self.refused(made)[0])

    def test_a_link_to_nothing_is_refused(self):
        for target in ("", "a\0b"):
            self.assertEqual(self.refused(self.zip("a.zip", ("a", target, LINK))),
                             ["pkgr: unpack: a is a link to nothing"])

    def test_what_is_no_zip_is_refused(self):
        self.write("a.zip", "no zip at all, but long enough to be one")
        self.assertIn("this zip cannot be read", self.refused(self.path("a.zip"))[0])


if __name__ == "__main__":
    unittest.main()

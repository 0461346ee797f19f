import io
import os
import random
import shutil
import stat
import subprocess
import unittest
import zipfile
from unittest import mock

from sandbox import Sandbox

import zipformat
import zipreader
import zipwriter
from zipwriter import Entry, OnDisk, packed_bytes, write_zip


def entry(name, content=b"x", mode=zipformat.FILE):
    return Entry(name, mode, packed_bytes(content))


def noise(count):
    source = random.Random(1)
    return bytes(source.getrandbits(8) for _ in range(count))


def written(entries):
    stream = io.BytesIO()
    digest = write_zip(stream, entries)
    return stream.getvalue(), digest


class Zip(Sandbox):
    def deflate(self, **options):
        self.succeeds("deflate.py", "--root=tree", "--output=out.zip", **options)
        return zipfile.ZipFile(self.path("out.zip"))

    def test_every_tool_at_hand_finds_the_zip_valid(self):
        self.write("tree/a.txt", b"text " * 1000)
        self.write("tree/sub/random.bin", noise(5000))
        self.write("tree/none")
        self.write(u"tree/\u00fcml\u00e4ut.txt", b"x")
        self.link("tree/link", "a.txt")
        os.mkdir(self.path("tree/empty"))
        archive = self.deflate()
        self.assertIsNone(archive.testzip())
        for tool in (["unzip", "-tq"], ["zipinfo", "-t"]):
            if shutil.which(tool[0]):
                process = subprocess.run(tool + [self.path("out.zip")], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                self.assertEqual(process.returncode, 0, process.stdout)

    def test_members_tell_nothing_of_day_user_and_machine(self):
        self.write("tree/plain", b"x", 0o600)
        self.write("tree/program", b"x", 0o710)
        self.link("tree/link", "plain")
        os.mkdir(self.path("tree/empty"), 0o700)
        members = self.deflate().infolist()
        self.assertEqual([(m.filename, m.external_attr >> 16) for m in members],
                         [("empty/", 0o040755), ("link", 0o120777), ("plain", 0o100644), ("program", 0o100755)])
        for member in members:
            self.assertEqual((member.date_time, member.create_system, member.extra, member.comment),
                             ((1980, 1, 1, 0, 0, 0), 3, b"", b""))

    def test_a_link_is_stored_with_its_target_as_content_even_when_it_dangles(self):
        self.link("tree/far", "/nowhere/" + "x" * 300)
        member = self.deflate().infolist()[0]
        self.assertEqual((member.compress_type, member.file_size), (zipfile.ZIP_STORED, 309))
        self.assertEqual(self.deflate().read("far"), b"/nowhere/" + b"x" * 300)

    def test_what_does_not_shrink_is_stored_and_the_rest_deflated(self):
        self.write("tree/noise", noise(20000))
        self.write("tree/text", b"abc" * 20000)
        self.write("tree/zero")
        kinds = {m.filename: m.compress_type for m in self.deflate().infolist()}
        self.assertEqual(kinds, {"noise": 0, "text": 8, "zero": 0})
        self.assertEqual(self.deflate().read("noise"), noise(20000))

    def test_only_names_beyond_ascii_have_the_utf_8_flag(self):
        self.write(u"tree/\u65e5\u672c", b"x")
        self.write("tree/plain", b"x")
        flags = {m.filename: m.flag_bits for m in self.deflate().infolist()}
        self.assertEqual(flags, {u"\u65e5\u672c": 0x800, "plain": 0})

    def test_members_are_sorted_by_the_bytes_of_their_names(self):
        names = ["b", "a-", "a/x", "a.txt", u"\u00e9", "Z", "aa"]
        for name in names:
            self.write("tree/" + name)
        self.assertEqual([m.filename for m in self.deflate().infolist()],
                         sorted(names, key=lambda name: name.encode("utf-8")))

    def test_hostile_names_come_back_as_they_were(self):
        names = ["new\nline", "quo'te\"s", "$(touch x)", "back\\slash", " blank ", "-dash", "a=b:c", "[x]*?",
                 "x" * 200, u"\U0001f600" * 40, "tab\t"]
        for name in names:
            self.write("tree/" + name, name)
        archive = self.deflate()
        self.assertEqual(sorted(archive.namelist()), sorted(names))
        for name in names:
            self.assertEqual(archive.read(name), name.encode("utf-8"))

    def test_hostile_names_work_in_the_plain_locale_of_an_old_image(self):
        self.write(u"tree/\u00e9\u65e5/x", b"x")
        archive = self.deflate(env={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"})
        self.assertEqual(archive.namelist(), [u"\u00e9\u65e5/x"])

    def test_a_name_that_is_not_utf_8_is_refused_by_name(self):
        self.write(b"tree/bad\xff", b"x")
        lines = self.refuses("deflate.py", "--root=tree", "--output=out.zip")
        self.assertEqual(lines, ["pkgr: deflate: tree/bad\\xff: a name in a zip must be UTF-8"])

    def test_70000_members_have_a_zip64_directory_that_can_be_read(self):
        content = packed_bytes(b"")
        data, digest = written([Entry(b"%06d" % n, zipformat.FILE, content) for n in range(70000)])
        self.assertEqual(digest.entries, 70000)
        archive = zipfile.ZipFile(io.BytesIO(data))
        self.assertEqual((len(archive.namelist()), archive.namelist()[-1]), (70000, "069999"))
        path = self.write("big.zip", data)
        self.assertEqual(len(zipreader.zip_entries(path)), 70000)
        if shutil.which("unzip"):
            self.assertEqual(subprocess.call(["unzip", "-tqq", path], stdout=subprocess.DEVNULL), 0)

    def test_65534_members_need_no_zip64_and_65535_do(self):
        for count, expected in ((65534, False), (65535, True)):
            self.assertEqual(b"PK\x06\x06" in zipformat.end_records(count, 1, 1), expected)

    def test_offsets_and_sizes_beyond_the_limit_go_to_zip64_fields(self):
        contents = {b"a%d" % n: os.urandom(700) + b"x" * 700 * n for n in range(5)}
        # The format's limit is 4 GiB; a small one takes the same way. 32 bits full remain the mark.
        with mock.patch.object(zipformat, "FULL_32", 1000):
            data, _ = written([entry(name, content) for name, content in contents.items()])
        marked = data.replace((1000).to_bytes(4, "little"), b"\xff\xff\xff\xff")
        archive = zipfile.ZipFile(io.BytesIO(marked))
        for name, content in contents.items():
            self.assertEqual(archive.read(name.decode("ascii")), content)
        path = self.write("z.zip", marked)
        for member in zipreader.zip_entries(path):
            self.assertEqual(member.content.size, len(contents[member.name]))

    def test_the_digest_is_of_the_bytes_that_were_written(self):
        import hashlib
        data, digest = written([entry(b"a", b"abc" * 100), entry(b"b", b"")])
        self.assertEqual(digest, (len(data), hashlib.sha256(data).hexdigest(), 300, 2))

    def test_an_empty_tree_is_an_empty_but_valid_zip(self):
        os.mkdir(self.path("tree"))
        self.assertEqual(self.deflate().namelist(), [])

    def test_more_than_one_window_of_files_is_written_in_order(self):
        path = self.write("file", b"some text " * 300)
        other = self.write("other", b"other text " * 300)
        entries = [Entry(b"%05d" % n, zipformat.FILE, OnDisk(path if n % 2 else other, 3000)) for n in range(1500)]
        with mock.patch.object(zipwriter, "_WINDOW_BYTES", 50000):
            data, _ = written(entries)
        archive = zipfile.ZipFile(io.BytesIO(data))
        self.assertIsNone(archive.testzip())
        self.assertEqual([archive.read("%05d" % n)[:5] for n in (0, 1, 1498, 1499)],
                         [b"other", b"some ", b"other", b"some "])

    def test_a_file_that_vanishes_is_an_error_and_leaves_the_older_zip(self):
        target = self.write("out.zip", b"older")
        with self.assertRaises(FileNotFoundError):
            zipwriter.write_zip_file(target, [entry(b"a"), Entry(b"b", zipformat.FILE, OnDisk(self.path("no"), 1))])
        self.assertEqual((self.read("out.zip"), os.listdir(self.folder)), (b"older", ["out.zip"]))

    def test_the_zip_has_mode_0644_whatever_the_umask(self):
        self.write("tree/a")
        self.deflate(umask=0o077)
        self.assertEqual(stat.S_IMODE(os.stat(self.path("out.zip")).st_mode), 0o644)


if __name__ == "__main__":
    unittest.main()

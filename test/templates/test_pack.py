import hashlib
import json
import os
import shutil
import socket
import stat
import unittest
import zipfile

from sandbox import Sandbox


class Pack(Sandbox):
    def pack(self, *sources, **options):
        self.succeeds("pack.py", "--output=out.zip", "--digest=out.json", *sources, **options)
        return zipfile.ZipFile(self.path("out.zip"))

    def names(self, *sources):
        return self.pack(*sources).namelist()

    def refusal(self, *sources):
        return self.refuses("pack.py", "--output=out.zip", "--digest=out.json", *sources)

    def deflated(self, tree):
        self.succeeds("deflate.py", "--root=" + tree, "--output=" + tree + ".zip")
        return "--join=" + tree + ".zip"

    def deps_and_code(self):
        for number in range(40):
            self.write("deps/pkg/m%02d.py" % number, b"print(%d)\n" % number * 50, 0o755 if number % 7 == 0 else 0o644)
        self.write(u"deps/pkg/\u00fcber.bin", os.urandom(3000))
        self.write("deps/handler.py", b"theirs")
        self.link("deps/pkg/lib.so", "lib.so.1")
        os.makedirs(self.path("deps/empty"))
        os.makedirs(self.path("deps/filled"))
        self.write("code/handler.py", b"ours")
        self.write("code/filled/x", b"x")
        self.write("code/lib/shared.py", b"shared")

    def test_joined_dependencies_give_the_same_bytes_as_the_tree_they_came_from(self):
        self.deps_and_code()
        for more in ([], ["--at=python"], ["--exclude=**/m1*", "--exclude=empty"]):
            self.pack(self.deflated("deps"), *(more + ["--tree=code"]))
            joined = self.read("out.zip"), self.read("out.json")
            self.pack("--tree=deps", *(more + ["--tree=code"]))
            self.assertEqual(joined, (self.read("out.zip"), self.read("out.json")), more)

    def test_the_same_files_give_the_same_bytes_in_another_folder_order_day_and_umask(self):
        self.deps_and_code()
        self.pack(self.deflated("deps"), "--tree=code")
        first = self.read("out.zip"), self.read("out.json")
        os.makedirs(self.path("else where"))
        for folder in ("deps", "code"):
            copy = self.path("else where", folder)
            for inside in sorted(self.tree(folder), reverse=True):
                source, target = self.path(folder, inside), os.path.join(copy, inside)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                if os.path.isdir(source):
                    os.makedirs(target, exist_ok=True)
                    os.chmod(target, 0o700)
                    continue
                shutil.copy2(source, target, follow_symlinks=False)
                if not os.path.islink(source):
                    os.chmod(target, 0o700 if os.stat(source).st_mode & 0o100 else 0o600)
                    os.utime(target, (10 ** 9, 10 ** 9))
        where = {"cwd": self.path("else where"), "umask": 0o077, "env": {"TZ": "Asia/Tokyo", "LC_ALL": "C"}}
        self.succeeds("deflate.py", "--root=deps", "--output=deps.zip", **where)
        self.pack("--join=deps.zip", "--tree=code", **where)
        self.assertEqual(first, (self.read("else where/out.zip"), self.read("else where/out.json")))

    def test_the_digest_file_tells_size_sha256_unzipped_size_and_entries(self):
        self.deps_and_code()
        archive = self.pack(self.deflated("deps"), "--tree=code")
        self.assertIsNone(archive.testzip())
        data, text = self.read("out.zip"), self.read("out.json").decode("ascii")
        contents = '"contents":{"modules":[{"name":"handler","file":"handler.py","of":"code"}]}'
        self.assertEqual(text, '{"size":%d,"sha256":"%s","unzippedSize":%d,"entries":%d,%s}\n' % (
            len(data), hashlib.sha256(data).hexdigest(), sum(m.file_size for m in archive.infolist()),
            len(archive.infolist()), contents))
        self.assertEqual(list(json.loads(text)), ["size", "sha256", "unzippedSize", "entries", "contents"])

    def test_a_later_source_wins(self):
        self.write("a/x", b"a")
        self.write("b/x", b"b", 0o755)
        self.assertEqual(self.pack("--tree=a", "--tree=b").read("x"), b"b")
        self.assertEqual(self.pack("--tree=b", "--tree=a").read("x"), b"a")
        self.assertEqual(self.pack("--tree=b", self.deflated("a")).read("x"), b"a")
        self.assertEqual(self.pack("--tree=a", "--tree=b").getinfo("x").external_attr >> 16, 0o100755)

    def test_a_link_and_a_file_of_one_name_replace_each_other(self):
        self.write("a/x", b"file")
        self.link("b/x", "target")
        self.assertEqual(self.pack("--tree=a", "--tree=b").getinfo("x").external_attr >> 16, 0o120777)

    def test_a_file_over_a_folder_is_refused_in_either_order_and_both_sources_are_named(self):
        self.write("first/x", b"")
        self.write("second/x/y", b"")
        os.makedirs(self.path("third/x"))
        self.link("fourth/x", "elsewhere")
        for file, folder in (("first", "second"), ("first", "third"), ("fourth", "second"), ("fourth", "third")):
            message = "pkgr: pack: x is a file in {} and a folder in {}: rename one, or exclude it".format(file, folder)
            self.assertEqual(self.refusal("--tree=" + file, "--tree=" + folder), [message])
            self.assertEqual(self.refusal("--tree=" + folder, "--tree=" + file), [message])
        self.assertEqual(self.refusal(self.deflated("first"), "--tree=second"),
                         ["pkgr: pack: x is a file in first.zip and a folder in second: rename one, or exclude it"])

    def test_a_prefix_that_is_a_file_elsewhere_is_refused(self):
        self.write("a/python", b"")
        self.write("b/m.py", b"")
        self.assertIn("python is a file in a and a folder in b", self.refusal("--tree=a", "--tree=b", "--at=python")[0])

    def test_a_conflict_that_is_excluded_is_none(self):
        self.write("a/x", b"")
        self.write("b/x/y", b"")
        self.assertEqual(self.names("--tree=a", "--exclude=x", "--tree=b"), ["x/y"])

    def test_each_source_goes_under_its_own_prefix(self):
        self.write("a/x", b"")
        self.write("b/x", b"")
        self.assertEqual(self.names("--tree=a", "--at=python/", "--tree=b"), ["python/x", "x"])
        self.assertEqual(self.names(self.deflated("a"), "--at=./lib//deep", "--tree=b", "--at="), ["lib/deep/x", "x"])

    def test_a_prefix_must_stay_inside_the_zip(self):
        self.write("a/x", b"")
        for prefix in ("/x", "..", "a/../../b"):
            lines = self.refuses("pack.py", "--output=o", "--digest=d", "--tree=a", "--at=" + prefix, code=2)
            self.assertIn("the prefix must stay inside the zip", lines[-1])

    def test_a_folder_is_an_entry_only_where_it_is_empty_in_the_whole_zip(self):
        os.makedirs(self.path("a/dir/sub"))
        self.write("b/dir/file", b"")
        self.assertEqual(self.names("--tree=a"), ["dir/sub/"])
        self.assertEqual(self.names("--tree=a", "--tree=b"), ["dir/file", "dir/sub/"])
        os.makedirs(self.path("c/dir"))
        self.assertEqual(self.names(self.deflated("c"), "--tree=b"), ["dir/file"])

    def test_paths_with_every_separator_are_taken_as_they_are(self):
        for name in ("a=b", "c:d", "e f", "-g", "h'i\"j", "k\nl", "$(m)", u"\u00f1", "*"):
            self.write(name + "/x", name)
            archive = self.pack("--tree=" + name, "--at=" + name)
            self.assertEqual(archive.read(name + "/x"), name.encode("utf-8"))
            os.rename(self.path("out.zip"), self.path(name + ".zip"))
            self.assertEqual(self.names("--join=" + name + ".zip"), [name + "/x"])

    def test_special_files_are_refused_by_name_unless_excluded(self):
        self.write("tree/x", b"")
        os.mkfifo(self.path("tree/pipe"))
        self.assertEqual(self.refusal("--tree=tree"),
                         ["pkgr: pack: tree/pipe is a fifo: a zip holds files, folders and links"])
        self.assertEqual(self.names("--tree=tree", "--exclude=pipe"), ["x"])
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.path("tree/sock"))
            self.assertIn("tree/sock is a socket", self.refusal("--tree=tree", "--exclude=pipe")[0])

    def test_a_missing_source_is_named(self):
        self.assertEqual(self.refusal("--tree=nowhere"), ["pkgr: pack: nowhere: no such folder"])
        lines = self.refuses("pack.py", "--output=o", "--digest=d", "--join=nowhere.zip", code=1)
        self.assertEqual(lines, ["pkgr: pack: No such file or directory: nowhere.zip"])

    def test_a_joined_file_that_is_no_zip_or_is_damaged_is_refused_by_name(self):
        self.write("a/x", b"text" * 100)
        self.deflated("a")
        whole = self.read("a.zip")
        for damaged in (b"", b"no zip at all, but long enough to be one", whole[:-10], whole[20:],
                        whole.replace(b"PK\x01\x02", b"PK\x09\x09"), whole.replace(b"PK\x03\x04", b"PK\x09\x09")):
            self.write("bad.zip", damaged)
            lines = self.refusal("--join=bad.zip")
            self.assertRegex(lines[0], r"^pkgr: pack: bad\.zip: this zip cannot be read \(")

    def test_a_zip_of_another_tool_is_joined_without_its_dates_and_users(self):
        with zipfile.ZipFile(self.path("foreign.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo("dir/", (2020, 1, 1, 0, 0, 0)), b"")
            info = zipfile.ZipInfo("dir/run.sh", (2020, 5, 5, 5, 5, 4))
            info.external_attr, info.extra = 0o100750 << 16, b"\x55\x54\x05\x00\x01abcd"
            archive.writestr(info, b"echo " * 50)
        member = self.pack("--join=foreign.zip").infolist()
        self.assertEqual([(m.filename, m.external_attr >> 16, m.date_time, m.extra) for m in member],
                         [("dir/run.sh", 0o100755, (1980, 1, 1, 0, 0, 0), b"")])
        self.assertEqual(self.pack("--join=foreign.zip").read("dir/run.sh"), b"echo " * 50)

    def test_a_zip_whose_members_would_leave_the_target_is_refused(self):
        for name in ("../evil", "/etc/passwd", "a/../../b"):
            with zipfile.ZipFile(self.path("evil.zip"), "w") as archive:
                archive.writestr(name, b"")
            self.assertIn("a member is named", self.refusal("--join=evil.zip")[0])

    def test_a_wrong_command_line_says_what_is_wrong(self):
        for arguments, message in (
                ((), "the following arguments are required: --output, --digest"),
                (("--output=o", "--digest=d"), "give at least one --join or --tree"),
                (("--output=o", "--digest=d", "--at=x"), "--at must follow a --join or --tree"),
                (("--output=o", "--digest=d", "--exclude=x", "--tree=a"), "--exclude must follow a --join or --tree"),
                (("--output=o", "--digest=d", "--tree="), "--tree needs a path"),
                (("--output=o", "--digest=d", "--tree=a", "--at=x", "--at=y"), "--at is given twice for one source"),
                (("--output=o", "--digest=d", "--tree=a", "--excl=x"), "unrecognized arguments: --excl=x")):
            self.assertTrue(self.refuses("pack.py", *arguments, code=2)[-1].endswith(message), message)

    def test_several_units_give_the_bytes_that_each_gives_alone(self):
        self.write("common/x.py", b"def common(value=1):\n    return value\n")
        alone, together, reading = [], [], {}
        for number in range(9):
            name = "f%d" % number
            self.write(name + "/app.py", b"import json\ndef handler(event, context):\n    return json, %d\n" % number)
            unit = ["--digest=%s.json" % name, "--runtime=any", "--handler=app.handler", "--bytecode=hash",
                    "--place=/var/task", "--tree=common", "--at=lib", "--tree=" + name, "--as=code"]
            self.succeeds("pack.py", "--output=alone-%s.zip" % name, *unit)
            alone.append((self.read("alone-%s.zip" % name), self.read(name + ".json")))
            together += (["--and"] if together else []) + ["--output=%s.zip" % name] + unit
        self.succeeds("pack.py", *together)
        self.assertEqual(alone, [(self.read("f%d.zip" % n), self.read("f%d.json" % n)) for n in range(9)])

    def test_the_first_unit_that_cannot_be_packed_ends_it_with_its_words_and_exit_code(self):
        self.write("code/x", b"")
        self.write("other/x/y", b"")
        good = ["--output=good.zip", "--digest=good.json", "--tree=code"]
        bad = ["--output=bad.zip", "--digest=bad.json", "--tree=code", "--tree=other"]
        self.assertEqual(self.refuses("pack.py", *(good + ["--and"] + bad)),
                         ["pkgr: pack: x is a file in code and a folder in other: rename one, or exclude it"])
        self.assertFalse(os.path.exists(self.path("bad.zip")))
        for wrong in (good + ["--and"], ["--and"] + good):
            self.assertIn("usage: ", self.refuses("pack.py", *wrong, code=2)[0])

    def test_bytecode_is_packed_like_any_other_file(self):
        self.write("tree/__pycache__/m.cpython-311.pyc", b"x")
        self.assertEqual(self.names("--tree=tree"), ["__pycache__/m.cpython-311.pyc"])

    def test_outputs_have_mode_0644_and_nothing_is_left_beside_them(self):
        self.write("tree/x", b"")
        self.pack("--tree=tree", umask=0o077)
        for name in ("out.zip", "out.json"):
            self.assertEqual(stat.S_IMODE(os.stat(self.path(name)).st_mode), 0o644)
        self.assertEqual(sorted(os.listdir(self.folder)), ["out.json", "out.zip", "tree"])

    def test_a_failure_leaves_the_older_zip_whole(self):
        self.write("tree/x", b"")
        self.pack("--tree=tree")
        before = self.read("out.zip")
        os.mkfifo(self.path("tree/pipe"))
        self.refusal("--tree=tree")
        self.assertEqual(self.read("out.zip"), before)


if __name__ == "__main__":
    unittest.main()

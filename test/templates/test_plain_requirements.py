import os
import random
import re
import unittest

from sandbox import Sandbox

from plain_requirements import plain_requirements

HASH = "a" * 64
PLAIN = ["requests", "requests==2.31.0", "Requests[socks, use-chardet] >= 2, < 3", "zope.interface~=5.0", "a==1.*", "a>=1.0.post1",
         "tomli ; python_version < '3.11' and (sys_platform == \"linux\" or os_name not in 'nt')", "a # a comment", "a==1 --hash=sha256:" + HASH,
         "a==1 \\\n    --hash=sha256:{0} \\\n    --hash=sha256:{0}".format(HASH), "\ufeffrequests", "a\r\nb"]
NOT_PLAIN = ["", "# nothing", "-i https://example.com/simple", "--index-url=x", "--pre", "--no-binary :all:", "--only-binary=:all:", "-e .", ".", "./lib",
             "lib/", "/lib", "x.whl", "x-1.0-py3-none-any.whl", "a.tar.gz", "a @ https://example.com/a.whl", "https://example.com/a.whl",
             "git+https://example.com/a.git", "a==1.0rc1", "a>=2.0a0", "a==1.0.dev1", "a==1+local", "a===1.0", "a (>=1)", "${NAME}", "a==${VERSION}",
             "a; extra == 'x'", "a; platform_release > '1'", "a --global-option=x", "a --hash=md5:00", "a==1 --hash sha256:" + HASH, "a ==", "a,b", "a b",
             "a\\", "a # comment \\\nb", "\u00e4", "a\u2028--index-url=x", "a\x0c--pre", "# coding: utf-7\na", "a;python_version<'3'\\\n--pre", "--", "-",
             "a[", "a[x", "a[]", "-r", "-r missing.txt", "-r https://example.com/r.txt", "-c 'quoted file.txt'", "'a'", "a; python_version < '3' # x\n--pre"]


class PlainRequirements(Sandbox):
    def read_plain(self, text, *more):
        path = self.write("requirements.txt", text)
        return plain_requirements(["--requirement=" + path] + list(more))

    def test_names_versions_extras_markers_and_hashes_are_plain(self):
        for text in PLAIN:
            with self.subTest(text):
                self.assertIsNotNone(self.read_plain(text))

    def test_everything_else_is_not(self):
        for text in NOT_PLAIN:
            with self.subTest(text):
                self.assertIsNone(self.read_plain(text))
                self.assertIsNone(self.read_plain("requests\n" + text) if text.strip("# nothing") else None)

    def test_lines_are_written_anew_with_hashes_apart(self):
        found = self.read_plain("Requests [ socks ] >= 2, <3 ;  python_version>'3'\nA.b==1 --hash=sha256:" + HASH)
        self.assertEqual(found.requirements, ["Requests[socks]>=2,<3 ; python_version>'3'", "A.b==1"])
        self.assertEqual(found.hashes, {"a-b": {HASH}})

    def test_files_that_files_name_are_found_from_their_own_folder(self):
        self.write("deep/more.txt", "b\n-c ../limits.txt\n")
        self.write("limits.txt", "c<2\n")
        found = self.read_plain("a\n-r deep/more.txt\n", "-c", self.write("other.txt", "d<3\n"))
        self.assertEqual((found.requirements, found.constraints), (["a", "b"], ["c<2", "d<3"]))

    def test_what_pips_differ_in_is_not_plain(self):
        self.write("names-itself.txt", "a\n-r names-itself.txt\n")
        self.write("nested.txt", "-r more.txt\n")
        self.write("more.txt", "b\n")
        for line in ("-r names-itself.txt", "-c nested.txt"):
            self.assertIsNone(self.read_plain("a\n" + line), line)
        for text in ("b[x]<2", "b==1 --hash=sha256:" + HASH):
            self.assertIsNone(self.read_plain("a", "-c", self.write("limits.txt", text)), text)
        for words in (["--pre"], ["--index-url=x"], ["requests"], ["-r"]):
            self.assertIsNone(self.read_plain("a", *words), words)

    def test_no_line_becomes_an_option_whatever_it_is_made_of(self):
        chance = random.Random(1)
        parts = ["a", "requests", "-", "--", "--index-url", "=", "==1", " ", "\t", "\\", "\\\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "#", ";",
                 "python_version<'3'", "'", '"', "[x]", "@", "/", ".", ",", ">=2", "-e", "-r", "https://x", "${A}", "\0", "\u00a0", "\ufeff", "(", ")", "*"]
        accepted = 0
        for _ in range(6000):
            text = "".join(chance.choice(parts) for _ in range(chance.randint(1, 6)))
            found = self.read_plain("a" + text)
            for line in () if found is None else found.requirements:
                accepted += 1
                self.assertRegex(line, re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(\[[\w,.-]+\])?([=!~<>]=?[\d.*a-z,=!~<>]+)?( ; [^\n\r\\#@/-]+)?\Z"))
                self.assertTrue(line.isprintable() and line.isascii())
        self.assertGreater(accepted, 100)


if __name__ == "__main__":
    unittest.main()

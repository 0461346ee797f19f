import os
import unittest
from unittest import mock

from sandbox import Sandbox

from failure import Failure
from requirement_files import RequirementFiles


class RequirementFilesOf(Sandbox):
    def setUp(self):
        Sandbox.setUp(self)
        self.folder = os.path.realpath(self.folder)
        before = os.getcwd()
        self.addCleanup(os.chdir, before)
        os.chdir(self.folder)
        os.mkdir("scratch")
        self.files = RequirementFiles(self.path("scratch"))

    def rewritten(self, text, name="requirements.txt"):
        """What pip reads instead of a requirement file with this text; None if it reads that one."""
        self.write(name, text)
        option, path = self.files.plain_arguments(["-r", name])
        self.assertEqual(option, "-r")
        if os.path.realpath(path) == self.path(name):
            return None
        with open(path, "rb") as file:
            return file.read().decode("utf-8")

    def test_arguments_without_editables_are_passed_on_in_meaning(self):
        self.write("a.txt", "requests\n")
        arguments = ["--index-url", "https://-e/simple", "requests>2", "--no-binary=:all:", "./x.whl"]
        self.assertEqual(self.files.plain_arguments(arguments), arguments)
        self.assertEqual(self.files.plain_arguments(["-ra.txt", "--requirement=a.txt", "-c", "https://x/c.txt"]),
                         ["-r", self.path("a.txt"), "-r", self.path("a.txt"), "-c", "https://x/c.txt"])

    def test_every_way_to_write_an_editable_argument_becomes_an_absolute_path(self):
        self.write("lib/setup.py")
        for arguments in (["-e", "lib"], ["-e./lib"], ["--editable", "./lib/"], ["--editable=lib"]):
            self.assertEqual(self.files.plain_arguments(arguments), [self.path("lib")])
        self.assertEqual(self.files.plain_arguments(["-e", ".[a,b]"]), [self.folder + "[a,b]"])
        self.assertEqual(self.files.plain_arguments(["-e", "git+https://x/y.git#egg=z"]), ["git+https://x/y.git#egg=z"])

    def test_an_editable_name_is_never_taken_from_an_index(self):
        self.assertEqual(self.files.plain_arguments(["-e", "requests"]), [self.path("requests")])

    def test_a_path_that_a_requirement_line_cannot_hold_becomes_a_url(self):
        self.assertEqual(self.files.plain_arguments(["-e", "a #b"]), ["file://" + self.folder + "/a%20%23b"])
        with self.assertRaises(Failure):
            self.files.plain_arguments(["-e", "a #b[x]"])

    def test_a_file_without_editables_is_read_where_it_is(self):
        self.assertIsNone(self.rewritten("requests\n-r nested/more.txt\n# -e ./lib\n./vendor/x.whl\n"))
        self.assertEqual(os.listdir("scratch"), [])

    def test_editable_lines_change_and_all_others_stay_on_their_lines(self):
        text = self.rewritten("# first\r\nrequests \\\n  >= 2\n  -e ./lib[x]  # ours\n--editable=lib \\\n\n./v.whl --hash=sha256:0")
        self.assertEqual(text, "# first\r\nrequests \\\n  >= 2\n{0}/lib[x]\n{0}/lib\\\n\n./v.whl --hash=sha256:0".format(self.folder))

    def test_quotes_and_variables_are_understood_as_pip_does(self):
        with mock.patch.dict(os.environ, {"WHERE": "some where"}):
            self.assertEqual(self.rewritten('-e "./my lib"\n-e \'./${WHERE}\'\n-e ./${unknown}\n'),
                             "{0}/my lib\n{0}/some where\nfile://{0}/%24%7Bunknown%7D\n".format(self.folder))

    def test_files_that_a_copy_names_are_found_from_where_they_were(self):
        self.write("reqs/deep/plain.txt", "x\n")
        self.write("reqs/limits.txt", "x==1\n")
        os.makedirs("reqs/wheels")
        text = self.rewritten("-e ./lib\n-r deep/plain.txt\n--constraint=limits.txt\n-f wheels\n-f https://x/\n-r https://x/r.txt\n",
                              "reqs/all.txt")
        here = self.path("reqs")
        self.assertEqual(text, "{}/lib\n-r {}/deep/plain.txt\n-c {}/limits.txt\n-f {}/wheels\n-f https://x/\n-r https://x/r.txt\n"
                         .format(self.folder, here, here, here))

    def test_an_editable_deep_in_nested_files_changes_every_file_on_the_way(self):
        self.write("a/b/leaf.txt", "-e ./lib\n")
        self.write("a/middle.txt", "-r b/leaf.txt\nx\n")
        text = self.rewritten("-r a/middle.txt\n")
        middle = text.split()[1]
        self.assertTrue(middle.startswith(self.path("scratch")) and middle.endswith("/middle.txt"))
        with open(middle) as file:
            leaf = file.read().split()[1]
        with open(leaf) as file:
            self.assertEqual(file.read(), self.path("lib") + "\n")

    def test_files_that_name_each_other_are_left_to_pip(self):
        self.write("other.txt", "-r requirements.txt\n")
        self.assertIsNone(self.rewritten("-r other.txt\n"))

    def test_a_file_that_is_missing_or_garbled_is_left_to_pip(self):
        self.assertEqual(self.files.plain_arguments(["-r", "no.txt"]), ["-r", "no.txt"])
        self.assertIsNone(self.rewritten('-r "open quote\n'))

    def test_a_byte_order_mark_and_bytes_that_are_no_utf_8_do_no_harm(self):
        self.write("bom.txt", b"\xef\xbb\xbf-e ./lib\n# caf\xe9\n")
        _, path = self.files.plain_arguments(["-r", "bom.txt"])
        with open(path, "rb") as file:
            self.assertEqual(file.read(), self.path("lib").encode() + b"\n# caf\xe9\n")

    def test_the_project_folders_that_pip_will_build_are_known(self):
        for name in ("plain", "edited", "named", "cli", "not a project/x"):
            self.write(name + ("/setup.py" if "/" not in name else ""))
        self.write("requirements.txt", "./plain[x] ; python_version > '3'\n-e ./edited\nnamed @ file://{}\n./not a project\n"
                   .format(self.path("named")))
        self.files.plain_arguments(["-r", "requirements.txt", "./cli"])
        self.assertEqual(self.files.projects, {self.path(name) for name in ("plain", "edited", "named", "cli")})


if __name__ == "__main__":
    unittest.main()

import ast
import glob
import os
import shutil
import stat
import sys
import unittest

from sandbox import PROGRAMS, Sandbox

# The oldest grammar that this interpreter can still check; the oldest build image has Python 3.6.
OLDEST = (3, 6) if sys.version_info < (3, 13) else (3, 7)
# Of the standard library, what Python 3.6 has under these names on Linux and macOS.
STANDARD = set("""argparse ast base64 collections concurrent contextlib csv difflib email errno faulthandler fcntl filecmp
fnmatch functools glob hashlib importlib io json marshal mmap multiprocessing os posixpath re resource selectors shlex
shutil signal site stat struct subprocess sys tempfile threading time urllib warnings zlib""".split())
ENTRY = ("close_root.py", "collect_libs.py", "deflate.py", "install.py", "pack.py", "rests.py", "unpack.py", "verify.py")


def programs():
    return sorted(glob.glob(os.path.join(PROGRAMS, "*.py")))


def parsed(path):
    with open(path, encoding="utf-8") as file:
        return ast.parse(file.read(), path, feature_version=OLDEST)


class Programs(Sandbox):
    def test_every_program_is_in_the_grammar_of_the_oldest_build_image(self):
        self.assertGreater(len(programs()), 10)
        for path in programs():
            parsed(path)

    def test_every_program_needs_only_the_standard_library_and_its_own_folder(self):
        own = {os.path.basename(path)[:-3] for path in programs()}
        for path in programs():
            for node in ast.walk(parsed(path)):
                names = []
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom):
                    names = [node.module]
                for name in names:
                    self.assertIn(name.split(".")[0], own | STANDARD | {"pip"}, path)

    def test_no_program_hides_a_module_of_the_standard_library(self):
        own = {os.path.basename(path)[:-3] for path in programs()}
        self.assertEqual(own & (STANDARD | set(sys.builtin_module_names)), set())
        if sys.version_info >= (3, 10):
            self.assertEqual(own & set(sys.stdlib_module_names), set())

    def test_every_program_says_what_goes_in_and_what_comes_out(self):
        for path in programs():
            self.assertGreater(len(ast.get_docstring(parsed(path)) or ""), 100, path)

    def test_every_file_is_short_and_lies_flat_with_mode_0644(self):
        for path in glob.glob(os.path.join(PROGRAMS, "*")):
            if os.path.basename(path) == "__pycache__":
                continue
            self.assertTrue(os.path.isfile(path), path)
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode) & 0o111, 0, path)
            with open(path, encoding="utf-8") as file:
                self.assertLessEqual(len(file.readlines()), 220, path)

    def test_every_entry_has_a_help_that_shows_how_it_is_called(self):
        for name in ENTRY:
            out, _ = self.succeeds(name, "--help")
            self.assertTrue(out.startswith("usage: " + name), out)

    def test_the_programs_run_from_a_copy_of_their_folder_and_leave_no_bytecode_there(self):
        copy = self.path("programs")
        shutil.copytree(PROGRAMS, copy, ignore=shutil.ignore_patterns("__pycache__"))
        self.write("tree/x", b"")
        self.succeeds("pack.py", "--output=o.zip", "--digest=o.json", "--tree=tree", programs=copy)
        self.assertEqual(sorted(os.listdir(copy)), sorted(n for n in os.listdir(PROGRAMS) if n != "__pycache__"))


if __name__ == "__main__":
    unittest.main()

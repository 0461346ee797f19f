import unittest

from sandbox import Sandbox  # noqa: F401

import zip_contents


def titled(*names, title="code"):
    return {name: title for name in names}


class Contents(unittest.TestCase):
    def test_libraries_are_those_where_the_loader_looks(self):
        names = titled("lib/liba.so.1", "lib/libb.so", "lib/deep/libc.so", "libd.so", "x/libe.so", "lib/readme.txt")
        self.assertEqual(zip_contents.libraries(names, "function"), ["liba.so.1", "libb.so", "libd.so"])
        self.assertEqual(zip_contents.libraries(names, "layer"), ["liba.so.1", "libb.so"])

    def test_modules_are_what_can_be_imported_by_a_plain_name(self):
        names = titled("app.py", "pkg/__init__.py", "pkg/sub/__init__.py", "space/x.py", "fast.cpython-311-x86_64-linux-gnu.so",
                       "old.pyc", "data.json", "no-module.py", "__pycache__/app.cpython-311.pyc")
        found = {one["name"]: one["file"] for one in zip_contents.modules(names, [""])}
        self.assertEqual(found, {"app": "app.py", "pkg": "pkg/__init__.py", "old": "old.pyc",
                                 "fast": "fast.cpython-311-x86_64-linux-gnu.so"})

    def test_modules_of_a_layer_lie_below_python(self):
        roots = zip_contents.module_roots("layer", 13)
        names = titled("python/a.py", "python/lib/python3.13/site-packages/b.py", "python/lib/python3.12/site-packages/c.py",
                       "d.py")
        self.assertEqual([one["name"] for one in zip_contents.modules(names, roots)], ["a", "b"])

    def test_names_that_differ_by_letter_case_are_told_of_the_part_in_which_they_do(self):
        names = dict(titled("Crypto/a.py", "Crypto/b.py", title="packages"), **titled("crypto/a.py", "x/A", "x/a", "y"))
        self.assertEqual(zip_contents.case_clashes(names), [
            {"kind": "case-clash", "file": "Crypto", "other": "crypto", "of": "packages", "otherOf": "code"},
            {"kind": "case-clash", "file": "x/A", "other": "x/a", "of": "code", "otherOf": "code"}])

    def test_the_same_name_twice_is_no_clash(self):
        self.assertEqual(zip_contents.case_clashes(titled("a/b", "a/c", "a/b/d", "A.txt", "a.TXT2")), [])


if __name__ == "__main__":
    unittest.main()

"""The few tests that take packages from PyPI."""
import os
import subprocess
import sys
import unittest

from sandbox import Sandbox

RUNTIME = "python{}.{}".format(*sys.version_info[:2])
EXTENSION = """
#include <Python.h>
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_c", __FILE__ " " __DATE__ " " __TIME__, -1, NULL};
PyMODINIT_FUNC PyInit__c(void) { return PyModule_Create(&module); }
"""


class InstallFromPyPI(Sandbox):
    def install(self, target, *for_pip, **options):
        self.succeeds("install.py", "--target=" + target, "--runtime=" + RUNTIME, "--cache=" + self.path("cache"), "--",
                      *for_pip, **options)
        return self.tree(os.path.relpath(os.path.join(options.get("cwd", self.folder), target), self.folder))

    def test_requests_and_numpy_give_the_same_tree_in_another_folder_with_another_umask(self):
        first = self.install("out", "requests", "numpy")
        os.mkdir(self.path("other"))
        second = self.install("deep/er", "requests", "numpy", cwd=self.path("other"), umask=0o077)
        self.assertEqual(sorted(first), sorted(second))
        self.assertEqual([name for name in first if first[name] != second[name]], [])
        subprocess.check_call([sys.executable, "-c", "import numpy, requests"], env=dict(os.environ, PYTHONPATH=self.path("out")))

    def test_an_extension_that_setuptools_compiles_has_the_same_bytes_each_time(self):
        self.write("src/setup.py", "from setuptools import setup, Extension\nsetup(name='ext', version='1.0', packages=['ext'],"
                   " ext_modules=[Extension('ext._c', ['c.c'])], entry_points={'console_scripts': ['ext=ext:main']})\n")
        self.write("src/ext/__init__.py", "def main(): pass\n")
        self.write("src/c.c", EXTENSION)
        subprocess.check_call(["tar", "czf", self.path("ext-1.0.tar.gz"), "-C", self.path("src"), "--transform=s|^[.]|ext-1.0|", "."])
        from_sdist = self.install("one", "./ext-1.0.tar.gz")
        from_folder = self.install("two", "-e", "./src", umask=0o077)
        self.assertTrue(any(name.startswith("ext/_c.") for name in from_sdist))
        self.assertEqual(sorted(from_sdist), sorted(from_folder))
        self.assertEqual([name for name in from_sdist if from_sdist[name] != from_folder[name]], [])
        self.assertEqual(sorted(os.listdir(self.path("src"))), ["c.c", "ext", "setup.py"])


if __name__ == "__main__":
    unittest.main()

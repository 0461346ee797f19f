"""uv beside pip: what is installed, what is told of it, and what happens when uv fails."""
import argparse
import filecmp
import contextlib
import io
import os
import sys
import tempfile
import shutil
import unittest
from unittest import mock

from sandbox import Sandbox

import fetch_uv
import install
from installed_tree import normalise
from pip_call import pip_environment
from plain_requirements import plain_requirements
from resolved_packages import write_resolved_packages
from tree_place import available_memory, lay_in_memory, lay_on_disk
from uv_call import NotWithUv, Uv, install_with_uv
from uv_lock import read_lock, size_of_wheels

# Nothing of this machine's settings; the index is PyPI.
PLAIN = {name: None for name in os.environ if name.startswith("PIP_") and name != "PIP_CERT"}
PLAIN["PIP_CONFIG_FILE"] = os.devnull
ENVIRONMENT = {name: value for name, value in dict(os.environ, **PLAIN).items() if value is not None}
RUNTIME = "python{}.{}".format(*sys.version_info[:2])
HASHED = """six==1.17.0 --hash=sha256:4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274 \\
  --hash=sha256:ff70335d468e7eb6ec65b95b99d3a2836546063f63acc5171de367e834932a81
"""
SETS = {
    "pure Python": "boto3\nslack_sdk\njinja2\n",
    "one package": "requests\n",
    "what is compiled, pinned": "numpy==2.4.6\npandas==3.1.1\npython-dateutil==4.0.0\ntzdata==2026.6\n",
    "console scripts and a compiled program": "black==24.10.0\nruff==0.8.0\n",
    "extras and markers": "requests[socks]>=2.31,<3\nuvicorn[standard]==0.32.0\ntomli; python_version < '3'\n",
    "a namespace that packages share": "zope.interface==7.1.1\nzope.event==5.0\nzope.schema==7.0.1\n",
    "folders of data": "jupyterlab-widgets==3.0.13\n",
    "hashes": HASHED,
}


class InstallWithUv(Sandbox):
    @classmethod
    def setUpClass(cls):
        cls.shared = tempfile.mkdtemp(prefix="pkgr-test-uv-")
        cls.addClassCleanup(shutil.rmtree, cls.shared)
        options = argparse.Namespace(ca=None, cache=os.path.join(cls.shared, "pip"))
        scratch, target = os.path.join(cls.shared, "scratch"), os.path.join(cls.shared, "bin")
        os.mkdir(scratch), os.mkdir(target)
        with mock.patch.dict(os.environ, ENVIRONMENT, clear=True):
            why = fetch_uv.fetch(target, options, scratch)
        if why is not None:
            raise AssertionError("no uv: " + why)
        cls.fetched = os.path.join(target, "uv")

    def uv(self):
        os.makedirs(self.path("scratch"), exist_ok=True)
        environment = pip_environment(ENVIRONMENT, None, None, None)
        return Uv(self.fetched, os.path.join(self.shared, "uv-cache"), environment, tempfile.mkdtemp(dir=self.path("scratch")))

    def with_uv(self, text, target="with-uv"):
        os.makedirs(self.path("scratch"), exist_ok=True)
        plain = plain_requirements(["-r", self.write("requirements.txt", text)])
        self.assertIsNotNone(plain)
        os.makedirs(self.path(target))
        memory = tempfile.mkdtemp(dir=self.path("scratch"))
        install_with_uv(self.uv(), plain, self.path(target), self.path("report.json"),
                        lambda size: lay_in_memory(self.path(target), memory, size))
        self.assertTrue(os.path.islink(self.path(target)))
        write_resolved_packages(self.path(target + ".json"), self.path(target), [self.path("report.json")], self.folder)
        self.assertEqual(normalise(self.path(target)), [])
        return self.tree(target)

    def with_pip(self, text):
        self.write("requirements.txt", text)
        self.succeeds("install.py", "--target=with-pip", "--runtime=" + RUNTIME, "--cache=" + os.path.join(self.shared, "pip"),
                      "--resolved=with-pip.json", "--", "--requirement=requirements.txt", env=PLAIN)
        return self.tree("with-pip")

    def test_trees_and_what_is_told_of_them_are_the_same(self):
        for what, text in SETS.items():
            with self.subTest(what):
                pip, uv = self.with_pip(text), self.with_uv(text)
                self.assertEqual(sorted(uv), sorted(pip))
                self.assertEqual([name for name in pip if pip[name] != uv[name]], [])
                self.assertEqual(self.read("with-uv.json"), self.read("with-pip.json"))
                self.assertIn(b'"requested":true', self.read("with-uv.json"))
            os.unlink(self.path("with-uv"))
            shutil.rmtree(self.path("with-pip"))

    def test_pip_has_to_do_what_would_not_be_the_same(self):
        for text in ("docopt==0.6.2\n",  # no wheel
                     "docopt\n",
                     "greenlet==3.1.1\n",  # headers
                     "protobuf==5.29.6\n",  # every file with the mode of a program, some of them are programs
                     "requests==2.32.3\nurllib3==1.0\n",  # they do not go together
                     "boto3<1.30\nurllib3<2\n",  # a newer s3transfer has to be given up
                     "no-such-package-of-pkgr==1\n",
                     "six==1.17.0 --hash=sha256:" + "0" * 64 + "\n"):
            with self.subTest(text), self.assertRaises(NotWithUv):
                self.with_uv(text, "out-{}".format(len(os.listdir(self.folder))))

    def test_files_of_the_user_do_not_tell_uv_what_to_do(self):
        self.write("pyproject.toml", "[tool.uv]\nno-index = true\n")
        self.write("uv.toml", "no-index = true\n")
        before = os.getcwd()
        os.chdir(self.folder)
        self.addCleanup(os.chdir, before)
        self.assertIn("six.py", self.with_uv("six==1.17.0\n"))

    def test_nothing_that_is_built_is_in_the_cache(self):
        with contextlib.suppress(NotWithUv):
            self.with_uv("docopt==0.6.2\n")
        cache = os.path.join(self.shared, "uv-cache")
        self.assertEqual([name for name in os.listdir(cache) if name.startswith("sdists-") and set(os.listdir(os.path.join(cache, name))) - {".git", ".gitignore"}], [])


class UvFails(Sandbox):
    def install(self, script, **options):
        """What uv_has_installed says, with a uv that is the shell script."""
        self.write("requirements.txt", "six\n")
        target, scratch = self.path("out"), self.path("scratch")
        os.makedirs(target), os.makedirs(scratch)
        given = argparse.Namespace(**dict({"uv": self.write("uv", script, 0o755), "uv_cache": None, "separately": False, "secret_variable": [], "memory": None}, **options))
        printed = io.TextIOWrapper(io.BytesIO())
        with mock.patch("install.uv_may_install", lambda *_: True), mock.patch("sys.stderr", printed):
            has_installed = install.uv_has_installed(target, ["-r", self.path("requirements.txt")], given, dict(os.environ), scratch, None)
        return has_installed, printed.buffer.getvalue().decode(), os.listdir(target)

    def test_pip_is_left_an_empty_folder_and_a_line_says_why(self):
        leave = "#!/bin/sh\nmkdir -p {0}/x; touch {0}/.lock\necho 'error: no route'; echo '  cause: none'; echo; echo 'hint: none'; exit 2\n"
        self.assertEqual(self.install(leave.format(self.path("out"))), (
            False, "pkgr: install: warning: pip installs the packages, because with uv error: no route cause: none\n", []))

    def test_that_goes_for_every_way_to_fail(self):
        for script in ("#!/bin/sh\nkill -9 $$\n", "#!/nowhere\n", "#!/bin/sh\nexit 0\n",
                       "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ $1 = --output-file ] && echo '[[packages]]' > $2; shift; done\n"):
            has_installed, printed, left = self.install(script)
            self.assertEqual((has_installed, left), (False, []), script)
            self.assertRegex(printed, r"\Apkgr: install: warning: pip installs the packages, because with uv .+\n\Z")
            shutil.rmtree(self.path("out")), shutil.rmtree(self.path("scratch"))

    def test_uv_is_not_even_asked_where_pip_has_to_install(self):
        for options in ({"separately": True}, {"secret_variable": ["TOKEN"]}, {"uv": None}):
            self.assertEqual(self.install("#!/bin/sh\ntouch asked\n", **options), (False, "", []))
            shutil.rmtree(self.path("out")), shutil.rmtree(self.path("scratch"))


class WhereTheTreeLies(Sandbox):
    def laid(self, size, available=16 << 30, memory="memory"):
        """Whether the folder is a link into memory for so many bytes of wheels."""
        os.makedirs(self.path("tree")), os.makedirs(self.path("memory"))
        with mock.patch("tree_place.available_memory", lambda: available):
            lay_in_memory(self.path("tree"), memory and self.path(memory), size)
        is_link = os.path.islink(self.path("tree"))
        if is_link:
            self.write("tree/package/module.py", b"1")
            self.link("tree/package/link", "module.py")
            self.assertEqual(sorted(self.tree("memory/installed/package")), ["link", "module.py"])
        lay_on_disk(self.path("tree"))
        self.assertEqual((os.path.islink(self.path("tree")), os.listdir(self.path("tree")), os.listdir(self.path("memory"))),
                         (False, [], []))
        os.rmdir(self.path("tree")), os.rmdir(self.path("memory"))
        return is_link

    def test_what_takes_little_of_the_memory_lies_there(self):
        self.assertTrue(self.laid(20 << 20))
        self.assertTrue(self.laid(0))
        self.assertTrue(self.laid(10 << 20, available=200 << 20))
        self.assertFalse(self.laid((10 << 20) + 1, available=200 << 20))
        self.assertFalse(self.laid(1, available=0))

    def test_what_is_large_or_of_a_size_that_nobody_knows_lies_on_the_disk(self):
        self.assertTrue(self.laid(48 << 20))
        self.assertFalse(self.laid((48 << 20) + 1))
        self.assertFalse(self.laid(None))
        self.assertFalse(self.laid(1, memory=None))

    def test_a_folder_that_is_full_is_emptied(self):
        self.write("tree/package/module.py", b"1")
        self.link("tree/link", "/")
        lay_on_disk(self.path("tree"))
        self.assertEqual(self.tree("tree"), {})

    def test_available_memory_is_what_the_system_says(self):
        told = "MemTotal:       24684044 kB\nMemFree:  1 kB\nMemAvailable:   1024 kB\n"
        self.assertEqual(available_memory(self.write("meminfo", told)), 1 << 20)
        for broken in ("", "MemAvailable:\n", "MemAvailable: many kB\n", b"\xff\n"):
            self.assertEqual(available_memory(self.write("broken", broken)), 0, broken)
        self.assertEqual(available_memory(self.path("none")), 0)
        self.assertGreater(available_memory(), 0)

    def test_sizes_are_those_of_the_largest_wheels_and_one_that_is_missing_makes_all_unknown(self):
        def size(*sizes):
            wheel = '{{ url = "https://x/one-{}-py3-none-any.whl", upload-time = 2024-01-01T00:00:00Z,{} hashes = {{ sha256 = "' + "0" * 64 + '" }} }}'
            wheels = ",\n".join(wheel.format(index, "" if size is None else " size = {},".format(size)) for index, size in enumerate(sizes))
            package = '[[packages]]\nname = "{}"\nversion = "1"\nwheels = [{}]\n'
            return size_of_wheels(read_lock(package.format("one", wheels) + package.format("two", wheel.format(0, " size = 100,"))).values())
        self.assertEqual(size(5), 105)
        self.assertEqual(size(5, 7, 6), 107)
        self.assertIsNone(size(5, None))
        self.assertIsNone(size(None))


class FetchUv(Sandbox):
    def test_without_an_index_the_folder_is_empty_and_the_build_goes_on(self):
        _, err = self.succeeds("fetch_uv.py", "--target=uv", env=dict(PLAIN, PIP_NO_INDEX="1"))
        self.assertEqual(os.listdir(self.path("uv")), [])
        self.assertIn("pkgr: uv: warning: uv {}, so pip installs the packages: pip could not fetch it\n".format(fetch_uv.VERSION), err)

    def test_the_program_is_kept_in_the_cache_and_taken_from_it_only_as_it_was(self):
        def offline(target):
            self.succeeds("fetch_uv.py", "--target=" + target, "--cache=cache", env=dict(PLAIN, PIP_NO_INDEX="1"))
            return os.listdir(self.path(target))
        self.succeeds("fetch_uv.py", "--target=first", "--cache=cache", env=ENVIRONMENT)
        kept, = (name for name in os.listdir(self.path("cache")) if name.startswith("uv-"))
        self.assertEqual(offline("second"), ["uv"])
        self.assertTrue(filecmp.cmp(self.path("first", "uv"), self.path("second", "uv"), shallow=False))
        with open(self.path("cache", kept), "ab") as file:
            file.write(b"more")
        self.assertEqual(offline("third"), [])


if __name__ == "__main__":
    unittest.main()

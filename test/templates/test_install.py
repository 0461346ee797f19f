import base64
import csv
import glob
import hashlib
import json
import os
import subprocess
import sys
import unittest

from packages import project, wheel
from sandbox import Sandbox

HERE = os.path.dirname(os.path.abspath(__file__))
RUNTIME = "python{}.{}".format(*sys.version_info[:2])
# Nothing of this machine's settings, and no network.
PLAIN_PIP = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": None}


class Install(Sandbox):
    def install(self, *for_pip, **options):
        """Installs without an index; returns the tree of the target."""
        target = options.pop("target", "out")
        arguments = ["--target=" + target, "--runtime=" + RUNTIME] + options.pop("more", []) + ["--"] + list(for_pip)
        options["env"] = dict(PLAIN_PIP, **options.get("env", {}))
        self.printed = self.succeeds("install.py", *arguments, **options)
        return self.tree(os.path.relpath(os.path.join(options.get("cwd", self.folder), target), self.folder))

    def demo(self):
        files = {"demo/__init__.py": b"def main(): print('demo')\n", "demo/tool.sh": b"#!/bin/sh\n",
                 "demo/__pycache__/__init__.cpython-311.pyc": b"stale", "demo/old.pyc": b"stale"}
        return wheel(self.folder, "demo", files, scripts={"demo": "demo:main"}, programs=("demo/tool.sh", "demo-1.0.data/scripts/shell"),
                     data={"scripts/helper": b"#!python\nprint('helper')\n", "scripts/shell": b"#!/bin/sh\necho\n",
                           "data/share/demo.txt": b"shared"})

    def test_the_tree_has_code_metadata_scripts_and_no_bytecode(self):
        tree = self.install(self.demo())
        self.assertEqual(sorted(name for name, (mode, content) in tree.items() if content is not None), [
            "bin/demo", "bin/helper", "bin/shell", "demo-1.0.dist-info/INSTALLER", "demo-1.0.dist-info/METADATA",
            "demo-1.0.dist-info/RECORD", "demo-1.0.dist-info/WHEEL", "demo-1.0.dist-info/entry_points.txt",
            "demo/__init__.py", "demo/tool.sh", "share/demo.txt"])
        for name in ("bin/demo", "bin/helper"):
            self.assertTrue(tree[name][1].startswith(b"#!/usr/bin/env python3\n"), tree[name][1][:60])
        self.assertTrue(tree["bin/shell"][1].startswith(b"#!/bin/sh\n"))

    def test_the_scripts_of_an_interpreter_with_a_blank_in_its_path_are_the_same(self):
        plain = self.install(self.demo())
        linked = self.write("my python/bin/x") and self.path("my python", "bin", "python3")
        subprocess.check_call([sys.executable, "-m", "venv", "--without-pip", self.path("my python")])
        site = glob.glob(self.path("my python", "lib", "python3*", "site-packages"))[0]
        import pip
        self.write(os.path.relpath(site, self.folder) + "/pip.pth", os.path.dirname(os.path.dirname(pip.__file__)))
        self.assertEqual(self.install(self.demo(), target="out2", python=linked), plain)

    def test_record_is_sorted_and_true(self):
        tree = self.install(self.demo())
        rows = list(csv.reader(tree["demo-1.0.dist-info/RECORD"][1].decode().splitlines()))
        self.assertEqual([row[0] for row in rows], sorted(n for n, (_, content) in tree.items() if content is not None))
        for name, digest, size in rows:
            if not name.endswith("RECORD"):
                expected = base64.urlsafe_b64encode(hashlib.sha256(tree[name][1]).digest()).rstrip(b"=").decode()
                self.assertEqual((digest, size), ("sha256=" + expected, str(len(tree[name][1]))))

    def test_importlib_metadata_still_knows_version_files_and_entry_points(self):
        self.install(self.demo())
        code = ("import importlib.metadata as m; d = m.distribution('demo'); print(d.version, len(d.files),"
                " all(f.locate().exists() for f in d.files), [e.value for e in d.entry_points][0], d.read_text('INSTALLER').strip())")
        out = subprocess.check_output([sys.executable, "-c", code], env=dict(os.environ, PYTHONPATH=self.path("out")))
        self.assertEqual(out.decode().split(), ["1.0", "11", "True", "demo:main", "pip"])

    def test_modes_are_0644_and_0755_whatever_the_umask(self):
        tree = self.install(self.demo(), umask=0o077)
        programs = {name for name, (mode, content) in tree.items() if content is not None and mode == 0o755}
        self.assertEqual(programs, {"bin/demo", "bin/helper", "bin/shell", "demo/tool.sh"})
        self.assertEqual({mode for mode, _ in tree.values()}, {0o644, 0o755})
        self.assertEqual(os.stat(self.path("out")).st_mode & 0o777, 0o755)

    def test_a_project_folder_gives_the_same_tree_in_another_place_plain_or_editable(self):
        for place in ("one", "two words"):
            project(self, place + "/lib", "mine", HERE)
        options = {"more": [], "cwd": self.path("one")}
        plain = self.install("--no-build-isolation", "./lib[x]", **options)
        self.assertIn("mine/__init__.py", plain)
        self.assertNotIn("mine-1.0.dist-info/direct_url.json", plain)
        editable = self.install("--no-build-isolation", "-e", "./lib", target="../out2", cwd=self.path("two words"),
                                umask=0o077, env={"TZ": "Asia/Tokyo"})
        self.assertEqual(editable, plain)

    def test_editable_lines_of_nested_requirement_files_are_installed_plainly(self):
        project(self, "lib", "mine", HERE)
        project(self, "other lib", "other", HERE)
        self.demo()
        self.write("requirements.txt", "# all\n--no-index\n-r reqs/local.txt  # ours\n./demo-1.0-py3-none-any.whl\n")
        self.write("reqs/local.txt", '-e ./lib[x]\n--editable="./other lib"\n-c limits.txt\n')
        self.write("reqs/limits.txt", "demo==1.0\n")
        before = self.tree(".")
        tree = self.install("--no-build-isolation", "-r", "requirements.txt")
        self.assertTrue({"mine/__init__.py", "other/__init__.py", "demo/__init__.py"} <= set(tree))
        after = {name: content for name, content in self.tree(".").items() if name.split("/")[0] != "out"}
        self.assertEqual(after, before, "the user's files were changed")

    def test_a_module_that_was_deleted_from_a_project_is_not_installed_again(self):
        project(self, "lib", "mine", HERE)
        self.write("lib/mine/gone.py", "")
        self.assertIn("mine/gone.py", self.install("--no-build-isolation", "./lib"))
        os.unlink(self.path("lib/mine/gone.py"))
        self.assertNotIn("mine/gone.py", self.install("--no-build-isolation", "./lib", target="out2"))
        self.assertEqual(sorted(os.listdir(self.path("lib"))), ["backend.py", "mine", "pyproject.toml"])

    def test_modules_of_the_working_folder_do_not_disturb_pip(self):
        for name in ("typing", "logging", "secrets", "email", "requests"):
            self.write(name + ".py", "raise SystemExit('the module of the user was imported')")
        self.assertIn("demo/__init__.py", self.install(self.demo()))

    def test_developers_settings_that_forbid_a_target_do_not_count(self):
        self.assertIn("demo/__init__.py", self.install(self.demo(), env={"PIP_USER": "1", "PIP_REQUIRE_VIRTUALENV": "1"}))

    def test_a_target_that_is_not_empty_is_refused_and_left_alone(self):
        self.write("out/old", b"old")
        lines = self.refuses("install.py", "--target=out", "--runtime=" + RUNTIME, "--", self.demo())
        self.assertEqual(lines, ["pkgr: install: {} is not empty: pip would leave what is there and skip what it "
                                 "should install".format(self.path("out"))])
        self.assertEqual(self.tree("out"), {"old": (0o644, b"old")})

    def test_another_python_than_the_runtimes_is_refused_and_both_are_named(self):
        lines = self.refuses("install.py", "--target=out", "--runtime=python3.5", "--", "demo")
        self.assertEqual(lines, ["pkgr: install: the runtime is python3.5 but {} is Python {}: choose an image that has "
                                 "python3.5".format(sys.executable, RUNTIME[len("python"):])])
        lines = self.refuses("install.py", "--target=out", "--runtime=nodejs20", "--", "demo")
        self.assertEqual(lines, ["pkgr: install: --runtime nodejs20: a runtime is written like python3.11"])

    def test_another_python_will_do_if_pip_is_told_the_version(self):
        told = ["--python-version", "3.5", "--only-binary=:all:", "--no-deps"]
        self.succeeds("install.py", "--target=out", "--runtime=python3.5", "--", *(told + [self.demo()]), env=PLAIN_PIP)
        lines = self.refuses("install.py", "--target=out2", "--runtime=python3.6", "--", *(told + [self.demo()]))
        self.assertEqual(lines, ["pkgr: install: the runtime is python3.6 but pip is told --python-version 3.5"])

    def test_an_interpreter_without_pip_is_refused(self):
        subprocess.check_call([sys.executable, "-m", "venv", "--without-pip", self.path("bare")])
        lines = self.refuses("install.py", "--target=out", "--runtime=" + RUNTIME, "--", "demo",
                             python=self.path("bare/bin/python3"))
        self.assertEqual(len(lines), 1)
        self.assertRegex(lines[0], r"^pkgr: install: .*bare/bin/python3 \(Python 3\.\d+\) has no pip: choose an image")

    def test_pips_exit_code_and_words_are_passed_on(self):
        code, _, err = self.program("install.py", "--target=out", "--runtime=" + RUNTIME, "--", "no-such-package", env=PLAIN_PIP)
        self.assertEqual(code, 1)
        self.assertIn("ERROR: No matching distribution found for no-such-package", err)
        self.assertNotIn("pkgr:", err)

    def probe(self, *more, **options):
        """What a build's backend sees in its environment."""
        project(self, "probe", "probe", HERE)
        with open(self.path("probe/backend.py"), "a") as file:
            file.write("\nimport json\njson.dump(dict(os.environ), open({!r}, 'w'))\n".format(self.path("seen.json")))
        self.install("--no-build-isolation", "./probe", more=list(more), target="out%d" % len(os.listdir(self.folder)),
                     **options)
        return json.loads(self.read("seen.json").decode())

    def test_a_trust_root_that_exists_reaches_pip_builds_and_git(self):
        ca = self.write("ca.pem", subprocess.check_output(
            [sys.executable, "-c", "import pip._vendor.certifi as c; print(open(c.where()).read())"]))
        seen = self.probe("--ca=ca.pem")
        for name in ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "GIT_SSL_CAINFO"):
            self.assertEqual(seen[name], ca)

    def test_secrets_that_do_not_exist_count_as_not_given(self):
        seen = self.probe("--ca=no.pem", "--pip-conf=no.conf", env={"PIP_CERT": "", "PIP_CONFIG_FILE": os.devnull})
        self.assertEqual((seen["PIP_CERT"], seen["PIP_CONFIG_FILE"]), ("", os.devnull))

    def test_pips_configuration_is_used(self):
        self.demo()
        conf = self.write("pip.conf", "[install]\nfind-links = {}\n".format(self.folder))
        self.assertIn("demo/__init__.py", self.install("demo", more=["--pip-conf=pip.conf"]))
        self.assertEqual(self.probe("--pip-conf=pip.conf")["PIP_CONFIG_FILE"], conf)

    def test_builds_are_told_a_fixed_day_and_to_leave_debug_information_out(self):
        seen = self.probe(env={"CFLAGS": "-O1", "SOURCE_DATE_EPOCH": "1", "PIP_DEFAULT_TIMEOUT": "7"})
        self.assertEqual((seen["SOURCE_DATE_EPOCH"], seen["CFLAGS"], seen["PYTHONHASHSEED"]), ("315532800", "-O1 -g0", "0"))
        self.assertEqual((seen["PIP_DEFAULT_TIMEOUT"], seen["PIP_RESUME_RETRIES"]), ("7", "10"))
        if sys.platform.startswith("linux"):
            self.assertEqual(seen["LDFLAGS"], "-Wl,--strip-debug")

    def test_the_cache_keeps_downloads_but_no_wheel_that_was_built_here(self):
        project(self, "sdist/mine-1.0", "mine", HERE)
        self.write("sdist/mine-1.0/PKG-INFO", "Metadata-Version: 2.1\nName: mine\nVersion: 1.0\n")
        subprocess.check_call(["tar", "czf", self.path("mine-1.0.tar.gz"), "-C", self.path("sdist"), "mine-1.0"])
        self.install("--no-build-isolation", "mine-1.0.tar.gz", more=["--cache=cache"])
        self.assertEqual(sorted(os.listdir(self.path("cache"))), ["http", "http-v2"])

    def test_a_file_that_two_packages_install_has_a_true_record_in_both(self):
        one = wheel(self.folder, "one", {"both/x.py": b"1\n"})
        two = wheel(self.folder, "two", {"both/x.py": b"22\n"})
        tree = self.install(one, two)
        lines = {line for name in ("one", "two") for line in tree[name + "-1.0.dist-info/RECORD"][1].decode().splitlines()
                 if line.startswith("both/")}
        self.assertEqual(len(lines), 1)
        self.assertTrue(lines.pop().endswith(",%d" % len(tree["both/x.py"][1])))

    def test_what_pip_leaves_out_of_a_target_is_said_and_not_recorded(self):
        package = wheel(self.folder, "clash", {"bin/__init__.py": b""}, data={"scripts/run": b"#!/bin/sh\n"})
        tree = self.install(package)
        self.assertNotIn("bin/run", tree)
        self.assertIn("pkgr: install: warning: pip left bin/run of clash-1.0 out", self.printed[1])
        self.assertNotIn(b"bin/run", tree["clash-1.0.dist-info/RECORD"][1])

    def test_no_requirements_at_all_is_an_empty_target(self):
        self.write("requirements.txt", "# nothing yet\n")
        self.assertEqual(self.install("-r", "requirements.txt"), {})
        self.assertTrue(os.path.isdir(self.path("out")))

    def test_the_runtime_any_is_whichever_python_installs(self):
        self.demo()
        self.succeeds("install.py", "--target=out", "--runtime=any", "--", "--no-index", "--find-links=.", "demo",
                      env=PLAIN_PIP)
        self.assertIn("demo/__init__.py", self.tree("out"))

    def test_a_command_line_without_arguments_for_pip_is_wrong(self):
        lines = self.refuses("install.py", "--target=out", "--runtime=" + RUNTIME, code=2)
        self.assertTrue(lines[-1].endswith("no arguments for pip: give them behind --"))


if __name__ == "__main__":
    unittest.main()

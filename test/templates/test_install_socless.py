"""What socless_integration_packager's users rely on: secret variables, and one pip for each file."""
import hashlib
import json
import os
import shutil
import sys
import unittest

from packages import project, wheel
from sandbox import Sandbox

HERE = os.path.dirname(os.path.abspath(__file__))
RUNTIME = "python{}.{}".format(*sys.version_info[:2])
PLAIN_PIP = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": None}
# A setup.py that shows what it was given, so that the log would hold it.
SHOWS = """import os, sys
from setuptools import setup
print("given", os.environ.get("TOKEN"), file=sys.stderr)
sys.exit("refused " + os.environ.get("TOKEN", "nothing"))
"""


class SecretVariables(Sandbox):
    def arguments(self, *more):
        return ["--target=out", "--runtime=" + RUNTIME] + list(more) + ["--"]

    def test_a_value_reaches_what_pip_runs_and_is_printed_as_stars(self):
        self.write("shown/setup.py", SHOWS)
        self.write("secrets/env-TOKEN", "p@ss/word 1")
        code, out, err = self.program("install.py", *(self.arguments("--secrets=secrets", "--secret-variable=TOKEN") + [
            "--no-build-isolation", "./shown"]), env=PLAIN_PIP)
        self.assertNotEqual(code, 0)
        self.assertIn("refused ****", out + err)
        self.assertNotIn("p@ss", out + err)

    def test_a_requirements_file_may_name_it(self):
        os.makedirs(self.path("shop", "secret-place"))
        wheel(self.path("shop", "secret-place"), "demo", {"demo.py": b""})
        self.write("secrets/env-PLACE", "secret-place")
        self.write("requirements.txt", "./shop/${PLACE}/demo-1.0-py3-none-any.whl\n")
        out, err = self.succeeds("install.py", *(self.arguments("--secrets=secrets", "--secret-variable=PLACE") + [
            "-r", "requirements.txt"]), env=PLAIN_PIP)
        self.assertIn("demo.py", self.tree("out"))
        self.assertNotIn("secret-place", out + err)
        for name, (_, content) in self.tree("out").items():
            self.assertNotIn(b"secret-place", content or b"", name)

    def test_a_file_goes_before_the_environment_and_without_both_it_is_not_set(self):
        project(self, "lib", "mine", HERE)
        with open(self.path("lib", "backend.py"), "a") as file:
            file.write("\nopen({!r}, 'a').write(os.environ.get('TOKEN', 'none') + '\\n')\n".format(self.path("seen")))
        for index, token in enumerate(("from outside", None, "from outside")):
            if index == 2:
                self.write("secrets/env-TOKEN", "from a file")
            self.succeeds("install.py", "--target=out-%d" % index, "--runtime=" + RUNTIME, "--secrets=secrets",
                          "--secret-variable=TOKEN", "--", "--no-build-isolation", "./lib", env=dict(PLAIN_PIP, TOKEN=token))
        seen = self.read("seen").decode().splitlines()
        self.assertEqual(sorted(set(seen)), ["from a file", "from outside", "none"])

    def test_a_short_value_is_no_secret_and_leaves_the_log_readable(self):
        wheel(self.folder, "demo", {"demo.py": b""})
        self.write("secrets/env-CFLAGS", "-O1")
        out, err = self.succeeds("install.py", *(self.arguments("--secrets=secrets", "--secret-variable=CFLAGS") + [
            "./demo-1.0-py3-none-any.whl"]), env=PLAIN_PIP)
        self.assertNotIn("****", out + err)

    def test_a_zero_byte_is_refused_by_name(self):
        self.write("secrets/env-TOKEN", b"a\0b")
        lines = self.refuses("install.py", *(self.arguments("--secrets=secrets", "--secret-variable=TOKEN") + ["x"]))
        self.assertIn("TOKEN has a zero byte", lines[-1])


class SeparateInstalls(Sandbox):
    def setUp(self):
        Sandbox.setUp(self)
        for version in ("1.0", "2.0"):
            wheel(self.folder, "demo", {"demo/__init__.py": version.encode(), "demo/v{}.py".format(version[0]): b""}, version)
        self.write("own.txt", "demo==1.0\n")
        self.write("global.txt", "demo==2.0\n")

    def install(self, *for_pip, more=()):
        return self.program("install.py", *(["--target=out", "--runtime=" + RUNTIME, *more, "--", "--find-links=."] + list(for_pip)),
                            env=PLAIN_PIP)

    def test_together_two_pins_of_one_package_are_a_conflict(self):
        code, out, err = self.install("-r", "own.txt", "-r", "global.txt")
        self.assertNotEqual(code, 0)
        self.assertIn("demo==1.0", out + err)
        self.assertIn("demo==2.0", out + err)

    def test_separately_the_later_pin_wins_and_nothing_is_left_of_the_earlier_one(self):
        for files, version in ((("own.txt", "global.txt"), "2"), (("global.txt", "own.txt"), "1")):
            shutil.rmtree(self.path("out"), ignore_errors=True)
            code, out, err = self.install("-r", files[0], "-r", files[1], more=["--separately", "--resolved=told.json"])
            self.assertEqual(code, 0, out + err)
            names = sorted(name for name, (_, content) in self.tree("out").items() if content is not None)
            self.assertEqual([name for name in names if "dist-info" not in name], ["demo/__init__.py", "demo/v{}.py".format(version)])
            self.assertEqual({name.partition("/")[0] for name in names if "dist-info" in name}, {"demo-{}.0.dist-info".format(version)})
            (told,) = json.loads(self.read("told.json").decode())["packages"]
            archive = "demo-{}.0-py3-none-any.whl".format(version)
            self.assertEqual((told["version"], told["archive"], told["sha256"]),
                             (version + ".0", archive, hashlib.sha256(self.read(archive)).hexdigest()))


if __name__ == "__main__":
    unittest.main()

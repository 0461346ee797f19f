import hashlib
import json
import os
import subprocess
import sys
import unittest

from packages import project, wheel
from sandbox import Sandbox

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "templates"))
from resolved_packages import write_resolved_packages  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
RUNTIME = "python{}.{}".format(*sys.version_info[:2])
PLAIN_PIP = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": None}
SECRET = "s3cret"


class ResolvedPackages(Sandbox):
    def install(self, *for_pip):
        self.succeeds("install.py", "--target=out", "--runtime=" + RUNTIME, "--resolved=told/packages.json", "--", *for_pip,
                      env=PLAIN_PIP)
        return self.told()

    def told(self):
        packages = json.loads(self.read("told/packages.json").decode("ascii"))["packages"]
        return {package.pop("name"): package for package in packages}

    def sha256(self, path):
        return hashlib.sha256(self.read(os.path.relpath(path, self.folder))).hexdigest()

    def written(self, *installed, **report):
        """What is told of a folder with these metadata files, and of a report of pip's."""
        os.makedirs(self.path("out"), exist_ok=True)
        for name, text in installed:
            self.write("out/" + name, text)
        self.write("report.json", json.dumps({"version": "1", "install": report.get("install", [])}))
        write_resolved_packages(self.path("told/packages.json"), self.path("out"), [self.path("report.json")], self.folder)
        return self.told()

    def test_a_wheel_of_the_project_is_told_with_its_hash_and_place(self):
        path = wheel(os.path.dirname(self.write("wheels/x")), "demo", {"demo.py": b"X = 1\n"})
        self.assertEqual(self.install("./wheels/demo-1.0-py3-none-any.whl"), {"demo": {
            "version": "1.0", "requested": True, "archive": "demo-1.0-py3-none-any.whl", "sha256": self.sha256(path),
            "path": "wheels/demo-1.0-py3-none-any.whl"}})

    def test_what_is_only_needed_by_another_is_not_requested_and_has_no_place_of_an_index(self):
        self.write("wheels/x")
        needed = wheel(self.path("wheels"), "needed", {"needed.py": b""})
        asking = wheel(self.path("wheels"), "asking", {"asking.py": b""}, requires=("needed",))
        told = self.install("--find-links", self.path("wheels"), "asking")
        self.assertEqual(told, {
            "asking": {"version": "1.0", "requested": True, "archive": os.path.basename(asking), "sha256": self.sha256(asking)},
            "needed": {"version": "1.0", "archive": os.path.basename(needed), "sha256": self.sha256(needed)}})

    def test_a_project_folder_is_told_by_its_path_plain_or_editable(self):
        project(self, "libs/mine", "mine", HERE)
        self.assertEqual(self.install("-e", "./libs/mine"), {"mine": {"version": "1.0", "requested": True, "path": "libs/mine"}})

    def test_a_version_of_git_is_told_by_its_commit_without_the_credentials_of_its_address(self):
        project(self, "repo", "mine", HERE)
        git = ["git", "-C", self.path("repo"), "-c", "user.name=x", "-c", "user.email=x@example.com"]
        for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
            subprocess.check_call(git + command, stdout=subprocess.DEVNULL)
        commit = subprocess.check_output(git + ["rev-parse", "HEAD"]).decode().strip()
        told = self.install("git+file://" + self.path("repo"))
        self.assertEqual(told, {"mine": {"version": "1.0", "requested": True, "path": "repo", "commit": commit}})

    def test_no_credentials_are_told_wherever_an_address_has_them(self):
        metadata = {"name": "x", "version": "1"}
        for url in ("https://user:{}@example.com:8443/x.whl", "https://{}@example.com:8443/x.whl",
                    "https://example.com:8443/x.whl?token={}", "https://example.com:8443/x.whl#{}"):
            told = self.written(install=[{"metadata": metadata, "is_direct": True, "download_info": {
                "url": url.format(SECRET), "archive_info": {}}}])
            self.assertEqual(told, {"x": {"version": "1", "archive": "x.whl", "url": "https://example.com:8443/x.whl"}})
        told = self.written(install=[{"metadata": metadata, "is_direct": False, "download_info": {
            "url": "https://user:{}@example.com/{}/x.whl".format(SECRET, SECRET), "archive_info": {}}}])
        self.assertEqual(told, {"x": {"version": "1", "archive": "x.whl"}})

    def test_an_address_that_cannot_be_taken_apart_is_not_told(self):
        told = self.written(install=[{"metadata": {"name": "x", "version": "1"}, "is_direct": True, "download_info": {
            "url": "https://user:{}@[::1".format(SECRET), "archive_info": {}}}])
        self.assertEqual(told, {"x": {"version": "1"}})

    def test_the_hash_is_read_in_the_form_that_each_pip_writes(self):
        digest = "a" * 64
        for archive in ({"hash": "sha256=" + digest}, {"hashes": {"sha256": digest}}, {"hashes": {"md5": "b" * 32, "sha256": digest}}):
            told = self.written(install=[{"metadata": {"name": "x", "version": "1"}, "is_direct": False, "download_info": {
                "url": "https://example.com/x.whl", "archive_info": archive}}])
            self.assertEqual(told["x"]["sha256"], digest)
        told = self.written(install=[{"metadata": {"name": "x", "version": "1"}, "is_direct": False, "download_info": {
            "url": "https://example.com/x.whl", "archive_info": {"hash": "md5=" + "b" * 32}}}])
        self.assertNotIn("sha256", told["x"])

    def test_without_a_report_the_metadata_tell_what_an_old_pip_has_installed(self):
        os.makedirs(self.path("out"))
        told = self.written(("New_Name-2.0.dist-info/METADATA", "Name: New.Name\nVersion: 2.0\n\nVersion: 3\n"),
                            ("old-1.0.egg-info/PKG-INFO", "Name: old\nVersion: 1.0\n"),
                            ("older-0.1.egg-info", "Name: older\nVersion: 0.1\n"),
                            ("broken-1.dist-info/METADATA", "nothing"),
                            ("lib.dist-info/METADATA", "Name: lib\nVersion: 1\n"),
                            ("lib.dist-info/REQUESTED", ""),
                            ("lib.dist-info/direct_url.json", json.dumps({"url": "file://" + self.path("lib"), "dir_info": {}})))
        self.assertEqual(told, {"lib": {"version": "1", "requested": True, "path": "lib"}, "New.Name": {"version": "2.0"},
                                "old": {"version": "1.0"}, "older": {"version": "0.1"}})

    def test_a_place_outside_the_project_is_not_told(self):
        told = self.written(("lib.dist-info/METADATA", "Name: lib\nVersion: 1\n"),
                            ("lib.dist-info/direct_url.json", json.dumps({"url": "file:///opt/lib", "dir_info": {}})))
        self.assertEqual(told, {"lib": {"version": "1"}})

    def test_report_and_metadata_are_one_package_however_its_name_is_written(self):
        told = self.written(("a_b-1.dist-info/METADATA", "Name: a_b\nVersion: 1\n"), install=[
            {"metadata": {"name": "A-B", "version": "1"}, "requested": True,
             "download_info": {"url": "https://example.com/a_b.whl", "archive_info": {}}}])
        self.assertEqual(told, {"a_b": {"version": "1", "requested": True, "archive": "a_b.whl"}})

    def test_the_file_has_one_mode_and_is_the_same_for_the_same_packages(self):
        first = self.written(("a.dist-info/METADATA", "Name: a\nVersion: 1\n"), ("B.dist-info/METADATA", "Name: B\nVersion: 1\n"))
        content = self.read("told/packages.json")
        os.umask(os.umask(0o077))
        self.assertEqual(list(first), ["a", "B"])
        self.assertEqual(os.stat(self.path("told/packages.json")).st_mode & 0o777, 0o644)
        self.written()
        self.assertEqual(self.read("told/packages.json"), content)


if __name__ == "__main__":
    unittest.main()

import json
import os
import unittest

from elf_files import elf
from sandbox import Sandbox

from library_report import still_missing
from os_owner import os_owners, package_system

LIB = "image/usr/lib/x86_64-linux-gnu/"


class Owners(Sandbox):
    def owners(self, *paths):
        return os_owners(os.fsencode(self.path("image")), list(paths))

    def dpkg(self):
        self.write("image/var/lib/dpkg/info/libpq5:amd64.list", "/.\n/usr/lib\n/usr/lib/libpq.so.5.15\n/usr/lib/libpq.so.5\n")
        self.write("image/var/lib/dpkg/info/libz.list", "/.\n/lib/libz.so.1.2\n/lib\n")
        self.write("image/var/lib/dpkg/status",
                   "Package: libpq5\nStatus: install ok installed\nVersion: 15.3-0+deb12u1\n\nPackage: other\nVersion: 9\n")

    def test_dpkgs_own_files_tell_the_package_and_its_version(self):
        self.dpkg()
        self.assertEqual(self.owners(b"/usr/lib/libpq.so.5", b"/usr/lib/unknown.so"),
                         {b"/usr/lib/libpq.so.5": (b"libpq5", b"15.3-0+deb12u1")})

    def test_whose_packages_they_are_is_told_by_the_distribution(self):
        root = os.fsencode(self.path("image"))
        self.dpkg()
        self.assertIsNone(package_system(root))
        self.write("image/etc/os-release", 'NAME="Debian"\nVERSION_ID="12"\nID=debian\nID_LIKE=x\n')
        self.assertEqual(package_system(root), b"deb/debian")
        self.write("image/etc/os-release", 'ID="amzn"\n')
        self.assertEqual(package_system(root), b"deb/amzn")

    def test_a_path_is_known_with_and_without_usr_and_by_what_it_links_to(self):
        self.dpkg()
        self.write("image/usr/lib/libz.so.1.2", elf())
        self.link("image/usr/lib/libz.so.1", "libz.so.1.2")
        self.link("image/lib", "usr/lib")
        self.assertEqual(self.owners(b"/lib/libz.so.1", b"/usr/lib/libz.so.1.2"),
                         {b"/lib/libz.so.1": (b"libz", b""), b"/usr/lib/libz.so.1.2": (b"libz", b"")})

    def test_rpm_is_asked_where_there_is_no_dpkg(self):
        os.mkdir(self.path("image"))
        self.write("bin/rpm", '#!/bin/sh\ncase "$*" in *libpq*) printf "libpq\\t15.8-1.amzn2023.0.1\\n" ;; '
                              '*) echo "file is not owned by any package"; exit 1 ;; esac\n', 0o755)
        before = os.environ["PATH"]
        self.addCleanup(os.environ.__setitem__, "PATH", before)
        os.environ["PATH"] = self.path("bin") + ":" + before
        self.assertEqual(self.owners(b"/usr/lib64/libpq.so.5", b"/opt/mine.so"),
                         {b"/usr/lib64/libpq.so.5": (b"libpq", b"15.8-1.amzn2023.0.1")})

    def test_an_image_without_a_package_database_has_no_owners(self):
        os.mkdir(self.path("image"))
        before = os.environ["PATH"]
        self.addCleanup(os.environ.__setitem__, "PATH", before)
        os.environ["PATH"] = self.path("bin")
        self.assertEqual(self.owners(b"/usr/lib64/libpq.so.5"), {})


class StillMissing(unittest.TestCase):
    def need(self, library, files=(), libraries=()):
        return {"library": library, "files": list(files), "libraries": list(libraries)}

    def test_what_only_a_library_in_the_zip_needed_is_missing_no_more(self):
        needs = [self.need("a", ["x.so"]), self.need("b", [], ["a"]), self.need("c", ["y.so"], ["a", "b"])]
        self.assertEqual([need["library"] for need in still_missing(needs, set())], ["a", "c", "b"])
        self.assertEqual(still_missing(needs, {"a"}), [self.need("c", ["y.so"])])

    def test_libraries_that_need_each_other_count_only_if_a_file_needs_one(self):
        self.assertEqual(still_missing([self.need("a", [], ["b"]), self.need("b", [], ["a"])], set()), [])


class Carried(Sandbox):
    """collect_libs.py and pack.py together, as a build runs them."""

    def collect(self, *arguments, **options):
        if "--packages=packages.zip" in arguments:
            self.succeeds("deflate.py", "--root=packages", "--output=packages.zip")
        self.succeeds("collect_libs.py", "--root=image", "--output=out/files", "--report=out/libraries.json",
                      "--runtime=python3.11", "--layout=" + options.get("layout", "layer"), *arguments)
        return sorted(self.tree("out/files")), json.loads(self.read("out/libraries.json").decode())

    def findings(self, *sources, layout="layer"):
        _, err = self.succeeds("pack.py", "--output=o.zip", "--digest=o.json", "--layout=" + layout, "--tree=out/files",
                               "--as=libraries", "--report=out/libraries.json", *sources)
        return json.loads(self.read("o.json").decode()).get("findings"), err

    def libpq(self):
        self.write("packages/psycopg2/_psycopg.so", elf([b"libpq.so.5", b"libnowhere.so.1"]))
        self.write(LIB + "libpq.so.5.15", elf([b"libgss.so.2", b"libc.so.6"], b"libpq.so.5"))
        self.link(LIB + "libpq.so.5", "libpq.so.5.15")
        self.write(LIB + "libgss.so.2", elf([b"libgone.so.3"]))
        self.write("image/var/lib/dpkg/info/libpq5.list", "/usr/lib/x86_64-linux-gnu/libpq.so.5.15\n")

    def test_auto_carries_what_is_needed_under_the_name_that_is_looked_for(self):
        self.libpq()
        tree, report = self.collect("--auto", "--packages=packages.zip")
        self.assertEqual(tree, ["lib", "lib/libgss.so.2", "lib/libpq.so.5"])
        self.assertEqual(self.tree("out/files")["lib/libpq.so.5"][0], 0o644)
        self.assertEqual(report["carried"], [
            {"name": "lib/libgss.so.2", "path": "/usr/lib/x86_64-linux-gnu/libgss.so.2"},
            {"name": "lib/libpq.so.5", "path": "/usr/lib/x86_64-linux-gnu/libpq.so.5.15", "package": "libpq5"}])
        self.assertEqual(report["needs"], [
            {"library": "libgone.so.3", "files": ["lib/libgss.so.2"], "libraries": []},
            {"library": "libnowhere.so.1", "files": ["psycopg2/_psycopg.so"], "libraries": []}])

    def test_without_auto_nothing_is_added_and_what_named_libraries_lack_is_told(self):
        self.libpq()
        tree, report = self.collect("--lib=/usr/lib/x86_64-linux-gnu/libpq.so.5")
        self.assertEqual(tree, ["lib", "lib/libpq.so.5"])
        self.assertEqual([need["library"] for need in report["needs"]], ["libgone.so.3", "libgss.so.2"])

    def test_auto_adds_to_named_programs_and_to_junipers_folders(self):
        self.libpq()
        self.write("image/usr/bin/psql", elf([b"libpq.so.5"]), 0o755)
        self.write("image/var/task/lambda_lib/libown.so", elf([b"libgss.so.2"]))
        tree, _ = self.collect("--auto", "--bin=/usr/bin/psql")
        self.assertEqual(tree, ["bin", "bin/psql", "lib", "lib/libgss.so.2", "lib/libown.so", "lib/libpq.so.5"])

    def test_two_names_of_one_library_become_a_file_and_a_link(self):
        self.write("packages/x.so", elf([b"libfoo.so", b"libfoo.so.1"]))
        self.write(LIB + "libfoo.so.1.2", elf())
        self.link(LIB + "libfoo.so.1", "libfoo.so.1.2")
        self.link(LIB + "libfoo.so", "libfoo.so.1.2")
        self.collect("--auto", "--packages=packages.zip")
        tree = self.tree("out/files")
        self.assertEqual(tree["lib/libfoo.so"], (0o644, elf()))
        self.assertEqual(tree["lib/libfoo.so.1"], ("link", "libfoo.so"))

    def test_what_lies_at_the_root_of_a_function_is_there_for_all_and_in_a_layer_it_is_not(self):
        self.write("packages/x.so", elf([b"libpq.so.5"]))
        self.write("packages/libpq.so.5", elf())
        self.write(LIB + "libpq.so.5", elf())
        self.assertEqual(self.collect("--auto", "--packages=packages.zip", layout="function")[0], [])
        os.rename(self.path("out"), self.path("function"))
        self.assertIn("lib/libpq.so.5", self.collect("--auto", "--packages=packages.zip")[0])

    def test_the_packed_zip_tells_what_is_missing_and_what_is_carried(self):
        self.libpq()
        self.collect("--auto", "--packages=packages.zip")
        found, err = self.findings("--tree=packages", "--as=packages", "--at=python")
        self.assertEqual([item["name"] for item in found["carried"]], ["lib/libgss.so.2", "lib/libpq.so.5"])
        self.assertEqual(found["missing"], [
            {"library": "libgone.so.3", "files": ["lib/libgss.so.2"], "libraries": []},
            {"library": "libnowhere.so.1", "files": ["python/psycopg2/_psycopg.so"], "libraries": []}])
        self.assertIn("pkgr: pack: warning: libgone.so.3 is neither in the zip nor in Lambda; needed by lib/libgss.so.2", err)

    def test_code_that_brings_a_library_and_packages_that_are_left_out_need_nothing_more(self):
        self.libpq()
        self.collect("--auto", "--packages=packages.zip")
        self.write("code/lib/libgone.so.3", b"mine")
        found, _ = self.findings("--tree=packages", "--exclude=psycopg2", "--tree=code", "--as=code", layout="function")
        self.assertNotIn("missing", found)

    def test_a_zip_without_anything_to_tell_has_no_findings(self):
        os.mkdir(self.path("image"))
        self.write("code/app.py", b"")
        self.collect()
        self.assertEqual(self.findings("--tree=code", "--as=code"), (None, ""))

    def test_a_file_in_the_place_of_another_source_s_is_told_unless_they_are_the_same(self):
        self.write("image/var/task/lambda_lib/requests/__init__.py", b"theirs")
        self.write("image/var/task/lambda_lib/same.py", b"same")
        self.write("packages/requests/__init__.py", b"ours")
        self.write("packages/same.py", b"same")
        self.write("packages/app.py", b"packaged")
        self.write("image/var/task/lambda_lib/mark.so", b"theirs")
        self.write("code/app.py", b"patched")
        self.write("code/mark.so", b"mine")
        self.collect(layout="function")
        _, err = self.succeeds("pack.py", "--output=o.zip", "--digest=o.json", "--tree=packages", "--as=packages",
                               "--tree=out/files", "--as=libraries", "--tree=code", "--as=code")
        self.assertEqual(json.loads(self.read("o.json").decode())["findings"], {
            "replaced": [{"name": "app.py", "of": "packages", "by": "code"},
                         {"name": "mark.so", "of": "libraries", "by": "code"},
                         {"name": "requests/__init__.py", "of": "packages", "by": "libraries"}]})
        self.assertIn("requests/__init__.py of the packages is replaced by that of the libraries", err)

    def test_a_file_and_a_folder_of_one_name_are_refused_by_what_they_belong_to(self):
        self.write("packages/requests/__init__.py", b"")
        self.write("image/var/task/lambda_lib/requests", b"")
        self.collect(layout="function")
        self.assertEqual(
            self.refuses("pack.py", "--output=o.zip", "--digest=o.json", "--tree=packages", "--as=packages",
                         "--tree=out/files", "--as=libraries"),
            ["pkgr: pack: requests is a file in what the image carries (lambda_lib, lambda_bin, libs, bins) and a folder "
             "in the packages: rename one, or exclude it"])

    def test_deflate_reports_for_pack_what_the_packages_need(self):
        self.write("packages/x.so", elf([b"libsurely-not-on-this-machine.so.1"]))
        self.succeeds("deflate.py", "--root=packages", "--output=p/packages.zip", "--report=p/report.json",
                      "--runtime=python3.11")
        self.succeeds("pack.py", "--output=o.zip", "--digest=o.json", "--layout=layer", "--join=p/packages.zip",
                      "--as=packages", "--at=python", "--report=p/report.json")
        self.assertEqual(json.loads(self.read("o.json").decode())["findings"]["missing"],
                         [{"library": "libsurely-not-on-this-machine.so.1", "files": ["python/x.so"], "libraries": []}])

    def test_options_that_need_each_other_are_asked_for(self):
        for program, arguments in (("deflate.py", ["--root=x", "--output=y", "--report=z"]),
                                   ("collect_libs.py", ["--output=x", "--layout=layer", "--auto"])):
            self.assertIn("--runtime", self.refuses(program, *arguments, code=2)[-1])


if __name__ == "__main__":
    unittest.main()

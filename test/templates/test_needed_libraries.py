import os
import unittest

from elf_files import elf, ld_cache
from sandbox import Sandbox

from failure import Failure
from image_libraries import ImageLibraries
from needed_libraries import NeededLibraries
from runtime_libraries import ListedRuntime, RuntimeRoot

USR = "image/usr/lib/x86_64-linux-gnu/"


class Needed(Sandbox):
    """The packages are in packages/, the image in image/, an image like the runtime in runtime/."""

    def setUp(self):
        Sandbox.setUp(self)
        for folder in ("image", "packages", "runtime"):
            os.mkdir(self.path(folder))

    def needed(self, runtime=None, provided=(), first=()):
        image = ImageLibraries(os.fsencode(self.path("image")), first)
        return NeededLibraries(image, runtime or ListedRuntime("python3.11", image), provided)

    def missing(self, **options):
        """{library: (path in the image, files, libraries)} of the packages."""
        needed = self.needed(**options)
        needed.add_folder(self.path("packages"))
        return {need.library.decode(): tuple(need[1:4]) for need in needed.needs()}

    def test_what_the_packages_need_is_found_from_library_to_library(self):
        self.write("packages/db/_db.so", elf([b"libpq.so.5", b"libc.so.6"]))
        self.write("packages/tools/run", elf([b"libssl.so.3"]), 0o755)
        self.write(USR + "libpq.so.5.15", elf([b"libssl.so.3", b"libc.so.6"], b"libpq.so.5"))
        self.link(USR + "libpq.so.5", "libpq.so.5.15")
        self.write(USR + "libssl.so.3", elf([b"libcrypto.so.3"]))
        self.write(USR + "libcrypto.so.3", elf([b"libz.so.1"]))
        at = b"/usr/lib/x86_64-linux-gnu/"
        self.assertEqual(self.missing(), {
            "libpq.so.5": (at + b"libpq.so.5", [b"db/_db.so"], []),
            "libssl.so.3": (at + b"libssl.so.3", [b"tools/run"], [b"libpq.so.5"]),
            "libcrypto.so.3": (at + b"libcrypto.so.3", [], [b"libssl.so.3"])})

    def test_a_library_that_nobody_has_is_told_of_without_a_place(self):
        self.write("packages/x.so", elf([b"libnowhere.so.1", b"/opt/absolute.so", b"libc.musl-x86_64.so.1"]))
        nobody = (None, [b"x.so"], [])
        self.assertEqual(self.missing(), {"/opt/absolute.so": nobody, "libc.musl-x86_64.so.1": nobody,
                                          "libnowhere.so.1": nobody})

    def test_the_c_library_of_alpine_is_never_carried(self):
        self.write("packages/x.so", elf([b"libc.musl-x86_64.so.1"]))
        self.write("image/lib/libc.musl-x86_64.so.1", elf())
        self.assertIsNone(self.missing()["libc.musl-x86_64.so.1"][0])

    def test_libraries_that_a_wheel_brings_along_are_found_by_its_rpath_and_runpath(self):
        self.write("packages/np/core/_x.so", elf([b"libblas-1234.so"], runpath=b"$ORIGIN/../../np.libs"))
        self.write("packages/np/core/_y.so", elf([b"libblas-1234.so"], rpath=b"/nowhere:${ORIGIN}/../../np.libs"))
        self.write("packages/np.libs/libblas-1234.so", elf([b"libgfortran-9.so"], runpath=b"$ORIGIN"))
        self.write("packages/np.libs/libgfortran-9.so", elf([b"libgcc_s.so.1"]))
        self.assertEqual(self.missing(), {})

    def test_an_rpath_holds_for_the_needs_of_needs_and_a_runpath_does_not(self):
        for folder, tag in (("r", "rpath"), ("u", "runpath")):
            self.write("packages/{}.so".format(folder), elf([b"lib%s1.so" % folder.encode()], **{tag: b"/opt/" + folder.encode()}))
            self.write("image/opt/{0}/lib{0}1.so".format(folder), elf([b"lib%s2.so" % folder.encode()]))
            self.write("image/opt/{0}/lib{0}2.so".format(folder), elf())
        paths = {name: found[0] for name, found in self.missing().items()}
        self.assertEqual(paths, {"libr1.so": b"/opt/r/libr1.so", "libr2.so": b"/opt/r/libr2.so",
                                 "libu1.so": b"/opt/u/libu1.so", "libu2.so": None})

    def test_a_library_elsewhere_in_the_packages_counts_only_if_the_image_has_none(self):
        self.write("packages/a/_a.so", elf([b"libloaded.so.1", b"libshared.so.1"]))
        self.write("packages/b/libloaded.so.1", elf())
        self.write("packages/b/libshared.so.1", elf())
        self.write("image/usr/lib64/libshared.so.1", elf())
        self.assertEqual(list(self.missing()), ["libshared.so.1"])

    def test_the_cache_decides_before_the_usual_folders_and_ld_library_path_before_both(self):
        self.write("packages/x.so", elf([b"liba.so", b"libb.so"]))
        for folder in ("first", "cached", "usr/lib64"):
            self.write("image/{}/libb.so".format(folder), elf())
        self.write("image/cached/liba.so", elf())
        self.write("image/etc/ld.so.cache", ld_cache([(b"liba.so", b"/cached/liba.so", 0), (b"libb.so", b"/cached/libb.so", 0)]))
        self.assertEqual([found[0] for found in self.missing().values()], [b"/cached/liba.so", b"/cached/libb.so"])
        self.assertEqual([found[0] for found in self.missing(first=[b"", b"here", b"/first"]).values()],
                         [b"/cached/liba.so", b"/first/libb.so"])

    def test_without_a_cache_the_configured_folders_are_looked_into(self):
        self.write("packages/x.so", elf([b"liba.so"]))
        self.write("image/opt/vendor/liba.so", elf())
        self.write("image/etc/ld.so.conf", b"# comment\ninclude ld.so.conf.d/*.conf\n")
        self.write("image/etc/ld.so.conf.d/vendor.conf", b"/opt/vendor # theirs\ninclude /etc/ld.so.conf\n")
        self.assertEqual(self.missing()["liba.so"][0], b"/opt/vendor/liba.so")

    def test_a_library_for_another_machine_or_a_damaged_one_is_passed_over(self):
        self.write("packages/x.so", elf([b"liba.so"]))
        self.write("image/lib64/liba.so", elf(machine=183))
        self.write("image/usr/lib64/liba.so", elf()[:70])
        self.write("image/lib/liba.so", b"/* GNU ld script */")
        self.link("image/usr/lib/liba.so", "/etc/circle")
        self.link("image/etc/circle", "circle")
        self.assertIsNone(self.missing()["liba.so"][0])
        self.write(USR + "liba.so", elf())
        self.assertEqual(self.missing()["liba.so"][0], b"/usr/lib/x86_64-linux-gnu/liba.so")

    def test_damaged_files_links_and_scripts_among_the_packages_need_nothing(self):
        self.write("packages/broken.so", elf([b"liba.so"])[:80])
        self.write("packages/text.so", b"")
        self.write("packages/bin/script", b"#!/usr/bin/env python3\n", 0o755)
        self.link("packages/dangling.so", "nowhere")
        self.link("packages/circle.so", "circle.so")
        self.assertEqual(self.missing(), {})

    def test_what_the_zip_has_in_its_library_folder_is_not_missing(self):
        self.write("packages/x.so", elf([b"liba.so", b"libb.so"]))
        self.assertEqual(list(self.missing(provided=[b"liba.so"])), ["libb.so"])

    def test_a_carried_program_needs_what_lies_beside_it_in_the_image(self):
        self.write("image/opt/tool/bin/tool", elf([b"libtool.so.2"], runpath=b"$ORIGIN/../lib"), 0o755)
        self.write("image/opt/tool/lib/libtool.so.2", elf())
        needed = self.needed()
        needed.add_image_file(b"/opt/tool/bin/tool", b"bin/tool")
        self.assertEqual([tuple(need[:4]) for need in needed.needs()],
                         [(b"libtool.so.2", b"/opt/tool/lib/libtool.so.2", [b"bin/tool"], [])])


class Runtime(Sandbox):
    KIND = (64, "<", 62)

    def listed(self, name):
        os.makedirs(self.path("image"), exist_ok=True)
        return ListedRuntime(name, ImageLibraries(os.fsencode(self.path("image"))))

    def test_every_runtime_has_the_c_library_and_what_wheels_count_on(self):
        for version in range(6, 15):
            runtime = self.listed("python3.{}".format(version))
            for name in (b"libc.so.6", b"libm.so.6", b"libpthread.so.0", b"ld-linux-x86-64.so.2", b"ld-linux-aarch64.so.1",
                         b"libstdc++.so.6", b"libgcc_s.so.1", b"libz.so.1", b"libpython3.%d.so.1.0" % version):
                self.assertTrue(runtime.has(name, self.KIND), name)
            for name in (b"libpq.so.5", b"libexpat.so.1", b"libcurl.so.4", b"libffi.so.8", b"libc.so.61", b"libstdc++.so.5"):
                self.assertFalse(runtime.has(name, self.KIND), name)

    def test_amazon_linux_2023_has_no_libnsl(self):
        self.assertTrue(self.listed("python3.11").has(b"libnsl.so.1", self.KIND))
        self.assertFalse(self.listed("python3.12").has(b"libnsl.so.1", self.KIND))

    def test_what_a_build_image_of_aws_has_in_lambdas_own_folders_comes_from_the_runtime(self):
        self.write("image/var/lang/lib/libssl.so.3", elf())
        self.write("image/usr/lib64/libxml2.so.2", elf())
        self.assertTrue(self.listed("python3.12").has(b"libssl.so.3", self.KIND))
        self.assertFalse(self.listed("python3.12").has(b"libxml2.so.2", self.KIND))

    def test_any_is_the_runtime_of_this_interpreter_and_other_names_are_refused(self):
        self.assertTrue(self.listed("any").has(b"libc.so.6", self.KIND))
        with self.assertRaises(Failure):
            self.listed("nodejs20.x")

    def test_an_image_like_the_runtime_has_what_its_loader_finds_and_never_lacks_the_c_library(self):
        self.write("runtime/usr/lib64/libxml2.so.2", elf())
        self.link("runtime/lib64", "/usr/lib64")
        self.write("runtime/opt/lib/libopt.so", elf())
        runtime = RuntimeRoot(self.path("runtime"))
        self.assertTrue(runtime.has(b"libxml2.so.2", self.KIND))
        self.assertFalse(runtime.has(b"libxml2.so.2", (64, "<", 183)))
        self.assertFalse(runtime.has(b"libopt.so", self.KIND))
        self.assertFalse(runtime.has(b"libstdc++.so.6", self.KIND))
        self.assertTrue(runtime.has(b"libc.so.6", self.KIND))


if __name__ == "__main__":
    unittest.main()

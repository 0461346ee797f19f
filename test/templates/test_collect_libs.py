import os
import unittest

from sandbox import Sandbox


class CollectLibs(Sandbox):
    def collect(self, *arguments, **options):
        layout = options.get("layout", "layer")
        self.succeeds("collect_libs.py", "--root=image", "--output=out", "--layout=" + layout, *arguments,
                      umask=options.get("umask"))
        return {name: entry for name, entry in self.tree("out").items() if entry[1] is not None}

    def refusal(self, *arguments):
        return self.refuses("collect_libs.py", "--root=image", "--output=out", "--layout=layer", *arguments)

    def foo(self):
        self.write("image/usr/lib/libfoo.so.1.2", b"foo", 0o755)
        self.link("image/usr/lib/libfoo.so.1", "libfoo.so.1.2")
        self.link("image/usr/lib/libfoo.so", "libfoo.so.1")

    def test_junipers_folders_go_to_the_root_of_a_function(self):
        self.write("image/var/task/lambda_lib/libx.so", b"x")
        self.write("image/var/task/lambda_lib/sub/y", b"y")
        self.write("image/var/task/lambda_bin/tool", b"t", 0o700)
        self.assertEqual(self.collect(layout="function"),
                         {"libx.so": (0o644, b"x"), "sub/y": (0o644, b"y"), "tool": (0o755, b"t")})

    def test_junipers_folders_go_to_lib_and_bin_of_a_layer(self):
        self.write("image/var/task/lambda_lib/libx.so", b"x")
        self.write("image/var/task/lambda_bin/tool", b"t", 0o755)
        self.assertEqual(self.collect(), {"lib/libx.so": (0o644, b"x"), "bin/tool": (0o755, b"t")})

    def test_named_files_go_to_lib_and_bin_of_both(self):
        self.foo()
        self.write("image/usr/bin/tool", b"t", 0o755)
        for layout in ("function", "layer"):
            tree = self.collect("--lib=/usr/lib/libfoo.so.1.2", "--bin=/usr/bin/tool", layout=layout)
            self.assertEqual(tree, {"lib/libfoo.so.1.2": (0o755, b"foo"), "bin/tool": (0o755, b"t")})
            os.rename(self.path("out"), self.path(layout))

    def test_an_image_with_nothing_to_collect_gives_an_empty_folder(self):
        os.mkdir(self.path("image"))
        self.assertEqual(self.collect(), {})
        self.assertTrue(os.path.isdir(self.path("out")))

    def test_links_between_collected_files_stay_links(self):
        self.foo()
        self.assertEqual(self.collect("--lib=/usr/lib/libfoo.so*"), {
            "lib/libfoo.so": ("link", "libfoo.so.1"), "lib/libfoo.so.1": ("link", "libfoo.so.1.2"),
            "lib/libfoo.so.1.2": (0o755, b"foo")})

    def test_a_link_to_what_is_not_collected_becomes_a_copy_under_its_own_name(self):
        self.foo()
        self.assertEqual(self.collect("--lib=/usr/lib/libfoo.so.1"), {"lib/libfoo.so.1": (0o755, b"foo")})

    def test_a_link_over_one_that_is_not_collected_goes_straight_to_the_file(self):
        self.foo()
        self.assertEqual(self.collect("--lib=/usr/lib/libfoo.so", "--lib=/usr/lib/libfoo.so.1.2"), {
            "lib/libfoo.so": ("link", "libfoo.so.1.2"), "lib/libfoo.so.1.2": (0o755, b"foo")})

    def test_an_absolute_link_between_collected_files_becomes_a_relative_one(self):
        self.write("image/usr/lib/a.so.1", b"a")
        self.link("image/usr/lib/a.so", "/usr/lib/a.so.1")
        self.assertEqual(self.collect("--lib=/usr/lib/a.so*")["lib/a.so"], ("link", "a.so.1"))

    def test_links_of_folders_and_alternatives_are_followed_inside_the_image(self):
        self.write("image/usr/lib/blas/libblas.so.3", b"blas")
        self.link("image/etc/alternatives/libblas", "/usr/lib/blas/libblas.so.3")
        self.link("image/usr/lib/libblas.so.3", "/etc/alternatives/libblas")
        self.link("image/lib", "usr/lib")
        self.assertEqual(self.collect("--lib=/lib/libblas.so.3", "--lib=/usr/lib/libblas.so.3"),
                         {"lib/libblas.so.3": (0o644, b"blas")})

    def test_a_folder_is_carried_whole_with_its_links(self):
        self.write("image/usr/lib/engines/a/e.so", b"e")
        self.write("image/usr/lib/other.so", b"o")
        self.link("image/usr/lib/engines/deep/up.so", "../a/e.so")
        self.link("image/usr/lib/engines/again", "a")
        self.link("image/usr/lib/engines/self", ".")
        self.link("image/usr/lib/engines/out.so", "../other.so")
        self.link("image/usr/lib/engines/dangling", "/nowhere")
        self.assertEqual(self.collect("--lib=/usr/lib/engines"), {
            "lib/engines/a/e.so": (0o644, b"e"), "lib/engines/deep/up.so": ("link", "../a/e.so"),
            "lib/engines/again": ("link", "a"), "lib/engines/self": ("link", "."),
            "lib/engines/out.so": (0o644, b"o"), "lib/engines/dangling": ("link", "/nowhere")})

    def test_a_link_to_a_folder_that_is_not_collected_is_carried_as_a_folder(self):
        self.write("image/opt/v2/x", b"x")
        self.link("image/usr/lib/current", "../../opt/v2")
        self.assertEqual(self.collect("--lib=/usr/lib/current"), {"lib/current/x": (0o644, b"x")})

    def test_two_stars_find_files_in_any_folder_and_a_matched_folder_only_once(self):
        self.write("image/usr/lib/x86_64/libq.so", b"q")
        self.write("image/usr/lib/dir/sub/z", b"z")
        self.assertEqual(self.collect("--lib=/usr/**/libq.so", "--lib=/usr/lib/dir/**"),
                         {"lib/libq.so": (0o644, b"q"), "lib/dir/sub/z": (0o644, b"z")})

    def test_every_glob_that_matches_nothing_is_named_in_one_go(self):
        self.foo()
        lines = self.refusal("--lib=/usr/lib/none*", "--bin=/usr/bin/no\nne", "--lib=/usr/lib/libfoo*")
        self.assertEqual(lines, ["pkgr: libs: /usr/lib/none* matches no file in the image",
                                 "pkgr: bins: /usr/bin/no\\nne matches no file in the image"])
        self.assertFalse(os.path.exists(self.path("out")))

    def test_two_different_files_for_one_place_are_refused_and_named(self):
        self.write("image/a/x.so", b"a")
        self.write("image/b/x.so", b"b")
        self.write("image/c/x.so", b"a")
        self.assertEqual(self.refusal("--lib=/a/x.so", "--lib=/b/x.so"),
                         ["pkgr: libs: /a/x.so and /b/x.so would both be lib/x.so, and they differ"])
        self.assertEqual(self.collect("--lib=/a/x.so", "--lib=/c/x.so"), {"lib/x.so": (0o644, b"a")})

    def test_a_file_and_a_folder_for_one_place_are_refused(self):
        self.write("image/a/x", b"a")
        self.write("image/b/x/y", b"b")
        self.assertIn("/a/x and /b/x would both be lib/x", self.refusal("--lib=/a/x", "--lib=/b/x")[0])

    def test_two_folders_of_one_name_are_joined_if_their_files_agree(self):
        self.write("image/a/d/one", b"1")
        self.write("image/b/d/two", b"2")
        self.assertEqual(self.collect("--lib=/a/d", "--lib=/b/d"), {"lib/d/one": (0o644, b"1"), "lib/d/two": (0o644, b"2")})

    def test_a_named_link_that_leads_nowhere_or_in_a_circle_is_refused(self):
        self.link("image/usr/lib/dangling", "gone")
        self.link("image/usr/lib/circle", "circle")
        self.assertEqual(self.refusal("--lib=/usr/lib/dangling"),
                         ["pkgr: libs: /usr/lib/dangling is a link to /usr/lib/gone, which is not in the image"])
        self.assertEqual(self.refusal("--lib=/usr/lib/circle"), ["pkgr: libs: /usr/lib/circle: its links lead in a circle"])

    def test_a_device_a_fifo_and_the_whole_image_are_refused(self):
        os.makedirs(self.path("image/dev"))
        os.mkfifo(self.path("image/dev/pipe"))
        self.assertEqual(self.refusal("--lib=/dev/pipe"), ["pkgr: libs: /dev/pipe is neither a file nor a folder"])
        self.assertEqual(self.refusal("--lib=/"), ["pkgr: libs: / matches the whole image"])

    def test_modes_do_not_depend_on_the_umask_and_hostile_names_are_kept(self):
        self.write("image/l/a b'\"$(x)\n\u00e9", b"x", 0o600)
        self.assertEqual(self.collect("--lib=/l/a*", umask=0o077), {"lib/a b'\"$(x)\n\u00e9": (0o644, b"x")})
        self.assertEqual({mode for mode, content in self.tree("out").values() if content is None}, {0o755})

    def test_an_output_that_is_not_empty_is_refused(self):
        self.write("out/x")
        os.mkdir(self.path("image"))
        self.assertIn("is not empty", self.refusal()[0])


if __name__ == "__main__":
    unittest.main()

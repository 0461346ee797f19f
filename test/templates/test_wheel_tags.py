import unittest

from sandbox import Sandbox  # noqa: F401

from wheel_tags import MACHINE, PYTHON, SYSTEM, Target, is_compiled_here, module_misfit, module_name, wheel_misfit

X86 = Target(13, "x86_64")
ARM = Target(13, "aarch64")
OLD = Target(7, "x86_64")


class Wheel(unittest.TestCase):
    def test_tags_that_pip_takes_fit(self):
        for tag in ("py3-none-any", "py2.py3-none-any", "cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64",
                    "cp37-abi3-manylinux1_x86_64", "cp313-abi3-linux_x86_64", "cp313-none-any", "py38-none-any",
                    "py3-none-manylinux_2_28_x86_64", "cp313-cp313-linux_x86_64", "cp3-abi3-manylinux_2_5_x86_64"):
            self.assertIsNone(wheel_misfit([tag], X86), tag)
        self.assertIsNone(wheel_misfit(["cp37-cp37m-manylinux1_x86_64"], OLD))
        self.assertIsNone(wheel_misfit(["cp313-cp313-manylinux_2_17_aarch64"], ARM))

    def test_tags_of_another_python_do_not(self):
        for tag in ("cp312-cp312-manylinux_2_17_x86_64", "cp313-cp313t-manylinux_2_17_x86_64", "py2-none-any",
                    "pp311-pypy311_pp73-manylinux_2_17_x86_64", "cp314-abi3-manylinux_2_17_x86_64", "py314-none-any",
                    "cp37-cp37m-manylinux1_x86_64"):
            self.assertEqual(wheel_misfit([tag], X86), PYTHON, tag)

    def test_tags_of_another_system_or_processor_do_not(self):
        for tag in ("cp313-cp313-macosx_11_0_arm64", "cp313-cp313-win_amd64", "cp313-cp313-musllinux_1_2_x86_64",
                    "py3-none-macosx_10_9_universal2", "cp313-cp313-android_21_x86_64"):
            self.assertEqual(wheel_misfit([tag], X86), SYSTEM, tag)
        for tag in ("cp313-cp313-manylinux_2_17_aarch64", "cp313-cp313-linux_i686", "py3-none-manylinux2014_ppc64le"):
            self.assertEqual(wheel_misfit([tag], X86), MACHINE, tag)

    def test_one_tag_that_fits_is_enough_and_the_nearest_is_told_else(self):
        self.assertIsNone(wheel_misfit(["cp313-cp313-win_amd64", "py3-none-any"], X86))
        self.assertEqual(wheel_misfit(["cp313-cp313-macosx_11_0_arm64", "cp312-cp312-linux_x86_64"], X86), PYTHON)

    def test_nothing_is_said_of_what_tells_nothing(self):
        for tags in ([], ["nonsense"], ["a-b"], [""]):
            self.assertIsNone(wheel_misfit(tags, X86), tags)

    def test_what_pip_has_built_is_told_from_what_was_made_to_be_given_away(self):
        self.assertTrue(is_compiled_here(["cp313-cp313-linux_x86_64"]))
        self.assertFalse(is_compiled_here(["cp313-cp313-manylinux_2_17_x86_64"]))
        self.assertFalse(is_compiled_here(["py3-none-any"]))


class Module(unittest.TestCase):
    def test_names_that_python_loads_fit(self):
        for name in ("x.cpython-313-x86_64-linux-gnu.so", "x.abi3.so", "x.so", "libx.so.1", "libfoo.1.2.so"):
            self.assertIsNone(module_misfit(name, X86), name)
        self.assertIsNone(module_misfit("x.cpython-37m-x86_64-linux-gnu.so", OLD))

    def test_names_that_it_does_not_load_tell_why(self):
        for name, what in (("x.cpython-312-x86_64-linux-gnu.so", PYTHON), ("x.cpython-313t-x86_64-linux-gnu.so", PYTHON),
                           ("x.cpython-313.so", PYTHON), ("x.pypy39-pp73-x86_64-linux-gnu.so", PYTHON),
                           ("x.cpython-313-darwin.so", SYSTEM), ("x.cpython-313-x86_64-linux-musl.so", SYSTEM),
                           ("x.cp313-win_amd64.pyd", SYSTEM), ("x.cpython-313-aarch64-linux-gnu.so", MACHINE)):
            self.assertEqual(module_misfit(name, X86), (what, name.split(".")[1]), name)

    def test_the_module_s_own_name_is_what_comes_before_the_tag(self):
        for name, module in (("x.cpython-313-x86_64-linux-gnu.so", "x"), ("x.abi3.so", "x"), ("x.so", "x"),
                             ("x.pyd", "x"), ("x.py", None), ("x", None), ("libx.so.1", None)):
            self.assertEqual(module_name(name), module, name)


if __name__ == "__main__":
    unittest.main()

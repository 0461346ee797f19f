import os
import shutil
import unittest

from sandbox import Sandbox

# What the real ones say of a package that does not exist, and with which exit code.
MISSING = {
    "apt-get": ("E: Unable to locate package nope", 100),
    "dnf": ("No match for argument: nope\nError: Unable to find a match: nope", 1),
    "microdnf": ("error: No package matches 'nope'", 1),
    "yum": ("No package nope available.", 0),
    "apk": ("ERROR: unable to select packages:\n  nope (no such package):\n    required by: world[nope]", 1),
}
# All that the script may need of an image; `env` is for the managers made here.
TOOLS = ("sh", "tr", "tee", "cat", "mktemp", "rm", "env")


class OsPackages(Sandbox):
    def setUp(self):
        Sandbox.setUp(self)
        os.mkdir(self.path("bin"))
        for tool in TOOLS:
            os.symlink(shutil.which(tool), self.path("bin", tool))

    def manager(self, name, says="", code=0, on="install"):
        """A package manager that notes its arguments, one a line, and says what it is told to."""
        self.write("bin/" + name, '#!/bin/sh\n{{ echo "{name}"; for a in "$@"; do printf "[%s]\\n" "$a"; done; env; }} >>"$CALLS"\n'
                   'case " $* " in *" {on} "*) cat <<"END" >&2\n{says}\nEND\nexit {code};; esac\n'
                   .format(name=name, says=says, code=code, on=on), 0o755)

    def calls(self):
        """The managers' calls as lists of words."""
        found = []
        for line in self.read("calls").decode("utf-8").splitlines() if os.path.exists(self.path("calls")) else []:
            if line in MISSING:
                found.append([line])
            elif line.startswith("[") and line.endswith("]"):
                found[-1].append(line[1:-1])
        return found

    def options(self):
        return {"env": {"PATH": self.path("bin"), "CALLS": self.path("calls"), "TMPDIR": self.folder}}

    def install(self, *arguments):
        return self.succeeds("os-packages.sh", "--root=" + self.folder, *arguments, **self.options())

    def refusal(self, *arguments, **options):
        return self.refuses("os-packages.sh", "--root=" + self.folder, *arguments, **dict(self.options(), **options))

    def test_apt_get_updates_installs_without_recommends_and_removes_its_lists(self):
        self.manager("apt-get")
        self.write("var/lib/apt/lists/deb.example_Packages")
        self.install("gcc", "libxml2-dev=2.9*", "g++")
        retries = ["-o", "Acquire::Retries=3", "-o", "Dpkg::Use-Pty=0"]
        self.assertEqual(self.calls(), [["apt-get"] + retries + ["update"], ["apt-get"] + retries + [
            "install", "-y", "--no-install-recommends", "--", "gcc", "libxml2-dev=2.9*", "g++"], ["apt-get", "clean"]])
        self.assertIn(b"DEBIAN_FRONTEND=noninteractive", self.read("calls"))
        self.assertEqual(os.listdir(self.path("var/lib/apt/lists")), [])

    def test_the_other_managers_install_without_questions_and_recommends(self):
        expected = {
            "dnf": [["dnf", "install", "-y", "--setopt=install_weak_deps=False", "gcc"], ["dnf", "clean", "all"]],
            "microdnf": [["microdnf", "install", "-y", "--setopt=install_weak_deps=0", "gcc"], ["microdnf", "clean", "all"]],
            "yum": [["yum", "install", "-y", "gcc"], ["yum", "clean", "all"]],
            "apk": [["apk", "add", "--no-cache", "--no-progress", "--", "gcc"]],
        }
        for name, calls in expected.items():
            self.manager(name)
            self.install("gcc")
            self.assertEqual(self.calls(), calls)
            os.unlink(self.path("bin", name))
            os.unlink(self.path("calls"))

    def test_each_manager_takes_its_own_list(self):
        lists = ["--apt-get", "a1", "a2", "--dnf", "d", "--microdnf", "m", "--yum", "y", "--apk", "k"]
        for name, packages in (("apt-get", ["a1", "a2"]), ("dnf", ["d"]), ("microdnf", ["m"]), ("yum", ["y"]), ("apk", ["k"])):
            self.manager(name)
            self.install(*lists)
            install = [call for call in self.calls() if "install" in call or "add" in call][0]
            self.assertEqual(install[-len(packages):], packages)
            os.unlink(self.path("bin", name))
            os.unlink(self.path("calls"))

    def test_the_managers_of_one_family_take_each_others_list_and_then_the_one_for_any(self):
        for name, arguments in (("dnf", ["any", "--yum", "right"]), ("microdnf", ["--yum", "y", "--dnf", "right"]),
                                ("yum", ["--dnf", "right", "--apk", "k"]), ("apk", ["right", "--dnf", "d"])):
            self.manager(name)
            self.install(*arguments)
            self.assertEqual([call for call in self.calls() if "install" in call or "add" in call][0][-1], "right")
            os.unlink(self.path("bin", name))
            os.unlink(self.path("calls"))

    def test_apt_get_is_asked_first_and_yum_last_of_its_family(self):
        for name in ("yum", "microdnf", "dnf", "apk", "apt-get"):
            self.manager(name)
        for name in ("apt-get", "dnf", "microdnf", "yum", "apk"):
            self.install("x")
            self.assertEqual(self.calls()[0][0], name)
            os.unlink(self.path("bin", name))
            os.unlink(self.path("calls"))

    def test_an_image_without_a_manager_is_an_error_that_names_those_pkgr_knows(self):
        self.assertEqual(self.refusal("gcc"), ["pkgr: packages: the image has no package manager pkgr knows "
                                               "(apt-get, dnf, microdnf, yum, apk)"])

    def test_a_manager_without_a_list_is_an_error_that_says_which_were_given(self):
        self.manager("apk")
        self.assertEqual(self.refusal("--dnf", "a", "--apt-get", "b", "--dnf", "c"),
                         ["pkgr: packages: the image has apk, but packages are given only for: dnf apt-get"])
        self.assertEqual(self.calls(), [])

    def test_an_empty_list_means_that_nothing_is_needed(self):
        self.manager("apk")
        self.install("gcc", "--apk")
        self.assertEqual(self.calls(), [])

    def test_a_package_that_does_not_exist_is_named_after_the_managers_own_words(self):
        for name, (words, code) in MISSING.items():
            self.manager(name, words, code, on="add" if name == "apk" else "install")
            exit_code, out, err = self.program("os-packages.sh", "--root=" + self.folder, "gcc", "nope", **self.options())
            self.assertEqual((exit_code, err), (3, "pkgr: packages: nope: not found by {}\n".format(name)))
            self.assertIn(words, out)
            os.unlink(self.path("bin", name))

    def test_every_package_that_does_not_exist_is_named_once(self):
        self.manager("apt-get", "E: Unable to locate package a\nE: Unable to locate package b*\nE: Couldn't find any package "
                     "by glob 'b*'\nE: Package 'c' has no installation candidate\nE: Version '9' for 'd' was not found", 100)
        self.assertEqual(self.refusal("a"), ["pkgr: packages: {}: not found by apt-get".format(n) for n in ("a", "b*", "c", "d")])

    def test_any_other_failure_has_the_managers_words_and_exit_code(self):
        self.manager("apt-get", "E: No space left on device", 100)
        code, out, err = self.program("os-packages.sh", "--root=" + self.folder, "gcc", **self.options())
        self.assertEqual((code, out.strip(), err), (100, "E: No space left on device", ""))
        self.manager("apt-get", "E: mirror gone", 100, on="update")
        code, out, _ = self.program("os-packages.sh", "--root=" + self.folder, "gcc", **self.options())
        self.assertEqual((code, "mirror gone" in out), (100, True))

    def test_a_trust_root_is_given_to_the_manager_only_if_the_file_exists(self):
        ca = self.write("my ca.pem")
        for form in (["--ca=" + ca], ["--ca", ca]):
            self.manager("apt-get")
            self.install(*(form + ["gcc"]))
            self.assertIn("Acquire::https::CAInfo=" + ca, self.calls()[0])
            os.unlink(self.path("bin/apt-get"))
            self.manager("dnf")
            self.install(*(form + ["gcc"]))
            self.assertIn("--setopt=sslcacert=" + ca, self.calls()[-2])
            self.assertIn("SSL_CERT_FILE=" + ca, self.read("calls").decode())
            os.unlink(self.path("bin/dnf"))
        os.unlink(self.path("calls"))
        self.manager("dnf")
        self.install("--ca=" + self.path("none.pem"), "gcc")
        self.assertNotIn("none.pem", self.read("calls").decode())

    def test_no_name_is_ever_an_option_or_a_shell_word(self):
        self.manager("apt-get")
        for arguments, message in (
                (["--", "-o=x"], "-o=x: no package begins with a dash"),
                (["-y"], "-y: no package begins with a dash"),
                (["--", "--dnf"], "--dnf: no package begins with a dash"),
                (["--apt-get", "a", "--", "-b"], "-b: no package begins with a dash"),
                (["a b"], "a b: the name of a package has no blank in it"),
                (["a\nb"], "a?b: the name of a package has no blank in it"),
                ([""], "the name of a package is empty"),
                (["libc6-"], "libc6-: no package of apt-get ends with a dash")):
            self.assertEqual(self.refusal(*arguments), ["pkgr: packages: " + message])
        self.assertFalse(any("install" in call for call in self.calls()))
        hostile = ["$(touch${IFS}x)", "`x`", "a;b", "a'b\"c", "*", "a\\b", "a&&b", "a|b", ">x"]
        self.install(*hostile)
        self.assertEqual(self.calls()[-2][-len(hostile):], hostile)
        self.assertFalse(os.path.exists(self.path("x")))

    def test_a_wrong_command_line_says_what_is_wrong(self):
        self.assertEqual(self.refusal(code=2), ["pkgr: packages: name at least one package"])
        self.assertEqual(self.refusal("--ca", code=2), ["pkgr: packages: --ca needs a file"])
        self.assertIn("--pacman: no such option", self.refusal("--pacman", "x", code=2)[0])

    def test_nothing_is_left_in_the_folder_for_temporary_files(self):
        self.manager("apk", *MISSING["apk"], on="add")
        self.refusal("nope")
        self.assertEqual(sorted(os.listdir(self.folder)), ["bin", "calls"])


if __name__ == "__main__":
    unittest.main()

import os
import unittest
import zipfile

from sandbox import Sandbox

from failure import Failure
from ignore_patterns import IgnorePatterns


def excluded(patterns, *paths):
    rules = IgnorePatterns([pattern.encode("utf-8") for pattern in patterns])
    return [path for path in paths if rules.excludes(path.encode("utf-8"))]


class Exclude(Sandbox):
    def test_a_star_and_a_question_mark_stop_at_a_slash(self):
        self.assertEqual(excluded(["*.py"], "a.py", "dir/a.py", ".py"), ["a.py", ".py"])
        self.assertEqual(excluded(["a/*/c"], "a/b/c", "a/b/b/c", "a/c"), ["a/b/c"])
        self.assertEqual(excluded(["?at"], "cat", "at", "/at", u"\u00e9at", "d/at"), ["cat", u"\u00e9at"])

    def test_two_stars_go_over_any_number_of_folders(self):
        self.assertEqual(excluded(["**/x"], "x", "a/x", "a/b/x", "ax"), ["x", "a/x", "a/b/x"])
        self.assertEqual(excluded(["a/**/x"], "a/x", "a/b/c/x", "x"), ["a/x", "a/b/c/x"])
        self.assertEqual(excluded(["a/**"], "a", "a/b", "a/b/c", "ab"), ["a/b", "a/b/c"])
        self.assertEqual(excluded(["**/*.pyc"], "m.pyc", "a/b/m.pyc", "m.py"), ["m.pyc", "a/b/m.pyc"])
        self.assertEqual(excluded(["**"], "a", "a/b"), ["a", "a/b"])

    def test_a_class_is_one_character_and_a_caret_turns_it_round(self):
        self.assertEqual(excluded(["[a-c]x"], "ax", "dx", "abx"), ["ax"])
        self.assertEqual(excluded(["[^a-c]x"], "ax", "dx", "/x"), ["dx"])
        self.assertEqual(excluded(["[]x]"], "]", "x", "y"), ["]", "x"])
        self.assertEqual(excluded([r"[\]-]"], "]", "-", "\\"), ["]", "-"])

    def test_a_backslash_takes_the_next_character_as_it_is(self):
        self.assertEqual(excluded([r"\*.py"], "*.py", "a.py"), ["*.py"])
        self.assertEqual(excluded([r"\[a\]"], "[a]", "a"), ["[a]"])

    def test_what_means_something_to_a_regular_expression_means_nothing_here(self):
        self.assertEqual(excluded(["a.b", "c+", "(d|e)", "f$", "{g}", "^h"], "a.b", "axb", "c+", "cc", "d", "(d|e)",
                                  "f$", "f", "{g}", "^h", "h"), ["a.b", "c+", "(d|e)", "f$", "{g}", "^h"])

    def test_a_folder_that_matches_takes_all_below_with_it(self):
        self.assertEqual(excluded(["a/b"], "a", "a/b", "a/b/c/d", "a/bc"), ["a/b", "a/b/c/d"])

    def test_an_exclamation_mark_takes_out_again_and_the_last_match_decides(self):
        self.assertEqual(excluded(["a", "!a/keep"], "a/x", "a/keep", "a/keep/y"), ["a/x"])
        self.assertEqual(excluded(["*.md", "!README*", "README-secret.md"], "a.md", "README.md", "README-secret.md"),
                         ["a.md", "README-secret.md"])
        self.assertEqual(excluded(["!a", "a"], "a"), ["a"])

    def test_slashes_and_blanks_around_a_pattern_mean_nothing(self):
        for pattern in ("/a/b/", "./a//b", "  a/b "):
            self.assertEqual(excluded([pattern], "a/b", "x/a/b"), ["a/b"])
        self.assertEqual(excluded(["! a", "/", ""], "a"), [])

    def test_what_is_no_pattern_is_refused_and_shown(self):
        for pattern in ("[a", "a\\", "[z-a]", "!", "../x", "[", "[^"):
            with self.assertRaises(Failure, msg=pattern) as caught:
                IgnorePatterns([pattern.encode("utf-8")])
            self.assertIn(pattern[:3], str(caught.exception))

    def test_names_with_a_newline_are_matched_as_a_whole(self):
        self.assertEqual(excluded(["a*", "b"], "a\nb", "b\n"), ["a\nb"])

    def names(self, *patterns):
        self.succeeds("pack.py", "--output=o.zip", "--digest=o.json", "--tree=tree", *["--exclude=" + p for p in patterns])
        tree = zipfile.ZipFile(self.path("o.zip")).namelist()
        self.succeeds("deflate.py", "--root=tree", "--output=t.zip")
        self.succeeds("pack.py", "--output=j.zip", "--digest=o.json", "--join=t.zip", *["--exclude=" + p for p in patterns])
        self.assertEqual(zipfile.ZipFile(self.path("j.zip")).namelist(), tree, "a joined zip and its tree differ")
        return tree

    def test_patterns_hold_for_trees_and_joined_zips_alike(self):
        for name in ("a/x.py", "a/x.pyc", "a/tests/t.py", "b.py", "a/deep/er/y.py"):
            self.write("tree/" + name)
        self.assertEqual(self.names(), ["a/deep/er/y.py", "a/tests/t.py", "a/x.py", "a/x.pyc", "b.py"])
        self.assertEqual(self.names("**/*.pyc", "**/tests"), ["a/deep/er/y.py", "a/x.py", "b.py"])
        self.assertEqual(self.names("a", "!a/deep/er/*.py"), ["a/deep/er/y.py", "b.py"])

    def test_a_folder_that_was_empty_stays_and_one_that_excluding_empties_goes(self):
        os.makedirs(self.path("tree/empty"))
        self.write("tree/emptied/m.pyc")
        self.write("tree/m.py")
        self.assertEqual(self.names("**/*.pyc"), ["empty/", "m.py"])
        self.assertEqual(self.names("empty", "emptied"), ["m.py"])
        self.assertEqual(self.names("empty", "!m.pyc"), ["emptied/m.pyc", "m.py"])

    def test_a_pattern_matches_the_path_inside_its_own_source_before_the_prefix(self):
        self.write("a/x")
        self.write("b/x")
        self.succeeds("pack.py", "--output=o.zip", "--digest=o.json", "--tree=a", "--at=p", "--exclude=p/x",
                      "--tree=b", "--exclude=x")
        self.assertEqual(zipfile.ZipFile(self.path("o.zip")).namelist(), ["p/x"])


if __name__ == "__main__":
    unittest.main()

import unittest

import sandbox  # noqa: F401 - it adds the programs to the path

from only_choice import direct_names, is_only_choice, same_version


class OnlyChoice(unittest.TestCase):
    def judge(self, chosen, direct, requires=None, newest=None, constraints=()):
        """`newest`: what an index would answer to each line."""
        self.asked = []

        def answer(lines, prereleases):
            self.asked.append((lines, prereleases))
            told = {line.partition("<")[0].partition("!")[0].partition("=")[0]: line for line in lines}
            return {name: (newest or {}).get(line, chosen[name]) for name, line in told.items()}
        return is_only_choice(chosen, direct, list(constraints), dict({name: [] for name in chosen}, **(requires or {})), answer)

    def test_newest_versions_are_the_only_choice(self):
        self.assertTrue(self.judge({"a": "2", "b": "3"}, ["a"], {"a": ["b>=1"]}))
        self.assertEqual(self.asked, [(["a", "b"], [])])

    def test_a_version_that_was_given_up_is_not(self):
        # The resolver took a 1, because a 2 does not go with b.
        self.assertFalse(self.judge({"a": "1", "b": "3"}, ["a", "b"], newest={"a": "2"}))

    def test_a_bound_that_only_one_of_two_requirers_has_is_not(self):
        requires = {"a": ["c<2"], "b": ["c"]}
        self.assertFalse(self.judge({"a": "1", "b": "1", "c": "1"}, ["a", "b"], requires, newest={"c": "2"}))
        self.assertTrue(self.judge({"a": "1", "b": "1", "c": "1"}, ["a", "b"], requires))

    def test_a_bound_of_the_requirements_themselves_is_known_from_the_start(self):
        requires = {"a": ["c"], "b": ["c<2"]}
        self.assertTrue(self.judge({"a": "1", "b": "1", "c": "1"}, ["a", "b", "c<2"], requires, newest={"c": "2"}))
        self.assertTrue(self.judge({"a": "1", "b": "1", "c": "1"}, ["a", "b"], requires, newest={"c": "2"}, constraints=["c<2"]))
        self.assertTrue(self.judge({"a": "1", "c": "1"}, ["a"], {"a": ["c<2"]}, newest={"c": "2"}))

    def test_a_bound_of_what_is_always_met_before_is_known(self):
        requires = {"a": ["b", "c<2"], "b": ["d"], "d": ["c"]}
        chosen = {"a": "1", "b": "1", "c": "1", "d": "1"}
        self.assertTrue(self.judge(chosen, ["a"], requires, newest={"c": "2"}))
        self.assertEqual([lines for lines, _ in self.asked], [["a", "b", "c<2", "d"]])
        for more in ("b", "d"):
            self.assertFalse(self.judge(chosen, ["a", more], requires, newest={"c": "2"}), more)

    def test_a_bound_of_an_extra_is_known_only_behind_who_asks_for_it(self):
        requires = {"a": ["e", "f[x]"], "e": ["c"], "f": ["c<2; extra == 'x'", "g"], "g": ["c"]}
        chosen = {name: "1" for name in "acefg"}
        self.assertFalse(self.judge(chosen, ["a"], requires, newest={"c": "2"}), "by e")
        requires["e"] = []
        self.assertFalse(self.judge(chosen, ["a", "f"], requires, newest={"c": "2"}), "by g, before the extra is asked for")

    def test_packages_that_require_each_other_are_judged(self):
        requires = {"a": ["b"], "b": ["a<2", "c<2"], "c": ["b"]}
        self.assertTrue(self.judge({"a": "1", "b": "1", "c": "1"}, ["a<2"], requires))

    def test_each_of_two_bounds_is_asked_about(self):
        self.judge({"a": "1", "b": "1", "c": "1"}, ["a", "b"], {"a": ["c<2"], "b": ["c!=1.5"]})
        self.assertEqual([lines for lines, _ in self.asked], [["a", "b", "c!=1.5"], ["c<2"]])

    def test_extras_and_markers_decide_what_is_required(self):
        requires = {"a": ["b; extra == 'x'", "c; python_version < '3'"]}
        self.assertTrue(self.judge({"a": "1", "b": "1"}, ["a[x]"], requires))
        self.assertFalse(self.judge({"a": "1", "b": "1"}, ["a"], requires))
        self.assertTrue(self.judge({"a": "1"}, ["a", "d; python_version < '3'"], requires))

    def test_where_a_bound_is_a_pre_release_one_must_not_make_a_difference(self):
        self.assertTrue(self.judge({"a": "1", "b": "1"}, ["a"], {"a": ["b<2.0a0"]}))
        self.assertEqual(self.asked, [(["a", "b<2.0a0"], ["b"])])

    def test_what_cannot_be_judged_is_not_the_only_choice(self):
        for requirement in ("b @ https://example.com/b.whl", "b===1", "b==1+local", "no requirement"):
            self.assertFalse(self.judge({"a": "1", "b": "1"}, ["a"], {"a": [requirement]}), requirement)
        self.assertFalse(self.judge({"a": "1", "b": "1"}, ["a"]), "nothing requires b")
        self.assertFalse(self.judge({"a": "1"}, ["a"], {"a": ["b"]}), "b was not chosen")

    def test_names_of_what_is_asked_for(self):
        self.assertEqual(direct_names(["Zope.Interface[x]==1", "a; python_version < '3'"]), {"zope-interface"})

    def test_versions_are_compared_as_versions(self):
        self.assertTrue(same_version("1.0-post1", "1.0.post1"))
        self.assertFalse(same_version("1.0", "1.1"))


if __name__ == "__main__":
    unittest.main()

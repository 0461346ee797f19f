import unittest

from sandbox import Sandbox  # noqa: F401 (it makes the programs importable)

from handler_source import Handlers


def fact(handler, files, roots=("",), own=None):
    files = {name: content.encode() if isinstance(content, str) else content for name, content in files.items()}
    return Handlers(list(roots), files, files.get, sorted(files) if own is None else own).fact(handler)


def state(source, function="handler"):
    return fact("app." + function, {"app.py": source})["state"]


class Module(unittest.TestCase):
    SOURCE = "def handler(event, context): pass\n"

    def test_it_is_found_as_a_file_a_package_and_below_packages_with_dots_and_slashes(self):
        for handler, name in (("app.handler", "app.py"), ("app.handler", "app/__init__.py"),
                              ("a.b.handler", "a/b.py"), ("a/b.handler", "a/b.py"), ("a/b.c.handler", "a/b/c.py")):
            found = fact(handler, {name: self.SOURCE})
            self.assertEqual((found["state"], found["file"]), ("defined", name), handler)

    def test_it_is_found_in_the_folders_of_a_layer_and_nowhere_else_there(self):
        roots = ("python/lib/python3.11/site-packages/", "python/")
        self.assertEqual(fact("app.handler", {"python/app.py": self.SOURCE}, roots)["state"], "defined")
        self.assertEqual(fact("app.handler", {roots[0] + "app.py": self.SOURCE}, roots)["state"], "defined")
        self.assertEqual(fact("app.handler", {"app.py": self.SOURCE}, roots)["state"], "absent")

    def test_what_is_compiled_may_define_anything(self):
        for name in ("app.pyc", "app.cpython-311-x86_64-linux-gnu.so", "app.so", "app/__init__.pyc"):
            self.assertEqual(fact("app.handler", {name: b"\0"}), {
                "kind": "handler", "handler": "app.handler", "file": name, "state": "unknown"})
        self.assertEqual(fact("app.handler", {"app.d/x.so": b""})["state"], "absent")

    def test_names_that_could_have_been_meant_are_told_when_there_is_none(self):
        files = {name: "" for name in ("lambda_function.py", "src/app.py", "other/__init__.py", "data.json")}
        for handler, near in (("Lambda_Function.handler", ["lambda_function"]), ("app.handler", ["src/app"]),
                              ("lambda_funktion.handler", ["lambda_function"]), ("xyz.handler", []),
                              ("othr.handler", ["other"])):
            self.assertEqual(fact(handler, files)["near"], near, handler)

    def test_names_of_packages_are_not_meant(self):
        self.assertEqual(fact("requets.handler", {"requests/__init__.py": ""}, own=[])["near"], [])


class Function(unittest.TestCase):
    def test_whatever_binds_the_name_at_the_top_defines_it(self):
        for source in ("def handler(event, context): pass", "handler = make()", "from x import handler",
                       "from x import y as handler", "import handler", "class handler: pass", "a, (handler, b) = c",
                       "handler: object = 1", "for handler in (): pass", "with x as handler: pass",
                       "if x:\n    def handler(event, context): pass\nelse:\n    handler = None",
                       "try:\n    from x import handler\nexcept ImportError:\n    handler = None",
                       "@decorated\ndef handler(event): pass", "while 1:\n    handler = 1"):
            self.assertEqual(state(source), "defined", source)

    def test_a_name_inside_a_function_or_a_class_is_not_one_of_the_module(self):
        for source in ("def outer():\n    def handler(event, context): pass", "class C:\n    def handler(self): pass",
                       "def handle(event, context):\n    handler = 1", "", "print('handler')"):
            self.assertEqual(state(source), "undefined", source)

    def test_a_module_that_can_have_names_which_are_not_written_in_it_may_define_anything(self):
        for source in ("from x import *", "def __getattr__(name): pass", "globals()['handler'] = 1",
                       "exec(text)", "def f():\n    global handler\n    handler = 1",
                       "setattr(sys.modules[__name__], 'handler', f)"):
            self.assertEqual(state(source), "unknown", source)

    def test_functions_with_a_name_that_is_near_are_told_or_else_what_there_is(self):
        source = "import os\nX = 1\ndef handle(event, context): pass\ndef main(event, context): pass\n"
        self.assertEqual(fact("app.handler", {"app.py": source})["near"], ["handle"])
        self.assertEqual(fact("app.xyz", {"app.py": source})["near"], ["handle", "main"])

    def test_one_that_does_not_take_an_event_and_a_context_cannot_be_called(self):
        for arguments in ("", "event", "event, context, more", "*, event", "event, context, *, more"):
            found = fact("app.handler", {"app.py": "def handler({}): pass".format(arguments)})
            self.assertEqual((found["state"], found.get("why")), ("uncallable", "arguments"), arguments)
        for arguments in ("event, context", "event, context=None", "*arguments", "event, *rest",
                          "event, context, more=1", "event, context, *, more=1", "event=1, context=1, **rest"):
            self.assertEqual(state("def handler({}): pass".format(arguments)), "defined", arguments)

    def test_a_coroutine_is_not_awaited_unless_a_decorator_makes_something_else_of_it(self):
        self.assertEqual(fact("app.handler", {"app.py": "async def handler(event, context): pass"})["why"], "coroutine")
        self.assertEqual(state("@synchronous\nasync def handler(event, context): pass"), "defined")

    def test_of_several_definitions_none_is_judged_that_may_not_be_the_last(self):
        self.assertEqual(state("def handler(event): pass\nhandler = wrapped(handler)"), "defined")
        self.assertEqual(state("def handler(event): pass\nif x:\n    def handler(event, context): pass"), "defined")

    def test_an_error_of_syntax_is_told_with_its_line_and_the_python_that_found_it(self):
        found = fact("app.handler", {"app.py": "x = 1\ndef handler(:\n"})
        self.assertEqual((found["state"], found["line"]), ("syntax", 2))
        self.assertRegex(found["python"], r"^3\.\d+$")
        self.assertTrue(found["why"])

    def test_what_no_parser_takes_is_not_judged(self):
        self.assertIn(state(b"handler = 1\0"), ("unknown", "syntax"))
        self.assertIn(state("x = " + "(" * 5000 + ")" * 5000), ("unknown", "syntax"))
        self.assertEqual(state(b"# coding: latin-1\n\xe4 = 1\nhandler = 1\n"), "defined")

    def test_nothing_of_the_module_is_run(self):
        self.assertEqual(state("raise SystemExit(1)\ndef handler(event, context): pass"), "defined")


if __name__ == "__main__":
    unittest.main()

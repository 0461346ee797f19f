import json
import os
import sys
import unittest

from sandbox import Sandbox

RUNTIME = "python{}.{}".format(*sys.version_info[:2])


class Verify(Sandbox):
    """A function in task/ and its layers in opt/, imported by this machine's Python as it is."""

    def setUp(self):
        Sandbox.setUp(self)
        os.mkdir(self.path("task"))
        os.makedirs(self.path("opt/python"))

    def verify(self, handler="app.handler", *options, **more):
        arguments = ["--output=" + self.path("out.json"), "--name=hello", "--runtime=" + RUNTIME,
                     "--task=" + self.path("task"), "--opt=" + self.path("opt")]
        arguments += [] if handler is None else ["--handler=" + handler]
        self.succeeds("verify.py", *(arguments + list(options)), **more)
        return json.loads(self.read("out.json").decode("ascii"))

    def app(self, text, handler="\ndef handler(event, context): pass\n"):
        self.write("task/app.py", text + handler)

    def problem(self, *arguments, **more):
        problems = self.verify(*arguments, **more)["problems"]
        self.assertEqual(len(problems), 1, problems)
        return problems[0]

    def place(self, file, line, function="<module>"):
        return {"file": self.path(file), "line": line, "function": function}

    def package(self, name, files, root="task", requires=(), version="1.0", tag="py3-none-any"):
        """A package as pip installs it."""
        for path, text in files.items():
            self.write("{}/{}".format(root, path), text)
        info = "{}-{}.dist-info".format(name, version)
        self.write("{}/{}/METADATA".format(root, info), "Name: {}\nVersion: {}\n{}\nText: x\n".format(
            name, version, "".join("Requires-Dist: {}\n".format(line) for line in requires)))
        self.write("{}/{}/WHEEL".format(root, info), "Wheel-Version: 1.0\nTag: {}\n".format(tag))
        self.write("{}/{}/RECORD".format(root, info), "".join("{},,\n".format(path) for path in files))


class Passing(Verify):
    def test_a_function_is_found_where_dots_and_slashes_lead(self):
        self.write("task/functions/hello/app.py", "def handler(event, context): pass\n")
        for handler in ("functions.hello.app.handler", "functions/hello/app.handler", "functions/hello.app.handler"):
            result = self.verify(handler)
            self.assertEqual(result["problems"], [])
            self.assertGreater(result["milliseconds"], 0)

    def test_what_lambda_can_call_is_a_handler(self):
        for text in ("def handler(event, context, more=1): pass", "def handler(*arguments): pass",
                     "class Handler:\n def __call__(self, event, context): pass\nhandler = Handler()",
                     "import functools\nhandler = functools.partial(print, 'x')", "handler = lambda event, context: 1",
                     "class A:\n def handle(self, event, context): pass\nhandler = A().handle"):
            with self.subTest(text):
                self.app(text, "")
                self.assertEqual(self.verify()["problems"], [])

    def test_modules_are_looked_for_as_in_lambda(self):
        self.write("task/one.py", "SAYS = 'task'")
        self.write("opt/python/one.py", "SAYS = 'layer'")
        self.write("opt/python/two.py", "SAYS = 'layer'")
        self.write("opt/python/lib/{}/site-packages/two.py".format(RUNTIME), "SAYS = 'site'")
        self.write("opt/python/far/three.py", "")
        self.write("opt/python/far.pth", "far\n")
        self.app("""
import os, sys
import one, two, three
assert (one.SAYS, two.SAYS) == ('task', 'site')
assert sys.path[0].endswith('/task') and os.environ['PYTHONPATH'] == '/var/runtime'
assert not any('templates' in path for path in sys.path), sys.path
assert sys.argv == ['/var/runtime/bootstrap.py']
""")
        self.assertEqual(self.verify()["problems"], [])

    def test_a_pythonpath_of_the_function_takes_the_place_of_the_layers(self):
        self.write("opt/python/one.py", "")
        self.app("import one")
        self.assertEqual(self.verify()["problems"], [])
        problem = self.problem("app.handler", "--env=PYTHONPATH=/nowhere")
        self.assertEqual(problem["module"], "one")

    def test_modules_may_have_the_names_of_the_verifiers_own(self):
        names = ("elf", "failure", "installed", "verify", "verify_watch", "verify_later", "verify_failure", "ast",
                 "inspect", "argparse")
        for name in names:
            self.write("task/{}.py".format(name), "MINE = 1")
        self.app("".join("import {0}\nassert {0}.MINE\n".format(name) for name in names))
        self.assertEqual(self.verify()["problems"], [])

    def test_what_lambdas_runtime_has_imported_before_cannot_be_taken_away(self):
        self.write("task/json.py", "raise Exception('mine')")
        self.app("import json\nassert json.dumps(1) == '1'")
        self.assertEqual(self.verify()["problems"], [])

    def test_variables_are_those_of_lambda_and_those_that_are_given(self):
        self.app("""
import os
want = {'AWS_LAMBDA_FUNCTION_NAME': 'hello', '_HANDLER': 'app.handler', 'TABLE': 'a=b c', 'LAMBDA_TASK_ROOT': '/var/task',
        'AWS_EXECUTION_ENV': 'AWS_Lambda_python%s.%s' % tuple(__import__('sys').version_info[:2])}
assert {name: os.environ.get(name) for name in want} == want
assert 'HOME' not in os.environ and os.environb[b'TABLE'] == b'a=b c'
os.environ['NEW'] = 'x'
assert os.environb[b'NEW'] == b'x' and os.environ.pop('NEW') == 'x' and b'NEW' not in os.environb
""")
        self.assertEqual(self.verify("app.handler", "--env=TABLE=a=b c")["problems"], [])

    def test_threads_and_programs_that_go_on_do_not_hold_it_up(self):
        self.app("""
import subprocess, threading, time
threading.Thread(target=time.sleep, args=(1000,)).start()
subprocess.Popen(['sleep', '1000'])
""")
        self.assertEqual(self.verify()["problems"], [])

    def test_it_does_not_matter_what_a_module_does_with_the_standard_streams(self):
        self.app("import os, sys\nprint('x' * 100000)\nsys.stdout = None\nos.close(1)\nos.close(2)")
        result = self.verify()
        self.assertEqual([result["problems"], result.get("output")], [[], None])

    def test_an_address_that_is_asked_for_is_told_although_the_import_goes_on(self):
        if not hasattr(sys, "addaudithook"):
            return
        self.app("""
import socket
for call in (lambda: socket.create_connection(('127.0.0.1', 9)), lambda: socket.getaddrinfo('no-such-host.invalid', 443)):
    try:
        call()
    except OSError:
        pass
""")
        result = self.verify()
        self.assertEqual([result["problems"], result["network"]], [[], ["no-such-host.invalid:443"]])

    def test_modules_are_told_with_the_package_that_brings_them(self):
        self.package("PyYAML", {"yaml/__init__.py": "", "_yaml/__init__.py": ""}, "opt/python")
        self.app("import yaml")
        self.write("task/data/x.json", "{}")
        modules = self.verify()["modules"]
        self.assertEqual(modules, {"_yaml": "PyYAML", "app": "", "data": "", "yaml": "PyYAML"})


class Handlers(Verify):
    def test_a_module_that_is_not_there_is_told_with_near_ones(self):
        self.write("task/lambda_function.py", "")
        self.write("task/deep/app.py", "")
        self.assertEqual(self.problem("lambda_functoin.handler")["near"], ["lambda_function"])
        problem = self.problem("app.handler")
        self.assertEqual((problem["kind"], problem["near"]), ("handler-module", ["deep.app"]))

    def test_a_package_of_the_handlers_name_that_lacks_the_rest_is_the_handlers_fault_too(self):
        self.write("task/deep/app.py", "")
        self.assertEqual(self.problem("deep.main.handler")["kind"], "handler-module")
        self.assertEqual(self.problem("shallow.main.handler")["kind"], "handler-module")

    def test_a_name_that_is_not_there_is_told_with_near_ones(self):
        self.app("import os\ndef main(event, context): pass\ndef handle(event, context): pass", "")
        problem = self.problem()
        self.assertEqual((problem["kind"], problem["near"]), ("handler-missing", ["handle"]))
        self.assertEqual(problem["names"], ["handle", "main"])

    def test_what_lambda_cannot_call_is_told(self):
        for text, kind in (("handler = 5", "handler-not-callable"), ("async def handler(e, c): pass", "handler-async"),
                           ("def handler(e, c): yield 1", "handler-generator"),
                           ("async def handler(e, c): yield 1", "handler-async"),
                           ("def handler(): pass", "handler-arguments"), ("def handler(a, b, c): pass", "handler-arguments"),
                           ("def handler(a, b, *, c): pass", "handler-arguments")):
            with self.subTest(text):
                self.app(text, "")
                self.assertEqual(self.problem()["kind"], kind)

    def test_a_module_that_is_built_into_python_is_refused_as_lambda_does(self):
        self.assertEqual(self.problem("sys.exit")["kind"], "handler-built-in")


class Causes(Verify):
    def test_a_module_that_is_not_packed_is_told_with_its_package_and_who_imports_it(self):
        self.write("task/helpers.py", "import bs4\n")
        self.app("import json\nimport helpers")
        self.assertEqual(self.problem(), {
            "kind": "missing-module", "module": "bs4", "distribution": "beautifulsoup4", "during": "import",
            "place": self.place("task/helpers.py", 1)})

    def test_the_packages_of_modules_are_known_where_their_names_differ(self):
        from module_names import distribution_of
        told = {name: distribution_of(name) for name in (
            "yaml", "PIL.Image", "cv2", "google.cloud.storage", "azure.storage.blob", "google", "slack_sdk", "utils")}
        self.assertEqual(told, {
            "yaml": "PyYAML", "PIL.Image": "Pillow", "cv2": "opencv-python-headless", "slack_sdk": "slack-sdk",
            "google.cloud.storage": "google-cloud-storage", "azure.storage.blob": "azure-storage-blob",
            "google": None, "utils": None})

    def test_a_part_of_a_package_that_was_left_out_is_told_as_that(self):
        self.package("Pillow", {"PIL/__init__.py": ""})
        self.app("import PIL.ImageDraw")
        self.assertEqual(self.problem()["partOf"], "Pillow")

    def test_a_module_in_another_folder_of_the_zip_is_found(self):
        self.write("task/shared/texts/__init__.py", "")
        self.app("import texts")
        self.assertEqual(self.problem()["elsewhere"], [self.path("task/shared/texts/__init__.py")])

    def test_a_module_that_lambda_has_itself_is_known(self):
        # This machine may have it.
        from installed import Installed
        from verify_modules import module_problem
        installed = Installed(self.path("task"), self.path("opt"))
        self.assertEqual(module_problem("boto3", False, {"handler": "app.handler", "task": self.path("task")}, installed),
                         {"kind": "missing-module", "module": "boto3", "inLambda": True, "distribution": "boto3"})

    def test_extension_modules_for_something_else_are_told_by_their_names(self):
        self.package("fast", {"fast/__init__.py": "", "fast/_a.cpython-36m-x86_64-linux-gnu.so": "",
                              "fast/_b.cp311-win_amd64.pyd": "", "fast/_c.cpython-39-darwin.so": ""})
        for name, tag in (("_a", "cpython-36m-x86_64-linux-gnu"), ("_b", "cp311-win_amd64"), ("_c", "cpython-39-darwin")):
            for statement in ("import fast.{}", "from fast import {}"):
                self.app(statement.format(name))
                problem = self.problem()
                self.assertEqual((problem["kind"], problem["tag"], problem["distribution"]),
                                 ("compiled-otherwise", tag, "fast"))

    def test_the_first_cause_counts_and_not_what_a_package_makes_of_it(self):
        self.package("fast", {"fast/__init__.py": "try:\n  import fast._c\nexcept ImportError as error:\n"
                                                  "  raise ImportError('read our page of advice') from error\n"})
        self.app("import fast")
        problem = self.problem()
        self.assertEqual((problem["kind"], problem["module"], problem["partOf"]), ("missing-module", "fast._c", "fast"))
        self.assertEqual(problem["place"], self.place("task/app.py", 1))

    def test_what_the_loader_says_is_understood(self):
        self.package("fast", {"fast/__init__.py": "", "fast/x.so": b"\xcf\xfa\xed\xfe" + bytes(100)}, version="2.1",
                     tag="cp311-cp311-manylinux_2_28_x86_64")
        file = self.path("task/fast/x.so")
        told = (
            ("/lib64/libc.so.6: version `GLIBC_2.28' not found (required by {})", "symbol-version",
             {"symbolVersion": "GLIBC_2.28", "library": "libc.so.6", "wheels": ["cp311-cp311-manylinux_2_28_x86_64"]}),
            ("/lib64/libstdc++.so.6: version `CXXABI_1.3.15' not found (required by {})", "symbol-version",
             {"symbolVersion": "CXXABI_1.3.15", "library": "libstdc++.so.6"}),
            ("{}: undefined symbol: PyFoo", "undefined-symbol", {"symbol": "PyFoo"}),
            ("{}: invalid ELF header", "unfit-file", {"what": "macOS"}),
            ("{}: cannot open shared object file: No such file or directory", "unfit-file", {}))
        for text, kind, facts in told:
            with self.subTest(text):
                self.app("raise ImportError({!r})".format(text.format(file)))
                problem = self.problem()
                self.assertEqual((problem["kind"], problem["file"], problem["distribution"], problem["version"]),
                                 (kind, file, "fast", "2.1"))
                for key, value in facts.items():
                    self.assertEqual(problem[key], value)

    def test_metadata_that_is_not_there_is_told(self):
        text = "from importlib import metadata\nmetadata.version('nowhere')" if sys.version_info >= (3, 8) else \
            "class PackageNotFoundError(Exception): pass\nraise PackageNotFoundError('nowhere')"
        self.app(text)
        problem = self.problem()
        self.assertEqual((problem["kind"], problem["distribution"]), ("missing-metadata", "nowhere"))

    def test_a_variable_is_told_where_the_functions_own_code_asks_for_it(self):
        self.package("config", {"config/__init__.py": "import os\nos.environ.get('OF_THE_PACKAGE')\n"})
        self.app("import os, config\nNAME = os.environ.get('NAME')\nLIMIT = int(os.getenv('LIMIT'))")
        self.assertEqual(self.problem()["asked"], ["NAME", "LIMIT"])
        self.app("import os\nos.environ['NAME']")
        problem = self.problem()
        self.assertEqual((problem["kind"], problem["variables"]), ("environment", ["NAME"]))
        self.app("{}['NAME']")
        self.assertEqual(self.problem()["kind"], "exception")

    def test_a_connection_is_told_from_other_errors_of_the_system(self):
        self.app("raise ConnectionRefusedError(111, 'Connection refused')")
        self.assertEqual(self.problem()["kind"], "network")
        self.app("open('/nowhere/at/all')")
        self.assertEqual(self.problem()["kind"], "exception")

    def test_what_is_written_outside_of_tmp_is_told(self):
        self.app("import errno\nraise OSError(errno.EROFS, 'Read-only file system', '/var/task/cache')")
        problem = self.problem()
        self.assertEqual((problem["kind"], problem["path"]), ("read-only", "/var/task/cache"))

    def test_a_line_that_python_cannot_read_is_told_with_its_package(self):
        self.package("modern", {"modern.py": "x = 1\nnot python at all\n"}, version="9")
        self.app("import modern")
        problem = self.problem()
        self.assertEqual((problem["kind"], problem["distribution"], problem["place"]["line"]), ("syntax", "modern", 2))

    def test_an_exception_is_told_at_the_last_line_of_the_functions_own_code(self):
        self.package("strict", {"strict.py": "def check(x):\n    raise ValueError('no %s' % x)\n"})
        self.app("import strict\ndef load():\n    strict.check(1)\nload()")
        self.assertEqual(self.problem(), {
            "kind": "exception", "type": "ValueError", "message": "no 1", "during": "import", "distribution": "strict",
            "version": "1.0", "place": self.place("task/app.py", 3, "load")})

    def test_an_exception_that_cannot_be_printed_is_one_all_the_same(self):
        self.app("class Odd(Exception):\n  def __str__(self): raise Exception\nraise Odd(1)")
        problem = self.problem()
        self.assertEqual((problem["type"], problem["message"]), ("Odd", ""))

    def test_an_import_that_ends_python_is_told_with_how(self):
        self.app("import sys\nprint('usage')\nsys.exit('no arguments')")
        self.assertEqual((self.problem()["kind"], self.problem()["code"]), ("exited", "no arguments"))
        self.app("import os\nprint('bye')\nos._exit(7)")
        result = self.verify()
        self.assertEqual((result["problems"][0]["kind"], result["problems"][0]["code"]), ("exited", "7"))
        self.assertEqual(result["output"], ["bye"])

    def test_a_crash_is_told_where_it_was(self):
        self.app("import os, signal\ndef go():\n    os.kill(os.getpid(), signal.SIGSEGV)\ngo()")
        problem = self.problem()
        self.assertEqual((problem["kind"], problem["signal"], problem["place"]),
                         ("crashed", "SIGSEGV", self.place("task/app.py", 3, "go")))
        self.assertFalse([line for line in problem["trace"] if "importlib" in line or "verify_" in line])

    def test_an_import_that_does_not_end_is_ended(self):
        self.app("import time\ntime.sleep(1000)")
        self.assertEqual(self.problem("app.handler", "--patience=1")["kind"], "too-long")

    def test_an_import_that_prints_without_end_is_ended(self):
        self.app("while True: print('x' * 10000)")
        self.assertEqual(self.problem()["kind"], "flood")

    def test_another_python_than_the_runtimes_is_told(self):
        self.app("")
        problem = self.problem("app.handler", "--runtime=python3.1")
        self.assertEqual((problem["kind"], problem["has"], problem["wants"]), ("wrong-image", RUNTIME, "python3.1"))
        self.assertEqual(self.verify("app.handler", "--runtime=any")["problems"], [])


class LaterImports(Verify):
    def test_imports_of_functions_are_tried_where_a_call_must_come_to_them(self):
        self.write("task/parts/__init__.py", "")
        self.write("task/parts/one.py", "def f():\n    from . import two, nothing\n    from .two import NOTHING\n")
        self.write("task/parts/two.py", "")
        self.app("import parts.one\ndef send():\n    with open('x'):\n        import yaml_that_is_not_there\n")
        problems = self.verify()["problems"]
        self.assertEqual([(problem.get("module", problem.get("message")), problem["place"]) for problem in problems], [
            ("yaml_that_is_not_there", self.place("task/app.py", 4, "send")),
            ("parts", self.place("task/parts/one.py", 2, "f")),
            ("parts.two", self.place("task/parts/one.py", 3, "f"))])
        self.assertEqual({problem["during"] for problem in problems}, {"later"})

    def test_imports_that_may_fail_or_may_not_be_made_are_left_alone(self):
        self.write("task/not_loaded.py", "def f(): import nothing_0\n")
        self.package("tool", {"tool.py": "def f(): import nothing_1\n"})
        self.app("""
import tool
def send(event):
    try:
        import nothing_2
    except ImportError:
        import nothing_3
    try:
        import nothing_4
    except (KeyError, Exception):
        pass
    if event:
        import nothing_5
    while event:
        import nothing_6
def test_send():
    import nothing_7
if __name__ == '__main__':
    import nothing_8
""")
        self.assertEqual(self.verify()["problems"], [])

    def test_what_fails_inside_of_a_module_that_is_imported_later_is_told_there(self):
        self.write("task/report.py", "import json\nLIMIT = 1 / 0\n")
        self.app("def send():\n    import report\n")
        problem = self.problem()
        self.assertEqual((problem["kind"], problem["type"], problem["place"]),
                         ("exception", "ZeroDivisionError", self.place("task/report.py", 2)))

    def test_without_the_metadata_of_packages_only_the_handlers_module_is_looked_into(self):
        self.write("task/tool.py", "def f(): import nothing_1\n")
        self.app("import tool\ndef send():\n    import nothing_2\n")
        problem = self.problem("app.handler", "--without-metadata")
        self.assertEqual(problem["module"], "nothing_2")

    def test_an_end_of_python_there_is_told_too(self):
        self.write("task/report.py", "import os\nos._exit(5)\n")
        self.app("def send():\n    import report\n")
        problem = self.problem()
        self.assertEqual((problem["kind"], problem["during"], problem["place"]),
                         ("exited", "later", self.place("task/app.py", 2, "send")))


class Packages(Verify):
    def test_without_a_handler_the_packages_are_imported_that_were_asked_for(self):
        self.package("good", {"good/__init__.py": "", "good/tests/__init__.py": ""}, "opt/python")
        self.package("bad", {"bad.py": "import nothing", "tests/test_bad.py": "1 / 0"}, "opt/python",
                     requires=["De.pendency (>=1.0)", "optional; extra == 'more'"])
        self.package("de-pendency", {"dependency.py": "1 / 0"}, "opt/python")
        self.package("optional", {"optional.py": "import neither"}, "opt/python")
        result = self.verify(None)
        self.assertEqual([(problem["importing"], problem["module"], problem["during"])
                          for problem in result["problems"]],
                         [("bad", "nothing", "module"), ("optional", "neither", "module")])

    def test_packages_that_require_each_other_are_imported_all_the_same(self):
        self.package("one", {"one.py": "import nothing"}, requires=["other"])
        self.package("other", {"other.py": ""}, requires=["one"])
        self.assertEqual([problem["module"] for problem in self.verify(None)["problems"]], ["nothing"])

    def test_nothing_to_import_is_nothing_wrong(self):
        self.assertEqual(self.verify(None)["problems"], [])


if __name__ == "__main__":
    unittest.main()

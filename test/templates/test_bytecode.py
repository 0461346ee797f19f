import importlib.util
import marshal
import os
import subprocess
import sys
import zipfile

from sandbox import PROGRAMS, Sandbox

TAG = sys.implementation.cache_tag
RUNTIME = "--runtime=python{}.{}".format(*sys.version_info[:2])
MANY = 400


class Bytecode(Sandbox):
    def pack(self, kind, *sources, **options):
        self.succeeds("pack.py", "--output=out.zip", "--digest=out.json", RUNTIME, "--place=/var/task",
                      "--bytecode=" + kind, *sources, **options)
        return zipfile.ZipFile(self.path("out.zip"))

    def deflated(self, kind, **options):
        self.succeeds("deflate.py", "--root=deps", "--output=deps.zip", RUNTIME, "--place=/var/task",
                      "--bytecode=" + kind, **options)
        return "--join=deps.zip"

    def run_unpacked(self, archive, code):
        """What the code prints, with what was packed on sys.path and nothing written there."""
        folder = self.path("unpacked")
        archive.extractall(folder)
        out = subprocess.check_output([sys.executable, "-B", "-c", code], cwd=folder)
        return out.decode("utf-8").split()

    def test_old_pythons_begin_anew_once_with_hashes_that_are_the_same_in_each_process(self):
        code = ("import os, sys\nsys.version_info = (3, {minor}, 0)\n"
                "os.execv = lambda path, words: sys.exit(repr((words[1:], os.environ['PYTHONHASHSEED'])))\n"
                "sys.path.insert(0, {templates!r})\nsys.argv = ['deflate.py', '--x=y']\n"
                "import bytecode\nbytecode.begin_with_fixed_hashes(type('', (), {{'bytecode': {kind!r}}}))\n")
        for minor, kind, seed, told in ((10, "hash", "7", "(['deflate.py', '--x=y'], '0')\n"), (10, "hash", "0", ""),
                                        (11, "hash", "7", ""), (10, None, "7", "")):
            run = subprocess.run([sys.executable, "-c", code.format(minor=minor, kind=kind, templates=PROGRAMS)],
                                 stderr=subprocess.PIPE, env=dict(os.environ, PYTHONHASHSEED=seed))
            self.assertEqual(run.stderr.decode(), told)

    def test_each_source_has_its_bytecode_where_the_import_system_looks(self):
        self.write("code/app.py", b"import pkg.inner\n")
        self.write("code/pkg/inner.py", b"x = 1\n")
        self.assertEqual(self.pack("hash", "--tree=code").namelist(), [
            "__pycache__/app.%s.pyc" % TAG, "app.py", "pkg/__pycache__/inner.%s.pyc" % TAG, "pkg/inner.py"])

    def test_tests_are_compiled_only_where_their_source_goes(self):
        self.write("code/pkg/tests/test_x.py", b"x = 1\n")
        self.write("code/tests.py", b"x = 1\n")
        self.assertEqual(self.pack("hash", "--tree=code").namelist(), [
            "__pycache__/tests.%s.pyc" % TAG, "pkg/tests/test_x.py", "tests.py"])
        self.assertEqual(self.pack("sourceless", "--tree=code").namelist(), ["pkg/tests/test_x.pyc", "tests.pyc"])

    def test_bytecode_is_used_without_a_look_at_the_source(self):
        self.write("code/app.py", b"print('compiled', __file__)\n")
        archive = self.pack("hash", "--tree=code")
        archive.extractall(self.path("unpacked"))
        self.write("unpacked/app.py", b"print('edited')\n")
        out = subprocess.check_output([sys.executable, "-B", "-c", "import app"], cwd=self.path("unpacked"))
        self.assertEqual(out.split()[0], b"compiled")

    def test_the_header_is_that_of_an_unchecked_hash_of_the_source(self):
        self.write("code/app.py", b"x = 1\n")
        data = self.pack("hash", "--tree=code").read("__pycache__/app.%s.pyc" % TAG)
        self.assertEqual(data[:16], importlib.util.MAGIC_NUMBER + b"\1\0\0\0" + importlib.util.source_hash(b"x = 1\n"))

    def test_code_calls_its_file_by_the_path_in_lambda(self):
        self.write("deps/pkg/inner.py", b"x = 1\n")
        self.write("code/app.py", b"x = 1\n")
        archive = self.pack("hash", self.deflated("hash"), "--tree=code")
        compiled = [archive.read(name) for name in archive.namelist() if name.endswith(".pyc")]
        self.assertEqual([marshal.loads(data[16:]).co_filename for data in compiled],
                         ["/var/task/app.py", "/var/task/pkg/inner.py"])

    def test_code_over_a_package_replaces_the_bytecode_of_the_package_too(self):
        self.write("deps/pkg/__init__.py", b"print('theirs')\n")
        self.write("code/pkg/__init__.py", b"print('ours')\n")
        for kind in ("hash", "sourceless"):
            archive = self.pack(kind, self.deflated(kind), "--tree=code")
            self.assertEqual(self.run_unpacked(archive, "import pkg"), ["ours"], kind)

    def test_code_that_cannot_be_compiled_is_not_given_the_bytecode_of_the_package(self):
        self.write("deps/pkg.py", b"print('theirs')\n")
        self.write("code/pkg.py", b"print 'ours'\n")
        for kind in ("hash", "sourceless"):
            self.assertEqual(self.pack(kind, self.deflated(kind), "--tree=code").namelist(), ["pkg.py"])

    def test_sourceless_packs_no_source_and_works(self):
        self.write("deps/pkg/__init__.py", b"from pkg.inner import x\n")
        self.write("deps/pkg/inner.py", b"x = 'works'\n")
        self.write("deps/pkg/template.py", b"{% not python %}\n")
        self.write("code/app.py", b"import pkg\nprint(pkg.x)\n")
        archive = self.pack("sourceless", self.deflated("sourceless"), "--tree=code")
        self.assertEqual(archive.namelist(), ["app.pyc", "pkg/__init__.pyc", "pkg/inner.pyc", "pkg/template.py"])
        self.assertEqual(self.run_unpacked(archive, "import app"), ["works"])

    def test_hostile_sources_are_packed_as_they_are(self):
        self.write("code/nul.py", b"x = 1\0")
        self.write("code/deep.py", b"(" * 100000 + b")" * 100000)
        self.write("code/latin.py", b"x = '\xe4'\n")
        self.write(u"code/gr\u00fc\u00df.py", b"x = 1\n")
        self.write("code/warn.py", b"x = '\\d'\nassert (x, 'always')\n")
        self.link("code/link.py", "warn.py")
        archive = self.pack("hash", "--tree=code", env={"LC_ALL": "C"})
        self.assertEqual([name for name in archive.namelist() if "__pycache__" in name], [
            u"__pycache__/gr\u00fc\u00df.%s.pyc" % TAG, "__pycache__/warn.%s.pyc" % TAG])

    def test_many_sources_give_the_same_bytes_however_the_work_is_shared(self):
        for number in range(MANY):
            body = "".join("def f%d(a, b=%d):\n    return {'k': a, 'n': b, 'p': (a, b, 'x%d')}\n" % (n, n, number)
                           for n in range(60))
            self.write("deps/m%03d.py" % number, body)
        self.assertGreater(sum(os.path.getsize(self.path("deps", name)) for name in os.listdir(self.path("deps"))),
                           1 << 20)
        self.deflated("hash")
        first = self.read("deps.zip")
        self.deflated("hash", env={"PYTHONHASHSEED": "7", "LC_ALL": "C"})
        self.assertEqual(first, self.read("deps.zip"))
        for name in os.listdir(self.path("deps"))[:3]:
            os.unlink(self.path("deps", name))
        self.deflated("hash")
        few = zipfile.ZipFile(self.path("deps.zip"))
        self.write("all.zip", first)
        all_of_them = zipfile.ZipFile(self.path("all.zip"))
        for name in few.namelist():
            self.assertEqual(few.read(name), all_of_them.read(name), name)

    def test_another_python_than_the_runtimes_compiles_nothing_and_says_so(self):
        self.write("code/app.py", b"x = 1\n")
        out, err = self.succeeds("pack.py", "--output=out.zip", "--digest=out.json", "--runtime=python3.99",
                                 "--place=/var/task", "--bytecode=hash", "--tree=code")
        self.assertEqual(zipfile.ZipFile(self.path("out.zip")).namelist(), ["app.py"])
        self.assertIn("pkgr: bytecode: warning: sources are not compiled: the image has python", err)

    def test_without_a_runtime_it_is_refused(self):
        self.write("code/app.py", b"x = 1\n")
        error = self.refuses("pack.py", "--output=out.zip", "--digest=out.json", "--place=/var/task",
                             "--bytecode=hash", "--tree=code", code=2)
        self.assertIn("--bytecode goes with --runtime", error[-1])

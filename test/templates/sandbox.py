"""A folder of its own for each test, and the programs run in it as a build runs them."""
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
PROGRAMS = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", "templates"))
sys.path.insert(0, PROGRAMS)


class Sandbox(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="pkgr-test-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def write(self, name, content=b"", mode=0o644):
        """A file below the sandbox; text is written as UTF-8. Returns its path."""
        path = os.path.join(os.fsencode(self.folder), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        os.chmod(path, mode)
        return os.fsdecode(path)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def link(self, name, target):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.symlink(target, path)

    def tree(self, name):
        """{path: (mode, content or link target, None for a folder)} of everything below `name`."""
        found, root = {}, self.path(name)
        for folder, folders, files in os.walk(root):
            for item in folders + files:
                path = os.path.join(folder, item)
                mode, inside = os.lstat(path).st_mode, os.path.relpath(path, root)
                if stat.S_ISLNK(mode):
                    found[inside] = ("link", os.readlink(path))
                elif stat.S_ISDIR(mode):
                    found[inside] = (stat.S_IMODE(mode), None)
                else:
                    with open(path, "rb") as file:
                        found[inside] = (stat.S_IMODE(mode), file.read())
        return found

    def program(self, name, *arguments, **options):
        """Runs one of the programs; returns (exit code, stdout, stderr). `cwd`, `umask`,
        `env` (None removes a variable), `python` and the folder `programs` may be given."""
        shell = ["sh"] if name.endswith(".sh") else [options.get("python", sys.executable)]
        command = shell + [os.path.join(options.get("programs", PROGRAMS), name)] + list(arguments)
        environment = dict(os.environ, **options.get("env", {}))
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment = {name: value for name, value in environment.items() if value is not None}
        umask = options.get("umask")
        process = subprocess.Popen(
            command, cwd=options.get("cwd", self.folder), env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=None if umask is None else lambda: os.umask(umask))
        out, err = process.communicate()
        return process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace")

    def succeeds(self, name, *arguments, **options):
        code, out, err = self.program(name, *arguments, **options)
        self.assertEqual(code, 0, out + err)
        return out, err

    def refuses(self, name, *arguments, **options):
        """Runs a program that must say why it cannot go on; returns its lines on stderr."""
        code, out, err = self.program(name, *arguments, **options)
        self.assertEqual(code, options.get("code", 3), out + err)
        self.assertNotIn("Traceback", err)
        return err.splitlines()

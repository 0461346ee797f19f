"""Fetches uv, or leaves its folder empty: it makes installs faster, and none depends on it.

usage: fetch_uv.py --target=DIR [--ca=FILE] [--cache=DIR]

In: a pip that can reach an index. Out: DIR/uv if it could be had and runs here, else an empty DIR and
a line that says why. The version and the wheels are fixed: a build takes no other program than the
one that pkgr was tried with.
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import hashlib  # noqa: E402
import os  # noqa: E402
import shutil  # noqa: E402
import subprocess  # noqa: E402
import tempfile  # noqa: E402

from failure import run_program, say  # noqa: E402
from pip_call import pip_environment, run_pip, shared_downloads  # noqa: E402

VERSION = "0.13.9"
# sha256 of its wheels for Linux on PyPI, and of the program in each. Without musl: 2.17 and 2.28 are
# versions of glibc.
_HASHES = {
    "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19":  # manylinux_2_17_x86_64
        "b73acdf73b96c3ac9e56d2fa933427b3ee6a901e3cce6ba1e3ecb3f91ca0d86a",
    "2c45530751517d6c3bbc69a19473f6effe47cce047bede01ffd8af7ea7b36b25":  # musllinux_1_1_x86_64
        "edbfb9a3d00dc84148e6691cd8740781fdc32db6505d7ef88ba6c3e569d5bec9",
    "ecb6028d79dc96fbeafffe5c8af62a7099487ebc05a701e76714eebcffd06375":  # manylinux_2_28_aarch64
        "6109e47a75f2380d1cc90b00a6ee82b7b5792ddf66588625ec168545ae17512e",
    "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe":  # manylinux_2_17 and musllinux_1_1_aarch64
        "bbecb5ac518030bb5e84f1999c577228460192832ac24a92bd772735682979f4",
}
# Whoever cannot reach an index has not long to wait: pip will say it of the packages.
_IMPATIENT = {"PIP_DEFAULT_TIMEOUT": "15", "PIP_RETRIES": "1", "PIP_RESUME_RETRIES": "1"}


def main(arguments):
    parser = argparse.ArgumentParser(prog="fetch_uv.py", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--target", required=True, metavar="DIR", help="where to put it")
    parser.add_argument("--ca", metavar="FILE", help="trust roots for pip")
    parser.add_argument("--cache", metavar="DIR", help="where downloads are kept")
    options = parser.parse_args(arguments)
    target = os.path.abspath(options.target)
    os.makedirs(target, exist_ok=True)
    scratch = tempfile.mkdtemp(prefix="pkgr-uv-")
    try:
        why = fetch(target, options, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if why is not None:
        say("uv", "warning: uv {}, so pip installs the packages: {}".format(VERSION, why))


def fetch(target, options, scratch):
    """None, or why there is no uv."""
    try:
        program = os.path.join(target, "uv")
        if options.cache is not None and _found(options.cache, program):
            return None
        unpacked = os.path.join(scratch, "unpacked")
        if _download(unpacked, options, scratch) != 0:
            return "pip could not fetch it"
        shutil.move(os.path.join(unpacked, "bin", "uv"), program)
        if not _runs(program):
            os.unlink(program)
            return "it does not run in this image"
        if options.cache is not None:
            _keep(program, options.cache)
    except Exception as error:  # an image without pip, a full disk, a wheel that is none
        return str(error) or type(error).__name__
    return None


def _download(folder, options, scratch):
    cache = os.path.join(scratch, "cache")
    os.mkdir(cache)
    cache = None if options.cache is None else shared_downloads(options.cache, cache)
    environment = dict(pip_environment(os.environ, options.ca, None, cache), **_IMPATIENT)
    wanted = os.path.join(scratch, "uv.txt")
    with open(wanted, "w", encoding="ascii") as file:
        file.write("uv=={}{}\n".format(VERSION, "".join(" --hash=sha256:" + each for each in sorted(_HASHES))))
    return run_pip(folder, ["--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes",
                            "--requirement", wanted], environment)


def _found(cache, program):
    """Whether the cache has one that runs here, which is at `program` then. Its content is checked: a
    build that was not pkgr's may have written there."""
    for digest in sorted(_HASHES.values()):
        kept = os.path.join(cache, "uv-" + digest)
        if os.path.isfile(kept):
            shutil.copyfile(kept, program)
            if _digest(program) == digest and _runs(program):
                return True
            os.unlink(program)
    return False


def _keep(program, cache):
    """Unpacking the wheel takes longer than all the rest."""
    digest = _digest(program)
    if digest in _HASHES.values():
        partial = os.path.join(cache, "uv-part-{}".format(os.getpid()))
        shutil.copyfile(program, partial)
        os.replace(partial, os.path.join(cache, "uv-" + digest))


def _runs(program):
    os.chmod(program, 0o755)
    try:
        return subprocess.call([program, "--version"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) == 0
    except OSError:
        return False


def _digest(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


if __name__ == "__main__":
    run_program("uv", main)

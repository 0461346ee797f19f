"""Fetches uv, or leaves its folder empty: it makes installs faster, and none depends on it.

usage: fetch_uv.py --target=DIR [--ca=FILE] [--cache=DIR]

In: a pip that can reach an index. Out: DIR/uv if it could be had and runs here, else an empty DIR and
a line that says why. The version and the wheels are fixed: a build takes no other program than the
one that pkgr was tried with.
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import os  # noqa: E402
import shutil  # noqa: E402
import subprocess  # noqa: E402
import tempfile  # noqa: E402

from failure import run_program, say  # noqa: E402
from pip_call import pip_environment, run_pip, shared_downloads  # noqa: E402

VERSION = "0.13.9"
# Its wheels for Linux on PyPI. Without musl: 2.17 and 2.28 are versions of glibc.
_HASHES = (
    "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",  # manylinux_2_17_x86_64
    "2c45530751517d6c3bbc69a19473f6effe47cce047bede01ffd8af7ea7b36b25",  # musllinux_1_1_x86_64
    "ecb6028d79dc96fbeafffe5c8af62a7099487ebc05a701e76714eebcffd06375",  # manylinux_2_28_aarch64
    "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",  # manylinux_2_17 and musllinux_1_1_aarch64
)
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
    cache = os.path.join(scratch, "cache")
    os.mkdir(cache)
    try:
        cache = None if options.cache is None else shared_downloads(options.cache, cache)
        environment = dict(pip_environment(os.environ, options.ca, None, cache), **_IMPATIENT)
        wanted = os.path.join(scratch, "uv.txt")
        with open(wanted, "w", encoding="ascii") as file:
            file.write("uv=={}{}\n".format(VERSION, "".join(" --hash=sha256:" + each for each in _HASHES)))
        unpacked = os.path.join(scratch, "unpacked")
        code = run_pip(unpacked, ["--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes",
                                  "--requirement", wanted], environment)
        if code != 0:
            return "pip could not fetch it"
        program = os.path.join(unpacked, "bin", "uv")
        if subprocess.call([program, "--version"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) != 0:
            return "it does not run in this image"
        shutil.move(program, os.path.join(target, "uv"))
        os.chmod(os.path.join(target, "uv"), 0o755)
    except Exception as error:  # an image without pip, a full disk, a wheel that is none
        return str(error) or type(error).__name__
    return None


if __name__ == "__main__":
    run_program("uv", main)

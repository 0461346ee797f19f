"""Makes an image's files as unwritable to a function's user as Lambda's read-only root is.

usage: close_root.py [--root=DIR]

Out: nothing below the root can be written by others than its owners, but for /tmp, and the user that
functions run as has a name. Lambda's own folders are there.
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import os  # noqa: E402
import stat  # noqa: E402

from failure import run_program  # noqa: E402
from lambda_environment import GROUP_LINE, GROUP_NUMBER, USER_LINE, USER_NUMBER  # noqa: E402

# What the kernel or the engine lays over the image, and what a function may write to.
_PASSED_OVER = (b"proc", b"sys", b"dev", b"tmp", b"programs", b"run/secrets")
# The first three are bound over themselves when a function is imported.
_NEEDED = (b"home", b"usr", b"var", b"opt", b"tmp", b"var/runtime", b"var/task")


def close(root):
    for name in _NEEDED:
        os.makedirs(os.path.join(root, name), exist_ok=True)
    passed_over = {os.path.join(root, name) for name in _PASSED_OVER}
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if os.path.join(folder, name) not in passed_over)
        for name in folders + files:
            path = os.path.join(folder, name)
            mode = os.lstat(path).st_mode
            if mode & stat.S_IWOTH and (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
                os.chmod(path, stat.S_IMODE(mode) & ~stat.S_IWOTH)


def add_user(root):
    """Programs that ask who they are get an answer, as on Lambda."""
    for file, number, line in ((b"etc/passwd", USER_NUMBER, USER_LINE), (b"etc/group", GROUP_NUMBER, GROUP_LINE)):
        path = os.path.join(root, file)
        known = b""
        if os.path.exists(path):
            with open(path, "rb") as listing:
                known = listing.read()
        numbers = [fields[2] for fields in (row.split(b":") for row in known.splitlines()) if len(fields) > 2]
        if str(number).encode() in numbers:
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "ab") as listing:
            listing.write((b"" if known.endswith(b"\n") or not known else b"\n") + line + b"\n")


def main(arguments):
    parser = argparse.ArgumentParser(prog="close_root.py", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--root", default="/", metavar="DIR", help="the image's root")
    root = os.fsencode(os.path.abspath(parser.parse_args(arguments).root))
    close(root)
    add_user(root)


if __name__ == "__main__":
    run_program("sandbox", main)

"""Collects libraries and programs of the image's operating system for a function or a layer.

usage: collect_libs.py --output=DIR --layout=function|layer [--lib=GLOB]... [--bin=GLOB]... [--root=DIR]

What /var/task/lambda_lib and /var/task/lambda_bin of the image hold goes to the root of DIR for a
function, to lib/ and bin/ for a layer. Files and folders that match a --lib go to lib/, a --bin to
bin/, for both. `*`, `?` and `[...]` stop at a slash, `**` does not; a leading dot must be written.
DIR must be empty or missing. A GLOB that matches nothing is an error. --root is the image's root.
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import os  # noqa: E402

from collected import Collection  # noqa: E402
from failure import Failure, printable, run_program  # noqa: E402
from image_paths import matches, on_disk  # noqa: E402

# Juniper's folders, and where each layout wants what they hold.
_LAMBDA_FOLDERS = {
    "function": ((b"/var/task/lambda_lib", b""), (b"/var/task/lambda_bin", b"")),
    "layer": ((b"/var/task/lambda_lib", b"lib"), (b"/var/task/lambda_bin", b"bin")),
}


def parse(arguments):
    parser = argparse.ArgumentParser(prog="collect_libs.py", description=__doc__.splitlines()[0],
                                     allow_abbrev=False)
    parser.add_argument("--output", required=True, metavar="DIR", help="where to collect; empty or missing")
    parser.add_argument("--layout", required=True, choices=sorted(_LAMBDA_FOLDERS))
    parser.add_argument("--lib", action="append", default=[], metavar="GLOB", help="libraries, to lib/")
    parser.add_argument("--bin", action="append", default=[], metavar="GLOB", help="programs, to bin/")
    parser.add_argument("--root", default="/", metavar="DIR", help="the image's root")
    return parser.parse_args(arguments)


def main(arguments):
    options = parse(arguments)
    output, root = os.fsencode(os.path.abspath(options.output)), os.fsencode(os.path.realpath(options.root))
    if os.path.isdir(output) and os.listdir(output):
        raise Failure("{} is not empty".format(printable(output)))
    collection = Collection(root)
    for folder, group in _LAMBDA_FOLDERS[options.layout]:
        if os.path.isdir(on_disk(root, folder)):
            for name in sorted(os.listdir(on_disk(root, folder))):
                collection.add(os.path.join(folder, name), group)
    wanted = [("libs", pattern, b"lib") for pattern in options.lib]
    wanted += [("bins", pattern, b"bin") for pattern in options.bin]
    found = [(matches(root, os.fsencode(pattern)), group) for _, pattern, group in wanted]
    unmatched = ["pkgr: {}: {} matches no file in the image".format(subject, printable(pattern))
                 for (subject, pattern, _), (paths, _) in zip(wanted, found) if not paths]
    if unmatched:
        raise Failure(*unmatched)
    for paths, group in found:
        for path in paths:
            collection.add(path, group)
    collection.write(output)


if __name__ == "__main__":
    run_program("libs", main)

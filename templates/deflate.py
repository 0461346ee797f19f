"""Packs a folder into a zip of its own, once, so that pack.py can join it to code later.

usage: deflate.py --root=DIR --output=FILE.zip [--runtime=python3.11] [--needs=FILE.json [--runtime-root=DIR]]
                  [--bytecode=hash|sourceless --place=/var/task]

In: a folder, for example of installed dependencies. Out: a zip of exactly what the folder holds,
with the bytecode of its sources if that is asked for (see bytecode.py); and with --needs a report of the shared libraries that it needs and that neither it nor Lambda has.
Lambda is the runtime of that name, or an image like it whose root is --runtime-root.
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import os  # noqa: E402

from bytecode import add_bytecode_options, compiled_entries  # noqa: E402
from failure import run_program  # noqa: E402
from folder_entries import folder_entries  # noqa: E402
from image_libraries import image_of_build  # noqa: E402
from library_report import write_library_report  # noqa: E402
from needed_libraries import NeededLibraries  # noqa: E402
from runtime_libraries import runtime_libraries  # noqa: E402
from zipwriter import write_zip_file  # noqa: E402


def main(arguments):
    parser = argparse.ArgumentParser(prog="deflate.py", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--root", required=True, metavar="DIR", help="the folder to pack")
    parser.add_argument("--output", required=True, metavar="FILE.zip", help="the zip to write")
    parser.add_argument("--needs", metavar="FILE.json", help="where to tell which libraries are missing")
    parser.add_argument("--runtime", metavar="python3.N", help="Lambda's name of the runtime")
    parser.add_argument("--runtime-root", metavar="DIR", help="the root of an image like the runtime")
    add_bytecode_options(parser)
    options = parser.parse_args(arguments)
    if (options.needs or options.bytecode) and options.runtime is None:
        parser.error("--needs and --bytecode go with --runtime")
    write_zip_file(options.output, compiled_entries(folder_entries(options.root), options))
    if options.needs is not None:
        image = image_of_build(b"/")
        needed = NeededLibraries(image, runtime_libraries(options.runtime, options.runtime_root, image))
        needed.add_folder(options.root)
        write_library_report(os.fsencode(options.needs), image.root, needed.needs())


if __name__ == "__main__":
    run_program("deflate", main)

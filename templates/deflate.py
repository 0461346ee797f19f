"""Packs a folder into a zip of its own, once, so that pack.py can join it to code later.

usage: deflate.py --root=DIR --output=FILE.zip

In: a folder, for example of installed dependencies. Out: a zip of exactly what the folder holds.
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402

from failure import run_program  # noqa: E402
from folder_entries import folder_entries  # noqa: E402
from zipwriter import write_zip_file  # noqa: E402


def main(arguments):
    parser = argparse.ArgumentParser(prog="deflate.py", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--root", required=True, metavar="DIR", help="the folder to pack")
    parser.add_argument("--output", required=True, metavar="FILE.zip", help="the zip to write")
    options = parser.parse_args(arguments)
    write_zip_file(options.output, folder_entries(options.root))


if __name__ == "__main__":
    run_program("deflate", main)

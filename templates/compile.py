"""Compiles the Python sources below a folder, for those who make the zip themselves.

usage: compile.py --root=DIR --output=DIR --runtime=python3.11 --bytecode=hash|sourceless --place=/var/task

Out: a folder with the bytecode (see bytecode.py) under the names that it has in a zip of --root.
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import os  # noqa: E402
import zlib  # noqa: E402

import zipformat  # noqa: E402
from bytecode import add_bytecode_options, begin_with_fixed_hashes, compiled_entries  # noqa: E402
from failure import run_program  # noqa: E402
from folder_entries import folder_entries  # noqa: E402


def main(arguments):
    parser = argparse.ArgumentParser(prog="compile.py", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--root", required=True, metavar="DIR", help="the folder with the sources")
    parser.add_argument("--output", required=True, metavar="DIR", help="where the bytecode goes")
    parser.add_argument("--runtime", required=True, metavar="python3.N", help="Lambda's name of the runtime")
    add_bytecode_options(parser)
    options = parser.parse_args(arguments)
    begin_with_fixed_hashes(options)
    entries = folder_entries(options.root)
    sources = set(entries)
    for entry in compiled_entries(entries, options):
        if entry not in sources:
            path = os.path.join(os.fsencode(options.output), entry.name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(_unpacked(entry.content))


def _unpacked(content):
    return zlib.decompress(content.data, -15) if content.method == zipformat.DEFLATED else content.data


if __name__ == "__main__":
    run_program("compile", main)

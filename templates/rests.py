"""Writes what zips hold besides the members of another zip that they were joined from, so that these
are sent once and not with each.

usage: rests.py --shared=FILE.zip --zips=DIR --output=DIR

The rest of a file below --zips has the same path below --output, and `.rest` at its end. It is a line
of JSON, [[offset, length], ...], and bytes. Piece after piece makes the zip again: `length` bytes of
the shared zip from `offset` on, or the next ones that follow the line where `offset` is -1. Both zips
are of zipwriter, which lays members one behind the other in the order of the directory.
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import json  # noqa: E402
import mmap  # noqa: E402
import os  # noqa: E402

import zipformat  # noqa: E402
from failure import run_program  # noqa: E402
from zipreader import zip_entries  # noqa: E402

# What stands for an offset where bytes are in the rest itself.
OWN = -1


def main(arguments):
    parser = argparse.ArgumentParser(prog="rests.py", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--shared", required=True, metavar="FILE.zip", help="what the zips were joined from")
    parser.add_argument("--zips", required=True, metavar="DIR", help="where the zips are")
    parser.add_argument("--output", required=True, metavar="DIR", help="where the rests go")
    options = parser.parse_args(arguments)
    shared = os.fsencode(options.shared)
    shared_bytes = mapped(shared)
    places = {name: (offset, length) for name, offset, length in blocks(shared)}
    top, output = os.fsencode(options.zips), os.fsencode(options.output)
    for folder, _, names in os.walk(top):
        for name in names:
            zip_path = os.path.join(folder, name)
            rest = os.path.join(output, os.path.relpath(zip_path, top) + b".rest")
            os.makedirs(os.path.dirname(rest), exist_ok=True)
            write_rest(rest, zip_path, shared_bytes, places)


def write_rest(path, zip_path, shared, places):
    data = mapped(zip_path)
    pieces = []
    reached = 0
    for name, offset, length in blocks(zip_path):
        start, expected = places.get(name, (OWN, 0))
        same = length == expected and data[offset:offset + length] == shared[start:start + length]
        add(pieces, start if same else OWN, length)
        reached = offset + length
    add(pieces, OWN, len(data) - reached)
    with open(path, "wb") as file:
        file.write(json.dumps(pieces, separators=(",", ":")).encode("ascii") + b"\n")
        position = 0
        for start, length in pieces:
            if start == OWN:
                file.write(data[position:position + length])
            position += length
    os.chmod(path, 0o644)


def add(pieces, start, length):
    """Adds a piece, to the last one if it goes on there."""
    if pieces and (start == OWN) == (pieces[-1][0] == OWN):
        last, before = pieces[-1]
        if start == OWN or start == last + before:
            pieces[-1] = [last, before + length]
            return
    pieces.append([start, length])


def blocks(path):
    """(name, offset, length) of each member with its local header."""
    offset = 0
    for name, _, content in zip_entries(path):
        length = len(zipformat.local_header(name, content)) + content.data_size
        yield name, offset, length
        offset += length


def mapped(path):
    with open(path, "rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


if __name__ == "__main__":
    run_program("rests", main)

"""Unpacks zips into a folder as Lambda does: a function to /var/task, its layers to /opt.

usage: unpack.py --output=DIR ZIP...

In: zips, in the order in which Lambda unpacks them. Out: the folder, with links as links and the
modes 0644 and 0755; of two files of one name that of the later zip. What leads out of the folder, or
is written through a link, is refused.
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import os  # noqa: E402
import shutil  # noqa: E402
import stat  # noqa: E402
import zlib  # noqa: E402

import zipformat  # noqa: E402
from failure import Failure, printable, run_program  # noqa: E402
from zipreader import zip_entries  # noqa: E402

# Bytes that are inflated at once.
_CHUNK = 1 << 20


def unpack(path, folder, left_out=()):
    """Lays the zip over what is in the folder already (bytes), but for names that end like one of `left_out`."""
    for entry in zip_entries(path):
        if entry.name.endswith(left_out):
            continue
        name = entry.name.rstrip(b"/")
        target = os.path.join(folder, name)
        _make_folders(folder, os.path.dirname(name))
        if entry.mode == zipformat.FOLDER:
            _make_folders(folder, name)
        elif entry.mode == zipformat.LINK:
            _remove(target)
            os.symlink(_link_target(entry.content, name), target)
        else:
            _remove(target)
            with open(target, "wb") as file:
                file.writelines(_inflated(entry.content, name))
            os.chmod(target, entry.mode & 0o777)


def _make_folders(folder, name):
    """The folder `name` below `folder`, and those above it. A link among them could lead anywhere."""
    made = folder
    for part in filter(None, name.split(b"/")):
        made = os.path.join(made, part)
        try:
            mode = os.lstat(made).st_mode
        except FileNotFoundError:
            os.mkdir(made)
            os.chmod(made, 0o755)
            continue
        if stat.S_ISLNK(mode):
            raise Failure("{} is a link, and a zip has files below it".format(printable(made[len(folder) + 1:])))
        if not stat.S_ISDIR(mode):
            os.unlink(made)
            os.mkdir(made)
            os.chmod(made, 0o755)


def _remove(target):
    """An earlier layer may have something else there."""
    if os.path.isdir(target) and not os.path.islink(target):
        shutil.rmtree(target)
    elif os.path.lexists(target):
        os.unlink(target)


def _link_target(packed, name):
    target = b"".join(_inflated(packed, name))
    if not target or b"\0" in target:
        raise Failure("{} is a link to nothing".format(printable(name)))
    return target


def _inflated(packed, name):
    """The member's data in parts; never more than its entry says."""
    crc = size = 0
    for part in _parts(packed):
        crc, size = zlib.crc32(part, crc), size + len(part)
        if size > packed.size:
            break
        yield part
    if size != packed.size or crc != packed.crc:
        raise Failure("{} of a zip is damaged".format(printable(name)))


def _parts(packed):
    if packed.method == zipformat.STORED:
        yield bytes(packed.data)
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        part = inflate.decompress(packed.data, _CHUNK)
        while part or inflate.unconsumed_tail:
            yield part
            part = inflate.decompress(inflate.unconsumed_tail, _CHUNK)
    except zlib.error:
        yield b""


def main(arguments):
    parser = argparse.ArgumentParser(prog="unpack.py", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--output", required=True, metavar="DIR", help="the folder to unpack to")
    parser.add_argument("zips", nargs="+", metavar="ZIP", help="a zip; later ones go over earlier ones")
    options = parser.parse_args(arguments)
    output = os.fsencode(os.path.abspath(options.output))
    os.umask(0o022)
    os.makedirs(output, exist_ok=True)
    for path in options.zips:
        unpack(os.fsencode(path), output)


if __name__ == "__main__":
    run_program("unpack", main)

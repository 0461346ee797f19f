"""Whether what uv has installed lies where pip would have put it.

In: a folder that uv has filled, and uv's cache, which has the wheels as they came. Out: None, or what
pip does otherwise: with --target it puts headers elsewhere, leaves out data in lib, and of two folders
of one name, one with code and one with data, it keeps only one.
"""
import os

from installed_tree import is_program

_INFO = ".dist-info"


def laid_out_otherwise(target, cache):
    """None, or why the folder is not what pip would have made."""
    installed = {name for name in os.listdir(target) if name.endswith(_INFO)}
    code, data, seen = set(), set(), set()
    for wheel in _wheels(cache):
        names = os.listdir(wheel)
        known = installed.intersection(names)
        if not known:
            continue
        seen |= known
        for info in known:
            if _has_modes_of_its_own(wheel, info):
                return "{} has programs whose modes pip may not keep".format(info[:-len(_INFO)])
        for name in names:
            if not name.endswith(".data"):
                code.add(name)
                continue
            schemes = {scheme: os.listdir(os.path.join(wheel, name, scheme))
                       for scheme in os.listdir(os.path.join(wheel, name))}
            if set(schemes) - {"purelib", "platlib", "data", "scripts"}:
                return "{} has headers".format(name[:-len(".data")])
            code.update(schemes.get("purelib", ()), schemes.get("platlib", ()))
            data.update(schemes.get("data", ()))
    if installed - seen:
        return "its cache does not have {}".format(sorted(installed - seen)[0][:-len(_INFO)])
    if os.path.isdir(os.path.join(target, "bin")):
        data.add("bin")
    both = sorted(data & code) + sorted(name for name in data if name.startswith("lib"))
    return "{} is a folder of data that pip does not keep as it is".format(ascii(both[0])) if both else None


def _has_modes_of_its_own(wheel, info):
    """Some tools write a mode for a program into a zip for every file, in a form that pip passes over."""
    if not os.stat(os.path.join(wheel, info, "METADATA")).st_mode & 0o111:
        return False
    paths = (os.path.join(folder, name) for folder, _, names in os.walk(wheel) for name in names)
    return any(is_program(path) for path in paths if not os.path.islink(path))


def _wheels(cache):
    """The folders of unpacked wheels."""
    for bucket in os.listdir(cache):
        folder = os.path.join(cache, bucket)
        if bucket.startswith("archive-") and os.path.isdir(folder):
            for name in os.listdir(folder):
                if os.path.isdir(os.path.join(folder, name)):
                    yield os.path.join(folder, name)

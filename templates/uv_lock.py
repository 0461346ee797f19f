"""Reads what uv has chosen, and tells of it as pip's report does.

In: a pylock.toml that uv has written: Python has no reader of TOML before 3.11, so it is read as uv
writes it, and what looks otherwise is refused. Out: versions and wheels by package; pip's report.
Sources: PyPA specifications "pylock.toml" and "pip's installation report".
"""
import json
import re
from collections import namedtuple
from urllib.parse import unquote, urlsplit

from plain_requirements import normalised

# wheels: [(url, sha256)] of those that fit, the best of which was installed; size: bytes of the largest, or None.
Locked = namedtuple("Locked", "version wheels size")

_NAME = re.compile(r'^name = "([^"\\]+)"$', re.M)
_VERSION = re.compile(r'^version = "([^"\\]+)"$', re.M)
_WHEELS = re.compile(r"^wheels = \[(.*?)\]$", re.M | re.S)
_WHEEL = re.compile(r'\{ (?:name = "[^"\\]+", )?url = "([^"\\]+)", [^{}]*hashes = \{ sha256 = "([0-9a-f]{64})" \}')
_SIZE = re.compile(r", size = (\d{1,15})(?=[,\s])")


class Unreadable(Exception):
    pass


def read_lock(text):
    """{normalised name: Locked}; every package must have a wheel."""
    found = {}
    for part in text.split("[[packages]]\n")[1:]:
        name, version, wheels = _NAME.search(part), _VERSION.search(part), _WHEELS.search(part)
        if name is None or version is None or wheels is None:
            raise Unreadable("a package without a wheel")
        archives = _WHEEL.findall(wheels.group(1))
        if not archives or len(archives) != wheels.group(1).count("url = ") or name.group(1) in found:
            raise Unreadable("a package in a form that is not known")
        sizes = [int(size) for size in _SIZE.findall(wheels.group(1))]
        size = max(sizes) if len(sizes) == len(archives) else None
        found[normalised(name.group(1))] = Locked(version.group(1), archives, size)
    return found


def size_of_wheels(locked):
    """Bytes of as many wheels, at most; None where one's size is not known."""
    sizes = [one.size for one in locked]
    return None if None in sizes else sum(sizes)


def used_wheel(locked, tags):
    """(url, sha256) of the wheel whose tags are those of the installed WHEEL file."""
    if len(locked.wheels) == 1:
        return locked.wheels[0]
    installed = {one for tag in tags for one in _expanded(*tag.strip().split("-", 2))}
    exact = [wheel for wheel in locked.wheels if _tags_of_name(wheel[0]) == installed]
    if len(exact) != 1:
        raise Unreadable("several wheels that may have been installed")
    return exact[0]


def write_report(path, packages):
    """`packages`: (name, version, (url, sha256), whether it was asked for)."""
    installed = [{
        "metadata": {"name": name, "version": version},
        "download_info": {"url": url, "archive_info": {"hashes": {"sha256": sha256}}},
        "is_direct": False,
        "requested": requested,
    } for name, version, (url, sha256), requested in packages]
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"install": installed}, file)


def _tags_of_name(url):
    """Of a file NAME-VERSION[-BUILD]-PYTHON-ABI-PLATFORM.whl."""
    return _expanded(*unquote(urlsplit(url).path)[:-len(".whl")].rsplit("-", 3)[1:])


def _expanded(python, abi, platform):
    """Each part may stand for several, with dots between (PEP 425)."""
    return {"-".join((one, two, three)) for one in python.split(".") for two in abi.split(".")
            for three in platform.split(".")}

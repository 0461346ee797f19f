"""Judges for which Python and which system a wheel or an extension module was made, by its tags.

In: tags of a WHEEL file, or the name of an extension module. Out: None where it fits, or what does
not: PYTHON, SYSTEM or MACHINE. Sources: PEP 425 and PEP 600 (wheels), PEP 384 and PEP 3149 (modules).
"""
import re
from collections import namedtuple

PYTHON, SYSTEM, MACHINE = "python", "system", "machine"

# minor: 13 of python3.13; machine: as uname has it, x86_64 or aarch64.
Target = namedtuple("Target", "minor machine")

_PYTHON_TAG = re.compile(r"([a-z]+)(\d)_?(\d*)$")
_LINUX = re.compile(r"(?:manylinux(?:1|2010|2014|_\d+_\d+)|linux)_(\w+)$")
_MODULE = re.compile(r"(?P<name>[^./]+)\.(?P<tag>(?:cpython|pypy|graalpy|cp)-?\d[\w-]*)\.(?:so|pyd)$")
_MODULE_TAG = re.compile(r"cpython-(?P<version>\d+)(?P<flags>[a-z]*)(?:-(?P<system>[\w-]+))?$")


def wheel_misfit(tags, target):
    """None if one of the tags fits, or if there are none that can be read; else what is wrong with
    the one that comes nearest."""
    misfits = [_tag_misfit(*tag, target=target) for tag in _expanded(tags)]
    if not misfits or None in misfits:
        return None
    return min(misfits, key=(PYTHON, MACHINE, SYSTEM).index)


def is_compiled_here(tags):
    """Whether a wheel was not made to be given away: pip writes so of what it has built itself."""
    return any(platform.startswith("linux_") for _, _, platform in _expanded(tags))


def module_misfit(name, target):
    """(what is wrong with it, its tag) of an extension module; None if it fits or tells nothing."""
    match = _MODULE.match(name)
    if match is None:
        return None
    tag = match.group("tag")
    parts = _MODULE_TAG.match(tag)
    if parts is None:
        return (SYSTEM if "-win" in tag or "-darwin" in tag else PYTHON), tag
    system = parts.group("system") or ""
    expected = "{}-linux-gnu".format(target.machine)
    if system and system != expected:
        if not system.endswith("-linux-gnu"):
            return SYSTEM, tag
        return MACHINE, tag
    flags = "m" if target.minor < 8 else ""
    if parts.group("version") != "3{}".format(target.minor) or parts.group("flags") != flags or not system:
        return PYTHON, tag
    return None


def module_name(name):
    """`x` of x.cpython-313-x86_64-linux-gnu.so, x.abi3.so and x.so; None of other files."""
    stem, dot, suffix = name.rpartition(".")
    return stem.partition(".")[0] if dot and suffix in ("so", "pyd") else None


def _expanded(tags):
    """(python, abi, platform) of each; a tag may stand for several, with dots between (PEP 425)."""
    for tag in tags:
        parts = tag.split("-")
        if len(parts) != 3:
            continue
        for python in parts[0].split("."):
            for abi in parts[1].split("."):
                for platform in parts[2].split("."):
                    yield python, abi, platform


def _tag_misfit(python, abi, platform, target):
    if platform != "any":
        match = _LINUX.match(platform)
        if match is None:
            return SYSTEM
        if match.group(1) != target.machine:
            return MACHINE
    return None if _fits_python(python, abi, target.minor) else PYTHON


def _fits_python(python, abi, minor):
    match = _PYTHON_TAG.match(python)
    if match is None:
        return False
    implementation, major, digits = match.group(1), match.group(2), match.group(3)
    if implementation not in ("py", "cp") or major != "3":
        return False
    version = int(digits) if digits else None
    if abi == "none":
        # py38 is for 3.8 and later; pip takes cp38 for 3.8 alone, but such wheels hold no modules.
        return version is None or version <= minor
    if abi == "abi3":
        return version is None or version <= minor
    flags = "m" if minor < 8 else ""
    return abi == "cp3{}{}".format(minor, flags) and version in (None, minor)

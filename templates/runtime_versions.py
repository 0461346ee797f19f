"""Tells which versions of symbols a runtime's C and C++ libraries have, such as GLIBC_2.26.

In: the runtime's name, or the root of an image that is like it. Out: an object whose `lacks` gives the
newest version that it has of the same family when that is too old, and None when the version is
there or nothing is known.
"""
import re
from collections import namedtuple

from runtime_libraries import is_of_c_library, minor_version, runtime_image

_VERSION = re.compile(br"([A-Z]+)_([0-9]+(?:\.[0-9]+)*)$")
# A file marked so is refused by a C library before 2.36, which is where the mark begins.
_MARK = {b"GLIBC_ABI_DT_RELR": b"GLIBC_2.36"}

# The newest of each family, by the last runtime of each Amazon Linux. The first Amazon Linux had
# several libstdc++ in its time, so that nothing is said of it there.
# Sources: glibc 2.17, https://github.com/aws/aws-lambda-base-images/issues/5; libstdc++ of Amazon
# Linux 2, https://github.com/aws/aws-lambda-base-images/issues/87 (GCC 7); glibc of Amazon Linux
# 2023, https://docs.aws.amazon.com/linux/al2023/ug/core-glibc.html; its libstdc++ since 2025-04,
# https://github.com/amazonlinux/container-images/issues/132 (GCC 14); which GCC has which version,
# https://gcc.gnu.org/onlinedocs/libstdc++/manual/abi.html
_Listed = namedtuple("_Listed", "until newest")
_LISTED = (
    _Listed(7, {b"GLIBC": b"2.17"}),
    _Listed(11, {b"GLIBC": b"2.26", b"GLIBCXX": b"3.4.24", b"CXXABI": b"1.3.11", b"GCC": b"7.0.0"}),
    _Listed(None, {b"GLIBC": b"2.34", b"GLIBCXX": b"3.4.33", b"CXXABI": b"1.3.15", b"GCC": b"14.0.0"}),
)


class RuntimeVersions:
    """`root`: of an image like the runtime, or None; `own`: the ImageLibraries of the image that is built
    in, where that is the runtime's own, so that what was made in it is judged by it; or None."""

    def __init__(self, runtime, root, own):
        self._listed = ListedVersions(runtime) if root is None else ImageVersions(runtime_image(root))
        self._own = None if own is None or root is not None else ImageVersions(own)

    def lacks(self, library, version, kind, made_here):
        """`made_here`: a function that says whether what needs it comes from the image that is built in."""
        has = self._listed.lacks(library, version, kind)
        if has is not None and self._own is not None and made_here():
            return self._own.lacks(library, version, kind)
        return has


class ListedVersions:
    """A runtime by its name."""

    def __init__(self, runtime):
        minor = minor_version(runtime)
        self._newest = next(one.newest for one in _LISTED if one.until is None or minor <= one.until)

    def lacks(self, library, version, kind):
        if not (is_of_c_library(library) or library in (b"libstdc++.so.6", b"libgcc_s.so.1")):
            return None
        family, numbers = _parts(_MARK.get(version, version))
        newest = self._newest.get(family)
        if newest is None or numbers <= _numbers(newest):
            return None
        return family + b"_" + newest


class ImageVersions:
    """A runtime as an image has it."""

    def __init__(self, libraries):
        self._libraries = libraries

    def lacks(self, library, version, kind):
        path = self._libraries.find(library, kind)
        defines = frozenset() if path is None else self._libraries.elf(path).defines
        # A library without versions is taken as it is: the loader only warns.
        if not defines or version in defines:
            return None
        return newest_like(version, defines)


def newest_like(version, defined):
    """The newest of the defined versions that are of the same family; b"" if there is none."""
    family = _parts(version)[0]
    alike = [one for one in defined if family is not None and _parts(one)[0] == family]
    return max(alike, key=lambda one: _parts(one)[1]) if alike else b""


def _parts(version):
    """(family, numbers); (None, ()) for a version that is no number."""
    match = _VERSION.match(version)
    return (match.group(1), _numbers(match.group(2))) if match else (None, ())


def _numbers(text):
    return tuple(map(int, text.split(b".")))

"""Tells which installed package a file belongs to, and which wheel it came in.

In: a folder that pip filled, or one in which somebody has put installed packages. Out: for a path
below it the Package, read from RECORD, METADATA and WHEEL of the `*.dist-info` folders. Nothing is
read before it is asked for. Source: PyPA specifications, "Recording installed projects" and "Binary
distribution format".
"""
import csv
import os
import posixpath
from collections import namedtuple

# name, version, tags: text; metadata: the path of its dist-info folder, bytes.
Package = namedtuple("Package", "name version tags metadata")

_METADATA = b".dist-info"
_LARGEST = 32 << 20


class PackageOwners:
    """`everywhere`: packages may lie in any folder below the root, not only in the root itself."""

    def __init__(self, root, everywhere):
        self._root, self._everywhere = os.fsencode(root), everywhere
        self._packages = self._owners = None

    def packages(self):
        """All packages, by the paths of their dist-info folders."""
        if self._packages is None:
            self._packages = {metadata: self._package(metadata) for metadata in sorted(self._metadata())}
        return self._packages

    def of(self, path):
        """The Package of a path below the root; None if nobody has recorded it."""
        if self._owners is None:
            self._owners = {}
            for metadata, package in self.packages().items():
                base = os.path.dirname(metadata)
                for name in self._recorded(metadata):
                    self._owners[posixpath.join(base, name)] = package
        return self._owners.get(path)

    def _metadata(self):
        if not self._everywhere:
            return [name for name in os.listdir(self._root) if name.endswith(_METADATA)]
        return [os.path.relpath(os.path.join(folder, name), self._root)
                for folder, folders, _ in os.walk(self._root) for name in folders if name.endswith(_METADATA)]

    def _package(self, metadata):
        name, _, version = os.path.basename(metadata)[:-len(_METADATA)].partition(b"-")
        fields = self._fields(metadata, b"METADATA")
        tags = tuple(value for key, value in self._fields(metadata, b"WHEEL") if key == "tag")
        named = [value for key, value in fields if key == "name"]
        return Package(named[0] if named else name.decode("utf-8", "backslashreplace"),
                       version.decode("utf-8", "backslashreplace"), tags, metadata)

    def _fields(self, metadata, file):
        """The (name in small letters, value) of the headers; a line that is none ends them."""
        for line in self._text(metadata, file).splitlines():
            name, colon, value = line.partition(":")
            if not colon:
                return
            yield name.strip().lower(), value.strip()

    def _recorded(self, metadata):
        try:
            rows = list(csv.reader(self._text(metadata, b"RECORD").splitlines()))
        except csv.Error:
            return
        for row in rows:
            if row:
                name = posixpath.normpath(row[0]).encode("utf-8", "surrogateescape")
                if not name.startswith((b"../", b"/")):
                    yield name

    def _text(self, metadata, file):
        try:
            with open(os.path.join(self._root, metadata, file), "rb") as stream:
                return stream.read(_LARGEST).decode("utf-8", "surrogateescape")
        except OSError:
            return ""

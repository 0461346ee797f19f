"""Finds a shared library of an image by name, as the dynamic loader would.

In: the image's root, a name and the kind of file that needs it. Out: the library's path in the
image. The order is LD_LIBRARY_PATH, the loader's cache, the folders it always knows (ld.so(8)); a
file for another machine is passed over, as the loader does.
"""
import glob
import os

from elf import BrokenElf, read_elf
from failure import Failure
from image_paths import on_disk, resolved
from ld_cache import read_ld_cache

# Debian's folders are named after the machine; Alpine's loader knows /usr/local/lib too.
_ALWAYS = (b"/lib64", b"/usr/lib64", b"/lib", b"/usr/lib", b"/lib/*-linux-*", b"/usr/lib/*-linux-*",
           b"/usr/local/lib64", b"/usr/local/lib")
_MOST_INCLUDES = 100


def intact_elf(file):
    """The Elf at a path of this machine; None if it is none or damaged, which the loader refuses too."""
    try:
        return read_elf(file)
    except BrokenElf:
        return None


class ImageLibraries:
    """`first`: folders (bytes, absolute in the image) that are looked into before all others."""

    def __init__(self, root, first=()):
        self.root = root
        self._read = {}  # path -> Elf or None
        self._first = [folder for folder in first if folder.startswith(b"/")]
        self._found = None  # what _places() returns, once something is looked for: most code has no library

    def find(self, name, kind, before=()):
        """The path, or None; `before`: folders of the file that needs it, such as its RPATH."""
        candidates = [os.path.join(folder, name) for folder in list(before) + self._first]
        cached, always = self._places()
        candidates += cached.get(name, [])
        candidates += [os.path.join(folder, name) for folder in always]
        return next((path for path in candidates if self._fits(path, kind)), None)

    def file(self, path):
        """Where this process finds the file that an image's path leads to; None if it leads nowhere."""
        try:
            file = on_disk(self.root, resolved(self.root, path))
        except Failure:
            return None
        return file if os.path.isfile(file) else None

    def elf(self, path):
        """The Elf at an image's path; None if there is none or it is damaged."""
        if path not in self._read:
            file = self.file(path)
            self._read[path] = None if file is None else intact_elf(file)
        return self._read[path]

    def _places(self):
        """Paths by name as ldconfig has them, and folders that are always looked into."""
        if self._found is None:
            cache = read_ld_cache(on_disk(self.root, b"/etc/ld.so.cache"))
            configured = list(_configured(self.root)) if cache is None else []
            self._found = cache or {}, configured + list(_existing(self.root, _ALWAYS))
        return self._found

    def _fits(self, path, kind):
        elf = self.elf(path)
        return elf is not None and elf.kind == kind


def image_of_build(root):
    """The image that this process runs in, whose own settings say where it has libraries."""
    return ImageLibraries(root, os.environb.get(b"LD_LIBRARY_PATH", b"").split(b":"))


def _existing(root, patterns):
    for pattern in patterns:
        for folder in sorted(glob.glob(on_disk(glob.escape(root), pattern))):
            if os.path.isdir(folder):
                yield b"/" + os.path.relpath(folder, root)


def _configured(root):
    """The folders of /etc/ld.so.conf, for an image in which ldconfig has not run."""
    files, read = [on_disk(root, b"/etc/ld.so.conf")], 0
    while files and read < _MOST_INCLUDES:
        path, read = files.pop(0), read + 1
        if not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            lines = [line.partition(b"#")[0].split() for line in file]
        for words in lines:
            if words[:1] == [b"include"]:
                for pattern in words[1:]:
                    inside = os.path.join(b"/etc", pattern)
                    files += sorted(glob.glob(on_disk(glob.escape(root), inside)))
            elif words and words[0].startswith(b"/"):
                yield words[0]

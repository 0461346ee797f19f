"""Finds the shared libraries that files of a zip need and that neither the zip nor Lambda has.

In: folders of the zip, and files of the image that it carries. Out: Needs, which go on from library
to library (DT_NEEDED, transitively), each with its place in the image if it is there. Lookup is the
dynamic loader's: RPATH, RUNPATH and $ORIGIN, then the paths of Lambda and of the image (ld.so(8)).
"""
import os
from collections import deque, namedtuple

from image_libraries import intact_elf

# library: name as it is looked for; path: in the image, or None; files: those of the zip that need
# it; libraries: those among the Needs that need it. All bytes, sorted.
Need = namedtuple("Need", "library path files libraries")

# Alpine's C library: what was made for it cannot run beside Lambda's, with it or without.
_MUSL = (b"libc.musl-", b"ld-musl-")

# origin: its folder, on this machine for a file of the zip, in the image for a file of the image.
_Object = namedtuple("_Object", "elf origin in_image label is_library inherited")


class NeededLibraries:
    """`provided`: names that the loader finds in the zip whoever needs them (in its lib/)."""

    def __init__(self, image, runtime, provided=()):
        self._image, self._runtime, self._provided = image, runtime, set(provided)
        self._roots = []
        self._names = set()
        self._queue = deque()

    def add_folder(self, root):
        """Every program and library below a folder of this machine that goes into the zip."""
        root = os.path.abspath(os.fsencode(root))
        self._roots.append(root)
        for path in _candidates(root):
            self._names.add(os.path.basename(path))
            elf = None if os.path.islink(path) else intact_elf(path)
            if elf is not None:
                label = os.path.relpath(path, root)
                self._queue.append(_Object(elf, os.path.dirname(path), False, label, False, ()))

    def add_visible(self, root):
        """A folder that lies at a function's root, where the loader looks whoever needs a library."""
        for folder in (root, os.path.join(root, "lib")):
            self._provided.update(map(os.fsencode, os.listdir(folder) if os.path.isdir(folder) else ()))

    def add_image_file(self, path, label):
        """A file of the image that is carried; `label` is its name in the zip."""
        elf = self._image.elf(path)
        if elf is not None:
            self._queue.append(_Object(elf, os.path.dirname(path), True, label, False, ()))

    def needs(self):
        """What is missing for everything that was added, sorted by name."""
        paths, files, libraries = {}, {}, {}
        while self._queue:
            item = self._queue.popleft()
            for name in sorted(set(item.elf.needed)):
                found, path = self._look_up(name, item)
                if found:
                    continue
                (libraries if item.is_library else files).setdefault(name, set()).add(item.label)
                if name not in paths:
                    paths[name] = path
                    if path is not None:
                        origin = os.path.dirname(path)
                        self._queue.append(_Object(self._image.elf(path), origin, True, name, True, _passed_on(item)))
        return [Need(name, paths[name], sorted(files.get(name, ())), sorted(libraries.get(name, ())))
                for name in sorted(paths)]

    def _look_up(self, name, item):
        """(whether the zip or Lambda has it, else its path in the image or None)."""
        in_zip, in_image = self._folders(item)
        if any(os.path.exists(os.path.join(folder, name)) for folder in in_zip):
            return True, None
        if name in self._provided or self._runtime.has(name, item.elf.kind):
            return True, None
        path = None
        if b"/" not in name and not name.startswith(_MUSL):
            path = self._image.find(name, item.elf.kind, in_image)
        # Where only the zip has it, elsewhere, a package loads it before it is needed.
        return path is None and os.path.basename(name) in self._names, path

    def _folders(self, item):
        """Where the object says that its needs are: (folders of the zip, folders of the image)."""
        in_zip, in_image = [], []
        own = item.elf.runpath
        written = _own_rpath(item) + item.inherited if own is None else _placed(own, item)
        for folder, of_image in written:
            if of_image:
                in_image.append(folder)
            elif any(folder == root or folder.startswith(root + b"/") for root in self._roots):
                in_zip.append(folder)
        return in_zip, in_image


def _candidates(root):
    """Paths of files below the root that may be programs or libraries, links among them, sorted."""
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(folder, name)
            named_so = name.endswith(b".so") or b".so." in name
            if named_so or not name.endswith((b".py", b".pyi", b".txt")) and os.access(path, os.X_OK):
                if os.path.isfile(path):
                    yield path


def _own_rpath(item):
    """RPATH counts only where there is no RUNPATH (ld.so(8))."""
    return _placed(item.elf.rpath or (), item) if item.elf.runpath is None else ()


def _passed_on(item):
    """RPATH, unlike RUNPATH, is for the needs of needs too."""
    return _own_rpath(item) + item.inherited


def _placed(folders, item):
    """((folder, whether it is one of the image), ...) with $ORIGIN filled in."""
    placed = []
    for folder in folders:
        own = folder.replace(b"${ORIGIN}", b"$ORIGIN").startswith(b"$ORIGIN")
        folder = folder.replace(b"${ORIGIN}", item.origin).replace(b"$ORIGIN", item.origin)
        # $LIB and $PLATFORM are the loader's own; what is relative depends on where it is run.
        if b"$" not in folder and folder.startswith(b"/"):
            placed.append((os.path.normpath(folder), item.in_image or not own))
    return tuple(placed)

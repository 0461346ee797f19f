"""Finds the shared libraries that files of a zip need and that neither the zip nor Lambda has.

In: folders of the zip, and files of the image that it carries. Out: Needs, which go on from library
to library (DT_NEEDED, transitively), each with its place in the image if it is there; and Lacks, the
versions that files require of libraries which are there but older. Lookup is the dynamic loader's:
RPATH, RUNPATH and $ORIGIN, then the paths of Lambda and of the image (ld.so(8)).
"""
import os
from collections import deque, namedtuple
from functools import partial

from image_libraries import intact_elf
from runtime_versions import newest_like

# library: name as it is looked for; path: in the image, or None; files: those of the zip that need
# it; libraries: those among the Needs that need it, all sorted; rpath: the folder of the image in
# which alone it is found, because a file says so, or None. All bytes.
Need = namedtuple("Need", "library path files libraries rpath")
# file: its name in the zip; version: what it requires of the library; has: the newest there is.
Lack = namedtuple("Lack", "file library version has")

# Alpine's C library: what was made for it cannot run beside Lambda's, with it or without.
_MUSL = (b"libc.musl-", b"ld-musl-")

# origin: its folder, on this machine for a file of the zip, in the image for a file of the image;
# made_here: a function that says whether it comes from the image, or was compiled in it.
_Object = namedtuple("_Object", "elf origin in_image label is_library inherited made_here")
# What _look_up finds: path in the zip or in the image, or neither.
_Found = namedtuple("_Found", "missing in_zip path rpath")
_IN_RUNTIME = _Found(False, None, None, None)


class NeededLibraries:
    """`provided`: names that the loader finds in the zip whoever needs them (in its lib/); `versions`:
    a RuntimeVersions, without which no versions are compared."""

    def __init__(self, image, runtime, provided=(), versions=None):
        self._image, self._runtime, self._provided = image, runtime, set(provided)
        self._versions = versions
        self._lacks = set()
        self._rpaths = []
        self._roots = []
        self._names = set()
        self._queue = deque()

    def add_folder(self, root, made_here=None):
        """Every program and library below a folder of this machine that goes into the zip; `made_here`
        says of a name whether it was compiled in the image."""
        root = os.path.abspath(os.fsencode(root))
        self._roots.append(root)
        for path in candidates(root):
            self._names.add(os.path.basename(path))
            elf = None if os.path.islink(path) else intact_elf(path)
            if elf is not None:
                label = os.path.relpath(path, root)
                own = partial(made_here, label) if made_here else _never
                self._queue.append(_Object(elf, os.path.dirname(path), False, label, False, (), own))
                self._rpaths += [(label, folder) for folder in (elf.rpath or []) + (elf.runpath or [])]

    def add_visible(self, root):
        """A folder that lies at a function's root, where the loader looks whoever needs a library."""
        for folder in (root, os.path.join(root, "lib")):
            self._provided.update(map(os.fsencode, os.listdir(folder) if os.path.isdir(folder) else ()))

    def add_image_file(self, path, label):
        """A file of the image that is carried; `label` is its name in the zip."""
        elf = self._image.elf(path)
        if elf is not None:
            self._queue.append(_Object(elf, os.path.dirname(path), True, label, False, (), _always))

    def needs(self):
        """What is missing for everything that was added, sorted by name."""
        found, files, libraries = {}, {}, {}
        while self._queue:
            item = self._queue.popleft()
            versions = dict(item.elf.requires)
            for name in sorted(set(item.elf.needed)):
                place = self._look_up(name, item)
                self._compare(name, versions.get(name, ()), place, item)
                if not place.missing:
                    continue
                (libraries if item.is_library else files).setdefault(name, set()).add(item.label)
                if name not in found:
                    found[name] = place
                    if place.path is not None:
                        elf, origin = self._image.elf(place.path), os.path.dirname(place.path)
                        self._queue.append(_Object(elf, origin, True, name, True, _passed_on(item), _always))
        return [Need(name, found[name].path, sorted(files.get(name, ())), sorted(libraries.get(name, ())),
                     found[name].rpath)
                for name in sorted(found)]

    def lacks(self):
        """After needs(): the versions that are required of libraries which do not have them, sorted."""
        return sorted(self._lacks)

    def rpaths(self):
        """(file, folder as it is written in it) of the added folders' programs and libraries."""
        return self._rpaths

    def _compare(self, library, versions, place, item):
        if self._versions is None or place.missing:
            return
        for version in versions:
            if place.in_zip is not None:
                elf = intact_elf(place.in_zip)
                defines = frozenset() if elf is None else elf.defines
                has = newest_like(version, defines) if defines and version not in defines else None
            elif place is _IN_RUNTIME:
                has = self._versions.lacks(library, version, item.elf.kind, item.made_here)
            else:
                has = None
            if has is not None:
                self._lacks.add(Lack(item.label, library, version, has))

    def _look_up(self, name, item):
        in_zip, in_image = self._folders(item)
        for folder in in_zip:
            if os.path.exists(os.path.join(folder, name)):
                return _Found(False, os.path.join(folder, name), None, None)
        if self._runtime.has(name, item.elf.kind):
            return _IN_RUNTIME
        if name in self._provided:
            return _Found(False, None, None, None)
        path = rpath = None
        if b"/" not in name and not name.startswith(_MUSL):
            path = self._image.find(name, item.elf.kind)
            first = self._image.find(name, item.elf.kind, in_image) if in_image else path
            if first != path:
                path, rpath = first, None if path is not None else os.path.dirname(first)
        # Where only the zip has it, elsewhere, a package loads it before it is needed.
        missing = path is not None or os.path.basename(name) not in self._names
        return _Found(missing, None, path, rpath)

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


def _always():
    return True


def _never():
    return False


def candidates(root):
    """Paths of files below the root that may be programs or libraries, links among them, sorted."""
    root = os.path.abspath(os.fsencode(root))
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(folder, name)
            named_so = name.endswith((b".so", b".pyd", b".dylib", b".dll")) or b".so." in name
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

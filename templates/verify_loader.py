"""Reads what the dynamic loader says when it cannot load a library or an extension module.

In: an ImportError or OSError of the chain. Out: a problem, or None when the loader has not spoken.
The loader's words: glibc, elf/dl-load.c and elf/dl-version.c.
"""
import os
import re

from elf import BrokenElf, read_elf
from image_libraries import ImageLibraries, intact_elf
from lambda_environment import LIBRARY_PATH
from needed_libraries import NeededLibraries

_NOT_FOUND = re.compile(r"(?P<library>[^\s:]+): cannot open shared object file: No such file or directory")
_VERSION = re.compile(r"(?P<library>\S+): version `(?P<version>[^']+)' not found(?: \(required by (?P<file>[^)]+)\))?")
_UNDEFINED = re.compile(r"(?P<file>[^\s:]+): undefined symbol: (?P<symbol>\S+)")
_UNFIT = re.compile(r"(?P<file>[^\s:]+): (?:invalid ELF header|wrong ELF class|file too short|ELF file|"
                    r"cannot read file data|object file has|only ET_DYN)")
# Numbers of machines in an ELF header, by Lambda's names.
_MACHINES = {62: "x86_64", 183: "arm64", 3: "i386", 40: "arm"}
_STARTS = ((b"\xcf\xfa\xed\xfe", "macOS"), (b"\xca\xfe\xba\xbe", "macOS"), (b"MZ", "Windows"),
           (b"version https://git-lfs", "a Git LFS pointer"))


def loader_problem(link, installed):
    text = link["message"]
    found = _VERSION.search(text)
    if found is not None:
        return _version(found, installed)
    found = _NOT_FOUND.search(text)
    if found is not None:
        library = found.group("library")
        # The loader says the same of a file that is there and made for another processor.
        if library.startswith("/") and os.path.isfile(library):
            return _unfit(library, installed)
        return _missing(library, link.get("path"), installed)
    found = _UNDEFINED.search(text)
    if found is not None:
        problem = {"kind": "undefined-symbol", "symbol": found.group("symbol"), "file": found.group("file")}
        return _with_owner(problem, found.group("file"), installed)
    found = _UNFIT.search(text)
    return None if found is None else _unfit(found.group("file"), installed)


def _version(found, installed):
    file = found.group("file") or ""
    problem = {"kind": "symbol-version", "symbolVersion": found.group("version"), "file": file,
               "library": os.path.basename(found.group("library"))}
    if found.group("version").startswith("GLIBC_"):
        problem["has"] = os.confstr("CS_GNU_LIBC_VERSION")
    owner = installed.owner(file)
    if owner is not None and owner.wheels:
        problem["wheels"] = owner.wheels
    return _with_owner(problem, file, installed)


def _missing(library, extension, installed):
    """With who needs it, and which others are missing too."""
    image = _image()
    needed = NeededLibraries(image, _AsTheLoader(image))
    for root in installed.roots[:1] + [os.path.dirname(installed.roots[2])]:
        if os.path.isdir(root):
            needed.add_folder(root)
    needs = {os.fsdecode(need.library): need for need in needed.needs()}
    problem = {"kind": "missing-library", "library": library}
    users = list(_users(library, installed)) or [path for path in [extension] if path]
    if users:
        problem["neededBy"] = users[:5]
        _with_owner(problem, users[0], installed)
    also = sorted(name for name in needs if name != library)
    if also:
        problem["also"] = also[:20]
    elsewhere = [path for path in _files(installed) if os.path.basename(path) == library]
    if elsewhere:
        problem["elsewhere"] = elsewhere[:3]
    return problem


def _users(library, installed):
    """Files of the zips that name the library among their needs."""
    wanted = os.fsencode(library)
    for path in _files(installed):
        if path.endswith(".so") or ".so." in path:
            elf = None if os.path.islink(path) else intact_elf(path)
            if elf is not None and wanted in elf.needed:
                yield path


def _files(installed):
    for root in (installed.task, os.path.dirname(installed.roots[2])):
        for folder, folders, files in os.walk(root):
            folders.sort()
            for name in sorted(files):
                yield os.path.join(folder, name)


def _unfit(file, installed):
    """It is there, and the loader does not take it."""
    problem = {"file": file}
    try:
        elf = read_elf(file)
    except (BrokenElf, OSError):
        elf = None
    own = read_elf(os.path.realpath("/proc/self/exe"))
    if elf is not None and own is not None and elf.kind != own.kind:
        problem.update(kind="wrong-architecture", has=_machine(elf.kind), wants=_machine(own.kind))
    else:
        problem.update(kind="unfit-file", what=_what(file))
    return _with_owner(problem, file, installed)


def _machine(kind):
    return _MACHINES.get(kind[2], "machine {}".format(kind[2]))


def _what(file):
    with open(file, "rb") as stream:
        start = stream.read(32)
    for beginning, name in _STARTS:
        if start.startswith(beginning):
            return name
    return ""


def _with_owner(problem, path, installed):
    owner = installed.owner(path)
    if owner is not None:
        problem["distribution"], problem["version"] = owner.name, owner.version
    return problem


def _image():
    return ImageLibraries(b"/", [os.fsencode(folder) for folder in LIBRARY_PATH.split(":")])


class _AsTheLoader:
    """Everything is in place here, so that the loader's own search is the answer."""

    def __init__(self, image):
        self._image = image

    def has(self, name, kind):
        return self._image.find(name, kind) is not None

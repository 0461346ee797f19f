"""Tells which files of a function and its layers belong to which installed package, and which are its own.

In: the folders /var/task and /opt, unpacked. Read from the RECORD and WHEEL that pip leaves in a
package's .dist-info. A layer's packages are in python/ or python/lib/python3.N/site-packages/.
"""
import csv
import os
import re
import sys
from collections import namedtuple

# wheels: the tags of the wheel that it came from, such as cp311-cp311-manylinux_2_28_x86_64; requires:
# names of others, normalised, which it needs whatever extras are asked for.
Distribution = namedtuple("Distribution", "name version wheels requires modules")

_MODULE = re.compile(r"([A-Za-z_]\w*)(?:\.pyc?|\.(?:[\w-]+\.)?so)$")
# Of a package, but not what anybody imports to use it.
_NOT_FOR_IMPORT = re.compile(r"_|tests?$|testing$|docs?$|examples?$|benchmarks?$|scripts?$|setup$|conftest$")
_REQUIRED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_FOR_EXTRA = re.compile(r";.*\bextra\s*==")
_MOST_SOURCES = 20000


class Installed:
    """`only`: a handler whose module alone is taken for the function's own, where packages do not tell
    which files are theirs."""

    def __init__(self, task, opt, only=None):
        site = "python/lib/python{}.{}/site-packages".format(*sys.version_info[:2])
        self.task = task
        self.roots = [task, os.path.join(opt, site), os.path.join(opt, "python")]
        self._owners = {}
        self._only = None if only is None else os.path.join(task, only.rpartition(".")[0].replace(".", "/"))
        self.distributions = []
        for root in self.roots:
            for name in sorted(os.listdir(root)) if os.path.isdir(root) else ():
                if name.endswith(".dist-info"):
                    self._read(root, name)

    def owner(self, path):
        """The Distribution that a file belongs to; None for the function's own."""
        return self._owners.get(os.path.normpath(path))

    def is_own(self, path):
        """Whether a file is the function's own, or a layer's, and no package's."""
        path = os.path.normpath(path)
        if self._only is not None:
            return path in (self._only + ".py", self._only + "/__init__.py", self._only + ".pyc")
        return path not in self._owners and any(path.startswith(root + "/") for root in self.roots)

    def own_sources(self):
        """Paths of the Python files that belong to no package."""
        count = 0
        for root in self.roots:
            for folder, folders, files in os.walk(root):
                folders[:] = [name for name in folders if name != "__pycache__"
                              and os.path.join(folder, name) not in self.roots]
                for name in files:
                    path = os.path.join(folder, name)
                    if name.endswith(".py") and self.is_own(path) and count < _MOST_SOURCES:
                        count += 1
                        yield path

    def requested_modules(self):
        """What is imported of the packages that no other one requires, the best guess of each: what the
        requirements name, as far as a zip tells. pip's own note of it is packed in none."""
        required = {name for distribution in self.distributions for name in distribution.requires}
        first = [one for one in self.distributions if normalised(one.name) not in required]
        names = []
        # Where each requires the other, all count.
        for distribution in first or self.distributions:
            names += [name for name in distribution.modules if not _NOT_FOR_IMPORT.match(name)]
        return sorted(set(names))

    def provided(self):
        """{module at the top: the package that it is from, "" for the function's own}."""
        modules = {}
        for root in self.roots:
            for name in os.listdir(root) if os.path.isdir(root) else ():
                found = _MODULE.match(name)
                is_folder = name.isidentifier() and os.path.isdir(os.path.join(root, name))
                if (found or is_folder) and not name.startswith("__"):
                    modules.setdefault(found.group(1) if found else name, "")
        for distribution in self.distributions:
            for name in distribution.modules:
                modules[name] = distribution.name
        return modules

    def _read(self, root, info):
        folder = os.path.join(root, info)
        name, _, version = info[:-len(".dist-info")].partition("-")
        metadata = _headers(os.path.join(folder, "METADATA"))
        files = _record(os.path.join(folder, "RECORD"))
        distribution = Distribution(
            metadata.get("Name", [name])[0], metadata.get("Version", [version])[0],
            _headers(os.path.join(folder, "WHEEL")).get("Tag", []),
            _required(metadata.get("Requires-Dist", [])), _top_modules(files))
        self.distributions.append(distribution)
        for file in files:
            self._owners[os.path.normpath(os.path.join(root, file))] = distribution


def normalised(name):
    """Source: PyPA specifications, "Names and normalization"."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _required(lines):
    names = (_REQUIRED.match(line) for line in lines if not _FOR_EXTRA.search(line))
    return frozenset(normalised(found.group()) for found in names if found is not None)


def _top_modules(files):
    """Names that a package can be imported by: its folders and files at the root."""
    names = set()
    for file in files:
        first, slash, _ = file.partition("/")
        if slash and first.isidentifier() and file.endswith((".py", ".pyc", ".so")):
            names.add(first)
        elif not slash and _MODULE.match(first):
            names.add(_MODULE.match(first).group(1))
    return sorted(names)


def _record(path):
    try:
        with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
            return [row[0] for row in csv.reader(file) if row]
    except (OSError, csv.Error):
        return []


def _headers(path):
    """{name: values} of a file of such lines, up to the first empty one."""
    found = {}
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            for line in file:
                if not line.strip():
                    break
                name, colon, value = line.partition(":")
                if colon and not line[0].isspace():
                    found.setdefault(name, []).append(value.strip())
    except OSError:
        pass
    return found

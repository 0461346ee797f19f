"""Gathers what the audit has to know of one folder of a zip, as data: what it means is decided later.

In: a folder that goes into a zip. Out: facts, each a dict of text with `kind` and `file`, its path
below the folder:
  wheel           a package that was made for another Python, system or machine
  binary          a program or library of another format or for another machine
  module          an extension module whose name says another Python, system or machine
  symbol-version  a file that requires a newer version of a library than there is
  rpath           a file made here that looks for libraries in a folder that Lambda does not have
  secret          a file that looks like a secret
A fact names the package that a file belongs to, where one does.
"""
import os

from binary_files import ELF, PE, binary_kind
from needed_libraries import candidates
from package_owners import PackageOwners
from secret_files import LARGEST, has_secret_name, secret_kind
from wheel_tags import is_compiled_here, module_misfit, module_name, wheel_misfit

# Where Lambda has libraries itself, or a zip brings them.
_IN_LAMBDA = (b"$", b"/var/task", b"/opt", b"/var/lang", b"/var/runtime", b"/lib", b"/usr/lib")
_FOR_TESTS = frozenset((b"test", b"tests", b"testing", b"example", b"examples"))


class Survey:
    """`root`: the folder; `target`: a wheel_tags.Target; `is_installed`: whether pip has filled it."""

    def __init__(self, root, target, is_installed):
        self._root = os.path.abspath(os.fsencode(root))
        self._target = target
        self._is_installed = is_installed
        self._owners = PackageOwners(self._root, everywhere=not is_installed)

    def is_made_here(self, name):
        """Whether pip has compiled the file in this image, rather than taken it from a wheel."""
        owner = self._owners.of(name)
        return self._is_installed and (owner is None or is_compiled_here(owner.tags))

    def facts(self, needed):
        """`needed`: the NeededLibraries that the folder was added to, after needs()."""
        facts, misfit = [], set()
        for package in self._owners.packages().values():
            what = wheel_misfit(package.tags, self._target)
            if what is not None:
                misfit.add(package)
                facts.append(self._fact("wheel", package.metadata + b"/WHEEL", package, misfit=what,
                                        tags=list(package.tags)))
        facts += self._files_for_others(misfit)
        for lack in needed.lacks():
            if os.path.lexists(os.path.join(self._root, lack.file)):
                owner = self._owners.of(lack.file)
                facts.append(self._fact("symbol-version", lack.file, owner, library=text(lack.library),
                                        version=text(lack.version), has=text(lack.has),
                                        tags=list(owner.tags) if owner else []))
        for name, folder in needed.rpaths():
            if folder.startswith(b"/") and not folder.startswith(_IN_LAMBDA):
                if not self._is_installed or self.is_made_here(name):
                    facts.append(self._fact("rpath", name, self._owners.of(name), folder=text(folder)))
        return facts + list(self._secrets())

    def _files_for_others(self, misfit):
        kinds = {}
        for path in candidates(self._root):
            kind = None if os.path.islink(path) else binary_kind(path)
            # Programs of Windows lie in many packages, beside the others.
            if kind is not None and (kind[0] != PE or path.endswith((b".pyd", b".dll"))):
                kinds[os.path.relpath(path, self._root)] = kind
        right = (ELF, self._target.machine)
        # A package, or a folder of nobody's, that has something for Lambda too is made for several.
        made_for_lambda = {self._group(name) for name, kind in kinds.items() if kind == right} \
            if set(kinds.values()) - {right} else ()
        for name, kind in sorted(kinds.items()):
            if kind != right and self._group(name) not in made_for_lambda:
                owner = self._owners.of(name)
                if owner not in misfit and not self._has_other_form(name):
                    yield self._fact("binary", name, owner, format=kind[0], machine=kind[1])
            elif kind == right:
                what = module_misfit(os.fsdecode(os.path.basename(name)), self._target)
                if what is not None and self._owners.of(name) not in misfit and not self._has_other_form(name):
                    yield self._fact("module", name, self._owners.of(name), misfit=what[0], tag=what[1])

    def _group(self, name):
        return self._owners.of(name) or os.path.dirname(name)

    def _has_other_form(self, name):
        """Whether Python finds the module in another file beside this one."""
        folder, base = os.path.split(os.path.join(self._root, name))
        module = module_name(os.fsdecode(base))
        if module is None:
            return False
        for other in os.listdir(folder):
            stem = os.fsdecode(other)
            if other == base or stem.partition(".")[0] != module:
                continue
            if stem == module + ".py" or (os.path.isdir(os.path.join(folder, other)) and stem == module):
                return True
            if module_name(stem) == module and module_misfit(stem, self._target) is None:
                if binary_kind(os.path.join(folder, other)) == (ELF, self._target.machine):
                    return True
        return False

    def _secrets(self):
        for folder, folders, files in os.walk(self._root):
            folders.sort()
            for base in sorted(files):
                path = os.path.join(folder, base)
                name = os.path.relpath(path, self._root)
                looked_into = has_secret_name(name)
                if self._is_installed and (not looked_into or _FOR_TESTS.intersection(name.split(b"/"))):
                    continue
                if os.path.islink(path) or not os.path.isfile(path) or os.path.getsize(path) > LARGEST:
                    continue
                if not looked_into and not self._is_installed and self._owners.of(name) is not None:
                    continue
                with open(path, "rb") as file:
                    kind = secret_kind(name, file.read(LARGEST))
                if kind is not None:
                    yield self._fact("secret", name, self._owners.of(name), secret=kind)

    @staticmethod
    def _fact(kind, name, owner, **more):
        fact = dict(kind=kind, file=text(name), **more)
        if owner is not None:
            fact.update(package=owner.name, packageVersion=owner.version)
        return fact


def text(name):
    return name.decode("utf-8", "backslashreplace")

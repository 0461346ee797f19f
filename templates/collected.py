"""Decides what the collected files of the image become, and writes them.

In: paths of the image, each with a group (b"" for the output's root, b"lib", b"bin"). A folder is
carried whole. A link stays a link, a relative one, if what it points to goes to the same group too;
otherwise it becomes what it points to, under the link's name. Of several such links to one file the
first becomes the file: a library that is there twice would also be loaded twice.
"""
import filecmp
import os
import shutil
import stat
from collections import namedtuple

from failure import Failure, printable
from image_paths import folder_resolved, next_hop, on_disk, resolved

# source: path in the image, the links in its folders followed; final: with its own followed as well.
_Item = namedtuple("_Item", "source final group kind")
_FILE, _FOLDER, _DANGLING = "file", "folder", "dangling"


class Collection:
    """Gathers first and writes at the end: a link may come before what it points to."""

    def __init__(self, root):
        self._root = root
        self._items = {}  # destination below the output -> _Item
        self._destinations = {}  # (group, source) -> destinations
        self._finals = {}  # (group, final) -> destinations of files
        self._folder_links = []  # (item, destination, folders above), to be looked at when all is known

    def add(self, path, group, name=None):
        """Takes the image's file, folder or link, under its own name or another one. Failure if
        something else has its place already."""
        destination = os.path.join(group, name or os.path.basename(path))
        self._add(folder_resolved(self._root, path), group, destination, ())

    def files(self):
        """(destination, path in the image) of everything that becomes a file of its own, sorted."""
        self._follow_folder_links()
        return [(destination, item.final) for destination, item in sorted(self._items.items())
                if item.kind == _FILE and self._link_target(item, destination) is None]

    def names(self, group):
        """The names that are taken directly in the folder of a group."""
        return {os.path.basename(name) for name in self._items if os.path.dirname(name) == group}

    def write(self, output):
        """Writes all below the folder `output`, with modes 0644 and 0755 whatever the umask."""
        self._follow_folder_links()
        _make_folder(output)
        for destination in sorted(self._items):
            self._write(destination, os.path.join(output, destination))

    def _follow_folder_links(self):
        while self._folder_links:
            item, destination, above = self._folder_links.pop(0)
            if self._link_target(item, destination) is None:
                self._add_content(item, destination, above)

    def _add(self, source, group, destination, above):
        final = resolved(self._root, source)
        item = _Item(source, final, group, self._kind(source, final, above))
        present = self._items.setdefault(destination, item)
        if not self._same(present, item):
            raise Failure("{} and {} would both be {}, and they differ".format(
                printable(present.source), printable(source), printable(destination)))
        self._destinations.setdefault((group, source), []).append(destination)
        if item.kind == _FILE:
            self._finals.setdefault((group, final), set()).add(destination)
        if item.kind == _FOLDER and source != final:
            self._folder_links.append((item, destination, above))
        elif item.kind == _FOLDER:
            self._add_content(item, destination, above)

    def _add_content(self, item, destination, above):
        if item.final in above:
            raise Failure("{} is a link to a folder that it is in".format(printable(item.source)))
        for name in sorted(os.listdir(on_disk(self._root, item.final))):
            self._add(os.path.join(item.final, name), item.group, os.path.join(destination, name),
                      above + (item.final,))

    def _kind(self, source, final, above):
        try:
            mode = os.lstat(on_disk(self._root, final)).st_mode
        except OSError:
            if above:
                return _DANGLING  # inside a folder that is carried as it is
            raise Failure("{} is a link to {}, which is not in the image".format(
                printable(source), printable(final)))
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise Failure("{} is neither a file nor a folder".format(printable(source)))
        return _FOLDER if stat.S_ISDIR(mode) else _FILE

    def _same(self, one, other):
        if one.final == other.final or one.kind != other.kind or one.kind != _FILE:
            # The files of two folders of one name are compared one by one.
            return one.kind == other.kind and (one.final == other.final or one.kind == _FOLDER)
        return filecmp.cmp(on_disk(self._root, one.final), on_disk(self._root, other.final), shallow=False)

    def _link_target(self, item, destination):
        """The destination that the link there is to lead to; None if it becomes what it points to."""
        target = self._hop_target(item, destination)
        if target is None and item.kind == _FILE:
            alike = sorted(other for other in self._finals[item.group, item.final]
                           if self._hop_target(self._items[other], other) is None)
            target = None if alike[0] == destination else alike[0]
        return target

    def _hop_target(self, item, destination):
        """The destination of what the link there points to, over links that are not collected."""
        hop = next_hop(self._root, item.source)
        while hop is not None:
            for target in self._destinations.get((item.group, hop), ()):
                if target != destination:
                    return target
            hop = next_hop(self._root, hop)
        return None

    def _write(self, destination, path):
        item = self._items[destination]
        target = self._link_target(item, destination)
        _make_folder(os.path.dirname(path))
        if target is not None:
            os.symlink(os.path.relpath(target, os.path.dirname(destination) or b"."), path)
        elif item.kind == _FOLDER:
            _make_folder(path)
        elif item.kind == _DANGLING:
            os.symlink(os.readlink(on_disk(self._root, item.source)), path)
        else:
            shutil.copyfile(on_disk(self._root, item.final), path)
            executable = os.stat(on_disk(self._root, item.final)).st_mode & 0o111
            os.chmod(path, 0o755 if executable else 0o644)


def _make_folder(path):
    os.makedirs(path, exist_ok=True)
    os.chmod(path, 0o755)

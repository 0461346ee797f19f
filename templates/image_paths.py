"""Finds files of the image: by glob, and through links.

All paths are bytes and absolute inside the image, whose root is `root` (b"/" in a build, another
folder in a test), so that a link to /usr/lib means the image's.
"""
import glob
import os

from failure import Failure, printable

_MOST_LINKS = 40  # as the kernel: more is a circle


def matches(root, pattern):
    """The image's paths that match the glob, sorted; the glob counts from the image's root.

    What is below a folder that matches too is not listed: the folder is carried whole.
    """
    inside = pattern.lstrip(b"/")
    found = glob.glob(os.path.join(glob.escape(root), inside), recursive=True)
    paths = []
    for path in sorted({b"/" + os.path.relpath(path, root) for path in found}, key=lambda p: p.split(b"/")):
        if path == b"/.":
            raise Failure("{} matches the whole image".format(printable(pattern)))
        if not (paths and path.startswith(paths[-1] + b"/")):
            paths.append(path)
    return paths


def on_disk(root, path):
    """Where an image's path is for this process."""
    return os.path.join(root, path.lstrip(b"/"))


def folder_resolved(root, path):
    """The path with every link in its folders followed, but not the last part of it."""
    folder, name = os.path.split(path)
    return os.path.join(resolved(root, folder), name)


def resolved(root, path):
    """The path that is left when every link is followed. Failure if they run in a circle."""
    done, todo, links = b"/", path.split(b"/"), 0
    while todo:
        part = todo.pop(0)
        if part in (b"", b"."):
            continue
        if part == b"..":
            done = os.path.dirname(done)
            continue
        step = os.path.join(done, part)
        if not os.path.islink(on_disk(root, step)):
            done = step
            continue
        links += 1
        if links > _MOST_LINKS:
            raise Failure("{}: its links lead in a circle".format(printable(path)))
        target = os.readlink(on_disk(root, step))
        done = b"/" if target.startswith(b"/") else done
        todo = target.split(b"/") + todo
    return done


def next_hop(root, path):
    """The path a link points to, its folders resolved; None if `path` is no link."""
    if not os.path.islink(on_disk(root, path)):
        return None
    hop = os.path.join(os.path.dirname(path), os.readlink(on_disk(root, path)).rstrip(b"/"))
    by_name = os.path.basename(hop) not in (b"", b".", b"..")
    return folder_resolved(root, hop) if by_name else resolved(root, hop)

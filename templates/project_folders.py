"""Leaves a project folder as it was, although pip builds in it (pip 21.3 and later).

What setuptools leaves there (build/, *.egg-info) is more than dirt: the next build packs what it
finds in build/lib, and so a module that was deleted since. Two installs of one project must not
build at the same time either; on a developer's machine both can happen.
"""
import contextlib
import fnmatch
import os
import shutil

_LEFT_BEHIND = ("build", ".eggs", "*.egg-info")
_BELOW = ("", "src")


@contextlib.contextmanager
def left_as_they_were(projects):
    """Holds a lock on every project folder meanwhile, and then removes what was built in it."""
    ordered = sorted(projects)  # the same order everywhere, so that no two wait for each other
    with contextlib.ExitStack() as locks:
        for project in ordered:
            _lock(project, locks)
        present = {path for project in ordered for path in _built(project)}
        try:
            yield
        finally:
            for project in ordered:
                for path in _built(project):
                    if path not in present:
                        shutil.rmtree(path, ignore_errors=True)


def _built(project):
    for below in _BELOW:
        folder = os.path.join(project, below) if below else project
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            if any(fnmatch.fnmatchcase(name, pattern) for pattern in _LEFT_BEHIND):
                yield os.path.join(folder, name)


def _lock(project, locks):
    try:
        import fcntl
        folder = os.open(project, os.O_RDONLY)
        locks.callback(os.close, folder)
        fcntl.flock(folder, fcntl.LOCK_EX)
    except (ImportError, OSError):
        pass  # a file system without locks: no worse than pip itself

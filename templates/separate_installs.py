"""One pip for each requirements file, as socless_integration_packager installed them.

In: pip's arguments, as RequirementFiles gives them. Out: the arguments of each run, of which a later
one takes the place of what an earlier one has installed; and the metadata of the earlier version of a
package, which pip would leave, removed.
"""
import os
import re
import shutil


def separate_runs(for_pip):
    """pip's arguments of each run: those that are no requirements file are in all of them."""
    files, common, rest = [], [], list(for_pip)
    while rest:
        word = rest.pop(0)
        if word == "-r":
            files.append(rest.pop(0))
        else:
            common.append(word)
    return [common + ["--upgrade", "-r", file] for file in files] or [common + ["--upgrade"]]


def metadata_in(target):
    """{folder: (device and inode, name of the package)} of what is installed."""
    found = {}
    for name in os.listdir(target):
        match = re.match(r"([^-]+)-.*\.(?:dist|egg)-info$", name)
        if match:
            stat = os.lstat(os.path.join(target, name))
            found[name] = (stat.st_ino, stat.st_mtime_ns), re.sub(r"[-_.]+", "-", match.group(1)).lower()
    return found


def remove_superseded(target, before):
    """Removes what was there before of packages that have been installed once more."""
    now = metadata_in(target)
    fresh = {package for name, (state, package) in now.items() if before.get(name, (None,))[0] != state}
    for name, (state, package) in before.items():
        if package in fresh and now.get(name, (None,))[0] == state:
            path = os.path.join(target, name)
            shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)

"""Tells which OS package a file of the image came with.

In: the image's root and paths in it. Out: {path: (package, version)} for those that one owns, and
whose packages they are (distributions have packages of one name, but not of one content). Read
from dpkg's own files, or asked of rpm where there is one.
"""
import glob
import os
import re
import shutil
import subprocess

from failure import Failure
from image_paths import on_disk, resolved

_PATIENCE = 60  # seconds


def os_owners(root, paths):
    spellings = {}  # a name that a package database may have -> the paths that were asked for
    for path in paths:
        for spelling in _spellings(root, path):
            spellings.setdefault(spelling, []).append(path)
    if not spellings:
        return {}
    if os.path.isdir(on_disk(root, b"/var/lib/dpkg/info")):
        return _of_dpkg(root, spellings)
    return _of_rpm(root, paths) if shutil.which("rpm") else {}


def package_system(root):
    """What kind of packages the image has, and whose: `deb/debian`, `rpm/amzn`; None when it has neither."""
    kind = b"deb" if os.path.isdir(on_disk(root, b"/var/lib/dpkg/info")) else b"rpm" if shutil.which("rpm") else None
    if kind is None:
        return None
    try:
        with open(on_disk(root, b"/etc/os-release"), "rb") as file:
            found = re.search(br"^ID=[\"']?([a-z0-9._-]+)", file.read(), re.M)
    except OSError:
        found = None
    return kind + b"/" + found.group(1) if found else None


def _spellings(root, path):
    """The path and what it leads to, each with and without /usr: /lib may be a link to /usr/lib."""
    names = [path]
    try:
        names.append(resolved(root, path))
    except Failure:
        pass
    for name in names:
        yield name
        yield name[4:] if name.startswith(b"/usr/") else b"/usr" + name


def _of_dpkg(root, spellings):
    owners = {}
    for listing in sorted(glob.glob(on_disk(glob.escape(root), b"/var/lib/dpkg/info/*.list"))):
        with open(listing, "rb") as file:
            owned = spellings.keys() & set(file.read().split(b"\n"))
        for spelling in owned:
            package = os.path.basename(listing)[:-len(b".list")].partition(b":")[0]
            for path in spellings[spelling]:
                owners.setdefault(path, package)
    versions = _dpkg_versions(root, set(owners.values()))
    return {path: (package, versions.get(package, b"")) for path, package in owners.items()}


def _dpkg_versions(root, packages):
    versions, package = {}, None
    try:
        with open(on_disk(root, b"/var/lib/dpkg/status"), "rb") as file:
            for line in file:
                if line.startswith(b"Package: "):
                    package = line[9:].strip()
                elif line.startswith(b"Version: ") and package in packages:
                    versions[package] = line[9:].strip()
    except OSError:
        pass
    return versions


def _of_rpm(root, paths):
    owners = {}
    for path in paths:
        command = ["rpm", "--root", root, "-qf", "--qf", "%{NAME}\t%{VERSION}-%{RELEASE}\n", path]
        try:
            answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                    stdin=subprocess.DEVNULL, timeout=_PATIENCE)
        except (OSError, subprocess.TimeoutExpired):
            return owners
        package, tab, version = answer.stdout.partition(b"\n")[0].partition(b"\t")
        if answer.returncode == 0 and tab:
            owners[path] = (package, version)
    return owners

"""Makes what pip installed depend on nothing but the packages.

In: a folder that `pip install --target` filled. Out: the same folder without bytecode, without
notes of where it was installed from and by which path of Python, with RECORD files that are true.
What importlib.metadata reads is kept. Source: PyPA specifications, "Recording installed projects".
"""
import base64
import csv
import hashlib
import io
import os
import posixpath
import re
import shutil
import stat

_SHEBANG = b"#!/usr/bin/env python3\n"
# direct_url.json has the path or URL of a local project; REQUESTED is pip's own note, and old pips
# do not write it. INSTALLER is always "pip".
_DROPPED_METADATA = ("direct_url.json", "REQUESTED")
_METADATA = (".dist-info", ".egg-info")
# pip's long form, for an interpreter whose path has a blank or is too long for the kernel.
_LONG_SHEBANG = re.compile(br"#!/bin/sh\n'''exec' [^\n]*python[^\n]*\n' '''\n")
_PLAIN_SHEBANG = re.compile(br"#![^\n]*python[^\n]*\n")


def normalise(root):
    """Normalises the folder in place. Returns lines of warning, one for each file that pip left out."""
    _drop_bytecode(root)
    _repeatable_scripts(os.path.join(root, "bin"))
    _modes(root)
    warnings = []
    for name in sorted(os.listdir(root)):
        folder = os.path.join(root, name)
        if name.endswith(_METADATA) and os.path.isdir(folder):
            for dropped in _DROPPED_METADATA:
                if os.path.lexists(os.path.join(folder, dropped)):
                    os.unlink(os.path.join(folder, dropped))
            warnings += _true_record(root, name)
            _true_installed_files(root, name)
    return warnings


def _drop_bytecode(root):
    for folder, folders, files in os.walk(root):
        if "__pycache__" in folders:
            shutil.rmtree(os.path.join(folder, "__pycache__"))
            folders.remove("__pycache__")
        for name in files:
            if name.endswith((".pyc", ".pyo")):
                os.unlink(os.path.join(folder, name))


def _repeatable_scripts(folder):
    for name in os.listdir(folder) if os.path.isdir(folder) else ():
        path = os.path.join(folder, name)
        if os.path.islink(path) or not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            if file.read(2) != b"#!":
                continue
            script = b"#!" + file.read()
        match = _LONG_SHEBANG.match(script) or _PLAIN_SHEBANG.match(script)
        if match:
            os.chmod(path, 0o755)
            with open(path, "wb") as file:
                # Some versions of pip put an empty line behind one form of the shebang.
                file.write(_SHEBANG + script[match.end():].lstrip(b"\n"))


def _modes(root):
    """0755 for folders and what anyone may execute, 0644 for the rest: the umask leaves no trace."""
    os.chmod(root, 0o755)
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            path = os.path.join(folder, name)
            mode = os.lstat(path).st_mode
            if stat.S_ISDIR(mode):
                os.chmod(path, 0o755)
            elif stat.S_ISREG(mode):
                os.chmod(path, 0o755 if mode & 0o111 else 0o644)


def _true_record(root, metadata):
    """Rewrites RECORD: sorted, true sizes and digests, only files that are there."""
    path = os.path.join(root, metadata, "RECORD")
    if not os.path.isfile(path):
        return []
    with open(path, encoding="utf-8", newline="") as file:
        listed = {_inside_target(row[0]) for row in csv.reader(file) if row}
    rows, missing = [], []
    for name in sorted(listed):
        full = os.path.join(root, name)
        if os.path.isfile(full):
            rows.append((name, "", "") if name == metadata + "/RECORD" else (name,) + _fingerprint(full))
        elif not name.endswith((".pyc", ".pyo")) and posixpath.basename(name) not in _DROPPED_METADATA:
            missing.append(name)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text.getvalue())
    return ["warning: pip left {} of {} out: with --target it keeps one of two folders named {}".format(
        ascii(name)[1:-1], metadata.rpartition(".")[0], name.split("/")[0]) for name in missing]


def _inside_target(name):
    """Pip records what it installs before it moves it to the target: ../../bin/x is bin/x now."""
    parts = posixpath.normpath(name).split("/")
    return "/".join(part for part in parts if part not in ("..", ""))


def _fingerprint(path):
    with open(path, "rb") as file:
        content = file.read()
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode("ascii")
    return "sha256=" + digest, str(len(content))


def _true_installed_files(root, metadata):
    """The list that `setup.py install` leaves instead of a RECORD, with paths from its own folder."""
    path = os.path.join(root, metadata, "installed-files.txt")
    if not os.path.isfile(path):
        return
    with open(path, encoding="utf-8") as file:
        listed = set(file.read().splitlines())
    present = sorted(name for name in listed if os.path.lexists(os.path.join(root, metadata, name)))
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("".join(name + "\n" for name in present))

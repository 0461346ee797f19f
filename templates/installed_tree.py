"""Makes what was installed depend on nothing but the packages.

In: a folder that `pip install --target` filled, or uv in its place. Out: the same folder without bytecode, without
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

from console_scripts import make_repeatable

# direct_url.json has the path or URL of a local project; REQUESTED is pip's own note, and old pips
# do not write it.
_DROPPED_METADATA = ("direct_url.json", "REQUESTED")
_METADATA = (".dist-info", ".egg-info")
_LIBRARY = re.compile(r"\.so(\.[\w.]+)?\Z")


def normalise(root):
    """Normalises the folder in place. Returns lines of warning, one for each file that pip left out."""
    _drop_bytecode(root)
    make_repeatable(os.path.join(root, "bin"))
    _modes(root)
    warnings = []
    for name in sorted(os.listdir(root)):
        folder = os.path.join(root, name)
        if name.endswith(_METADATA) and os.path.isdir(folder):
            for dropped in _DROPPED_METADATA:
                if os.path.lexists(os.path.join(folder, dropped)):
                    os.unlink(os.path.join(folder, dropped))
            _one_installer(folder)
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


def _modes(root):
    """0755 for folders and programs that anyone may execute, 0644 for the rest: the umask leaves no trace.

    Of a wheel whose zip has modes without a type pip makes nothing executable, uv everything.
    """
    os.chmod(root, 0o755)
    scripts = os.path.join(root, "bin")
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            path = os.path.join(folder, name)
            mode = os.lstat(path).st_mode
            if stat.S_ISDIR(mode):
                os.chmod(path, 0o755)
            elif stat.S_ISREG(mode):
                is_executable = mode & 0o111 and (folder == scripts or is_program(path))
                os.chmod(path, 0o755 if is_executable else 0o644)


def is_program(path):
    """Whether the system can run the file, by its content; not a shared library, which is only loaded."""
    with open(path, "rb") as file:
        start = file.read(4)
    return start[:2] == b"#!" or (start == b"\x7fELF" and not _LIBRARY.search(path))


def _one_installer(folder):
    """Which of two has brought the package is no property of it: what reads INSTALLER expects pip."""
    path = os.path.join(folder, "INSTALLER")
    if os.path.isfile(path):
        with open(path, "wb") as file:
            file.write(b"pip\n")


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
    # Its mode in the wheel is of no meaning; uv keeps it.
    os.chmod(path, 0o644)
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

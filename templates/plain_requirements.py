"""Reads requirements that mean the same thing to every installer: names, versions, extras, markers, hashes.

In: pip's arguments. Out: the lines of all requirements files and those of all constraints files, one
requirement a line, written anew; or None where anything else is in them: an option, an address, a
path, a variable, a pre-release. What is not known to be plain is not plain, so that no line can
become an option of another program. Sources: pip's documentation, "Requirements File Format"; PyPA
specifications, "Dependency specifiers" and "Version specifiers".
"""
import os
import re
from collections import namedtuple

# lines: as an installer takes them, without hashes; hashes: {normalised name: set of sha256}.
PlainRequirements = namedtuple("PlainRequirements", "requirements constraints hashes")

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
# No pre-release: whether one is taken is where installers differ.
_VERSION = r"[0-9]+(?:\.[0-9]+)*(?:\.post[0-9]+)?(?:\.\*)?"
_CLAUSE = r"(?:==|!=|~=|<=|>=|<|>)\s*" + _VERSION
_VARIABLE = ("python_version|python_full_version|os_name|sys_platform|platform_machine|platform_system|"
             "platform_python_implementation|implementation_name")
_MARKER = r"""(?:\s|[()]|<=|>=|==|!=|~=|<|>|"[\w .-]*"|'[\w .-]*'|\b(?:and|or|not|in|%s)\b)+""" % _VARIABLE
_REQUIREMENT = re.compile(
    r"(?P<name>{name})\s*(?P<extras>\[\s*{name}(?:\s*,\s*{name})*\s*\])?"
    r"\s*(?P<clauses>{clause}(?:\s*,\s*{clause})*)?\s*(?:;(?P<marker>{marker}))?"
    r"(?P<hashes>(?:\s+--hash=sha256:[0-9a-f]{{64}})*)\Z".format(name=_NAME, clause=_CLAUSE, marker=_MARKER), re.A)
_OTHER_FILE = re.compile(r"(?P<option>-r|-c|--requirement|--constraint)(?:\s+|=|(?<=-[rc]))(?P<path>[\w./+@~-]+)\Z", re.A)
# Pip takes such a name for that of a file.
_ARCHIVE = re.compile(r"\.(?:whl|zip|tar|tar\.\w+|tgz|tbz|txz|tlz)\Z", re.I)
_CODING = re.compile(r"coding[:=]")


class NotPlain(Exception):
    pass


def plain_requirements(arguments):
    """PlainRequirements of pip's arguments, or None if they hold anything else, or nothing."""
    found = PlainRequirements([], [], {})
    words = list(arguments)
    try:
        while words:
            option, equals, path = words.pop(0).partition("=")
            if option not in ("-r", "-c", "--requirement", "--constraint"):
                return None
            _read(path if equals else words.pop(0), option in ("-c", "--constraint"), found, ())
    except (NotPlain, OSError, UnicodeError, IndexError):
        return None
    return found if found.requirements else None


def normalised(name):
    """The name as an index has it: PyPA specifications, "Names and normalization"."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _read(path, constrains, found, above):
    path = os.path.normpath(os.path.abspath(path))
    if path in above:
        raise NotPlain("a file that names itself")
    with open(path, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    if any(_CODING.search(line) for line in text.split("\n")[:2]):
        raise NotPlain("a file in an encoding of its own")
    for line in _logical_lines(text):
        other = _OTHER_FILE.match(line)
        if other is None:
            _add(line, constrains, found)
        elif constrains:
            raise NotPlain("what a constraints file names")
        else:
            nested = os.path.join(os.path.dirname(path), other.group("path"))
            _read(nested, other.group("option") in ("-c", "--constraint"), found, above + (path,))


def _logical_lines(text):
    """As pip has them: lines are joined before comments are removed."""
    waiting = ""
    for line in text.splitlines():
        # The line behind a comment's own backslash is where pip's versions differ.
        if line.endswith("\\") and "#" in line:
            raise NotPlain("a comment that goes on")
        if line.endswith("\\"):
            waiting += line[:-1].rstrip() + " "
            continue
        line = re.sub(r"(^|\s+)#.*$", "", waiting + line).strip()
        waiting = ""
        if line:
            yield line
    if waiting.strip():
        raise NotPlain("a last line that goes on")


def _add(line, constrains, found):
    match = _REQUIREMENT.match(line)
    if match is None or _ARCHIVE.search(match.group("name")):
        raise NotPlain(line)
    name, extras, clauses, marker, hashes = match.groups()
    if constrains and (extras or hashes):
        raise NotPlain(line)
    plain = name + re.sub(r"\s", "", extras or "") + re.sub(r"\s", "", clauses or "")
    plain += "" if marker is None else " ; " + " ".join(marker.split())
    (found.constraints if constrains else found.requirements).append(plain)
    if hashes:
        allowed = re.findall(r"[0-9a-f]{64}", hashes)
        found.hashes.setdefault(normalised(name), set()).update(allowed)

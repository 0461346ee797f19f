"""Makes editable requirements plain, because `pip install --target` refuses editable ones.

In: pip's arguments. Out: the same arguments, `-e PATH` turned into the absolute PATH; a requirement
file in which (or in a file it names) that happens is replaced by a copy in a scratch folder. No
file of the user's is written. Pip takes a requirement's path from its working folder, which stays
the same, but the path of a nested file from the file that names it: in a copy those are absolute.
Line numbers stay, so that pip's errors name the right one.
Source: pip's documentation, "Requirements File Format".
"""
import os
import re
import shlex
from urllib.request import pathname2url

from failure import Failure, printable

_LONG = {"--editable": "-e", "--requirement": "-r", "--constraint": "-c", "--find-links": "-f"}
_SHORT = tuple(_LONG.values())
_VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)\}")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://|file:|[a-z0-9._-]+(\[[^\]]*\])?\s*@\s", re.I)
# A path that pip cannot take for a comment, a marker or an option.
_PLAIN_PATH = re.compile(r"(?!.* -)[\w./@+~=, -]+$")


class RequirementFiles:
    """Follows pip's arguments and the files they name. `projects`: the folders that pip will build."""

    def __init__(self, scratch):
        self.projects = set()
        self._scratch = scratch
        self._copies = {}  # absolute path -> path of its copy, or None where it can be used as it is

    def plain_arguments(self, arguments):
        """Pip's arguments without editable requirements."""
        requirements, rest, _ = self._plain(arguments, os.getcwd())
        self.projects.update(filter(None, map(_project, arguments)))
        return requirements + rest

    def _plain(self, words, folder):
        """(plain requirements, all other words, whether pip must not see the original words)."""
        requirements, rest, changed, waiting = [], [], False, None
        for word in words:
            option, value = (waiting, word) if waiting else _split_option(word)
            waiting = None
            if option is None:
                rest.append(word)
            elif value is None:
                waiting = option
            elif option == "-e":
                requirements.append(plain_requirement(_expanded(value)))
                self.projects.update(filter(None, [_project(_expanded(value))]))
                changed = True
            else:
                path = os.path.join(folder, _expanded(value))
                copy = None if option == "-f" or _URL.match(value) else self._copy_of(os.path.normpath(path))
                rest += [option, copy or (path if os.path.exists(path) else value)]
                changed = changed or copy is not None
        return requirements, rest + ([waiting] if waiting else []), changed

    def _copy_of(self, path):
        if path not in self._copies:
            self._copies[path] = None  # a file that names itself is not followed for ever
            self._copies[path] = self._copy(path)
        return self._copies[path]

    def _copy(self, path):
        try:
            with open(path, encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
                text = file.read()
        except OSError:
            return None  # pip's own error will be the better one
        # A logical line goes on over an end of line with a backslash before it.
        lines = [self._line(line, os.path.dirname(path)) for line in
                 re.findall(r"(?:[^\n\\]|\\(?:\r?\n)?)+|\n", text)]
        if not any(changed for _, changed in lines):
            return None
        copy = os.path.join(self._scratch, str(len(os.listdir(self._scratch))), os.path.basename(path))
        os.makedirs(os.path.dirname(copy))
        with open(copy, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
            file.write("".join(line for line, _ in lines))
        return copy

    def _line(self, line, folder):
        """(the logical line as it must be in a copy, whether a copy is needed for its sake)."""
        words = _words(line)
        if not words or not words[0].startswith("-"):
            self.projects.update(filter(None, [_project(_expanded(_text(line)))]))
            return line, False
        requirements, rest, changed = self._plain(words, folder)
        if not requirements and rest == words:
            return line, False
        ends = "".join("\\" + end for end in re.findall(r"\\(\r?\n)", line))
        return " ".join(requirements + [shlex.quote(word) for word in rest]) + ends, changed


def plain_requirement(requirement):
    """`./lib[extra]` as a requirement that pip cannot take for a package of an index."""
    if _URL.match(requirement):
        return requirement
    path, extras = _path_and_extras(requirement)
    if _PLAIN_PATH.match(path):
        return path + extras
    if extras:
        raise Failure("-e {}: pip takes no extras with a path like this one; rename the folder"
                      .format(printable(requirement)))
    return "file://" + pathname2url(path)


def _path_and_extras(requirement):
    path, extras = re.match(r"(.*?)(\[[^\[\]]*\])?$", requirement, re.S).groups()
    if extras and os.path.isdir(requirement):
        path, extras = requirement, ""
    return os.path.abspath(path), extras or ""


def _project(requirement):
    """The folder that a requirement names, if pip would build it there; else None."""
    text = re.split(r"\s*;\s|\s+--", requirement)[0].strip()
    path, _ = _path_and_extras(re.sub(r"^([\w.-]+(\[[^\]]*\])?\s*@\s*)?file:(//)?", "", text))
    built = any(os.path.exists(os.path.join(path, name)) for name in ("setup.py", "pyproject.toml"))
    return os.path.realpath(path) if built else None


def _split_option(word):
    """(short name, value) of an option that matters here; value None if it is the next word."""
    name, equals, value = word.partition("=")
    if name in _LONG:
        return _LONG[name], value if equals else None
    if word[:2] in _SHORT:
        return word[:2], word[2:] or None
    return None, None


def _expanded(value):
    return _VARIABLE.sub(lambda match: os.environ.get(match.group(1)) or match.group(0), value)


def _text(line):
    return re.sub(r"(^|\s+)#.*$", "", re.sub(r"\\\r?\n", "", line)).strip()


def _words(line):
    try:
        return shlex.split(_text(line))
    except ValueError:  # a quote left open: pip's error will say so
        return []

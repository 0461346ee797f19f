"""Exclude patterns in the manner of .dockerignore, matched against a path inside one tree.

`*` and `?` stop at a slash, `**` does not, `[a-z]` and `[^a-z]` are one character, a backslash takes
the next character as it is. A pattern that matches a folder matches all below it; `!` takes out
again; the last pattern that matches decides. Leading and trailing slashes mean nothing.
BuildKit differs: it asks a pattern only where that changes something, so that behind `**/*.md` its
`!docs` does not take docs/a.md back. pkgr's own excludes mean what is said here.
Source: Docker's reference, ".dockerignore file", and Go's filepath.Match.
"""
import re

from failure import Failure, printable


class IgnorePatterns:
    """Patterns (bytes, UTF-8) in their order; asks are answered from what is known of the parent."""

    def __init__(self, patterns):
        self._rules = [rule for rule in (_rule(pattern) for pattern in patterns) if rule]
        self.empty = not self._rules
        # Without a `!` nothing below an excluded folder can come back.
        self.prunes = not any(takes_out for takes_out, _ in self._rules)
        self._known = {"": [False] * len(self._rules)}

    def excludes(self, path):
        """Whether the path (bytes, UTF-8, `/` between its parts, not at its ends) is excluded."""
        if self.empty:
            return False
        excluded = False
        for (takes_out, _), matched in zip(self._rules, self._matches(path.decode("utf-8"))):
            if matched:
                excluded = not takes_out
        return excluded

    def _matches(self, path):
        """For each rule: does it match this path or a folder above it?"""
        known = self._known.get(path)
        if known is None:
            above = self._matches(path.rpartition("/")[0])
            known = [a or bool(regex.match(path)) for a, (_, regex) in zip(above, self._rules)]
            self._known[path] = known
        return known


def _rule(pattern):
    try:
        text = pattern.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise Failure("exclude {}: a pattern must be UTF-8".format(printable(pattern)))
    takes_out = text.startswith("!")
    glob = "/".join(part for part in text[takes_out:].strip().split("/") if part not in ("", "."))
    if not glob:
        if takes_out:
            raise Failure("exclude !: a pattern must follow the exclamation mark")
        return None
    if ".." in glob.split("/"):
        raise Failure("exclude {}: a pattern cannot leave the folder".format(printable(pattern)))
    try:
        return takes_out, re.compile(_regex(glob), re.DOTALL)
    except (re.error, IndexError):
        raise Failure("exclude {}: this is no pattern (a bracket or backslash is left open)"
                      .format(printable(pattern)))


def _regex(glob):
    result, at = "", 0
    while at < len(glob):
        char = glob[at]
        at += 1
        if char == "*" and glob.startswith("*", at):
            at += 1
            if glob.startswith("/", at):
                at += 1
            result += ".*" if at == len(glob) else "(?:.*/)?"
        elif char == "*":
            result += "[^/]*"
        elif char == "?":
            result += "[^/]"
        elif char == "[":
            one, at = _one_of(glob, at)
            result += one
        elif char == "\\":
            result += re.escape(glob[at])
            at += 1
        else:
            result += re.escape(char)
    return result + r"\Z"


def _one_of(glob, at):
    """The class that starts behind the bracket at `at`, and where it ends; IndexError if it does not."""
    negated = glob[at] == "^"
    at += negated
    ranges = ""
    while glob[at] != "]" or not ranges:
        low, at = _class_char(glob, at)
        high = low
        if glob[at] == "-" and glob[at + 1] != "]":
            high, at = _class_char(glob, at + 1)
        ranges += re.escape(low) + "-" + re.escape(high)
    return "(?!/)[{}{}]".format("^" if negated else "", ranges), at + 1


def _class_char(glob, at):
    return (glob[at + 1], at + 2) if glob[at] == "\\" else (glob[at], at + 1)

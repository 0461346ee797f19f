"""Makes the scripts of a bin/ the same whichever interpreter and installer has written them.

In: a folder bin/. Out: the same, with /usr/bin/env for the path of a Python, and the scripts of entry
points, which each installer and each version of pip writes otherwise, in one form.
Source: PyPA specifications, "Entry points specification" and "Recording installed projects".
"""
import os
import re

_SHEBANG = b"#!/usr/bin/env python3\n"
# pip's long form, for an interpreter whose path has a blank or is too long for the kernel.
_LONG_SHEBANG = re.compile(br"#!/bin/sh\n'''exec' [^\n]*python[^\n]*\n' '''\n")
_PLAIN_SHEBANG = re.compile(br"#![^\n]*python[^\n]*\n")
# What pip and uv write; between the test and the call they take Windows' endings from the name.
_ENTRY_POINT = re.compile(
    br"(?:# -\*- coding: utf-8 -\*-\n)?(?:import re\n)?import sys\n(?P<load>from [\w.]+ import \w+\n)"
    br"if __name__ == (?:'__main__'|\"__main__\"):\n"
    br"(?: +(?:(?:el)?if sys\.argv\[0\]\.endswith\([^\n()]+\):|"
    br"sys\.argv\[0\] = (?:re\.sub\([^\n]+, '', sys\.argv\[0\]\)|sys\.argv\[0\]\[:-\d+\]))\n)*"
    br"(?P<call>    sys\.exit\([\w.]+\(\)\)\n)\Z")


def make_repeatable(folder):
    """Rewrites the scripts of the folder, which need not exist."""
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
                file.write(_SHEBANG + _in_one_form(script[match.end():].lstrip(b"\n")))


def _in_one_form(script):
    match = _ENTRY_POINT.match(script)
    if match is None:
        return script
    return b"import sys\n" + match.group("load") + b"if __name__ == '__main__':\n" + match.group("call")

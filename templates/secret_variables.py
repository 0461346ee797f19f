"""Environment variables whose values are secrets.

In: names, and a folder with a file env-NAME for each that is given: Docker's secret mounts, of which
no layer and no key of Docker's cache has the content. Out: the variables, and a way to run a program
that prints **** where it would print a value.
"""
import os
import subprocess
import sys
from urllib.parse import quote

from failure import Failure, printable

# A shorter value, such as 1 or -O2, is everywhere in a log, and no secret.
_SHORTEST = 5


def secret_variables(names, folder, environment):
    """{name: value} of those that are given, in the folder (None for no folder) or the environment."""
    found = {}
    for name in names:
        path = None if folder is None else os.path.join(folder, "env-" + name)
        if path is not None and os.path.isfile(path):
            with open(path, "rb") as file:
                value = file.read()
            if b"\0" in value:
                raise Failure("the secret variable {} has a zero byte, which no variable can have".format(
                    printable(name)))
            found[name] = os.fsdecode(value)
        elif name in environment:
            found[name] = environment[name]
    return found


def masks_of(variables):
    """The bytes that must not be printed: each value as it is and as part of an address, longest first."""
    values = {os.fsencode(value) for value in variables.values()}
    values |= {line for value in values for line in value.splitlines()}
    values |= {os.fsencode(quote(value, safe="")) for value in values}
    return sorted((value for value in values if len(value) >= _SHORTEST), key=lambda value: (-len(value), value))


def call_masked(command, environment, masks):
    """The exit code of the command, as subprocess.call has it; what it prints comes a line at a time."""
    if not masks:
        return subprocess.call(command, env=environment, stdin=subprocess.DEVNULL)
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        for line in process.stdout:
            for mask in masks:
                line = line.replace(mask, b"****")
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
        return process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise

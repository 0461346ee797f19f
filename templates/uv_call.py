"""Installs plain requirements with uv, so that what is there is what pip would have left.

In: requirements of plain_requirements.py, an empty folder, pip's environment. Out: the folder filled,
and a report as pip writes it; or NotWithUv, and then pip is to do it all. First uv chooses, into a
lock, then installs exactly what that names. It never builds anything: no code of a package runs, and
nothing that was built here gets into the cache, which other builds share.
"""
import os
import subprocess
import sys
from email.parser import HeaderParser

from only_choice import direct_names, is_only_choice, same_version
from plain_requirements import normalised
from uv_choice import uv_environment
from uv_layout import laid_out_otherwise
from uv_lock import Unreadable, read_lock, size_of_wheels, used_wheel, write_report

_LOCK = "pylock.toml"


class NotWithUv(Exception):
    """Why pip has to install these packages."""


class Uv:
    """The program, with a cache, in an empty folder in which nothing of the user's lies."""

    def __init__(self, program, cache, environment, scratch):
        self.cache, self._scratch = cache, scratch
        self._environment = uv_environment(environment)
        self._common = ["--no-config", "--quiet", "--python", sys.executable, "--cache-dir", cache]
        self._program = os.path.abspath(program)

    def choose(self, name, plain, *options):
        """{normalised name: Locked} of what the requirements lead to; the lock lies in a folder `name`."""
        folder = os.path.join(self._scratch, name)
        os.mkdir(folder)
        for file, lines in (("requirements.txt", plain.requirements), ("constraints.txt", plain.constraints)):
            with open(os.path.join(folder, file), "w", encoding="ascii", newline="\n") as written:
                written.write("".join(line + "\n" for line in lines))
        lock = os.path.join(folder, _LOCK)
        self._run("compile", "--format", "pylock.toml", "--output-file", lock, *options,
                  "--constraint", os.path.join(folder, "constraints.txt"), os.path.join(folder, "requirements.txt"))
        with open(lock, encoding="utf-8") as file:
            return read_lock(file.read())

    def install(self, name, target):
        """Installs what choose() has left in the folder `name`."""
        self._run("install", "--no-build", "--no-deps", "--target", target,
                  "--requirement", os.path.join(self._scratch, name, _LOCK))

    def _run(self, command, *arguments):
        process = subprocess.Popen([self._program, "pip", command] + self._common + list(arguments),
                                   cwd=self._scratch, env=self._environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        told = process.communicate()[0].decode("utf-8", "replace")
        if process.returncode != 0:
            raise NotWithUv(_in_one_line(told) or "it ended with exit code {}".format(process.returncode))


def install_with_uv(uv, plain, target, report, prepare):
    """Fills the folder `target`, and the file `report` unless it is None.

    `prepare` is called before, with the bytes of all wheels, or None where one's is not known."""
    try:
        chosen = uv.choose("chosen", plain, "--no-build")
        prepare(size_of_wheels(chosen.values()))
        uv.install("chosen", target)
        metadata = _metadata_in(target)
        if set(metadata) != set(chosen) or \
                not all(same_version(metadata[name][1], locked.version) for name, locked in chosen.items()):
            raise NotWithUv("it has not installed what it has chosen")
        _judge(uv, plain, chosen, {name: requires for name, (_, _, requires) in metadata.items()})
        why = laid_out_otherwise(target, uv.cache)
        if why is not None:
            raise NotWithUv(why)
        direct, packages = direct_names(plain.requirements), []
        for name, (folder, version, _) in sorted(metadata.items()):
            wheel = used_wheel(chosen[name], _headers(folder, "WHEEL").get_all("Tag") or [])
            if plain.hashes and wheel[1] not in plain.hashes.get(name, ()):
                raise NotWithUv("its wheel of {} is none of those that are allowed".format(name))
            packages.append((name, version, wheel, name in direct))
            _as_pip_leaves_it(folder, name in direct)
        if report is not None:
            write_report(report, packages)
        lock = os.path.join(target, ".lock")
        if os.path.exists(lock):
            os.unlink(lock)
    except (Unreadable, ImportError, OSError, ValueError) as error:
        raise NotWithUv(str(error))


def _judge(uv, plain, chosen, requires):
    def newest(lines, prereleases):
        newest.calls += 1
        allowed = [word for name in prereleases for word in ("--prerelease-package", name + "=allow")]
        # Its cache has all that is known of these packages: they have just been chosen.
        found = uv.choose("newest-{}".format(newest.calls), plain._replace(requirements=lines, constraints=[]),
                          "--no-deps", "--offline", *allowed)
        return {name: locked.version for name, locked in found.items()}
    newest.calls = 0
    versions = {name: locked.version for name, locked in chosen.items()}
    try:
        alone = is_only_choice(versions, plain.requirements, plain.constraints, requires, newest)
    except (NotWithUv, Unreadable):
        alone = False
    if not alone:
        raise NotWithUv("newer versions had to be given up, or have to be built")


def _metadata_in(target):
    """{normalised name: (folder of the metadata, version, what it requires)}"""
    found = {}
    for name in os.listdir(target):
        if name.endswith(".dist-info"):
            folder = os.path.join(target, name)
            headers = _headers(folder, "METADATA")
            found[normalised(headers["Name"])] = folder, headers["Version"], headers.get_all("Requires-Dist") or []
    return found


def _headers(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
        return HeaderParser().parse(file)


def _as_pip_leaves_it(folder, requested):
    """REQUESTED is for what was asked for; uv has it for everything that is in a lock."""
    note = os.path.join(folder, "REQUESTED")
    if not requested and os.path.exists(note):
        os.unlink(note)


def _in_one_line(told):
    lines = [" ".join(line.split()) for line in told.partition("\nhint:")[0].splitlines()]
    return " ".join(filter(None, lines))[:300]

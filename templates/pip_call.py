"""Runs pip in a process of its own, in an environment in which what it builds can be repeated.

In: pip's arguments, and where its cache, configuration and trust roots are. Out: pip's exit code;
its output is its own.
"""
import os
import re
import subprocess
import sys

from failure import Failure, printable
from secret_variables import call_masked

# `python -m pip` would look for modules in the working folder first, and so in the user's code:
# a logging.py or typing.py there would break pip.
_RUN_PIP = ('import sys\nif sys.path[0] == "": del sys.path[0]\nimport runpy\n'
            'runpy.run_module("pip", run_name="__main__", alter_sys=True)')
_CERTIFICATE_VARIABLES = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO")
# 1980-01-01: the first day that a zip, and so a wheel, can tell.
_FIRST_DAY = "315532800"
# For a unit whose image is all that tells its Python.
ANY_RUNTIME = "any"


def check_interpreter(runtime, arguments):
    """Failure unless this interpreter has pip, and is the runtime's (or pip is told another version).

    The runtime "any" is that of whichever Python this is.
    """
    if runtime == ANY_RUNTIME:
        pip_version()
        return
    wanted = re.match(r"python(3\.\d+)$", runtime)
    if not wanted:
        raise Failure("--runtime {}: a runtime is written like python3.11".format(printable(runtime)))
    for target in _python_versions(arguments):
        if target not in (wanted.group(1), wanted.group(1).replace(".", "")) and \
                not target.startswith(wanted.group(1) + "."):
            raise Failure("the runtime is {} but pip is told --python-version {}".format(runtime, printable(target)))
        break
    else:
        here = "{}.{}".format(*sys.version_info[:2])
        if here != wanted.group(1):
            raise Failure("the runtime is {} but {} is Python {}: choose an image that has {}".format(
                runtime, printable(sys.executable), here, runtime))
    pip_version()


def pip_version():
    """(major, minor) of this interpreter's pip."""
    try:
        import pip
    except ImportError:
        raise Failure("{} (Python {}.{}) has no pip: choose an image that has it, or install it there".format(
            printable(sys.executable), *sys.version_info[:2]))
    return tuple(int(number) for number in re.findall(r"\d+", pip.__version__)[:2])


def run_pip(target, arguments, environment, report=None, masks=()):
    """pip install --target; returns its exit code (128 + the number of a signal that ended it).

    A pip that can tells what it has installed in the file `report`, as JSON. `masks`: bytes that are
    printed as ****.
    """
    version = pip_version()
    command = [sys.executable, "-c", _RUN_PIP, "install", "--no-compile", "--disable-pip-version-check", "--no-input"]
    if version >= (10, 0):
        command.append("--no-warn-script-location")
    if version >= (22, 1):
        command.append("--root-user-action=ignore")
    if report is not None and version >= (22, 2):
        command += ["--report", report]
    if "PIP_CACHE_DIR" not in environment:
        command.append("--no-cache-dir")
    command += ["--target", target] + arguments
    sys.stdout.flush()
    code = call_masked(command, environment, masks)
    return code if code >= 0 else 128 - code


def pip_environment(base, ca, configuration, cache):
    """The environment `base`, completed. `ca` and `configuration` count only if the files exist:
    they are secrets, which a build may go without. `cache`: see shared_downloads, or None."""
    environment = dict(base)
    if ca is not None and os.path.isfile(ca):
        environment.update((name, os.path.abspath(ca)) for name in _CERTIFICATE_VARIABLES)
    if configuration is not None and os.path.isfile(configuration):
        environment["PIP_CONFIG_FILE"] = os.path.abspath(configuration)
    environment.pop("PIP_CACHE_DIR", None)
    if cache is not None:
        environment["PIP_CACHE_DIR"] = cache
    environment.update({
        # These two forbid --target; a developer may have either in the environment or in pip.conf.
        "PIP_USER": "0",
        "PIP_REQUIRE_VIRTUALENV": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": _FIRST_DAY,
        "GIT_TERMINAL_PROMPT": "0",
    })
    # A proxy that stalls for half a minute would end pip after 15 seconds, and the build with it.
    for name, value in (("PIP_DEFAULT_TIMEOUT", "120"), ("PIP_RETRIES", "10"), ("PIP_RESUME_RETRIES", "10")):
        environment.setdefault(name, value)
    # Debug information names the folder of the build, which pip makes up anew each time.
    for name in ("CFLAGS", "CXXFLAGS"):
        environment[name] = (environment.get(name) or "-O2") + " -g0"
    # Some builds ask for it all the same (xmlsec appends -g), so the linker leaves it out, too.
    if sys.platform.startswith("linux"):
        environment["LDFLAGS"] = ((environment.get("LDFLAGS") or "") + " -Wl,--strip-debug").strip()
    return environment


def shared_downloads(cache, private):
    """A cache folder for one pip that shares its downloads, but not the wheels it builds.

    Pip takes a wheel it has built before even if the image's libraries or the compiler's flags are
    others now: what is installed would depend on what was installed before.
    """
    for name in ("http", "http-v2"):
        shared = os.path.join(os.path.abspath(cache), name)
        os.makedirs(shared, exist_ok=True)
        os.symlink(shared, os.path.join(private, name))
    return private


def _python_versions(arguments):
    """The values of --python-version, the last one first, as pip takes the last."""
    found = []
    for option, following in zip(arguments, arguments[1:] + [""]):
        if option == "--python-version":
            found.insert(0, following)
        elif option.startswith("--python-version="):
            found.insert(0, option.partition("=")[2])
    return found

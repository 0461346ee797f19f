"""Whether uv may install: only where it and pip mean the same thing.

In: the environment, this interpreter and its pip. Out: yes or no. What a requirement says is the
matter of plain_requirements.py, which versions it leads to that of only_choice.py.
Source: pip's documentation, "Configuration".
"""
import os
import sys

from pip_call import pip_version

# The first pip with today's resolver that knows today's tags of wheels; uv takes Python from 3.8 on.
_PIP, _PYTHON = (21, 2), (3, 8)
# They change how pip gets or shows things, but not what it finds and chooses.
_HARMLESS = {"PIP_" + name for name in (
    "CERT", "DEFAULT_TIMEOUT", "TIMEOUT", "RETRIES", "RESUME_RETRIES", "DISABLE_PIP_VERSION_CHECK",
    "NO_CACHE_DIR", "CACHE_DIR", "NO_COLOR", "PROGRESS_BAR", "NO_INPUT", "NO_COMPILE", "COMPILE", "QUIET", "VERBOSE",
    "ROOT_USER_ACTION", "NO_WARN_SCRIPT_LOCATION", "BREAK_SYSTEM_PACKAGES", "NO_PYTHON_VERSION_WARNING",
    # pip_call.pip_environment sets them, whatever they were.
    "USER", "REQUIRE_VIRTUALENV")}

_OF_THE_MACHINE = ("/etc/pip.conf",)


def uv_may_install(uv, environment):
    """`uv`: path of the program, which need not exist; `environment`: pip's."""
    if not os.access(uv, os.X_OK) or os.path.isdir(uv):
        return False
    if sys.version_info[:2] < _PYTHON or sys.implementation.name != "cpython" or pip_version() < _PIP:
        return False
    set_for_pip = {name for name, value in environment.items() if name.upper().startswith("PIP_") and value}
    return set_for_pip <= _HARMLESS and not any(map(os.path.exists, _configuration_files(environment)))


def _configuration_files(environment):
    """Where pip looks for its configuration: of the machine, the user and the interpreter."""
    home = environment.get("HOME") or os.path.expanduser("~")
    folders = (environment.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
    folders += [environment.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")]
    files = [os.path.join(folder, "pip", "pip.conf") for folder in folders if folder]
    return files + list(_OF_THE_MACHINE) + [os.path.join(home, ".pip", "pip.conf"), os.path.join(sys.prefix, "pip.conf")]


def uv_environment(environment):
    """pip's environment as uv's: nothing in it tells uv what to choose, and its trust root is pip's."""
    found = {name: value for name, value in environment.items() if not name.upper().startswith("UV_")}
    if environment.get("PIP_CERT"):
        found["SSL_CERT_FILE"] = environment["PIP_CERT"]
        # uv adds the roots of such a folder.
        found.pop("SSL_CERT_DIR", None)
    found.update({"UV_NO_CONFIG": "1", "UV_NO_PROGRESS": "1", "UV_PYTHON_DOWNLOADS": "never", "UV_LINK_MODE": "copy",
                  "UV_HTTP_TIMEOUT": "60", "UV_KEYRING_PROVIDER": "disabled", "NO_COLOR": "1"})
    return found

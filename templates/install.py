"""Installs Python packages into a folder, with pip or faster, so that the same packages give the same bytes.

usage: install.py --target=DIR --runtime=python3.11 [--directory=DIR] [--ca=FILE] [--pip-conf=FILE] [--cache=DIR] [--resolved=FILE] [--secrets=DIR] [--secret-variable=NAME]... [--separately] [--uv=FILE --uv-cache=DIR [--memory=DIR]] -- PIP-ARGUMENT...

The interpreter that runs this is the one that installs; it must be the runtime's, unless the pip
arguments say --python-version or the runtime is `any`. DIR must be empty or missing. FILEs that do
not exist count as not given: they are secrets, which a build may go without. Editable requirements
are installed as plain ones, because pip refuses them with --target. Pip's exit code and output are
passed on. --resolved is for resolved_packages.py to say what was installed. The value of a secret
variable is the file env-NAME of the folder of --secrets, or else what the environment has; it is set
for pip and what pip runs, and printed as ****. With --separately each requirements file is installed
by a pip of its own, in order, over what the earlier ones have installed. With --uv, the path of a
program that need not be there, uv installs where that leads to the same as pip; pip does all the rest,
and whatever uv fails at. --memory is an empty folder in memory: what uv installs may lie there, and DIR
is a link to it then.
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import os  # noqa: E402
import shutil  # noqa: E402
import tempfile  # noqa: E402

from failure import Failure, printable, run_program, say  # noqa: E402
from installed_tree import normalise  # noqa: E402
from pip_call import check_interpreter, pip_environment, run_pip, shared_downloads  # noqa: E402
from plain_requirements import plain_requirements  # noqa: E402
from project_folders import left_as_they_were  # noqa: E402
from requirement_files import RequirementFiles  # noqa: E402
from resolved_packages import write_resolved_packages  # noqa: E402
from secret_variables import masks_of, secret_variables  # noqa: E402
from separate_installs import metadata_in, remove_superseded, separate_runs  # noqa: E402
from tree_place import lay_in_memory, lay_on_disk  # noqa: E402
from uv_call import NotWithUv, Uv, install_with_uv  # noqa: E402
from uv_choice import uv_may_install  # noqa: E402


def parse(arguments):
    """(options, pip's arguments): everything behind the first `--` is pip's."""
    parser = argparse.ArgumentParser(prog="install.py", description=__doc__.splitlines()[0], allow_abbrev=False,
                                     usage=__doc__.splitlines()[2].partition(": ")[2])
    parser.add_argument("--target", required=True, metavar="DIR", help="where to install; empty or missing")
    parser.add_argument("--runtime", required=True, metavar="python3.N",
                        help="Lambda's name of the runtime, or any for whatever the interpreter is")
    parser.add_argument("--directory", metavar="DIR", help="what paths are relative to, if not to where this is run")
    parser.add_argument("--ca", metavar="FILE", help="trust roots for pip, what it builds, and git")
    parser.add_argument("--pip-conf", metavar="FILE", help="pip's configuration")
    parser.add_argument("--cache", metavar="DIR", help="where downloads are kept")
    parser.add_argument("--resolved", metavar="FILE", help="where to tell what was installed")
    parser.add_argument("--secrets", metavar="DIR", help="where the values of secret variables are")
    parser.add_argument("--secret-variable", action="append", default=[], metavar="NAME",
                        help="a variable for pip, as a secret")
    parser.add_argument("--separately", action="store_true", help="one pip for each requirements file")
    parser.add_argument("--uv", metavar="FILE", help="uv, if it is there")
    parser.add_argument("--uv-cache", metavar="DIR", help="where uv keeps what it has downloaded")
    parser.add_argument("--memory", metavar="DIR", help="a folder in memory, for packages that are not too large")
    split = arguments.index("--") if "--" in arguments else len(arguments)
    options, for_pip = parser.parse_args(arguments[:split]), arguments[split + 1:]
    if not for_pip:
        parser.error("no arguments for pip: give them behind --")
    return options, for_pip


def main(arguments):
    options, for_pip = parse(arguments)
    if options.directory is not None:
        os.chdir(options.directory)
    secrets = secret_variables(options.secret_variable, options.secrets, os.environ)
    # Here already: a requirements file may name it, too.
    os.environ.update(secrets)
    check_interpreter(options.runtime, for_pip)
    target = os.path.abspath(options.target)
    if os.path.isdir(target) and os.listdir(target):
        raise Failure("{} is not empty: pip would leave what is there and skip what it should install".format(
            printable(target)))
    scratch = tempfile.mkdtemp(prefix="pkgr-install-")
    try:
        code = install(target, for_pip, options, scratch, masks_of(secrets))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if code == 0:
        for warning in normalise(target):
            say("install", warning)
    return code


def install(target, for_pip, options, scratch, masks):
    """Runs uv or pip; `scratch` is an empty folder for the while. Returns pip's exit code."""
    cache, copies = os.path.join(scratch, "cache"), os.path.join(scratch, "requirements")
    os.mkdir(cache)
    os.mkdir(copies)
    cache = None if options.cache is None else shared_downloads(options.cache, cache)
    environment = pip_environment(os.environ, options.ca, options.pip_conf, cache)
    requirements = RequirementFiles(copies)
    for_pip = requirements.plain_arguments(for_pip)
    os.makedirs(target, exist_ok=True)
    runs = separate_runs(for_pip) if options.separately else [for_pip]
    reports = [os.path.join(scratch, "report-{}.json".format(index)) for index in range(len(runs))]
    if uv_has_installed(target, for_pip, options, environment, scratch, reports[0]):
        runs = []
    with left_as_they_were(requirements.projects):
        for one, report in zip(runs, reports):
            before = metadata_in(target)
            code = run_pip(target, one, environment, report if options.resolved else None, masks)
            if code != 0:
                return code
            remove_superseded(target, before)
    if options.resolved is not None:
        write_resolved_packages(options.resolved, target, reports, os.getcwd())
    return 0


def uv_has_installed(target, for_pip, options, environment, scratch, report):
    """Whether uv has filled the target as pip would; if not, it is as empty as before."""
    if options.uv is None or options.separately or options.secret_variable:
        return False
    plain = plain_requirements(for_pip)
    if plain is None or not uv_may_install(options.uv, environment):
        return False
    folder = os.path.join(scratch, "uv")
    os.mkdir(folder)
    cache = os.path.abspath(options.uv_cache or os.path.join(scratch, "uv-cache"))
    try:
        install_with_uv(Uv(options.uv, cache, environment, folder), plain, target, report,
                        lambda size: lay_in_memory(target, options.memory, size))
    except NotWithUv as why:
        say("install", "warning: pip installs the packages, because with uv {}".format(why))
        lay_on_disk(target)
        return False
    # To stdout as pip's own words: stderr is for what somebody has to know.
    print("uv has installed what pip would have")
    return True


if __name__ == "__main__":
    run_program("install", main)

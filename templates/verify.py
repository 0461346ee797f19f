"""Says whether a function can be imported in its runtime, and if not, why.

usage: verify.py --output=FILE.json --name=NAME --runtime=python3.11 [--handler=MODULE.FUNCTION]
                 [--env=NAME=VALUE]... [--without-metadata] [--as-function-user] [--patience=SECONDS]
                 [--task=DIR] [--opt=DIR]

The function lies unpacked in /var/task and its layers in /opt; without a handler, what their
requirements have asked for is imported instead. Out: one JSON object (see verify_report.py). A
function that cannot be imported is a result and no failure of this program.
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402

from failure import Failure, run_program  # noqa: E402
from installed import Installed  # noqa: E402
from lambda_environment import OPT, TASK, become_function_user, function_environment  # noqa: E402
from verify_report import report  # noqa: E402
from verify_run import run_import  # noqa: E402

# Longer than Lambda lets any import take (10 s, and then again within the function's own timeout).
_PATIENCE = 60
# A semaphore or a queue of multiprocessing cannot be made in Lambda, which has no /dev/shm.
_NOT_IN_LAMBDA = ("/dev/shm", "/dev/mqueue")


def main(arguments):
    options = parse(arguments)
    given = dict(pair.partition("=")[::2] for pair in options.env)
    if options.as_function_user:
        for folder in filter(os.path.isdir, _NOT_IN_LAMBDA):
            os.chmod(folder, 0o755)
    wanted = "python{}.{}".format(*sys.version_info[:2])
    if options.runtime not in ("any", wanted):
        result = {"version": 1, "problems": [{"kind": "wrong-image", "has": wanted, "wants": options.runtime}]}
    else:
        installed = Installed(options.task, options.opt, options.handler if options.without_metadata else None)
        request = {"task": options.task, "opt": options.opt, "handler": options.handler,
                   "sources": sorted(installed.own_sources()), "modules": installed.requested_modules()}
        environment = function_environment(os.environ, options.name, wanted, options.handler, given)
        run = run_import(request, environment, options.task, options.patience,
                         become_function_user if options.as_function_user else None)
        result = report(run, request, installed)
    os.makedirs(os.path.dirname(os.path.abspath(options.output)), exist_ok=True)
    with open(options.output, "w", encoding="ascii", newline="\n") as file:
        file.write(json.dumps(result, sort_keys=True) + "\n")
    os.chmod(options.output, 0o644)


def parse(arguments):
    parser = argparse.ArgumentParser(prog="verify.py", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--output", required=True, metavar="FILE.json", help="where the result goes")
    parser.add_argument("--name", required=True, metavar="NAME", help="the function's name")
    parser.add_argument("--runtime", required=True, metavar="python3.N", help="Lambda's name of the runtime, or any")
    parser.add_argument("--handler", metavar="MODULE.FUNCTION", help="what Lambda calls")
    parser.add_argument("--env", action="append", default=[], metavar="NAME=VALUE", help="a variable of the function")
    parser.add_argument("--without-metadata", action="store_true",
                        help="packages have no .dist-info that tells which files are theirs")
    parser.add_argument("--as-function-user", action="store_true", help="as the user of Lambda; takes root")
    parser.add_argument("--patience", type=float, default=_PATIENCE, metavar="SECONDS", help="how long it may take")
    parser.add_argument("--task", default=TASK, metavar="DIR", help="where the function lies")
    parser.add_argument("--opt", default=OPT, metavar="DIR", help="where its layers lie")
    options = parser.parse_args(arguments)
    if options.handler is not None and "." not in options.handler:
        raise Failure("--handler {}: a handler is written like module.function".format(ascii(options.handler)))
    return options


if __name__ == "__main__":
    run_program("verify", main)

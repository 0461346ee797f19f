"""Packs units' zips, each from folders and from zips that were deflated before.

usage: pack.py UNIT [--and UNIT]...
UNIT: --output=FILE.zip --digest=FILE.json [--layout=function|layer] [--runtime=python3.11]
      [--runtime-root=DIR] [--handler=MODULE.FUNCTION]... [BYTECODE] SOURCE...

A SOURCE is --join=FILE.zip (its members are copied without inflating them) or --tree=DIR (its files
are deflated), and then, for this source only, at most one --at=PREFIX (a folder inside the zip; its
root otherwise), at most one --as=TITLE (what messages call it; its path otherwise), at most one
--report=FILE (what deflate.py or collect_libs.py has told of it) and any number of --exclude=PATTERN
(as in .dockerignore, matched against the path inside the source, before the prefix). Sources are laid
over one another in their order: of two files of one name the later one is packed. BYTECODE is
--bytecode=hash|sourceless --place=/var/task, goes with --runtime, and compiles the sources of every
--tree (see bytecode.py). Written with `=`, a value may begin with anything and hold anything. There is
no short form and no abbreviation.

With --runtime the code is looked into as deflate.py does with packages, and a --handler is looked for.

Out: the zip, and {"size":bytes,"sha256":hex,"unzippedSize":bytes,"entries":count} and a newline; with
"contents", and with "findings" where there is something to tell (see findings.py).
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402

from bytecode import add_bytecode_options, begin_with_fixed_hashes, compiled_entries  # noqa: E402
from code_survey import handler_facts, surveyed_code  # noqa: E402
from failure import exit_code, printable, run_program, say  # noqa: E402
from findings import findings_of, warnings_of  # noqa: E402
from layering import CODE, Source, layered, zip_prefix  # noqa: E402
from library_report import read_report  # noqa: E402
from pip_call import ANY_RUNTIME  # noqa: E402
from runtime_libraries import minor_version  # noqa: E402
from zipwriter import write_zip_file  # noqa: E402


class _OpensSource(argparse.Action):
    """--join and --tree: what follows belongs to this source."""

    def __call__(self, parser, namespace, value, option_string=None):
        if value == "":
            parser.error("{} needs a path".format(option_string))
        namespace.sources.append(Source(self.dest, os.fsencode(value), b"", [], None, None))


class _OfSource(argparse.Action):
    """--at, --as, --report and --exclude: said of the source before them."""

    def __call__(self, parser, namespace, value, option_string=None):
        if not namespace.sources:
            parser.error("{} must follow a --join or --tree".format(option_string))
        source = namespace.sources[-1]
        if self.dest == "exclude":
            source.exclude.append(os.fsencode(value))
            return
        if self.dest in ("title", "report"):
            namespace.sources[-1] = source._replace(**{self.dest: os.fsencode(value)})
            return
        if source.prefix:
            parser.error("{} is given twice for one source".format(option_string))
        prefix = zip_prefix(os.fsencode(value))
        if prefix is None:
            parser.error("--at={}: the prefix must stay inside the zip".format(ascii(value)))
        namespace.sources[-1] = source._replace(prefix=prefix)


def parse(arguments):
    parser = argparse.ArgumentParser(prog="pack.py", description=__doc__.splitlines()[0], allow_abbrev=False,
                                     usage=" ".join(__doc__.splitlines()[2:5]).partition(": ")[2])
    parser.set_defaults(sources=[])
    parser.add_argument("--output", required=True, metavar="FILE.zip", help="the zip to write")
    parser.add_argument("--digest", required=True, metavar="FILE.json", help="where its size and sha256 go")
    parser.add_argument("--layout", choices=("function", "layer"), default="function")
    parser.add_argument("--runtime", metavar="python3.N", help="Lambda's name of the runtime")
    parser.add_argument("--runtime-root", metavar="DIR", help="the root of an image like the runtime")
    parser.add_argument("--handler", action="append", default=[], metavar="MODULE.FUNCTION",
                        help="what is looked for in the zip")
    parser.add_argument("--join", action=_OpensSource, default=argparse.SUPPRESS, metavar="FILE.zip",
                        help="a zip to join")
    parser.add_argument("--tree", action=_OpensSource, default=argparse.SUPPRESS, metavar="DIR",
                        help="a folder to pack")
    parser.add_argument("--at", action=_OfSource, default=argparse.SUPPRESS, metavar="PREFIX",
                        help="where the source before goes in the zip")
    parser.add_argument("--as", action=_OfSource, default=argparse.SUPPRESS, metavar="TITLE", dest="title",
                        help="what messages call the source before")
    parser.add_argument("--report", action=_OfSource, default=argparse.SUPPRESS, metavar="FILE.json",
                        help="what an earlier step tells of the source before")
    parser.add_argument("--exclude", action=_OfSource, default=argparse.SUPPRESS, metavar="PATTERN",
                        help="what to leave out of the source before")
    add_bytecode_options(parser)
    options = parser.parse_args(arguments)
    if options.bytecode and options.runtime is None:
        parser.error("--bytecode goes with --runtime")
    if not options.sources:
        parser.error("give at least one --join or --tree")
    return options


def main(arguments):
    units = [parse(unit) for unit in units_in(arguments)]
    for options in units:
        begin_with_fixed_hashes(options)
    return pack(units[0]) if len(units) == 1 else pack_apart(units)


def units_in(arguments):
    """The options of each unit; a value has its option before it, and so never is --and."""
    units = [[]]
    for argument in arguments:
        if argument == "--and":
            units.append([])
        else:
            units[-1].append(argument)
    return units


def pack_apart(units):
    """Packs each in a process of its own, as if there were no others: what is in memory shows in bytecode
    (marshal tells what is referred to from elsewhere). As many at once as there are processors.

    Returns the exit code of the first that has failed; after it none is begun."""
    waiting, running, code = list(reversed(units)), 0, 0
    while running or (waiting and code == 0):
        if waiting and code == 0 and running < (os.cpu_count() or 1):
            options = waiting.pop()
            if os.fork() == 0:
                # To take down what the parent has built up, object by object, takes twice as long as a zip.
                os._exit(exit_code("pack", lambda: pack(options)))
            running += 1
            continue
        _, status = os.wait()
        running -= 1
        code = code or (os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
    return code


def pack(options):
    zipped = layered(options.sources)
    digest = write_zip_file(options.output, compiled_entries(zipped.entries, options))
    minor = minor_version(options.runtime or ANY_RUNTIME)
    reports = [(source, read_report(source.report)) for source in options.sources if source.report is not None]
    if options.runtime is not None:
        reports += [(source, surveyed_code(source, options.runtime, options.runtime_root))
                    for source in options.sources if source.kind == "tree" and source.title == CODE]
    handlers = handler_facts(options.handler, zipped, options.layout, minor)
    findings = findings_of(zipped, reports, handlers, options.layout, minor)
    for warning in warnings_of(findings):
        say("pack", "warning: " + printable(warning))
    content = dict(zip(("size", "sha256", "unzippedSize", "entries"), digest), **findings)
    os.makedirs(os.path.dirname(os.path.abspath(os.fsencode(options.digest))), exist_ok=True)
    with open(os.fsencode(options.digest), "w", encoding="ascii", newline="\n") as file:
        file.write(json.dumps(content, separators=(",", ":")) + "\n")
    os.chmod(os.fsencode(options.digest), 0o644)


if __name__ == "__main__":
    run_program("pack", main)

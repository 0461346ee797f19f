"""Packs one unit's zip from folders and from zips that were deflated before.

usage: pack.py --output=FILE.zip --digest=FILE.json [--libraries=FILE.json]... [BYTECODE] SOURCE...

A SOURCE is --join=FILE.zip (its members are copied without inflating them) or --tree=DIR (its files
are deflated), and then, for this source only, at most one --at=PREFIX (a folder inside the zip; its
root otherwise), at most one --as=TITLE (what messages call it; its path otherwise) and any number of
--exclude=PATTERN (as in .dockerignore, matched against the path inside the source, before the
prefix). Sources are laid over one another in their order: of two files of one name the later one is
packed. --libraries names what deflate.py and collect_libs.py have reported; what the zip has itself
is not missing any more. BYTECODE is --bytecode=hash|sourceless --place=/var/task --runtime=python3.11
and compiles the sources of every --tree (see bytecode.py). Written with `=`, a value may begin with
anything and hold anything. There is no short form and no abbreviation.

Out: the zip, and {"size":bytes,"sha256":hex,"unzippedSize":bytes,"entries":count} and a newline; with
"findings" in it where there is something to tell (see findings.py).
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402

from bytecode import add_bytecode_options, compiled_entries  # noqa: E402
from failure import printable, run_program, say  # noqa: E402
from findings import findings_of, warnings_of  # noqa: E402
from layering import Source, layered, zip_prefix  # noqa: E402
from zipwriter import write_zip_file  # noqa: E402


class _OpensSource(argparse.Action):
    """--join and --tree: what follows belongs to this source."""

    def __call__(self, parser, namespace, value, option_string=None):
        if value == "":
            parser.error("{} needs a path".format(option_string))
        namespace.sources.append(Source(self.dest, os.fsencode(value), b"", [], None))


class _OfSource(argparse.Action):
    """--at, --as and --exclude: said of the source before them."""

    def __call__(self, parser, namespace, value, option_string=None):
        if not namespace.sources:
            parser.error("{} must follow a --join or --tree".format(option_string))
        source = namespace.sources[-1]
        if self.dest == "exclude":
            source.exclude.append(os.fsencode(value))
            return
        if self.dest == "title":
            namespace.sources[-1] = source._replace(title=os.fsencode(value))
            return
        if source.prefix:
            parser.error("{} is given twice for one source".format(option_string))
        prefix = zip_prefix(os.fsencode(value))
        if prefix is None:
            parser.error("--at={}: the prefix must stay inside the zip".format(ascii(value)))
        namespace.sources[-1] = source._replace(prefix=prefix)


def parse(arguments):
    parser = argparse.ArgumentParser(prog="pack.py", description=__doc__.splitlines()[0], allow_abbrev=False,
                                     usage=__doc__.splitlines()[2].partition(": ")[2])
    parser.set_defaults(sources=[])
    parser.add_argument("--output", required=True, metavar="FILE.zip", help="the zip to write")
    parser.add_argument("--digest", required=True, metavar="FILE.json", help="where its size and sha256 go")
    parser.add_argument("--libraries", action="append", default=[], metavar="FILE.json",
                        help="what an earlier step tells of libraries")
    parser.add_argument("--join", action=_OpensSource, default=argparse.SUPPRESS, metavar="FILE.zip",
                        help="a zip to join")
    parser.add_argument("--tree", action=_OpensSource, default=argparse.SUPPRESS, metavar="DIR",
                        help="a folder to pack")
    parser.add_argument("--at", action=_OfSource, default=argparse.SUPPRESS, metavar="PREFIX",
                        help="where the source before goes in the zip")
    parser.add_argument("--as", action=_OfSource, default=argparse.SUPPRESS, metavar="TITLE", dest="title",
                        help="what messages call the source before")
    parser.add_argument("--exclude", action=_OfSource, default=argparse.SUPPRESS, metavar="PATTERN",
                        help="what to leave out of the source before")
    parser.add_argument("--runtime", metavar="python3.N", help="Lambda's name of the runtime")
    add_bytecode_options(parser)
    options = parser.parse_args(arguments)
    if options.bytecode and options.runtime is None:
        parser.error("--bytecode goes with --runtime")
    if not options.sources:
        parser.error("give at least one --join or --tree")
    return options


def main(arguments):
    options = parse(arguments)
    replaced = []
    entries = compiled_entries(layered(options.sources, replaced), options)
    digest = write_zip_file(options.output, entries)
    findings = findings_of([os.fsencode(path) for path in options.libraries], entries, replaced)
    for warning in warnings_of(findings):
        say("pack", "warning: " + printable(warning))
    content = dict(zip(("size", "sha256", "unzippedSize", "entries"), digest), **findings)
    os.makedirs(os.path.dirname(os.path.abspath(os.fsencode(options.digest))), exist_ok=True)
    with open(os.fsencode(options.digest), "w", encoding="ascii", newline="\n") as file:
        file.write(json.dumps(content, separators=(",", ":")) + "\n")
    os.chmod(os.fsencode(options.digest), 0o644)


if __name__ == "__main__":
    run_program("pack", main)

"""Packs a folder into a zip of its own, once, so that pack.py can join it to code later.

usage: deflate.py --root=DIR --output=FILE.zip [--runtime=python3.11] [--bytecode=hash|sourceless --place=/var/task]
                  [--report=FILE.json [--runtime-root=DIR] [--image-is-runtime]]

In: a folder, for example of installed dependencies. Out: a zip of exactly what the folder holds,
with the bytecode of its sources if that is asked for (see bytecode.py); and with --report what there
is to tell of it: shared libraries that it needs and that neither it nor Lambda has, and the facts of
survey.py. Lambda is the runtime of that name, or an image like it whose root is --runtime-root.
--image-is-runtime: what was compiled in this image fits the runtime.
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import os  # noqa: E402

from bytecode import add_bytecode_options, begin_with_fixed_hashes, compiled_entries  # noqa: E402
from failure import run_program  # noqa: E402
from folder_entries import folder_entries  # noqa: E402
from image_libraries import image_of_build  # noqa: E402
from library_report import library_report, write_report  # noqa: E402
from needed_libraries import NeededLibraries  # noqa: E402
from runtime_libraries import minor_version, runtime_libraries  # noqa: E402
from runtime_versions import RuntimeVersions  # noqa: E402
from survey import Survey  # noqa: E402
from wheel_tags import Target  # noqa: E402
from zipwriter import write_zip_file  # noqa: E402


def main(arguments):
    parser = argparse.ArgumentParser(prog="deflate.py", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--root", required=True, metavar="DIR", help="the folder to pack")
    parser.add_argument("--output", required=True, metavar="FILE.zip", help="the zip to write")
    parser.add_argument("--report", metavar="FILE.json", help="where to tell what it needs and what was found")
    parser.add_argument("--runtime", metavar="python3.N", help="Lambda's name of the runtime")
    parser.add_argument("--runtime-root", metavar="DIR", help="the root of an image like the runtime")
    parser.add_argument("--image-is-runtime", action="store_true", help="what was compiled here fits the runtime")
    add_bytecode_options(parser)
    options = parser.parse_args(arguments)
    if (options.report or options.bytecode) and options.runtime is None:
        parser.error("--report and --bytecode go with --runtime")
    begin_with_fixed_hashes(options)
    write_zip_file(options.output, compiled_entries(folder_entries(options.root), options))
    if options.report is not None:
        write_report(os.fsencode(options.report), surveyed(options))


def surveyed(options):
    image = image_of_build(b"/")
    versions = RuntimeVersions(options.runtime, options.runtime_root, image if options.image_is_runtime else None)
    needed = NeededLibraries(image, runtime_libraries(options.runtime, options.runtime_root, image), (), versions)
    survey = Survey(options.root, Target(minor_version(options.runtime), os.uname().machine), is_installed=True)
    needed.add_folder(options.root, survey.is_made_here)
    return library_report(image.root, needed.needs(), (), survey.facts(needed))


if __name__ == "__main__":
    run_program("deflate", main)

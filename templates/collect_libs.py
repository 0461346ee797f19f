"""Collects libraries and programs of the image's operating system for a function or a layer.

usage: collect_libs.py --output=DIR --layout=function|layer [--lib=GLOB]... [--bin=GLOB]... [--root=DIR]
                       [--report=FILE.json --runtime=python3.11 [--runtime-root=DIR] [--image-is-runtime]]
                       [--auto [--packages=FILE.zip]]

What /var/task/lambda_lib and /var/task/lambda_bin of the image hold goes to the root of DIR for a
function, to lib/ and bin/ for a layer. Files and folders that match a --lib go to lib/, a --bin to
bin/, for both. `*`, `?` and `[...]` stop at a slash, `**` does not; a leading dot must be written.
DIR must be empty or missing. A GLOB that matches nothing is an error. --root is the image's root.

--auto adds, in lib/, every library that these files and those in --packages need and that neither
they nor Lambda have. --report tells what is carried, from which OS package, and what is still
missing. Lambda is the runtime of that name, or an image like it whose root is --runtime-root.
"""
import sys

sys.dont_write_bytecode = True

import argparse  # noqa: E402
import os  # noqa: E402
import tempfile  # noqa: E402

from collected import Collection  # noqa: E402
from failure import Failure, printable, run_program  # noqa: E402
from image_libraries import image_of_build  # noqa: E402
from image_paths import matches, on_disk  # noqa: E402
from library_report import Carried, library_report, write_report  # noqa: E402
from needed_libraries import NeededLibraries  # noqa: E402
from runtime_libraries import runtime_libraries  # noqa: E402
from runtime_versions import RuntimeVersions  # noqa: E402
from survey import text  # noqa: E402
from unpack import unpack  # noqa: E402

# Juniper's folders, and where each layout wants what they hold.
_LAMBDA_FOLDERS = {
    "function": ((b"/var/task/lambda_lib", b""), (b"/var/task/lambda_bin", b"")),
    "layer": ((b"/var/task/lambda_lib", b"lib"), (b"/var/task/lambda_bin", b"bin")),
}
# What no library is named like.
_SOURCES = (b".py", b".pyc", b".pyi")
# Where the loader looks: a function's root is /var/task, a layer's /opt.
_LIBRARY_FOLDERS = {"function": (b"", b"lib"), "layer": (b"lib",)}


def parse(arguments):
    parser = argparse.ArgumentParser(prog="collect_libs.py", description=__doc__.splitlines()[0],
                                     allow_abbrev=False)
    parser.add_argument("--output", required=True, metavar="DIR", help="where to collect; empty or missing")
    parser.add_argument("--layout", required=True, choices=sorted(_LAMBDA_FOLDERS))
    parser.add_argument("--lib", action="append", default=[], metavar="GLOB", help="libraries, to lib/")
    parser.add_argument("--bin", action="append", default=[], metavar="GLOB", help="programs, to bin/")
    parser.add_argument("--root", default="/", metavar="DIR", help="the image's root")
    parser.add_argument("--report", metavar="FILE.json", help="where to tell what is carried and what is missing")
    parser.add_argument("--runtime", metavar="python3.N", help="Lambda's name of the runtime")
    parser.add_argument("--runtime-root", metavar="DIR", help="the root of an image like the runtime")
    parser.add_argument("--image-is-runtime", action="store_true", help="what is in this image fits the runtime")
    parser.add_argument("--auto", action="store_true", help="carry every library that is needed")
    parser.add_argument("--packages", metavar="FILE.zip", help="packages whose needs count too")
    options = parser.parse_args(arguments)
    if (options.auto or options.report) and not (options.report and options.runtime):
        parser.error("--auto and --report need --report and --runtime")
    return options


def collect(options, root):
    """The Collection of what is asked for by name, and what lies in juniper's folders."""
    collection = Collection(root)
    for folder, group in _LAMBDA_FOLDERS[options.layout]:
        if os.path.isdir(on_disk(root, folder)):
            for name in sorted(os.listdir(on_disk(root, folder))):
                collection.add(os.path.join(folder, name), group)
    wanted = [("libs", pattern, b"lib") for pattern in options.lib]
    wanted += [("bins", pattern, b"bin") for pattern in options.bin]
    found = [(matches(root, os.fsencode(pattern)), group) for _, pattern, group in wanted]
    unmatched = ["pkgr: {}: {} matches no file in the image".format(subject, printable(pattern))
                 for (subject, pattern, _), (paths, _) in zip(wanted, found) if not paths]
    if unmatched:
        raise Failure(*unmatched)
    for paths, group in found:
        for path in paths:
            collection.add(path, group)
    return collection


def needed_libraries(options, root, collection, packages):
    """The NeededLibraries of the collected files, and of what lies in a folder of packages."""
    image = image_of_build(root)
    versions = RuntimeVersions(options.runtime, options.runtime_root, image if options.image_is_runtime else None)
    provided = set().union(*(collection.names(group) for group in _LIBRARY_FOLDERS[options.layout]))
    needed = NeededLibraries(image, runtime_libraries(options.runtime, options.runtime_root, image), provided,
                             versions)
    needed.add_folder(packages)
    if options.layout == "function":
        needed.add_visible(packages)
    for name, path in collection.files():
        needed.add_image_file(path, name)
    return needed


def too_old(needed, collection):
    """Facts (see survey.py) of carried files that require newer libraries than the runtime has."""
    carried = {name: name for name, _ in collection.files()}
    carried.update((os.path.basename(name), name) for name in collection.names(b"lib") for name in (b"lib/" + name,))
    for lack in needed.lacks():
        if lack.file in carried:
            yield {"kind": "symbol-version", "file": text(carried[lack.file]), "library": text(lack.library),
                   "version": text(lack.version), "has": text(lack.has), "tags": []}


def absent_need(need, collection):
    """The same when the libraries that need it are carried: they are files of the zip then."""
    carried = collection.names(b"lib").intersection(need.libraries)
    files = sorted(need.files + [b"lib/" + name for name in carried])
    return need._replace(files=files, libraries=sorted(carried.symmetric_difference(need.libraries)))


def main(arguments):
    options = parse(arguments)
    output, root = os.fsencode(os.path.abspath(options.output)), os.fsencode(os.path.realpath(options.root))
    if os.path.isdir(output) and os.listdir(output):
        raise Failure("{} is not empty".format(printable(output)))
    collection = collect(options, root)
    if not options.report:
        collection.write(output)
        return
    with tempfile.TemporaryDirectory(prefix="pkgr-packages-") as packages:
        if options.packages is not None:
            unpack(os.fsencode(options.packages), os.fsencode(packages), left_out=_SOURCES)
        report(options, root, collection, needed_libraries(options, root, collection, packages))
    collection.write(output)


def report(options, root, collection, needed):
    """Writes the report; with --auto what is needed is added to the collection before."""
    needs = needed.needs()
    if options.auto:
        for need in needs:
            if need.path is not None:
                collection.add(need.path, b"lib", need.library)
        needs = [absent_need(need, collection) for need in needs if need.path is None]
    carried = [Carried(name, path) for name, path in collection.files()]
    write_report(os.fsencode(options.report), library_report(root, needs, carried, too_old(needed, collection)))


if __name__ == "__main__":
    run_program("libs", main)

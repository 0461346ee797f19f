"""What pack.py looks for in a unit's own code, which no step has looked into before it.

In: a Source that is a folder, or the Layered zip. Out: a report as of deflate.py, or facts of handlers.
"""
import os
import zlib

import zipformat
from handler_source import Handlers
from image_libraries import image_of_build
from layering import CODE
from library_report import library_report
from needed_libraries import NeededLibraries
from runtime_libraries import minor_version, runtime_libraries
from runtime_versions import RuntimeVersions
from survey import Survey
from wheel_tags import Target
from zip_contents import module_roots
from zipwriter import OnDisk


def surveyed_code(source, runtime, runtime_root):
    image = image_of_build(b"/")
    # Whoever has put a library into the code has not made it in this image.
    versions = RuntimeVersions(runtime, runtime_root, None)
    needed = NeededLibraries(image, runtime_libraries(runtime, runtime_root, image), (), versions)
    survey = Survey(source.path, Target(minor_version(runtime), os.uname().machine), is_installed=False)
    needed.add_folder(source.path)
    return library_report(image.root, needed.needs(), (), survey.facts(needed))


def handler_facts(handlers, layered, layout, minor):
    if not handlers:
        return []
    entries = {entry.name.decode("utf-8"): entry for entry in layered.entries}
    own = [name.decode("utf-8") for name, source in layered.sources.items() if source.title == CODE]

    def read(name):
        return _content(entries[name].content)

    found = Handlers(module_roots(layout, minor), entries, read, own)
    return [found.fact(handler) for handler in handlers]


def _content(content):
    if isinstance(content, OnDisk):
        with open(content.path, "rb") as file:
            return file.read()
    data = bytes(content.data)
    return zlib.decompress(data, -15) if content.method == zipformat.DEFLATED else data

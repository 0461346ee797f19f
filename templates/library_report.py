"""The file in which one step of the build tells the next of a folder: libraries that it needs and
carries, and what its survey has found.

In and out: {"needs": [...], "carried": [...], "facts": [...]} as JSON. A name in it is text: what is
not UTF-8 is escaped, as Python does for file names.
"""
import json
import os
from collections import namedtuple

from os_owner import os_owners, package_system

# What a zip carries from the image: its name in the zip, and where it is in the image (bytes).
Carried = namedtuple("Carried", "name path")


def library_report(root, needs, carried=(), facts=()):
    """Needs and Carried as plain data, with the OS packages that the image at `root` has them from."""
    owners = os_owners(root, [item.path for item in list(needs) + list(carried) if item.path is not None])
    content = {
        "needs": [dict(_place(need.path, owners), library=_text(need.library), files=_texts(need.files),
                       libraries=_texts(need.libraries), **_rpath(need)) for need in needs],
        "carried": [dict(_place(item.path, owners), name=_text(item.name)) for item in carried],
        "facts": list(facts),
    }
    system = package_system(root) if owners else None
    for item in content["carried"]:
        if system is not None and "package" in item:
            item["system"] = _text(system)
    return content


def write_report(report, content):
    os.makedirs(os.path.dirname(os.path.abspath(report)), exist_ok=True)
    with open(report, "w", encoding="ascii", newline="\n") as file:
        json.dump(content, file, sort_keys=True)
        file.write("\n")
    os.chmod(report, 0o644)


def read_report(report):
    with open(report, encoding="ascii") as file:
        return json.load(file)


def joined_libraries(reports):
    """(needs, carried) of all reports together, one item a name."""
    needs, carried = {}, {}
    for content in reports:
        for need in content["needs"]:
            known = needs.setdefault(need["library"], need)
            if known is not need:
                known["files"] = sorted(set(known["files"]).union(need["files"]))
                known["libraries"] = sorted(set(known["libraries"]).union(need["libraries"]))
        carried.update((item["name"], item) for item in content["carried"])
    return [needs[name] for name in sorted(needs)], [carried[name] for name in sorted(carried)]


def still_missing(needs, provided):
    """The needs that are left when the zip has libraries of these names, and what only those needed."""
    open_needs = {need["library"]: need for need in needs if need["library"] not in provided}
    missing, queue = set(), [name for name, need in open_needs.items() if need["files"]]
    while queue:
        name = queue.pop()
        if name not in missing:
            missing.add(name)
            queue += [other for other, need in open_needs.items() if name in need["libraries"]]
    left = []
    # What files need themselves comes first.
    for name in sorted(missing, key=lambda name: (not open_needs[name]["files"], name)):
        by = [other for other in open_needs[name]["libraries"] if other in missing]
        left.append(dict(open_needs[name], libraries=by))
    return left


def _place(path, owners):
    if path is None:
        return {}
    place = {"path": _text(path)}
    if path in owners:
        package, version = owners[path]
        place.update(package=_text(package), **({"version": _text(version)} if version else {}))
    return place


def _rpath(need):
    return {} if need.rpath is None else {"rpath": _text(need.rpath)}


def _text(name):
    return name.decode("utf-8", "backslashreplace")


def _texts(names):
    return [_text(name) for name in names]

"""What is worth telling of a zip although it could be packed.

In: the reports of libraries, the zip's entries, and the files that gave way to others. Out: nothing,
or {"findings": {"missing": [...], "carried": [...], "replaced": [...]}} without the empty ones:
missing libraries with who needs them, the carried files with the OS packages they come from, and
replaced files; and {"contents": {"libraries": [...]}}, the libraries that a zip beside this one may
count on. Lists are cut: what is told is for people, and part of a small file.
"""
from library_report import read_library_reports, still_missing

_MOST = 200
_MOST_NEEDERS = 5


def findings_of(reports, entries, replaced):
    needs, carried = read_library_reports(reports)
    names = {_text(entry.name) for entry in entries}
    # The loader looks in lib/; in a function's zip, whose libraries may lie there too, at the root.
    found = {name.rpartition("/")[2] for name in names if name.count("/") == name.startswith("lib/")}
    missing = [_missing(need) for need in still_missing(_without_left_out(needs, names), found)]
    lists = {
        "missing": missing,
        "carried": [item for item in carried if item["name"] in names],
        "replaced": [{"name": _text(item.name), "of": _text(item.of), "by": _text(item.by)} for item in replaced],
    }
    findings = {kind: items[:_MOST] for kind, items in lists.items() if items}
    libraries = sorted(name for name in found if name.endswith(".so") or ".so." in name)
    return dict({"contents": {"libraries": libraries[:_MOST]}} if libraries else {},
                **({"findings": findings} if findings else {}))


def warnings_of(found):
    """The same as lines for the log, for a person who builds without pkgr."""
    findings = found.get("findings", {})
    for item in findings.get("missing", ()):
        package = " (OS package {})".format(item["package"]) if "package" in item else ""
        yield "{}{} is neither in the zip nor in Lambda; needed by {}".format(
            item["library"], package, ", ".join((item["files"] + item["libraries"])[:_MOST_NEEDERS]))
    for item in findings.get("replaced", ()):
        yield "{} of the {} is replaced by that of the {}".format(item["name"], item["of"], item["by"])


def _without_left_out(needs, names):
    """The needs of what is really in the zip; packages are at its root or, in a layer, in python/."""
    for need in needs:
        files = [name for name in need["files"] if name in names or "python/" + name in names]
        yield dict(need, files=files)


def _missing(need):
    item = {key: need[key] for key in ("library", "path", "package", "version") if key in need}
    item.update(files=need["files"][:_MOST_NEEDERS], libraries=need["libraries"][:_MOST])
    return item


def _text(name):
    return name.decode("utf-8", "backslashreplace")

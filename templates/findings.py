"""What is worth telling of a zip although it could be packed, as data.

In: the Layered zip, and what is known of its sources. Out: {"contents": {"libraries": [...],
"modules": [...]}}, what a zip beside this one may count on; and, where there is something to tell,
{"findings": {"missing": [...], "carried": [...], "replaced": [...], "facts": [...]}} without the empty
ones: missing libraries with who needs them, the carried files with the OS packages they come from,
files that gave way to others, and what surveys have found. Lists are cut: what is told is for people,
and part of a small file.
"""
import posixpath

import zip_contents
from library_report import joined_libraries, still_missing

_MOST = 200
_MOST_NEEDERS = 5


def findings_of(layered, reports, handlers, layout, minor):
    """`reports`: a (Source, report) for each that has one; `handlers`: facts."""
    names = {_text(name): _text(source.title or b"code") for name, source in layered.sources.items()}
    needs, carried = joined_libraries([_placed(source, report, names) for source, report in reports])
    libraries = zip_contents.libraries(names, layout)
    missing = [_missing(need) for need in still_missing(needs, set(libraries))]
    facts = [fact for source, report in reports for fact in _facts(source, report, layered.sources)]
    lists = {
        "missing": missing,
        "carried": [item for item in carried if item["name"] in names],
        "replaced": [{"name": _text(item.name), "of": _text(item.of), "by": _text(item.by)}
                     for item in sorted(layered.replaced)],
        "facts": handlers + facts + zip_contents.case_clashes(names),
    }
    findings = {kind: items[:_MOST] for kind, items in lists.items() if items}
    modules = zip_contents.modules(names, zip_contents.module_roots(layout, minor))
    contents = {kind: items[:5 * _MOST] for kind, items in (("libraries", libraries), ("modules", modules)) if items}
    return dict({"contents": contents} if contents else {}, **({"findings": findings} if findings else {}))


def warnings_of(found):
    """The same as lines for the log, for a person who builds without pkgr."""
    findings = found.get("findings", {})
    for item in findings.get("missing", ()):
        package = " (OS package {})".format(item["package"]) if "package" in item else ""
        yield "{}{} is neither in the zip nor in Lambda; needed by {}".format(
            item["library"], package, ", ".join((item["files"] + item["libraries"])[:_MOST_NEEDERS]))
    for item in findings.get("replaced", ()):
        yield "{} of the {} is replaced by that of the {}".format(item["name"], item["of"], item["by"])


def _placed(source, report, names):
    """The report with the needs of what is really in the zip, by their names there."""
    # Where libraries were looked for that packages need, the packages are named as pip has them.
    folders = list(dict.fromkeys((_text(source.prefix), "", "python")))
    needs = []
    for need in report["needs"]:
        files = (next((posixpath.join(folder, name) for folder in folders if posixpath.join(folder, name) in names), None)
                 for name in need["files"])
        needs.append(dict(need, files=[name for name in files if name is not None]))
    return dict(report, needs=needs)


def _facts(source, report, sources):
    """The report's facts of files that are in the zip, by their names there."""
    for fact in report["facts"]:
        name = posixpath.join(_text(source.prefix), fact["file"])
        if sources.get(name.encode("utf-8", "backslashreplace")) is source:
            yield dict(fact, file=name, of=_text(source.title or b"code"))


def _missing(need):
    item = {key: need[key] for key in ("library", "path", "package", "version", "rpath") if key in need}
    item.update(files=need["files"][:_MOST_NEEDERS], libraries=need["libraries"][:_MOST])
    return item


def _text(name):
    return name.decode("utf-8", "backslashreplace")

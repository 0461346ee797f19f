"""Tells what a zip brings along, from the names in it: libraries, modules, and names that clash.

In: names in the zip with the title of the source that each is of. Out: lists of plain data, sorted.
"""

_MODULE_ENDS = (".py", ".pyc", ".so")


def module_roots(layout, minor):
    """The folders of the zip in which Python looks for modules; with a slash at their ends."""
    if layout == "function":
        return [""]
    return ["python/lib/python3.{}/site-packages/".format(minor), "python/"]


def libraries(names, layout):
    """Names of libraries that the loader finds whoever needs them: those in lib/, and those at the
    root of a function."""
    found = set()
    for name in names:
        folder, _, base = name.rpartition("/")
        if (folder == "lib" or (folder == "" and layout == "function")) and (base.endswith(".so") or ".so." in base):
            found.add(base)
    return sorted(found)


def modules(names, roots):
    """{"name", "file", "of"} of each module that can be imported by a name without dots."""
    found = {}
    for name in sorted(names):
        for root in roots:
            if not name.startswith(root):
                continue
            first, slash, rest = name[len(root):].partition("/")
            if slash:
                # Without an __init__ it hides no module of its name.
                if rest in ("__init__.py", "__init__.pyc") and first.isidentifier():
                    found.setdefault(first, name)
            elif first.endswith(_MODULE_ENDS) and first.partition(".")[0].isidentifier():
                found.setdefault(first.partition(".")[0], name)
            break
    return [{"name": module, "file": found[module], "of": names[found[module]]} for module in sorted(found)]


def case_clashes(names):
    """Pairs of names that differ by letter case only, told of the shortest part in which they do."""
    spellings, clashes = {}, {}
    for name in sorted(names):
        path = name.rstrip("/")
        end = 0
        while end >= 0:
            end = path.find("/", end + 1)
            part = path if end < 0 else path[:end]
            known = spellings.setdefault(part.casefold(), (part, name))
            if known[0] != part:
                clashes.setdefault(part.casefold(), {"kind": "case-clash", "file": known[0], "other": part,
                                                     "of": names[known[1]], "otherOf": names[name]})
                break
    return [clashes[key] for key in sorted(clashes)]

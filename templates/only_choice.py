"""Whether versions are those that every resolver chooses which tries newer ones first.

In: versions that one resolver has chosen, the requirements, and what each package requires. Out: yes
or no. Resolvers go through packages in orders of their own, and where a version must be given up
because of another, the order decides which (pip and uv differ there, and pips among themselves). It
does not if each package, by whichever requirement it is met first, has at once the version that it
ends with: then nothing is ever given up. So for each package, and each of its requirers with those
that are always met before it, the newest version must be the chosen one. What an older version was taken for that has a wheel, while
the newest has none, shows here, too.
"""
from plain_requirements import normalised


class Unclear(Exception):
    """Nothing can be said, for example because a requirement is an address."""


def is_only_choice(chosen, direct, constraints, requires, newest):
    """`chosen`: {normalised name: version}; `direct`, `constraints`: requirements, as text;
    `requires`: {normalised name: those of the package}; `newest(lines, prereleases)`: {normalised
    name: version} of the newest versions that fit, whatever they require; of the names `prereleases`
    a pre-release is as good."""
    try:
        bounds, prereleases = _bounds(chosen, direct, constraints, requires)
    except (ImportError, ValueError, Unclear):
        return False
    for round_ in range(max(map(len, bounds.values()))):
        asked = {name: found[round_] for name, found in bounds.items() if round_ < len(found)}
        told = newest([name + ",".join(sorted(clauses)) for name, clauses in sorted(asked.items())],
                      sorted(prereleases & set(asked)))
        if any(told.get(name) != chosen[name] for name in asked):
            return False
    return True


def direct_names(direct):
    """Normalised names of what is asked for by itself, in this environment."""
    return {normalised(each.name) for each in map(_parsed, direct) if _holds(each, "")}


def same_version(one, other):
    """Whether two texts are one version: 1.0-post1 is 1.0.post1."""
    from pip._vendor.packaging.version import Version
    return Version(one) == Version(other)


def _bounds(chosen, direct, constraints, requires):
    """({name: the sets of clauses that may be all that is known when it is met, without stronger ones},
    names that are somewhere compared with a pre-release: whether that lets some in is where resolvers differ)."""
    asked = [each for each in map(_parsed, direct) if _holds(each, "")]
    always = asked + [each for each in map(_parsed, constraints) if _holds(each, "")]
    by_requirer, parents = {}, {}
    for requirer, each in _required(asked, {name: [_parsed(line) for line in lines] for name, lines in requires.items()}):
        name = normalised(each.name)
        by_requirer.setdefault(name, {}).setdefault(requirer, []).append(each)
        for extra in [""] + sorted(each.extras):
            parents.setdefault((name, extra), set()).add(requirer)
    if set(chosen) - set(by_requirer):
        raise Unclear("a package that nothing requires")
    before = _always_before(parents)
    bounds, prereleases = {}, set()
    for name, requirers in by_requirer.items():
        if name not in chosen:
            raise Unclear("a requirement that was not met")
        common = [each for each in always if normalised(each.name) == name]
        alone = [[]] if None in requirers else [
            [one for other, held in requirers.items() if other in before[requirer] for one in held]
            for requirer in requirers]
        sets = {_upper_clauses(common + each) for each in alone}
        if any(map(_names_prerelease, common + [one for each in requirers.values() for one in each])):
            prereleases.add(name)
        bounds[name] = sorted((each for each in sets if not any(other < each for other in sets)), key=sorted)
    return bounds, prereleases


def _always_before(parents):
    """{(name, extra): all of them that are chosen before what it requires is met}: it and what lies on
    each way to it, its dominators in the graph whose root is None. `parents`: who requires each."""
    everything = set(parents) | {None}
    before = {node: set(everything) for node in parents}
    before[None] = {None}
    changed = True
    while changed:
        changed = False
        for node, requirers in parents.items():
            found = set.intersection(*(before[requirer] for requirer in requirers)) | {node}
            changed = changed or found != before[node]
            before[node] = found
    return before


def _required(asked, requires):
    """(requirer, requirement) of all that hold; a requirer is (name, extra), of what is asked for None."""
    found, seen = [(None, each) for each in asked], set()
    waiting = list(asked)
    while waiting:
        each = waiting.pop()
        for extra in [""] + sorted(each.extras):
            pair = normalised(each.name), extra
            if pair in seen:
                continue
            seen.add(pair)
            held = [one for one in requires.get(pair[0], ()) if _holds(one, extra)]
            found += [(pair, one) for one in held]
            waiting += held
    return found


def _upper_clauses(requirements):
    """The clauses that a newer version than the chosen one might fail."""
    if any(requirement.url is not None for requirement in requirements):
        raise Unclear("an address")
    clauses = [clause for requirement in requirements for clause in requirement.specifier]
    if any(clause.operator == "===" or "+" in clause.version for clause in clauses):
        raise Unclear("a version that no index orders")
    return frozenset(clause.operator + clause.version for clause in clauses if clause.operator not in (">", ">="))


def _names_prerelease(requirement):
    from pip._vendor.packaging.version import Version
    versions = [clause.version for clause in requirement.specifier]
    return any(Version(each[:-2] if each.endswith(".*") else each).is_prerelease for each in versions)


def _parsed(line):
    # Pip has it, and reads what packages require with it.
    from pip._vendor.packaging.requirements import Requirement
    return Requirement(line)


def _holds(requirement, extra):
    if requirement.marker is None:
        return True
    return any(requirement.marker.evaluate({"extra": one}) for one in (extra, normalised(extra)))

"""Puts together what verify.py reports of a function.

In: a Run, its request, what is installed. Out: {"version": 1, "python": "3.11.2", "milliseconds":
how long the import took, "problems": [{"kind": ..., and what that kind tells}], "network": [addresses
that an import has asked for], "output": [the last lines that were printed], "modules": {module:
package}}; fields with nothing to tell are left out.
"""
import difflib
import os
import re

from verify_causes import cause_of
from verify_modules import near_modules

# Frames of a crash that lie between the function and this program.
_BY_IMPORT = re.compile(r'File "(?:<frozen importlib|.*/importlib/__init__\.py"|.*/verify_\w+\.py")')


def report(run, request, installed):
    named = {event["event"]: event for event in run.events}
    watched = named.get("watched", {})
    network = watched.get("network", [])
    asked = [name for name, file, _ in watched.get("environment", ()) if installed.is_own(file)]
    problems = []
    for event in run.events:
        if event["event"] == "failed":
            problem = cause_of(event["chain"], request, installed, {"network": network, "asked": asked})
            problems.append(dict(problem, **_when(event)))
            # Nothing of the function's own was on the way but the statement itself.
            if "place" in event:
                problems[-1].setdefault("place", event["place"])
        elif event["event"] == "handler" and event["found"] != "function":
            problems.append(_handler_problem(event, request))
    if "ended" not in named:
        problems.append(_end_problem(run, installed, network))
    result = {"version": 1, "problems": problems, "network": network, "output": run.output if problems else [],
              "modules": installed.provided(), "python": named.get("started", {}).get("python", "")}
    times = [event["milliseconds"] for event in run.events if event["event"] == "imported"]
    if times and not any(problem.get("during") == "import" for problem in problems):
        result["milliseconds"] = round(sum(times), 1)
    return {key: value for key, value in result.items() if value or key == "problems"}


def _when(event):
    """In which part of the verification it happened: the import itself, an import that a function
    makes later, or that of a package."""
    when = {"during": event["during"]}
    if event["during"] == "module":
        when["importing"] = event["module"]
    return when


def _handler_problem(event, request):
    module, _, function = request["handler"].rpartition(".")
    problem = {"kind": "handler-" + event["found"].replace(" ", "-"), "module": module, "function": function,
               "during": "import"}
    if event["found"] == "missing":
        problem["near"] = difflib.get_close_matches(function, event["names"], 3, 0.5)
        problem["names"] = event["names"][:10]
    if event["found"] == "built-in":
        problem["near"] = near_modules(module, request["task"])
    for key in ("type", "arguments"):
        if key in event:
            problem[key] = event[key]
    return problem


def _end_problem(run, installed, network):
    """The process has ended, or was ended, before it was done."""
    problem = {"kind": {"exit": "exited", "signal": "crashed", "patience": "too-long", "flood": "flood"}[run.end]}
    problem["during"] = "import"
    if run.end in ("exit", "signal"):
        problem["code" if run.end == "exit" else "signal"] = str(run.code)
    for event in run.events:
        if event["event"] == "imported" and "module" not in event:
            problem["during"] = "later"
        if event["event"] == "trying":
            problem.update({key: event[of] for key, of in (("place", "place"), ("importing", "module")) if of in event})
    places = [_traced(line) for line in run.trace]
    frames = [place for place in places if place is not None]
    own = [place for place in frames if installed.is_own(place["file"])]
    # The innermost comes first there.
    if own and "place" not in problem:
        problem["place"] = own[0]
    owner = installed.owner(frames[0]["file"]) if frames else None
    if owner is not None:
        problem["distribution"], problem["version"] = owner.name, owner.version
    told = [line for line in run.trace if not _BY_IMPORT.search(line)]
    if told:
        problem["trace"] = told
    if network:
        problem["network"] = network
    return problem


def _traced(line):
    """`File "x.py", line 3 in load`, as faulthandler writes it."""
    before, _, after = line.partition(", line ")
    if not before.strip().startswith('File "') or not after:
        return None
    number, _, function = after.partition(" in ")
    file = before.strip()[len('File "'):].rstrip('"')
    if not number.isdigit() or os.path.basename(file).startswith("verify_"):
        return None
    return {"file": file, "line": int(number), "function": function}

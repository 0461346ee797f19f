"""What the installed pip makes of texts and requirements: JSON in, JSON out."""
import json
import sys

from pip._internal.req.constructors import install_req_from_editable, install_req_from_line
from pip._internal.req.req_file import get_line_parser, preprocess

parse_line = get_line_parser(None)


def named(kind, path):
    """An empty path is refused later, when pip opens it."""
    return kind + " " + path if path else "refused"


def read_file(text):
    lines = []
    for _, line in preprocess(text):
        try:
            args, opts = parse_line(line)
        except Exception:
            lines.append("refused")
            continue
        if args:
            lines.append("requirement " + args)
        elif opts.editables:
            lines.append(named("editable", opts.editables[0]))
        elif opts.requirements:
            lines.append(named("requirements", opts.requirements[0]))
        elif opts.constraints:
            lines.append(named("constraints", opts.constraints[0]))
        elif opts.find_links:
            lines.append("find-links " + opts.find_links[0])
    return lines


def read_requirement(construct, text):
    try:
        link = construct(text).link
    except Exception:
        return "refused"
    if link is None:
        return "index"
    if link.is_file:
        return "local"
    return "remote" if link.is_vcs or link.scheme in ("http", "https", "ftp") else "refused"


asked = json.load(sys.stdin)
json.dump(
    {
        "files": [read_file(text) for text in asked["files"]],
        "requirements": [read_requirement(install_req_from_line, text) for text in asked["requirements"]],
        "editables": [read_requirement(install_req_from_editable, text) for text in asked["editables"]],
    },
    sys.stdout,
)

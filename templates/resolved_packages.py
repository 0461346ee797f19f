"""Tells which packages an install has brought, and from which archives they came.

In: a folder that `pip install --target` has filled and nobody has changed since, and pip's own
report where pip writes one (22.2 and later). Out: {"packages": [...]} in a file, sorted by name; of
each package name and version, and as far as they are known:
  requested  true if it was asked for by itself, and not only needed by another
  archive    name of the wheel or sdist, and sha256, its hash
  url        where a requirement said that it is, without credentials
  commit     of a version control system, in full
  path       of what lies in the project, from the folder that pip ran in
Where packages of an index came from is not told: it may be a mirror, and is not the same everywhere.
Sources: PyPA specifications "Direct URL Data Structure" and "pip's installation report".
"""
import json
import os
import re
from email.parser import HeaderParser
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import url2pathname

_SHA256 = re.compile(r"[0-9a-f]{64}$")


def write_resolved_packages(path, root, reports, folder):
    """`reports`: paths of pip's, which need not exist; `folder`: the one that pip ran in."""
    found = {}
    for told in _installed(root, folder):
        found[_key(told["name"])] = told
    # The last pip that told of a package is the one that has installed it.
    last = {_key(told["name"]): told for report in reports for told in _reported(report, folder)}
    for key, told in last.items():
        # What is installed knows its version best; which archive it came from only pip knew.
        found[key] = dict(told, **found.get(key, {}))
    packages = [found[key] for key in sorted(found)]
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "w", encoding="ascii", newline="\n") as file:
        file.write(json.dumps({"packages": packages}, sort_keys=True, separators=(",", ":")) + "\n")
    os.chmod(path, 0o644)


def _installed(root, folder):
    """What the metadata in the folder tells, which old versions of pip leave, too."""
    for name in sorted(os.listdir(root)):
        base = os.path.join(root, name)
        if name.endswith(".dist-info"):
            texts = (os.path.join(base, "METADATA"),)
        elif name.endswith(".egg-info"):
            texts = (os.path.join(base, "PKG-INFO"), base)
        else:
            continue
        metadata = _metadata(texts)
        if metadata is None:
            continue
        told = dict(metadata, **_origin(_json(os.path.join(base, "direct_url.json")), folder, True))
        if os.path.isfile(os.path.join(base, "REQUESTED")):
            told["requested"] = True
        yield told


def _metadata(paths):
    for path in paths:
        if not os.path.isfile(path):
            continue
        with open(path, encoding="utf-8", errors="replace") as file:
            headers = HeaderParser().parse(file)
        if headers["Name"] and headers["Version"]:
            return {"name": headers["Name"].strip(), "version": headers["Version"].strip()}
    return None


def _reported(path, folder):
    content = _json(path)
    for item in content.get("install", ()) if isinstance(content, dict) else ():
        told = {"name": item["metadata"]["name"], "version": item["metadata"]["version"]}
        told.update(_origin(item.get("download_info"), folder, item.get("is_direct") is True))
        if item.get("requested") is True:
            told["requested"] = True
        yield told


def _origin(download, folder, is_direct):
    """Fields of a package for what direct_url.json, or the report, says of where it came from."""
    if not isinstance(download, dict) or not isinstance(download.get("url"), str):
        return {}
    url, origin = download["url"], {}
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = ":{}".format(parts.port) if parts.port else ""
    except ValueError:
        return {}
    if is_direct and parts.scheme == "file":
        path = _inside(url2pathname(parts.path), folder)
        if path is not None:
            origin["path"] = path
    elif is_direct:
        # A query can hold a token as well as the part before the host.
        origin["url"] = urlunsplit((parts.scheme, host + port, parts.path, "", ""))
    commit = download.get("vcs_info", {}).get("commit_id")
    if isinstance(commit, str):
        origin["commit"] = commit
    archive = download.get("archive_info")
    if archive is not None:
        origin["archive"] = unquote(parts.path).rpartition("/")[2]
        sha256 = _sha256(archive)
        if sha256 is not None:
            origin["sha256"] = sha256
    return origin


def _sha256(archive):
    hashes = archive.get("hashes") or {}
    kind, _, value = (archive.get("hash") or "").partition("=")
    found = hashes.get("sha256") or (value if kind == "sha256" else "")
    return found if _SHA256.match(found) else None


def _inside(path, folder):
    """The path from the folder, with slashes; "." is the folder, None what lies elsewhere."""
    found = os.path.relpath(os.path.realpath(path), os.path.realpath(folder)).replace(os.sep, "/")
    return None if found == ".." or found.startswith("../") else found


def _json(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def _key(name):
    """The name as an index has it: PyPA specifications, "Names and normalization"."""
    return re.sub(r"[-_.]+", "-", name).lower()

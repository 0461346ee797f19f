"""Python packages made by hand, so that tests of installing need no index."""
import base64
import hashlib
import zipfile

# A build backend (PEP 517) in the project itself: no setuptools, no network. It leaves build/ and an
# egg-info behind as setuptools does, and packs what an earlier build left in build/lib.
BACKEND = '''
import os, shutil, sys
sys.path.insert(0, {here!r})
import packages
def build_wheel(directory, settings=None, metadata=None):
    os.makedirs("build/lib", exist_ok=True)
    os.makedirs("{name}.egg-info", exist_ok=True)
    for name in os.listdir("{name}"):
        if name.endswith(".py"):
            shutil.copy("{name}/" + name, "build/lib")
    files = {{"{name}/" + n: open("build/lib/" + n, "rb").read() for n in sorted(os.listdir("build/lib"))}}
    return os.path.basename(packages.wheel(directory, "{name}", files, extras=("x",)))
'''


def wheel(folder, name, files, version="1.0", scripts=None, data=None, programs=(), extras=(),
          requires=()):
    """A wheel of pure Python in `folder`; returns its path. `scripts`: console entry points;
    `data`: {scheme path: content}; `programs`: names of files with an x bit."""
    info = "{}-{}.dist-info/".format(name, version)
    metadata = "Metadata-Version: 2.1\nName: {}\nVersion: {}\n".format(name, version)
    metadata += "".join("Provides-Extra: {}\n".format(extra) for extra in extras)
    metadata += "".join("Requires-Dist: {}\n".format(requirement) for requirement in requires)
    members = dict(files)
    members.update({"{}-{}.data/{}".format(name, version, path): text for path, text in (data or {}).items()})
    members[info + "METADATA"] = metadata.encode()
    members[info + "WHEEL"] = b"Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    if scripts:
        lines = "".join("{} = {}\n".format(*item) for item in sorted(scripts.items()))
        members[info + "entry_points.txt"] = ("[console_scripts]\n" + lines).encode()
    record = ""
    for path, content in members.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record += "{},sha256={},{}\n".format(path, digest, len(content))
    members[info + "RECORD"] = (record + info + "RECORD,,\n").encode()
    path = "{}/{}-{}-py3-none-any.whl".format(folder, name, version)
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in members.items():
            entry = zipfile.ZipInfo(member)
            entry.external_attr = (0o100755 if member in programs else 0o100644) << 16
            archive.writestr(entry, content)
    return path


def project(sandbox, folder, name, here):
    """A project folder whose package `name` is built by the backend above."""
    sandbox.write(folder + "/pyproject.toml", '[build-system]\nrequires = []\nbuild-backend = "backend"\n'
                                              'backend-path = ["."]\n')
    sandbox.write(folder + "/backend.py", BACKEND.format(name=name, here=here))
    sandbox.write(folder + "/" + name + "/__init__.py", "NAME = {!r}\n".format(name))

"""Unpacks function.zip to /unpacked/task and layers/*.zip, in the order of their names, to /unpacked/opt.

As Lambda does, and unlike zipfile's extractall: with the modes that the zip gives, and links as links.
"""
import os
import stat
import zipfile


def unpack(path, folder):
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            mode = entry.external_attr >> 16
            target = os.path.join(folder, entry.filename)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            if stat.S_ISLNK(mode):
                os.symlink(archive.read(entry).decode("utf-8"), target)
                continue
            if not entry.filename.endswith("/"):
                with open(target, "wb") as file:
                    file.write(archive.read(entry))
            os.chmod(target, stat.S_IMODE(mode))


def main():
    os.umask(0o022)
    for folder in ("/unpacked/task", "/unpacked/opt"):
        os.makedirs(folder)
    unpack("/invocation/function.zip", "/unpacked/task")
    for name in sorted(os.listdir("/invocation/layers")):
        unpack(os.path.join("/invocation/layers", name), "/unpacked/opt")


main()

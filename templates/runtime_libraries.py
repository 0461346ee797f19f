"""Tells which shared libraries Lambda has itself, so that no zip needs to carry them.

In: a runtime's name, or the root of an image that is like the runtime. Out: an object whose
`has(name, kind)` says whether the loader finds the library there.
"""
import os
import re
import sys

from failure import Failure, printable
from image_libraries import ImageLibraries
from pip_call import ANY_RUNTIME

# As Lambda sets it, up to the folders that a zip can fill.
# Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
_OWN_FOLDERS = (b"/var/lang/lib", b"/lib64", b"/usr/lib64", b"/var/runtime", b"/var/runtime/lib")

# Of the C library itself: never carried, since each part must be of the loader's own version.
_C_LIBRARY = re.compile(
    br"(libc|libm)\.so\.6$|(libpthread|libBrokenLocale|libanl|libmvec|librt|libthread_db)\.so\.[01]$"
    br"|libdl\.so\.2$|libutil\.so\.1$|libresolv\.so\.2$|libnss_\w+\.so\.2$|ld-linux-[\w-]+\.so\.[0-9]$")

# What every Lambda runtime has besides; both are also what manylinux wheels count on. The list is
# short on purpose: AWS's container images hold more than Lambda itself (libcurl, libexpat, glib), a
# library that is carried without need only costs its size, and Lambda's own copy is found first.
# Sources: a listing of Lambda on Amazon Linux 2, https://github.com/lambci/docker-lambda
# (base/base-2/fs.txt); the packages of public.ecr.aws/lambda/python:3.12 on Amazon Linux 2023,
# https://github.com/amazonlinux/amazon-linux-2023/issues/585; what differs between images and
# Lambda, https://github.com/aws/aws-lambda-base-images/issues/112 and /120; PEP 599.
_LISTED = frozenset((b"libgcc_s.so.1", b"libstdc++.so.6", b"libz.so.1"))
# Amazon Linux 2023 has it no more.
_LISTED_UNTIL_AMAZON_LINUX_2 = frozenset((b"libnsl.so.1",))
_LAST_ON_AMAZON_LINUX_2 = 11


def runtime_libraries(runtime, root, image):
    """The runtime of that name, or, where `root` is given, as the image there has it."""
    return ListedRuntime(runtime, image) if root is None else RuntimeRoot(root)


def runtime_image(root):
    """The libraries of an image that is like the runtime, as Lambda's loader finds them."""
    return ImageLibraries(os.fsencode(os.path.abspath(root)), _OWN_FOLDERS)


def is_of_c_library(name):
    """Whether a library is part of glibc: all of them have one version, the runtime's."""
    return _C_LIBRARY.match(name) is not None


def minor_version(runtime):
    """11 of python3.11; that of the Python which runs this where the runtime is `any`."""
    if runtime == ANY_RUNTIME:
        return sys.version_info[1]
    version = re.match(r"python3\.(\d+)$", runtime)
    if version is None:
        raise Failure("--runtime {}: a runtime is written like python3.11".format(printable(runtime)))
    return int(version.group(1))


class ListedRuntime:
    """A runtime by its name. `image`: the ImageLibraries of the image that is built in; what AWS's
    build images have in Lambda's own folders comes from the runtime."""

    def __init__(self, runtime, image):
        minor = minor_version(runtime)
        self._image = image
        # Until 3.7 the name ends in an m.
        python = [form.format(minor).encode() for form in ("libpython3.{}.so.1.0", "libpython3.{}m.so.1.0")]
        self._names = _LISTED.union(python, (b"libpython3.so",))
        if minor <= _LAST_ON_AMAZON_LINUX_2:
            self._names |= _LISTED_UNTIL_AMAZON_LINUX_2

    def has(self, name, kind):
        if name in self._names or is_of_c_library(name):
            return True
        folders = [folder for folder in _OWN_FOLDERS if folder.startswith(b"/var/")]
        return any(self._image.elf(folder + b"/" + name) is not None for folder in folders)


class RuntimeRoot:
    """A runtime as an image that is like it; `root` is where that image's files are."""

    def __init__(self, root):
        self._libraries = runtime_image(root)

    def has(self, name, kind):
        return is_of_c_library(name) or self._libraries.find(name, kind) is not None

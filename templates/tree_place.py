"""Where what is installed lies until it is packed: in memory, if it takes little of it, or on the disk.

To write thousands of files on a disk takes longer than to install them, and each engine keeps them then.
"""
import os
import shutil

# Bytes of wheels that may be unpacked in memory: more of them would hardly fit into a zip for Lambda.
_LARGEST = 48 << 20
# Bytes of the files for each byte of their wheels, more than of any package that was looked at.
_UNPACKED = 5
# The part of what is available that one install may take: others run at the same time.
_SHARE = 4
_MEMINFO = "/proc/meminfo"


def lay_in_memory(target, memory, size):
    """Makes the empty folder `target` a link to one in `memory`, a folder in memory, if what `size` bytes of
    wheels hold is to lie there. Without `memory`, or where a size is not known (None), nothing is done."""
    if memory is None or size is None or size > _LARGEST or size * _UNPACKED > available_memory() // _SHARE:
        return
    folder = os.path.join(os.path.abspath(memory), "installed")
    os.mkdir(folder, 0o755)
    os.rmdir(target)
    os.symlink(folder, target)


def lay_on_disk(target):
    """Makes `target` an empty folder of its own again, whatever is in it."""
    shutil.rmtree(os.path.realpath(target))
    if os.path.islink(target):
        os.unlink(target)
    os.mkdir(target)


def available_memory(path=_MEMINFO):
    """Bytes that programs can get before the system has to swap, as Linux estimates it (proc(5)); 0 if unknown."""
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            for line in file:
                name, _, value = line.partition(":")
                if name == "MemAvailable":
                    return int(value.split()[0]) << 10
    except (OSError, ValueError, IndexError):
        pass
    return 0

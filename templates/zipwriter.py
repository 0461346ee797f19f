"""Writes a zip that depends on nothing but its members.

In: entries, already one for each name. Out: the zip on a stream, and its digest. Members are
sorted by the bytes of their names, deflated in threads (zlib releases Python's lock),
and stored where deflating gains nothing. A member that comes from another zip is copied as it is.
"""
import hashlib
import os
import zlib
from collections import deque, namedtuple

import zipformat

# name: bytes, UTF-8, a folder's ends in `/`; mode: one of zipformat's four; content: one of the below.
Entry = namedtuple("Entry", "name mode content")
# A file to be deflated: path (bytes), size in bytes when it was listed.
OnDisk = namedtuple("OnDisk", "path size")
# Ready to be written: crc of and size in bytes of the original, and the deflated or stored data.
Packed = namedtuple("Packed", "method crc size data_size data")
# What was written: bytes of the zip, hex digest, sum of the members' original sizes, members.
Digest = namedtuple("Digest", "size sha256 unzipped_size entries")

# zlib's levels: 5 takes two thirds of the time of 6 for 1 % more bytes (docs/decisions/packer.md); small
# members gain little by it.
_LEVEL, _LEVEL_OF_LARGE, _LARGE = 6, 5, 32 << 10
_BLOCK = 1 << 20
# Results waiting for their turn are held in memory; this bounds the sizes of their originals.
_WINDOW_BYTES = 64 << 20
_WINDOW_ENTRIES = 512
# Below this the start of a pool costs more than it gains.
_WORTH_THREADS = 1 << 20


def write_zip_file(path, entries):
    """Writes the zip at `path` by way of a file beside it, so that a failure leaves no half zip.

    Returns a Digest. The file's mode is 0644 whatever the umask: Docker's cache keys include it.
    """
    path = os.fsencode(path)
    os.makedirs(os.path.dirname(path) or b".", exist_ok=True)
    partial = path + b".part"
    try:
        with open(partial, "wb", buffering=0) as stream:
            digest = write_zip(stream, entries)
            os.chmod(partial, 0o644)
        os.replace(partial, path)
    finally:
        if os.path.exists(partial):
            os.unlink(partial)
    return digest


def write_zip(stream, entries):
    """Writes the entries to a binary stream that is never rewound. Returns a Digest."""
    output = _HashedOutput(stream)
    directory = []
    unzipped = 0
    for entry, packed in _packed_in_order(sorted(entries, key=lambda entry: entry.name)):
        directory.append(zipformat.central_header(entry.name, entry.mode, packed, output.size))
        output.write(zipformat.local_header(entry.name, packed))
        output.write(packed.data)
        unzipped += packed.size
    offset = output.size
    for record in directory:
        output.write(record)
    output.write(zipformat.end_records(len(directory), output.size - offset, offset))
    output.flush()
    return Digest(output.size, output.sha256.hexdigest(), unzipped, len(directory))


def packed_bytes(data, deflate=True):
    """Bytes as a Packed: deflated if that is smaller."""
    if deflate and data:
        level = _LEVEL_OF_LARGE if len(data) > _LARGE else _LEVEL
        compressor = zlib.compressobj(level, zlib.DEFLATED, -15)
        deflated = compressor.compress(data) + compressor.flush()
        if len(deflated) < len(data):
            return Packed(zipformat.DEFLATED, zlib.crc32(data), len(data), len(deflated), deflated)
    return Packed(zipformat.STORED, zlib.crc32(data), len(data), len(data), data)


def _pack_file(path):
    with open(path, "rb", buffering=0) as file:
        return packed_bytes(file.read())


def _packed_in_order(entries):
    sizes = [entry.content.size for entry in entries if isinstance(entry.content, OnDisk)]
    if len(sizes) < 2 or sum(sizes) < _WORTH_THREADS:
        return ((entry, _ready(entry.content)) for entry in entries)
    return _packed_in_threads(entries)


def _ready(content):
    return _pack_file(content.path) if isinstance(content, OnDisk) else content


def _packed_in_threads(entries):
    from concurrent.futures import ThreadPoolExecutor  # 20 ms that a small zip need not spend

    waiting = deque()  # (entry, Packed or future, bytes held)
    held = 0
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        try:
            for entry in entries:
                content, cost = entry.content, 0
                if isinstance(content, OnDisk):
                    cost = content.size
                    content = pool.submit(_pack_file, content.path)
                waiting.append((entry, content, cost))
                held += cost
                while held > _WINDOW_BYTES or len(waiting) > _WINDOW_ENTRIES:
                    first, result, freed = waiting.popleft()
                    held -= freed
                    yield first, result if isinstance(result, Packed) else result.result()
            while waiting:
                first, result, freed = waiting.popleft()
                yield first, result if isinstance(result, Packed) else result.result()
        finally:
            for _, result, _ in waiting:  # after an error nobody waits for what has not begun
                if not isinstance(result, Packed):
                    result.cancel()


class _HashedOutput:
    """Gathers small writes into blocks, so that neither the file nor the hash sees each of them."""

    def __init__(self, stream):
        self.stream = stream
        self.sha256 = hashlib.sha256()
        self.size = 0
        self._parts = []
        self._gathered = 0

    def write(self, data):
        self._parts.append(data)
        self._gathered += len(data)
        self.size += len(data)
        if self._gathered >= _BLOCK:
            self.flush()

    def flush(self):
        block = memoryview(b"".join(self._parts))
        self._parts, self._gathered = [], 0
        self.sha256.update(block)
        while block:
            block = block[self.stream.write(block):]

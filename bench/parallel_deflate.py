"""Deflates every file of a folder in as many threads as there are cores, into one file.

usage: parallel_deflate.py FOLDER OUTPUT

What a zip of the folder cannot do without: a lower bound for the benchmark, not a zip.
"""
import os
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor


def deflated(path):
    with open(path, "rb") as file:
        return zlib.compress(file.read(), 6)


paths = [os.path.join(folder, name) for folder, _, names in os.walk(sys.argv[1]) for name in sorted(names)]
with ThreadPoolExecutor(os.cpu_count()) as pool, open(sys.argv[2], "wb") as output:
    for data in pool.map(deflated, paths):
        output.write(data)

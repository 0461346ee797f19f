"""Runs a command and prints what it took as JSON: seconds, and the resident memory in bytes of the largest process.

usage: measure.py FILE COMMAND [ARGUMENT...]

What the command prints goes to FILE. The exit code is the command's.
"""
import json
import resource
import subprocess
import sys
import time

with open(sys.argv[1], "wb") as output:
    started = time.perf_counter()
    code = subprocess.call(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
    seconds = time.perf_counter() - started
# Linux counts it in kilobytes.
print(json.dumps({"seconds": seconds, "memory": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024}))
sys.exit(code if 0 <= code < 128 else 1)

"""Runs the import of a function in a process of its own, as Lambda's user, and lets nothing of it out.

In: the request for verify_import.py and the environment. Out: a Run: the events, how the process
ended, and the end of what it printed. A process that neither ends nor stops printing is ended.
"""
import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections import namedtuple

# events: dicts; trace: lines of Python's own about a crash; output: the last lines that were printed;
# end: "exit" with code, "signal" with its name, "patience" (too long) or "flood" (too much printed).
Run = namedtuple("Run", "events trace output end code")

_PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "verify_import.py")
_MOST_PRINTED = 32 << 20
_MOST_TOLD = 16 << 20
_KEPT = 8 << 10
_KEPT_LINES = 20


def run_import(request, environment, folder, patience, prepare=None):
    """`folder`: where the process starts; `patience`: seconds; `prepare`: what it does before it starts."""
    events_in, events_out = os.pipe()
    request_in, request_out = os.pipe()
    # -u: what was printed is here when the process is gone.
    command = [sys.executable, "-u", _PROGRAM, str(events_out), str(request_in)]

    def begin():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if prepare is not None:
            prepare()

    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, pass_fds=(events_out, request_in), start_new_session=True, preexec_fn=begin)
    os.close(events_out)
    os.close(request_in)
    threading.Thread(target=_send, args=(request_out, json.dumps(request).encode()), daemon=True).start()
    told, printed, end = _listen(events_in, process, patience)
    os.close(events_in)
    process.stdout.close()
    events, trace = _read_events(told)
    if end is None:
        end = "signal" if process.returncode < 0 else "exit"
    code = _signal_name(-process.returncode) if end == "signal" else process.returncode
    return Run(events, trace, _last_lines(printed, end == "flood"), end, code)


def _send(descriptor, data):
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except OSError:
        # The process is gone, which is told otherwise.
        pass


def _listen(events, process, patience):
    """Reads both pipes until the process has ended: (what it told, the end of what it printed, why it
    was ended or None)."""
    deadline = time.monotonic() + patience
    told, printed, sizes, end = bytearray(), bytearray(), {}, None
    limits = {events: _MOST_TOLD, process.stdout.fileno(): _MOST_PRINTED}
    with selectors.DefaultSelector() as selector:
        for descriptor in limits:
            selector.register(descriptor, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(0.2)
            for key, _ in ready:
                data = os.read(key.fd, 1 << 16)
                if not data:
                    selector.unregister(key.fd)
                    continue
                sizes[key.fd] = sizes.get(key.fd, 0) + len(data)
                if key.fd == events:
                    told += data
                else:
                    printed = (printed + data)[-_KEPT:]
                if sizes[key.fd] > limits[key.fd]:
                    end = "flood"
            if end is None and time.monotonic() > deadline:
                end = "patience"
            # A process that it has left behind would hold the pipes open.
            if end is not None or (not ready and process.poll() is not None):
                break
    if end is None:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            end = "patience"
    # Those that it has left behind, too.
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except OSError:
        pass
    process.wait()
    return bytes(told), bytes(printed), end


def _read_events(told):
    events, trace = [], []
    for line in told.decode("utf-8", "replace").splitlines():
        try:
            event = json.loads(line) if line.startswith("{") else None
        except ValueError:
            event = None
        if isinstance(event, dict):
            events.append(event)
        elif line.strip():
            trace.append(line)
    return events, trace[:_KEPT_LINES]


def _last_lines(printed, is_cut):
    """Whole ones, where there are any: the first may have lost its beginning, the last its end."""
    lines = printed.decode("utf-8", "backslashreplace").splitlines()
    if len(printed) >= _KEPT and len(lines) > 1:
        lines = lines[1:]
    if is_cut and not printed.endswith(b"\n") and len(lines) > 1:
        lines = lines[:-1]
    return lines[-_KEPT_LINES:]


def _signal_name(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return "signal {}".format(number)

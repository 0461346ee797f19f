"""Runs a command on a terminal of its own and answers its question: terminal.py ANSWER COMMAND...

What the command writes comes out on stdout; the exit code is the command's.
"""
import os
import pty
import sys

answer, command = sys.argv[1], sys.argv[2:]
process, terminal = pty.fork()
if process == 0:
    os.execvp(command[0], command)
seen = b""
answered = False
while True:
    try:
        data = os.read(terminal, 4096)
    except OSError:  # Linux tells the end of a terminal so.
        break
    if not data:
        break
    seen += data
    sys.stdout.buffer.write(data)
    if b"[y/N]" in seen and not answered:
        answered = True
        os.write(terminal, answer.encode() + b"\n")
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))

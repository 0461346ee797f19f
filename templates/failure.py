"""How a program inside the build says that it cannot go on.

A Failure becomes one line on stderr, `pkgr: SUBJECT: what is wrong`, and exit code 3. Exit code 2
is a wrong command line (argparse), 1 a system error such as a full disk. Every other exit code is
that of the program that was run (pip).
"""
import os
import sys

EXIT_FAILURE = 3


class Failure(Exception):
    """One or more complaints; each is printed as a line of its own."""

    def __init__(self, *messages):
        Exception.__init__(self, *messages)
        self.messages = messages


def printable(name):
    """A path or pattern as one line of text: what a terminal would act on is escaped."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def run_program(subject, main):
    """Runs `main(arguments) -> exit code or None` and ends the process with the fitting exit code."""
    sys.exit(exit_code(subject, lambda: main(sys.argv[1:])))


def exit_code(subject, run):
    """Runs `run() -> exit code or None`; says what it fails with. Returns the fitting exit code."""
    try:
        return run() or 0
    except Failure as failure:
        for message in failure.messages:
            say(subject, message)
        return EXIT_FAILURE
    except OSError as error:
        where = "" if error.filename is None else ": " + printable(error.filename)
        say(subject, (error.strerror or str(error)) + where)
        return 1
    except KeyboardInterrupt:
        return 130


def say(subject, message):
    """Prints one line, whatever the encoding of the image's locale."""
    line = message if message.startswith("pkgr: ") else "pkgr: {}: {}".format(subject, message)
    sys.stdout.flush()
    sys.stderr.flush()
    sys.stderr.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
    sys.stderr.buffer.flush()

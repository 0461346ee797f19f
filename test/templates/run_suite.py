"""Lists or runs the tests of this folder for templates.test.ts.

usage: run_suite.py list|run   Out: JSON on stdout: ids, or {id: null or why it did not pass}.
"""
import io
import json
import os
import sys
import unittest

sys.dont_write_bytecode = True


def cases(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            for case in cases(item):
                yield case
        else:
            yield item


class Outcomes(unittest.TestResult):
    def __init__(self):
        unittest.TestResult.__init__(self)
        self.outcomes = {}

    def addSuccess(self, test):
        self.outcomes.setdefault(test.id(), None)

    def addError(self, test, err):
        self._failed(test.id(), self._exc_info_to_string(err, test))

    def addFailure(self, test, err):
        self._failed(test.id(), self._exc_info_to_string(err, test))

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self._failed(test.id(), str(subtest) + "\n" + self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        self._failed(test.id(), "skipped, which counts as failed: " + reason)

    def addUnexpectedSuccess(self, test):
        self._failed(test.id(), "passed, although it is marked as expected to fail")

    def _failed(self, name, why):
        self.outcomes[name] = "\n".join(filter(None, [self.outcomes.get(name), why]))


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    suite = unittest.defaultTestLoader.discover(folder, pattern="test_*.py", top_level_dir=folder)
    if sys.argv[1:] == ["list"]:
        print(json.dumps([case.id() for case in cases(suite)]))
        return
    real, sys.stdout = sys.stdout, io.StringIO()
    result = Outcomes()
    suite.run(result)
    sys.stdout = real
    print(json.dumps(result.outcomes))


if __name__ == "__main__":
    main()

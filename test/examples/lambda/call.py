"""Calls a handler as Lambda's runtime does, and writes what it returned or raised to /tmp/outcome.json."""
import importlib
import json
import os
import sys
import traceback


class Context:
    """What Lambda tells a function about the call; made up."""

    aws_request_id = "00000000-0000-0000-0000-000000000000"
    function_name = "function"
    function_version = "$LATEST"
    memory_limit_in_mb = "128"

    def get_remaining_time_in_millis(self):
        return 3000


def outcome(handler, event):
    module, _, function = handler.rpartition(".")
    try:
        call = getattr(importlib.import_module(module.replace("/", ".")), function)
    except BaseException as error:
        return raised("import", error)
    try:
        # Through JSON, because Lambda sends what a function returns over HTTP.
        return {"kind": "returned", "value": json.loads(json.dumps(call(event, Context())))}
    except BaseException as error:
        return raised("call", error)


def raised(during, error):
    trace = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return {"kind": "raised", "during": during, "type": type(error).__name__, "message": str(error), "trace": trace}


def main():
    with open("/invocation/invocation.json", encoding="utf-8") as file:
        invocation = json.load(file)
    os.environ.update(invocation["environment"])
    # The folder of this program is no part of a function.
    sys.path.remove("/invocation")
    found = outcome(invocation["handler"], invocation["event"])
    with open("/tmp/outcome.json", "w", encoding="utf-8") as file:
        json.dump(found, file)


main()

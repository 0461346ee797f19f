import sys

if len(sys.argv) < 2:
    print("usage: app.py FILE")
    sys.exit(2)


def handler(event, context):
    return event

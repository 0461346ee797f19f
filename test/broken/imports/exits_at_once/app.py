import os

print("nothing to do")
os._exit(3)


def handler(event, context):
    return event

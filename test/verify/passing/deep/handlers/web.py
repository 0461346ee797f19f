from .words import greeting


def handler(event, context):
    return greeting(event["name"])

try:
    import ujson as json
except ImportError:
    import json

if False:
    import typing_extensions


def handler(event, context):
    if event.get("trace"):
        import tracing

        tracing.start()
    return json.dumps(event)

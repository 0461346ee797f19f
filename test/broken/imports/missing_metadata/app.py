from importlib import metadata

VERSION = metadata.version("six")


def handler(event, context):
    return VERSION

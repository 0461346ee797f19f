import os

CACHE = os.path.join(os.path.dirname(__file__), "cache.json")
with open(CACHE, "w") as file:
    file.write("{}")


def handler(event, context):
    return CACHE

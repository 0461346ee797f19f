import os
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as cache:
    cache.write("{}")

# A cache beside the code is tried, and done without where it cannot be.
try:
    with open(os.path.join(HERE, "cache.json"), "w") as file:
        file.write("{}")
    PLACE = HERE
except PermissionError:
    raise
except OSError:
    PLACE = os.path.dirname(cache.name)


def handler(event, context):
    return PLACE

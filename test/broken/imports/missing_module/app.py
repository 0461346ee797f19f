import json

import yaml


def handler(event, context):
    return json.loads(json.dumps(yaml.safe_load(event["document"])))

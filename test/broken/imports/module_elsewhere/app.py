import texts


def handler(event, context):
    return texts.greeting(event["name"])

import words


def handler(event, context):
    return words.greeting(event["name"])

import settings


def handler(event, context):
    return settings.LIMIT

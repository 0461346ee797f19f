import texts


def handler(event, context):
    return texts.GREETING

import lib._speed


def handler(event, context):
    return lib._speed.answer()

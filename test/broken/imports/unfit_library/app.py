import _speed


def handler(event, context):
    return _speed.answer()

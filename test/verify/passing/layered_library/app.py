import ctypes

SPEED = ctypes.CDLL("libspeed.so.1")


def handler(event, context):
    return SPEED.twice(event["number"])

import os

URL = os.getenv("SERVICE_URL").rstrip("/")


def handler(event, context):
    return URL

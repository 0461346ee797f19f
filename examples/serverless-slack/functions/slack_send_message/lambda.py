"""Posts a message, rendered from a template, to a channel."""
from humanize import apnumber

from common2 import render
from slack_helpers import mention, section, slack_client


def handler(event, context):
    names = dict(event.get("context", {}), mention=mention, in_words=apnumber)
    text = render(event["template"], names)
    message = {"channel": event["channel"], "text": text, "blocks": [section(text)]}
    client = slack_client()
    if client is None:
        return {"sent": False, "message": message}
    answer = client.chat_postMessage(**message)
    return {"sent": True, "message": message, "ts": answer["ts"]}

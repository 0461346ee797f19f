"""Opens a dialog for somebody, and tells the channel's response URL that it was opened."""
import requests

from common2 import render, shorten
from slack_helpers import mention, slack_client

# https://api.slack.com/dialogs
TITLE_LIMIT = 24
SECONDS_TO_ANSWER = 3


def handler(event, context):
    dialog = {
        "callback_id": event["callback_id"],
        "title": shorten(render(event["title"], event), TITLE_LIMIT),
        "submit_label": "Send",
        "elements": [element(question) for question in event["questions"]],
    }
    # A response URL is a plain HTTPS address that takes a POST without a token.
    notice = requests.Request(
        "POST",
        event["response_url"],
        json={"text": "{} was asked: {}".format(mention(event["user"]), dialog["title"])},
    ).prepare()

    client = slack_client()
    if client is not None:
        client.dialog_open(dialog=dialog, trigger_id=event["trigger_id"])
        with requests.Session() as session:
            session.send(notice, timeout=SECONDS_TO_ANSWER).raise_for_status()
    return {
        "sent": client is not None,
        "dialog": dialog,
        "notice": {"url": notice.url, "body": notice.body.decode("utf-8")},
    }


def element(question):
    """A text field; a question with choices becomes a menu."""
    field = {"label": question["label"], "name": question["name"]}
    if "choices" not in question:
        return dict(field, type="text")
    options = [{"label": choice, "value": choice} for choice in question["choices"]]
    return dict(field, type="select", options=options)

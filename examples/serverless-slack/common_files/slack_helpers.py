"""What the functions share about Slack."""
import os

from slack_sdk import WebClient
from slack_sdk.models.blocks import MarkdownTextObject, SectionBlock

from common2 import shorten

# https://api.slack.com/reference/block-kit/blocks#section
SECTION_LIMIT = 3000


def slack_client():
    """A client with the bot's token, or None where there is none: then nothing is sent."""
    token = os.environ.get("SLACK_BOT_TOKEN")
    return WebClient(token=token) if token else None


def section(text):
    """One block of Slack's markdown, as the API takes it."""
    return SectionBlock(text=MarkdownTextObject(text=shorten(text, SECTION_LIMIT))).to_dict()


def mention(user_id):
    """How a message addresses somebody."""
    return "<@{}>".format(user_id)

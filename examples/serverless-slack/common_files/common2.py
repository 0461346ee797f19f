"""What the functions share that has nothing to do with Slack."""
from jinja2 import Environment, StrictUndefined

_templates = Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False)


def render(template, context):
    """The template's text for this context. A name that the context lacks is an error."""
    return _templates.from_string(template).render(context)


def shorten(text, limit):
    """The text in at most `limit` characters, with an ellipsis where something was cut off."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"

"""Writes the receipt of an order that has prices."""
import os

from jinja2 import Environment, FileSystemLoader

from shop.money import shown
from shop.orders import total

PAGES = Environment(loader=FileSystemLoader(os.path.join(os.path.dirname(__file__), "pages")))
PAGES.filters["money"] = shown


def handler(event, context):
    page = PAGES.get_template("receipt.txt")
    return {"receipt": page.render(order=event, total=total(event)).splitlines()}

"""Adds the price of each line to an order."""
import json
import os

from shop.orders import new_order

with open(os.path.join(os.path.dirname(__file__), "prices.json"), encoding="utf-8") as file:
    PRICES = json.load(file)


def handler(event, context):
    lines = [dict(line, price=PRICES[line["sku"]]) for line in event["lines"]]
    return new_order(event["customer"], lines)

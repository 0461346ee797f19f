"""Checks what a customer has sent, and makes an order of it."""
from voluptuous import All, Invalid, Length, Range, Required, Schema

from shop.orders import new_order

LINE = {Required("sku"): str, Required("count"): All(int, Range(min=1, max=99))}
BODY = Schema({Required("customer"): All(str, Length(min=1)), Required("lines"): [LINE]})


def handler(event, context):
    try:
        body = BODY(event)
    except Invalid as problem:
        return {"refused": str(problem)}
    return new_order(body["customer"], body["lines"])

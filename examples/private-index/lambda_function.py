"""Greets, in the words of a package that only the company's own index has."""
from companygreetings import greeting


def handler(event, context):
    return {"says": greeting(event["name"])}

import random


def handler(event, context):
    return random.choice()

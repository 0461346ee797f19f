def handler(event):
    return "called with two"

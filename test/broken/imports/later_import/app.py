import json


def handler(event, context):
    return render(event)


def render(event):
    import jinja2

    return jinja2.Template(event["template"]).render(json.loads(event["values"]))

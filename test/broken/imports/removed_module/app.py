import cgi


def handler(event, context):
    return cgi.parse_header(event["header"])

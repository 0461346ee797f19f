def handler(event, context):
    import texts
    from six import text_type

    return texts.greeting(text_type(event["name"]))

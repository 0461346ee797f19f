def handler(event, context):
    print "of another Python"

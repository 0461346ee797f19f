import telemetry


def handler(event, context):
    return telemetry.trace(event)

"""Says what is in a CSV: for each column its kind, and what can be said of its values."""
import io

import pandas
from columns import describe


def handler(event, context):
    table = pandas.read_csv(io.StringIO(event["csv"]))
    return {
        "rows": len(table),
        "columns": {name: describe(table[name]) for name in table.columns},
    }

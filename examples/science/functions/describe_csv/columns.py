"""What can be said of one column, in values that JSON has."""
from pandas.api.types import is_numeric_dtype

DIGITS = 6


def describe(column):
    found = {"missing": int(column.isna().sum())}
    if is_numeric_dtype(column):
        statistics = column.describe()
        wanted = {"mean": "mean", "std": "deviation", "min": "smallest", "50%": "median", "max": "largest"}
        numbers = {name: round(float(statistics[key]), DIGITS) for key, name in wanted.items()}
        return dict(found, kind="number", **numbers)
    counts = column.value_counts()
    return dict(found, kind="text", different=int(column.nunique()), most_frequent=str(counts.index[0]))

LIMITS = {"small": 1, "large": 100}


def limit(size):
    return LIMITS[size]


LIMIT = limit("medium")

from prices import price


def total(order):
    return sum(price(item) for item in order)

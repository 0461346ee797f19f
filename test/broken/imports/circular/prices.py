from orders import total


def price(item):
    return item["price"] if "price" in item else total(item["parts"])

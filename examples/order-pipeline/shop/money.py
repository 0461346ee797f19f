"""Amounts of money, as whole cents."""


def shown(cents):
    """As a person reads it: 1234 is 12.34."""
    return "{}.{:02d}".format(*divmod(cents, 100))

import unittest

from shop.money import shown


class Money(unittest.TestCase):
    def test_has_two_places(self):
        self.assertEqual(shown(1205), "12.05")

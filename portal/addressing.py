"""Addressing: what an address may say: numbers that the databases can hold."""
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1
"""What a column of the databases holds."""


class Number(IntegerConverter):
    """A number in an address, which may be one of the database's; an address with a larger one is of nothing."""

    def __init__(self, *args, **rest):
        super().__init__(*args, **({"max": LARGEST} | rest))

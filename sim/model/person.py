"""Somebody who works in a department."""

from sim.model.feelings import Feelings
from sim.scenario.people import Individual


class Person(Feelings):
    """An individual who holds a post; ``individual`` is what the file says of them, if it does."""

    __slots__ = ("individual", "leaving", "number", "post")

    def __init__(self, number: int, post: int, key: int, individual: Individual | None) -> None:
        self.number = number
        self.leaving = False
        self.post = post
        self.key = key
        self.individual = individual
        self.mood = 0.0
        self.shown = 0.0
        self.served = 0

"""Somebody who works in a department: what they feel, what they can do, and what they therefore show."""

from sim.model import laws
from sim.model.line import Worker
from sim.scenario.parameters import Laws
from sim.scenario.people import Individual


class Person(Worker):
    """An individual. Morale, mood, temper, orientation and skill are their own; the rest follows from these.

    ``individual`` is what the file says of them, if it does.
    What follows is kept ready: condition, ceiling, attitude and pace (see ``feel``), and the manner (see ``mind``).
    ``shown`` and ``served`` sum up the respect of a period between reviews.
    """

    __slots__ = (
        "attitude",
        "ceiling",
        "condition",
        "disposition",
        "individual",
        "key",
        "manner",
        "mood",
        "morale",
        "orientation",
        "pace",
        "post",
        "served",
        "shown",
        "skill",
        "temper",
    )

    def __init__(self, number: int, post: int, key: int, individual: Individual | None) -> None:
        super().__init__(number)
        self.post = post
        self.key = key
        self.individual = individual
        self.mood = 0.0
        self.shown = 0.0
        self.served = 0
        self.morale: float
        self.temper: float
        self.disposition: float
        self.orientation: float
        self.skill: float

    def feel(self, keys: Laws) -> None:
        """After morale, mood or skill have changed: what they are able to give now."""
        self.condition = laws.condition(self.morale, self.mood, keys.mood_weight)
        self.ceiling = laws.ceiling(self.condition, keys.ceiling_slack)
        self.attitude = laws.attitude(self.ceiling, keys.professional_norm)
        self.pace = laws.pace(
            self.condition, self.skill, keys.pace_needs_condition, keys.pace_needs_skill, keys.ordinary_condition
        )

    def mind(self, keys: Laws) -> None:
        """After orientation has changed: which part of the attitude they show as respect."""
        self.manner = laws.manner(
            self.orientation,
            self.temper,
            keys.respect_needs_orientation,
            keys.respect_needs_temper,
            keys.even_temper,
        )

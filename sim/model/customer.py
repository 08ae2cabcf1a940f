"""A customer outside: what they expect, how satisfied they are, and whether they still come.

Plain numbers and the laws, no more; both engines move them by these same lines.
"""

from typing import NamedTuple

from sim.model import laws, luck
from sim.model.calendar import HOURS_PER_MONTH
from sim.model.luck import uniform
from sim.scenario.parameters import Laws


class Judgement(NamedTuple):
    """What a customer expected, how satisfied they are with a purchase, and by how much that moved their view."""

    expected: float
    satisfaction: float
    step: float


class Customer:
    """Somebody who buys: what they expect to get (``will``), how satisfied they are, and whether they still come."""

    __slots__ = ("active", "key", "satisfaction", "served", "will")

    key: int
    will: float
    satisfaction: float
    served: float
    active: bool

    def __init__(self, key: int, will: float, satisfaction: float, now: float) -> None:
        self.key = key
        self.will = will
        self.satisfaction = satisfaction
        self.served = now
        self.active = True

    def judge(self, experience: float, owed: float, now: float, keys: Laws) -> Judgement:
        """How satisfied they are with a purchase, by what they expected; their view of the company moves."""
        expected = laws.expectation(self.will, owed, keys.will_weight)
        satisfaction = laws.satisfaction(experience, expected, keys.disappointment, keys.loss_aversion)
        months = (now - self.served) / HOURS_PER_MONTH
        self.served = now
        self.will = laws.adapted(self.will, experience, months, keys.expectation_up, keys.expectation_down)
        step = keys.satisfaction_memory * (satisfaction - self.satisfaction)
        self.satisfaction += step
        return Judgement(expected, satisfaction, step)

    def leaves(self, purchase_key: int, keys: Laws) -> bool:
        """Whether they are lost after a purchase."""
        risk = laws.lost(self.satisfaction, keys.loss_per_purchase, keys.loyalty_power)
        return uniform(purchase_key, luck.STAYING) < risk

"""How somebody was treated: respect, agility and care of one answer, within what whoever served was able to give."""

from typing import NamedTuple

from sim.model import laws
from sim.scenario.parameters import Laws


class Shown(NamedTuple):
    """What whoever served was able to show: the most that their ceiling allows, what they brought, and their manner."""

    ceiling: float
    attitude: float
    manner: float


class Treatment(NamedTuple):
    """What was shown, each in [0, 1], the experience that the three make, and what who served was able to bring."""

    respect: float
    agility: float
    care: float
    ceiling: float
    attitude: float
    experience: float


def treatment(shown: Shown, delay_hours: float, acceptable_wait_hours: float, outcome: int, keys: Laws) -> Treatment:
    """How an answer treats whoever asked: right, repaired or wrong (0, 1, 2), ``delay_hours`` after they asked."""
    respect = shown.attitude * shown.manner
    agility = laws.agility(delay_hours, acceptable_wait_hours, keys.agility_exponent)
    care = shown.attitude * (1.0, keys.repaired_care, keys.wrong_care)[outcome]
    experience = laws.experience(respect, agility, care, keys.weight_respect, keys.weight_agility, keys.weight_care)
    return Treatment(respect, agility, care, shown.ceiling, shown.attitude, experience)

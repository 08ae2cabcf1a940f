"""What a day does to the people of a department: those around them, and what practices and managers sustain."""

from typing import NamedTuple

from sim.model import laws
from sim.scenario.parameters import Laws
from sim.scenario.practices import Practices


class Led(NamedTuple):
    """How a department is led: what is delegated, how many answer to its manager, and that manager's style."""

    delegation: float
    span: float
    style: float


class Surroundings(NamedTuple):
    """Morale and mood of those around; the level of morale that is sustained; the floor of orientation."""

    morale: float
    mood: float
    sustained: float
    floor: float


def surroundings(  # noqa: PLR0913, PLR0917 - all that there is around
    morale: float, mood: float, load: float, led: Led, practices: Practices, inclination: float, keys: Laws
) -> Surroundings:
    """Of people who have nobody around but their team, of some morale and mood and with an inclination of their own."""
    level = laws.sustained(
        keys.base_morale + inclination,
        keys.morale_from_delegation * led.delegation,
        keys.morale_from_involvement * practices.involvement,
        keys.morale_from_recognition * practices.recognition,
        keys.morale_from_clarity * practices.role_clarity,
        keys.morale_from_interaction * practices.interaction * laws.thinned(led.span, keys.ordinary_span),
        keys.morale_from_style * led.style,
        keys.morale_from_overload * laws.overload(load, keys.overload_from),
    )
    floor = keys.orientation_floor + keys.orientation_from_clarity * practices.role_clarity
    return Surroundings(morale, mood, level, floor)

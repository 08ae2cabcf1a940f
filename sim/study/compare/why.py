"""Why a scenario differs from the base: where a customer's time goes and where satisfaction is lost, part by part.

The parts of a replication add up to its whole (``customer_delay_hours``, and 100 less ``customer_satisfaction``), so
the differences of the parts add up to the difference of the whole, to rounding. How a purchase's satisfaction is parted
stands in ``sim/model/shortfall.py``: additive logarithmic-mean decomposition, no order to be chosen.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from sim.model.measures import DEPARTMENT, LINK
from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.study.compare.comparison import Comparison
from sim.study.compare.intervals import Estimate, mean_of_known, paired

TIME: Final = (
    "purchase_handling_hours",
    "purchase_queueing_hours",
    "purchase_deciding_hours",
    "purchase_repair_hours",
)
LOST: Final = ("lost_respect", "lost_agility", "lost_care", "lost_expectation")
STATES: Final = (
    "morale",
    "orientation",
    "experience_received",
    "experience_given",
    "queue_hours",
    "right_first_time",
    "avoided_share",
    "flaws",
)
"""What a department is asked about, to see what reached it and what it passed on."""
_WHOLE: Final = "customer_delay_hours"


@dataclass(frozen=True, slots=True)
class Part:
    """An outcome at one place: its mean in both scenarios, and how much higher it is in the other, in ``each`` pair."""

    outcome: str
    where: str
    base: float
    other: float
    difference: Estimate
    each: Floats = field(compare=False, repr=False)


def time_parts(comparison: Comparison, scenario: Scenario) -> list[Part]:
    """The hours of a purchase by department, each of ``TIME``; together the difference of the customer's delay."""
    places = _places(comparison, scenario, DEPARTMENT)
    return [_part(comparison, scenario, outcome, DEPARTMENT, where) for where in places for outcome in TIME]


def lost_parts(comparison: Comparison, scenario: Scenario) -> list[Part]:
    """The points that satisfaction lacks to 100 by link, each of ``LOST``; none where nobody feels."""
    if not (scenario.feels and comparison.base.feels):
        return []
    places = _places(comparison, scenario, LINK)
    return [_part(comparison, scenario, outcome, LINK, where) for where in places for outcome in LOST]


def states(comparison: Comparison, scenario: Scenario) -> list[Part]:
    """How every department is, each of ``STATES`` that it has in both scenarios; their intervals hold all at once."""
    places = [(outcome, where) for where in _places(comparison, scenario, DEPARTMENT) for outcome in STATES]
    values = {
        place: tuple(comparison.values(item, place[0], DEPARTMENT, place[1]) for item in (comparison.base, scenario))
        for place in places
    }
    there = {place: sides for place, sides in values.items() if not np.all(np.isnan(sides[1] - sides[0]))}
    return [_told(*place, base, other, len(there)) for place, (base, other) in there.items()]


def _places(comparison: Comparison, scenario: Scenario, level: str) -> list[str]:
    """Departments or links of either scenario, in the order of the base."""
    both = (comparison.base, scenario)
    if level == DEPARTMENT:
        return list(dict.fromkeys(name for item in both for name in item.department_names))
    return list(dict.fromkeys(link.name for item in both for link in item.links))


def _part(comparison: Comparison, scenario: Scenario, outcome: str, level: str, where: str) -> Part:
    """A part of a whole: 0 in a scenario without that place, NaN in replications without any purchase."""
    sides: list[Floats] = []
    for item in (comparison.base, scenario):
        values, whole = comparison.values(item, outcome, level, where), comparison.values(item, _WHOLE)
        sides.append(np.where(np.isnan(values) & ~np.isnan(whole), 0.0, values))
    return _told(outcome, where, sides[0], sides[1])


def _told(outcome: str, where: str, base: Floats, other: Floats, family: int = 1) -> Part:
    return Part(outcome, where, mean_of_known(base), mean_of_known(other), paired(base, other, family), other - base)

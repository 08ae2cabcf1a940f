"""The ripple of one person's attitude: what it costs morale, week by week, at each distance along the chain (A3)."""

from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import DAYS_PER_WEEK
from sim.model.graph import company_graph
from sim.model.measures import DEPARTMENT
from sim.model.record import Floats
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario
from sim.study.paths import band, paths, running_mean
from sim.study.together import Together

SMOOTHED_WEEKS = 9


@dataclass(frozen=True, slots=True)
class Ring:
    """The departments at one distance from where it began, and the change of their morale, in points.

    Changes are pairs × weeks.
    """

    departments: tuple[str, ...]
    changes: Floats


@dataclass(frozen=True, slots=True)
class Ripple:
    """Rings from the inside out, and customers' satisfaction; days on which the person arrives and leaves."""

    weeks: NDArray[np.int64]
    rings: tuple[Ring, ...]
    customers: Floats
    arrives_day: int
    leaves_day: int


def losses(found: Ripple, changes: Floats) -> Floats:
    """Points lost by week: means over pairs and neighbouring weeks; 0 where luck explains them (95 %).

    Weeks before, during and after are never mixed.
    """
    lost = np.zeros(len(found.weeks))
    days = found.weeks * DAYS_PER_WEEK
    ends = (-np.inf, found.arrives_day, found.leaves_day, np.inf)
    for begin, end in pairwise(ends):
        chosen = (days >= begin) & (days < end)
        if chosen.any():
            apart = band(running_mean(changes[:, chosen], SMOOTHED_WEEKS))
            lost[chosen] = np.where(apart.high < 0.0, -apart.mean, 0.0)
    return lost


def downstream(scenario: Scenario, origin: str) -> list[tuple[str, ...]]:
    """Departments by their distance from ``origin`` along links from supplier to customer; itself first."""
    away = nx.single_source_shortest_path_length(company_graph(scenario), origin)
    away.pop(MARKET, None)
    return [
        tuple(name for name in scenario.department_names if away.get(name) == step)
        for step in range(max(away.values()) + 1)
    ]


def ripple(together: Together, pair: tuple[Scenario, Scenario]) -> Ripple:
    """What the person in whom the two companies differ does to the rest, as a mean over pairs."""
    base, other = pair
    origin = next(
        part for part, twin in zip(other.departments, base.departments, strict=True) if part.people != twin.people
    )
    staff = {part.name: part.staff for part in base.departments}
    rings = []
    for names in downstream(base, origin.name):
        changes = [paths(together, pair, "morale", DEPARTMENT, name).difference for name in names]
        weights = [staff[name] for name in names]
        rings.append(Ring(names, np.average(changes, axis=0, weights=weights)))
    outside = paths(together, pair, "customer_satisfaction")
    person = origin.people.list[0]
    return Ripple(
        outside.weeks,
        tuple(rings),
        outside.difference,
        person.arrives_day or 0,
        person.leaves_day if person.leaves_day is not None else base.days,
    )

"""What a disliked supplier is asked for, and what its customers do without it, week by week (B4)."""

from dataclasses import dataclass

import numpy as np

from sim.model.measures import DEPARTMENT, LINK
from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.study.paths import Paths, paths
from sim.study.together import Together


@dataclass(frozen=True, slots=True)
class Tickets:
    """Requests a week that reach the supplier, and needs that its customers work around in silence."""

    asked: Paths
    avoided: Paths


def tickets(together: Together, pair: tuple[Scenario, Scenario], supplier: str) -> Tickets:
    """Of all links of a supplier to departments."""
    links = [link.name for link in pair[0].links if link.supplier == supplier and not link.to_market]
    found = [paths(together, pair, "requests", LINK, name) for name in links]
    base, other = sum(item.base for item in found), sum(item.other for item in found)
    asked = Paths(found[0].weeks, np.asarray(base), np.asarray(other))
    shares = paths(together, pair, "avoided_share", DEPARTMENT, supplier)
    avoided = Paths(asked.weeks, _avoided(asked.base, shares.base), _avoided(asked.other, shares.other))
    return Tickets(asked, avoided)


def _avoided(asked: Floats, share: Floats) -> Floats:
    """From share = avoided / (asked + avoided); NaN where nobody asked."""
    return np.asarray(np.divide(asked * share, 1.0 - share, out=np.full(asked.shape, np.nan), where=share < 1.0))

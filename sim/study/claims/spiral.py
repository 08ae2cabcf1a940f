"""The spiral: after a bad time that is taken back, one company recovers and another does not.

The two companies differ in how strongly treatment moves moods and moods move morale: in one, what is lost comes back
smaller from round to round of the chain (a gain well below 1); in the other hardly smaller, and where losses weigh
more than gains, a bad time is enough to tip it over.
"""

from dataclasses import dataclass

import numpy as np

from sim.model.gain import gain
from sim.model.steady import rest
from sim.scenario.schema import Scenario
from sim.study.paths import Paths, paths
from sim.study.together import Together

STURDY, FRAGILE = "spiral-sturdy", "spiral-fragile"
FINAL_WEEKS = 13
BACK = 0.2
"""Choice: a company has recovered that keeps less than so much of its deepest loss."""


@dataclass(frozen=True, slots=True)
class Shock:
    """A company with a bad time and without one; the days on which the bad time begins and ends; its gain without."""

    morale: Paths
    begins_day: int
    ends_day: int
    gain: float

    @property
    def left(self) -> float:
        """The share of the deepest loss of morale that is left in the last weeks."""
        deepest = float(np.nanmin(self.morale.smoothed(5).difference.mean(axis=0)))
        return float(self.morale.difference[:, -FINAL_WEEKS:].mean()) / deepest if deepest < 0.0 else 0.0

    @property
    def recovered(self) -> bool:
        """Whether most of it came back."""
        return self.left < BACK


def shock(together: Together, scenario: Scenario, replications: int) -> Shock:
    """Live through a scenario with its dated changes and without them."""
    calm = scenario.model_copy(update={"changes": ()})
    together.live([(item, replications) for item in (calm, scenario)])
    days = [change.day for change in scenario.changes]
    return Shock(paths(together, (calm, scenario), "morale"), min(days), max(days), gain(rest(calm)))

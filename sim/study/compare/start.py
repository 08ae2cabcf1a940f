"""Was the start behind the companies when observing began? Looked at, not assumed.

Two looks at every scenario. *Drift*: do morale, orientation or flaws still wander after the warm-up, more than luck
explains and more than matters? It is asked of the difference to the base too, week by week: a difference that still
grows is one of these days. *MSER-5* (White, Cobb & Spratt 2000, WSC): which first weeks of the queues would one leave
out so that the rest tells their mean best? Neither is asked of weeks after a dated change, which is meant to move
things. That nothing is seen shows nothing: a start is behind only where each drift is known to be smaller than matters.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sim.model.calendar import DAYS_PER_WEEK
from sim.model.measures import DEPARTMENT
from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.study.compare.intervals import Estimate, critical
from sim.study.together import Together

MATTERS: Final = {"morale": 1.0, "orientation": 1.0, "flaws": 0.5}
"""Choice: a drift over the observed period that is worth a warning, in points and in flaws for each department."""
BATCH: Final = 5
_FEWEST_WEEKS: Final = 8

Settled = Literal["behind", "moving", "hidden", "not examined"]
"""The start is behind; it is seen not to be; luck hides it; there were too few weeks or replications to look."""


@dataclass(frozen=True, slots=True)
class Drift:
    """How far an outcome wanders from the first observed week to the last, as a line through the weeks of each run."""

    outcome: str
    wandered: Estimate

    @property
    def is_seen(self) -> bool:
        """Whether the interval leaves out zero and the mean is more than ``MATTERS``."""
        return self.wandered.is_seen and abs(self.wandered.mean) > MATTERS[self.outcome]

    @property
    def is_small(self) -> bool:
        """Whether the whole interval is less than ``MATTERS``."""
        return self.wandered.lies_within(MATTERS[self.outcome])


@dataclass(frozen=True, slots=True)
class Start:
    """What was found of a scenario: its drifts, and those of its difference to the base.

    ``cut_weeks``: weeks from the start of the warm-up that MSER-5 leaves out, if it was asked. ``has_cut``: whether
    that is less than the most it may leave out, without which it has found nothing.
    """

    scenario: str
    drifts: tuple[Drift, ...]
    apart: tuple[Drift, ...]
    cut_weeks: int | None
    has_cut: bool
    warm_up_weeks: float

    @property
    def warm_up_is_short(self) -> bool:
        """Whether the queues had not settled when observing began, give or take the batch that MSER-5 counts in."""
        return self.cut_weeks is not None and self.has_cut and self.cut_weeks >= math.ceil(self.warm_up_weeks) + BATCH

    @property
    def settled(self) -> Settled:
        """Whether the scenario has its start behind it; a drift that is not seen may still be too wide to tell."""
        if self.warm_up_is_short or any(drift.is_seen for drift in self.drifts):
            return "moving"
        if not self.drifts and self.cut_weeks is None:
            return "not examined"
        small = all(drift.is_small for drift in self.drifts)
        return "behind" if small and (self.cut_weeks is None or self.has_cut) else "hidden"


def start(together: Together, scenario: Scenario, replications: Sequence[int], base: Scenario | None = None) -> Start:
    """Look at a scenario's start, over its replications; with a ``base`` at the difference to it too."""
    weeks = np.array(together.observed(scenario, replications[0]).weeks)
    drifts: list[Drift] = []
    apart: list[Drift] = []
    calm = _calm(weeks, scenario)
    both_calm = calm & _calm(weeks, base) if base is not None else calm
    for outcome in MATTERS if len(replications) > 1 else ():
        if scenario.feels and calm.sum() >= _FEWEST_WEEKS:
            drifts.append(Drift(outcome, wandered(_mean(together, scenario, replications, outcome)[:, calm])))
        if base is not None and scenario.feels and base.feels and both_calm.sum() >= _FEWEST_WEEKS:
            rows = [_mean(together, item, replications, outcome)[:, both_calm] for item in (base, scenario)]
            apart.append(Drift(outcome, wandered(rows[1] - rows[0])))
    queues = np.nansum(_by_department(together, scenario, replications, "queue_length"), axis=1).mean(axis=0)
    cut = None if scenario.changes else mser(queues)
    return Start(
        scenario.name,
        tuple(drifts),
        tuple(apart),
        cut,
        cut is not None and cut < most_cut(queues),
        scenario.warm_up_days / DAYS_PER_WEEK,
    )


def _calm(weeks: Floats, scenario: Scenario) -> "np.typing.NDArray[np.bool_]":
    """Observed weeks before the first dated change."""
    first = min((change.day for change in scenario.changes), default=scenario.days)
    return np.asarray((weeks >= 0) & ((weeks + 1) * DAYS_PER_WEEK <= first))


def wandered(rows: Floats) -> Estimate:
    """From first to last week on the line of least squares, as a mean over runs (rows) with its 95 % interval."""
    n, weeks = rows.shape
    at = np.arange(weeks) - (weeks - 1) / 2.0
    slopes = rows @ at / (at @ at)
    far = slopes * (weeks - 1)
    half = critical(n, 1) * float(far.std(ddof=1)) / math.sqrt(n)
    mean = float(far.mean())
    return Estimate(mean, mean - half, mean + half, n)


def mser(path: Floats, batch: int = BATCH) -> int | None:
    """How many first values to leave out so that the standard error of the rest's mean is least, in whole batches.

    At most half of them (``most_cut``), which means that no cut was found; ``None`` where there are too few batches.
    """
    count = int((~np.isnan(path)).sum()) // batch
    if count < 4:
        return None
    means = path[~np.isnan(path)][: count * batch].reshape(count, batch).mean(axis=1)
    errors = [float(means[cut:].var()) / (count - cut) for cut in range(count // 2 + 1)]
    return int(np.argmin(errors)) * batch


def most_cut(path: Floats, batch: int = BATCH) -> int:
    """The most that ``mser`` may leave out."""
    return int((~np.isnan(path)).sum()) // batch // 2 * batch


def _mean(together: Together, scenario: Scenario, replications: Sequence[int], outcome: str) -> Floats:
    """An outcome week by week, in the mean of departments: replications × weeks."""
    return np.asarray(np.nanmean(_by_department(together, scenario, replications, outcome), axis=1))


def _by_department(together: Together, scenario: Scenario, replications: Sequence[int], outcome: str) -> Floats:
    """An outcome week by week in departments with people of their own: replications × departments × weeks."""
    names = [part.name for part in scenario.departments if part.contract is None]
    runs = [together.observed(scenario, number).weekly for number in replications]
    return np.array([[run[outcome, DEPARTMENT, name] for name in names] for run in runs])

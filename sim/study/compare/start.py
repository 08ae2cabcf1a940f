"""Was the start behind the company when observing began? Looked at, not assumed.

Two looks at the base. *Drift*: do morale, orientation or flaws still wander after the warm-up, more than luck explains
and more than matters? *MSER-5* (White, Cobb & Spratt 2000, WSC): which first weeks of the queues would one leave out so
that the rest tells their mean best? Neither is asked of weeks after a dated change, which is meant to move things.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

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


@dataclass(frozen=True, slots=True)
class Drift:
    """How far an outcome wanders from the first observed week to the last, as a line through the weeks of each run."""

    outcome: str
    wandered: Estimate

    @property
    def is_seen(self) -> bool:
        """Whether the interval leaves out zero and the mean is more than ``MATTERS``."""
        found = self.wandered
        return (found.low > 0.0 or found.high < 0.0) and abs(found.mean) > MATTERS[self.outcome]


@dataclass(frozen=True, slots=True)
class Start:
    """What was found; ``cut_weeks``: weeks from the start of the warm-up that MSER-5 leaves out, if it was asked."""

    drifts: tuple[Drift, ...]
    cut_weeks: int | None
    warm_up_weeks: float

    @property
    def warm_up_is_short(self) -> bool:
        """Whether the queues had not settled when observing began, give or take the batch that MSER-5 counts in."""
        return self.cut_weeks is not None and self.cut_weeks >= math.ceil(self.warm_up_weeks) + BATCH


def start(together: Together, scenario: Scenario, replications: Sequence[int]) -> Start:
    """Look at a scenario's start, over its replications."""
    first = min((change.day for change in scenario.changes), default=scenario.days)
    weeks = np.array(together.observed(scenario, replications[0]).weeks)
    calm = (weeks >= 0) & ((weeks + 1) * DAYS_PER_WEEK <= first)
    drifts: list[Drift] = []
    if scenario.feels and calm.sum() >= _FEWEST_WEEKS and len(replications) > 1:
        for outcome in MATTERS:
            rows = np.nanmean(_by_department(together, scenario, replications, outcome), axis=1)
            drifts.append(Drift(outcome, wandered(rows[:, calm])))
    queues = np.nansum(_by_department(together, scenario, replications, "queue_length"), axis=1)
    return Start(
        tuple(drifts),
        None if scenario.changes else mser(queues.mean(axis=0)),
        scenario.warm_up_days / DAYS_PER_WEEK,
    )


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

    At most half of them; ``None`` where there are too few batches to say.
    """
    path = np.asarray(path)[~np.isnan(path)]
    count = len(path) // batch
    if count < 4:
        return None
    means = path[: count * batch].reshape(count, batch).mean(axis=1)
    errors = [float(means[cut:].var()) / (count - cut) for cut in range(count // 2 + 1)]
    return int(np.argmin(errors)) * batch


def _by_department(together: Together, scenario: Scenario, replications: Sequence[int], outcome: str) -> Floats:
    """An outcome week by week in departments with people of their own: replications × departments × weeks."""
    names = [part.name for part in scenario.departments if part.contract is None]
    runs = [together.observed(scenario, number).weekly for number in replications]
    return np.array([[run[outcome, DEPARTMENT, name] for name in names] for run in runs])

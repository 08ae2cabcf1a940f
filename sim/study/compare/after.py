"""What a dated change does as time goes on: how soon half of it is there, a dip before a gain, when it has paid back.

All of it is read from paired paths, other less base, week by week. Intervals are bootstraps over replications: whole
pairs are drawn again, with replacement.
"""

import math
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import DAYS_PER_WEEK, DAYS_PER_YEAR
from sim.model.record import Floats
from sim.scenario.differing import differing
from sim.scenario.schema import Scenario
from sim.study.compare.comparison import Comparison
from sim.study.compare.intervals import Estimate, paired
from sim.study.compare.stated import BETTER
from sim.study.lag import DRAWS, FINAL_WEEKS, SMOOTHED_WEEKS, Lag, lag
from sim.study.paths import Band, Paths, band, paths, running_mean

PROFIT: Final = "profit"
_FEWEST_WEEKS: Final = 2 * FINAL_WEEKS


Untold = Literal["luck", "weeks", "start"]
"""Why no day half-way is told: luck hides the effect, too few weeks follow, or the two differ from the start."""


@dataclass(frozen=True, slots=True)
class Dip:
    """The lowest week before the gain (the highest, where less is better): how deep, and how long after the change."""

    depth: Estimate
    days: float


@dataclass(frozen=True, slots=True)
class After:
    """An outcome after a change on ``day``. ``effect`` is that of the last ``weeks``, all of them after the change.

    ``half`` counts days from the change; where it is ``None``, ``untold`` says why. ``dip`` is ``None`` where nothing
    gets worse, beyond luck, before the day half-way.
    """

    outcome: str
    day: int
    days: Floats
    path: Band
    weeks: int
    effect: Estimate
    half: Lag | None
    untold: Untold | None
    dip: Dip | None


@dataclass(frozen=True, slots=True)
class PayBack:
    """Money since a change, other less base, added up by week.

    ``day`` is the observed day from which the mean stays at zero or above to the end, after it has been below; the day
    of the change if it never was below, infinity if it is below at the end. ``low`` and ``high`` bound it with 95 %;
    NaN with fewer than two pairs.
    """

    day: float
    low: float
    high: float
    days: Floats
    money: Band

    @property
    def is_nothing(self) -> bool:
        """Whether no money differs in any replication."""
        return bool(np.all(self.money.low == 0.0) and np.all(self.money.high == 0.0))

    @property
    def is_hidden(self) -> bool:
        """Whether luck hides all along if it costs or brings money."""
        return not np.any((self.money.low > 0.0) | (self.money.high < 0.0))


def change_days(comparison: Comparison, scenario: Scenario) -> list[int]:
    """The days on which dated changes are made in one of the two alone."""
    sides = [
        {(change.day, repr(sorted(change.set.items()))) for change in item.changes}
        for item in (comparison.base, scenario)
    ]
    return sorted({day for day, _ in sides[0] ^ sides[1]})


def changed_on(comparison: Comparison, scenario: Scenario) -> int | None:
    """The first day on which a dated change is made in one of the two alone; ``None`` if none is."""
    return min(change_days(comparison, scenario), default=None)


def after(comparison: Comparison, scenario: Scenario, outcome: str) -> After | None:
    """What a dated change did to a stated outcome; ``None`` if the two differ in none."""
    day = changed_on(comparison, scenario)
    if day is None:
        return None
    both = observed_paths(comparison, scenario, outcome)
    last = both.difference[:, both.days > day][:, -FINAL_WEEKS:]
    effect = paired(np.zeros(len(last)), _row_means(last))
    smooth = band(running_mean(both.difference, SMOOTHED_WEEKS))
    untold = _untold(comparison, scenario, both, day, effect)
    half = lag(both, day, comparison.seed) if untold is None else None
    lowest = dip(both, outcome, day, effect, half.days) if half is not None else None
    return After(outcome, day, both.days, smooth, last.shape[1], effect, half, untold, lowest)


def pay_back(comparison: Comparison, scenario: Scenario) -> PayBack | None:
    """When a dated change has paid back what it cost; ``None`` without one, or if the two differ from the start."""
    day = changed_on(comparison, scenario)
    if day is None:
        return None
    both = observed_paths(comparison, scenario, PROFIT)
    if not is_by_the_change(comparison, scenario, both, day):
        return None
    ends: Floats = np.asarray((both.weeks + 1) * DAYS_PER_WEEK, dtype=np.float64)
    since = ends > day
    if not since.any():
        return None
    money = np.nan_to_num(both.difference[:, since]) * DAYS_PER_WEEK / DAYS_PER_YEAR
    summed = np.cumsum(money, axis=1)
    found_on = paid(summed.mean(axis=0), ends[since], day)
    n = len(summed)
    drawn = np.random.default_rng(comparison.seed).integers(n, size=(DRAWS, n))
    drawn_days = np.array([paid(summed[rows].mean(axis=0), ends[since], day) for rows in drawn])
    late = np.where(np.isnan(drawn_days), np.inf, drawn_days)
    low, high = np.quantile(late, (0.025, 0.975), method="inverted_cdf") if n > 1 else (np.nan, np.nan)
    found_on = math.inf if math.isnan(found_on) else found_on
    return PayBack(found_on, float(low), float(high), ends[since], band(summed))


def observed_paths(comparison: Comparison, scenario: Scenario, outcome: str) -> Paths:
    """The observed weeks of both, in the replications that the comparison rests on."""
    found = paths(comparison.together, (comparison.base, scenario), outcome)
    lived = sorted(
        set(comparison.together.replications(comparison.base)) & set(comparison.together.replications(scenario))
    )
    chosen = [place for place, number in enumerate(lived) if number in comparison.replications]
    observed = found.weeks >= 0
    return Paths(found.weeks[observed], found.base[chosen][:, observed], found.other[chosen][:, observed])


def is_by_the_change(comparison: Comparison, scenario: Scenario, both: Paths, day: int) -> bool:
    """Whether dated changes alone can explain the difference: nothing else is set otherwise, or nothing differs before.

    Else what differs from the start is part of it, and no week tells which part.
    """
    if all(item.key == "changes" for item in differing(comparison.base, scenario)):
        return True
    before = both.difference[:, (both.weeks + 1) * DAYS_PER_WEEK <= day]
    return before.shape[1] > 0 and bool(np.all(before == 0.0))


def _untold(comparison: Comparison, scenario: Scenario, both: Paths, day: int, effect: Estimate) -> Untold | None:
    if not is_by_the_change(comparison, scenario, both, day):
        return "start"
    if (both.days > day).sum() < _FEWEST_WEEKS:
        return "weeks"
    return None if effect.is_seen else "luck"


def _row_means(rows: Floats) -> Floats:
    """The mean of each row, NaN where it has no value."""
    known = ~np.isnan(rows)
    count, total = known.sum(axis=1), np.where(known, rows, 0.0).sum(axis=1)
    mean: Floats = np.divide(total, count, out=np.full(len(rows), np.nan), where=count > 0)
    return mean


def dip(both: Paths, outcome: str, day: int, effect: Estimate, half: float = math.inf) -> Dip | None:
    """The worst smoothed week before the day half-way, if its interval lies on the side away from the effect.

    ``half`` counts days from the change; the last weeks, which tell the effect, are no dip.
    """
    better = BETTER.get(outcome, 0)
    if better * effect.mean <= 0.0:
        return None
    rows = running_mean(both.difference, SMOOTHED_WEEKS)
    since = np.flatnonzero(both.days > day)[:-FINAL_WEEKS]
    since = since[both.days[since] < day + (math.inf if math.isnan(half) else half)]
    since = since[~np.all(np.isnan(rows[:, since]), axis=0)]
    if not len(since):
        return None
    worst = since[int(np.nanargmin(better * np.nanmean(rows[:, since], axis=0)))]
    # The worst of many weeks is chosen: its interval must bear that there were so many to choose from.
    depth = paired(np.zeros(len(rows)), rows[:, worst], len(since))
    if not (depth.high < 0.0 if better > 0 else depth.low > 0.0):
        return None
    return Dip(depth, float(both.days[worst] - day))


def paid(summed: NDArray[Any], days: NDArray[Any], day: int) -> float:
    """The observed day from which a sum stays at zero or above; NaN if it is below at the end."""
    below = np.flatnonzero(summed < 0.0)
    if not len(below):
        return float(day)
    return float(days[below[-1] + 1]) if below[-1] + 1 < len(summed) else float("nan")

"""What a dated change does as time goes on: how soon half of it is there, a dip before a gain, when it has paid back.

All of it is read from paired paths, other less base, week by week. Intervals are bootstraps over replications: whole
pairs are drawn again, with replacement.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import DAYS_PER_WEEK, DAYS_PER_YEAR
from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.study.compare.comparison import Comparison
from sim.study.compare.intervals import Estimate, paired
from sim.study.compare.stated import BETTER
from sim.study.lag import DRAWS, FINAL_WEEKS, SMOOTHED_WEEKS, Lag, lag
from sim.study.paths import Band, Paths, band, paths, running_mean

PROFIT: Final = "profit"
_FEWEST_WEEKS: Final = 2 * FINAL_WEEKS


@dataclass(frozen=True, slots=True)
class Dip:
    """The lowest week before the gain (the highest, where less is better): how deep, and how long after the change."""

    depth: Estimate
    days: float


@dataclass(frozen=True, slots=True)
class After:
    """An outcome after a change on ``day``. ``effect`` is that of the last weeks; ``half`` counts days from the change.

    ``half`` is ``None`` where the last weeks do not differ beyond luck, or too few weeks follow to tell. ``dip`` is
    ``None`` where nothing gets worse, beyond luck, before it gets better.
    """

    outcome: str
    day: int
    days: Floats
    path: Band
    effect: Estimate
    half: Lag | None
    dip: Dip | None


@dataclass(frozen=True, slots=True)
class PayBack:
    """Money since a change, other less base, added up by week.

    ``day`` is the observed day from which the mean stays above zero to the end, after it has been below; 0 days after
    the change if it never was below, NaN if it is below at the end. ``low`` and ``high`` bound it with 95 %; NaN where
    more than 2.5 % of the draws have not paid back by the end.
    """

    day: float
    low: float
    high: float
    days: Floats
    money: Band


def changed_on(comparison: Comparison, scenario: Scenario) -> int | None:
    """The first day on which a dated change is made in one of the two alone; ``None`` if none is."""
    sides = [
        {(change.day, repr(sorted(change.set.items()))) for change in item.changes}
        for item in (comparison.base, scenario)
    ]
    return min((day for day, _ in sides[0] ^ sides[1]), default=None)


def after(comparison: Comparison, scenario: Scenario, outcome: str) -> After | None:
    """What a dated change did to a stated outcome; ``None`` if the two differ in none, or not weekly."""
    day = changed_on(comparison, scenario)
    if day is None:
        return None
    both = _paths(comparison, scenario, outcome)
    differences = both.difference
    last = differences[:, -FINAL_WEEKS:]
    effect = paired(np.zeros(len(last)), np.nanmean(last, axis=1))
    seen = effect.low > 0.0 or effect.high < 0.0
    since = both.days > day
    half = lag(both, day, comparison.seed) if seen and since.sum() >= _FEWEST_WEEKS else None
    smooth = band(running_mean(differences, SMOOTHED_WEEKS))
    return After(outcome, day, both.days, smooth, effect, half, dip(both, outcome, day, effect) if seen else None)


def pay_back(comparison: Comparison, scenario: Scenario) -> PayBack | None:
    """When a dated change has paid back what it cost; ``None`` without one."""
    day = changed_on(comparison, scenario)
    if day is None:
        return None
    both = _paths(comparison, scenario, PROFIT)
    ends: Floats = np.asarray((both.weeks + 1) * DAYS_PER_WEEK, dtype=np.float64)
    since = ends > day
    money = np.nan_to_num(both.difference[:, since]) * DAYS_PER_WEEK / DAYS_PER_YEAR
    summed = np.cumsum(money, axis=1)
    found_on = paid(summed.mean(axis=0), ends[since], day)
    n = len(summed)
    drawn = np.random.default_rng(comparison.seed).integers(n, size=(DRAWS, n))
    drawn_days = np.array([paid(summed[rows].mean(axis=0), ends[since], day) for rows in drawn])
    late = np.where(np.isnan(drawn_days), np.inf, drawn_days)
    low, high = np.quantile(late, (0.025, 0.975), method="inverted_cdf") if n > 1 else (np.nan, np.nan)
    finite = [float(bound) if np.isfinite(bound) else float("nan") for bound in (low, high)]
    return PayBack(found_on, finite[0], finite[1], ends[since], band(summed))


def _paths(comparison: Comparison, scenario: Scenario, outcome: str) -> Paths:
    """The observed weeks of both, in the replications that the comparison rests on."""
    found = paths(comparison.together, (comparison.base, scenario), outcome)
    lived = sorted(
        set(comparison.together.replications(comparison.base)) & set(comparison.together.replications(scenario))
    )
    chosen = [place for place, number in enumerate(lived) if number in comparison.replications]
    observed = found.weeks >= 0
    return Paths(found.weeks[observed], found.base[chosen][:, observed], found.other[chosen][:, observed])


def dip(both: Paths, outcome: str, day: int, effect: Estimate) -> Dip | None:
    """The worst smoothed week before the last weeks, if its interval lies on the side away from the effect."""
    better = BETTER.get(outcome, 0)
    if better * effect.mean <= 0.0:
        return None
    rows = running_mean(both.difference, SMOOTHED_WEEKS)
    since = np.flatnonzero(both.days > day)[:-FINAL_WEEKS]
    if not len(since):
        return None
    worst = since[int(np.nanargmin(better * np.nanmean(rows[:, since], axis=0)))]
    # The worst of many weeks is chosen: its interval must bear that there were so many smoothed weeks to choose from.
    family = max(1, round(len(since) / SMOOTHED_WEEKS))
    depth = paired(np.zeros(len(rows)), rows[:, worst], family)
    if not (depth.high < 0.0 if better > 0 else depth.low > 0.0):
        return None
    return Dip(depth, float(both.days[worst] - day))


def paid(summed: NDArray[Any], days: NDArray[Any], day: int) -> float:
    """The observed day from which a sum stays at zero or above; NaN if it is below at the end."""
    below = np.flatnonzero(summed < 0.0)
    if not len(below):
        return float(day)
    return float(days[below[-1] + 1]) if below[-1] + 1 < len(summed) else float("nan")

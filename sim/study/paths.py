"""Two companies week by week: an outcome in both, pair by pair, and how far apart they are."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import DAYS_PER_WEEK
from sim.model.measures import COMPANY
from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.study.together import Together


@dataclass(frozen=True, slots=True)
class Paths:
    """An outcome in both companies of a pair: replications × weeks. The warm-up has negative weeks."""

    weeks: NDArray[np.int64]
    base: Floats
    other: Floats

    @property
    def days(self) -> Floats:
        """The middle of each week, in observed days."""
        return np.asarray((self.weeks + 0.5) * DAYS_PER_WEEK, dtype=np.float64)

    @property
    def difference(self) -> Floats:
        """How much higher the outcome is in the other company: replications × weeks."""
        return self.other - self.base

    def smoothed(self, weeks: int) -> "Paths":
        """The same, each week as the mean over so many weeks around it."""
        return replace(self, base=running_mean(self.base, weeks), other=running_mean(self.other, weeks))

    def times(self, factor: float) -> "Paths":
        """The same in another unit."""
        return replace(self, base=factor * self.base, other=factor * self.other)


@dataclass(frozen=True, slots=True)
class Band:
    """A mean over replications with its 95 % interval, week by week; NaN where there is none."""

    mean: Floats
    low: Floats
    high: Floats


def paths(
    together: Together, pair: tuple[Scenario, Scenario], outcome: str, level: str = COMPANY, where: str = ""
) -> Paths:
    """The paths of an outcome in those replications that both companies have lived through."""
    base, other = pair
    both = sorted(set(together.replications(base)) & set(together.replications(other)))
    weeks = together.observed(base, both[0]).weeks
    of_base, of_other = (
        np.array([together.observed(scenario, number).weekly[outcome, level, where] for number in both])
        for scenario in pair
    )
    return Paths(np.array(weeks, dtype=np.int64), of_base, of_other)


def band(rows: Floats) -> Band:
    """The mean of each column over the rows, with its interval (Student's t); NaN are left out."""
    from scipy.special import stdtrit  # noqa: PLC0415 - takes a while to load

    known = ~np.isnan(rows)
    count = known.sum(axis=0)
    none = np.full(rows.shape[1], np.nan)
    mean = np.divide(np.where(known, rows, 0.0).sum(axis=0), count, out=none.copy(), where=count > 0)
    squares = np.where(known, (rows - mean) ** 2, 0.0).sum(axis=0)
    variance = np.divide(squares, count - 1, out=none.copy(), where=count > 1)
    half = stdtrit(np.maximum(count - 1, 1), 0.975) * np.sqrt(variance / np.maximum(count, 1))
    return Band(mean, mean - half, mean + half)


def running_mean(rows: Floats, weeks: int) -> Floats:
    """Each value as the mean of the ``weeks`` values around it (an odd number), fewer at the ends, NaN left out."""
    half = weeks // 2
    known = ~np.isnan(rows)
    total = np.cumsum(np.where(known, rows, 0.0), axis=1)
    count = np.cumsum(known, axis=1)
    last = rows.shape[1] - 1
    ends = np.minimum(np.arange(last + 1) + half, last)
    begins = np.arange(last + 1) - half - 1

    def within(sums: NDArray[np.float64]) -> Floats:
        return np.asarray(sums[:, ends] - np.where(begins >= 0, sums[:, np.maximum(begins, 0)], 0), dtype=np.float64)

    number = within(count.astype(np.float64))
    mean: Floats = np.divide(within(total), number, out=np.full(rows.shape, np.nan), where=number > 0)
    return mean

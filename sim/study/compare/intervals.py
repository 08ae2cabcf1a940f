"""Paired differences with simultaneous intervals, and how many replications make them narrow enough.

Pairs are replications, never requests: requests of one replication depend on one another.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.model.record import Floats

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean difference, its interval, and how many pairs it rests on; NaN where there are too few."""

    mean: float
    low: float
    high: float
    n: int

    @property
    def half_width(self) -> float:
        """Half of the interval's width."""
        return (self.high - self.low) / 2.0

    @property
    def is_seen(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0.0 or self.high < 0.0

    @property
    def is_nothing(self) -> bool:
        """Whether every pair is exactly equal."""
        return self.low == self.mean == self.high == 0.0

    def lies_within(self, zone: float) -> bool:
        """Whether the whole interval is nearer to zero than ``zone``."""
        return -zone < self.low and self.high < zone


def critical(n: int, family: int) -> float:
    """Student's t for n pairs, such that ``family`` intervals cover all at once with 95 % (Bonferroni's inequality).

    It holds whatever the intervals have to do with one another; on common luck they have much. NaN below two pairs.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - takes a while to load

    return float(stdtrit(n - 1, 1.0 - (1.0 - CONFIDENCE) / (2.0 * family))) if n > 1 else math.nan


def mean_of_known(values: Floats) -> float:
    """The mean of what is known, NaN left out; NaN where nothing is."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else math.nan


def paired(base: Floats, other: Floats, family: int = 1) -> Estimate:
    """How much higher an outcome is in the other scenario, as one of ``family`` intervals; pairs with NaN left out."""
    differences = np.asarray(other) - np.asarray(base)
    differences = differences[~np.isnan(differences)]
    n = len(differences)
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan, 0)
    mean = float(differences.mean())
    if n == 1:
        return Estimate(mean, math.nan, math.nan, 1)
    half = critical(n, family) * float(differences.std(ddof=1)) / math.sqrt(n)
    return Estimate(mean, mean - half, mean + half, n)


def quotient(above: Floats, below: Floats) -> Estimate:
    """One mean difference by another from the same pairs, with Fieller's interval.

    E. C. Fieller (1954), Some problems in interval estimation, JRSS B 16:175–185. NaN where the interval has no end:
    where the lower one of the two may be zero.
    """
    n = len(above)
    t = critical(n, 1)
    mean = float(above.mean() / below.mean()) if n and below.mean() else math.nan
    if n < 2:
        return Estimate(mean, math.nan, math.nan, n)
    over, under = float(above.mean()), float(below.mean())
    (a, c), (_, b) = t**2 * np.cov(above, below) / n
    square = under**2 - b
    room = (over * under - c) ** 2 - square * (over**2 - a)
    if square <= 0.0 or room < 0.0:
        return Estimate(mean, math.nan, math.nan, n)
    low, high = (((over * under - c) + side * math.sqrt(room)) / square for side in (-1.0, 1.0))
    return Estimate(mean, low, high, n)


def skewness(differences: Floats) -> float:
    """How lopsided pairs are (third moment by the standard deviation's cube); 0 where they do not vary."""
    apart = differences - differences.mean()
    spread = float(np.sqrt(np.mean(apart**2)))
    return float(np.mean(apart**3)) / spread**3 if spread > 0.0 else 0.0


def needed(half_width: float, n: int, wanted: float) -> int:
    """About how many pairs make an interval of n pairs as narrow as wanted; at least one more if it is not yet."""
    if half_width <= wanted:
        return n
    return max(n + 1, math.ceil(n * (half_width / wanted) ** 2))


def next_count(n: int, widths: Iterable[tuple[float, float]], most: int) -> int:
    """How many replications a comparison has next; n itself when its intervals are narrow enough, or n is ``most``.

    ``widths``: half-widths that n pairs gave, each with the one that is wanted. An estimate from few pairs is not
    trusted far: at most twice as many at once.
    """
    more = [2 * n if math.isnan(half) else needed(half, n, wanted) for half, wanted in widths]
    return max(n, min(most, 2 * n, max(more, default=n)))


def luck_bought(base: Floats, other: Floats) -> float:
    """How many times more pairs independent luck would need for the same interval: a quotient of variances.

    NaN where the difference does not vary but by rounding.
    """
    if len(base) < 2:
        return math.nan
    alone = float(np.var(base, ddof=1) + np.var(other, ddof=1))
    together = float(np.var(np.asarray(other) - np.asarray(base), ddof=1))
    return alone / together if together > 1e-20 * alone else math.nan

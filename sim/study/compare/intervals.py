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


def critical(n: int, family: int) -> float:
    """Student's t for n pairs, such that ``family`` intervals cover all at once with 95 % (Bonferroni's inequality).

    It holds whatever the intervals have to do with one another; on common luck they have much. NaN below two pairs.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - takes a while to load

    return float(stdtrit(n - 1, 1.0 - (1.0 - CONFIDENCE) / (2.0 * family))) if n > 1 else math.nan


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

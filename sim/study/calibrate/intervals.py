"""Numbers from a log with their doubt: means, shares, rates and counts, each with a 95 % interval."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVEL: Final = 0.95
_RESAMPLES: Final = 400
_ALIKE: Final = 1.5
_SEED: Final = 20_260


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its 95 % interval, from how many things it comes, and how it was got.

    ``how`` is a word of ``HOW``. ``low`` and ``high`` are NaN where nothing was measured: the number is a choice.
    """

    value: float
    low: float
    high: float
    count: int
    how: str

    def limited(self, low: float, high: float) -> "Estimate":
        """The same within what a scenario allows."""
        value, lower, upper = (float(np.clip(number, low, high)) for number in (self.value, self.low, self.high))
        return replace(self, value=value, low=lower, high=upper)

    def times(self, factor: float, how: str | None = None) -> "Estimate":
        """The same in another unit."""
        return replace(
            self, value=self.value * factor, low=self.low * factor, high=self.high * factor, how=how or self.how
        )

    @property
    def error(self) -> float:
        """A standard error that goes with the interval; NaN where nothing was measured."""
        return (self.high - self.low) / (2.0 * _normal(LEVEL))


def chosen(value: float, how: str) -> Estimate:
    """A number that the data do not tell."""
    return Estimate(value, np.nan, np.nan, 0, how)


def mean(values: Floats, how: str) -> Estimate:
    """The mean, with Johnson's (1978) interval of Student's t, which allows for skewness."""
    count = len(values)
    if count == 0:
        return chosen(np.nan, how)
    middle = float(np.mean(values))
    if count < 3:
        return Estimate(middle, 0.0, max(10.0 * middle, 1e-9), count, how)
    spread = float(np.std(values, ddof=1))
    if spread == 0.0:
        return Estimate(middle, middle, middle, count, how)
    third = float(np.mean((values - middle) ** 3))
    shift = third / (6.0 * spread**2 * count)
    half = _student(LEVEL, count - 1) * spread / np.sqrt(count)
    return Estimate(middle, max(0.0, middle + shift - half), middle + shift + half, count, how)


def share(hits: int, count: int, how: str) -> Estimate:
    """A share, with Wilson's (1927) interval."""
    if count == 0:
        return chosen(np.nan, how)
    z2 = _normal(LEVEL) ** 2
    found = hits / count
    middle = (found + z2 / (2 * count)) / (1 + z2 / count)
    half = np.sqrt(z2 * (found * (1 - found) / count + z2 / (4 * count**2))) / (1 + z2 / count)
    return Estimate(found, max(0.0, float(middle - half)), min(1.0, float(middle + half)), count, how)


def rate(counts: Floats, time: float, how: str) -> Estimate:
    """Events in a unit of time, from the counts of stretches that last ``time`` together, all as long but the last.

    The interval is that of a Poisson count (Garwood 1936), wider by how much more the stretches vary than such counts.
    """
    total = float(np.sum(counts))
    excess = 1.0
    whole = counts[:-1]
    if len(whole) >= 4 and whole.any():
        excess = float(np.var(whole, ddof=1) / np.mean(whole))
        # Below this an excess is what chance makes of Poisson counts, too.
        if excess <= _chi_square(LEVEL, len(whole) - 1) / (len(whole) - 1):
            excess = 1.0
    low, high = _poisson(total / excess)
    return Estimate(total / time, low * excess / time, high * excess / time, int(total), how)


def per_job(counts: NDArray[np.int64], how: str) -> Estimate:
    """How many of something a job has; if it is always one of two neighbours, the interval is that of a share."""
    if len(counts) == 0:
        return chosen(np.nan, how)
    least, most = int(counts.min()), int(counts.max())
    if most - least <= 1:
        more = share(int((counts > least).sum()), len(counts), how)
        return replace(more, value=more.value + least, low=more.low + least, high=more.high + least)
    return mean(counts.astype(np.float64), how)


def batched(values: Floats, batch: NDArray[np.int64], how: str) -> Estimate:
    """The mean of values that are alike within a batch (a week's waits): Student's t on the batches' sums.

    With less than three batches, as if all were independent.
    """
    count = np.bincount(batch - batch.min()) if len(batch) else np.empty(0)
    batches = int((count > 0).sum())
    if batches < 3:
        return mean(values, how)
    middle = float(np.mean(values))
    sums = np.bincount(batch - batch.min(), values - middle)
    error = float(np.sqrt(np.sum(sums**2) * batches / (batches - 1)) / len(values))
    half = _student(LEVEL, batches - 1) * error
    return Estimate(middle, max(0.0, middle - half), middle + half, len(values), how)


def spread(values: Floats, lognormal: bool, how: str) -> Estimate:
    """The coefficient of variation of values, some of which may be 0.

    Of lognormal ones by the variance of their logarithms, whose interval is that of χ² (unless the two disagree by more
    than half); of others by resampling. With a
    share 1 − p of zeros: √((1 + c²)/p − 1), c that of the others.
    """
    above = values[values > 0.0]
    if len(above) < 10:
        return chosen(np.nan, how)
    measured = float(np.std(above) / np.mean(above))
    logs = float(np.sqrt(np.expm1(min(float(np.var(np.log(above), ddof=1)), 10.0))))
    # A few jobs of seconds make logarithms vary that are not those of the work.
    if lognormal and measured / _ALIKE <= logs <= measured * _ALIKE:
        variance, freedom = float(np.var(np.log(above), ddof=1)), len(above) - 1
        less, more = (variance * freedom / _chi_square((1 + sign * LEVEL) / 2, freedom) for sign in (1, -1))
        value, low, high = (float(np.sqrt(np.expm1(min(end, 10.0)))) for end in (variance, less, more))
        found = Estimate(value, low, high, len(above), how)
    else:
        found = _resampled(above, lambda rows: np.std(rows, axis=1) / np.maximum(np.mean(rows, axis=1), 1e-12), how)
        if lognormal:
            found = replace(found, low=min(found.low, logs), high=max(found.high, logs))
    share_above = len(above) / len(values)
    value, low, high = (
        float(np.sqrt((1.0 + number**2) / share_above - 1.0)) for number in (found.value, found.low, found.high)
    )
    return Estimate(value, low, high, len(values), how)


def quantile(values: Floats, level: float, how: str) -> Estimate:
    """A quantile, with the interval between order statistics that the binomial distribution gives."""
    count = len(values)
    if count == 0:
        return chosen(np.nan, how)
    ordered = np.sort(values)
    half = _normal(LEVEL) * np.sqrt(count * level * (1 - level))
    low, high = (int(np.clip(place, 0, count - 1)) for place in (count * level - half, np.ceil(count * level + half)))
    return Estimate(float(np.quantile(ordered, level)), float(ordered[low]), float(ordered[high]), count, how)


def _resampled(values: Floats, of: Callable[[Floats], Floats], how: str) -> Estimate:
    """Percentiles of a statistic of samples drawn from the sample; of large samples, the scatter of parts of them."""
    luck = np.random.default_rng(_SEED)
    most = 2_000
    size = min(len(values), most)
    found = of(values[luck.integers(0, len(values), (_RESAMPLES, size))])
    value = float(of(values[None, :])[0])
    narrower = np.sqrt(size / len(values))
    low, high = np.quantile(found - np.mean(found), [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) * narrower
    return Estimate(value, max(0.0, value + float(low)), value + float(high), len(values), how)


@cache
def _normal(level: float) -> float:
    from scipy import stats  # noqa: PLC0415 - takes a while to load

    return float(stats.norm.ppf((1 + level) / 2))


@cache
def _student(level: float, freedom: int) -> float:
    from scipy import stats  # noqa: PLC0415

    return float(stats.t.ppf((1 + level) / 2, freedom))


@cache
def _chi_square(level: float, freedom: int) -> float:
    from scipy import stats  # noqa: PLC0415

    return float(stats.chi2.ppf(level, max(1, freedom)))


def _poisson(count: float) -> tuple[float, float]:
    from scipy import stats  # noqa: PLC0415

    tail = (1 - LEVEL) / 2
    low = float(stats.chi2.ppf(tail, 2 * count) / 2) if count > 0 else 0.0
    return low, float(stats.chi2.ppf(1 - tail, 2 * count + 2) / 2)

"""How long an outcome takes to follow a change: the day on which its paired mean path passes half of its final change.

A noisy path may touch that line by luck long before; so the nearest path that goes one way only is taken instead
(isotonic regression). The interval is a bootstrap over replications: whole pairs are drawn again, with replacement.
"""

from dataclasses import dataclass

import numpy as np

from sim.model.record import Floats
from sim.study.paths import Paths, running_mean

SMOOTHED_WEEKS = 9
"""Choice: a week's sales are those of some fifty customers, so paths are means over so many weeks."""
FINAL_WEEKS = 13
"""Choice: the final change is the mean over the last quarter of a year."""
DRAWS = 1000
FEWEST = 8
"""Choice: of fewer pairs a bootstrap has too few different draws to tell how uncertain a lag is."""


@dataclass(frozen=True, slots=True)
class Lag:
    """Days from the change until half of the final change, with a 95 % interval; the final change itself.

    NaN where the path never gets there. By week, as a share of the final change: ``share`` is the paired mean path,
    ``rise`` the same without its ups and downs.
    """

    days: float
    low: float
    high: float
    final: float
    share: Floats
    rise: Floats


def lag(paths: Paths, since_day: int, seed: int) -> Lag:
    """The lag of an outcome after a change on a day."""
    differences = paths.difference
    mean, final = _mean_and_final(differences)
    drawn = np.random.default_rng(seed).integers(len(differences), size=(DRAWS, len(differences)))
    lags = [_days(paths, *_mean_and_final(differences[rows]), since_day) for rows in drawn]
    known = [days for days in lags if not np.isnan(days)]
    low, high = np.quantile(known, (0.025, 0.975)) if known else (np.nan, np.nan)
    share = _mean_and_final(running_mean(differences, SMOOTHED_WEEKS))[0] / final
    days = _days(paths, mean, final, since_day)
    return Lag(days, float(low), float(high), final, share, _rise(paths, mean, final, since_day))


def course(paths: Paths, since_day: int) -> tuple[float, Floats]:
    """The lag in days, and by week the share of the final change without its ups and downs; no interval is drawn."""
    mean, final = _mean_and_final(paths.difference)
    return _days(paths, mean, final, since_day), _rise(paths, mean, final, since_day)


def later(first: Paths, then: Paths, since_day: int, seed: int) -> tuple[float, float, float]:
    """How many days one outcome's lag is longer than another's, with a 95 % interval.

    Bootstrap over replications, the same ones drawn for both. NaN where either never gets there.
    """
    both = (first, then)
    drawn = np.random.default_rng(seed).integers(len(first.difference), size=(DRAWS, len(first.difference)))

    def apart(rows: "np.typing.NDArray[np.int64] | slice") -> float:
        days = [_days(paths, *_mean_and_final(paths.difference[rows]), since_day) for paths in both]
        return days[1] - days[0]

    known = [days for days in map(apart, drawn) if not np.isnan(days)]
    is_told = known and len(first.difference) >= FEWEST
    low, high = np.quantile(known, (0.025, 0.975)) if is_told else (np.nan, np.nan)
    return apart(slice(None)), float(low), float(high)


def _mean_and_final(differences: Floats) -> tuple[Floats, float]:
    """The mean path, NaN in weeks without any value, and the mean of its last weeks."""
    known = ~np.isnan(differences)
    count, total = known.sum(axis=0), np.where(known, differences, 0.0).sum(axis=0)
    mean: Floats = np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0)
    last = differences[:, -FINAL_WEEKS:]
    return mean, float(last[~np.isnan(last)].mean()) if known[:, -FINAL_WEEKS:].any() else float("nan")


def _days(paths: Paths, mean: Floats, final: float, since_day: int) -> float:
    return half_way(paths.days, _rise(paths, mean, final, since_day), 1.0, since_day) if final else float("nan")


def _rise(paths: Paths, mean: Floats, final: float, since_day: int) -> Floats:
    """The share of the final change, never falling from the change on."""
    share = mean / final
    after = (paths.days > since_day) & ~np.isnan(share)
    share[after] = rising(share[after])
    return share


def rising(path: Floats) -> Floats:
    """The nearest path that never falls (least squares): neighbours in the wrong order are pooled to their mean."""
    means: list[float] = []
    sizes: list[int] = []
    for value in path:
        means.append(float(value))
        sizes.append(1)
        while len(means) > 1 and means[-2] > means[-1]:
            size = sizes[-2] + sizes[-1]
            means[-2:] = [(sizes[-2] * means[-2] + sizes[-1] * means[-1]) / size]
            sizes[-2:] = [size]
    return np.repeat(means, sizes)


def half_way(days: Floats, path: Floats, final: float, since_day: float) -> float:
    """Days from ``since_day`` until a path first passes half of ``final``, between two weeks by a straight line."""
    after = (days > since_day) & ~np.isnan(path)
    share = path[after] / final if final else np.zeros(after.sum())
    beyond = np.flatnonzero(share >= 0.5)
    if not len(beyond):
        return float("nan")
    first = beyond[0]
    at = days[after]
    if first == 0:
        return float(at[0] - since_day)
    step = (0.5 - share[first - 1]) / (share[first] - share[first - 1])
    return float(at[first - 1] + step * (at[first] - at[first - 1]) - since_day)

"""What ratings by those who asked tell: how satisfied they are, and how much waiting matters to them."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.scenario.parameters import Laws
from sim.scenario.parts import Market
from sim.study.calibrate.estimates import Found
from sim.study.calibrate.intervals import Estimate, mean
from sim.study.calibrate.jobs import Jobs
from sim.study.calibrate.log import NOBODY

_SCALES: Final = ((1.0, 5.0), (1.0, 7.0), (0.0, 10.0), (0.0, 100.0))
_FEW: Final = 30
"""Choice: fewer ratings tell nothing."""
_LEAST: Final = 0.05


@dataclass(frozen=True)
class Rated:
    """Satisfaction in [0, 1] over all ratings, and the power of acceptable wait / wait in an experience.

    That power is the slope of the logarithm of ratings over that of waits beyond what is acceptable, divided by the
    weight of agility and by how much a disappointment weighs more than its cause (see ``satisfaction`` and
    ``experience`` in ``sim/model/laws.py``): a rating falls by 1 + k·λ·E/S times what the experience does.
    """

    scale: tuple[float, float]
    satisfaction: Estimate
    agility: Estimate | None


def rated(jobs: Jobs, found: Found) -> Rated | None:
    """What the ratings of a log's cases tell; ``None`` where there are too few, or on no usual scale."""
    first = (jobs.parent == NOBODY) & ~jobs.own & ~np.isnan(jobs.spells.rating) & ~jobs.open
    given = jobs.spells.rating[first].astype(np.float64)
    if len(given) < _FEW:
        return None
    fits = [scale for scale in _SCALES if scale[0] <= given.min() and given.max() <= scale[1]]
    if not fits:
        return None
    low, high = fits[0]
    share = (given - low) / (high - low)
    level = mean(share, "measured")
    accepted = {link.supplier: link.acceptable.value for link in found.links if link.customer == "market"}
    waits = (jobs.finished - jobs.asked)[first]
    limit = np.array([accepted.get(jobs.names[place], np.nan) for place in jobs.department[first]])
    late = np.log(np.maximum(1.0, waits / np.maximum(limit, 0.1)))
    return Rated((low, high), level, _power(np.log(np.maximum(share, _LEAST)), late, level.value))


def _power(
    ratings: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    late: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    level: float,
) -> Estimate | None:
    if (late > 0.0).sum() < _FEW:
        return None
    laws, expectation = Laws(), Market().expectation
    centred = late - late.mean()
    squares = float(np.sum(centred**2))
    slope = -float(np.sum(centred * ratings) / squares)
    rest = ratings - ratings.mean() + slope * centred
    error = float(
        np.sqrt(np.sum((centred * rest) ** 2)) / squares
    )  # White's: the scatter need not be the same everywhere
    felt = 1.0 + laws.disappointment * laws.loss_aversion * expectation / max(level, _LEAST)
    scale = laws.weight_agility * felt
    found = Estimate(
        slope / scale, (slope - 1.96 * error) / scale, (slope + 1.96 * error) / scale, len(late), "ratings"
    )
    return found.limited(0.0, 5.0)

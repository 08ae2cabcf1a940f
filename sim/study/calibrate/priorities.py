"""Who is served first: those customers of a department whose jobs wait much less than others, week by week."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import HOURS_PER_WEEK
from sim.study.calibrate.jobs import Jobs
from sim.study.calibrate.log import NOBODY
from sim.study.calibrate.office_hours import Floats

MARKET: Final = -1
OWN: Final = -2
USUAL: Final = 1
_FEW_WEEKS: Final = 8
_RATIO: Final = 1.5
"""Choice: a wait that is longer by half, or shorter so, tells another priority, if three standard errors say so too."""
_ERRORS: Final = 3.0
_FLOOR_HOURS: Final = 0.02


def priorities(jobs: Jobs) -> Mapping[tuple[int, int], int]:
    """By supplier and customer (``MARKET`` for whoever is outside): 0 before the usual, 1 usual, 2 after it.

    What is usual is the wait of a department's own jobs, else of the customer who asks most.
    """
    customer = np.where(jobs.parent >= 0, jobs.department[np.maximum(jobs.parent, 0)], MARKET)
    customer = np.where(jobs.own, OWN, customer)
    known = ~np.isnan(jobs.wait) & (jobs.parent >= NOBODY)
    found: dict[tuple[int, int], int] = {}
    for supplier in range(len(jobs.names)):
        here = known & (jobs.department == supplier)
        kinds, counts = np.unique(customer[here], return_counts=True)
        if not len(kinds):
            continue
        usual = OWN if OWN in kinds and counts[kinds == OWN][0] >= counts.max() / 10 else int(kinds[np.argmax(counts)])
        weeks = {int(kind): _by_week(jobs, here & (customer == kind)) for kind in kinds}
        for kind, waits in weeks.items():
            if kind != OWN:
                found[supplier, kind] = USUAL + _beside(waits, weeks[usual])
    return found


def _by_week(jobs: Jobs, chosen: NDArray[np.bool_]) -> dict[int, float]:
    week = (jobs.asked[chosen] // HOURS_PER_WEEK).astype(np.int64)
    if not len(week):
        return {}
    first = int(week.min())
    count = np.bincount(week - first)
    sums = np.bincount(week - first, jobs.wait[chosen])
    return {first + int(place): float(sums[place] / count[place]) for place in np.flatnonzero(count)}


def _beside(one: dict[int, float], other: dict[int, float]) -> int:
    """−1 if the waits of one are the shorter ones, week by week, 1 if the longer, 0 if that cannot be said."""
    both = sorted(one.keys() & other.keys())
    if len(both) < _FEW_WEEKS:
        return 0
    apart: Floats = np.array([np.log((one[week] + _FLOOR_HOURS) / (other[week] + _FLOOR_HOURS)) for week in both])
    middle, error = float(np.mean(apart)), float(np.std(apart, ddof=1) / np.sqrt(len(apart)))
    if abs(middle) < np.log(_RATIO) or abs(middle) < _ERRORS * error:
        return 0
    return 1 if middle > 0 else -1

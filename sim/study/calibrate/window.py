"""Which part of a log holds all of the work: some hold it for a few weeks, and remnants of the time before."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.model.calendar import HOURS_PER_WEEK
from sim.study.calibrate.office_hours import Floats

_FULL: Final = 0.25
_BUSIEST: Final = 20
"""Choice: a week is whole if a quarter as many cases begin in it as in the median of the busiest twentieth of weeks."""


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when a log is whole, in hours since its beginning; ``weeks`` of ``all_weeks``, and the cases in it.

    ``share`` of all cases begin in it: where that is much less than 1, or the window much shorter than the log, the log
    is a selection, such as all cases that were closed in some month.
    """

    begin: float
    end: float
    weeks: int
    all_weeks: int
    share: float

    @property
    def is_selection(self) -> bool:
        """Whether the log is whole for a part of its time only."""
        return self.weeks < self.all_weeks


def window(asked: Floats, end: float) -> Window:
    """The longest stretch of whole weeks, with one gap of a week at most; ``asked``: hours of first requests."""
    weeks = max(1, int(np.ceil(end / HOURS_PER_WEEK)))
    counts = np.bincount(np.clip(asked // HOURS_PER_WEEK, 0, weeks - 1).astype(np.int64), minlength=weeks)
    busy = np.sort(counts)[::-1][: max(1, len(counts) // _BUSIEST)]
    whole = np.flatnonzero(counts >= _FULL * np.median(busy))
    cuts = np.flatnonzero(np.diff(whole) > 2) + 1
    runs = np.split(whole, cuts)
    run = max(runs, key=lambda part: counts[part[0] : part[-1] + 1].sum())
    first, last = int(run[0]), int(run[-1])
    if first <= 1 and last >= weeks - 2:  # the first week and the last are seldom whole
        return Window(0.0, end, weeks, weeks, 1.0)
    begin, until = first * HOURS_PER_WEEK, min(end, (last + 1) * HOURS_PER_WEEK)
    inside = float(np.mean((asked >= begin) & (asked < until)))
    return Window(begin, until, last - first + 1, weeks, inside)

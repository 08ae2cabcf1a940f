"""How many people a department has: who was there when, from when each of them was seen to work."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import HOURS_PER_DAY
from sim.study.calibrate.intervals import Estimate, chosen
from sim.study.calibrate.jobs import Jobs
from sim.study.calibrate.office_hours import Floats

_GAPS: Final = 3.0
"""Choice: somebody is there until three times their usual gap between two jobs has gone by without one."""


def staff(jobs: Jobs, department: int, until: float) -> Estimate:
    """People at once: of those whose names stand in the log, else as many as were at work at the same time.

    Whoever works for several departments counts in each by the share of their hours. The interval is a range of days:
    it holds the people there on 95 % of them, and is a person wide at least.
    """
    here = jobs.department[jobs.worker_job] == department
    known = here & (jobs.worker >= 0)
    if known.sum() >= 0.5 * max(1, here.sum()) and known.any():
        return _seen(jobs, known, until)
    if not here.any():
        return chosen(1.0, "nobody seen")
    return _at_once(jobs.worker_begins[here], jobs.worker_ends[here])


def _seen(jobs: Jobs, known: NDArray[np.bool_], until: float) -> Estimate:
    people, whose = np.unique(jobs.worker[known], return_inverse=True)
    begins, ends = jobs.worker_begins[known], jobs.worker_ends[known]
    first = np.full(len(people), np.inf)
    last = np.full(len(people), -np.inf)
    np.minimum.at(first, whose, begins)
    np.maximum.at(last, whose, ends)
    times = np.bincount(whose)
    gap = np.where(times > 1, (last - first) / np.maximum(times - 1, 1), HOURS_PER_DAY)
    comes = np.where(first - _GAPS * gap <= 0.0, 0.0, first)
    goes = np.where(last + _GAPS * gap >= until, until, last)
    weight = _share_of_hours(jobs, people, known, whose)
    days = np.arange(HOURS_PER_DAY / 2, max(until, HOURS_PER_DAY), HOURS_PER_DAY)
    there = _there(comes, goes, weight, days)
    value = max(1.0, float(np.median(there)))
    low, high = (float(number) for number in np.quantile(there, [0.025, 0.975]))
    return Estimate(value, min(low, value - 0.5), max(high, value + 0.5), len(people), "people seen")


def _share_of_hours(
    jobs: Jobs, people: NDArray[np.int32], known: NDArray[np.bool_], whose: NDArray[np.int64]
) -> Floats:
    place = np.searchsorted(people, jobs.worker)
    place = np.clip(place, 0, len(people) - 1)
    theirs = people[place] == jobs.worker
    everywhere = np.bincount(place[theirs], jobs.worker_hours[theirs], len(people))
    here = np.bincount(whose, jobs.worker_hours[known], len(people))
    return np.divide(here, everywhere, out=np.ones(len(people)), where=everywhere > 0)


def _there(comes: Floats, goes: Floats, weight: Floats, days: Floats) -> Floats:
    """How many were there on each day."""
    begins, ends = np.searchsorted(days, comes), np.searchsorted(days, goes, side="right")
    steps = np.bincount(begins, weight, len(days) + 1) - np.bincount(ends, weight, len(days) + 1)
    return np.asarray(np.cumsum(steps)[: len(days)])


def _at_once(begins: Floats, ends: Floats) -> Estimate:
    """Where nobody's name is known: the most at work at once, for a quarter of a percent of the time or more."""
    when = np.r_[begins, ends]
    step = np.r_[np.ones(len(begins)), -np.ones(len(begins))]
    order = np.lexsort((step, when))
    going, lasts = np.cumsum(step[order]), np.diff(when[order], append=when[order][-1:])
    time = np.bincount(np.maximum(going, 0).astype(np.int64), lasts)
    above = np.cumsum(time[::-1])[::-1] / max(time[1:].sum(), 1e-12)
    often = np.flatnonzero(above[1:] >= 0.0025) + 1
    value = float(often.max(initial=1))
    most = float(np.flatnonzero(time > 0).max(initial=1))
    return Estimate(value, max(1.0, value - 1.0), max(value + 1.0, most), len(begins), "at work at once")

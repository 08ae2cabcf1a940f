"""What a log tells of a company: who asks whom, how much, how often; how long work takes and how many do it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import HOURS_PER_DAY, HOURS_PER_WEEK
from sim.study.calibrate.intervals import Estimate, batched, chosen, mean, per_job, quantile, rate, share, spread
from sim.study.calibrate.jobs import Jobs
from sim.study.calibrate.log import NOBODY, REPAIRED, RIGHT, UNKNOWN, WRONG
from sim.study.calibrate.office_hours import Floats
from sim.study.calibrate.presence import staff
from sim.study.calibrate.priorities import MARKET, USUAL, priorities
from sim.study.calibrate.shapes import Shape, shape

ACCEPTED: Final = 0.8
"""Choice: where no time was agreed, four in five answers come within what is acceptable."""
HELD_HOURS: Final = 0.1
"""Choice: waiting outside for less than six minutes is none."""
_BLOCKING: Final = 0.95
"""Choice: a link is blocking if so many of its answers were waited for; who does not wait is now and then still held up
for another reason until the answer comes."""
_FEW_OPEN: Final = 0.1
"""Choice: where less than one job in ten is open all are looked at: what those may still ask for is little, and the
latest are not left out."""
_MOST_MARGIN: Final = 1.0 / 3.0
"""Choice: however long work takes, what was asked for in the first two thirds of a log is looked at."""
_NOTICED: Final = 0.7
"""The scenario's default of errors that are noticed; a log of reopened work shows only those."""


@dataclass(frozen=True)
class DepartmentFound:
    """What a log tells of one department.

    ``handling_hours`` of one job that is right, ``handling_spread`` and ``shape``; ``own`` jobs a day that nobody asked
    for; ``wait_hours`` until a job is begun; ``held``, the share of jobs that wait for somebody outside, and for how
    long; ``load``, hours of work / hours of the people there. ``intake``: work before others are asked. ``open_share``
    of its jobs were not finished; ``shared``, of the time in progress, what people gave to other tickets meanwhile.
    """

    name: str
    line: int
    groups: int
    jobs: int
    staff: Estimate
    handling_hours: Estimate
    handling_spread: Estimate
    shape: Shape
    own: Estimate
    right: Estimate
    noticed: Estimate
    intake: Estimate
    wait_hours: Estimate
    again_hours: Estimate
    held: Estimate
    held_hours: Estimate
    held_spread: Estimate
    reopened: Estimate
    passed: Estimate
    load: float
    open_share: float
    shared: float


@dataclass(frozen=True)
class LinkFound:
    """What a log tells of one link: requests for each job of the customer (``share`` of purchases for the market)."""

    supplier: str
    customer: str
    requests: Estimate
    blocking: bool
    blocked: Estimate
    acceptable: Estimate
    repeated: Estimate
    priority: int


@dataclass(frozen=True)
class Found:
    """All that a log tells. ``purchases`` a working day, ``customers`` who were seen.

    ``weekdays``: the share of cases that begin on each, Monday first. ``burst``: the variance of cases a week over that
    of Poisson counts, 1 if they come evenly; NaN if there are too few weeks.
    """

    departments: tuple[DepartmentFound, ...]
    links: tuple[LinkFound, ...]
    purchases: Estimate
    weekdays: Floats
    burst: float
    customers: int
    days: int
    open_jobs: int


def found(jobs: Jobs, lines: Mapping[str, int], groups: Mapping[str, int]) -> Found:
    """Everything that can be counted in the jobs of a log."""
    until = jobs.days * HOURS_PER_DAY
    first = (jobs.parent == NOBODY) & ~jobs.own
    weekly = _weekly(jobs.asked[first], until)
    purchases = rate(weekly, until / HOURS_PER_DAY, "counted")
    first_served = priorities(jobs)
    requesters = jobs.spells.requester[first]
    return Found(
        departments=tuple(
            _department(jobs, place, name, lines[name], groups[name]) for place, name in enumerate(jobs.names)
        ),
        links=(*_front_line(jobs, first, first_served), *_inner(jobs, first_served, _settled(jobs))),
        purchases=purchases,
        weekdays=_weekdays(jobs.spells.asked[first]),
        burst=float(np.var(weekly[:-1], ddof=1) / np.mean(weekly[:-1]))
        if len(weekly) > 4 and weekly[:-1].any()
        else np.nan,
        customers=len(np.unique(requesters[requesters >= 0])),
        days=jobs.days,
        open_jobs=int(jobs.open.sum()),
    )


def _weekdays(seconds: NDArray[np.int64]) -> Floats:
    """The share of moments on each day of the week, Monday first."""
    counts = np.bincount((seconds // 86_400 + 3) % 7, minlength=7)
    return np.asarray(counts / max(1, counts.sum()), np.float64)


def _weekly(hours: Floats, until: float) -> Floats:
    """Counts by week of the model, the last one as far as it goes."""
    weeks = max(1, int(np.ceil(until / HOURS_PER_WEEK)))
    return np.bincount(np.clip(hours // HOURS_PER_WEEK, 0, weeks - 1).astype(np.int64), minlength=weeks).astype(float)


def _department(jobs: Jobs, place: int, name: str, line: int, groups: int) -> DepartmentFound:
    until = jobs.days * HOURS_PER_DAY
    here = jobs.department == place
    done = here & ~jobs.open
    outcome, reopened = jobs.spells.outcome, jobs.spells.reopened
    told = done & (outcome != UNKNOWN)
    plain = done & (outcome == RIGHT) if told.any() else done & (reopened == 0)
    hours = jobs.work[plain]
    kind = shape(hours)
    in_progress = float(jobs.work[done].sum() + jobs.beside[done].sum())
    people = staff(jobs, place, until)
    held = done & (jobs.outside > HELD_HOURS)
    asks = np.zeros(len(jobs), np.bool_)
    asks[jobs.parent[jobs.parent >= 0]] = True
    asked = done & asks
    own_weeks = _weekly(jobs.asked[here & jobs.own], until)
    return DepartmentFound(
        name=name,
        line=line,
        groups=groups,
        jobs=int(here.sum()),
        staff=people,
        handling_hours=mean(hours, "work on jobs that were right" if told.any() else "work on jobs not reopened"),
        handling_spread=spread(hours, kind == "lognormal", "work on jobs"),
        shape=kind,
        own=_own(own_weeks, until),
        right=_right(outcome[told]) if told.any() else _never_reopened(reopened[done]),
        noticed=_noticed(outcome[told]) if told.any() else chosen(_NOTICED, "default"),
        intake=_intake(jobs.before[asked], jobs.work[asked]),
        wait_hours=_by_weeks(jobs.wait, jobs.asked, done & ~np.isnan(jobs.wait)),
        again_hours=_by_weeks(jobs.again, jobs.asked, done),
        held=share(int(held.sum()), int(done.sum()), "counted"),
        held_hours=_by_weeks(jobs.outside, jobs.asked, held),
        held_spread=spread(jobs.outside[held], True, "measured"),
        reopened=share(int((reopened[done] > 0).sum()), int(done.sum()), "counted"),
        passed=share(int((jobs.spells.passed[here] > 0).sum()), int(here.sum()), "counted"),
        load=float(jobs.work[here].sum() / (people.value * until)),
        open_share=float(np.mean(jobs.open[here])) if here.any() else 0.0,
        shared=float(jobs.beside[done].sum() / in_progress) if in_progress > 0.0 else 0.0,
    )


def _by_weeks(hours: Floats, asked: Floats, chosen: NDArray[np.bool_]) -> Estimate:
    """A mean of waits, with an interval from the weeks' sums, since waits in one line are alike."""
    return batched(hours[chosen], (asked[chosen] // HOURS_PER_WEEK).astype(np.int64), "measured")


def _own(weeks: Floats, until: float) -> Estimate:
    if not weeks.any():
        return Estimate(0.0, 0.0, 3.7 * HOURS_PER_DAY / until, 0, "none seen")
    return rate(weeks, until / HOURS_PER_DAY, "counted")


def _right(outcome: NDArray[np.int8]) -> Estimate:
    return share(int((outcome == RIGHT).sum()), len(outcome), "outcomes told")


def _never_reopened(reopened: NDArray[np.int32]) -> Estimate:
    """Reopened work is an error that somebody noticed; those that nobody noticed no log shows."""
    again = share(int((reopened > 0).sum()), len(reopened), "not reopened")
    if not again.count or not again.value:
        return chosen(np.nan, "default")
    wrong = again.times(1.0 / _NOTICED)
    return Estimate(1 - wrong.value, 1 - wrong.high, 1 - wrong.low, wrong.count, "not reopened")


def _noticed(outcome: NDArray[np.int8]) -> Estimate:
    """Errors noticed: n in w = (1 − n) / (1 − n(1 − r)), w the share of those not right that are delivered wrong."""
    bad = int((outcome != RIGHT).sum())
    if bad == 0:
        return chosen(_NOTICED, "default")
    wrong = share(int((outcome == WRONG).sum()), bad, "outcomes told")
    error = bad / len(outcome)
    value, low, high = ((1 - w) / max(1 - w * error, 1e-9) for w in (wrong.value, wrong.high, wrong.low))
    return Estimate(value, low, high, int((outcome == REPAIRED).sum()) + int((outcome == WRONG).sum()), "outcomes told")


def _intake(before: Floats, work: Floats) -> Estimate:
    """Work before others were asked / all work, of jobs that asked others."""
    if len(work) < 10 or work.sum() <= 0.0:
        return chosen(np.nan, "default")
    ratio = float(before.sum() / work.sum())
    error = float(np.std(before - ratio * work) / (np.mean(work) * np.sqrt(len(work))))
    return Estimate(ratio, ratio - 1.96 * error, ratio + 1.96 * error, len(work), "work before asking")


def _front_line(jobs: Jobs, first: NDArray[np.bool_], served: Mapping[tuple[int, int], int]) -> list[LinkFound]:
    total = int(first.sum())
    links = []
    for place, name in enumerate(jobs.names):
        here = first & (jobs.department == place)
        if not here.any():
            continue
        links.append(
            LinkFound(
                name,
                "market",
                share(int(here.sum()), total, "counted"),
                blocking=True,
                blocked=chosen(1.0, "the market waits"),
                acceptable=_acceptable(jobs, here),
                repeated=share(0, int(here.sum()), "counted"),
                priority=served.get((place, MARKET), USUAL),
            )
        )
    return links


def _inner(jobs: Jobs, served: Mapping[tuple[int, int], int], settled: NDArray[np.bool_]) -> list[LinkFound]:
    """Links between departments; only jobs are looked at that had time to ask whomever they needed."""
    asks = np.flatnonzero(jobs.parent >= 0)
    count = len(jobs.names)
    pair = jobs.department[asks].astype(np.int64) * count + jobs.department[jobs.parent[asks]]
    links = []
    for one in np.unique(pair):
        supplier, customer = divmod(int(one), count)
        if supplier == customer:
            continue
        made = asks[pair == one]
        askers = np.flatnonzero((jobs.department == customer) & settled)
        number = np.bincount(jobs.parent[made], minlength=len(jobs))[askers]
        waits = jobs.blocked[made]
        links.append(
            LinkFound(
                jobs.names[supplier],
                jobs.names[customer],
                per_job(number, "counted"),
                blocking=bool(np.mean(waits) >= _BLOCKING),
                blocked=share(int(waits.sum()), len(made), "counted"),
                acceptable=_acceptable(jobs, made),
                repeated=share(int((number > 1).sum()), max(1, int((number > 0).sum())), "counted"),
                priority=served.get((supplier, customer), USUAL),
            )
        )
    return links


def _settled(jobs: Jobs) -> NDArray[np.bool_]:
    """Jobs of which it is known what they ask for: all where few are open, else those asked early enough.

    So early that 19 of 20 of their kind were finished in what was left, or in the first two thirds.
    """
    end = jobs.days * HOURS_PER_DAY
    settled = np.zeros(len(jobs), np.bool_)
    for place in range(len(jobs.names)):
        here = jobs.department == place
        if here.any() and np.mean(jobs.open[here]) < _FEW_OPEN:
            settled |= here
            continue
        lasted = (jobs.finished - jobs.asked)[here & ~jobs.open]
        margin = min(float(np.quantile(lasted, 0.95)), _MOST_MARGIN * end) if len(lasted) else 0.0
        settled |= here & (jobs.asked <= end - margin)
        if not (settled & here).any():
            settled |= here & ~jobs.open
    return settled


def _acceptable(jobs: Jobs, chosen_jobs: NDArray[np.bool_] | NDArray[np.int64]) -> Estimate:
    agreed = jobs.spells.agreed[chosen_jobs]
    told = agreed[~np.isnan(agreed)]
    if len(told):
        return quantile(told.astype(np.float64), 0.5, "agreed")
    delay = (jobs.finished - jobs.asked)[chosen_jobs][~jobs.open[chosen_jobs]]
    return quantile(delay[delay >= 0.0], ACCEPTED, "quantile of waits")

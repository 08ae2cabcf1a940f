"""Does the company that a log gave do what the log did in a time it was not fitted to: observed beside simulated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sim.model.calendar import HOURS_PER_DAY, HOURS_PER_WEEK
from sim.scenario.dated import with_values
from sim.scenario.schema import Scenario
from sim.study.calibrate.course import Course, simulated
from sim.study.calibrate.office_hours import Floats

REPLICATIONS: Final = 39
_OUT: Final = 0.05
"""Nine of ten replications lie between; what is observed lies there nine times of ten, if it is of their kind."""
QUANTILES: Final = (0.5, 0.8, 0.95)
HANDED: Final = (0, 1, 2, 3, 4, 5)
"""Requests within a case: none to four, and five or more."""
_FEW: Final = 20
_LEAST_TOLD: Final = 4
_ALIKE: Final = 0.2
"""Choice: what differs by less than a fifth is reproduced well enough to compare scenarios by, whatever chance says."""
_FLOORS: Final = {"wait": 0.1, "throughput": 0.1, "handed": 0.1, "requests": 0.01, "queue": 0.2}
"""Choice: hours, shares of cases and jobs that differ by no more are the same."""
_WIDE: Final = 5.0
"""Choice: a band that is five times its median wide says nothing, unless what is observed lies near or beyond it."""
_RARE: Final = 0.01
"""Choice: how often something happens that happens in less than one of a hundred cases is not compared."""
_RANKS: Final = "weibull"
"""Ranks p(n + 1), between which a further run lies with just that probability."""
Kind = Literal["wait", "throughput", "handed", "requests", "queue"]
_ORDER: Final[tuple[Kind, ...]] = ("throughput", "wait", "queue", "handed", "requests")


@dataclass(frozen=True, slots=True)
class Compared:
    """One number: ``observed``, and what the replications gave: the median, and between what nine of ten lie.

    ``kind``: the quantile ``at`` of a department's (``where``) waits or of throughput times, the median hours of cases
    with ``at`` requests in them, the share of cases with so many, or the mean queue of a department.
    """

    kind: Kind
    where: str
    at: float
    observed: float
    low: float
    middle: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether the observed one is as the simulated ones are, or near enough to them."""
        return self.low <= self.observed <= self.high or self.is_near

    @property
    def tells(self) -> bool:
        """Whether it says anything: not if it lies in a band so wide that nearly anything would."""
        wide = self.high - self.low > _WIDE * max(self.middle, _FLOORS[self.kind])
        return self.is_near or not self.inside or not wide

    @property
    def is_near(self) -> bool:
        """Whether it is within a fifth of the median, or within six minutes, a percent of cases, a fifth of a job."""
        return abs(self.observed - self.middle) <= max(_ALIKE * self.middle, _FLOORS[self.kind])


@dataclass(frozen=True)
class Judged:
    """A company held against the last part of a log, ``days`` long: every comparison, and what the charts need.

    ``queues`` by department: observed by week (``by_week``) or in a short log by day, and between what nine of ten
    replications lie, with their median.
    """

    days: int
    cases: int
    by_week: bool
    compared: tuple[Compared, ...]
    queues: dict[str, tuple[Floats, Floats, Floats, Floats]]
    waits: dict[str, tuple[Floats, Floats]]
    throughput: tuple[Floats, Floats]

    @property
    def share(self) -> float:
        """How many of the numbers are reproduced: the mean over kinds, so that many of one do not outvote others."""
        return float(np.mean(list(self.by_kind.values()))) if self.told else np.nan

    @property
    def by_kind(self) -> dict[str, float]:
        """The share of numbers that is reproduced, kind by kind."""
        told = self.told
        kinds = dict.fromkeys(item.kind for item in told)
        return {kind: float(np.mean([item.inside for item in told if item.kind == kind])) for kind in kinds}

    @property
    def told(self) -> tuple[Compared, ...]:
        """The comparisons that say anything."""
        return tuple(item for item in self.compared if item.tells)

    @property
    def verdict(self) -> Literal["fits", "in part", "does not fit", "too little"]:
        """In a word. Choices: it fits if four of five do, and most of the hours to the answer; half is a part."""
        if len(self.told) < _LEAST_TOLD:
            return "too little"
        if self.share >= 0.8 and self.by_kind.get("throughput", 1.0) > 0.5:
            return "fits"
        return "in part" if self.share >= 0.5 else "does not fit"


def judged(
    last: Course,
    scenario: Scenario,
    *,
    seed: int = 2,
    replications: int = REPLICATIONS,
    progress: Callable[[float], None] | None = None,
) -> Judged:
    """Hold a scenario against what was observed."""
    days = max(1, round(last.hours / HOURS_PER_DAY))
    as_long = with_values(scenario, {"days": days})
    courses = []
    for replication in range(replications):
        courses.append(simulated(as_long, last.names, seed, replication))
        if progress is not None:
            progress((replication + 1) / replications)
    compared = [*_waits(last, courses), *_throughput(last, courses), *_handed(last, courses), *_queues(last, courses)]
    together = np.concatenate([course.throughput() for course in courses])
    return Judged(
        days,
        int(last.roots.sum()),
        last.stretch_hours == HOURS_PER_WEEK,
        tuple(sorted(compared, key=lambda item: _ORDER.index(item.kind))),
        {name: _by_week(last, courses, place) for place, name in enumerate(last.names)},
        {
            name: (last.waits(place), np.concatenate([course.waits(place) for course in courses]))
            for place, name in enumerate(last.names)
        },
        (last.throughput(), together),
    )


def _compared(kind: Kind, where: str, at: float, observed: float, values: Sequence[float]) -> Compared:
    given = np.array([value for value in values if not np.isnan(value)])
    if not len(given):
        return Compared(kind, where, at, observed, np.nan, np.nan, np.nan)
    return Compared(
        kind,
        where,
        at,
        observed,
        float(np.quantile(given, _OUT)),
        float(np.median(given)),
        float(np.quantile(given, 1 - _OUT)),
    )


def _quantile(hours: Floats, at: float) -> float:
    return float(np.quantile(hours, at)) if len(hours) else np.nan


def _waits(last: Course, courses: Sequence[Course]) -> list[Compared]:
    found = []
    for place, name in enumerate(last.names):
        hours = last.waits(place)
        if len(hours) < _FEW:
            continue
        simulated_hours = [course.waits(place) for course in courses]
        found += [
            _compared("wait", name, at, _quantile(hours, at), [_quantile(each, at) for each in simulated_hours])
            for at in QUANTILES
        ]
    return found


def _throughput(last: Course, courses: Sequence[Course]) -> list[Compared]:
    hours = last.throughput()
    if len(hours) < _FEW:
        return []
    each = [course.throughput() for course in courses]
    return [
        _compared("throughput", "", at, _quantile(hours, at), [_quantile(one, at) for one in each]) for at in QUANTILES
    ]


def _handed(last: Course, courses: Sequence[Course]) -> list[Compared]:
    """Hand-overs against open time; and how often a case is handed over so many times."""
    number, hours = last.handed_over()
    each = [course.handed_over() for course in courses]
    if len(number) < _FEW:
        return []
    found = []
    for at in HANDED:
        chosen = hours[_so_many(number, at)]
        others = [one_hours[_so_many(one, at)] for one, one_hours in each]
        if len(chosen) >= _FEW:
            medians = [_quantile(other, 0.5) for other in others]
            found.append(_compared("handed", "", at, _quantile(chosen, 0.5), medians))
        shares = [float(np.mean(_so_many(one, at))) for one, _ in each if len(one)]
        if max(float(np.mean(_so_many(number, at))), float(np.median(shares)) if shares else 0.0) < _RARE:
            continue
        found.append(_compared("requests", "", at, float(np.mean(_so_many(number, at))), shares))
    return found


def _so_many(
    number: "np.ndarray[tuple[int], np.dtype[np.int64]]", at: int
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    return number >= at if at == HANDED[-1] else number == at


def _queues(last: Course, courses: Sequence[Course]) -> list[Compared]:
    found = []
    for place, name in enumerate(last.names):
        if len(last.waits(place)) < _FEW:
            continue
        means = [float(np.mean(course.queue(place))) for course in courses]
        found.append(_compared("queue", name, 0.0, float(np.mean(last.queue(place))), means))
    return found


def _by_week(last: Course, courses: Sequence[Course], place: int) -> tuple[Floats, Floats, Floats, Floats]:
    observed = last.queue(place)
    both = min(len(observed), *(len(course.queue(place)) for course in courses))
    every = np.array([course.queue(place)[:both] for course in courses])
    return observed[:both], *np.quantile(every, [_OUT, 0.5, 1 - _OUT], axis=0, method=_RANKS)

"""An attempt: a company in which levers were moved beside another, on the same luck, as quickly as a room expects.

Both start where the base settles, and are the same up to day 0, when the levers move. Few replications come first, more
while one looks; those that are there are kept and never simulated again.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from sim.model.engines import Engine, simulate
from sim.model.measures import COMPANY, DEPARTMENT, LINK, measured
from sim.model.record import Floats
from sim.model.steady import SteadyState, steady_state
from sim.scenario.schema import Scenario
from sim.scenario.writing import fingerprint
from sim.study.paths import Band, band
from sim.study.problems import RunFailedError
from sim.study.replicate import interval
from sim.study.workers import Failure, carried_out
from sim.study.workshop.levers import moved, prepared

DAYS: Final = 250
WARM_UP_DAYS: Final = 60
"""Choice: a year is looked at, after a quarter; a room does not wait for more."""
SHOWN: Final = ("customer_satisfaction", "customer_ceiling", "morale", "sales", "profit")
"""Outcomes of the company that a room sees, week by week."""
FIRST_WEEK: Final = -8
"""Choice: weeks before it are not shown; the first ones deliver little, since purchases take their time."""
LAST_WEEKS: Final = 13
"""Choice: what came of it is the mean of the last quarter of a year."""
ENDS: Final = (*SHOWN, "messages_intact_share")
"""Outcomes of which the change in the last quarter is told."""
_OF_PARTS: Final[Mapping[tuple[str, str], str]] = {
    (DEPARTMENT, "morale"): "morale",
    (DEPARTMENT, "queue_length"): "line",
    (DEPARTMENT, "messages"): "words",
    (LINK, "requests"): "requests",
    (LINK, "in_time_share"): "in_time",
}
MOST_KEPT: Final = 400
"""Choice: runs kept at the same time; a run is some forty kilobytes."""


class NoLongerWantedError(Exception):
    """Whoever asked has moved another lever meanwhile."""


@dataclass(frozen=True, slots=True)
class Run:
    """A replication week by week: outcomes of the company; of departments their morale, the jobs in their line and
    what customers said about them; of links the requests and how many came in time."""

    weeks: tuple[int, ...]
    company: Mapping[str, Floats]
    morale: Mapping[str, Floats]
    line: Mapping[str, Floats]
    words: Mapping[str, Floats]
    requests: Mapping[str, Floats]
    in_time: Mapping[str, Floats]


@dataclass(frozen=True)
class Attempt:
    """Both companies, ``base`` and ``tried``, on the same ``replications``.

    ``paths``: by company and outcome; ``change``: by outcome the mean difference of the last quarter with its interval;
    ``departments``: by company and department, morale and words of customers a week; ``links``: by company and link,
    requests a week and the share that came in time; ``kept``: by company, which share of customers' words arrived
    intact in the last quarter; ``parts``: the first week in which they differ, or ``None``.
    """

    weeks: tuple[int, ...]
    replications: int
    paths: Mapping[str, Mapping[str, Band]]
    change: Mapping[str, tuple[float, float, float]]
    departments: Mapping[str, Mapping[str, tuple[Floats, Floats]]]
    links: Mapping[str, Mapping[str, tuple[Floats, Floats]]]
    kept: Mapping[str, float]
    parts: int | None


class Workshop:
    """A base company, and all that was tried on it; may be asked from several threads."""

    def __init__(self, base: Scenario, seed: int = 1, engine: Engine = "fast", jobs: int = 1) -> None:
        plain = base.model_dump(exclude_unset=True) | {"days": DAYS, "warm_up_days": WARM_UP_DAYS}
        plain["changes"] = [change.model_dump() for change in base.changes if change.day < DAYS]
        self.base = prepared(Scenario.model_validate(plain))
        self.seed = seed
        self.jobs = jobs
        self._engine = engine
        self._start: SteadyState = steady_state(self.base)
        self._runs: OrderedDict[tuple[str, int], Run] = OrderedDict()
        self._lock = threading.Lock()
        self._room = threading.BoundedSemaphore(jobs)

    def attempt(
        self,
        state: Mapping[str, object],
        replications: int,
        is_wanted: Callable[[], bool] = lambda: True,
        against: Mapping[str, object] = MappingProxyType({}),
    ) -> Attempt:
        """What comes of moving levers to ``state``, beside the company in which they stand as in ``against``.

        ``LeverError`` if they cannot be so; ``NoLongerWantedError`` as soon as ``is_wanted`` says so; what was
        simulated until then is kept.
        """
        both = {
            "base": self.lived(against, replications, is_wanted),
            "tried": self.lived(state, replications, is_wanted),
        }
        weeks = both["base"][0].weeks
        return Attempt(
            weeks,
            replications,
            {
                name: {outcome: band(np.array([run.company[outcome] for run in runs])) for outcome in SHOWN}
                for name, runs in both.items()
            },
            {outcome: changed(last_of(both["base"], outcome), last_of(both["tried"], outcome)) for outcome in ENDS},
            {name: _pairs(runs, "morale", "words") for name, runs in both.items()},
            {name: _pairs(runs, "requests", "in_time") for name, runs in both.items()},
            {name: interval(last_of(runs, "messages_intact_share"))[0] for name, runs in both.items()},
            parted(both["base"], both["tried"]),
        )

    def lived(
        self, state: Mapping[str, object], replications: int, is_wanted: Callable[[], bool] = lambda: True
    ) -> list[Run]:
        """Replications of the company in which levers were moved, those that are there and those that are missing.

        ``LeverError`` and ``NoLongerWantedError`` as in ``attempt``.
        """
        scenario = moved(self.base, state)
        mark = fingerprint(scenario)
        with self._lock:
            found = {number: self._runs[mark, number] for number in range(replications) if (mark, number) in self._runs}
            for number in found:
                self._runs.move_to_end((mark, number))
        missing = [number for number in range(replications) if number not in found]
        for first in range(0, len(missing), self.jobs):
            if not is_wanted():
                raise NoLongerWantedError("another lever was moved meanwhile")
            some = missing[first : first + self.jobs]
            for place, run in carried_out(
                lambda number: self.run(scenario, number, is_wanted), some, self.jobs, threads=True
            ):
                if isinstance(run, Failure):
                    if not is_wanted():
                        raise NoLongerWantedError("another lever was moved meanwhile")
                    raise RunFailedError(run.message)
                found[some[place]] = run
                with self._lock:
                    self._runs[mark, some[place]] = run
                    while len(self._runs) > MOST_KEPT:
                        self._runs.popitem(last=False)  # who was wanted longest ago
        return [found[number] for number in range(replications)]

    @property
    def kept(self) -> int:
        """How many runs are kept."""
        return len(self._runs)

    def run(self, scenario: Scenario, number: int, is_wanted: Callable[[], bool] = lambda: True) -> Run:
        """One replication of a company that starts where the base settles; it is not kept.

        Only as many are simulated at the same time as there are ``jobs``, whoever asks for them. Who has waited for
        that and is no longer wanted goes at once: ``NoLongerWantedError``.
        """
        with self._room:
            if not is_wanted():
                raise NoLongerWantedError("another lever was moved meanwhile")
            record = simulate(scenario, self.seed, number, before=self._start, engine=self._engine)
        weeks = np.array(record.weeks)
        seen = weeks >= FIRST_WEEK
        company: dict[str, Floats] = {}
        parts: dict[str, dict[str, Floats]] = {name: {} for name in _OF_PARTS.values()}
        for item in measured(record):
            name = _OF_PARTS.get((item.level, item.outcome))
            if name is not None:
                parts[name][item.where] = item.weekly[seen]
            elif item.level == COMPANY and item.outcome in ENDS:
                company[item.outcome] = item.weekly[seen]
        return Run(tuple(int(week) for week in weeks[seen]), company, **parts)


def last_of(runs: Sequence[Run], outcome: str) -> Floats:
    """An outcome of the company in the last quarter, of each replication; NaN where nothing of it is known."""
    return last_quarter(np.array([run.company[outcome] for run in runs]))


def last_quarter(weekly: Floats) -> Floats:
    """Of each row the mean of the last quarter; NaN are left out, and where nothing is known it is NaN."""
    rows = weekly[:, -LAST_WEEKS:]
    known = ~np.isnan(rows)
    count = known.sum(axis=1)
    total = np.where(known, rows, 0.0).sum(axis=1)
    mean: Floats = np.divide(total, count, out=np.full(len(rows), np.nan), where=count > 0)
    return mean


def changed(base: Floats, tried: Floats, confidence: float = 0.95) -> tuple[float, float, float]:
    """The mean difference of pairs of replications, with its interval."""
    return interval(tried - base, confidence)[:3]


def _pairs(runs: Sequence[Run], one: str, other: str) -> dict[str, tuple[Floats, Floats]]:
    """By department or link, the means of two things that are told of it."""
    first, second = ([getattr(run, name) for run in runs] for name in (one, other))
    return {
        where: (band(np.array([row[where] for row in first])).mean, band(np.array([row[where] for row in second])).mean)
        for where in first[0]
    }


def parted(base: Sequence[Run], tried: Sequence[Run]) -> int | None:
    """The first week in which anything shown differs between two companies; ``None`` if nothing does."""
    weeks = base[0].weeks
    differ = np.zeros(len(weeks), dtype=bool)
    for one, other in zip(base, tried, strict=True):
        for name in SHOWN:
            differ |= ~(
                (one.company[name] == other.company[name])
                | (np.isnan(one.company[name]) & np.isnan(other.company[name]))
            )
    return int(weeks[int(np.argmax(differ))]) if differ.any() else None


def plain(attempt: Attempt) -> dict[str, Any]:
    """In plain types for JSON; what is not known is ``None``."""

    def numbers(values: Floats) -> list[float | None]:
        return [None if value != value else value for value in np.round(values, 3).tolist()]  # noqa: PLR0124 - NaN

    def row_of(found: Band) -> dict[str, list[float | None]]:
        return {"mean": numbers(found.mean), "low": numbers(found.low), "high": numbers(found.high)}

    def pair(found: Mapping[str, tuple[Floats, Floats]], one: str, other: str) -> dict[str, Any]:
        return {where: {one: numbers(row[0]), other: numbers(row[1])} for where, row in found.items()}

    return {
        "weeks": list(attempt.weeks),
        "replications": attempt.replications,
        "paths": {
            name: {outcome: row_of(found) for outcome, found in row.items()} for name, row in attempt.paths.items()
        },
        "change": {name: numbers(np.array(found)) for name, found in attempt.change.items()},
        "departments": {name: pair(row, "morale", "words") for name, row in attempt.departments.items()},
        "links": {name: pair(row, "requests", "in_time") for name, row in attempt.links.items()},
        "kept": {name: None if np.isnan(share) else round(share, 3) for name, share in attempt.kept.items()},
        "parts": attempt.parts,
    }

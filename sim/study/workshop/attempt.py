"""An attempt: the company in which levers were moved beside the base, on the same luck, as quickly as a room expects.

Both start where the base settles, and are the same up to day 0, when the levers move. Few replications come first, more
while one looks; those that are there are kept and never simulated again.
"""

import threading
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.model.engines import Engine, simulate
from sim.model.measures import COMPANY, DEPARTMENT, LINK, measured
from sim.model.record import Floats
from sim.model.steady import SteadyState, steady_state
from sim.scenario.schema import Scenario
from sim.scenario.writing import fingerprint
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
_MOST_KEPT: Final = 400
"""Choice: runs kept at the same time; a run is some forty kilobytes."""


class NoLongerWantedError(Exception):
    """Whoever asked has moved another lever meanwhile."""


@dataclass(frozen=True, slots=True)
class Run:
    """A replication week by week: outcomes of the company, morale by department, requests and their waits by link."""

    weeks: tuple[int, ...]
    company: Mapping[str, Floats]
    morale: Mapping[str, Floats]
    requests: Mapping[str, Floats]
    in_time: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Path:
    """An outcome week by week: the mean over replications, and its 95 % interval (NaN with one)."""

    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Attempt:
    """Both companies, ``base`` and ``tried``, on the same ``replications``.

    ``paths``: by company and outcome; ``change``: by outcome the mean difference of the last quarter with its interval;
    ``parts``: the first week in which they differ, or ``None``.
    """

    weeks: tuple[int, ...]
    replications: int
    paths: Mapping[str, Mapping[str, Path]]
    units: Mapping[str, str]
    change: Mapping[str, tuple[float, float, float]]
    departments: Mapping[str, Mapping[str, Floats]]
    links: Mapping[str, Mapping[str, tuple[Floats, Floats]]]
    parts: int | None


class Workshop:
    """A base company, and all that was tried on it; may be asked from several threads."""

    def __init__(self, base: Scenario, seed: int = 1, engine: Engine = "fast", jobs: int = 1) -> None:
        plain = base.model_dump(exclude_unset=True) | {"days": DAYS, "warm_up_days": WARM_UP_DAYS}
        plain["changes"] = [change.model_dump() for change in base.changes if change.day < DAYS]
        self.base = prepared(Scenario.model_validate(plain))
        self.seed = seed
        self._engine, self._jobs = engine, jobs
        self._start: SteadyState = steady_state(self.base)
        self._runs: dict[tuple[str, int], Run] = {}
        self._lock = threading.Lock()
        self.units: dict[str, str] = {}

    def attempt(
        self, state: Mapping[str, object], replications: int, is_wanted: Callable[[], bool] = lambda: True
    ) -> Attempt:
        """What comes of moving levers; ``LeverError`` if they cannot be so.

        ``NoLongerWantedError`` as soon as ``is_wanted`` says so; what was simulated until then is kept.
        """
        tried = moved(self.base, state)
        both = {
            "base": self._lived(self.base, replications, is_wanted),
            "tried": self._lived(tried, replications, is_wanted),
        }
        paths = {
            name: {outcome: _path(np.array([run.company[outcome] for run in runs])) for outcome in SHOWN}
            for name, runs in both.items()
        }
        change = {
            outcome: interval(
                np.array(
                    [
                        _last(one.company[outcome]) - _last(other.company[outcome])
                        for one, other in zip(both["tried"], both["base"], strict=True)
                    ]
                )
            )[:3]
            for outcome in SHOWN
        }
        weeks = both["base"][0].weeks
        return Attempt(
            weeks,
            replications,
            paths,
            self.units,
            change,
            {name: _means([run.morale for run in runs]) for name, runs in both.items()},
            {name: _links(runs) for name, runs in both.items()},
            _first_difference(both["base"], both["tried"], weeks),
        )

    def _lived(self, scenario: Scenario, replications: int, is_wanted: Callable[[], bool] = lambda: True) -> list[Run]:
        mark = fingerprint(scenario)
        with self._lock:
            found = {number: self._runs.get((mark, number)) for number in range(replications)}
        missing = [number for number, run in found.items() if run is None]
        for first in range(0, len(missing), self._jobs):
            if not is_wanted():
                raise NoLongerWantedError("another lever was moved meanwhile")
            some = missing[first : first + self._jobs]
            for place, run in carried_out(
                lambda number: self._run(scenario, number), some, self._jobs, threads=self._engine == "fast"
            ):
                if isinstance(run, Failure):
                    raise RunFailedError(run.message)
                found[some[place]] = run
                with self._lock:
                    while len(self._runs) >= _MOST_KEPT:
                        self._runs.pop(next(iter(self._runs)))
                    self._runs[mark, some[place]] = run
        return [run for run in found.values() if run is not None]

    def _run(self, scenario: Scenario, number: int) -> Run:
        record = simulate(scenario, self.seed, number, before=self._start, engine=self._engine)
        weeks = np.array(record.weeks)
        seen = weeks >= FIRST_WEEK
        company: dict[str, Floats] = {}
        morale, requests, in_time = dict[str, Floats](), dict[str, Floats](), dict[str, Floats]()
        for item in measured(record):
            match item.level, item.outcome:
                case (level, name) if level == COMPANY and name in SHOWN:
                    company[name] = item.weekly[seen]
                    self.units[name] = item.unit
                case (level, "morale") if level == DEPARTMENT:
                    morale[item.where] = item.weekly[seen]
                case (level, "requests") if level == LINK:
                    requests[item.where] = item.weekly[seen]
                case (level, "in_time_share") if level == LINK:
                    in_time[item.where] = item.weekly[seen]
        return Run(tuple(int(week) for week in weeks[seen]), company, morale, requests, in_time)


def _path(rows: Floats) -> Path:
    """Mean and interval of each column (Student's t); what is not known is left out."""
    from scipy.special import stdtrit  # noqa: PLC0415 - takes a while to load

    count = (~np.isnan(rows)).sum(axis=0)
    with warnings.catch_warnings(), np.errstate(invalid="ignore", divide="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)  # a week of which nothing is known
        mean, spread = np.nanmean(rows, axis=0), np.nanstd(rows, axis=0, ddof=1)
        half = np.where(count > 1, stdtrit(np.maximum(count - 1, 1), 0.975) * spread / np.sqrt(count), np.nan)
    return Path(mean, mean - half, mean + half)


def _last(weekly: Floats) -> float:
    return float(np.nanmean(weekly[-LAST_WEEKS:]))


def _means(rows: Sequence[Mapping[str, Floats]]) -> dict[str, Floats]:
    return {name: np.mean([row[name] for row in rows], axis=0) for name in rows[0]}


def _links(runs: Sequence[Run]) -> dict[str, tuple[Floats, Floats]]:
    """By link, requests a week and the share that came in time."""
    requests, in_time = _means([run.requests for run in runs]), _means([run.in_time for run in runs])
    return {name: (requests[name], in_time[name]) for name in requests}


def _first_difference(base: Sequence[Run], tried: Sequence[Run], weeks: Sequence[int]) -> int | None:
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

    def band(path: Path) -> dict[str, list[float | None]]:
        return {"mean": numbers(path.mean), "low": numbers(path.low), "high": numbers(path.high)}

    def link(found: tuple[Floats, Floats]) -> dict[str, list[float | None]]:
        return {"requests": numbers(found[0]), "in_time": numbers(found[1])}

    return {
        "weeks": list(attempt.weeks),
        "replications": attempt.replications,
        "paths": {name: {outcome: band(path) for outcome, path in row.items()} for name, row in attempt.paths.items()},
        "units": dict(attempt.units),
        "change": {name: numbers(np.array(found)) for name, found in attempt.change.items()},
        "departments": {
            name: {part: numbers(values) for part, values in row.items()} for name, row in attempt.departments.items()
        },
        "links": {name: {where: link(found) for where, found in row.items()} for name, row in attempt.links.items()},
        "parts": attempt.parts,
    }

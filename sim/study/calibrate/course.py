"""What happened, observed or simulated, in the same few columns, so that both are measured by the same code."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import HOURS_PER_DAY, HOURS_PER_WEEK
from sim.model.engines import Engine, simulate
from sim.model.trace import Trace
from sim.scenario.schema import Scenario
from sim.study.calibrate.jobs import Jobs
from sim.study.calibrate.log import UNKNOWN, Codes
from sim.study.calibrate.office_hours import Floats

ROOT: Final = -1
_FEW_WEEKS: Final = 4
_OUTCOMES: Final = {"right": 0, "repaired": 1, "wrong": 2}


@dataclass(frozen=True)
class Course:
    """Jobs of departments (``names``) in hours since day 0, of which ``hours`` were looked at.

    ``parent`` is a place among these jobs, or −1; ``own`` jobs were asked by nobody. ``started`` and ``finished`` are
    NaN where that had not happened. Jobs asked before hour 0, and those made for them, are not ``counted``.
    """

    names: tuple[str, ...]
    hours: float
    department: Codes
    parent: Codes
    own: NDArray[np.bool_]
    asked: Floats
    started: Floats
    finished: Floats
    outcome: NDArray[np.int8]
    counted: NDArray[np.bool_]

    @property
    def roots(self) -> NDArray[np.bool_]:
        """Jobs that somebody outside asked for: with each begins a case."""
        return np.asarray((self.parent == ROOT) & ~self.own & self.counted)

    def waits(self, place: int) -> Floats:
        """Hours until a department's jobs were begun."""
        here = (self.department == place) & self.counted & ~np.isnan(self.started)
        return np.asarray((self.started - self.asked)[here])

    def throughput(self) -> Floats:
        """Hours from a case's first request to its answer."""
        done = self.roots & ~np.isnan(self.finished)
        return (self.finished - self.asked)[done]

    def handed_over(self) -> tuple[NDArray[np.int64], Floats]:
        """By case that was answered: how many requests within it, and its hours."""
        top = self._tops()
        requests = np.bincount(top[self.parent != ROOT], minlength=len(top))
        done = self.roots & ~np.isnan(self.finished)
        return requests[done], (self.finished - self.asked)[done]

    @property
    def stretch_hours(self) -> float:
        """A week, or in a course of less than four of them a day: by that, queues are told."""
        return HOURS_PER_WEEK if self.hours >= _FEW_WEEKS * HOURS_PER_WEEK else HOURS_PER_DAY

    def queue(self, place: int) -> Floats:
        """Mean number of a department's jobs that were asked for and not begun, week by week or day by day."""
        stretches = max(1, int(self.hours // self.stretch_hours))
        here = self.department == place
        begins = np.clip(self.asked[here], 0.0, self.hours)
        left = np.where(np.isnan(self.started[here]), self.hours, self.started[here])
        ends = np.clip(left, 0.0, self.hours)
        edges = np.arange(stretches + 1) * self.stretch_hours
        until = np.array(
            [np.sum(np.clip(edge - begins, 0.0, None) - np.clip(edge - ends, 0.0, None)) for edge in edges]
        )
        return np.diff(until) / self.stretch_hours

    def right(self) -> float:
        """The share of outcomes that were right; NaN where none is told."""
        told = self.outcome[self.counted & (self.outcome != UNKNOWN)]
        return float(np.mean(told == 0)) if len(told) else np.nan

    def _tops(self) -> Codes:
        """By job, the first one of its case."""
        top = np.where(self.parent == ROOT, np.arange(len(self.parent)), self.parent).astype(np.int32)
        while True:
            further = top[top]
            if np.array_equal(further, top):
                return top
            top = further


def observed(jobs: Jobs, begin: float, end: float) -> Course:
    """What a log tells of the time between two hours; what had not happened by the end had not happened."""
    there = jobs.asked < end
    place = np.cumsum(there) - 1
    parent = np.where(jobs.parent[there] >= 0, place[np.maximum(jobs.parent[there], 0)], ROOT).astype(np.int32)
    finished = np.where(jobs.open | (jobs.finished > end), np.nan, jobs.finished)[there] - begin
    started = np.where(jobs.started > end, np.nan, jobs.started)[there] - begin
    asked = jobs.asked[there] - begin
    return Course(
        jobs.names,
        end - begin,
        jobs.department[there],
        parent,
        jobs.own[there],
        asked,
        started,
        finished,
        np.where(np.isnan(finished), UNKNOWN, jobs.spells.outcome[there]).astype(np.int8),
        _since(asked, parent),
    )


def simulated(scenario: Scenario, names: Sequence[str], seed: int, replication: int, engine: Engine = "fast") -> Course:
    """What happens in a scenario to departments of these names; the work of others (a contractor's) is left out."""
    blocks: list[dict[str, list[Any]]] = []
    simulate(scenario, seed, replication, Trace(blocks.append), engine=engine)
    columns = {name: [item for block in blocks for item in block[name]] for name in _COLUMNS}
    places = {name: place for place, name in enumerate(names)}
    department = np.array([places.get(name, -1) for name in columns["supplier"]], np.int32)
    kept = (department >= 0) & np.array([outcome != "avoided" for outcome in columns["outcome"]], np.bool_)
    number = np.array(columns["id"], np.int64)[kept]
    parents = np.array([ROOT if parent is None else parent for parent in columns["parent"]], np.int64)[kept]
    place_of = np.full(max(int(number.max(initial=0)), int(parents.max(initial=0))) + 1, ROOT, np.int32)
    place_of[number] = np.arange(len(number))
    parent = np.where(parents >= 0, place_of[np.maximum(parents, 0)], ROOT).astype(np.int32)
    asked, started, finished = (
        np.array([np.nan if value is None else value for value in columns[name]], np.float64)[kept]
        for name in ("asked", "started", "finished")
    )
    return Course(
        tuple(names),
        scenario.days * HOURS_PER_DAY,
        department[kept],
        parent,
        np.array([customer == "" for customer in columns["customer"]], np.bool_)[kept],
        asked,
        started,
        finished,
        np.array([_OUTCOMES.get(right or "", UNKNOWN) for right in columns["right"]], np.int8)[kept],
        _since(asked, parent),
    )


_COLUMNS: Final = ("id", "parent", "supplier", "customer", "asked", "started", "finished", "right", "outcome")


def _since(asked: Floats, parent: Codes) -> NDArray[np.bool_]:
    """Jobs of cases that began at hour 0 or later."""
    counted = asked >= 0.0
    while True:
        further = counted & np.where(parent == ROOT, True, counted[parent])
        if np.array_equal(further, counted):
            return counted
        counted = further

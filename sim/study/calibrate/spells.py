"""From events to spells: for each job of a department, what it did from when to when, and for which job it was asked.

Where a log tells which task was made for which, a task is a job. Else a case goes from group to group: handing it to a
group that has not had it is a request of whoever had it, and giving it back is the answer. A group that hands on
what it never began with has only passed it on: the next one takes its place, and its wait.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.study.calibrate.log import DONE, HELD, NOBODY, NOTE, WAITING, WORKING, Codes, Log

FIRST_WAIT, AGAIN, WORK, OUTSIDE, ASKING = range(5)
"""What a spell is: waiting to be begun, waiting to be gone on with, in progress, waiting for somebody who is not in the
log, waiting for the answer of another department."""
_EVENTS_AT_ONCE: Final = 400_000


@dataclass(frozen=True)
class Spells:
    """Jobs, and the spells of which each consists.

    By job: ``case``, ``department``, ``parent`` (a job, −1 for none), ``own`` (asked by nobody), ``requester``, when it
    was asked and finished (seconds; ``open`` if it never was), ``passed`` how many had it before and did not begin,
    ``reopened`` how often it went on after it was finished, ``outcome``, ``rating`` and ``agreed``. By spell: ``job``,
    ``kind``, ``person``, ``begins``, ``ends``.
    """

    case: Codes
    department: Codes
    parent: Codes
    own: NDArray[np.bool_]
    requester: Codes
    asked: NDArray[np.int64]
    finished: NDArray[np.int64]
    open: NDArray[np.bool_]
    passed: Codes
    reopened: Codes
    outcome: NDArray[np.int8]
    rating: NDArray[np.float32]
    agreed: NDArray[np.float32]
    spell_job: Codes
    spell_kind: NDArray[np.int8]
    spell_person: Codes
    spell_begins: NDArray[np.int64]
    spell_ends: NDArray[np.int64]


def spells(log: Log, department: Codes) -> Spells:
    """The jobs of a log; ``department`` says which one has it, event by event."""
    by_task = tells_tasks(log)
    events = _Events(log.task if by_task else log.case, log.seconds, log.phase, department, log.person)
    if by_task:
        order = np.lexsort((np.arange(len(log)), log.seconds, log.task))
        events = events.chosen(order[log.task[order] >= 0])
    if not (events.phase != NOTE).any():
        events = _with_waits(events)
    jobs, parts = _Jobs(), _Parts()
    walk = _Walk(jobs, parts, int(log.seconds.max()))
    for begin in range(0, len(events.row), _EVENTS_AT_ONCE):
        part = events.chosen(np.arange(begin, min(begin + _EVENTS_AT_ONCE, len(events.row))))
        for event in zip(*(column.tolist() for column in part.columns), strict=True):
            walk.take(*event)
    walk.end()
    return _whole(log, jobs, parts, by_task=by_task)


def tells_tasks(log: Log) -> bool:
    """Whether a log says of each task for which other it was made."""
    return {"task", "parent"} <= log.has


class _Events:
    """The columns that are gone through, and of each event the row in the log."""

    def __init__(self, *columns: "NDArray[np.generic]", row: NDArray[np.int64] | None = None) -> None:
        self.key, self.seconds, self.phase, self.department, self.person = columns
        self.row = np.arange(len(self.key)) if row is None else row

    @property
    def columns(self) -> "tuple[NDArray[np.generic], ...]":
        """As they are taken."""
        return self.key, self.seconds, self.phase, self.department, self.person, self.row

    def chosen(self, places: NDArray[np.int64]) -> "_Events":
        """Some of them."""
        columns = [column[places] for column in self.columns[:-1]]
        return _Events(*columns, row=self.row[places])


def _with_waits(events: _Events) -> _Events:
    """Where no status is told: a group works from its first event to its last, then the next one is waited for."""
    ends = np.r_[events.key[1:] != events.key[:-1], True]
    events.phase = np.where(ends, DONE, WORKING).astype(np.int8)
    handed = np.flatnonzero(~ends & np.r_[events.department[1:] != events.department[:-1], False])
    waits = events.chosen(handed)
    waits.department = events.department[handed + 1]
    waits.phase = np.full(len(handed), WAITING, np.int8)
    waits.person = np.full(len(handed), NOBODY, np.int32)
    both = [np.insert(one, handed + 1, other) for one, other in zip(events.columns, waits.columns, strict=True)]
    return _Events(*both[:-1], row=both[-1].astype(np.int64))


class _Jobs:
    """The columns of jobs as they grow."""

    def __init__(self) -> None:
        self.row: list[int] = []
        self.department: list[int] = []
        self.parent: list[int] = []
        self.asked: list[int] = []
        self.finished: list[int] = []
        self.open: list[bool] = []
        self.passed: list[int] = []
        self.reopened: list[int] = []
        self.last_row: list[int] = []

    def new(self, row: int, department: int, parent: int, asked: int) -> int:
        self.row.append(row)
        self.last_row.append(row)
        self.department.append(department)
        self.parent.append(parent)
        self.asked.append(asked)
        self.finished.append(asked)
        self.open.append(True)
        self.passed.append(0)
        self.reopened.append(0)
        return len(self.row) - 1


class _Parts:
    """The columns of spells as they grow."""

    def __init__(self) -> None:
        self.job: list[int] = []
        self.kind: list[int] = []
        self.person: list[int] = []
        self.begins: list[int] = []
        self.ends: list[int] = []

    def add(self, job: int, kind: int, person: int, begins: int, ends: int) -> None:
        if ends > begins or kind == FIRST_WAIT:
            self.job.append(job)
            self.kind.append(kind)
            self.person.append(person)
            self.begins.append(begins)
            self.ends.append(ends)


class _Walk:
    """Goes through the events of one case after another."""

    def __init__(self, jobs: _Jobs, parts: _Parts, last: int) -> None:
        self._jobs = jobs
        self._parts = parts
        self._last = last
        self._key = NOBODY - 1
        self._stack: list[int] = []
        self._begun: set[int] = set()
        self._since: dict[int, int] = {}
        self._asked: dict[int, int] = {}
        self._phase = NOTE
        self._person = NOBODY
        self._done = False

    def take(self, key: int, at: int, phase: int, department: int, person: int, row: int) -> None:  # noqa: PLR0913, PLR0917 - an event
        """The next event."""
        if key != self._key:
            self.end()
            self._key, self._stack, self._done = key, [], False
            self._begun.clear()
            self._since.clear()
            self._asked.clear()
            self._ask(row, department, NOBODY, at)
        jobs, top = self._jobs, self._stack[-1]
        if self._done:
            if phase in {DONE, NOTE}:
                return
            self._reopen(department, at, row)
            top = self._stack[-1]
        elif jobs.department[top] != department:
            self._close(at)
            top = self._hand_over(department, at, row)
        else:
            self._close(at)
        jobs.last_row[top] = row
        if phase == DONE:
            if top not in self._begun:
                self._start(top, at)
            self._finish(at)
            return
        if phase != NOTE:
            self._phase = phase
        self._person = person
        if self._phase in {WORKING, HELD} and top not in self._begun:
            self._start(top, at)
        self._since[top] = at

    def end(self) -> None:
        """No more events of this case: what is open stays open until the log's end."""
        if self._stack and not self._done:
            self._close(self._last)
            for job in self._stack:
                self._jobs.finished[job] = self._last

    def _ask(self, row: int, department: int, parent: int, at: int) -> int:
        job = self._jobs.new(row, department, parent, at)
        self._asked[job] = at
        self._stack.append(job)
        self._since[job] = at
        self._phase = WAITING
        self._person = NOBODY
        return job

    def _start(self, job: int, at: int) -> None:
        self._begun.add(job)
        self._parts.add(job, FIRST_WAIT, NOBODY, self._jobs.asked[job], at)

    def _close(self, at: int) -> None:
        """What the job at hand did since the last event."""
        top = self._stack[-1]
        if top not in self._begun:
            return
        kind = {WAITING: AGAIN, WORKING: WORK, HELD: OUTSIDE}.get(self._phase)
        if kind is not None:
            self._parts.add(top, kind, self._person if kind == WORK else NOBODY, self._since[top], at)

    def _hand_over(self, department: int, at: int, row: int) -> int:
        """The case goes to another department: back to one that has asked, or on to one that is asked."""
        jobs, stack = self._jobs, self._stack
        known = next((job for job in stack if jobs.department[job] == department), None)
        if known is not None:
            while stack[-1] != known:
                self._answer(stack.pop(), at)
            self._phase = WAITING
            self._since[known] = at
            return known
        top = stack[-1]
        if top not in self._begun:
            jobs.department[top] = department
            jobs.passed[top] += 1
            self._phase = WAITING
            return top
        self._since[top] = at
        return self._ask(row, department, top, at)

    def _answer(self, job: int, at: int) -> None:
        jobs = self._jobs
        if job not in self._begun:
            self._start(job, at)
        jobs.finished[job], jobs.open[job] = at, False
        parent = jobs.parent[job]
        if parent >= 0:
            self._parts.add(parent, ASKING, NOBODY, self._asked[job], at)

    def _finish(self, at: int) -> None:
        for job in reversed(self._stack):
            self._answer(job, at)
        self._done = True

    def _reopen(self, department: int, at: int, row: int) -> None:
        """It goes on after all: the job of that department, or of the one asked first, was not right the first time."""
        jobs = self._jobs
        self._done = False
        first = self._stack[0]
        known = next((job for job in self._stack if jobs.department[job] == department), None)
        job = first if known is None else known
        jobs.reopened[job] += 1
        self._stack = self._stack[: self._stack.index(job) + 1]
        for one in self._stack:
            jobs.open[one] = True
            self._asked[one] = at
        self._phase, self._person = WAITING, NOBODY
        self._since[job] = at
        if known is None:
            self._ask(row, department, job, at)


def _whole(log: Log, jobs: _Jobs, parts: _Parts, *, by_task: bool) -> Spells:
    rows, last = np.array(jobs.row, np.int64), np.array(jobs.last_row, np.int64)
    parent = np.array(jobs.parent, np.int32)
    if by_task:
        job_of = np.full(len(log.names["task"]), NOBODY, np.int32)
        made = parent < 0
        job_of[log.task[rows[made]]] = np.flatnonzero(made)
        told = log.parent[rows]
        parent = np.where(made & (told >= 0), job_of[told], parent).astype(np.int32)
    first = parent < 0
    return Spells(
        case=log.case[rows],
        department=np.array(jobs.department, np.int32),
        parent=parent,
        own=first & (log.requester[rows] < 0) if by_task and "requester" in log.has else np.zeros(len(rows), np.bool_),
        requester=log.requester[rows],
        asked=np.array(jobs.asked, np.int64),
        finished=np.array(jobs.finished, np.int64),
        open=np.array(jobs.open, np.bool_),
        passed=np.array(jobs.passed, np.int32),
        reopened=np.array(jobs.reopened, np.int32),
        outcome=log.outcome[last],
        rating=_said_last(log, rows, last),
        agreed=log.agreed[rows],
        spell_job=np.array(parts.job, np.int32),
        spell_kind=np.array(parts.kind, np.int8),
        spell_person=np.array(parts.person, np.int32),
        spell_begins=np.array(parts.begins, np.int64),
        spell_ends=np.array(parts.ends, np.int64),
    )


def _said_last(log: Log, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.float32]:
    """The rating that stands with a job's last event, else with its first."""
    return np.where(np.isnan(log.rating[last]), log.rating[first], log.rating[last])

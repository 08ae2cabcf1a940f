"""A line: people who serve, and those who wait for one of them.

Who has been idle longest is taken first. Of those who wait, the resumed are served before the new, then by priority
(lower first), then as they came. Nobody is interrupted. A line also keeps three running sums of hours (waiting, at
work, staffed), so that nothing needs to be remembered of those who have left.
"""

from collections import deque
from collections.abc import Generator
from heapq import heappop, heappush
from itertools import count
from typing import Any, Generic, Protocol, TypeVar

import simpy

from sim.model.moment import Moment

NEW = 1
RESUMED = 0
ORDINARY_PRIORITY = 1
"""Choice: own work, meetings and duties stand in line as requests of the default priority do."""


class Worker(Protocol):
    """One person: a number within the line, and whether they leave after the job in hand."""

    number: int
    leaving: bool


Somebody = TypeVar("Somebody", bound=Worker)


class Place(simpy.Event):
    """A place in a line: happens, with the worker as its value, when it is one's turn.

    Without a worker (``None``) if the line closes while nobody is left to serve.
    """

    def __init__(self, env: simpy.Environment, joined: float) -> None:
        super().__init__(env)
        self.joined = joined


class Line(Generic[Somebody]):
    """People and those who wait for them, with the hours of the week under way."""

    def __init__(self, env: simpy.Environment) -> None:
        self.env = env
        self.idle: deque[Somebody] = deque()
        self.at_work: dict[int, Somebody] = {}
        self.waiting: list[tuple[int, int, int, Place]] = []
        self.staff = 0
        self._closing = False
        self._places = count()
        self._counted_to = env.now
        self.visits = 0
        self.waits = 0
        self.waited_hours = 0.0
        self.waiting_area = 0.0
        self.busy_hours = 0.0
        self.staffed_hours = 0.0

    def take(self) -> Somebody | None:
        """Somebody idle, the longest idle first; ``None`` if all are at work."""
        if not self.idle:
            return None
        self._count_hours()
        worker = self.idle.popleft()
        self.at_work[worker.number] = worker
        self.visits += 1
        return worker

    def join(self, standing: int, priority: int) -> Place:
        """A place in the line, ``NEW`` or ``RESUMED``, to be waited for."""
        self._count_hours()
        place = Place(self.env, self.env.now)
        heappush(self.waiting, (standing, priority, next(self._places), place))
        return place

    def occupy(self, hours: float, kind: int, key: int) -> Generator[simpy.Event, Any, None]:
        """Wait for somebody, then take some hours of their time."""
        worker = self.take()
        if worker is None:
            worker = yield self.join(NEW, ORDINARY_PRIORITY)
        yield Moment(self.env, hours, kind, key)
        if worker is not None:
            self.release(worker)

    def release(self, worker: Somebody) -> None:
        """Somebody has finished with a job, and takes the next one, rests, or leaves."""
        self._count_hours()
        if worker.leaving or (self._closing and not self.waiting):
            del self.at_work[worker.number]
            self.staff -= 1
            self._let_go_of_the_rest()
        elif self.waiting:
            self._serve_next(worker)
        else:
            del self.at_work[worker.number]
            self.idle.append(worker)

    def welcome(self, worker: Somebody) -> None:
        """Somebody joins, and takes a job at once if one waits. Who is still there from before a close goes."""
        self._count_hours()
        if self._closing:
            for leftover in self.at_work.values():
                leftover.leaving = True
        self._closing = False
        self.staff += 1
        if self.waiting:
            self.at_work[worker.number] = worker
            self._serve_next(worker)
        else:
            self.idle.append(worker)

    def dismiss(self, worker: Somebody) -> None:
        """Somebody goes, after the job in hand."""
        self._count_hours()
        if worker.number in self.at_work:
            worker.leaving = True
        else:
            self.idle.remove(worker)
            self.staff -= 1

    def close(self) -> None:
        """Everybody goes once nobody waits any more."""
        self._count_hours()
        self._closing = True
        self.staff -= len(self.idle)
        self.idle.clear()
        self._let_go_of_the_rest()

    def reopen(self) -> None:
        """Those who are still there stay after all."""
        self._closing = False

    def end_week(self) -> tuple[int, int, float, float, float, float]:
        """Visits, those that waited and their hours, hours of waiting, of work, and staffed; then begin anew."""
        self._count_hours()
        sums = (self.visits, self.waits, self.waited_hours, self.waiting_area, self.busy_hours, self.staffed_hours)
        self.visits = self.waits = 0
        self.waited_hours = self.waiting_area = self.busy_hours = self.staffed_hours = 0.0
        return sums

    def _let_go_of_the_rest(self) -> None:
        """Where a line closes and nobody is left, those who still wait are let go."""
        while self._closing and self.waiting and not self.at_work:
            heappop(self.waiting)[-1].succeed(None)

    def _serve_next(self, worker: Somebody) -> None:
        place = heappop(self.waiting)[-1]
        self.visits += 1
        self.waits += 1
        self.waited_hours += self.env.now - place.joined
        place.succeed(worker)

    def _count_hours(self) -> None:
        """Add the hours since the last look, before anything about the line changes."""
        now = self.env.now
        hours = now - self._counted_to
        if hours > 0.0:
            self._counted_to = now
            self.waiting_area += hours * len(self.waiting)
            self.busy_hours += hours * len(self.at_work)
            self.staffed_hours += hours * self.staff

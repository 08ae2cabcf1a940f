"""A line: people who serve, and those who wait for one of them.

Who has been idle longest is taken first. Of those who wait, the resumed are served before the new, then by priority
(lower first), then as they came. Nobody is interrupted. A line also keeps three running sums of hours (waiting, at
work, staffed), so that nothing needs to be remembered of those who have left.
"""

from collections import deque
from heapq import heappop, heappush
from itertools import count

import simpy

NEW = 1
RESUMED = 0


class Worker:
    """One person: a number within the line, and whether they leave after the job in hand."""

    __slots__ = ("leaving", "number")

    def __init__(self, number: int) -> None:
        self.number = number
        self.leaving = False


class Place(simpy.Event):
    """A place in a line: happens, with the worker as its value, when it is one's turn."""

    def __init__(self, env: simpy.Environment, joined: float) -> None:
        super().__init__(env)
        self.joined = joined


class Line:
    """People and those who wait for them, with the hours of the week under way."""

    def __init__(self, env: simpy.Environment, staff: int) -> None:
        self.env = env
        self.idle: deque[Worker] = deque()
        self.at_work: dict[int, Worker] = {}
        self.waiting: list[tuple[int, int, int, Place]] = []
        self.staff = 0
        self._numbers = count()
        self._places = count()
        self._counted_to = env.now
        self.visits = 0
        self.waits = 0
        self.waited_hours = 0.0
        self.waiting_area = 0.0
        self.busy_hours = 0.0
        self.staffed_hours = 0.0
        self.set_staff(staff)

    def take(self) -> Worker | None:
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

    def release(self, worker: Worker) -> None:
        """Somebody has finished with a job, and takes the next one, rests, or leaves."""
        self._count_hours()
        if worker.leaving:
            del self.at_work[worker.number]
            self.staff -= 1
        elif self.waiting:
            self._serve_next(worker)
        else:
            del self.at_work[worker.number]
            self.idle.append(worker)

    def set_staff(self, staff: int) -> None:
        """People come at once; who goes finishes the job in hand first. The last to come is the first to go."""
        self._count_hours()
        everybody = sorted([*self.idle, *self.at_work.values()], key=lambda worker: worker.number)
        for worker in everybody[:staff]:
            worker.leaving = False
        for worker in everybody[staff:]:
            if worker.number in self.at_work:
                worker.leaving = True
            else:
                self.idle.remove(worker)
                self.staff -= 1
        for _ in range(staff - len(everybody)):
            self._welcome(Worker(next(self._numbers)))

    def end_week(self) -> tuple[int, int, float, float, float, float]:
        """Visits, those that waited and their hours, hours of waiting, of work, and staffed; then begin anew."""
        self._count_hours()
        sums = (self.visits, self.waits, self.waited_hours, self.waiting_area, self.busy_hours, self.staffed_hours)
        self.visits = self.waits = 0
        self.waited_hours = self.waiting_area = self.busy_hours = self.staffed_hours = 0.0
        return sums

    def _welcome(self, worker: Worker) -> None:
        self.staff += 1
        if self.waiting:
            self.at_work[worker.number] = worker
            self._serve_next(worker)
        else:
            self.idle.append(worker)

    def _serve_next(self, worker: Worker) -> None:
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

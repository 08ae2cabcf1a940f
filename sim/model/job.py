"""The life of a job, from the moment somebody asks for it to the answer.

Taken by a worker → intake → needs discovered → each supplier asked, the decision sought → parked while answers are
out, the worker takes other work → resumed, first in line → finished → right first time, or repaired, or wrong.

The handling time is drawn once and split at the intake, so a job without needs is one service. A phase of zero hours
needs no worker and no line. What a job takes and needs, its priority and the acceptable wait are settled when it is
asked; errors and repairs come as the department works when they come.
"""

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from sim.model.line import NEW, RESUMED, Worker
from sim.model.luck import NOTICED, RIGHT, uniform
from sim.model.moment import WORK, Moment

if TYPE_CHECKING:
    from sim.model.department import Department, Service

Life = Generator[simpy.Event, Any, None]
RIGHT_FIRST_TIME = 0
REPAIRED = 1
WRONG = 2
OWN_WORK_PRIORITY = 1
"""Choice: a department's own work stands in line as requests of the default priority do."""


class Job:
    """One piece of work for a department: a request of a customer, or (without ``service``) its own.

    ``server`` is who worked on it last. The hours say where the time between ``asked`` and ``finished`` went: at work,
    repairing, in line, waiting for a decision. What is missing to the whole is the time of ``critical``, the answer
    that came last.
    """

    __slots__ = (
        "acceptable_wait_hours",
        "asked",
        "asker",
        "awaited",
        "blocks",
        "critical",
        "deciding_hours",
        "department",
        "finished",
        "handling_hours",
        "key",
        "number",
        "outcome",
        "parent",
        "priority",
        "queueing_hours",
        "repair_hours",
        "resume",
        "root",
        "server",
        "service",
        "started",
        "worker",
    )

    def __init__(self, department: "Department", key: int, service: "Service | None", parent: "Job | None") -> None:
        company = department.company
        self.department = department
        self.key = key
        self.service = service
        self.parent = parent
        self.number = company.next_number()
        self.root: int = parent.root if parent is not None else self.number
        self.asker: int | None = parent.server if parent is not None else None
        self.asked = company.env.now
        self.blocks = service is not None and service.blocking
        self.priority = service.priority if service is not None else OWN_WORK_PRIORITY
        self.acceptable_wait_hours = service.acceptable_wait_hours if service is not None else 0.0
        self.started: float | None = None
        self.finished: float | None = None
        self.worker: Worker | None = None
        self.server: int | None = None
        self.awaited = 0
        self.resume: simpy.Event
        self.critical: Job | None = None
        self.outcome = RIGHT_FIRST_TIME
        self.handling_hours = 0.0
        self.queueing_hours = 0.0
        self.repair_hours = 0.0
        self.deciding_hours = 0.0

    def live(self) -> Life:
        """The whole life, as a SimPy process."""
        department = self.department
        hours = department.handling_hours(self.key)
        needs = department.needs(self.key)
        decides = department.needs_decision(self.key)
        department.tally.offered_hours += hours
        standing = NEW
        if needs or decides:
            intake = hours * department.intake_share
            yield from self._work(intake, standing)
            hours -= intake
            for service, requests in needs:
                service.ask(self, requests)
            if decides:
                hours += department.company.management.decide(self)
            if self.awaited:
                yield from self._park()
                standing = RESUMED
        yield from self._work(hours, standing)
        yield from self._repair()
        self._lay_down()
        self._finish()

    def answered(self, last: "Job | None") -> None:
        """One of the answers that this job waits for is there: a request's, or (``None``) a decision."""
        self.awaited -= 1
        if self.awaited == 0:
            self.critical = last
            self.resume.succeed()

    def _work(self, hours: float, standing: int) -> Life:
        if hours <= 0.0:
            return
        department = self.department
        env = department.company.env
        if self.worker is None:
            line = department.line
            self.worker = line.take()
            if self.worker is None:
                joined = env.now
                self.worker = yield line.join(standing, self.priority)
                self.queueing_hours += env.now - joined
            self.server = self.worker.number
            if self.started is None:
                self.started = env.now
        yield Moment(env, hours, WORK, self.key)
        self.handling_hours += hours

    def _park(self) -> Life:
        """Wait for all answers; the worker takes other work meanwhile."""
        self._lay_down()
        env = self.department.company.env
        parked = env.now
        self.resume = env.event()
        yield self.resume
        if self.critical is None:
            self.deciding_hours += env.now - parked

    def _repair(self) -> Life:
        """Errors that are noticed are repaired, at once, until none is noticed any more.

        By whoever holds the job; if its work ended with the intake nobody does, and it goes first in line.
        """
        department = self.department
        attempt = 0
        while department.right_first_time < 1.0 and uniform(self.key, RIGHT, attempt) >= department.right_first_time:
            if uniform(self.key, NOTICED, attempt) >= department.errors_noticed:
                self.outcome = WRONG
                return
            self.outcome = REPAIRED
            hours = department.repair_hours(self.key, attempt)
            department.tally.offered_hours += hours
            before = self.handling_hours
            yield from self._work(hours, RESUMED)
            self.repair_hours += self.handling_hours - before
            self.handling_hours = before
            attempt += 1

    def _lay_down(self) -> None:
        if self.worker is not None:
            self.department.line.release(self.worker)
            self.worker = None

    def _finish(self) -> None:
        company = self.department.company
        self.finished = company.env.now
        self.department.count(self)
        if self.service is not None:
            self.service.answer(self)
        if company.trace is not None:
            company.trace.close(self)
        self.parent = None

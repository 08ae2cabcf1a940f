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

from sim.model.line import NEW, ORDINARY_PRIORITY, RESUMED
from sim.model.luck import NOTICED, RIGHT, uniform
from sim.model.moment import WORK, Moment

if TYPE_CHECKING:
    from sim.model.department import Department
    from sim.model.person import Person
    from sim.model.service import Service
    from sim.model.treatment import Treatment

Life = Generator[simpy.Event, Any, None]
RIGHT_FIRST_TIME = 0
REPAIRED = 1
WRONG = 2


class Job:
    """One piece of work for a department: a request of a customer, or (without ``service``) its own.

    ``worker`` has it in hand now; ``person`` worked on it last. ``chance`` is what wrong decisions, wrong answers and
    workarounds have left of its chance to be right; ``fault`` is the link where the error began that it carries. The
    hours say where the time between ``asked`` and ``finished`` went: at work, repairing, in line, waiting for a
    decision. What is missing to the whole is the time of ``critical``, the answer that came last.
    """

    __slots__ = (
        "acceptable_wait_hours",
        "asked",
        "asker",
        "awaited",
        "blocks",
        "chance",
        "critical",
        "deciding_hours",
        "department",
        "fault",
        "finished",
        "handling_hours",
        "key",
        "number",
        "outcome",
        "parent",
        "person",
        "priority",
        "queueing_hours",
        "repair_hours",
        "resume",
        "root",
        "service",
        "started",
        "treatment",
        "workaround_hours",
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
        self.asker: int | None = parent.person.number if parent is not None and parent.person is not None else None
        self.asked = company.env.now
        self.blocks = service is not None and service.blocking
        self.priority = service.priority if service is not None else ORDINARY_PRIORITY
        self.acceptable_wait_hours = service.acceptable_wait_hours if service is not None else 0.0
        self.started: float | None = None
        self.finished: float | None = None
        self.worker: Person | None = None
        self.person: Person | None = None
        self.treatment: Treatment | None = None
        self.fault: Service | None = None
        self.chance = 1.0
        self.workaround_hours = 0.0
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
        department.asked_for(hours)
        standing = NEW
        if needs or decides:
            intake = hours * department.intake_share
            yield from self._work(intake, standing)
            hours -= intake
            for service, requests in needs:
                service.ask(self, requests)
            hours += self.workaround_hours
            if decides:
                hours += department.company.management.decide(self)
            if self.awaited:
                yield from self._park()
                standing = RESUMED
        yield from self._work(hours, standing)
        yield from self._repair()
        self._lay_down()
        self._finish()

    @property
    def own_hours(self) -> float:
        """Hours that it took beside those of the answer that came last."""
        return self.handling_hours + self.queueing_hours + self.repair_hours + self.deciding_hours

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
        if self.worker is None and department.contract is None:
            line = department.line
            self.worker = line.take()
            if self.worker is None:
                joined = env.now
                self.worker = yield line.join(standing, self.priority)
                self.queueing_hours += env.now - joined
        if self.started is None:
            self.started = env.now
        self.person = self.worker
        if self.worker is not None:
            hours *= self.worker.pace * department.pressure
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
        while uniform(self.key, RIGHT, attempt) >= self._chance(attempt):
            if uniform(self.key, NOTICED, attempt) >= department.errors_noticed:
                self.outcome = WRONG
                return
            self.outcome = REPAIRED
            hours = department.repair_hours(self.key, attempt)
            department.asked_for(hours)
            before = self.handling_hours
            yield from self._work(hours, RESUMED)
            self.repair_hours += self.handling_hours - before
            self.handling_hours = before
            attempt += 1

    def _chance(self, attempt: int) -> float:
        """Probability that the work is right: by who does it and, the first time, by all that has spoilt it so far."""
        chance = self.department.right_first_time(self.person)
        if attempt == 0:
            chance *= self.chance
        return chance if self.service is None else self.service.with_teamwork(chance)

    def _lay_down(self) -> None:
        if self.worker is not None:
            self.department.line.release(self.worker)
            self.worker = None

    def _finish(self) -> None:
        company = self.department.company
        self.finished = company.env.now
        if self.outcome != RIGHT_FIRST_TIME and self.fault is None:
            self.fault = self.service
        self.department.count(self)
        if self.service is not None:
            self.service.answer(self)
        if company.trace is not None:
            company.trace.close(self)
        self.parent = None

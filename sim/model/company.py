"""A company comes alive: departments, services, market and managers on one clock, for one replication.

``simulate`` is the reference engine: SimPy processes, to be read. Start with ``Job.live`` in ``job.py``.
"""

from collections.abc import Callable, Generator
from itertools import count

import simpy

from sim.model.calendar import DAYS_PER_WEEK, HOURS_PER_DAY
from sim.model.department import Department
from sim.model.job import Job
from sim.model.luck import replication_key
from sim.model.management import Management
from sim.model.market import Market
from sim.model.mean import mean
from sim.model.messages import Messages
from sim.model.moment import DAY, Moment
from sim.model.record import CompanyTally, Record, emptied
from sim.model.service import Service
from sim.model.steady import SteadyState, steady_state
from sim.model.trace import Trace
from sim.scenario.dated import Epoch, epochs
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario


def simulate(  # noqa: PLR0913, PLR0917 - what is lived, on which luck, and who looks on
    scenario: Scenario,
    seed: int,
    replication: int,
    trace: Trace | None = None,
    progress: Callable[[float], None] | None = None,
    before: SteadyState | None = None,
) -> Record:
    """Let a company live through its warm-up and its observed days.

    ``progress`` is called with the days done, week by week; ``trace``, if given, hears of every request. It starts from
    its own steady state, or from that of another company if ``before`` gives it.
    """
    return Company(scenario, seed, replication, trace, progress or (lambda days: None), before).live()


class Company:
    """Everything that is alive in one replication."""

    def __init__(  # noqa: PLR0913, PLR0917 - as simulate
        self,
        scenario: Scenario,
        seed: int,
        replication: int,
        trace: Trace | None,
        progress: Callable[[float], None],
        before: SteadyState | None = None,
    ) -> None:
        self.env = simpy.Environment(initial_time=-scenario.warm_up_days * HOURS_PER_DAY)
        self.key = replication_key(seed, replication)
        self.record = Record(scenario, replication)
        self.trace = trace
        self.next_number = count().__next__
        self.tally = CompanyTally()
        self._days = scenario.days
        self._progress = progress
        (_, now), *self._to_come = row = epochs(scenario)
        start = steady_state(now)
        if before is not None:
            start = start.where_known(before)
        self.feels = now.feels
        self.management = Management(
            self, now, needed=self.feels or any(epoch.scenario.management.decision_share > 0 for epoch in row)
        )
        self.departments = {keys.name: Department(self, now, keys, start.teams[keys.name]) for keys in now.departments}
        self.market = Market(self, now, start.market)
        self.messages = Messages(self, now)
        self.services = {
            keys.name: Service(
                self.departments[keys.supplier],
                now,
                keys,
                start.links[keys.name],
                self.market if keys.to_market else None,
            )
            for keys in now.links
        }
        self.front_line = [service for service in self.services.values() if service.customer == MARKET]
        for name, department in self.departments.items():
            department.suppliers = [service for service in self.services.values() if service.customer == name]
        self._meet_neighbours()

    def live(self) -> Record:
        """Run to the end of the last day."""
        self.env.process(self._pass_the_days())
        self.env.run(until=self._days * HOURS_PER_DAY)
        self._end_week()
        if self.trace is not None:
            self.trace.end()
        return self.record

    def begin(self, job: Job) -> None:
        """A job comes to life."""
        if self.trace is not None:
            self.trace.open(job)
        self.env.process(job.live())

    def _pass_the_days(self) -> Generator[simpy.Event, None, None]:
        day = int(self.env.now // HOURS_PER_DAY)
        while True:
            while self._to_come and self._to_come[0].day == day:
                self._change(self._to_come.pop(0))
            if day == 0:
                self.market.observe()
            self._begin_day(day)
            yield Moment(self.env, HOURS_PER_DAY, DAY, 0)
            self._end_day(day)
            day += 1
            if day % DAYS_PER_WEEK == 0:
                self._end_week()

    def _begin_day(self, day: int) -> None:
        self.management.begin_day(day)
        for department in self.departments.values():
            department.begin_day(day)

    def _end_day(self, day: int) -> None:
        """Habits form: of managers from the top, of teams as they stood in the morning, of memories and their talk."""
        self.management.end_day()
        for department in self.departments.values():
            department.end_day()
        if self.feels:
            for service in self.services.values():
                service.end_day(day)
            self._talk()

    def _talk(self) -> None:
        """Customers of the same supplier tell one another how they were treated."""
        for services in self._served_together.values():
            told = mean(service.memory for service in services)
            for service in services:
                customer = self.departments[service.customer]
                service.hear_others(told, customer.memory_talk())

    def _meet_neighbours(self) -> None:
        """Who is linked to whom by requests, and who shares a supplier: through them moods and memories spread."""
        linked: dict[str, set[str]] = {name: set() for name in self.departments}
        together: dict[str, list[Service]] = {}
        for service in self.services.values():
            if service.customer != MARKET and service.surely + service.perhaps > 0.0:
                linked[service.customer].add(service.supplier.name)
                linked[service.supplier.name].add(service.customer)
                together.setdefault(service.supplier.name, []).append(service)
        for name, department in self.departments.items():
            department.neighbours = [self.departments[other] for other in sorted(linked[name])]
        self._served_together = {name: services for name, services in together.items() if len(services) > 1}

    def _change(self, epoch: Epoch) -> None:
        scenario = epoch.scenario
        for keys in scenario.departments:
            self.departments[keys.name].change(scenario, keys)
        for link in scenario.links:
            self.services[link.name].change(scenario, link)
        self.market.change(scenario)
        self.messages.change(scenario)
        self.management.change(scenario)
        self._meet_neighbours()

    def _end_week(self) -> None:
        """Tallies become rows of the record."""
        now = self.env.now
        record = self.record
        row = record.row_of(now)
        self._progress(now / HOURS_PER_DAY)
        for place, department in enumerate(self.departments.values()):
            record.departments.rows[row, place] = [*emptied(department.tally), *department.line.end_week()]
        for place, service in enumerate(self.services.values()):
            record.links.rows[row, place] = emptied(service.tally)
        for manager in self.management.managers.values():
            place = record.managers.place(manager.name)
            record.managers.rows[row, place] = [*emptied(manager.tally), *manager.line.end_week()]
        self.market.tally.active = self.market.active
        self.market.tally.panel = self.market.panel_satisfaction
        record.market.rows[row, 0] = emptied(self.market.tally)
        record.company.rows[row, 0] = emptied(self.tally)
        record.hours[row] = now - record.began(row)

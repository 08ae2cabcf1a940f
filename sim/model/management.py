"""Managers: real people with queues and other duties, and the decisions that climb to them and come back."""

from collections.abc import Generator
from typing import TYPE_CHECKING

import simpy

from sim.model.arrivals import Arrivals
from sim.model.distributions import exponential
from sim.model.hierarchy import management_tree, superiors, tier_that_decides
from sim.model.job import Job
from sim.model.line import NEW, Line
from sim.model.luck import ARRIVAL, DECIDING, DUTY, IMPORTANCE, derived, name_key, uniform
from sim.model.moment import DECIDING as WORK_ON_A_DECISION
from sim.model.moment import DUTY as DUTY_CALLS
from sim.model.moment import RELAY, Moment
from sim.model.record import ManagerTally
from sim.scenario.parts import Management as ManagementKeys
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from sim.model.company import Company

Life = Generator[simpy.Event, "object", None]
_ONE_LINE = 1  # duties and decisions stand in one line, as they come: choice


class Manager:
    """One person with one line, in which decisions and other duties wait."""

    def __init__(self, company: "Company", name: str) -> None:
        self.name = name
        self.tally = ManagerTally()
        self._company = company
        self.line = Line(company.env, 1)
        self._key = derived(company.key ^ name_key("manager", name), ARRIVAL)
        self._duty_hours = 1.0
        self._duties = Arrivals(company.env, [self._key], 0.0, DUTY_CALLS, self._begin_duty)

    def change(self, keys: ManagementKeys, in_office: bool = True) -> None:
        """Duties from now on; none for one whose place in the tree is gone, who finishes what is in hand."""
        self._duty_hours = keys.duty_hours
        self._duties.set_rate(keys.other_duties_share / keys.duty_hours if in_office else 0.0)
        self.line.set_staff(1 if in_office or self.line.waiting or self.line.at_work else 0)

    def work(self, hours: float, kind: int, key: int) -> Life:
        """Wait for this manager, then take their time."""
        worker = self.line.take()
        if worker is None:
            worker = yield self.line.join(NEW, _ONE_LINE)  # type: ignore[assignment]
        yield Moment(self._company.env, hours, kind, key)
        self.line.release(worker)  # type: ignore[arg-type]

    def _begin_duty(self, _source: int, occurrence: int) -> None:
        key = derived(self._key, DUTY, occurrence)
        hours = exponential(self._duty_hours, uniform(key, DUTY))
        self._company.env.process(self.work(hours, DUTY_CALLS, key))


class Management:
    """The tree at work: which manager a decision climbs to, and its way there and back.

    Where no job ever needs a decision (``needed`` is false), managers touch nothing and are not simulated.
    """

    def __init__(self, company: "Company", scenario: Scenario, needed: bool) -> None:
        self._company = company
        self._needed = needed
        self.managers: dict[str, Manager] = {}
        self.change(scenario)

    def change(self, scenario: Scenario) -> None:
        """Decide from now on as this scenario says; decisions under way come back as they went."""
        keys = scenario.management
        self.decision_share = keys.decision_share
        self._keys = keys
        if not self._needed:
            return
        tree = management_tree(scenario)
        self._superiors = superiors(tree)
        for name in tree:
            self.managers.setdefault(name, Manager(self._company, name))
        for name, manager in self.managers.items():
            manager.change(keys, in_office=name in tree)

    def decide(self, job: Job) -> float:
        """Have a decision taken for a job: hours of the worker's own if they decide, else the job awaits it."""
        keys = self._keys
        tally = job.department.tally
        tally.decisions += 1
        hours = exponential(keys.decision_hours, uniform(job.key, DECIDING))
        tier = tier_that_decides(uniform(job.key, IMPORTANCE), keys.delegation, keys.layers)
        if tier == 0:
            tally.offered_hours += hours
            tally.decision_hours += hours
            return hours
        job.awaited += 1
        manager = self.managers[self._superiors[job.department.name][tier - 1]]
        self._company.env.process(self._climb(job, manager, hours, tier * keys.relay_hours))
        return 0.0

    def _climb(self, job: Job, manager: Manager, hours: float, way_hours: float) -> Life:
        env = self._company.env
        began = env.now
        if way_hours > 0.0:
            yield Moment(env, way_hours, RELAY, job.key)
        yield from manager.work(hours, WORK_ON_A_DECISION, job.key)
        manager.tally.decisions += 1
        if way_hours > 0.0:
            yield Moment(env, way_hours, RELAY, job.key)
        job.department.tally.decision_hours += env.now - began
        job.answered(None)

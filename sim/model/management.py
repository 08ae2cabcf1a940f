"""Managers: real people with queues and other duties, and the decisions that climb to them and come back."""

from typing import TYPE_CHECKING

from sim.model import luck, moment
from sim.model.arrivals import Arrivals
from sim.model.distributions import exponential
from sim.model.hierarchy import management_tree, superiors, tier_that_decides
from sim.model.job import Job, Life
from sim.model.line import NEW, Line
from sim.model.luck import derived, name_key, uniform
from sim.model.moment import Moment
from sim.model.record import ManagerTally
from sim.scenario.parts import Management as ManagementKeys
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from sim.model.company import Company

_PRIORITY = 1  # choice: duties and decisions stand in one line, as they come


class Manager:
    """One person with one line, in which decisions and other duties wait."""

    def __init__(self, company: "Company", name: str, keys: ManagementKeys) -> None:
        self.name = name
        self.tally = ManagerTally()
        self._company = company
        self.line = Line(company.env, 1)
        self._key = derived(company.key ^ name_key("manager", name), luck.ARRIVAL)
        self._in_office = True
        self._duty_hours = keys.duty_hours
        rate = keys.other_duties_share / keys.duty_hours
        self._duties = Arrivals(company.env, [self._key], rate, moment.DUTY, self._begin_duty)

    def change(self, keys: ManagementKeys, in_office: bool) -> None:
        """Duties from now on; none for one who is out of the tree, and finishes what is in hand or on its way."""
        self._in_office = in_office
        self._duty_hours = keys.duty_hours
        self._duties.set_rate(keys.other_duties_share / keys.duty_hours if in_office else 0.0)
        if in_office or not (self.line.waiting or self.line.at_work):
            self.line.set_staff(int(in_office))

    def work(self, hours: float, kind: int, key: int) -> Life:
        """Wait for this manager, then take their time."""
        line = self.line
        if line.staff == 0:
            line.set_staff(1)
        worker = line.take()
        if worker is None:
            worker = yield line.join(NEW, _PRIORITY)
        yield Moment(self._company.env, hours, kind, key)
        line.release(worker)
        if not self._in_office and not line.waiting and not line.at_work:
            line.set_staff(0)

    def _begin_duty(self, _source: int, occurrence: int) -> None:
        key = derived(self._key, luck.DUTY, occurrence)
        hours = exponential(self._duty_hours, uniform(key, luck.DUTY))
        self._company.env.process(self.work(hours, moment.DUTY, key))


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
        for name, manager in self.managers.items():
            manager.change(keys, in_office=name in tree)
        for name in tree:
            if name not in self.managers:
                self.managers[name] = Manager(self._company, name, keys)

    def decide(self, job: Job) -> float:
        """Have a decision taken for a job: hours of the worker's own if they decide, else the job awaits it."""
        keys = self._keys
        tally = job.department.tally
        hours = exponential(keys.decision_hours, uniform(job.key, luck.DECIDING))
        tier = tier_that_decides(uniform(job.key, luck.IMPORTANCE), keys.delegation, keys.layers)
        if tier == 0:
            tally.decisions += 1
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
            yield Moment(env, way_hours, moment.RELAY, job.key)
        yield from manager.work(hours, moment.DECIDING, job.key)
        manager.tally.decisions += 1
        if way_hours > 0.0:
            yield Moment(env, way_hours, moment.RELAY, job.key)
        job.department.tally.decisions += 1
        job.department.tally.decision_hours += env.now - began
        job.answered(None)

"""Managers: people with queues, duties and a style; decisions climb to them, customers' words pass through them."""

from typing import TYPE_CHECKING

from sim.model import laws, luck, moment
from sim.model.arrivals import Arrivals
from sim.model.calendar import DAYS_PER_MONTH, DAYS_PER_WEEK, HOURS_PER_DAY
from sim.model.distributions import exponential
from sim.model.hierarchy import heads, management_tree, spans, superiors, tier_that_decides
from sim.model.line import Line
from sim.model.luck import derived, name_key, uniform
from sim.model.mean import mean
from sim.model.moment import Moment
from sim.model.practice_days import managers_hours_a_month
from sim.model.record import ManagerTally

if TYPE_CHECKING:
    from sim.model.company import Company
    from sim.model.job import Job, Life
    from sim.scenario.parts import Management as ManagementKeys
    from sim.scenario.schema import Scenario


class Officeholder:
    """Whoever holds a manager's office."""

    __slots__ = ("leaving", "number")

    def __init__(self) -> None:
        self.number = 0
        self.leaving = False


class Manager:
    """One person with one line, in which decisions, words of customers and other duties wait; and a style."""

    def __init__(self, company: "Company", name: str, keys: "ManagementKeys", style: float) -> None:
        self.name = name
        self.style = style
        self.tally = ManagerTally()
        self._company = company
        self.line: Line[Officeholder] = Line(company.env)
        self.line.welcome(Officeholder())
        self._in_office = True
        self._key = derived(company.key ^ name_key("manager", name), luck.ARRIVAL)
        self._duty_hours = keys.duty_hours
        rate = keys.other_duties_share / keys.duty_hours
        self._duties = Arrivals(company.env, [self._key], rate, moment.DUTY, self._begin_duty)

    def change(self, keys: "ManagementKeys", in_office: bool) -> None:
        """Duties from now on; none for one who is out of the tree, and finishes what is in hand or on its way."""
        self._duty_hours = keys.duty_hours
        self._duties.set_rate(keys.other_duties_share / keys.duty_hours if in_office else 0.0)
        self._in_office = in_office
        if not in_office:
            self.line.close()
            return
        self.line.reopen()
        if self.line.staff == 0:
            self.line.welcome(Officeholder())

    def work(self, hours: float, kind: int, key: int) -> "Life":
        """Wait for this manager, then take their time; one who is out of office comes back for it."""
        if self.line.staff == 0:
            self.line.welcome(Officeholder())
            yield from self.line.occupy(hours, kind, key)
            if not self._in_office:
                self.line.close()
        else:
            yield from self.line.occupy(hours, kind, key)

    def give_time(self, hours: float, key: int) -> None:
        """Spend some hours on people."""
        if hours > 0.0:
            self._company.env.process(self.line.occupy(hours, moment.DUTY, key))

    def end_day(self, aim_of: float, leaning: float, style_passed: float, kept: float) -> None:
        """A day under a superior of some style."""
        self.style = laws.style_tomorrow(self.style, aim_of, leaning, style_passed, kept)

    def _begin_duty(self, _source: int, occurrence: int) -> None:
        key = derived(self._key, luck.DUTY, occurrence)
        hours = exponential(self._duty_hours, uniform(key, luck.DUTY))
        self._company.env.process(self.work(hours, moment.DUTY, key))


class Management:
    """The tree at work: which manager a decision climbs to and what ways words take, and how style passes down.

    Where nobody feels anything and no job ever needs a decision (``needed`` is false), managers touch nothing and are
    not simulated; they are paid all the same.
    """

    def __init__(self, company: "Company", scenario: "Scenario", needed: bool) -> None:
        self._company = company
        self._needed = needed
        self.managers: dict[str, Manager] = {}
        self.change(scenario)

    def change(self, scenario: "Scenario") -> None:
        """Decide from now on as this scenario says; decisions under way come back as they went."""
        keys = scenario.management
        self._keys = keys
        self._laws = scenario.laws
        self._wage = scenario.money.manager_hour
        self.decision_share = keys.decision_share
        self.delegation = keys.delegation
        tree = management_tree(scenario)
        self._in_office = len(tree)
        self._superiors = superiors(tree)
        self._spans = spans(tree, scenario)
        self._heads = heads(tree)
        self._units = {name: tuple(about["departments"]) for name, about in tree.nodes(data=True)}
        self._from_the_top = sorted(tree, key=lambda name: -int(tree.nodes[name]["tier"]))
        if not self._needed:
            return
        for name, manager in self.managers.items():
            manager.change(keys, in_office=name in tree)
        for name in self._from_the_top:
            if name not in self.managers:
                head = self._heads[name]
                leaning = self._leaning(head is None)
                above = leaning if head is None else self.managers[head].style
                style = laws.style_tomorrow(leaning, above, leaning, self._laws.style_passed, 0.0)
                self.managers[name] = Manager(self._company, name, keys, style)

    def style_of(self, manager: str) -> float:
        """How authoritarian a manager is today."""
        return self.managers[manager].style

    def style_over(self, department: str) -> float:
        """The style of the manager whom a department answers to."""
        return self.managers[self._superiors[department][0]].style if self.managers else self._keys.authoritarian

    def span_over(self, department: str) -> float:
        """How many people answer to the same manager as a department's do."""
        return self._spans[self._superiors[department][0]]

    def way(self, front: str, about: str) -> tuple[str, ...]:
        """The managers through whom a word passes from one department to another: up to the first common one, down."""
        up, down = self._superiors[front], self._superiors[about]
        if not self.managers or front == about:
            return ()
        common = next(tier for tier, manager in enumerate(up) if manager == down[tier])
        return (*up[: common + 1], *reversed(down[:common]))

    def give_time(self, department: str, hours: float, key: int) -> None:
        """The manager of a department spends some hours on its people."""
        if self.managers:
            self.managers[self._superiors[department][0]].give_time(hours, derived(key, luck.MEETING))

    def begin_day(self, day: int) -> None:
        """Wages fall due; once a week each manager sees the people who answer to them, as many as time allows."""
        self._company.tally.cost += self._in_office * self._wage * HOURS_PER_DAY
        if not self.managers or not self._company.feels:
            return
        for name in self._from_the_top:
            manager = self.managers[name]
            manager.tally.days += 1
            manager.tally.style += manager.style
            if day % DAYS_PER_WEEK == 0:
                unit = [self._company.departments[part] for part in self._units[name]]
                monthly = mean(managers_hours_a_month(part.practices, self._laws) for part in unit)
                people = min(self._spans[name], self._laws.ordinary_span)
                hours = monthly * people * DAYS_PER_WEEK / DAYS_PER_MONTH
                manager.give_time(hours, derived(self._company.key ^ name_key("manager", name), luck.MEETING, day))

    def end_day(self) -> None:
        """Style passes down: each manager is a little more like the superior, level by level."""
        if not self.managers or not self._company.feels:
            return
        kept = laws.kept(self._laws.style_half_life_days)
        for name in self._from_the_top:
            head = self._heads[name]
            leaning = self._leaning(head is None)
            above = leaning if head is None else self.managers[head].style
            self.managers[name].end_day(above, leaning, self._laws.style_passed, kept)

    def decide(self, job: "Job") -> float:
        """Have a decision taken for a job: hours of the worker's own if they decide, else the job awaits it."""
        keys = self._keys
        department = job.department
        hours = exponential(keys.decision_hours, uniform(job.key, luck.DECIDING))
        importance = uniform(job.key, luck.IMPORTANCE)
        tier = tier_that_decides(importance, keys.delegation, keys.layers)
        if tier == 0:
            skill = job.person.skill if job.person is not None else 1.0
            clarity = department.practices.role_clarity
            self._risk(
                job,
                laws.decision_error(
                    importance,
                    skill,
                    clarity,
                    self._laws.decision_error,
                    self._laws.decision_needs_skill,
                    self._laws.decision_needs_clarity,
                ),
            )
            department.tally.decisions += 1
            department.tally.decision_hours += hours
            department.asked_for(hours)
            return hours
        job.awaited += 1
        self._risk(job, laws.erring_above(float(tier), self._laws.decision_kept, self._laws.manager_error))
        manager = self.managers[self._superiors[department.name][tier - 1]]
        self._company.env.process(self._climb(job, manager, hours, tier * keys.relay_hours))
        return 0.0

    def _risk(self, job: "Job", error: float) -> None:
        """A decision goes wrong with some probability; the work that follows from it is then seldom right."""
        if error > 0.0 and uniform(job.key, luck.DECIDED) < error:
            job.chance *= 1.0 - self._laws.wrong_decision_harm
            job.department.tally.decisions_wrong += 1

    def _leaning(self, is_chief: bool) -> float:
        chief = self._keys.chief_authoritarian
        return chief if is_chief and chief is not None else self._keys.authoritarian

    def _climb(self, job: "Job", manager: Manager, hours: float, way_hours: float) -> "Life":
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

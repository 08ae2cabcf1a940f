"""A link at work: requests of one customer to one supplier, and what the customer remembers of how it was treated."""

from typing import TYPE_CHECKING, Protocol

from sim.model import laws, luck
from sim.model.calendar import DAYS_PER_MONTH
from sim.model.job import WRONG, Job
from sim.model.luck import derived, name_key, uniform
from sim.model.record import LinkTally
from sim.model.relation import Relation
from sim.model.treatment import Treatment, treatment

if TYPE_CHECKING:
    from sim.model.department import Department
    from sim.model.steady import LinkState
    from sim.scenario.parts import Link as LinkKeys
    from sim.scenario.schema import Scenario


class Buyers(Protocol):
    """Whoever receives what goes to the market."""

    def deliver(self, purchase: Job, service: "Service", how: Treatment | None) -> None:
        """A purchase is done."""


class Service(Relation):
    """A link at work."""

    def __init__(
        self, supplier: "Department", scenario: "Scenario", keys: "LinkKeys", start: "LinkState", market: Buyers | None
    ) -> None:
        self.supplier = supplier
        self.name = keys.name
        self.customer = keys.customer
        self.key = name_key("link", keys.supplier, keys.customer)
        self.tally = LinkTally()
        self.memory = start.memory
        self.will = start.will
        self.teamwork = start.teamwork
        self.last_used = supplier.company.env.now
        self._used_today = False
        self._market = market
        self.change(scenario, keys)

    def change(self, scenario: "Scenario", keys: "LinkKeys") -> None:
        """Requests asked from now on are as these keys say; those that are out stay as they were asked."""
        self.share = keys.share
        self.surely = int(keys.requests_per_job)
        self.perhaps = keys.requests_per_job - self.surely
        self.blocking = keys.blocking
        self.avoidable = keys.avoidable
        self.priority = keys.priority
        self.acceptable_wait_hours = keys.acceptable_wait_hours
        self._laws = scenario.laws
        self._team_hours = sum(team.hours_per_month for team in scenario.quality_teams if self.name in team.links)

    def ask(self, parent: Job, requests: int) -> None:
        """A job needs requests. Each is made, or avoided and worked around; the job waits if the link is blocking."""
        for occurrence in range(requests):
            key = derived(parent.key ^ self.key, luck.REQUEST, occurrence)
            if self.avoidable and uniform(key, luck.ASKING) >= self.asking(self._laws):
                self._work_around(parent, key)
                continue
            request = Job(self.supplier, key, self, parent)
            parent.awaited += request.blocks
            self._begin(request)

    def with_teamwork(self, chance: float) -> float:
        """A chance to be right, after what a quality team spares of the errors."""
        return self.fewer_errors(chance, self._laws)

    def buy(self, purchase_key: int, customer: int) -> None:
        """A customer of the market asks."""
        purchase = Job(self.supplier, derived(purchase_key ^ self.key, luck.REQUEST), self, None)
        purchase.asker = customer
        self._begin(purchase)

    def answer(self, job: Job) -> None:
        """A request is answered: whoever asked feels how, and the week's tally hears of it."""
        company = self.supplier.company
        delay = company.env.now - job.asked
        tally = self.tally
        tally.answered += 1
        tally.delay_hours += delay
        tally.in_time += delay <= job.acceptable_wait_hours
        how = None
        if company.feels:
            shown = self.supplier.shown_by(job.person)
            job.treatment = how = treatment(shown, delay, job.acceptable_wait_hours, job.outcome, self._laws)
            tally.experience += how.experience
            if job.person is not None:
                job.person.shown += how.respect
                job.person.served += 1
        if self._market is not None:
            self._market.deliver(job, self, how)
            return
        if how is not None:
            self._feel(job, how)
        parent = job.parent
        if parent is not None:
            if job.outcome == WRONG and parent.finished is None:
                parent.chance *= 1.0 - self._laws.wrong_answer_harm
                parent.fault = parent.fault or job.fault
            if job.blocks:
                parent.answered(job)

    def end_day(self, day: int) -> None:
        """Unused memory drifts back to neutral; colleagues talk; a quality team meets once a month."""
        keys = self._laws
        if not self._used_today:
            self.forget(keys)
        self._used_today = False
        if self._team_hours > 0.0 and day % DAYS_PER_MONTH == 0:
            self._meet(day)
        elif self.teamwork > 0.0 and self._team_hours == 0.0:
            self.fall_apart(keys)

    def _meet(self, day: int) -> None:
        keys = self._laws
        company = self.supplier.company
        key = derived(company.key ^ self.key, luck.TEAMWORK, day)
        hours = keys.team_time * self._team_hours
        self.supplier.give_time(hours, key)
        company.departments[self.customer].give_time(hours, derived(key, luck.TEAMWORK))
        strength = self.come_together(self._team_hours, keys)
        if self.supplier.flaws and uniform(key, luck.TEAMWORK) < keys.team_reveals * strength:
            self.supplier.mend()

    def _feel(self, job: Job, how: Treatment) -> None:
        keys = self._laws
        self.supplier.tally.felt(how)
        self.remember(how, keys)
        self._used_today = True
        self._disappoint_or_please(job.parent, how.experience)
        asker = job.parent.person if job.parent is not None else None
        if asker is not None and job.person is not None:
            manner = laws.felt(asker.attitude * asker.manner - keys.ordinary_respect, keys.loss_aversion)
            job.person.feel_something(manner, keys.mood_from_manner, keys)

    def _disappoint_or_please(self, asking: Job | None, experience: float) -> None:
        """Whoever asked measures what they got; what they expect next time moves too."""
        keys = self._laws
        feeling = self.surprise(experience, self.supplier.company.env.now, keys)
        if asking is None:
            return
        tally = asking.department.tally
        tally.received += 1
        tally.experience_received += experience
        asker = asking.person
        if asker is not None:
            asker.feel_something(feeling, keys.mood_from_service, keys)

    def _work_around(self, parent: Job, key: int) -> None:
        """Whoever would have asked does it alone: it takes longer, fails more, and leaves a bad feeling."""
        keys = self._laws
        hours = keys.workaround_hours * self.supplier.hours_in_house(key)
        parent.workaround_hours += hours
        parent.department.asked_for(hours)
        parent.chance *= 1.0 - keys.workaround_harm
        self.tally.avoided += 1
        company = self.supplier.company
        if company.feels:
            self._disappoint_or_please(parent, keys.workaround_experience)
        if company.trace is not None:
            company.trace.avoid(self, parent, key)

    def _begin(self, job: Job) -> None:
        self.tally.asked += 1
        self.supplier.company.begin(job)

"""A link at work: requests of one customer to one supplier, and what the customer remembers of how it was treated."""

from typing import TYPE_CHECKING, Protocol

from sim.model import laws, luck
from sim.model.calendar import DAYS_PER_MONTH, HOURS_PER_MONTH
from sim.model.job import WRONG, Job
from sim.model.luck import derived, name_key, uniform
from sim.model.record import LinkTally
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


class Service:
    """A link at work. ``memory`` of the treatment and what one expects to get (``will``) belong to the customer.

    ``teamwork`` is how far a quality team on this link has come, 0 to 1.
    """

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
            if self.avoidable and uniform(key, luck.ASKING) >= self.asking():
                self._work_around(parent, key)
                continue
            request = Job(self.supplier, key, self, parent)
            parent.awaited += request.blocks
            self._begin(request)

    def buy(self, purchase_key: int, customer: int) -> None:
        """A customer of the market asks."""
        purchase = Job(self.supplier, derived(purchase_key ^ self.key, luck.REQUEST), self, None)
        purchase.asker = customer
        self._begin(purchase)

    def asking(self) -> float:
        """Probability that a request is made rather than avoided."""
        return laws.asking(self.memory, self._laws.avoiding_slope, self._laws.avoiding_below)

    def answer(self, job: Job) -> None:
        """A request is answered: whoever asked feels how, and the week's tally hears of it."""
        company = self.supplier.company
        delay = company.env.now - job.asked
        tally = self.tally
        tally.answered += 1
        tally.delay_hours += delay
        tally.in_time += delay <= job.acceptable_wait_hours
        how = treatment(job, delay, self._laws) if company.feels else None
        if how is not None:
            tally.experience += how.experience
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

    def errors_taken_away(self) -> float:
        """The share of errors that a quality team on this link spares."""
        return self._laws.team_effect * self.teamwork

    def end_day(self, day: int) -> None:
        """Unused memory drifts back to neutral; colleagues talk; a quality team meets once a month."""
        keys = self._laws
        if not self._used_today:
            self.memory += (1.0 - laws.kept(keys.memory_half_life_days)) * (keys.memory_neutral - self.memory)
        self._used_today = False
        if self._team_hours > 0.0 and day % DAYS_PER_MONTH == 0:
            self._meet(day)
        elif self.teamwork > 0.0 and self._team_hours == 0.0:
            self.teamwork *= laws.kept(keys.orientation_half_life_days)

    def hear_others(self, mean_memory: float, talk: float) -> None:
        """What other customers of this supplier tell."""
        self.memory += talk * (mean_memory - self.memory)

    def _meet(self, day: int) -> None:
        keys = self._laws
        company = self.supplier.company
        key = derived(company.key ^ self.key, luck.TEAMWORK, day)
        hours = keys.team_time * self._team_hours
        self.supplier.give_time(hours, key)
        company.departments[self.customer].give_time(hours, derived(key, luck.TEAMWORK))
        strength = laws.team_strength(self._team_hours, keys.team_hours)
        self.teamwork += keys.team_settles * (strength - self.teamwork)
        self.memory += keys.team_repairs_memory * strength * max(0.0, keys.memory_neutral - self.memory)
        if self.supplier.flaws and uniform(key, luck.TEAMWORK) < keys.team_reveals * strength:
            self.supplier.mend()

    def _feel(self, job: Job, how: Treatment) -> None:
        keys = self._laws
        self.supplier.tally.felt(how)
        self.memory = laws.remembered(self.memory, how.respect, how.agility, keys.memory_gain)
        self._used_today = True
        self._disappoint_or_please(job.parent, how.experience)
        asker = job.parent.person if job.parent is not None else None
        if asker is not None and job.person is not None:
            manner = laws.felt(asker.attitude * asker.manner - keys.ordinary_respect, keys.loss_aversion)
            job.person.mood = laws.swayed(job.person.mood, manner, keys.mood_from_manner)
            job.person.feel(keys)

    def _disappoint_or_please(self, asking: Job | None, experience: float) -> None:
        """Whoever asked measures what they got; what they expect next time moves too."""
        keys = self._laws
        now = self.supplier.company.env.now
        expected = laws.expectation(self.will, keys.owed, keys.will_weight)
        months = (now - self.last_used) / HOURS_PER_MONTH
        self.last_used = now
        self.will = laws.adapted(self.will, experience, months, keys.expectation_up, keys.expectation_down)
        if asking is None:
            return
        tally = asking.department.tally
        tally.received += 1
        tally.experience_received += experience
        asker = asking.person
        if asker is not None:
            feeling = laws.felt(experience - expected, keys.loss_aversion)
            asker.mood = laws.swayed(asker.mood, feeling, keys.mood_from_service)
            asker.feel(keys)

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

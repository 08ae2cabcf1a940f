"""A department at work: its people, its line, what a job of theirs is like, and what a day does to them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sim.model import distributions, laws, luck, moment
from sim.model.arrivals import Arrivals
from sim.model.calendar import DAYS_PER_MONTH, HOURS_PER_DAY, HOURS_PER_YEAR
from sim.model.job import REPAIRED, RIGHT_FIRST_TIME, Job
from sim.model.luck import derived, name_key, uniform
from sim.model.mean import mean
from sim.model.practice_days import hours_a_month, times_on
from sim.model.record import DepartmentTally
from sim.model.surroundings import Led, Surroundings, surroundings
from sim.model.team import Team
from sim.model.treatment import Shown

if TYPE_CHECKING:
    from sim.model.company import Company
    from sim.model.person import Person
    from sim.model.service import Service
    from sim.model.steady import TeamState
    from sim.scenario.parts import Department as DepartmentKeys
    from sim.scenario.schema import Scenario


class _WayOfWorking(NamedTuple):
    """The distribution of the hours that a job takes."""

    kind: int
    mean: float
    shape: float

    @classmethod
    def of(cls, distribution: str, mean: float, spread: float) -> "_WayOfWorking":
        kind = distributions.KINDS[distribution]
        return cls(kind, mean, distributions.shape_of(kind, spread))

    def hours(self, key: int, purpose: int, occurrence: int = 0) -> float:
        return distributions.handling_hours(self.kind, self.mean, self.shape, key, purpose, occurrence)


class Department:
    """People with one line of jobs, or a contractor in their place; what a job is like, and whom it needs.

    ``flaws`` are ways of working that hurt whoever is served, as the hours at which each would vanish unheard of;
    ``load`` is hours asked / hours staffed of late.
    """

    def __init__(self, company: "Company", scenario: "Scenario", keys: "DepartmentKeys", start: "TeamState") -> None:
        self.company = company
        self.name = keys.name
        self.tally = DepartmentTally()
        self._laws = scenario.laws
        self.suppliers: Sequence[Service] = ()
        self.neighbours: Sequence[Department] = ()
        self.key = company.key ^ name_key("department", self.name)
        self.flaws = [self._vanishes(company.env.now, -1 - nth) for nth in range(round(start.flaws))]
        self.load = start.load
        self._asked_hours = 0.0
        self.team = Team(company.env, self.key, keys.people, scenario.laws, start)
        self.line = self.team.line
        self._own_work = Arrivals(company.env, [derived(self.key, luck.ARRIVAL)], 0.0, moment.ARRIVAL, self._own_job)
        self._flaws = Arrivals(company.env, [derived(self.key, luck.FLAW)], 0.0, moment.FLAW, self._take_on_flaw)
        self.change(scenario, keys)

    def change(self, scenario: "Scenario", keys: "DepartmentKeys") -> None:
        """Work from now on as these keys say; jobs already asked keep their hours and needs."""
        self._laws = scenario.laws
        self.practices = scenario.practices_of(keys)
        self.contract = keys.contract
        self.intake_share = keys.intake_share
        self.errors_noticed = keys.errors_noticed if keys.contract is None else 0.0  # what is bought is as delivered
        self._right = keys.right_first_time if keys.contract is None else keys.contract.right_first_time
        self._hiring = scenario.money.hire
        self._wage = scenario.money.worker_hour
        self._own_way = _WayOfWorking.of(keys.handling_distribution, keys.handling_hours, keys.handling_spread)
        self._way = self._own_way
        if keys.contract is None:
            self.tally.cost += self._hiring * self.team.set_posts(keys.staff, scenario.laws)
        else:
            self._way = _WayOfWorking.of("lognormal", keys.contract.hours, keys.contract.spread)
            self.team.close()
            self.flaws.clear()
        in_house = keys.contract is None
        self._own_work.set_rate(in_house * keys.background_jobs_per_day / HOURS_PER_DAY)
        self._flaws.set_rate(in_house * scenario.laws.flaws_per_year / HOURS_PER_YEAR)
        self._feel_the_load()

    def handling_hours(self, key: int) -> float:
        """Hours of work on a job, by an ordinary person; of a contractor, from asking to the answer."""
        return self._way.hours(key, luck.HANDLING)

    def hours_in_house(self, key: int) -> float:
        """Hours of work on a job by an ordinary person of the company, whoever does it now."""
        return self._own_way.hours(key, luck.HANDLING)

    def repair_hours(self, key: int, attempt: int) -> float:
        """Hours of work on the repair of a job: as many as the job might have taken at first."""
        return self._way.hours(key, luck.REPAIR, attempt)

    def asked_for(self, hours: float) -> None:
        """Some hours of work are asked of this department, counted for an ordinary person."""
        hours *= self.team.pace * self.pressure
        self._asked_hours += hours
        self.tally.offered_hours += hours

    def needs(self, key: int) -> list[tuple["Service", int]]:
        """Whom a job must ask, and for how much: r requests per job are ⌊r⌋, and one more with probability r − ⌊r⌋."""
        found = []
        for service in self.suppliers:
            requests = service.surely
            if service.perhaps > 0.0 and uniform(key ^ service.key, luck.NEED) < service.perhaps:
                requests += 1
            if requests:
                found.append((service, requests))
        return found

    def needs_decision(self, key: int) -> bool:
        """Whether a job needs a decision of some importance."""
        share = self.company.management.decision_share
        return share > 0.0 and self.contract is None and uniform(key, luck.DECISION) < share

    def right_first_time(self, person: "Person | None") -> float:
        """Probability that a job in the hands of somebody, or of the contractor, is right first time."""
        if self.contract is not None or person is None:
            return self._right
        return person.right_first_time(self._right, len(self.flaws), self._laws)

    def shown_by(self, person: "Person | None") -> Shown:
        """What whoever served was able to show; a contractor's people; the first of a team unseen."""
        if person is None and self.contract is not None:
            return Shown(self.contract.respect, self.contract.respect, 1.0)
        if person is None:
            person = next(iter(self.team), None)
        if person is None:
            return Shown(self._laws.ordinary_attitude, self._laws.ordinary_attitude, 1.0)
        return Shown(person.ceiling, person.attitude, person.manner)

    def count(self, job: Job) -> None:
        """A job is done."""
        tally = self.tally
        tally.jobs += 1
        if job.outcome == RIGHT_FIRST_TIME:
            tally.right += 1
        elif job.outcome == REPAIRED:
            tally.repaired += 1
        else:
            tally.wrong += 1
        if self.contract is not None:
            tally.cost += self.contract.price_per_request
            tally.contract_answers += 1

    def give_time(self, hours: float, key: int) -> None:
        """Somebody of the team spends some hours on what is not a job: a meeting, a review, a contact."""
        if hours > 0.0 and self.contract is None:
            self._asked_hours += hours
            self.tally.offered_hours += hours
            self.tally.practice_hours += hours
            self.company.env.process(self.line.occupy(hours, moment.WORK, key))

    def hear(self, intact: bool, key: int) -> None:
        """A customer's word about this department arrives; only if it is intact can it mend anything."""
        self.give_time(self._laws.mending_hours, derived(key, luck.MENDING))
        if intact:
            self.mend()
            for person in self.team:
                person.hear_of_customers(self._laws.orientation_from_message, self._laws)

    def mend(self) -> None:
        """The oldest flaw is mended."""
        if self.flaws:
            self.flaws.pop(0)

    def end_day(self) -> None:
        """What happened today becomes a habit; what is not renewed fades."""
        keys = self._laws
        staffed = self.line.staff * HOURS_PER_DAY
        if staffed > 0.0:
            self.load = laws.of_late(self.load, self._asked_hours / staffed, laws.kept(keys.pressure_half_life_days))
        self._asked_hours = 0.0
        self._feel_the_load()
        if not self.company.feels:
            self.team.learn()
        elif self.contract is None:
            self.team.live_through(self._surroundings())

    def begin_day(self, day: int) -> None:
        """People come and go; wages fall due; the practices of the day take their hours."""
        if self.contract is None:
            self.tally.cost += self._hiring * self.team.come_and_go(day, self.tally)
            self._practise(day)
        self.team.take_stock()
        now = self.company.env.now
        self.flaws = [vanishes for vanishes in self.flaws if vanishes > now]
        tally = self.tally
        tally.cost += self.line.staff * HOURS_PER_DAY * self._wage
        tally.days += 1
        tally.flaw_days += len(self.flaws)
        people = sum(1 for _ in self.team)
        tally.person_days += people
        tally.morale += people * self.team.morale
        tally.mood += people * self.team.mood
        tally.orientation += people * self.team.orientation

    def _practise(self, day: int) -> None:
        practices, keys = self.practices, self._laws
        monthly = hours_a_month(practices, keys)
        style = self.company.management.style_over(self.name)
        for person in self.team:
            if monthly > 0.0 and (day + person.post) % DAYS_PER_MONTH == 0:
                self.give_time(monthly, derived(person.key, luck.MEETING, day))
            for nth in times_on(day, practices.customer_contacts_per_year, uniform(person.key, luck.CONTACT)):
                key = derived(person.key, luck.CONTACT, nth)
                self.give_time(keys.contact_hours, key)
                person.hear_of_customers(keys.orientation_from_contact, keys)
                if self.flaws and uniform(key, luck.CONTACT) < keys.contact_reveals:
                    self.mend()
            for nth in times_on(day, practices.reviews_per_year, uniform(person.key, luck.REVIEW)):
                key = derived(person.key, luck.REVIEW, nth)
                self.give_time(keys.review_hours, key)
                self.company.management.give_time(self.name, keys.review_hours, key)
                person.be_reviewed(style, key, keys)

    def memory_talk(self) -> float:
        """How much of other customers' memories this department catches in a day."""
        return self._laws.memory_talk * self.practices.informal_communication

    def _surroundings(self) -> Surroundings:
        """Those around are the team, and through informal talk the linked departments too."""
        management, team = self.company.management, self.team
        led = Led(management.delegation, management.span_over(self.name), management.style_over(self.name))
        around = surroundings(team.morale, team.mood, self.load, led, self.practices, team.inclination, self._laws)
        neighbours = [other.team for other in self.neighbours if other.contract is None]
        reach = self._laws.informal_reach * self.practices.informal_communication
        if not neighbours or reach == 0.0:
            return around
        return around._replace(
            morale=team.morale + reach * (mean(other.morale for other in neighbours) - team.morale),
            mood=team.mood + reach * (mean(other.mood for other in neighbours) - team.mood),
        )

    def _feel_the_load(self) -> None:
        keys = self._laws
        in_house = self.contract is None
        self.pressure = laws.pressure(self.load, keys.pressure * in_house, keys.pressure_peak, keys.ordinary_load)

    def _own_job(self, _source: int, occurrence: int) -> None:
        job = Job(self, derived(derived(self.key, luck.ARRIVAL), luck.REQUEST, occurrence), None, None)
        self.company.begin(job)

    def _take_on_flaw(self, _source: int, occurrence: int) -> None:
        self.flaws.append(self._vanishes(self.company.env.now, occurrence))

    def _vanishes(self, since: float, occurrence: int) -> float:
        """When a flaw would vanish of itself, as ways of working change."""
        key = derived(self.key, luck.FLAW, occurrence)
        return since + distributions.exponential(self._laws.flaw_years * HOURS_PER_YEAR, uniform(key, luck.FLAW))

"""A department at work, and the services through which others ask it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.model import distributions, moment
from sim.model.arrivals import Arrivals
from sim.model.calendar import HOURS_PER_DAY
from sim.model.job import REPAIRED, RIGHT_FIRST_TIME, Job
from sim.model.line import Line
from sim.model.luck import ARRIVAL, DECISION, HANDLING, NEED, REPAIR, REQUEST, derived, name_key, uniform
from sim.model.record import DepartmentTally, LinkTally
from sim.scenario.parts import Department as DepartmentKeys
from sim.scenario.parts import Link as LinkKeys

if TYPE_CHECKING:
    from sim.model.company import Company
    from sim.model.market import Market


class Department:
    """People with one line of jobs; what a job of theirs is like, and whom it needs."""

    def __init__(self, company: "Company", keys: DepartmentKeys) -> None:
        self.company = company
        self.name = keys.name
        self.tally = DepartmentTally()
        self.suppliers: Sequence[Service] = ()
        self.line = Line(company.env, keys.staff)
        self._key = derived(company.key ^ name_key("department", self.name), ARRIVAL)
        self._own_work = Arrivals(
            company.env, [self._key], keys.background_jobs_per_day / HOURS_PER_DAY, moment.ARRIVAL, self._begin_own_work
        )
        self._read(keys)

    def change(self, keys: DepartmentKeys) -> None:
        """Work from now on as these keys say; jobs already asked keep their hours and needs."""
        self._read(keys)
        self.line.set_staff(keys.staff)
        self._own_work.set_rate(keys.background_jobs_per_day / HOURS_PER_DAY)

    def _read(self, keys: DepartmentKeys) -> None:
        self.intake_share = keys.intake_share
        self.right_first_time = keys.right_first_time
        self.errors_noticed = keys.errors_noticed
        self._kind = distributions.KINDS[keys.handling_distribution]
        self._mean = keys.handling_hours
        self._shape = distributions.shape_of(self._kind, keys.handling_spread)

    def handling_hours(self, key: int) -> float:
        """Hours of work on a job."""
        return distributions.handling_hours(self._kind, self._mean, self._shape, key, HANDLING)

    def repair_hours(self, key: int, attempt: int) -> float:
        """Hours of work on the repair of a job: as many as the job might have taken at first."""
        return distributions.handling_hours(self._kind, self._mean, self._shape, key, REPAIR, attempt)

    def needs(self, key: int) -> list[tuple["Service", int]]:
        """Whom a job must ask, and for how much: r requests per job are ⌊r⌋, and one more with probability r − ⌊r⌋."""
        found = []
        for service in self.suppliers:
            requests = service.surely
            if service.perhaps > 0.0 and uniform(key ^ service.key, NEED) < service.perhaps:
                requests += 1
            if requests:
                found.append((service, requests))
        return found

    def needs_decision(self, key: int) -> bool:
        """Whether a job needs a decision of some importance."""
        share = self.company.management.decision_share
        return share > 0.0 and uniform(key, DECISION) < share

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

    def _begin_own_work(self, _source: int, occurrence: int) -> None:
        job = Job(self, derived(self._key, REQUEST, occurrence), None, None)
        self.company.begin(job)


class Service:
    """A link at work: requests of one customer to one supplier."""

    def __init__(self, supplier: Department, keys: LinkKeys, market: "Market | None" = None) -> None:
        self.supplier = supplier
        self.name = keys.name
        self.customer = keys.customer
        self.key = name_key("link", keys.supplier, keys.customer)
        self.tally = LinkTally()
        self._market = market
        self.change(keys)

    def change(self, keys: LinkKeys) -> None:
        """Requests asked from now on are as these keys say; those that are out stay as they were asked."""
        self.share = keys.share
        self.surely = int(keys.requests_per_job)
        self.perhaps = keys.requests_per_job - self.surely
        self.blocking = keys.blocking
        self.priority = keys.priority
        self.acceptable_wait_hours = keys.acceptable_wait_hours

    def ask(self, parent: Job, requests: int) -> None:
        """A job makes requests; it will wait for the answers if the link is blocking."""
        for occurrence in range(requests):
            request = Job(self.supplier, derived(parent.key ^ self.key, REQUEST, occurrence), self, parent)
            parent.awaited += request.blocks
            self._begin(request)

    def buy(self, purchase_key: int, customer: int) -> None:
        """A customer of the market asks."""
        purchase = Job(self.supplier, derived(purchase_key ^ self.key, REQUEST), self, None)
        purchase.asker = customer
        self._begin(purchase)

    def answer(self, job: Job) -> None:
        """A request is answered: the asker hears of it, the week's tally too."""
        company = self.supplier.company
        delay = company.env.now - job.asked
        tally = self.tally
        tally.answered += 1
        tally.delay_hours += delay
        tally.in_time += delay <= job.acceptable_wait_hours
        if self._market is not None:
            self._market.deliver(job)
        elif job.blocks and job.parent is not None:
            job.parent.answered(job)

    def _begin(self, job: Job) -> None:
        self.tally.asked += 1
        self.supplier.company.begin(job)

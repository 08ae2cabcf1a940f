"""The customers outside: each an individual who buys in a rhythm of their own."""

from typing import TYPE_CHECKING

from sim.model import moment
from sim.model.arrivals import Arrivals
from sim.model.calendar import HOURS_PER_YEAR
from sim.model.job import Job
from sim.model.luck import ARRIVAL, FRONT, derived, name_key, uniform
from sim.scenario.parts import MARKET
from sim.scenario.parts import Market as MarketKeys

if TYPE_CHECKING:
    from sim.model.company import Company


class Market:
    """Customers and their purchases. The front line that serves a purchase is drawn by its share."""

    def __init__(self, company: "Company", keys: MarketKeys) -> None:
        self._company = company
        root = company.key ^ name_key(MARKET)
        self._customers = [derived(root, ARRIVAL, customer) for customer in range(keys.customers)]
        self._purchases = Arrivals(
            company.env, self._customers, keys.purchases_per_year / HOURS_PER_YEAR, moment.ARRIVAL, self._buy
        )

    def change(self, keys: MarketKeys) -> None:
        """Customers buy from now on in another rhythm."""
        self._purchases.set_rate(keys.purchases_per_year / HOURS_PER_YEAR)

    def deliver(self, purchase: Job) -> None:
        """A purchase is delivered. Where its time went is told along the answers that came last, job by job."""
        job: Job | None = purchase
        while job is not None:
            tally = job.department.tally
            tally.purchase_handling += job.handling_hours
            tally.purchase_queueing += job.queueing_hours
            tally.purchase_repair += job.repair_hours
            tally.purchase_deciding += job.deciding_hours
            job = job.critical

    def _buy(self, customer: int, occurrence: int) -> None:
        purchase = derived(self._customers[customer], ARRIVAL, occurrence)
        drawn = uniform(purchase, FRONT)
        front_line = self._company.front_line
        total = 0.0
        for service in front_line:
            total += service.share
            if drawn < total:
                break
        service.buy(purchase, customer)

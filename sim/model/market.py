"""The customers outside: each an individual who buys in a rhythm of their own, remembers, tells others, and may go."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.model import laws, luck, moment
from sim.model.arrivals import Arrivals
from sim.model.calendar import HOURS_PER_YEAR
from sim.model.customer import Customer
from sim.model.luck import derived, name_key, uniform
from sim.model.mean import mean
from sim.model.record import MarketTally
from sim.model.shortfall import fallen_short, share_of_errors
from sim.scenario.parts import MARKET

if TYPE_CHECKING:
    from sim.model.company import Company
    from sim.model.department import Department
    from sim.model.job import Job
    from sim.model.service import Service
    from sim.model.steady import MarketState
    from sim.model.treatment import Treatment
    from sim.scenario.schema import Scenario

CANDIDATES = 2.0
"""How many times the usual number of new customers can come at most: the bound of ``laws.word_of_mouth``."""


class Market:
    """Customers and their purchases. The front line that serves a purchase is drawn by its share."""

    def __init__(self, company: "Company", scenario: "Scenario", start: "MarketState") -> None:
        self._company = company
        self.tally = MarketTally()
        keys = scenario.market
        root = company.key ^ name_key(MARKET)
        now = company.env.now
        self._start = start
        self.customers = [
            Customer(derived(root, luck.ARRIVAL, place), start.will, start.satisfaction, now)
            for place in range(keys.customers)
        ]
        self._panel: list[Customer] = []
        self.active = keys.customers
        self._satisfaction = keys.customers * start.satisfaction
        self._purchases = Arrivals(
            company.env, [customer.key for customer in self.customers], 0.0, moment.ARRIVAL, self._buy
        )
        self._root = derived(root, luck.NEWCOMER)
        self._newcomers = Arrivals(company.env, [self._root], 0.0, moment.NEWCOMER, self._consider)
        self.change(scenario)

    def change(self, scenario: "Scenario") -> None:
        """Customers buy, expect and come from now on in another way."""
        self._keys = keys = scenario.market
        self._laws = scenario.laws
        self._survey_price = scenario.money.survey
        self._purchases.set_rate(keys.purchases_per_year / HOURS_PER_YEAR)
        # Who feels nothing tells nothing: without psychology nobody is lost, and nobody is won by word of mouth.
        self._newcomers.set_rate(scenario.feels * CANDIDATES * keys.new_customers_per_year / HOURS_PER_YEAR)

    @property
    def mean_satisfaction(self) -> float:
        """Of those who still come; as at the start, if nobody does."""
        return self._satisfaction / self.active if self.active else self._start.satisfaction

    @property
    def panel_satisfaction(self) -> float:
        """Of the customers of day 0; the lost at their last value."""
        return mean((customer.satisfaction for customer in self._panel), otherwise=math.nan)

    def observe(self) -> None:
        """Day 0 begins: those who come now are the panel."""
        self._panel = [customer for customer in self.customers if customer.active]

    def deliver(self, purchase: "Job", service: "Service", how: "Treatment | None") -> None:
        """A purchase is delivered, paid, and judged. Where its time went is told along the answers that came last."""
        _count_time(purchase)
        tally = self.tally
        tally.delivered += 1
        tally.sales += self._keys.price
        if how is None or purchase.asker is None:
            return
        customer = self.customers[purchase.asker]
        now = self._company.env.now
        judged = customer.judge(how.experience, self._owed(now), now, self._laws)
        if customer.active:
            self._satisfaction += judged.step
        tally.satisfaction += judged.satisfaction
        service.tally.lost_expectation += how.experience - judged.satisfaction
        self._count_lost(purchase, service, how)
        tally.experience += how.experience
        tally.ceiling += how.ceiling ** (self._laws.weight_respect + self._laws.weight_care)
        tally.expectation += judged.expected
        service.supplier.tally.felt(how)
        if purchase.person is not None:
            manner = laws.felt(customer.satisfaction - self._laws.ordinary_satisfaction, self._laws.loss_aversion)
            purchase.person.feel_something(manner, self._laws.mood_from_manner, self._laws)
        self._tell(purchase, service.supplier, disappointed=how.experience < judged.expected)
        if customer.active and customer.leaves(purchase.key, self._laws):
            customer.active = False
            self.active -= 1
            self._satisfaction -= customer.satisfaction
            tally.lost += 1

    def _owed(self, now: float) -> float:
        years = max(0.0, now) / HOURS_PER_YEAR
        return laws.between(self._keys.expectation + self._keys.rising_expectation_per_year * years, 0.0, 1.0)

    def _tell(self, purchase: "Job", front: "Department", disappointed: bool) -> None:
        """The customer is asked, or complains: a word about whoever failed sets out."""
        asked = front.practices.survey_share
        surveyed = asked > 0.0 and uniform(purchase.key, luck.SURVEY) < asked
        if surveyed:
            self.tally.surveys += 1
            self._company.tally.cost += self._survey_price
        if disappointed:
            complains = uniform(purchase.key, luck.COMPLAINT) < self._laws.complaint_share
            if surveyed or complains:
                self._company.messages.send(purchase, front, _who_failed(purchase))

    def _count_lost(self, purchase: "Job", service: "Service", how: "Treatment") -> None:
        """What was missing to a perfect experience, by the links that cost it.

        Respect is the front line's. Lateness is shared by the hours of those for whom the purchase waited. Care that an
        error cost is told of the link where the error began, the rest of it of the front line.
        """
        keys = self._laws
        respect, agility, care = fallen_short(
            how.respect, how.agility, how.care, keys.weight_respect, keys.weight_agility, keys.weight_care
        )
        service.tally.lost_respect += respect
        error = care * share_of_errors(how.attitude, how.care)
        service.tally.lost_care += care - error
        (purchase.fault or service).tally.lost_care += error
        if agility > 0.0:
            late = agility / (self._company.env.now - purchase.asked)
            for job in _waited_for(purchase):
                if job.service is not None:
                    job.service.tally.lost_agility += late * job.own_hours

    def _buy(self, customer: int, occurrence: int) -> bool:
        if not self.customers[customer].active:
            return False
        purchase = derived(self.customers[customer].key, luck.ARRIVAL, occurrence)
        drawn = uniform(purchase, luck.FRONT)
        total = 0.0
        for service in self._company.front_line:
            total += service.share
            if drawn < total:
                break
        service.buy(purchase, customer)
        return True

    def _consider(self, _source: int, occurrence: int) -> None:
        """A candidate hears what is said of the company, and becomes a customer or does not."""
        key = derived(self._root, luck.NEWCOMER, occurrence)
        keys = self._laws
        mean = self.mean_satisfaction
        likely = laws.word_of_mouth(mean, keys.ordinary_satisfaction, keys.word_of_mouth) / CANDIDATES
        if uniform(key, luck.JOINING) >= likely:
            return
        self.customers.append(Customer(key, self._start.will, mean, self._company.env.now))
        self._purchases.add(key)
        self.active += 1
        self._satisfaction += mean
        self.tally.joined += 1


def _who_failed(purchase: "Job") -> "Department":
    """The department whose error a purchase carries; else where most time went along the answers that came last."""
    if purchase.fault is not None:
        return purchase.fault.supplier
    return max(_waited_for(purchase), key=lambda job: job.own_hours - job.deciding_hours).department


def _waited_for(purchase: "Job") -> Iterator["Job"]:
    """The purchase, and along the answers that came last all that it had to wait for: their own hours are its delay."""
    job: Job | None = purchase
    while job is not None:
        yield job
        job = job.critical


def _count_time(purchase: "Job") -> None:
    for job in _waited_for(purchase):
        if job.service is not None:
            tally = job.service.tally
            tally.purchase_handling += job.handling_hours
            tally.purchase_queueing += job.queueing_hours
            tally.purchase_repair += job.repair_hours
            tally.purchase_deciding += job.deciding_hours

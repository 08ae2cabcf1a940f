"""What comes by itself, compiled: purchases, newcomers, a department's own work and flaws, managers' duties."""

from sim.model import distributions, luck
from sim.model.calendar import HOURS_PER_YEAR
from sim.model.twin.agenda import DUTY, FLAW, NEWCOMER
from sim.model.twin.arrivals import buy_again, drop_buyer, look_again, look_for_purchases, next_due
from sim.model.twin.errands import begin_duty
from sim.model.twin.job import new_job
from sim.model.twin.market import consider
from sim.model.twin.memory import exists, none, nth
from sim.model.twin.service import buy
from sim.model.twin.source import compiled, derived, module, uniform
from sim.model.twin.things import Arrivals, Company, Department, Link

exponential = module(distributions).exponential
FROM_ARRIVAL, FROM_REQUEST, FROM_FLAW, FRONT = luck.ARRIVAL, luck.REQUEST, luck.FLAW, luck.FRONT


@compiled
def arrives(company: Company, stream: Arrivals) -> None:
    """Something comes through a stream, and more will."""
    if stream.kind == NEWCOMER:
        consider(company, stream.occurrence)
    elif stream.kind == FLAW:
        take_on_flaw(company, stream.department, vanishes(company, stream.department, company.now, stream.occurrence))
    elif stream.kind == DUTY:
        begin_duty(company, stream.manager, derived(stream.key, luck.DUTY, stream.occurrence))
    elif exists(stream.department):
        key = derived(stream.key, FROM_REQUEST, stream.occurrence)
        new_job(company, stream.department, key, none(company.links), none(company.jobs))
    else:
        purchase_falls_due(company)
        return
    next_due(stream)
    look_again(company, stream)


@compiled
def vanishes(company: Company, department: Department, since: float, occurrence: int) -> float:
    """As ``Department._vanishes``."""
    key = derived(department.key, FROM_FLAW, occurrence)
    return since + float(exponential(company.laws.flaw_years * HOURS_PER_YEAR, uniform(key, FROM_FLAW)))


@compiled
def take_on_flaw(company: Company, department: Department, until: float) -> None:
    """A department has one more flaw, the youngest."""
    flaw = company.flaws
    company.flaws = flaw.next
    company.flaws_free -= 1
    company.short |= company.flaws_free < company.flaws_at_once
    flaw.vanishes = until
    flaw.next = none(flaw)
    if exists(department.flaws):
        department.flaws_last.next = flaw
    else:
        department.flaws = flaw
    department.flaws_last = flaw
    department.flaw_count += 1


@compiled
def front_of(company: Company, purchase_key: int) -> Link:
    """Which front line serves a purchase."""
    drawn = uniform(purchase_key, FRONT)
    total = 0.0
    place = 0
    while True:
        link = nth(company.front_line, place).link
        total += link.keys.share
        place += 1
        if drawn < total or place == company.front_line_count:
            return link


@compiled
def purchase_falls_due(company: Company) -> None:
    """As ``Market._buy`` in its stream: the customer buys and will again, or has gone."""
    customer = company.due.customer
    if customer.active:
        key = derived(customer.key, FROM_ARRIVAL, company.due.occurrence)
        buy(company, front_of(company, key), key, customer)
        buy_again(company)
    else:
        drop_buyer(company)
    look_for_purchases(company)

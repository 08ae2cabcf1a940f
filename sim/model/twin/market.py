"""The flow of ``../market.py``, compiled: purchases as they are made, delivered, judged and told of."""

import math

from sim.model import laws, shortfall
from sim.model.calendar import HOURS_PER_YEAR
from sim.model.luck import COMPLAINT, JOINING, NEWCOMER, SURVEY
from sim.model.market import CANDIDATES
from sim.model.treatment import Treatment
from sim.model.twin.arrivals import add_buyer, clock_now, look_for_purchases
from sim.model.twin.memory import exists, same, wipe
from sim.model.twin.messages import send
from sim.model.twin.source import compiled, derived, module, uniform
from sim.model.twin.things import Company, Customer, Department, Job, Link

laws = module(laws)
shortfall = module(shortfall)


@compiled
def deliver(company: Company, purchase: Job, link: Link, how: Treatment) -> None:
    """As ``Market.deliver``."""
    count_time(purchase)
    keys, tally = company.laws, company.market_tally
    tally.delivered += 1
    tally.sales += company.epoch.price
    if not company.feels or not exists(purchase.customer):
        return
    customer = purchase.customer
    judged = customer.judge(how.experience, owed(company), company.now, keys)
    if customer.active:
        company.satisfaction += judged.step
    tally.satisfaction += judged.satisfaction
    link.tally.lost_expectation += how.experience - judged.satisfaction
    count_lost(company, purchase, link, how)
    tally.experience += how.experience
    tally.ceiling += how.ceiling ** (keys.weight_respect + keys.weight_care)
    tally.expectation += judged.expected
    link.supplier.tally.felt(how)
    if exists(purchase.person):
        manner = laws.felt(customer.satisfaction - keys.ordinary_satisfaction, keys.loss_aversion)
        purchase.person.feel_something(manner, keys.mood_from_manner, keys)
    tell(company, purchase, link.supplier, how.experience < judged.expected)
    if customer.active and customer.leaves(purchase.key, keys):
        customer.active = False
        company.active -= 1
        company.satisfaction -= customer.satisfaction
        tally.lost += 1


@compiled
def owed(company: Company) -> float:
    """As ``Market._owed``."""
    years = max(0.0, company.now) / HOURS_PER_YEAR
    return laws.between(company.epoch.expectation + company.epoch.rising * years, 0.0, 1.0)


@compiled
def tell(company: Company, purchase: Job, front: Department, disappointed: bool) -> None:
    """As ``Market._tell``."""
    asked = front.keys.practices.survey_share
    surveyed = asked > 0.0 and uniform(purchase.key, SURVEY) < asked
    if surveyed:
        company.market_tally.surveys += 1
        company.tally.cost += company.epoch.survey
    if disappointed:
        complains = uniform(purchase.key, COMPLAINT) < company.laws.complaint_share
        if surveyed or complains:
            send(company, purchase, front, who_failed(purchase))


@compiled
def own_hours(job: Job) -> float:
    """As ``Job.own_hours``."""
    return job.handling_hours + job.queueing_hours + job.repair_hours + job.deciding_hours


@compiled
def who_failed(purchase: Job) -> Department:
    """As ``_who_failed``: the first of those who took longest."""
    if exists(purchase.fault):
        return purchase.fault.supplier
    longest, hours = purchase, own_hours(purchase) - purchase.deciding_hours
    job = purchase.critical
    while exists(job):
        if own_hours(job) - job.deciding_hours > hours:
            longest, hours = job, own_hours(job) - job.deciding_hours
        job = job.critical
    return longest.department


@compiled
def count_time(purchase: Job) -> None:
    """As ``_count_time``."""
    job = purchase
    while exists(job):
        if exists(job.service):
            tally = job.service.tally
            tally.purchase_handling += job.handling_hours
            tally.purchase_queueing += job.queueing_hours
            tally.purchase_repair += job.repair_hours
            tally.purchase_deciding += job.deciding_hours
        job = job.critical


@compiled
def count_lost(company: Company, purchase: Job, link: Link, how: Treatment) -> None:
    """As ``Market._count_lost``."""
    keys = company.laws
    respect, agility, care = shortfall.fallen_short(
        how.respect, how.agility, how.care, keys.weight_respect, keys.weight_agility, keys.weight_care
    )
    link.tally.lost_respect += respect
    error = care * shortfall.share_of_errors(how.attitude, how.care)
    link.tally.lost_care += care - error
    at_fault = purchase.fault if exists(purchase.fault) else link
    at_fault.tally.lost_care += error
    if agility > 0.0:
        late = agility / (company.now - purchase.asked)
        job = purchase
        while exists(job):
            if exists(job.service):
                job.service.tally.lost_agility += late * own_hours(job)
            job = job.critical


@compiled
def mean_satisfaction(company: Company) -> float:
    """As ``Market.mean_satisfaction``."""
    return company.satisfaction / company.active if company.active > 0 else company.start_satisfaction


@compiled
def consider(company: Company, occurrence: int) -> None:
    """As ``Market._consider``."""
    key = derived(company.newcomers.key, NEWCOMER, occurrence)
    keys = company.laws
    mean = mean_satisfaction(company)
    likely = laws.word_of_mouth(mean, keys.ordinary_satisfaction, keys.word_of_mouth) / CANDIDATES
    if uniform(key, JOINING) >= likely:
        return
    customer = new_customer(company, key, mean)
    add_buyer(company, customer, clock_now(company, company.purchases))
    if same(company.due.customer, customer):
        look_for_purchases(company)
    company.active += 1
    company.satisfaction += mean
    company.market_tally.joined += 1


@compiled
def new_customer(company: Company, key: int, satisfaction: float) -> Customer:
    """Somebody who is a customer from now on."""
    customer = company.free_customers
    company.free_customers = customer.next
    company.customers_free -= 1
    company.short |= company.customers_free < company.customers_at_once
    wipe(customer)
    customer.key = key
    customer.number = company.customer_count
    customer.will = company.start_will
    customer.satisfaction = satisfaction
    customer.served = company.now
    customer.active = True
    if exists(company.customers):
        company.customers_last.next = customer
    else:
        company.customers = customer
    company.customers_last = customer
    company.customer_count += 1
    return customer


@compiled
def observe(company: Company) -> None:
    """As ``Market.observe``."""
    customer = company.customers
    while exists(customer):
        customer.panel = customer.active
        customer = customer.next


@compiled
def panel_satisfaction(company: Company) -> float:
    """As ``Market.panel_satisfaction``."""
    total, count = 0.0, 0
    customer = company.customers
    while exists(customer):
        if customer.panel:
            total += customer.satisfaction
            count += 1
        customer = customer.next
    return total / count if count > 0 else math.nan

"""The flow of ``../service.py``, compiled: requests between departments, their answers, and what is made of them."""

import math

from sim.model import distributions, laws
from sim.model.job import REPAIRED, RIGHT_FIRST_TIME, WRONG
from sim.model.luck import ASKING, HANDLING, REQUEST
from sim.model.treatment import Shown, Treatment
from sim.model.treatment import treatment as law_of_treatment
from sim.model.twin.job import answered, asked_for, forget, new_job
from sim.model.twin.market import deliver
from sim.model.twin.memory import exists, none, nth
from sim.model.twin.source import as_compiled, compiled, derived, inlined, module, uniform
from sim.model.twin.things import Company, Customer, Department, Job, Link, Person
from sim.model.twin.trace import tell_avoided, tell_job

handling_hours = module(distributions).handling_hours
laws = module(laws)
treatment = as_compiled(law_of_treatment)
UNTOLD = Treatment(math.nan, math.nan, math.nan, math.nan, math.nan, math.nan)


@inlined
def ask(company: Company, link: Link, parent: Job, occurrence: int) -> None:
    """As a turn of ``Service.ask``."""
    key = derived(parent.key ^ link.key, REQUEST, occurrence)
    if link.keys.avoidable and uniform(key, ASKING) >= link.asking(company.laws):
        work_around(company, link, parent, key)
        return
    request = new_job(company, link.supplier, key, link, parent)
    parent.awaited += request.blocks
    link.tally.asked += 1


@compiled
def buy(company: Company, link: Link, purchase_key: int, customer: Customer) -> None:
    """As ``Service.buy``."""
    purchase = new_job(company, link.supplier, derived(purchase_key ^ link.key, REQUEST), link, none(company.jobs))
    purchase.customer = customer
    purchase.asker = customer.number
    link.tally.asked += 1


@compiled
def work_around(company: Company, link: Link, parent: Job, key: int) -> None:
    """As ``Service._work_around``."""
    way = link.supplier.keys.own_way
    hours = company.laws.workaround_hours * handling_hours(way.kind, way.mean, way.shape, key, HANDLING)
    parent.workaround_hours += hours
    asked_for(parent.department, hours)
    parent.chance *= 1.0 - company.laws.workaround_harm
    link.tally.avoided += 1
    if company.feels:
        disappoint_or_please(company, link, parent, company.laws.workaround_experience)
    if company.traced:
        tell_avoided(company, link, parent, key)


@inlined
def finish(company: Company, job: Job) -> None:
    """As ``Job._finish``."""
    job.finished = company.now
    if job.outcome != RIGHT_FIRST_TIME and not exists(job.fault):
        job.fault = job.service
    count(job)
    how = UNTOLD
    if exists(job.service):
        how = answer(company, job.service, job)
    if company.traced:
        tell_job(company, job, how)
    forget(company, job.parent)
    job.parent = none(job.parent)
    forget(company, job)


@inlined
def count(job: Job) -> None:
    """As ``Department.count``."""
    tally = job.department.tally
    tally.jobs += 1
    if job.outcome == RIGHT_FIRST_TIME:
        tally.right += 1
    elif job.outcome == REPAIRED:
        tally.repaired += 1
    else:
        tally.wrong += 1
    if job.department.keys.bought:
        tally.cost += job.department.keys.price
        tally.contract_answers += 1


@compiled
def shown_by(company: Company, department: Department, person: Person) -> Shown:
    """As ``Department.shown_by``."""
    if not exists(person):
        if department.keys.bought:
            return Shown(department.keys.respect, department.keys.respect, 1.0)
        for post in range(department.post_count):
            holder = nth(department.posts, post).person
            if exists(holder):
                return Shown(holder.ceiling, holder.attitude, holder.manner)
        return Shown(company.laws.ordinary_attitude, company.laws.ordinary_attitude, 1.0)
    return Shown(person.ceiling, person.attitude, person.manner)


@inlined
def answer(company: Company, link: Link, job: Job) -> Treatment:
    """As ``Service.answer``."""
    delay = company.now - job.asked
    tally = link.tally
    tally.answered += 1
    tally.delay_hours += delay
    tally.in_time += delay <= job.acceptable_wait_hours
    how = UNTOLD
    if company.feels:
        shown = shown_by(company, link.supplier, job.person)
        how = treatment(shown, delay, job.acceptable_wait_hours, job.outcome, company.laws)
        tally.experience += how.experience
        if exists(job.person):
            job.person.shown += how.respect
            job.person.served += 1
    if link.to_market:
        deliver(company, job, link, how)
        return how
    if company.feels:
        feel(company, link, job, how)
    parent = job.parent
    if exists(parent):
        if job.outcome == WRONG and math.isnan(parent.finished):
            parent.chance *= 1.0 - company.laws.wrong_answer_harm
            if not exists(parent.fault):
                parent.fault = job.fault
        if job.blocks:
            answered(company, parent, job)
    return how


@compiled
def feel(company: Company, link: Link, job: Job, how: Treatment) -> None:
    """As ``Service._feel``."""
    keys = company.laws
    link.supplier.tally.felt(how)
    link.remember(how, keys)
    link.used_today = True
    disappoint_or_please(company, link, job.parent, how.experience)
    if exists(job.parent) and exists(job.parent.person) and exists(job.person):
        asker = job.parent.person
        manner = laws.felt(asker.attitude * asker.manner - keys.ordinary_respect, keys.loss_aversion)
        job.person.feel_something(manner, keys.mood_from_manner, keys)


@compiled
def disappoint_or_please(company: Company, link: Link, asking: Job, experience: float) -> None:
    """As ``Service._disappoint_or_please``."""
    feeling = link.surprise(experience, company.now, company.laws)
    if exists(asking):
        tally = asking.department.tally
        tally.received += 1
        tally.experience_received += experience
        if exists(asking.person):
            asking.person.feel_something(feeling, company.laws.mood_from_service, company.laws)

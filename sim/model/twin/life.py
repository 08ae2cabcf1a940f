"""The flow of ``../job.py``, compiled: the life of a job as what comes after each wait.

``Job.live`` there is to be read; here a job's ``stage`` says what it was at when it last had to wait.
"""

import math

from sim.model import distributions
from sim.model.job import REPAIRED, WRONG
from sim.model.line import NEW, RESUMED
from sim.model.luck import DECISION, HANDLING, NOTICED, REPAIR, RIGHT
from sim.model.twin.agenda import WORK, as_task, schedule
from sim.model.twin.job import asked_for, has_needs, hold, requests
from sim.model.twin.line import join, release, take
from sim.model.twin.management import decide
from sim.model.twin.memory import exists, none, nth
from sim.model.twin.service import ask, finish
from sim.model.twin.source import compiled, inlined, module, uniform
from sim.model.twin.things import Company, Job

handling_hours = module(distributions).handling_hours
AT_INTAKE, PARKED, AT_REST, AT_REPAIR = range(4)


@inlined
def begin(company: Company, job: Job) -> None:
    """A job comes to life. ``rest`` is what remains after the intake; ``decides`` is asked again after it."""
    department = job.department
    way = department.keys.way
    hours = handling_hours(way.kind, way.mean, way.shape, job.key, HANDLING)
    share = company.epoch.decision_share
    job.decides = share > 0.0 and not department.keys.bought and uniform(job.key, DECISION) < share
    asked_for(department, hours)
    if has_needs(job) or job.decides:
        intake = hours * department.keys.intake_share
        job.rest = hours - intake
        job.stage = AT_INTAKE
        if work(company, job, intake, NEW):
            return
    else:
        job.stage = AT_REST
        if work(company, job, hours, NEW):
            return
    go_on(company, job)


@compiled
def work(company: Company, job: Job, hours: float, standing: int) -> bool:
    """As ``Job._work`` up to the first wait: whether there is one, in line or at work."""
    if hours <= 0.0:
        return False
    job.hours = hours
    department = job.department
    if not exists(job.worker) and not department.keys.bought:
        job.worker = take(company, department.line)
        if not exists(job.worker):
            join(company, department.line, as_task(job), standing, job.priority)
            return True
    toil(company, job)
    return True


@inlined
def toil(company: Company, job: Job) -> None:
    """A job is in somebody's hands, a contractor's, or nobody's any more."""
    if math.isnan(job.started):
        job.started = company.now
    hold(company, job, job.worker)
    if exists(job.worker):
        job.hours *= job.worker.pace * job.department.pressure
    schedule(company, job.hours, WORK, job.key, as_task(job))


@inlined
def wake(company: Company, job: Job) -> None:
    """It is a job's turn in line, or all its answers have come."""
    if job.stage == PARKED:
        if not exists(job.critical):
            job.deciding_hours += company.now - job.since
        job.stage = AT_REST
        if not work(company, job, job.rest, RESUMED):
            go_on(company, job)
    else:
        job.queueing_hours += company.now - job.joined
        toil(company, job)


@inlined
def worked(company: Company, job: Job) -> None:
    """A piece of work is done."""
    job.handling_hours += job.hours
    if job.stage == AT_REPAIR:
        job.repair_hours += job.handling_hours - job.since
        job.handling_hours = job.since
        job.attempt += 1
    go_on(company, job)


@compiled
def go_on(company: Company, job: Job) -> None:
    """What comes after a piece of work, until the next wait or the end."""
    if job.stage == AT_INTAKE:
        discover(company, job)
        if job.awaited > 0:
            lay_down(company, job)
            job.stage = PARKED
            job.since = company.now
            return
        job.stage = AT_REST
        if work(company, job, job.rest, NEW):
            return
    while finds_an_error(company, job):
        job.stage = AT_REPAIR
        job.since = job.handling_hours
        if work(company, job, job.rest, RESUMED):
            return
        job.attempt += 1
    lay_down(company, job)
    finish(company, job)


@inlined
def discover(company: Company, job: Job) -> None:
    """The needs of a job are known: each supplier is asked, the decision sought."""
    department = job.department
    for place in range(department.supplier_count):
        supplier = nth(department.suppliers, place)
        for occurrence in range(requests(job, supplier)):
            ask(company, supplier.link, job, occurrence)
    job.rest += job.workaround_hours
    if job.decides:
        job.rest += decide(company, job)


@inlined
def finds_an_error(company: Company, job: Job) -> bool:
    """As a turn of ``Job._repair`` up to its work: whether there is an error that is noticed, and is to be repaired."""
    department = job.department
    if uniform(job.key, RIGHT, job.attempt) < chance(company, job):
        return False
    if uniform(job.key, NOTICED, job.attempt) >= department.keys.errors_noticed:
        job.outcome = WRONG
        return False
    job.outcome = REPAIRED
    way = department.keys.way
    job.rest = handling_hours(way.kind, way.mean, way.shape, job.key, REPAIR, job.attempt)
    asked_for(department, job.rest)
    return True


@inlined
def chance(company: Company, job: Job) -> float:
    """As ``Job._chance``."""
    department = job.department
    right = department.keys.right
    if exists(job.person) and not department.keys.bought:
        right = job.person.right_first_time(right, department.flaw_count, company.laws)
    if job.attempt == 0:
        right *= job.chance
    if exists(job.service):
        return job.service.fewer_errors(right, company.laws)
    return right


@inlined
def lay_down(company: Company, job: Job) -> None:
    """Out of the hands of whoever had it."""
    if exists(job.worker):
        release(company, job.department.line, job.worker)
        job.worker = none(job.worker)

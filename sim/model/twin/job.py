"""Jobs as they are made, needed and forgotten; their life is in ``life.py``."""

import math

from sim.model.line import ORDINARY_PRIORITY
from sim.model.luck import NEED
from sim.model.twin.agenda import as_task, begin_now, wake_now
from sim.model.twin.line import let_go
from sim.model.twin.memory import exists, none, nth, seen_as, wipe
from sim.model.twin.source import inlined, uniform
from sim.model.twin.things import Company, Department, Job, Link, Person, Supplier

JOB = 0
"""What a task is that is a job."""
as_job = seen_as(Job)


@inlined
def new_job(company: Company, department: Department, key: int, service: Link, parent: Job) -> Job:
    """As ``Job.__init__``; it begins as soon as whoever asks for it has nothing more to do now."""
    job = company.jobs
    company.jobs = as_job(job.next)
    company.jobs_free -= 1
    company.short |= company.jobs_free < company.jobs_at_once
    wipe(job)
    job.what = JOB
    job.holds = 1
    job.department = department
    job.key = key
    job.service = service
    job.asked_in = company.epoch
    job.number = company.numbers
    company.numbers += 1
    job.root = job.number
    job.asker = -1
    job.parent = parent
    if exists(parent):
        parent.holds += 1
        job.root = parent.root
        if exists(parent.person):
            job.asker = parent.person.number
    job.asked = company.now
    job.started = math.nan
    job.finished = math.nan
    job.priority = ORDINARY_PRIORITY
    if exists(service):
        job.blocks = service.keys.blocking
        job.priority = service.keys.priority
        job.acceptable_wait_hours = service.keys.acceptable_wait_hours
    job.chance = 1.0
    begin_now(company, as_task(job))
    return job


@inlined
def hold(company: Company, job: Job, person: Person) -> None:
    """Who worked on a job last."""
    if exists(person):
        person.holds += 1
    if exists(job.person):
        let_go(company, job.person)
    job.person = person


@inlined
def forget(company: Company, job: Job) -> None:
    """One less needs a job; when nobody does it is forgotten, and so may be those that it waited for."""
    while exists(job):
        job.holds -= 1
        if job.holds > 0:
            break
        hold(company, job, none(job.person))
        last = job.critical
        job.next = as_task(company.jobs)
        company.jobs = job
        company.jobs_free += 1
        job = last


@inlined
def asked_for(department: Department, hours: float) -> None:
    """As ``Department.asked_for``."""
    hours *= department.pace * department.pressure
    department.asked_hours += hours
    department.tally.offered_hours += hours


@inlined
def requests(job: Job, through: Supplier) -> int:
    """How many requests a job needs through a link, as it was when the job was asked."""
    keys = nth(job.asked_in.links, through.place)
    count = keys.surely
    if keys.perhaps > 0.0 and uniform(job.key ^ through.key, NEED) < keys.perhaps:
        count += 1
    return count


@inlined
def has_needs(job: Job) -> bool:
    """Whether a job must ask anybody."""
    department = job.department
    for place in range(department.supplier_count):
        if requests(job, nth(department.suppliers, place)) > 0:
            return True
    return False


@inlined
def answered(company: Company, job: Job, last: Job) -> None:
    """As ``Job.answered``."""
    job.awaited -= 1
    if job.awaited == 0:
        job.critical = last
        if exists(last):
            last.holds += 1
        wake_now(company, as_task(job))

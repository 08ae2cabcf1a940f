"""Requests as the trace tells them, written into a block of rows."""

import math

from sim.model.treatment import Treatment
from sim.model.twin.memory import exists, nth
from sim.model.twin.source import compiled
from sim.model.twin.things import Company, Job, Link, Person, Row

NOBODY = -1
OUTSIDE = -1
OWN_WORK = -2
ANSWERED, AVOIDED, OPEN = range(3)


@compiled
def next_row(company: Company) -> Row:
    """Room for one more."""
    company.row_count += 1
    company.short |= company.row_count + company.rows_at_once > company.row_room
    return nth(company.rows, company.row_count - 1)


@compiled
def number_of(person: Person) -> int:
    """Who somebody is in their team."""
    return person.number if exists(person) else NOBODY


@compiled
def tell_avoided(company: Company, link: Link, parent: Job, key: int) -> None:
    """As ``Trace.avoid``."""
    row = next_row(company)
    row.key = key
    row.number = company.numbers
    company.numbers += 1
    row.parent = parent.number
    row.root = parent.root
    row.supplier = link.supplier.place
    row.customer = link.customer.place
    row.asker = number_of(parent.person)
    row.server = NOBODY
    row.right = NOBODY
    row.answer = AVOIDED
    row.asked = company.now
    row.started = math.nan
    row.finished = math.nan
    row.wait_hours = math.nan
    row.work_hours = math.nan
    row.respect = math.nan
    row.agility = math.nan
    row.care = math.nan
    row.ceiling = math.nan


@compiled
def tell_job(company: Company, job: Job, how: Treatment) -> None:
    """As ``Trace._add``, of a job that is answered or, at the end, still open."""
    row = next_row(company)
    finished = not math.isnan(job.finished)
    row.key = job.key
    row.number = job.number
    row.root = job.root
    row.supplier = job.department.place
    row.customer = OWN_WORK
    if exists(job.service):
        row.customer = OUTSIDE if job.service.to_market else job.service.customer.place
    row.parent = NOBODY
    row.asker = job.asker
    if exists(job.parent):
        row.parent = job.parent.number
        row.asker = number_of(job.parent.person)
    row.server = number_of(job.person)
    row.right = job.outcome if finished else NOBODY
    row.answer = ANSWERED if finished else OPEN
    row.asked = job.asked
    row.started = job.started
    row.finished = job.finished
    row.work_hours = job.handling_hours + job.repair_hours
    row.wait_hours = max(0.0, job.finished - job.asked - row.work_hours) if finished else math.nan
    row.respect = how.respect
    row.agility = how.agility
    row.care = how.care
    row.ceiling = how.ceiling

"""The flow of ``../management.py``, compiled: decisions, managers' weeks and days, and the tree that changes."""

from sim.model import distributions, hierarchy, laws, luck
from sim.model.calendar import DAYS_PER_MONTH, DAYS_PER_WEEK, HOURS_PER_DAY
from sim.model.practice_days import managers_hours_a_month as hours_a_month
from sim.model.twin.agenda import DECIDING
from sim.model.twin.agenda import DUTY as AT_DUTY
from sim.model.twin.arrivals import begin_stream, look_again, set_rate
from sim.model.twin.errands import CLIMB, meet, new_errand
from sim.model.twin.job import asked_for
from sim.model.twin.line import close, take_person, welcome
from sim.model.twin.memory import exists, nth
from sim.model.twin.source import as_compiled, compiled, derived, module, uniform
from sim.model.twin.things import Company, Job, Manager

laws = module(laws)
exponential = module(distributions).exponential
tier_that_decides = as_compiled(hierarchy.tier_that_decides)
managers_hours_a_month = as_compiled(hours_a_month)
DECIDING_HOURS, IMPORTANCE, DECIDED, DUTIES, MEETING = (
    luck.DECIDING,
    luck.IMPORTANCE,
    luck.DECIDED,
    luck.ARRIVAL,
    luck.MEETING,
)


@compiled
def decide(company: Company, job: Job) -> float:
    """As ``Management.decide``."""
    epoch, keys, department = company.epoch, company.laws, job.department
    hours = float(exponential(epoch.decision_hours, uniform(job.key, DECIDING_HOURS)))
    importance = uniform(job.key, IMPORTANCE)
    tier = tier_that_decides(importance, epoch.delegation, epoch.layers)
    if tier == 0:
        skill = job.person.skill if exists(job.person) else 1.0
        clarity = department.keys.practices.role_clarity
        error = laws.decision_error(
            importance,
            skill,
            clarity,
            keys.decision_error,
            keys.decision_needs_skill,
            keys.decision_needs_clarity,
        )
        risk(company, job, error)
        department.tally.decisions += 1
        department.tally.decision_hours += hours
        asked_for(department, hours)
        return hours
    job.awaited += 1
    risk(company, job, laws.erring_above(float(tier), keys.decision_kept, keys.manager_error))
    climb = new_errand(company, CLIMB, job.key)
    climb.job = job
    climb.manager = nth(department.keys.superiors, tier - 1).manager
    climb.hours = hours
    climb.kind = DECIDING
    climb.way_hours = tier * epoch.relay_hours
    return 0.0


@compiled
def risk(company: Company, job: Job, error: float) -> None:
    """As ``Management._risk``."""
    if error > 0.0 and uniform(job.key, DECIDED) < error:
        job.chance *= 1.0 - company.laws.wrong_decision_harm
        job.department.tally.decisions_wrong += 1


@compiled
def leaning(company: Company, manager: Manager) -> float:
    """As ``Management._leaning``."""
    return company.epoch.chief_authoritarian if manager.keys.is_chief else company.epoch.authoritarian


@compiled
def managers_begin_day(company: Company) -> None:
    """As ``Management.begin_day``."""
    epoch = company.epoch
    company.tally.cost += epoch.in_office_count * epoch.manager_hour * HOURS_PER_DAY
    if not company.managed or not company.feels:
        return
    for place in range(epoch.in_office_count):
        manager = nth(epoch.from_the_top, place).manager
        manager.tally.days += 1
        manager.tally.style += manager.style
        if company.day % DAYS_PER_WEEK == 0:
            see_people(company, manager)


@compiled
def see_people(company: Company, manager: Manager) -> None:
    """Once a week a manager sees the people who answer to them."""
    total = 0.0
    for place in range(manager.keys.unit_count):
        part = nth(manager.keys.unit, place).department
        total += managers_hours_a_month(part.keys.practices, company.laws)
    monthly = total / manager.keys.unit_count
    people = min(manager.keys.span, company.laws.ordinary_span)
    hours = monthly * people * DAYS_PER_WEEK / DAYS_PER_MONTH
    if hours > 0.0:
        meet(company, manager.line, hours, AT_DUTY, derived(manager.key, MEETING, company.day))


@compiled
def managers_end_day(company: Company) -> None:
    """As ``Management.end_day``."""
    if not company.managed or not company.feels:
        return
    keys, epoch = company.laws, company.epoch
    kept = laws.kept(keys.style_half_life_days)
    for place in range(epoch.in_office_count):
        manager = nth(epoch.from_the_top, place).manager
        aim = leaning(company, manager)
        above = manager.keys.head.style if exists(manager.keys.head) else aim
        manager.style = laws.style_tomorrow(manager.style, above, aim, keys.style_passed, kept)


@compiled
def change_tree(company: Company) -> None:
    """As ``Management.change``."""
    epoch = company.epoch
    if not company.managed:
        return
    for place in range(company.manager_count):
        manager = nth(company.managers, place)
        manager.keys = nth(epoch.managers, place)
        if manager.begun:
            change_manager(company, manager)
    for place in range(epoch.in_office_count):
        manager = nth(epoch.from_the_top, place).manager
        if not manager.begun:
            aim = leaning(company, manager)
            above = manager.keys.head.style if exists(manager.keys.head) else aim
            manager.style = laws.style_tomorrow(aim, above, aim, company.laws.style_passed, 0.0)
            begin_manager(company, manager)


@compiled
def change_manager(company: Company, manager: Manager) -> None:
    """As ``Manager.change``."""
    manager.in_office = manager.keys.in_office
    if set_rate(company, manager.duties, company.epoch.duties_per_hour if manager.in_office else 0.0):
        look_again(company, manager.duties)
    if not manager.in_office:
        close(company, manager.line)
        return
    manager.line.closing = False
    if manager.line.staff == 0:
        welcome(company, manager.line, take_person(company))


@compiled
def begin_manager(company: Company, manager: Manager) -> None:
    """As ``Manager.__init__``."""
    manager.begun = True
    manager.in_office = True
    manager.line.counted_to = company.now
    welcome(company, manager.line, take_person(company))
    begin_stream(company, manager.duties, AT_DUTY, derived(manager.key, DUTIES))
    set_rate(company, manager.duties, company.epoch.duties_per_hour)
    look_again(company, manager.duties)

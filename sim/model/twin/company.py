"""The flow of ``../company.py``, compiled: one loop through moments, days and dated changes.

``advance`` goes on until it needs something of its caller, and says what: at a week's end its tallies are read,
where room runs out there is more of it, where rows are full they are handed on.
"""

from sim.model import luck
from sim.model.calendar import DAYS_PER_WEEK, HOURS_PER_DAY
from sim.model.record import LINE, DepartmentTally, LinkTally, ManagerTally, columns_of
from sim.model.twin import department as departments
from sim.model.twin.agenda import (
    ARRIVAL,
    DAY,
    FLAW,
    NEWCOMER,
    WORK,
    close_up,
    drop_first,
    next_to_begin,
    next_to_wake,
    schedule,
)
from sim.model.twin.arrivals import add_buyer, begin_stream, look_again, look_for_purchases, set_rate
from sim.model.twin.diary import say_moment, say_states
from sim.model.twin.errands import go
from sim.model.twin.job import JOB, as_job
from sim.model.twin.life import begin, wake, worked
from sim.model.twin.line import count_hours
from sim.model.twin.management import change_tree, managers_begin_day, managers_end_day
from sim.model.twin.market import new_customer, observe, panel_satisfaction
from sim.model.twin.memory import fetch, hand_over, nth, reached, seen_as
from sim.model.twin.source import compiled, derived, inlined
from sim.model.twin.streams import arrives, take_on_flaw, vanishes
from sim.model.twin.things import Arrivals, Company, Errand, Figure, Line, Task

STREAM, DAYS = 10, 11
"""What a task is that is neither a job nor an errand."""
NOTHING, END, WEEK, ROOM = range(4)
"""What ``advance`` needs."""
OF_DEPARTMENT, OF_LINK, OF_MANAGER = (len(columns_of(tally)) for tally in (DepartmentTally, LinkTally, ManagerTally))
OF_LINE = len(LINE)
LARGE = 500
"""Choice: from so many departments on, a company no longer lies near the processor (``experiments/benchmarks``)."""
company_at = reached(Company)
as_errand = seen_as(Errand)
as_stream = seen_as(Arrivals)
ARRIVING, FLAWED = luck.ARRIVAL, luck.FLAW
begin_day_of, end_day_of, change_department = departments.begin_day, departments.end_day, departments.change
link_ends_day, talk = departments.link_ends_day, departments.talk


@inlined
def happen(company: Company, task: Task) -> None:
    """A moment has come for a task."""
    if task.what == JOB:
        worked(company, as_job(task))
    elif task.what == STREAM:
        arrives(company, as_stream(task))
    elif task.what == DAYS:
        end_day(company)
    else:
        go(company, as_errand(task))


@compiled
def start(company: Company, customers: int, market_key: int) -> None:
    """As ``Company.__init__``: everything is there, as the first epoch says, and nothing has happened."""
    company.epoch_place = -1
    company.days.what = DAYS
    take_up(company)
    change_tree(company)
    for place in range(company.department_count):
        department = nth(company.departments, place)
        department.pace = 1.0
        department.line.counted_to = company.now
        begin_stream(company, department.own_work, ARRIVAL, derived(department.key, ARRIVING))
        begin_stream(company, department.own_flaws, FLAW, derived(department.key, FLAWED))
        flaws = department.flaw_count
        department.flaw_count = 0
        for nth_flaw in range(flaws):
            take_on_flaw(company, department, vanishes(company, department, company.now, -1 - nth_flaw))
        change_department(company, department)
    for place in range(company.link_count):
        nth(company.links, place).last_used = company.now
    for place in range(customers):
        add_buyer(company, new_customer(company, derived(market_key, ARRIVING, place), company.start_satisfaction), 0.0)
    company.active = customers
    company.satisfaction = customers * company.start_satisfaction
    company.purchases.kind = ARRIVAL
    company.purchases.set_at = company.now
    begin_stream(company, company.newcomers, NEWCOMER, derived(market_key, luck.NEWCOMER))
    change_market(company)
    company.opening = company.department_count
    company.day_begins = True


@compiled
def take_up(company: Company) -> None:
    """The next epoch holds from now on."""
    company.epoch_place += 1
    company.epoch = nth(company.epochs, company.epoch_place)
    company.laws = company.epoch.laws
    for place in range(company.department_count):
        nth(company.departments, place).keys = nth(company.epoch.departments, place)
    for place in range(company.link_count):
        nth(company.links, place).keys = nth(company.epoch.links, place)


@compiled
def change_market(company: Company) -> None:
    """As ``Market.change``."""
    if set_rate(company, company.purchases, company.epoch.purchases_per_hour):
        look_for_purchases(company)
    if set_rate(company, company.newcomers, company.epoch.newcomers_per_hour):
        look_again(company, company.newcomers)


@compiled
def begin_day(company: Company) -> None:
    """As ``Company._pass_the_days`` up to its wait, departments apart."""
    while (
        company.epoch_place + 1 < company.epoch_count
        and nth(company.epochs, company.epoch_place + 1).day == company.day
    ):
        take_up(company)
        for place in range(company.department_count):
            change_department(company, nth(company.departments, place))
        change_market(company)
        change_tree(company)
    if company.day == 0:
        observe(company)
    managers_begin_day(company)
    company.opening = 0


@compiled
def open_department(company: Company) -> None:
    """The day begins in one more department; after the last, it takes its course."""
    begin_day_of(company, nth(company.departments, company.opening))
    company.opening += 1
    if company.opening == company.department_count:
        schedule(company, HOURS_PER_DAY, DAY, 0, company.days)
        if company.watched:
            say_states(company)


@compiled
def end_day(company: Company) -> None:
    """As ``Company._end_day``."""
    managers_end_day(company)
    for place in range(company.department_count):
        end_day_of(company, nth(company.departments, place))
    if company.feels:
        for place in range(company.link_count):
            link_ends_day(company, nth(company.links, place))
        talk(company)
    company.day += 1
    company.day_begins = True


@compiled
def end_week(company: Company) -> None:
    """As ``Company._end_week``: tallies become figures, and begin anew."""
    for place in range(company.department_count):
        department = nth(company.departments, place)
        count_hours(company, department.line)
        figures = nth(company.department_figures, place * (OF_DEPARTMENT + OF_LINE))
        hand_over(department.tally, figures)
        hand_over_hours(department.line, nth(figures, OF_DEPARTMENT))
    for place in range(company.link_count):
        hand_over(nth(company.links, place).tally, nth(company.link_figures, place * OF_LINK))
    for place in range(company.manager_count):
        manager = nth(company.managers, place)
        if manager.begun:
            count_hours(company, manager.line)
            figures = nth(company.manager_figures, place * (OF_MANAGER + OF_LINE))
            hand_over(manager.tally, figures)
            hand_over_hours(manager.line, nth(figures, OF_MANAGER))
    company.market_tally.active = company.active
    company.market_tally.panel = panel_satisfaction(company)
    hand_over(company.market_tally, company.market_figures)
    hand_over(company.tally, company.figures)


@compiled
def hand_over_hours(line: Line, figures: Figure) -> None:
    """What a line adds to a row, in the order of ``LINE``."""
    nth(figures, 0).value = line.visits
    nth(figures, 1).value = line.waits
    nth(figures, 2).value = line.waited_hours
    nth(figures, 3).value = line.waiting_area
    nth(figures, 4).value = line.busy_hours
    nth(figures, 5).value = line.staffed_hours
    line.visits = 0
    line.waits = 0
    line.waited_hours = 0.0
    line.waiting_area = 0.0
    line.busy_hours = 0.0
    line.staffed_hours = 0.0


@inlined
def begin_next(company: Company) -> None:
    """Whose turn it is begins."""
    task = next_to_begin(company)
    if task.what == JOB:
        begin(company, as_job(task))
    else:
        go(company, as_errand(task))


@inlined
def wake_next(company: Company) -> None:
    """Whose turn it is goes on."""
    task = next_to_wake(company)
    if task.what == JOB:
        wake(company, as_job(task))
    else:
        go(company, as_errand(task))


@inlined
def look_ahead(company: Company) -> None:
    """Fetch what comes next from where memory is slow: one of four in the heap, unless something sooner is scheduled.

    Other work than a job's has something else where a job has its department; fetching that is only in vain.
    """
    for place in range(1, min(5, company.agenda_count)):
        event = nth(company.agenda, place)
        job = as_job(event.task)
        fetch(job)
        if event.kind == WORK:
            fetch(job.department)
            fetch(job.worker)
            fetch(job.service)
            fetch(job.parent)


@inlined
def live_a_moment(company: Company) -> None:
    """The next moment comes, unless nobody waits for it any more."""
    event = company.agenda
    task = event.task
    if event.stamp != task.stamp:
        drop_first(company)
        return
    company.now = event.time
    if company.watched:
        say_moment(company, event)
    drop_first(company)
    if company.department_count >= LARGE:
        look_ahead(company)
    happen(company, task)


@inlined
def step(company: Company) -> int:
    """What comes next, as in the reference: a day's beginning, what begins, what wakes, the next moment."""
    if company.day_begins:
        company.day_begins = False
        begin_day(company)
    elif company.opening < company.department_count:
        open_department(company)
    elif company.urgent_count > 0:
        begin_next(company)
    elif company.normal_count > 0:
        wake_next(company)
    else:
        close_up(company)
        if company.agenda.time >= company.end:
            company.now = company.end
            end_week(company)
            return END
        live_a_moment(company)
        if company.day_begins and company.day % DAYS_PER_WEEK == 0:
            end_week(company)
            return WEEK
    return NOTHING


def advance(address: int, customers: int, market_key: int) -> int:
    """Go on until something is needed; with ``customers`` (else −1), begin."""
    company = company_at(address)
    if customers >= 0:
        start(company, customers, market_key)
    while True:
        if company.short:
            return ROOM
        needed = step(company)
        if needed != NOTHING:
            return needed

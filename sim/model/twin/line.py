"""The flow of ``../line.py``, compiled: people who serve, and tasks that wait for one of them."""

from sim.model.line import NEW, ORDINARY_PRIORITY
from sim.model.twin.agenda import wake_now
from sim.model.twin.memory import exists, none, same, wipe
from sim.model.twin.source import compiled, inlined
from sim.model.twin.things import Company, Lane, Line, Person, Task


@compiled
def take_person(company: Company) -> Person:
    """Somebody who is nobody yet."""
    person = company.people
    company.people = person.next
    company.people_free -= 1
    company.short |= company.people_free < company.people_at_once
    wipe(person)
    return person


@inlined
def let_go(company: Company, person: Person) -> None:
    """One less needs somebody; when nobody does, they are forgotten."""
    person.holds -= 1
    if person.holds == 0:
        person.next = company.people
        company.people = person
        company.people_free += 1


@inlined
def take(company: Company, line: Line) -> Person:
    """As ``Line.take``."""
    worker = line.idle
    if exists(worker):
        count_hours(company, line)
        leave_idle(line, worker)
        enter_busy(line, worker)
        line.visits += 1
    return worker


@inlined
def join(company: Company, line: Line, task: Task, standing: int, priority: int) -> None:
    """As ``Line.join``: the task wakes when it is its turn, with ``worker`` set."""
    count_hours(company, line)
    task.joined = company.now
    task.next = none(task)
    lane = lane_of(company, line, standing, priority)
    if exists(lane.first):
        lane.last.next = task
    else:
        lane.first = task
    lane.last = task
    line.waiting += 1


@compiled
def seek(company: Company, line: Line, task: Task) -> bool:
    """The beginning of ``Line.occupy``: whether somebody is free; else the task waits for its turn."""
    task.worker = take(company, line)
    if exists(task.worker):
        return True
    join(company, line, task, NEW, ORDINARY_PRIORITY)
    return False


@inlined
def release(company: Company, line: Line, worker: Person) -> None:
    """As ``Line.release``."""
    count_hours(company, line)
    if worker.leaving or (line.closing and line.waiting == 0):
        leave_busy(line, worker)
        line.staff -= 1
        let_go(company, worker)
        let_go_of_the_rest(company, line)
    elif line.waiting > 0:
        serve_next(company, line, worker)
    else:
        leave_busy(line, worker)
        enter_idle(line, worker)


@compiled
def welcome(company: Company, line: Line, worker: Person) -> None:
    """As ``Line.welcome``."""
    count_hours(company, line)
    if line.closing:
        leftover = line.busy
        while exists(leftover):
            leftover.leaving = True
            leftover = leftover.next
    line.closing = False
    line.staff += 1
    worker.holds += 1
    if line.waiting > 0:
        enter_busy(line, worker)
        serve_next(company, line, worker)
    else:
        enter_idle(line, worker)


@compiled
def dismiss(company: Company, line: Line, worker: Person) -> None:
    """As ``Line.dismiss``."""
    count_hours(company, line)
    if worker.at_work:
        worker.leaving = True
    else:
        leave_idle(line, worker)
        line.staff -= 1
        let_go(company, worker)


@compiled
def close(company: Company, line: Line) -> None:
    """As ``Line.close``."""
    count_hours(company, line)
    line.closing = True
    while exists(line.idle):
        worker = line.idle
        leave_idle(line, worker)
        line.staff -= 1
        let_go(company, worker)
    let_go_of_the_rest(company, line)


@inlined
def count_hours(company: Company, line: Line) -> None:
    """Add the hours since the last look, before anything about the line changes."""
    hours = company.now - line.counted_to
    if hours > 0.0:
        line.counted_to = company.now
        line.waiting_area += hours * line.waiting
        line.busy_hours += hours * line.working
        line.staffed_hours += hours * line.staff


@compiled
def let_go_of_the_rest(company: Company, line: Line) -> None:
    """Where a line closes and nobody is left, those who still wait are let go."""
    while line.closing and line.waiting > 0 and line.working == 0:
        task = next_waiting(line)
        task.worker = none(task.worker)
        wake_now(company, task)


@inlined
def serve_next(company: Company, line: Line, worker: Person) -> None:
    """Whose turn it is has somebody."""
    task = next_waiting(line)
    line.visits += 1
    line.waits += 1
    line.waited_hours += company.now - task.joined
    task.worker = worker
    wake_now(company, task)


@inlined
def next_waiting(line: Line) -> Task:
    """The first of the first lane in which anybody waits."""
    lane = line.lanes
    while not exists(lane.first):
        lane = lane.next
    task = lane.first
    lane.first = task.next
    line.waiting -= 1
    return task


@compiled
def lane_of(company: Company, line: Line, standing: int, priority: int) -> Lane:
    """Where those of a standing and priority wait; lanes hang in the order in which they are served."""
    before = none(line.lanes)
    lane = line.lanes
    while exists(lane):
        if lane.standing == standing and lane.priority == priority:
            return lane
        if lane.standing > standing or (lane.standing == standing and lane.priority > priority):
            break
        before = lane
        lane = lane.next
    new = company.lanes
    company.lanes = new.next
    company.lanes_free -= 1
    company.short |= company.lanes_free < company.lanes_at_once
    wipe(new)
    new.standing = standing
    new.priority = priority
    new.next = lane
    if exists(before):
        before.next = new
    else:
        line.lanes = new
    return new


@inlined
def enter_idle(line: Line, worker: Person) -> None:
    """Rest, behind those who have rested longer."""
    worker.next = none(worker)
    worker.before = line.idle_last
    if exists(line.idle_last):
        line.idle_last.next = worker
    else:
        line.idle = worker
    line.idle_last = worker


@inlined
def leave_idle(line: Line, worker: Person) -> None:
    """No more at rest."""
    if exists(worker.before):
        worker.before.next = worker.next
    else:
        line.idle = worker.next
    if exists(worker.next):
        worker.next.before = worker.before
    else:
        line.idle_last = worker.before


@inlined
def enter_busy(line: Line, worker: Person) -> None:
    """At work from now on."""
    worker.at_work = True
    worker.before = none(worker)
    worker.next = line.busy
    if exists(line.busy):
        line.busy.before = worker
    line.busy = worker
    line.working += 1


@inlined
def leave_busy(line: Line, worker: Person) -> None:
    """No more at work."""
    worker.at_work = False
    if same(worker, line.busy):
        line.busy = worker.next
    if exists(worker.before):
        worker.before.next = worker.next
    if exists(worker.next):
        worker.next.before = worker.before
    line.working -= 1

"""What happens next: moments to come in a heap, in the order of ``moment.py``; and what happens now, in its turn.

The heap has four branches. What happens now stands in two rows, as SimPy's plain events do: first what begins, then
what wakes.
"""

import math

from sim.model.twin.memory import copy, nth, seen_as
from sim.model.twin.source import compiled, inlined
from sim.model.twin.things import Company, Event, Task

DAY, WORK, DECIDING, RELAY, DUTY, ARRIVAL, FLAW, NEWCOMER = range(1, 9)
"""Kinds of moments, in the order in which they come at equal times: those of ``moment.py`` without their shift."""


as_task = seen_as(Task)


@inlined
def comes_before(one: Event, time: float, kind: int, key: int) -> bool:
    """The order of moments."""
    if one.time != time:
        return one.time < time
    if one.kind != kind:
        return one.kind < kind
    return one.key < key


@inlined
def schedule(company: Company, delay: float, kind: int, key: int, task: Task) -> None:
    """As ``Moment``: something happens to a task after some hours; what it waited for before no longer counts."""
    if company.grid > 0.0:
        delay = math.ceil(delay / company.grid - 1e-9) * company.grid
    time = company.now + delay
    task.stamp += 1
    if company.first_is_past:
        company.first_is_past = False
        place = down_from_the_top(company, time, kind, key)
    else:
        place = up_from_the_end(company, time, kind, key)
    event = nth(company.agenda, place)
    event.time = time
    event.kind = kind
    event.key = key
    event.task = task
    event.stamp = task.stamp


@compiled
def up_from_the_end(company: Company, time: float, kind: int, key: int) -> int:
    """Where a moment belongs in a heap that grows by one."""
    place = company.agenda_count
    company.agenda_count += 1
    company.short |= company.agenda_count + company.moments_at_once > company.agenda_room
    while place > 0:
        above = nth(company.agenda, (place - 1) >> 2)
        if comes_before(above, time, kind, key):
            break
        copy(nth(company.agenda, place), above)
        place = (place - 1) >> 2
    return place


@compiled
def down_from_the_top(company: Company, time: float, kind: int, key: int) -> int:
    """Where a moment belongs in a heap whose first is past."""
    agenda, count = company.agenda, company.agenda_count
    place = 0
    while True:
        child = 4 * place + 1
        if child + 3 < count:
            one = child + is_sooner(nth(agenda, child + 1), nth(agenda, child))
            other = child + 2 + is_sooner(nth(agenda, child + 3), nth(agenda, child + 2))
            child = one + (other - one) * is_sooner(nth(agenda, other), nth(agenda, one))
        elif child < count:
            for other in range(child + 1, count):
                if is_sooner(nth(agenda, other), nth(agenda, child)):
                    child = other
        else:
            return place
        best = nth(agenda, child)
        if not comes_before(best, time, kind, key):
            return place
        copy(nth(agenda, place), best)
        place = child


@inlined
def is_sooner(one: Event, other: Event) -> bool:
    """``comes_before`` without a jump, since nobody can foresee which of four is the first."""
    in_a_tie = (one.kind < other.kind) | ((one.kind == other.kind) & (one.key < other.key))
    return (one.time < other.time) | ((one.time == other.time) & in_a_tie)


@inlined
def drop_first(company: Company) -> None:
    """The next moment is past: its place in the heap is taken by what is scheduled now, else by the last."""
    company.first_is_past = True


@inlined
def close_up(company: Company) -> None:
    """Nothing was scheduled since the last moment, so the heap shrinks."""
    if company.first_is_past:
        company.first_is_past = False
        company.agenda_count -= 1
        last = nth(company.agenda, company.agenda_count)
        place = down_from_the_top(company, last.time, last.kind, last.key)
        copy(nth(company.agenda, place), last)


@inlined
def begin_now(company: Company, task: Task) -> None:
    """A task begins before anything else happens."""
    nth(company.urgent, (company.urgent_first + company.urgent_count) & (company.turn_room - 1)).task = task
    company.urgent_count += 1


@inlined
def wake_now(company: Company, task: Task) -> None:
    """A task goes on after all that begins now."""
    nth(company.normal, (company.normal_first + company.normal_count) & (company.turn_room - 1)).task = task
    company.normal_count += 1


@inlined
def next_to_begin(company: Company) -> Task:
    """Whose turn it is to begin."""
    task = nth(company.urgent, company.urgent_first).task
    company.urgent_first = (company.urgent_first + 1) & (company.turn_room - 1)
    company.urgent_count -= 1
    return task


@inlined
def next_to_wake(company: Company) -> Task:
    """Whose turn it is to go on."""
    task = nth(company.normal, company.normal_first).task
    company.normal_first = (company.normal_first + 1) & (company.turn_room - 1)
    company.normal_count -= 1
    return task

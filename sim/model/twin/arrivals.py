"""The flow of ``../arrivals.py``, compiled: streams of a single source, and the market's purchases with their heap."""

from sim.model import distributions, luck
from sim.model.twin.agenda import as_task, schedule
from sim.model.twin.memory import nth
from sim.model.twin.source import compiled, module, uniform
from sim.model.twin.things import Arrivals, Company, Customer, Due

exponential = module(distributions).exponential
GAP = luck.GAP


@compiled
def look_again(company: Company, stream: Arrivals) -> None:
    """Wait for the next arrival at the rate of now; for none while the rate is 0."""
    stream.stamp += 1
    if stream.rate > 0.0:
        moment = stream.set_at + (stream.due - stream.clock) / stream.rate
        schedule(company, max(0.0, moment - company.now), stream.kind, stream.key, as_task(stream))


@compiled
def clock_now(company: Company, stream: Arrivals) -> float:
    """The clock of arrivals, which advances by the rate in an hour."""
    return stream.clock + stream.rate * (company.now - stream.set_at)


@compiled
def set_rate(company: Company, stream: Arrivals, rate: float) -> bool:
    """As ``Arrivals.set_rate``: whether it changes anything."""
    if rate == stream.rate:
        return False
    stream.clock = clock_now(company, stream)
    stream.set_at = company.now
    stream.rate = rate
    return True


@compiled
def begin_stream(company: Company, stream: Arrivals, kind: int, key: int) -> None:
    """A single source begins."""
    stream.kind = kind
    stream.key = key
    stream.set_at = company.now
    stream.due = exponential(1.0, uniform(key, GAP, 0))


@compiled
def next_due(stream: Arrivals) -> None:
    """After an arrival: when the next one of a single source is due."""
    stream.occurrence += 1
    stream.due += exponential(1.0, uniform(stream.key, GAP, stream.occurrence))


# Purchases: the customer whose purchase is due first stands on top of a heap


@compiled
def due_before(one: Due, due: float, key: int) -> bool:
    """The order in which purchases fall due."""
    return one.due < due or (one.due == due and one.key < key)


@compiled
def put_due(company: Company, place: int, due: float, key: int, customer: Customer, occurrence: int) -> None:
    """Write a purchase that is due at a place of the heap."""
    entry = nth(company.due, place)
    entry.due = due
    entry.key = key
    entry.customer = customer
    entry.occurrence = occurrence


@compiled
def add_buyer(company: Company, customer: Customer, since: float) -> None:
    """A customer begins to buy."""
    due = since + exponential(1.0, uniform(customer.key, GAP, 0))
    place = company.due_count
    company.due_count += 1
    company.short |= company.due_count >= company.due_room
    while place > 0:
        above = nth(company.due, (place - 1) >> 1)
        if due_before(above, due, customer.key):
            break
        put_due(company, place, above.due, above.key, above.customer, above.occurrence)
        place = (place - 1) >> 1
    put_due(company, place, due, customer.key, customer, 0)


@compiled
def replace_first(company: Company, due: float, key: int, customer: Customer, occurrence: int) -> None:
    """Put another purchase in the place of the first."""
    place = 0
    while True:
        child = 2 * place + 1
        if child >= company.due_count:
            break
        best = nth(company.due, child)
        if child + 1 < company.due_count:
            other = nth(company.due, child + 1)
            if due_before(other, best.due, best.key):
                child += 1
                best = other
        if not due_before(best, due, key):
            break
        put_due(company, place, best.due, best.key, best.customer, best.occurrence)
        place = child
    put_due(company, place, due, key, customer, occurrence)


@compiled
def drop_buyer(company: Company) -> None:
    """The first has gone."""
    company.due_count -= 1
    last = nth(company.due, company.due_count)
    if company.due_count > 0:
        replace_first(company, last.due, last.key, last.customer, last.occurrence)


@compiled
def buy_again(company: Company) -> None:
    """The first has bought, and will again."""
    first = company.due
    gap = exponential(1.0, uniform(first.key, GAP, first.occurrence + 1))
    replace_first(company, first.due + gap, first.key, first.customer, first.occurrence + 1)


@compiled
def look_for_purchases(company: Company) -> None:
    """Wait for the purchase that is due first."""
    stream = company.purchases
    stream.stamp += 1
    if company.due_count > 0:
        stream.due = company.due.due
        stream.key = company.due.key
        look_again(company, stream)

"""Measures: pure functions of what was recorded. The same ratio serves a week, the observed period, and the company.

A measure is a quotient of sums, so weeks and departments are added up before they are divided: the mean over a year
is the mean over its requests, not over its weeks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from sim.model.calendar import DAYS_PER_YEAR, HOURS_PER_DAY
from sim.model.record import Floats, Ledger, Record

COMPANY, DEPARTMENT, LINK, MANAGER = "company", "department", "link", "manager"


class Measured(NamedTuple):
    """One outcome of one thing: ``total`` over the observed period, ``weekly`` with one value a week."""

    outcome: str
    level: str
    where: str
    unit: str
    total: float
    weekly: Floats


@dataclass(frozen=True, slots=True)
class Quotient:
    """An outcome as a quotient of two columns' sums, times ``scale``; without ``below``, the sum of one.

    ``@hours`` stands for the simulated hours, ``@days`` for the days, ``@purchases`` for the purchases delivered;
    ``a+b`` for the sum of two columns.
    """

    outcome: str
    unit: str
    above: str
    below: str = ""
    scale: float = 1.0


def _points(outcome: str, above: str, below: str) -> Quotient:
    """A state in [0, 1], shown as surveys show it."""
    return Quotient(outcome, "points", above, below, 100.0)


def _yearly(outcome: str, above: str) -> Quotient:
    """Money for each 250 days."""
    return Quotient(outcome, "money/year", above, "@days", float(DAYS_PER_YEAR))


_DEPARTMENT: Final = (
    Quotient("utilisation", "share", "busy_hours", "staffed_hours"),
    Quotient("load", "share", "offered_hours", "staffed_hours"),
    Quotient("queue_hours", "hours", "waited_hours", "visits"),
    Quotient("waiting_share", "share", "waits", "visits"),
    Quotient("queue_length", "jobs", "waiting_area", "@hours"),
    Quotient("jobs", "jobs", "jobs"),
    Quotient("right_first_time", "share", "right", "jobs"),
    Quotient("wrong_share", "share", "wrong", "jobs"),
    Quotient("decision_delay_hours", "hours", "decision_hours", "decisions"),
    Quotient("practice_share", "share", "practice_hours", "staffed_hours"),
    Quotient("staff_turnover", "share/year", "leavers", "person_days", float(DAYS_PER_YEAR)),
    _yearly("cost", "cost"),
)
_FELT: Final = (
    _points("morale", "morale", "person_days"),
    _points("mood", "mood", "person_days"),
    _points("orientation", "orientation", "person_days"),
    _points("respect", "respect", "felt_answers"),
    _points("agility", "agility", "felt_answers"),
    _points("care", "care", "felt_answers"),
    _points("experience_given", "experience_given", "felt_answers"),
    _points("experience_received", "experience_received", "received"),
    Quotient("flaws", "flaws", "flaw_days", "days"),
    Quotient("messages", "messages", "messages"),
    Quotient("messages_intact_share", "share", "messages_intact", "messages_intact+messages_distorted+messages_lost"),
    Quotient("wrong_decision_share", "share", "decisions_wrong", "decisions"),
)
_TIME: Final = (
    Quotient("purchase_handling_hours", "hours", "purchase_handling", "@purchases"),
    Quotient("purchase_queueing_hours", "hours", "purchase_queueing", "@purchases"),
    Quotient("purchase_repair_hours", "hours", "purchase_repair", "@purchases"),
    Quotient("purchase_deciding_hours", "hours", "purchase_deciding", "@purchases"),
)
"""The parts of ``customer_delay_hours``: they add up to it over links, and over departments."""
_LOST: Final = (
    _points("lost_respect", "lost_respect", "@purchases"),
    _points("lost_agility", "lost_agility", "@purchases"),
    _points("lost_care", "lost_care", "@purchases"),
    _points("lost_expectation", "lost_expectation", "@purchases"),
)
"""What is missing from ``customer_satisfaction`` to 100: over links, or over departments, they add up to it."""
_LINK: Final = (
    Quotient("requests", "requests", "asked"),
    Quotient("request_delay_hours", "hours", "delay_hours", "answered"),
    Quotient("in_time_share", "share", "in_time", "answered"),
)
_LINK_FELT: Final = (
    Quotient("avoided_share", "share", "avoided", "asked+avoided"),
    _points("experience", "experience", "answered"),
)
_MARKET_FELT: Final = (
    _points("customer_satisfaction", "satisfaction", "delivered"),
    _points("customer_ceiling", "ceiling", "delivered"),
    _points("customer_experience", "experience", "delivered"),
    _points("customer_expectation", "expectation", "delivered"),
    Quotient("customers_lost", "customers", "lost"),
    Quotient("customers_won", "customers", "joined"),
)
_MANAGER: Final = (
    Quotient("utilisation", "share", "busy_hours", "staffed_hours"),
    Quotient("queue_hours", "hours", "waited_hours", "visits"),
    Quotient("decisions", "decisions", "decisions"),
)
_MANAGER_FELT: Final = (_points("style", "style", "days"),)
_OF_PURCHASES: Final = (
    Quotient("purchases", "purchases", "asked"),
    Quotient("customer_delay_hours", "hours", "delay_hours", "answered"),
    Quotient("customer_in_time_share", "share", "in_time", "answered"),
)
_OF_DEPARTMENTS: Final = tuple(
    quotient
    for name in ("decision_delay_hours", "right_first_time", "wrong_share", "utilisation", "staff_turnover")
    for quotient in _DEPARTMENT
    if quotient.outcome == name
)
_OF_DEPARTMENTS_FELT: Final = tuple(
    quotient
    for name in ("morale", "orientation", "messages_intact_share", "practice_share")
    for quotient in (*_FELT, *_DEPARTMENT)
    if quotient.outcome == name
)


def measured(record: Record) -> Iterator[Measured]:
    """All outcomes of a replication, company first. Where nothing happened the value is NaN.

    With ``psychology: none`` there are none of what people feel.
    """
    yield from _of_company(record)
    yield from _of_parts(record)


def _of_company(record: Record) -> Iterator[Measured]:
    market = np.array([link.to_market for link in record.scenario.links])
    everywhere = np.ones(len(record.departments.names), bool)
    if record.scenario.feels:
        yield from _of_all(_MARKET_FELT, record.market, record, np.ones(1, bool))
        yield _at_the_end("panel_satisfaction", "points", 100.0 * record.market["panel"][:, 0])
        yield _at_the_end("active_customers", "customers", record.market["active"][:, 0])
        yield from _of_all(_LOST, record.links, record, np.ones(len(record.links.names), bool))
        yield from _of_all(_OF_DEPARTMENTS_FELT, record.departments, record, everywhere)
        inner = {"experience": "internal_service", "avoided_share": "avoided_share"}
        for item in _of_all(_LINK_FELT, record.links, record, ~market):
            yield item._replace(outcome=inner[item.outcome])
    yield from _of_all(_OF_PURCHASES, record.links, record, market)
    yield from _of_all(_LINK, record.links, record, ~market)
    yield _still_open("open_requests", record, ~market)
    yield _still_open("open_purchases", record, market)
    yield from _of_all(_OF_DEPARTMENTS, record.departments, record, everywhere)
    yield from _money(record)


def _of_parts(record: Record) -> Iterator[Measured]:
    feels = record.scenario.feels
    for level, quotients, ledger in (
        (DEPARTMENT, (*_DEPARTMENT, *_FELT * feels), record.departments),
        (DEPARTMENT, _LINK_FELT[:1] * feels, _by_supplier(record, inner_only=True)),
        (DEPARTMENT, (*_TIME, *_LOST * feels), _by_supplier(record)),
        (LINK, (*_LINK, *_TIME, *(*_LINK_FELT, *_LOST) * feels), record.links),
        (MANAGER, (*_MANAGER, *_MANAGER_FELT * feels), record.managers),
    ):
        for quotient in quotients:
            totals, weekly = _divided(quotient, ledger, record)
            for place, name in enumerate(ledger.names):
                yield Measured(quotient.outcome, level, name, quotient.unit, float(totals[place]), weekly[:, place])


def _of_all(
    quotients: tuple[Quotient, ...], ledger: Ledger, record: Record, chosen: "np.typing.NDArray[np.bool_]"
) -> Iterator[Measured]:
    """Outcomes of the company: the chosen things taken together."""
    together = Ledger([""], list(ledger.columns), len(record.weeks))
    together.rows = ledger.rows[:, chosen, :].sum(axis=1, keepdims=True)
    for quotient in quotients:
        totals, weekly = _divided(quotient, together, record)
        yield Measured(quotient.outcome, COMPANY, "", quotient.unit, float(totals[0]), weekly[:, 0])


def _still_open(outcome: str, record: Record, chosen: "np.typing.NDArray[np.bool_]") -> Measured:
    """What is out at the end of each week through the chosen links, that of the warm-up included."""
    still_open = (record.links["asked"] - record.links["answered"])[:, chosen].sum(axis=1).cumsum()
    return Measured(outcome, COMPANY, "", outcome.removeprefix("open_"), float(still_open[-1]), still_open)


def _at_the_end(outcome: str, unit: str, weekly: Floats) -> Measured:
    """What is so at the end of each week; over the observed period, at its end."""
    return Measured(outcome, COMPANY, "", unit, float(weekly[-1]), weekly)


def _money(record: Record) -> Iterator[Measured]:
    """Sales, cost and profit of the company, for each 250 days."""
    together = Ledger([""], ["sales", "cost", "profit"], len(record.weeks))
    sales = record.market["sales"][:, 0]
    cost = record.departments["cost"].sum(axis=1) + record.company["cost"][:, 0]
    together.rows[:, 0, :] = np.stack([sales, cost, sales - cost], axis=1)
    yield from _of_all(tuple(_yearly(name, name) for name in together.columns), together, record, np.ones(1, bool))


def _by_supplier(record: Record, *, inner_only: bool = False) -> Ledger:
    """What went over the links of each department as a supplier: to all, or to other departments."""
    links = record.scenario.links
    together = Ledger(record.departments.names, list(record.links.columns), len(record.weeks))
    for place, link in enumerate(links):
        if not (inner_only and link.to_market):
            together.rows[:, together.names.index(link.supplier)] += record.links.rows[:, place]
    return together


def _divided(quotient: Quotient, ledger: Ledger, record: Record) -> tuple[Floats, Floats]:
    """The quotient for each thing over the observed period, and week by week."""
    above = quotient.scale * ledger[quotient.above]
    if not quotient.below:
        return above[record.observed].sum(axis=0), above
    below = _column(quotient.below, ledger, record)
    return _ratio(above[record.observed].sum(axis=0), below[record.observed].sum(axis=0)), _ratio(above, below)


def _ratio(above: Floats, below: Floats) -> Floats:
    """The quotient where there is anything to divide by, else NaN."""
    quotient: Floats = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)
    return quotient


def _column(column: str, ledger: Ledger, record: Record) -> Floats:
    if column == "@hours":
        return np.broadcast_to(record.hours[:, None], ledger.rows.shape[:2])
    if column == "@days":
        return np.broadcast_to(record.hours[:, None] / HOURS_PER_DAY, ledger.rows.shape[:2])
    if "+" in column:
        return np.asarray(sum(ledger[part] for part in column.split("+")))
    if column == "@purchases":
        market = [link.to_market for link in record.scenario.links]
        delivered = record.links["answered"][:, market].sum(axis=1)
        return np.broadcast_to(delivered[:, None], ledger.rows.shape[:2])
    return ledger[column]

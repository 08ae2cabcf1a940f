"""Measures: pure functions of what was recorded. The same ratio serves a week, the observed period, and the company.

A measure is a quotient of sums, so weeks and departments are added up before they are divided: the mean over a year
is the mean over its requests, not over its weeks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

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
    """An outcome as a quotient of two columns' sums, or, without ``below``, as the sum of one.

    ``@hours`` stands for the simulated hours, ``@purchases`` for the purchases delivered.
    """

    outcome: str
    unit: str
    above: str
    below: str = ""


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
    Quotient("purchase_handling_hours", "hours", "purchase_handling", "@purchases"),
    Quotient("purchase_queueing_hours", "hours", "purchase_queueing", "@purchases"),
    Quotient("purchase_repair_hours", "hours", "purchase_repair", "@purchases"),
    Quotient("purchase_deciding_hours", "hours", "purchase_deciding", "@purchases"),
)
_LINK: Final = (
    Quotient("requests", "requests", "asked"),
    Quotient("request_delay_hours", "hours", "delay_hours", "answered"),
    Quotient("in_time_share", "share", "in_time", "answered"),
)
_MANAGER: Final = (
    Quotient("utilisation", "share", "busy_hours", "staffed_hours"),
    Quotient("queue_hours", "hours", "waited_hours", "visits"),
    Quotient("decisions", "decisions", "decisions"),
)
_OF_PURCHASES: Final = (
    Quotient("purchases", "purchases", "asked"),
    Quotient("customer_delay_hours", "hours", "delay_hours", "answered"),
    Quotient("customer_in_time_share", "share", "in_time", "answered"),
)
_OF_DEPARTMENTS: Final = tuple(
    quotient
    for name in ("decision_delay_hours", "right_first_time", "wrong_share", "utilisation")
    for quotient in _DEPARTMENT
    if quotient.outcome == name
)


def measured(record: Record) -> Iterator[Measured]:
    """All outcomes of a replication, company first. Where nothing happened the value is NaN."""
    market = np.array([link.to_market for link in record.scenario.links])
    yield from _of_all(_OF_PURCHASES, record.links, record, market)
    yield from _of_all(_LINK, record.links, record, ~market)
    yield _still_open("open_requests", record, ~market)
    yield _still_open("open_purchases", record, market)
    yield from _of_all(_OF_DEPARTMENTS, record.departments, record, np.ones(len(record.departments.names), bool))
    for level, quotients, ledger in (
        (DEPARTMENT, _DEPARTMENT, record.departments),
        (LINK, _LINK, record.links),
        (MANAGER, _MANAGER, record.managers),
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


def _divided(quotient: Quotient, ledger: Ledger, record: Record) -> tuple[Floats, Floats]:
    """The quotient for each thing over the observed period, and week by week."""
    above = ledger[quotient.above]
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
    if column == "@purchases":
        market = [link.to_market for link in record.scenario.links]
        delivered = record.links["answered"][:, market].sum(axis=1)
        return np.broadcast_to(delivered[:, None], ledger.rows.shape[:2])
    return ledger[column]

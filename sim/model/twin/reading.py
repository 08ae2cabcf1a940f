"""What the twin wrote, read back: tallies at a week's end, requests for the trace, lines of the diary."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numba import njit

from sim.model.record import Record
from sim.model.trace import COLUMNS, Trace
from sim.model.twin import things
from sim.model.twin.memory import reached
from sim.model.twin.plan import Plan, Rows
from sim.model.twin.pools import Pools
from sim.model.twin.service import UNTOLD
from sim.model.twin.source import OPTIONS
from sim.model.twin.trace import NOBODY, OUTSIDE, tell_job
from sim.scenario.parts import MARKET

_RIGHT: Final = np.array(["right", "repaired", "wrong", None], dtype=object)
_ANSWER: Final = np.array(["answered", "avoided", "open"], dtype=object)
_company_at = reached(things.Company)
_job_at = reached(things.Job)


@njit(**OPTIONS)  # type: ignore[untyped-decorator]
def _tell_open(company: int, jobs: Any) -> None:
    for job in jobs:
        tell_job(_company_at(company), _job_at(job), UNTOLD)


class Reader:
    """Reads what is there at a week's end and at the end, and makes room for more."""

    def __init__(
        self, plan: Plan, pools: Pools, record: Record, trace: Trace | None, diary: Callable[[Rows], None] | None
    ) -> None:
        self.record = record
        self._plan = plan
        self._pools = pools
        self._trace = trace
        self._diary = diary

    def end_week(self) -> None:
        """The figures that a week left become rows of the record."""
        plan, kept = self._plan, self.record
        now = float(plan.company[0]["now"])
        row = kept.row_of(now)
        kept.departments.rows[row] = plan.department_figures[: len(plan.names)]
        kept.links.rows[row] = plan.link_figures[: len(plan.links_by_name)]
        if plan.managed:
            begun = int(plan.managers["begun"].sum())
            for name in plan.manager_names[len(kept.managers.names) : begun]:
                kept.managers.place(name)
            kept.managers.rows[row, :begun] = plan.manager_figures[:begun]
        kept.market.rows[row] = plan.market_figures
        kept.company.rows[row] = plan.company_figures
        kept.hours[row] = now - kept.began(row)

    def hand_on(self) -> None:
        """Rows and lines go to whoever asked for them."""
        company = self._plan.company[0]
        if self._trace is not None and company["row_count"]:
            self._trace.take(self._columns(self._pools.filled("rows", "row_count")))
        if self._diary is not None and company["said_count"]:
            self._diary(self._pools.filled("said", "said_count"))

    def end(self) -> None:
        """What is still open is told as such."""
        if self._trace is not None:
            still_open = self._pools.open_jobs()
            step = int(self._plan.company[0]["row_room"])
            for first in range(0, len(still_open), step):
                self.hand_on()
                _tell_open(np.uint64(self._plan.company.ctypes.data), still_open[first : first + step])
            self.hand_on()
            self._trace.end()
        self.hand_on()

    def _columns(self, told: Rows) -> dict[str, list[Any]]:
        """The columns of the trace, as the reference gives them."""
        names = np.array([*self._plan.names, "", MARKET], dtype=object)  # −2 is own work, −1 the market
        supplier, customer = names[told["supplier"]], names[told["customer"]]
        asking = np.where(told["customer"] == OUTSIDE, MARKET, customer)
        columns: dict[str, list[Any]] = {
            "key": told["key"].tolist(),
            "id": told["number"].tolist(),
            "parent": _or_none(told["parent"]),
            "root": told["root"].tolist(),
            "supplier": supplier.tolist(),
            "customer": customer.tolist(),
            "asker": _people(asking, told["asker"]),
            "server": _people(supplier, told["server"]),
        }
        for name in ("asked", "started", "finished", "wait_hours", "work_hours"):
            columns[name] = _or_none(told[name])
        columns["right"] = _RIGHT[told["right"]].tolist()
        for name in ("respect", "agility", "care", "ceiling"):
            columns[name] = _or_none(told[name])
        columns["outcome"] = _ANSWER[told["answer"]].tolist()
        return {name: columns[name] for name in COLUMNS}


def _or_none(values: Any) -> list[Any]:
    missing = np.isnan(values) if values.dtype.kind == "f" else values == NOBODY
    told = values.astype(object)
    told[missing] = None
    return told.tolist()  # type: ignore[no-any-return]


def _people(teams: Any, numbers: Any) -> list[str | None]:
    pairs = zip(teams.tolist(), numbers.tolist(), strict=True)
    return [None if number == NOBODY else f"{team}/{number}" for team, number in pairs]

"""The full trace: every request, handed on in blocks so that memory does not grow with them."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, Final

from sim.scenario.parts import MARKET

if TYPE_CHECKING:
    from sim.model.job import Job
    from sim.model.person import Person
    from sim.model.service import Service

BLOCK: Final = 20_000
COLUMNS: Final = (
    "key",
    "id",
    "parent",
    "root",
    "supplier",
    "customer",
    "asker",
    "server",
    "asked",
    "started",
    "finished",
    "wait_hours",
    "work_hours",
    "right",
    "respect",
    "agility",
    "care",
    "ceiling",
    "outcome",
)
_RIGHT: Final = ("right", "repaired", "wrong")


class Trace:
    """Collects requests as they are answered and gives them to ``write``, column by column, in blocks."""

    def __init__(self, write: Callable[[dict[str, list[Any]]], None]) -> None:
        self._write = write
        self._open: dict[int, Job] = {}
        self._rows: list[tuple[Any, ...]] = []

    def open(self, job: "Job") -> None:
        """A request is made."""
        self._open[job.number] = job

    def unanswered(self) -> Collection["Job"]:
        """The requests that are open now."""
        return self._open.values()

    def close(self, job: "Job") -> None:
        """A request is answered."""
        del self._open[job.number]
        self._add(job)

    def avoid(self, service: "Service", parent: "Job", key: int) -> None:
        """A request is avoided and worked around: it gets a number of its own, and nobody serves it."""
        now = parent.department.company.env.now
        row: dict[str, Any] = dict.fromkeys(COLUMNS)
        row |= {
            "key": key,
            "id": parent.department.company.next_number(),
            "parent": parent.number,
            "root": parent.root,
            "supplier": service.supplier.name,
            "customer": service.customer,
            "asker": _person(service.customer, parent.person),
            "asked": now,
            "outcome": "avoided",
        }
        self._append(tuple(row.values()))

    def take(self, block: dict[str, list[Any]]) -> None:
        """A block of requests that were collected elsewhere."""
        self._write(block)

    def end(self) -> None:
        """The end of the run: what is still open is written as such."""
        for job in self._open.values():
            self._add(job)
        self._hand_on()

    def _add(self, job: "Job") -> None:
        department, parent, finished = job.department.name, job.parent, job.finished
        customer = job.service.customer if job.service is not None else ""
        work = job.handling_hours + job.repair_hours
        how = job.treatment
        asker = str(job.asker) if parent is None and job.asker is not None else None
        self._append(
            (
                job.key,
                job.number,
                parent.number if parent is not None else None,
                job.root,
                department,
                customer,
                _person(parent.department.name, parent.person) if parent is not None else asker and f"{MARKET}/{asker}",
                _person(department, job.person),
                job.asked,
                job.started,
                finished,
                max(0.0, finished - job.asked - work) if finished is not None else None,
                work,
                _RIGHT[job.outcome] if finished is not None else None,
                *((how.respect, how.agility, how.care, how.ceiling) if how is not None else (None,) * 4),
                "answered" if finished is not None else "open",
            )
        )

    def _append(self, row: tuple[Any, ...]) -> None:
        self._rows.append(row)
        if len(self._rows) == BLOCK:
            self._hand_on()

    def _hand_on(self) -> None:
        if self._rows:
            self._write(dict(zip(COLUMNS, map(list, zip(*self._rows, strict=True)), strict=True)))
            self._rows = []


def _person(team: str, person: "Person | None") -> str | None:
    return None if person is None else f"{team}/{person.number}"

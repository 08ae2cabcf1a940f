"""Room for what comes and goes: jobs, errands, people, customers. What is free hangs in chains."""

from typing import Any

import numpy as np

from sim.model.twin import things
from sim.model.twin.plan import Plan, Rows, address, addresses, rows

_LEAST = 256
_BEFORE = 3
_CHAINS = (
    ("jobs", things.Job, "next", "jobs_free", "jobs_at_once"),
    ("errands", things.Errand, "next_errand", "errands_free", "errands_at_once"),
    ("people", things.Person, "next", "people_free", "people_at_once"),
    ("lanes", things.Lane, "next", "lanes_free", "lanes_at_once"),
    ("flaws", things.Flaw, "next", "flaws_free", "flaws_at_once"),
    ("free_customers", things.Customer, "next", "customers_free", "customers_at_once"),
)


class Pools:
    """The chunks of each sort that were made so far; a chunk never moves, so that pointers stay good."""

    def __init__(self, plan: Plan) -> None:
        self._company = plan.company[0]
        self._posts = sum(plan.staff)
        self._tasks = 0
        self.chunks: dict[str, list[Rows]] = {head: [] for head, *_ in _CHAINS}
        self._rows: dict[str, Rows] = {}
        company = self._company
        company["jobs_at_once"] = _most_requests(plan) + 2
        company["errands_at_once"] = _most_errands(plan)
        company["people_at_once"] = self._posts + len(plan.manager_names) + 1
        company["lanes_at_once"] = 2
        company["flaws_at_once"] = int(plan.departments["flaw_count"].sum()) + 1
        company["rows_at_once"] = company["jobs_at_once"] + 1
        self._streams = len(plan.streams)
        company["moments_at_once"] = self._streams + 8
        company["opening"] = company["department_count"]
        company["turn_room"] = 1
        self._links = len(plan.links)
        self._for_rows("rows", things.Row, "row_count", "row_room", 0)
        self._for_rows("said", things.Said, "said_count", "said_room", 0)

    def make_room(self, customers: int = 0) -> None:
        """Twice as much of whatever is short; at the beginning, room for so many customers."""
        company = self._company
        company["customers_at_once"] = customers + 1
        for head, declared, after, free, at_once in _CHAINS:
            made = sum(map(len, self.chunks[head]))
            if company[free] < company[at_once]:
                self._grow(head, declared, after, free, max(_LEAST, int(company[at_once]), made))
        company["customers_at_once"] = 1
        buyers = int(company["due_count"]) + customers
        if buyers >= company["due_room"]:
            self._for_rows("due", things.Due, "due_count", "due_room", max(_LEAST, 2 * buyers))
        if company["agenda_count"] + company["moments_at_once"] > company["agenda_room"]:
            needed = 2 * int(company["agenda_count"] + company["moments_at_once"]) + self._posts
            self._for_rows("agenda", things.Event, "agenda_count", "agenda_room", needed)
        if company["traced"] and not company["row_room"]:
            self._for_rows("rows", things.Row, "row_count", "row_room", 20_000 + int(company["rows_at_once"]))
        if company["watched"]:
            states = 2 * self._posts + 3 * self._streams + self._links + int(company["customer_count"]) + customers + 8
            company["said_at_once"] = states
            if states > company["said_room"]:
                self._for_rows("said", things.Said, "said_count", "said_room", 2 * states)
        self._widen_turns()
        company["short"] = False

    def open_jobs(self) -> np.ndarray[Any, np.dtype[np.uint64]]:
        """Where the jobs lie that are not finished, in the order in which they were asked."""
        found = [(chunk, (chunk["holds"] > 0) & np.isnan(chunk["finished"])) for chunk in self.chunks["jobs"]]
        places = np.concatenate([addresses(chunk)[is_open] for chunk, is_open in found])
        numbers = np.concatenate([chunk["number"][is_open] for chunk, is_open in found])
        return np.asarray(places[np.argsort(numbers)])

    def filled(self, name: str, count: str) -> Rows:
        """What was written of rows that are handed on, which are empty then."""
        written = self._rows[name][: int(self._company[count])].copy()
        self._company[count] = 0
        return written

    def _grow(self, head: str, declared: type, after: str, free: str, count: int) -> None:
        chunk = rows(declared, count)
        places = addresses(chunk)
        chunk[after][:-1] = places[1:]
        chunk[after][-1] = self._company[head]
        self._company[head] = places[0]
        self._company[free] += count
        self.chunks[head].append(chunk)
        if head in {"jobs", "errands"}:
            self._tasks += count

    def _for_rows(self, name: str, declared: type, count: str, room: str, needed: int) -> None:
        # The first stands alone at a line's end, so that the four branches of a heap's place lie in two lines.
        wider = rows(declared, needed + _BEFORE)[_BEFORE:]
        written = int(self._company[count])
        if written:
            wider[:written] = self._rows[name][:written]
        self._rows[name] = wider
        self._company[name] = address(wider)
        self._company[room] = needed

    def _widen_turns(self) -> None:
        company = self._company
        room = int(company["turn_room"])
        wider = 1 << (self._tasks + 16).bit_length()
        if wider <= room:
            return
        for name in ("urgent", "normal"):
            made = rows(things.Turn, wider)
            count, first = int(company[f"{name}_count"]), int(company[f"{name}_first"])
            if count:
                made["task"][:count] = self._rows[name]["task"][(first + np.arange(count)) & (room - 1)]
            self._rows[name] = made
            company[name], company[f"{name}_first"] = address(made), 0
        company["turn_room"] = wider


def _most_requests(plan: Plan) -> int:
    """The most requests that one job makes at once."""
    most = 0
    for keys in plan.link_keys:
        each = np.zeros(len(plan.names) + 1)
        np.add.at(each, plan.customers, keys["surely"][: len(plan.customers)] + 1)
        most = max(most, int(each[:-1].max()))
    return most


def _most_errands(plan: Plan) -> int:
    """The most errands that begin at once: a department's morning, or a day's end with all its quality teams."""
    most = 0
    for practices in plan.practices:
        contacts = np.ceil(practices["customer_contacts_per_year"] / 250.0)
        reviews = np.ceil(practices["reviews_per_year"] / 250.0)
        most = max(most, int((max(plan.staff, default=0) * (1 + contacts + 2 * reviews)).max()))
    return most + len(plan.manager_names) + 2 * len(plan.links) + 8

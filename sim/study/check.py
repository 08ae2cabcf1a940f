"""Can the company keep up, and where does it settle: what can be said of a scenario before anything is simulated."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from sim.model.calendar import HOURS_PER_DAY
from sim.model.gain import gain
from sim.model.graph import company_graph, distances
from sim.model.steady import Rest, rest
from sim.scenario.dated import epochs
from sim.scenario.schema import Scenario

MANY_JOBS = 1e7
"""Choice: more jobs than this in one replication are worth a warning; they take some seven minutes."""


@dataclass(frozen=True, slots=True)
class DepartmentOutlook:
    """One department where the company settles: people, jobs a day, load (share of staffed hours), links to the market.

    ``morale`` and the ``experience`` that it gives lie in [0, 1]; ``None`` where nobody feels anything.
    """

    name: str
    staff: int
    jobs_per_day: float
    load: float
    links_to_market: int
    morale: float | None
    experience: float | None


@dataclass(frozen=True, slots=True)
class ManagerOutlook:
    """One manager where the company settles: load is the share of their time, other duties included."""

    name: str
    load: float


@dataclass(frozen=True, slots=True)
class Concern:
    """What a user should be warned of, from a ``day`` on.

    ``kind``: a department or manager of that ``name`` cannot keep up (``value`` is the load); the gain of the chain is
    1 or more (its value), no state was found in which the company settles, or one replication has that many jobs; so
    many individuals of a department's list never have a post, or so many quality teams do nothing.
    """

    kind: Literal["department", "manager", "gain", "unsettled", "jobs", "people", "teams"]
    name: str
    day: int
    value: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can be said of a company without simulating it; satisfaction, morale and gain of the first day's company."""

    scenario: str
    departments: tuple[DepartmentOutlook, ...]
    managers: tuple[ManagerOutlook, ...]
    satisfaction: float | None
    morale: float | None
    gain: float | None
    first_day: int
    warnings: tuple[Concern, ...]

    def as_dict(self) -> dict[str, Any]:
        """The same in plain types, as ``check --json`` prints it."""
        return asdict(self)


def check(scenario: Scenario) -> Outlook:
    """The outlook of a scenario; what cannot keep up, or is silently without effect, is a warning, not an error."""
    row = {epoch.day: rest(epoch.scenario) for epoch in epochs(scenario)}
    gains = {day: gain(found) if found.net.scenario.feels else None for day, found in row.items()}
    first_day, start = next(iter(row.items()))
    feels, mind = scenario.feels, start.last.mind
    staff = np.where(start.net.departments.in_house, start.net.departments.staff, 0.0)
    return Outlook(
        scenario=scenario.name,
        departments=tuple(_departments(start)),
        managers=tuple(
            ManagerOutlook(name, float(load))
            for name, load in zip(start.net.managers.names, start.last.manager_load, strict=True)
        ),
        satisfaction=float(mind.market.satisfaction) if feels else None,
        morale=float(np.average(mind.morale, weights=staff)) if feels and staff.any() else None,
        gain=gains[first_day],
        first_day=first_day,
        warnings=(*_overloads(row), *_spirals(row, gains), *_size(scenario, row), *_without_effect(row)),
    )


def _departments(start: Rest) -> Iterator[DepartmentOutlook]:
    scenario, found = start.net.scenario, start.last
    away = distances(company_graph(scenario))
    given = start.experience_given
    for place, part in enumerate(scenario.departments):
        felt = scenario.feels and part.contract is None
        yield DepartmentOutlook(
            name=part.name,
            staff=part.staff,
            jobs_per_day=float(found.work.jobs[place]) * HOURS_PER_DAY,
            load=float(found.load[place]),
            links_to_market=away[part.name],
            morale=float(found.mind.morale[place]) if felt else None,
            experience=float(given[place]) if scenario.feels else None,
        )


def _overloads(row: dict[int, Rest]) -> Iterator[Concern]:
    """Everyone whose load reaches 1, with the day from which it does."""
    warned: set[tuple[str, str]] = set()
    for day, found in row.items():
        names = found.net.scenario.department_names, found.net.managers.names
        loads = found.last.load, found.last.manager_load
        for kind, those, theirs in zip(("department", "manager"), names, loads, strict=True):
            for place in np.flatnonzero(theirs >= 1.0):
                who = kind, those[place]
                if who not in warned:
                    warned.add(who)
                    yield Concern(
                        "department" if kind == "department" else "manager", who[1], day, float(theirs[place])
                    )


def _spirals(row: dict[int, Rest], gains: dict[int, float | None]) -> Iterator[Concern]:
    """The first day from which a change in how people feel feeds itself, and from which nothing settles."""
    for day, value in gains.items():
        if value is not None and value >= 1.0:
            yield Concern("gain", "", day, value)
            break
    for day, found in row.items():
        if not found.settled:
            yield Concern("unsettled", "", day, float(found.rounds))
            break


def _size(scenario: Scenario, row: dict[int, Rest]) -> Iterator[Concern]:
    """A word where one replication is so large that somebody would wait for it without knowing why."""
    busiest = max(row, key=lambda day: float(row[day].last.work.jobs.sum()))
    jobs = float(row[busiest].last.work.jobs.sum()) * HOURS_PER_DAY * (scenario.warm_up_days + scenario.days)
    if jobs > MANY_JOBS:
        yield Concern("jobs", "", busiest, jobs)


def _without_effect(row: dict[int, Rest]) -> Iterator[Concern]:
    """What a file gives in vain: individuals who never have a post, quality teams of people who do not feel."""
    first_day, start = next(iter(row.items()))
    scenario = start.net.scenario
    for place, part in enumerate(scenario.departments):
        posts = max(found.net.scenario.departments[place].staff for found in row.values())
        surplus = len(part.people.list) - posts
        if surplus > 0:
            yield Concern("people", part.name, first_day, float(surplus))
    if scenario.quality_teams and not scenario.feels:
        yield Concern("teams", "", first_day, float(len(scenario.quality_teams)))

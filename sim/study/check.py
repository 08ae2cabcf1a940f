"""Can the company keep up: what the traffic equations say about a scenario before anything is simulated."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sim.model.calendar import HOURS_PER_DAY
from sim.model.graph import company_graph, distances
from sim.model.traffic import Traffic, traffic
from sim.scenario.dated import epochs
from sim.scenario.schema import Scenario

MANY_JOBS = 1e7
"""Choice: more jobs than this in one replication are worth a warning; they take some seven minutes."""


@dataclass(frozen=True, slots=True)
class DepartmentOutlook:
    """One department on the first day: people, jobs a day, load (share of staffed hours), links to the market."""

    name: str
    staff: int
    jobs_per_day: float
    load: float
    links_to_market: int


@dataclass(frozen=True, slots=True)
class ManagerOutlook:
    """One manager on the first day: load is the share of their time, other duties included."""

    name: str
    load: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can be said of a company without simulating it."""

    scenario: str
    departments: tuple[DepartmentOutlook, ...]
    managers: tuple[ManagerOutlook, ...]
    warnings: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The same in plain types, as ``check --json`` prints it."""
        return asdict(self)


def check(scenario: Scenario) -> Outlook:
    """The outlook of a scenario; departments and managers that cannot keep up are warnings, not errors."""
    row = epochs(scenario)
    flow = {epoch.day: traffic(epoch.scenario) for epoch in row}
    first_day, start = row[0].scenario, flow[row[0].day]
    away = distances(company_graph(first_day))
    return Outlook(
        scenario=scenario.name,
        departments=tuple(
            DepartmentOutlook(
                name=part.name,
                staff=part.staff,
                jobs_per_day=start.jobs_per_hour[part.name] * HOURS_PER_DAY,
                load=start.load[part.name],
                links_to_market=away[part.name],
            )
            for part in first_day.departments
        ),
        managers=tuple(ManagerOutlook(name, load) for name, load in start.manager_load.items()),
        warnings=(*_overloads(flow), *_size(scenario, flow)),
    )


def _size(scenario: Scenario, flow: dict[int, Traffic]) -> Iterator[str]:
    """A word where one replication is so large that somebody would wait for it without knowing why."""
    busiest = max(sum(now.jobs_per_hour.values()) for now in flow.values())
    jobs = busiest * HOURS_PER_DAY * (scenario.warm_up_days + scenario.days)
    if jobs > MANY_JOBS:
        hours = jobs / 25_000 / 3600
        yield f"one replication is about {jobs:.1g} jobs: at some 25,000 a second, {hours:.2g} hours"


def _overloads(flow: dict[int, Traffic]) -> Iterator[str]:
    """Everyone whose load reaches 1, with the day from which it does."""
    warned: set[str] = set()
    for day, now in flow.items():
        since = "" if day == min(flow) else f" from day {day} on"
        for kind, loads in (("department", now.load), ("manager", now.manager_load)):
            for name, load in loads.items():
                if load >= 1 and name not in warned:
                    warned.add(name)
                    yield f"{kind} {name} cannot keep up{since}: load {load:.2f}; what waits grows without end"

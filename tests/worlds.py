"""Small worlds for tests: companies in a few words, jobs begun by hand, and a run watched event by event."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import simpy

from sim.model.calendar import HOURS_PER_DAY
from sim.model.company import Company
from sim.model.job import Job
from sim.model.moment import ARRIVAL, Moment
from sim.model.person import Person
from sim.model.record import Record
from sim.model.trace import Trace
from sim.scenario.practices import Practices
from sim.scenario.schema import Scenario

LOOKING = 100 << 64
"""A kind of moment that comes after all others of its time."""
_OFF = """
    flaw_harm wrong_decision_harm wrong_answer_harm flaws_per_year
    quality_needs_attitude quality_needs_orientation quality_needs_skill pace_needs_condition pace_needs_skill pressure
    respect_needs_orientation mood_from_service mood_from_manner private_mood mood_contagion
    contagion morale_return morale_from_mood disposition_spread temper_spread review_spread leaving_per_year
    avoiding_slope complaint_share loss_per_purchase word_of_mouth
"""
CALM_LAWS = dict.fromkeys(_OFF.split(), 0.0) | {"orientation_floor": 1.0}
"""People feel, but nothing comes of it and nothing is left to luck, but for what a test sets."""
NO_PRACTICES = dict.fromkeys(Practices.model_fields, 0.0)
ALONE = {"layers": 1, "decision_share": 0.0, "other_duties_share": 0.0, "authoritarian": 0.0}
"""One chief, who has nothing to do."""
EXPONENTIAL = {"handling_distribution": "exponential"}
CONSTANT = {"handling_distribution": "constant"}


def company(departments: list[dict[str, Any]], links: list[dict[str, Any]] | None = None, **keys: Any) -> Scenario:
    """A scenario of these departments; without links the first serves the market and is served by all others."""
    if links is None:
        first = departments[0]["name"]
        links = [{"supplier": part["name"], "customer": first} for part in departments[1:]]
        links.append({"supplier": first, "customer": "market"})
    return Scenario.model_validate(
        {"name": "test", "psychology": "none", "departments": departments, "links": links, **keys}
    )


def feeling(
    departments: list[dict[str, Any]],
    links: list[dict[str, Any]] | None = None,
    laws: dict[str, Any] | None = None,
    practices: dict[str, Any] | None = None,
    management: dict[str, Any] | None = None,
    **keys: Any,
) -> Scenario:
    """A company of people who feel, make no errors and have no practices, but for what is given."""
    return company(
        [{"right_first_time": 1.0, **CONSTANT, **part} for part in departments],
        links,
        psychology="full",
        laws=CALM_LAWS | (laws or {}),
        practices=NO_PRACTICES | (practices or {}),
        management=ALONE | (management or {}),
        **keys,
    )


def queue(
    purchases_per_hour: float, days: int, *, warm_up_days: int = 100, acceptable_wait_hours: float = 8.0, **keys: Any
) -> Scenario:
    """One department and its Poisson stream of purchases: the classic queue."""
    return company(
        [{"name": "desk", **keys}],
        [{"supplier": "desk", "customer": "market", "acceptable_wait_hours": acceptable_wait_hours}],
        days=days,
        warm_up_days=warm_up_days,
        market={"customers": 100, "purchases_per_year": purchases_per_hour * 2000 / 100},
    )


class TinyWorld:
    """A company whose customers buy nothing of themselves: the test begins jobs; ``log`` holds what was traced."""

    def __init__(self, scenario: Scenario, seed: int = 1, customers: int = 0) -> None:
        self.log: list[dict[str, Any]] = []
        silent = {"customers": customers, "purchases_per_year": 0.0, "new_customers_per_year": 0.0}
        plain = scenario.model_dump(exclude_unset=True)
        quiet = plain | {"market": plain.get("market", {}) | silent, "warm_up_days": 0}
        self.company = Company(Scenario.model_validate(quiet), seed, 0, Trace(self._write), lambda day: None)

    def request(self, link: str, at: float, key: int, customer: int | None = None) -> None:
        """Somebody outside (a customer, if given) asks through a link at a time."""
        service = self.company.services[link]

        def begin() -> Iterator[simpy.Event]:
            yield Moment(self.company.env, at, ARRIVAL, key)
            job = Job(service.supplier, key, service, None)
            job.asker = customer
            self.company.begin(job)

        self.company.env.process(begin())

    def people(self, department: str, **states: float) -> list[Person]:
        """The people of a department, after their states are set as given; without any mood, if it is not given."""
        team = self.company.departments[department].team
        for person in team:
            for name, value in ({"mood": 0.0} | states).items():
                setattr(person, name, value)
            person.feel(self.company.departments[department]._laws)
            person.mind(self.company.departments[department]._laws)
        team.take_stock()
        return list(team)

    def at(self, day: float, act: Callable[[], object]) -> None:
        """Do or look at something in the course of a day."""

        def wait() -> Iterator[simpy.Event]:
            yield Moment(self.company.env, day * HOURS_PER_DAY, LOOKING, 0)
            act()

        self.company.env.process(wait())

    def live(self) -> list[dict[str, Any]]:
        """Run to the end; the requests in the order of their answers."""
        self.record = self.company.live()
        return self.log

    def _write(self, block: dict[str, list[Any]]) -> None:
        self.log += [dict(zip(block, row, strict=True)) for row in zip(*block.values(), strict=True)]


def watched(
    scenario: Scenario, look: Callable[[Company, float], None], seed: int = 1, grid: float = 0.0
) -> tuple[Record, list[dict[str, Any]]]:
    """Live event by event: ``look(company, hours since the last look)`` before each. All requests are returned too.

    With a grid, every delay is rounded up to whole multiples of it, so that most events tie.
    """
    log: list[dict[str, Any]] = []

    def write(block: dict[str, list[Any]]) -> None:
        log.extend(dict(zip(block, row, strict=True)) for row in zip(*block.values(), strict=True))

    with on_a_grid(grid):
        alive = Company(scenario, seed, 0, Trace(write), lambda day: None)
        env = alive.env
        step = env.step

        def watched_step() -> None:
            before = env.now
            look(alive, env.peek() - before)
            step()

        with patch.object(env, "step", watched_step):
            record = alive.live()
    return record, log


@contextmanager
def on_a_grid(grid: float) -> Iterator[None]:
    """Let things happen at multiples of ``grid`` hours only; 0 leaves time continuous."""
    if grid == 0.0:
        yield
        return
    plain = simpy.Environment.schedule

    def schedule(self: simpy.Environment, event: simpy.Event, priority: Any = 1, delay: float = 0) -> None:
        plain(self, event, priority, math.ceil(delay / grid - 1e-9) * grid)

    with patch.object(simpy.Environment, "schedule", schedule):
        yield

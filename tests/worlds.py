"""Small worlds for tests: companies in a few words, jobs begun by hand, and a run watched event by event."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import simpy

from sim.model.company import Company
from sim.model.job import Job
from sim.model.moment import ARRIVAL, Moment
from sim.model.record import Record
from sim.model.trace import Trace
from sim.scenario.schema import Scenario

EXPONENTIAL = {"handling_distribution": "exponential"}
CONSTANT = {"handling_distribution": "constant"}


def company(departments: list[dict[str, Any]], links: list[dict[str, Any]] | None = None, **keys: Any) -> Scenario:
    """A scenario of these departments; without links the first serves the market and is served by all others."""
    if links is None:
        first = departments[0]["name"]
        links = [{"supplier": part["name"], "customer": first} for part in departments[1:]]
        links.append({"supplier": first, "customer": "market"})
    return Scenario.model_validate({"name": "test", "departments": departments, "links": links, **keys})


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
    """A company without customers, in which the test itself begins jobs; ``log`` holds what was traced."""

    def __init__(self, scenario: Scenario, seed: int = 1) -> None:
        self.log: list[dict[str, Any]] = []
        quiet = scenario.model_dump(exclude_unset=True) | {"market": {"customers": 0}, "warm_up_days": 0}
        self.company = Company(Scenario.model_validate(quiet), seed, 0, Trace(self._write), lambda day: None)

    def request(self, link: str, at: float, key: int) -> None:
        """Somebody outside asks through a link at a time; nobody waits for the answer."""
        service = self.company.services[link]

        def begin() -> Iterator[simpy.Event]:
            yield Moment(self.company.env, at, ARRIVAL, key)
            self.company.begin(Job(service.supplier, key, service, None))

        self.company.env.process(begin())

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

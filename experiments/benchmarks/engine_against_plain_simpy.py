"""Requests per second of both engines against a plain SimPy model of the same network.

The plain model is the textbook form: one process a job, ``simpy.Resource`` for the people, ``AllOf`` for the answers.
It keeps no record but a count, and draws by the same keys or, cheaply, in turn. The engines do all that they always do:
resumed jobs first in line, individuals, tallies by week, repair, the decomposition of a purchase's time; in the last
row also all that people feel, decide and learn, in the plant as it ships. Only the loops are measured, turn by turn, in
seconds of the processor.

    python -m experiments.benchmarks.engine_against_plain_simpy [--days 250] [--rounds 5]
"""

import argparse
import statistics
import time
from collections.abc import Callable, Generator
from typing import Any

import simpy

from experiments.benchmarks.plant_network import SEED, network
from sim.model.company import simulate
from sim.model.distributions import KINDS, exponential, handling_hours, shape_of
from sim.model.luck import ARRIVAL, FRONT, GAP, HANDLING, NEED, REQUEST, derived, name_key, replication_key, uniform
from sim.model.record import Record
from sim.model.twin.engine import Life
from sim.model.twin.machine_code import loop
from sim.scenario.load import load, with_days
from sim.scenario.parts import Department, Link
from sim.scenario.schema import Scenario


class PlainModel:
    """The textbook form of the same network. ``draw`` is ``uniform``, or a constant to see what the draws cost."""

    def __init__(self, scenario: Scenario, draw: Callable[..., float], derive: Callable[..., int]) -> None:
        self.env = simpy.Environment(initial_time=-scenario.warm_up_days * 8.0)
        self.draw, self.derive = draw, derive
        self.end = scenario.days * 8.0
        self.departments = {part.name: part for part in scenario.departments}
        self.people = {part.name: simpy.Resource(self.env, part.staff) for part in scenario.departments}
        self.shape = {
            part.name: shape_of(KINDS[part.handling_distribution], part.handling_spread)
            for part in scenario.departments
        }
        self.suppliers: dict[str, list[tuple[int, Link]]] = {part.name: [] for part in scenario.departments}
        for link in scenario.inner_links:
            self.suppliers[link.customer].append((name_key("link", link.supplier, link.customer), link))
        self.requests = 0
        root = replication_key(SEED, 0)
        for part in scenario.departments:
            if part.background_jobs_per_day:
                key = derived(root ^ name_key("department", part.name), ARRIVAL)
                self.env.process(self.own_work(part, key))
        for customer in range(scenario.market.customers):
            key = derived(root ^ name_key("market"), ARRIVAL, customer)
            self.env.process(self.customer(key, scenario))

    def run(self) -> int:
        self.env.run(until=self.end)
        return self.requests

    def customer(self, key: int, scenario: Scenario) -> Generator[simpy.Event, Any, None]:
        gap = 2000.0 / scenario.market.purchases_per_year
        occurrence = 0
        while True:
            yield self.env.timeout(exponential(gap, self.draw(key, GAP, occurrence)))
            purchase = self.derive(key, ARRIVAL, occurrence)
            drawn, total = self.draw(purchase, FRONT), 0.0
            for link in scenario.front_line:
                total += link.share
                if drawn < total:
                    break
            request = self.derive(purchase ^ name_key("link", link.supplier, link.customer), REQUEST)
            self.env.process(self.job(self.departments[link.supplier], request))
            occurrence += 1

    def own_work(self, part: Department, key: int) -> Generator[simpy.Event, Any, None]:
        occurrence = 0
        while True:
            yield self.env.timeout(exponential(8.0 / part.background_jobs_per_day, self.draw(key, GAP, occurrence)))
            self.env.process(self.job(part, self.derive(key, REQUEST, occurrence)))
            occurrence += 1

    def job(self, part: Department, key: int) -> Generator[simpy.Event, Any, None]:
        self.requests += 1
        if self.draw is uniform:
            hours = handling_hours(
                KINDS[part.handling_distribution], part.handling_hours, self.shape[part.name], key, HANDLING
            )
        else:
            hours = part.handling_hours
        asked = []
        for link_key, link in self.suppliers[part.name]:
            surely = int(link.requests_per_job)
            perhaps = link.requests_per_job - surely
            count = surely + (perhaps > 0 and self.draw(key ^ link_key, NEED) < perhaps)
            asked += [(link, self.derive(key ^ link_key, REQUEST, occurrence)) for occurrence in range(count)]
        people = self.people[part.name]
        before = hours * part.intake_share if asked else hours
        if before > 0:
            with people.request() as turn:
                yield turn
                yield self.env.timeout(before)
        if not asked:
            return
        answers = []
        for link, request in asked:
            process = self.env.process(self.job(self.departments[link.supplier], request))
            if link.blocking:
                answers.append(process)
        if answers:
            yield self.env.all_of(answers)
        if hours > before:
            with people.request() as turn:
                yield turn
                yield self.env.timeout(hours - before)


def cheap_luck() -> tuple[Callable[..., float], Callable[..., int]]:
    """Draws that cost next to nothing: the price of keyed luck is the difference."""
    import random  # noqa: PLC0415

    source = random.Random(SEED)
    return (lambda *_: source.random()), (lambda *_: 1)


def timed(ready: Callable[[], int]) -> float:
    """Requests per second."""
    began = time.process_time()
    count = ready()
    return count / (time.process_time() - began)


def begun(record: Record) -> int:
    """How many jobs were begun and are recorded, asked for or a department's own."""
    return int(record.links["asked"].sum() + record.departments["jobs"].sum() - record.links["answered"].sum())


def fast(scenario: Scenario) -> Callable[[], int]:
    life = Life(scenario, SEED, 0)
    return lambda: begun(life.live())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=250)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    scenario, plant = network(options.days), with_days(load("plant"), options.days)
    loop()
    ways: dict[str, Callable[[], Callable[[], int]]] = {
        "plain SimPy, cheap draws": lambda: PlainModel(scenario, *cheap_luck()).run,
        "plain SimPy, keyed draws": lambda: PlainModel(scenario, uniform, derived).run,
        "reference engine": lambda: lambda: begun(simulate(scenario, SEED, 0)),
        "fast engine": lambda: fast(scenario),
        "fast engine, people feel": lambda: fast(plant),
    }
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(options.rounds):
        for name, ready in ways.items():
            rates[name].append(timed(ready()))
    base = rates["plain SimPy, cheap draws"]
    for name, values in rates.items():
        ratios = [mine / theirs for mine, theirs in zip(values, base, strict=True)]
        print(
            f"{name:26} {statistics.median(values):11,.0f} requests/s  x {statistics.median(ratios):6.2f}"
            f"  ({min(ratios):.2f} to {max(ratios):.2f})"
        )


if __name__ == "__main__":
    main()

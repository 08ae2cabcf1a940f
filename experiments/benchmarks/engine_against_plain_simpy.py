"""Requests per second of the engine against a plain SimPy model of the same network with the same keyed draws.

The plain model is the textbook form: one process a job, ``simpy.Resource`` for the people, ``AllOf`` for the answers.
It keeps no record but a count. The engine does all that it always does: resumed jobs first in line, individuals,
tallies by week, repair, the decomposition of a purchase's time.

    python experiments/benchmarks/engine_against_plain_simpy.py [--days 250] [--rounds 5]
"""

import argparse
import statistics
import time
from collections.abc import Callable, Generator
from typing import Any

import simpy

from sim.model.company import simulate
from sim.model.distributions import KINDS, exponential, handling_hours, shape_of
from sim.model.luck import ARRIVAL, FRONT, GAP, HANDLING, NEED, REQUEST, derived, name_key, replication_key, uniform
from sim.scenario.load import load, with_days
from sim.scenario.parts import Department, Link
from sim.scenario.schema import Scenario

SEED = 1


def network(days: int) -> Scenario:
    """The plant as a network of queues: no decisions, no errors."""
    plant = load("plant").model_dump(exclude_unset=True)
    plant["management"] = {}
    for department in plant["departments"]:
        department["right_first_time"] = 1.0
    return with_days(Scenario.model_validate(plant), days)


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


def timed(work: Callable[[], int]) -> float:
    """Requests per second."""
    began = time.perf_counter()
    count = work()
    return count / (time.perf_counter() - began)


def engine(scenario: Scenario) -> int:
    record = simulate(scenario, SEED, 0)
    return int(record.links["asked"].sum() + record.departments["jobs"].sum() - record.links["answered"].sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=250)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    scenario = network(options.days)
    rates: dict[str, list[float]] = {"engine": [], "plain, keyed draws": [], "plain, cheap draws": []}
    for _ in range(options.rounds):
        rates["engine"].append(timed(lambda: engine(scenario)))
        rates["plain, keyed draws"].append(timed(lambda: PlainModel(scenario, uniform, derived).run()))
        rates["plain, cheap draws"].append(timed(lambda: PlainModel(scenario, *cheap_luck()).run()))
    for name, values in rates.items():
        print(f"{name:20} {statistics.median(values):10,.0f} requests/s  ({min(values):,.0f} to {max(values):,.0f})")
    for other in ("plain, keyed draws", "plain, cheap draws"):
        ratios = [ours / theirs for ours, theirs in zip(rates["engine"], rates[other], strict=True)]
        print(f"engine / {other}: {statistics.median(ratios):.2f}  ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()

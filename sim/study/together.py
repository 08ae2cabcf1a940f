"""Several companies on the same luck: every scenario lives through the same replications, on several cores.

Replication n of one scenario is paired with replication n of another: the same customers, needs and luck.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from sim.model.company import simulate
from sim.model.measures import COMPANY, measured
from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.scenario.writing import fingerprint
from sim.study.replicate import interval

Place = tuple[str, str, str]
"""Outcome, level, where."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What one replication of one scenario gave: totals over the observed period, and week by week."""

    weeks: tuple[int, ...]
    units: Mapping[Place, str]
    totals: Mapping[Place, float]
    weekly: Mapping[Place, Floats]


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean difference with its 95 % interval (Student's t over pairs), and on how many pairs it rests."""

    mean: float
    low: float
    high: float
    n: int

    def is_beyond_zero(self, sign: int) -> bool:
        """Whether the whole interval lies on one side of zero."""
        return self.low > 0.0 if sign > 0 else self.high < 0.0


class Together:
    """Replications of scenarios, each simulated once however often it is asked for."""

    def __init__(self, seed: int, jobs: int | None = None, progress: Callable[[float], None] | None = None) -> None:
        self.seed = seed
        self._jobs = jobs or os.cpu_count() or 1
        self._progress = progress or (lambda share: None)
        self._lived: dict[tuple[str, int], Observed] = {}

    def live(self, wanted: Iterable[tuple[Scenario, int]]) -> None:
        """Simulate each scenario for its first n replications; what has been lived through is not done again."""
        tasks = {
            (fingerprint(scenario), replication): scenario
            for scenario, replications in wanted
            for replication in range(replications)
        }
        tasks = {key: scenario for key, scenario in tasks.items() if key not in self._lived}
        if self._jobs == 1 or len(tasks) < 2:
            for done, (key, scenario) in enumerate(tasks.items(), start=1):
                self._lived[key] = observe(scenario, self.seed, key[1])
                self._progress(done / len(tasks))
            return
        # Spawned everywhere, so that all systems do the same; long runs first, so that none is waited for at the end.
        order = sorted(tasks, key=lambda key: -tasks[key].days)
        with ProcessPoolExecutor(self._jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
            futures = {key: pool.submit(observe, tasks[key], self.seed, key[1]) for key in order}
            for done, (key, future) in enumerate(futures.items(), start=1):
                self._lived[key] = future.result()
                self._progress(done / len(tasks))

    def observed(self, scenario: Scenario, replication: int) -> Observed:
        """What a replication gave that has been lived through."""
        return self._lived[fingerprint(scenario), replication]

    def replications(self, scenario: Scenario) -> list[int]:
        """Which replications of a scenario have been lived through."""
        mark = fingerprint(scenario)
        return sorted(number for name, number in self._lived if name == mark)

    def values(
        self, scenario: Scenario, outcome: str, replications: int, level: str = COMPANY, where: str = ""
    ) -> Floats:
        """An outcome in each of the first n replications."""
        place = (outcome, level, where)
        return np.array([self.observed(scenario, number).totals[place] for number in range(replications)])

    def unit(self, scenario: Scenario, outcome: str, level: str = COMPANY, where: str = "") -> str:
        """In what an outcome is counted."""
        return self.observed(scenario, 0).units[outcome, level, where]

    def difference(  # noqa: PLR0913, PLR0917 - which two, of what, in how many
        self, base: Scenario, other: Scenario, outcome: str, replications: int, level: str = COMPANY, where: str = ""
    ) -> Difference:
        """How much higher an outcome is in the other scenario than in the base, pair by pair."""
        first, second = (self.values(scenario, outcome, replications, level, where) for scenario in (base, other))
        return Difference(*interval(second - first))


def observe(scenario: Scenario, seed: int, replication: int) -> Observed:
    """One replication of one scenario."""
    record = simulate(scenario, seed, replication)
    found = list(measured(record))
    return Observed(
        tuple(int(week) for week in record.weeks),
        {(item.outcome, item.level, item.where): item.unit for item in found},
        {(item.outcome, item.level, item.where): item.total for item in found},
        {(item.outcome, item.level, item.where): item.weekly for item in found},
    )

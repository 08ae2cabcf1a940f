"""Several companies on the same luck: every scenario lives through the same replications, on several cores.

Replication n of one scenario is paired with replication n of another: the same customers, needs and luck.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from sim.model.engines import Engine
from sim.model.measures import COMPANY
from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.scenario.writing import fingerprint
from sim.study.observed import Kept, Observed, observe
from sim.study.problems import RunFailedError
from sim.study.replicate import interval
from sim.study.workers import Failure, at_once, carried_out


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
    """Replications of scenarios, each simulated once however often it is asked for.

    With ``kept``, runs that it holds are not simulated again, and each new one is kept as soon as it is there.
    """

    def __init__(
        self,
        seed: int,
        jobs: int | None = None,
        progress: Callable[[float], None] | None = None,
        kept: Kept | None = None,
        engine: Engine = "fast",
    ) -> None:
        self.seed = seed
        self.failed: dict[tuple[str, int], Failure] = {}
        self.jobs = at_once(jobs)
        self._progress = progress or (lambda share: None)
        self._kept = kept
        self.engine = engine
        self._lived: dict[tuple[str, int], Observed] = {}
        self._marks: dict[int, tuple[Scenario, str]] = {}

    def try_to_live(self, wanted: Iterable[tuple[Scenario, int]]) -> None:
        """Simulate each scenario for its first n replications; what has been lived through is not done again.

        What fails is in ``failed``, by the scenario's fingerprint and the replication, and does not stop the others.
        """
        tasks = {
            (self._mark(scenario), replication): scenario
            for scenario, replications in wanted
            for replication in range(replications)
        }
        done = self._lived.keys() | self.failed.keys()
        tasks = {
            key: scenario for key, scenario in tasks.items() if key not in done and not self._remembers(key, scenario)
        }
        # Long runs first, so that none is waited for at the end.
        order = sorted(tasks, key=lambda key: -tasks[key].days)
        # Compiled code lets go of the interpreter's lock: threads do, and nothing is copied between processes.
        by_threads = self.engine == "fast"
        wanted_runs = [(tasks[key], self.seed, key[1], self.engine) for key in order]
        runs = carried_out(_lived, wanted_runs, self.jobs, threads=by_threads)
        for count, (place, run) in enumerate(runs, start=1):
            key = order[place]
            if isinstance(run, Failure):
                self.failed[key] = run
            else:
                self._lived[key] = run
                if self._kept is not None:
                    self._kept.write(tasks[key], self.seed, key[1], run)
            self._progress(count / len(order))

    def live(self, wanted: Iterable[tuple[Scenario, int]]) -> None:
        """As ``try_to_live``; ``RunFailedError`` if any has failed."""
        self.try_to_live(wanted)
        for (_, replication), failure in self.failed.items():
            raise RunFailedError(f"replication {replication}: {failure.message}\n{failure.details}")

    def observed(self, scenario: Scenario, replication: int) -> Observed:
        """What a replication gave that has been lived through."""
        return self._lived[self._mark(scenario), replication]

    def replications(self, scenario: Scenario) -> list[int]:
        """Which replications of a scenario have been lived through."""
        mark = self._mark(scenario)
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

    def _mark(self, scenario: Scenario) -> str:
        """A scenario's fingerprint, made once; the scenario is held, so that no other comes to have its identity."""
        if id(scenario) not in self._marks:
            self._marks[id(scenario)] = scenario, fingerprint(scenario)
        return self._marks[id(scenario)][1]

    def _remembers(self, key: tuple[str, int], scenario: Scenario) -> bool:
        run = self._kept.read(scenario, self.seed, key[1]) if self._kept is not None else None
        if run is not None:
            self._lived[key] = run
        return run is not None


def _lived(task: tuple[Scenario, int, int, Engine]) -> Observed:
    return observe(*task)

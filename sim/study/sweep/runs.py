"""What the runs of a study give: rows, one for each replication of each point, in batches that a process can carry out.

A point that no company can be, or a run that fails, is a row that says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from pydantic import ValidationError

from sim.model.engines import Engine, simulate
from sim.model.measures import COMPANY, DEPARTMENT, LINK, measured
from sim.scenario.dated import KeyRefusedError, with_values
from sim.scenario.schema import Scenario
from sim.scenario.wording import worded
from sim.study.sweep.asked import Response
from sim.study.sweep.designs import Point
from sim.study.sweep.expressions import Value

_LONGEST: Final = 500
"""Choice: characters of an error in a table."""


class Run(NamedTuple):
    """A row: which point and replication, and what came out, or why nothing did."""

    point: str
    replication: int
    outcomes: Mapping[str, float]
    error: str = ""


class Wanted(NamedTuple):
    """A point, and the replications of it that are wanted."""

    point: str
    keys: Mapping[str, Value]
    replications: tuple[int, ...]
    impossible: str = ""


class Batch(NamedTuple):
    """Some runs that are carried out one after another."""

    base: Scenario
    seed: int
    engine: Engine
    finer: tuple[Response, ...]
    wanted: tuple[Wanted, ...]

    @property
    def runs(self) -> int:
        """How many."""
        return sum(len(one.replications) for one in self.wanted)


def wanted(point: Point, replications: Sequence[int]) -> Wanted:
    """These replications of a point."""
    return Wanted(point.name, point.keys, tuple(replications), point.impossible)


def carry_out(batch: Batch) -> list[Run]:
    """All runs of a batch."""
    return [run for one in batch.wanted for run in _of_a_point(batch, one)]


def _of_a_point(batch: Batch, one: Wanted) -> Iterator[Run]:
    why = one.impossible
    try:
        scenario = with_values(batch.base, one.keys)
    except (ValidationError, KeyRefusedError) as error:
        why = refusal(error)
    if why:
        for replication in one.replications:
            yield Run(one.point, replication, {}, f"no such company: {why}")
        return
    for replication in one.replications:
        try:
            found = outcomes(scenario, batch.seed, replication, batch.engine, batch.finer)
            yield Run(one.point, replication, {item.column: item.value for item in found})
        except Exception as error:  # whatever went wrong is a row
            yield Run(one.point, replication, {}, f"{type(error).__name__}: {error}"[:_LONGEST])


class Outcome(NamedTuple):
    """What came out of a replication, in a unit, by the name of its column."""

    column: str
    unit: str
    value: float


def outcomes(
    scenario: Scenario, seed: int, replication: int, engine: Engine, finer: Sequence[Response]
) -> list[Outcome]:
    """All outcomes of the company in one replication, and those of departments and links that are asked for."""
    places = {_place(response): response.column for response in finer}
    found = []
    for item in measured(simulate(scenario, seed, replication, engine=engine)):
        column = item.outcome if item.level == COMPANY else places.get((item.outcome, item.level, item.where))
        if column is not None:
            found.append(Outcome(column, item.unit, item.total))
    return found


def _place(response: Response) -> tuple[str, str, str]:
    if response.department is not None:
        return response.outcome, DEPARTMENT, response.department
    return response.outcome, LINK if response.link else COMPANY, response.link or ""


def refusal(error: Exception) -> str:
    """Why there is no such company."""
    if isinstance(error, ValidationError):
        found = [
            f"{'.'.join(map(str, path))}: {rule}" if path else rule
            for item in error.errors(include_url=False)
            for path, rule, _ in worded(item, Scenario)
        ]
        return "; ".join(found)[:_LONGEST]
    return str(error)[:_LONGEST]

"""Do both engines live the same lives? Every company that ships, moment by moment, to the last bit.

    python -m experiments.sameness.sameness

writes ``findings.csv`` beside this file: for each company how many moments, states, requests and tallies were compared,
and the first in which they differ, if any.
"""

import csv
import os
import sys
from pathlib import Path
from time import process_time
from typing import Final, NamedTuple

from sim.model.twin import diary
from sim.scenario.load import load
from sim.scenario.schema import Scenario
from sim.scenario.shipped import shipped
from sim.study.workers import Failure, carried_out
from tests.model.twin.sameness import LEDGERS, Told, by_reference, by_twin, difference

FINDINGS: Final = Path(__file__).with_name("findings.csv")
DAYS: Final = {"clinic": 20, "group": 5}
"""Of large companies not a whole year: the reference takes minutes for it."""
COARSE: Final = 0.5
"""Hours of the grid on which a second run rounds every time, so that most moments tie."""


class Task(NamedTuple):
    """A company, for how many days, and on which grid of hours (0: continuous time)."""

    name: str
    days: int | None
    grid: float


class Finding(NamedTuple):
    """What was compared, and the first difference, in words."""

    scenario: str
    grid_hours: float
    days: int
    moments: int
    states: int
    requests: int
    tallies: int
    reference_seconds: float
    twin_seconds: float
    difference: str


def main() -> None:
    """Compare all, and write what was found."""
    wanted = [Task(name, DAYS.get(name), grid) for grid in (0.0, COARSE) for name in sorted(shipped())]
    found: dict[int, Finding] = {}
    for place, answer in carried_out(compared, wanted, os.cpu_count() or 1):
        if isinstance(answer, Failure):
            sys.exit(f"{wanted[place]}: {answer.message}\n{answer.details}")
        found[place] = answer
        said = answer.difference or "the same"
        print(f"{len(found)}/{len(wanted)} {answer.scenario} {answer.grid_hours}: {said}", flush=True)
        _write([found[known] for known in sorted(found)])
    everything = [sum(row[3:7]) for row in found.values()]
    differing = sum(bool(row.difference) for row in found.values())
    print(f"{len(found)} runs, {sum(everything):,} records, {differing} runs that differ")


def _write(found: list[Finding]) -> None:
    with FINDINGS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Finding._fields)
        writer.writerows(found)


def compared(task: Task) -> Finding:
    """One company by both engines."""
    scenario = load(task.name)
    if task.days is not None:
        scenario = _shortened(scenario, task.days)
    began = process_time()
    reference = by_reference(scenario, grid=task.grid)
    between = process_time()
    twin = by_twin(scenario, grid=task.grid)
    seconds = between - began, process_time() - between
    moments = sum(line[1] < diary.MANAGER for line in reference.lines)
    return Finding(
        task.name,
        task.grid,
        scenario.warm_up_days + scenario.days,
        moments,
        len(reference.lines) - moments,
        len(reference.requests),
        _tallies(reference),
        *(round(value, 2) for value in seconds),
        difference(reference, twin),
    )


def _shortened(scenario: Scenario, days: int) -> Scenario:
    kept = tuple(change for change in scenario.changes if change.day < days)
    return scenario.model_copy(update={"days": days, "warm_up_days": 0, "changes": kept})


def _tallies(told: Told) -> int:
    assert told.record is not None
    return int(sum(getattr(told.record, name).rows.size for name in LEDGERS))


if __name__ == "__main__":
    main()

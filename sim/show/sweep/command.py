"""Carry out a study and say what it found. What ``customer-chain study`` does."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.model.engines import Engine
from sim.scenario.problems import Problem, ScenarioError, nearest
from sim.show.language import speaking
from sim.show.sweep.analysis import analyse
from sim.study.sweep.asked import Asked, read_study
from sim.study.sweep.clusters import on_cluster
from sim.study.sweep.expressions import Value
from sim.study.sweep.study import Cost, Found, Progress, Study, here
from sim.study.workers import at_once

if TYPE_CHECKING:
    import pandas as pd

ANALYSIS: Final = "analysis"


def run_study(  # noqa: PLR0913 - one argument for each option of the command
    file: str | Path,
    *,
    points: "pd.DataFrame | None" = None,
    out: str | Path | None = None,
    jobs: int | None = None,
    threads: bool = False,
    cluster: str | None = None,
    retry_failed: bool = False,
    language: str = "en",
    engine: Engine = "fast",
    before: Callable[[Cost], None] = lambda _: None,
    progress: Callable[[Progress], None] = lambda _: None,
    get_ready: Callable[[], None] = lambda: None,
    told: Callable[[str], None] = lambda text: None,
) -> Found:
    """Carry out the study of a file; ``.table`` of what comes back has a row for each run.

    ``points``: other points than those of the file's design, a column for each factor. ``out``: the folder that holds
    its runs, ``results/NAME`` if not given; what is there is not run again. Runs are carried out in ``jobs`` processes
    (or threads) here, or by the workers of a Dask ``cluster`` at an address. ``before`` is told what it will cost, and
    may refuse; ``told`` hears what takes a while after the runs. ``ScenarioError``, ``StudyError`` and ``FolderError``
    for what cannot be done, before anything is run; ``RunFailedError`` if work stops on the way: what was run is kept.
    """
    say = speaking(language)
    asked = read_study(file)
    get_ready()
    planned = Study(asked, engine, None if points is None else rows_of(asked, points))
    folder = folder_of(asked.question.name, out)
    with on_cluster(cluster) if cluster else nullcontext((here(jobs, threads=threads), at_once(jobs))) as (carry, many):
        found = planned.carry_out(folder, carry, progress, before=before, jobs=many, retry_failed=retry_failed)
    sentences = analyse(found, folder / ANALYSIS, say, engine, at_once(jobs), told)
    return replace(found, sentences=sentences)


def folder_of(name: str, out: str | Path | None) -> Path:
    """Where the runs of a study lie."""
    return Path("results") / name if out is None else Path(out)


def rows_of(asked: Asked, points: "pd.DataFrame") -> list[list[Value]]:
    """A table of points as rows in the order of the factors; ``ScenarioError`` if a factor has no column."""
    missing = [name for name in asked.question.factors if name not in points.columns]
    if missing:
        names = list(map(str, points.columns))
        raise ScenarioError(
            [Problem("points", 0, name, "there is no such column", nearest(name, names)) for name in missing]
        )
    columns = [points[name].tolist() for name in asked.question.factors]
    return [list(row) for row in zip(*columns, strict=True)]


def cost_of(file: str | Path, engine: Engine = "fast") -> Cost:
    """What a study would cost, by a pilot; nothing is written. ``ScenarioError`` if that is more than its budget."""
    planned = Study(read_study(file), engine)
    cost = planned.cost()
    planned.check_budget(cost)
    return cost

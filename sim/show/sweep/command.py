"""Carry out a study and say what it found. What ``customer-chain study`` does."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.model.engines import Engine
from sim.scenario.problems import Problem, ScenarioError, nearest
from sim.show.language import speaking
from sim.show.style import look, save
from sim.show.sweep.charts import draw_effects, draw_indices, draw_regret, draw_screening, draw_together
from sim.study.sweep.asked import Asked, read_study
from sim.study.sweep.clusters import on_cluster
from sim.study.sweep.expressions import Value
from sim.study.sweep.robust import regret
from sim.study.sweep.sensitivity import interactions, main_effects, morris_table, sobol_indices
from sim.study.sweep.study import Cost, Found, Progress, Study, StudyError, here
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
) -> Found:
    """Carry out the study of a file; ``.table`` of what comes back has a row for each run.

    ``points``: other points than those of the file's design, a column for each factor. ``out``: the folder that holds
    its runs, ``results/NAME`` if not given; what is there is not run again. Runs are carried out in ``jobs`` processes
    (or threads) here, or by the workers of a Dask ``cluster`` at an address. ``before`` is told what it will cost, and
    may refuse. ``ScenarioError``, ``StudyError`` and ``FolderError`` for what cannot be done, before anything is run;
    ``RunFailedError`` if work stops on the way: what was run is kept.
    """
    say = speaking(language)
    asked = read_study(file)
    get_ready()
    planned = Study(asked, engine, None if points is None else rows_of(asked, points))
    folder = folder_of(asked.question.name, out)
    with on_cluster(cluster) if cluster else nullcontext((here(jobs, threads=threads), at_once(jobs))) as (carry, many):
        found = planned.carry_out(folder, carry, progress, before=before, jobs=many, retry_failed=retry_failed)
    _analyse(found, folder / ANALYSIS, say.code)
    return found


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


def _analyse(found: Found, folder: Path, language: str) -> None:
    """A table and a chart of each response; what cannot be had, since runs failed, is said in ``notes.txt``."""
    say = speaking(language)
    folder.mkdir(exist_ok=True)
    notes = []
    for response in (one.column for one in found.asked.question.responses):
        try:
            match found.asked.question.design.kind:
                case "sobol_indices" if found.designed.shares is not None:
                    table, draw = sobol_indices(found, response), draw_indices
                case "morris" if found.designed.shares is not None:
                    table, draw = morris_table(found, response), draw_screening
                case _:
                    table, draw = main_effects(found, response), draw_effects
        except StudyError as error:
            notes.append(str(error))
            continue
        name = response.replace(" ", "-").replace(">", "-to-")
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
        with look():
            sheet = draw(found, response, table, say)
        save(sheet, folder / f"{name}.png")
        design = found.asked.question.design
        if design.kind == "grid" and design.fraction is None and len(found.designed.factors) > 1 and not found.failed:
            table = interactions(found, response)
            table.to_csv(folder / f"{name}-together.csv", index=False, encoding="utf-8", lineterminator="\n")
            with look():
                sheet = draw_together(found, response, table, say)
            save(sheet, folder / f"{name}-together.png")
        if found.asked.question.decisions:
            try:
                table = regret(found, response)
            except StudyError as error:
                notes.append(str(error))
                continue
            table.to_csv(folder / f"{name}-regret.csv", index=False, encoding="utf-8", lineterminator="\n")
            with look():
                sheet = draw_regret(found, response, table, say)
            save(sheet, folder / f"{name}-regret.png")
    (folder / "notes.txt").unlink(missing_ok=True)
    if notes:
        (folder / "notes.txt").write_text("\n".join(notes) + "\n", encoding="utf-8", newline="\n")

"""The folder of a comparison: tidy tables, the scenarios, and what is needed to do it again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.scenario.schema import Scenario
from sim.scenario.writing import as_yaml, fingerprint
from sim.study.compare.about import KIND
from sim.study.compare.comparison import Comparison, Failed
from sim.study.manifest import write_manifest
from sim.study.shell import shell_word
from sim.study.unfinished import RUNS


def write(comparison: Comparison, folder: Path) -> dict[str, int]:
    """Write resolved scenarios and tables into a folder; how many rows they have."""
    outcomes, weekly, summary = comparison.tables()
    (folder / "scenarios").mkdir()
    for scenario in comparison.scenarios:
        (folder / _file(scenario)).write_text(as_yaml(scenario), encoding="utf-8", newline="\n")
    outcomes.to_parquet(folder / "outcomes.parquet", index=False)
    weekly.to_parquet(folder / "weekly.parquet", index=False)
    summary.to_csv(folder / "summary.csv", index=False, encoding="utf-8", lineterminator="\n")
    if comparison.failed:
        _write_failures(comparison, folder)
    return {"outcomes": len(outcomes), "weekly": len(weekly), "failed": len(comparison.failed)}


def write_how(
    comparison: Comparison, folder: Path, options: Mapping[str, Any], counts: Mapping[str, int], seconds: float
) -> None:
    """Write what is needed to do a comparison again. It names every file, so it comes last."""
    files = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    write_manifest(
        folder,
        {
            scenario.name: {"file": _file(scenario), "sha256": fingerprint(scenario)}
            for scenario in comparison.scenarios
        },
        comparison.seed,
        options,
        counts,
        seconds,
        comparison.together.engine,
        kind=KIND,
        base=comparison.base.name,
        replications=len(comparison.replications),
        attempted=comparison.attempted,
        stated=list(comparison.stated),
        files=[file for file in files if not file.startswith((".", f"{RUNS}/"))],
    )


def _file(scenario: Scenario) -> str:
    return f"scenarios/{scenario.name}.yaml"


def _write_failures(comparison: Comparison, folder: Path) -> None:
    """A row for each replication that failed, with the command that runs it alone."""
    import pandas as pd  # noqa: PLC0415 - takes a while to load

    rows = [
        {
            "scenario": item.scenario,
            "seed": comparison.seed,
            "replication": item.replication,
            "message": item.failure.message,
            "alone": _alone(item, comparison.seed),
            "details": item.failure.details,
        }
        for item in comparison.failed
    ]
    pd.DataFrame(rows).to_csv(folder / "failures.csv", index=False, encoding="utf-8", lineterminator="\n")


def _alone(item: Failed, seed: int) -> str:
    file = f"scenarios/{item.scenario}.yaml"
    run = f"observe(load({file!r}), {seed}, {item.replication})"
    return f"python -c {shell_word(f'from sim import load; from sim.study.observed import observe; {run}')}"

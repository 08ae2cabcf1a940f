"""The folder of a comparison: tidy tables, the scenarios, and what is needed to do it again."""

import json
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from sim.scenario.writing import as_yaml, fingerprint
from sim.study.compare.comparison import Comparison, Failed
from sim.study.manifest import write_manifest
from sim.study.shell import shell_word

KIND = "comparison"


def is_comparison(folder: Path) -> bool:
    """Whether a folder holds the results of a comparison."""
    return bool(_compared(folder))


def default_folder(parent: Path, names: Sequence[str]) -> Path:
    """The first of ``BASE-compared``, ``BASE-compared-2`` … that is free or compares the same scenarios."""
    for number in count(1):
        folder = parent / (f"{names[0]}-compared" + (f"-{number}" if number > 1 else ""))
        if not folder.exists() or _compared(folder) == list(names):
            return folder
    raise AssertionError  # numbers do not end


def _compared(folder: Path) -> list[str]:
    """The scenarios of a comparison, the base first; none if the folder holds something else."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    ours = isinstance(manifest, dict) and manifest.get("kind") == KIND
    return list(manifest["scenarios"]) if ours else []


def write(comparison: Comparison, folder: Path, options: Mapping[str, Any], seconds: float) -> None:
    """Write manifest, resolved scenarios and tables into a folder."""
    outcomes, weekly, summary = comparison.tables()
    (folder / "scenarios").mkdir()
    files = {}
    for scenario in comparison.scenarios:
        file = f"scenarios/{scenario.name}.yaml"
        (folder / file).write_text(as_yaml(scenario), encoding="utf-8", newline="\n")
        files[scenario.name] = {"file": file, "sha256": fingerprint(scenario)}
    outcomes.to_parquet(folder / "outcomes.parquet", index=False)
    weekly.to_parquet(folder / "weekly.parquet", index=False)
    summary.to_csv(folder / "summary.csv", index=False, encoding="utf-8", lineterminator="\n")
    if comparison.failed:
        _write_failures(comparison, folder)
    write_manifest(
        folder,
        files,
        comparison.seed,
        options,
        {"outcomes": len(outcomes), "weekly": len(weekly), "failed": len(comparison.failed)},
        seconds,
        comparison.together.engine,
        kind=KIND,
        base=comparison.base.name,
        replications=len(comparison.replications),
        stated=list(comparison.stated),
    )


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

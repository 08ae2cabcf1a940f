"""The results of a run: tidy tables, and how they are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.model.engines import Engine
from sim.scenario.schema import Scenario
from sim.scenario.writing import as_yaml, fingerprint
from sim.study.manifest import write_manifest
from sim.study.replicate import outcomes_table, replicate, summary_table, weekly_table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Results:
    """What a run found. Tables are tidy; their columns are described in the README."""

    scenario: Scenario
    seed: int
    replications: int
    outcomes: "pd.DataFrame"
    weekly: "pd.DataFrame"
    summary: "pd.DataFrame"
    seconds: float
    folder: Path | None = field(default=None)
    engine: Engine = "fast"

    def value(self, outcome: str, level: str = "company", where: str = "") -> float:
        """The mean over replications of one outcome; ``KeyError`` if there is none of that name."""
        table = self.outcomes
        chosen = table[(table["outcome"] == outcome) & (table["level"] == level) & (table["where"] == where)]
        if chosen.empty:
            raise KeyError(f"no outcome {outcome!r} at level {level!r} of {where!r}")
        return float(chosen["value"].mean())

    def means(self, level: str) -> dict[str, dict[str, float]]:
        """For each thing of a level its outcomes, as means over replications."""
        chosen = self.outcomes[self.outcomes["level"] == level]
        found: dict[str, dict[str, float]] = {}
        for (where, outcome), values in chosen.groupby(["where", "outcome"], sort=False)["value"]:
            found.setdefault(str(where), {})[str(outcome)] = float(values.mean())
        return found


def run_replications(  # noqa: PLR0913, PLR0917 - what is lived, what is told of it, and how
    scenario: Scenario,
    seed: int,
    replications: int,
    progress: Callable[[float], None] | None,
    trace_to: Path | None,
    engine: Engine = "fast",
) -> Results:
    """Simulate and tabulate; with ``trace_to`` every request is written there as Parquet on the way."""
    from time import perf_counter  # noqa: PLC0415

    began = perf_counter()
    if trace_to is None:
        replicated = replicate(scenario, seed, range(replications), progress, engine=engine)
    else:
        from sim.study.requests import RequestFile  # noqa: PLC0415 - pyarrow takes a while to load

        with RequestFile(trace_to) as requests:
            replicated = replicate(scenario, seed, range(replications), progress, requests.write, engine)
    outcomes = outcomes_table([replicated])
    return Results(
        scenario=scenario,
        seed=seed,
        replications=replications,
        outcomes=outcomes,
        weekly=weekly_table([replicated]),
        summary=summary_table(outcomes),
        seconds=perf_counter() - began,
        engine=engine,
    )


def write(results: Results, folder: Path, options: Mapping[str, Any]) -> None:
    """Write manifest, resolved scenario and tables into a folder."""
    scenario = results.scenario
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / f"{scenario.name}.yaml").write_text(as_yaml(scenario), encoding="utf-8", newline="\n")
    results.outcomes.to_parquet(folder / "outcomes.parquet", index=False)
    results.weekly.to_parquet(folder / "weekly.parquet", index=False)
    results.summary.to_csv(folder / "summary.csv", index=False, encoding="utf-8", lineterminator="\n")
    write_manifest(
        folder,
        {scenario.name: {"file": f"scenarios/{scenario.name}.yaml", "sha256": fingerprint(scenario)}},
        results.seed,
        options,
        {
            "outcomes": len(results.outcomes),
            "weekly": len(results.weekly),
            "requests": round(results.value("requests") * results.replications),
        },
        results.seconds,
        results.engine,
        replications=results.replications,
    )

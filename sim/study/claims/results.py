"""The folder of the claims: their table, the runs they rest on, and what is needed to do it again."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.scenario.schema import Scenario
from sim.scenario.writing import as_yaml, fingerprint
from sim.study.claims.verdict import Findings
from sim.study.manifest import write_manifest

if TYPE_CHECKING:
    import pandas as pd


def write(findings: Findings, folder: Path, options: Mapping[str, Any]) -> None:
    """Write ``claims.csv``, the scenarios, and tidy outcomes over the observed period and week by week."""
    findings.table().to_csv(folder / "claims.csv", index=False, encoding="utf-8", lineterminator="\n")
    (folder / "scenarios").mkdir()
    scenarios = findings.scenarios
    for scenario in scenarios:
        path = folder / "scenarios" / f"{scenario.name}.yaml"
        path.write_text(as_yaml(scenario), encoding="utf-8", newline="\n")
    outcomes = _outcomes(findings)
    outcomes.to_parquet(folder / "outcomes.parquet", index=False)
    _weekly(findings).to_parquet(folder / "weekly.parquet", index=False)
    described = {
        scenario.name: {"file": f"scenarios/{scenario.name}.yaml", "sha256": fingerprint(scenario)}
        for scenario in scenarios
    }
    counts = {"claims": len(findings.tried), "outcomes": len(outcomes)}
    write_manifest(folder, described, findings.together.seed, options, counts, engine=findings.together.engine)


def _outcomes(findings: Findings) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415 - takes a while to load

    frames = []
    for scenario, replication in findings.runs:
        seen = findings.together.observed(scenario, replication)
        frames.append(_frame(scenario, replication, seen.units, list(seen.totals.values())))
    return pd.concat(frames, ignore_index=True)


def _weekly(findings: Findings) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415

    frames = []
    for scenario, replication in findings.runs:
        seen = findings.together.observed(scenario, replication)
        company = {place: path for place, path in seen.weekly.items() if place[1] != "link"}
        frame = _frame(scenario, replication, {place: seen.units[place] for place in company}, [np.nan] * len(company))
        frame = frame.loc[frame.index.repeat(len(seen.weeks))].reset_index(drop=True)
        frame["value"] = np.concatenate(list(company.values()))
        frame.insert(2, "week", np.tile(np.asarray(seen.weeks, dtype=np.int32), len(company)))
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def _frame(
    scenario: Scenario, replication: int, units: Mapping[tuple[str, str, str], str], values: list[float]
) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415

    return pd.DataFrame(
        {
            "scenario": scenario.name,
            "replication": np.int32(replication),
            "outcome": [place[0] for place in units],
            "level": [place[1] for place in units],
            "where": [place[2] for place in units],
            "value": values,
            "unit": list(units.values()),
        }
    )

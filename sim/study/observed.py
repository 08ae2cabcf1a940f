"""What one replication of one scenario gave, and how it is kept in a file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np

from sim.model.company import simulate
from sim.model.mark import model_mark
from sim.model.measures import measured
from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.scenario.writing import fingerprint

Place = tuple[str, str, str]
"""Outcome, level, where."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What one replication of one scenario gave: totals over the observed period, and week by week."""

    weeks: tuple[int, ...]
    units: Mapping[Place, str]
    totals: Mapping[Place, float]
    weekly: Mapping[Place, Floats]


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


class Kept:
    """A folder of runs, a file each, named by what is in it: model, scenario, seed and replication."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, scenario: Scenario, seed: int, replication: int) -> Observed | None:
        """A run that is there; ``None`` if it is not, or cannot be read."""
        import pyarrow as pa  # noqa: PLC0415 - takes a while to load
        from pyarrow import parquet  # noqa: PLC0415

        try:
            table = parquet.read_table(self._file(scenario, seed, replication))
        except (OSError, pa.ArrowException):
            return None
        weeks = tuple(json.loads(table.schema.metadata[b"weeks"]))
        columns = table.to_pydict()
        places = list(zip(columns["outcome"], columns["level"], columns["where"], strict=True))
        weekly = np.asarray(table.column("weekly").combine_chunks().flatten()).reshape(len(places), len(weeks))
        return Observed(
            weeks,
            dict(zip(places, columns["unit"], strict=True)),
            dict(zip(places, columns["total"], strict=True)),
            dict(zip(places, weekly, strict=True)),
        )

    def write(self, scenario: Scenario, seed: int, replication: int, run: Observed) -> None:
        """Keep a run: written under another name and moved into place."""
        import pyarrow as pa  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415

        places = list(run.totals)
        columns = {
            name: pa.array([place[number] for place in places])
            for number, name in enumerate(("outcome", "level", "where"))
        }
        columns["unit"] = pa.array([run.units[place] for place in places])
        columns["total"] = pa.array([run.totals[place] for place in places], pa.float64())
        columns["weekly"] = pa.array([run.weekly[place] for place in places], pa.list_(pa.float64()))
        table = pa.table(columns).replace_schema_metadata({"weeks": json.dumps(run.weeks)})
        file = self._file(scenario, seed, replication)
        written = file.with_suffix(f".{uuid4().hex[:8]}")
        parquet.write_table(table, written)
        written.replace(file)

    def _file(self, scenario: Scenario, seed: int, replication: int) -> Path:
        return self._folder / f"{model_mark()[:8]}-{fingerprint(scenario)[:24]}-{seed}-{replication}.parquet"

"""What one replication of one scenario gave, and how it is kept in a file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import numpy as np

from sim.model.engines import Engine, simulate
from sim.model.mark import model_mark
from sim.model.measures import measured
from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.scenario.writing import fingerprint

if TYPE_CHECKING:
    import pyarrow as pa

Place = tuple[str, str, str]
"""Outcome, level, where."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What one replication of one scenario gave: totals over the observed period, and week by week."""

    weeks: tuple[int, ...]
    units: Mapping[Place, str]
    totals: Mapping[Place, float]
    weekly: Mapping[Place, Floats]


def observe(scenario: Scenario, seed: int, replication: int, engine: Engine = "fast") -> Observed:
    """One replication of one scenario."""
    record = simulate(scenario, seed, replication, engine=engine)
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
        """A run that is there; ``None`` if it is not, is another, or cannot be read: then it can be simulated again."""
        from pyarrow import parquet  # noqa: PLC0415 - takes a while to load

        try:
            with self._file(scenario, seed, replication).open("rb") as file:
                return _decoded(parquet.read_table(file), _told(scenario, seed, replication))
        except MemoryError:
            raise
        except Exception:  # a file may be wrong in any way
            return None

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
        told = _told(scenario, seed, replication) | {"weeks": json.dumps(run.weeks)}
        table = pa.table(columns).replace_schema_metadata(told)
        file = self._file(scenario, seed, replication)
        written = file.with_suffix(f".{uuid4().hex[:8]}")
        parquet.write_table(table, written)
        written.replace(file)

    def _file(self, scenario: Scenario, seed: int, replication: int) -> Path:
        return self._folder / f"{model_mark()[:8]}-{fingerprint(scenario)[:24]}-{seed}-{replication}.parquet"


def _told(scenario: Scenario, seed: int, replication: int) -> dict[str, str]:
    """What a file says of its run."""
    return {
        "model": model_mark(),
        "scenario": fingerprint(scenario),
        "seed": str(seed),
        "replication": str(replication),
    }


def _decoded(table: "pa.Table", told: Mapping[str, str]) -> Observed | None:
    """The run in a table; ``None`` if it tells of another. Any error if the table holds something else."""
    about = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    if not told.items() <= about.items():
        return None
    weeks = tuple(json.loads(about["weeks"]))
    columns = table.to_pydict()
    places = list(zip(columns["outcome"], columns["level"], columns["where"], strict=True))
    weekly = np.asarray(table.column("weekly").combine_chunks().flatten()).reshape(len(places), len(weeks))
    return Observed(
        weeks,
        dict(zip(places, columns["unit"], strict=True)),
        dict(zip(places, columns["total"], strict=True)),
        dict(zip(places, weekly, strict=True)),
    )

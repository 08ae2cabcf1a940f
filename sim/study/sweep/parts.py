"""The runs of a study on the disk: Parquet files named by what they contain, so that nothing is lost or done twice.

A part is written under another name and moved into place. Reading needs nothing of ours; parts that were copied into
one folder are merged by that. A part that is cut short, or holds something else, is set aside and its runs are missing.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sim.study.sweep.runs import Run

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_MANY: Final = 64
"""Choice: parts from which on they are put together."""
_LARGE: Final = 500_000
"""Choice: rows of a part at the most."""
_ASIDE: Final = "set-aside"
_ABOUT: Final = b"customer-chain"
_CELLS: Final[Mapping[str, Callable[[Any], Any]]] = {"double": float, "int64": int, "bool": bool, "string": str}


class Columns:
    """The columns of a study's table: point, replication, seed, factors, outcomes, error."""

    def __init__(self, factors: Mapping[str, str], outcomes: Sequence[str]) -> None:
        self.factors = dict(factors)
        self.outcomes = tuple(outcomes)

    @property
    def schema(self) -> "pa.Schema":
        """With their types; ``factors`` name theirs (``double``, ``int64``, ``bool``, ``string``)."""
        import pyarrow as pa  # noqa: PLC0415 - takes a while to load

        kinds = {"double": pa.float64(), "int64": pa.int64(), "bool": pa.bool_(), "string": pa.string()}
        return pa.schema(
            [
                pa.field("point", pa.string(), nullable=False),
                pa.field("replication", pa.int32(), nullable=False),
                pa.field("seed", pa.int64(), nullable=False),
                *(pa.field(name, kinds[kind], nullable=False) for name, kind in self.factors.items()),
                *(pa.field(name, pa.float64()) for name in self.outcomes),
                pa.field("error", pa.string(), nullable=False),
            ]
        )


class Parts:
    """A folder of parts of one study: the same base, factors, seed and model.

    ``about`` tells them from others; what it says stands in each file. ``set_aside`` names what was found wrong.
    """

    def __init__(self, folder: Path, columns: Columns, about: Mapping[str, Any]) -> None:
        self._folder = folder
        self._columns = columns
        self._about = json.dumps(about, sort_keys=True, ensure_ascii=False).encode()
        self.set_aside: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(".*.tmp"):  # of a process that was killed
            left.unlink(missing_ok=True)

    def table(self) -> "pd.DataFrame":
        """All runs that are there, each once, sorted by point and replication; failures have an ``error``."""
        import pandas as pd  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415

        found = [table for file in sorted(self._folder.glob("*.parquet")) if (table := self._read(file)) is not None]
        whole = pa.concat_tables(found) if found else self._columns.schema.empty_table()
        del found
        frame: pd.DataFrame = whole.to_pandas(split_blocks=True, self_destruct=True)
        return _once(frame)

    def write(self, runs: Iterable[Run], values: Mapping[str, Sequence[Any]], seed: int) -> None:
        """Keep some runs; ``values`` of the factors by point."""
        import pandas as pd  # noqa: PLC0415

        rows = [
            {
                "point": run.point,
                "replication": run.replication,
                "seed": seed,
                **{
                    name: _CELLS[kind](value)
                    for (name, kind), value in zip(self._columns.factors.items(), values[run.point], strict=True)
                },
                **{name: run.outcomes.get(name) for name in self._columns.outcomes},
                "error": run.error,
            }
            for run in runs
        ]
        if rows:
            self._write(_once(pd.DataFrame(rows, columns=self._columns.schema.names)))

    @property
    def are_many(self) -> bool:
        """So many files that they should be put together."""
        return sum(1 for _ in self._folder.glob("*.parquet")) > _MANY

    def put_together(self, frame: "pd.DataFrame") -> None:
        """Few files instead of many: ``frame`` is all that they hold."""
        files = set(self._folder.glob("*.parquet"))
        whole = {self._write(frame.iloc[first : first + _LARGE]) for first in range(0, len(frame), _LARGE)}
        for file in files - whole:
            file.unlink(missing_ok=True)

    def drop_failures(self, frame: "pd.DataFrame") -> "pd.DataFrame":
        """Forget the runs that failed, so that they are tried again."""
        kept = frame[frame["error"] == ""].reset_index(drop=True)
        if len(kept) < len(frame):
            self.put_together(kept)
        return kept

    def _write(self, frame: "pd.DataFrame") -> Path:
        import pyarrow as pa  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415

        file = self._folder / f"{_name(frame)}.parquet"
        table = pa.Table.from_pandas(frame, self._columns.schema, preserve_index=False)
        table = table.replace_schema_metadata({_ABOUT: self._about})
        written = self._folder / f".{uuid4().hex}.tmp"
        try:
            parquet.write_table(table, written, write_page_checksum=True)
            written.replace(file)
        finally:
            written.unlink(missing_ok=True)
        return file

    def _read(self, file: Path) -> "pa.Table | None":
        from pyarrow import parquet  # noqa: PLC0415

        try:
            with file.open("rb") as stream:
                table = parquet.read_table(stream, page_checksum_verification=True)
            metadata = table.schema.metadata or {}
            if _ABOUT not in metadata or not table.schema.equals(self._columns.schema, check_metadata=False):
                why = "is no part of this study"
            elif metadata[_ABOUT] != self._about:
                why = "belongs to another study, or to another version of the model"
            elif file.stem != _name(table.select(["point", "replication", "error"]).to_pandas()):
                why = "does not hold what its name says"
            else:
                return table
        except MemoryError:
            raise
        except Exception as error:  # a file may be wrong in any way
            why = f"cannot be read ({type(error).__name__})"
        aside = self._folder.parent / _ASIDE
        aside.mkdir(exist_ok=True)
        file.replace(aside / file.name)
        self.set_aside.append(f"{file.name} {why}: set aside in {aside}, and its runs are done again")
        return None


def _once(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Each run once, one that went well before one that failed, sorted by point and replication."""
    ordered = (
        frame[["point", "replication"]]
        .assign(failed=frame["error"] != "")
        .sort_values(["point", "replication", "failed"], kind="stable")
    )
    kept = ordered.drop_duplicates(["point", "replication"]).index.to_numpy()
    return frame.take(kept).reset_index(drop=True)


def _name(frame: "pd.DataFrame") -> str:
    """A hash of which runs a part holds, and which of them failed."""
    digest = hashlib.sha256()
    for point, replication, error in zip(frame["point"], frame["replication"], frame["error"], strict=True):
        digest.update(f"{point} {replication} {bool(error)}\n".encode())
    return digest.hexdigest()[:24]

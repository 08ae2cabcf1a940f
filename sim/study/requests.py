"""Every request of a run, streamed to one Parquet file in blocks."""

from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pyarrow as pa
from pyarrow import parquet

_WORD: Final = pa.dictionary(pa.int32(), pa.string())
SCHEMA: Final = pa.schema(
    [
        ("replication", pa.int32()),
        ("key", pa.uint64()),
        ("id", pa.int64()),
        ("parent", pa.int64()),
        ("root", pa.int64()),
        ("supplier", _WORD),
        ("customer", _WORD),
        ("asker", pa.string()),
        ("server", pa.string()),
        ("asked", pa.float64()),
        ("started", pa.float64()),
        ("finished", pa.float64()),
        ("wait_hours", pa.float64()),
        ("work_hours", pa.float64()),
        ("right", _WORD),
        ("respect", pa.float64()),
        ("agility", pa.float64()),
        ("care", pa.float64()),
        ("ceiling", pa.float64()),
        ("outcome", _WORD),
    ]
)


class RequestFile:
    """A Parquet file that takes blocks of requests; to be used in a ``with`` statement."""

    def __init__(self, path: Path) -> None:
        self._writer = parquet.ParquetWriter(path, SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._writer.close()

    def write(self, replication: int, block: dict[str, list[Any]]) -> None:
        """Append a block of requests of one replication."""
        count = len(block["id"])
        self._writer.write_table(pa.table({"replication": [replication] * count, **block}, schema=SCHEMA))

"""The requests of a run as an event log, such as ticket systems export and process-mining tools read.

A line is an event: a request is made, its work begins, it is answered. The case is the purchase, or the work of a
department's own, that set it all off; a task is one request, and its parent the one for which it was made. What was
never asked, since it was avoided, stands in no ticket system, nor here. Working hours become dates: hour 0 is nine in
the morning of day 0, a day has eight hours, and nobody works at weekends.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import HOURS_PER_DAY
from sim.model.record import Floats

if TYPE_CHECKING:
    import pandas as pd

DAY_0: Final = "2024-01-01"
"""Choice: a Monday."""
FIRST_HOUR: Final = 9
"""Choice: work begins at nine."""
WAITS, WORKS, DONE = "Awaiting assignment", "In progress", "Resolved"
COLUMNS: Final = ("case", "task", "parent", "time", "status", "group", "person", "requester")
_EVENTS: Final = (("asked", WAITS), ("started", WORKS), ("finished", DONE))
_READ: Final = [
    "replication",
    "id",
    "parent",
    "root",
    "supplier",
    "asker",
    "server",
    "outcome",
    *(at for at, _ in _EVENTS),
]
_BATCH: Final = 50_000


def write_event_log(requests: Path, into: Path) -> int:
    """Write the event log of a trace, ``requests.parquet``, as CSV in UTF-8; how many events it has.

    Events of a request stand together, in their order; requests in that of the trace. With several replications the
    number of each stands before its cases and tasks: ``2-17``.
    """
    from pyarrow import parquet  # noqa: PLC0415 - takes a while to load

    count = 0
    with into.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(COLUMNS) + "\n")
        for batch in parquet.ParquetFile(requests).iter_batches(_BATCH, columns=_READ):
            for events in _events(batch.to_pandas()):
                events.to_csv(file, header=False, index=False, lineterminator="\n")
                count += len(events)
    return count


def _events(rows: "pd.DataFrame") -> "Iterator[pd.DataFrame]":
    import pandas as pd  # noqa: PLC0415

    rows = rows[rows["outcome"].astype(str) != "avoided"].reset_index(drop=True)
    if rows.empty:
        return
    before = rows["replication"].astype(str) + "-"
    parts = [
        pd.DataFrame(
            {
                "case": before + rows["root"].astype(str),
                "task": before + rows["id"].astype(str),
                "parent": (before + rows["parent"].astype("Int64").astype(str)).where(rows["parent"].notna(), ""),
                "hours": rows[at],
                "status": status,
                "group": rows["supplier"].astype(str),
                "person": rows["server"] if status != WAITS else "",
                "requester": rows["asker"],
                "row": rows.index,
            }
        )
        for at, status in _EVENTS
    ]
    found = pd.concat(parts)
    found = found[found["hours"].notna()].sort_values("row", kind="stable")
    found.insert(3, "time", dates(found["hours"].to_numpy()))
    yield found[list(COLUMNS)]


def dates(hours: Floats) -> NDArray[np.str_]:
    """Working hours since day 0 as dates and times of the calendar, to the second, without a zone."""
    seconds = np.round(hours * 3600.0).astype(np.int64)
    a_day = int(HOURS_PER_DAY * 3600)
    day, within = np.divmod(seconds, a_day)
    moments = np.busday_offset(DAY_0, day, roll="forward").astype("datetime64[s]")
    text: NDArray[np.str_] = np.datetime_as_string(moments + (FIRST_HOUR * 3600 + within).astype("timedelta64[s]"))
    return text

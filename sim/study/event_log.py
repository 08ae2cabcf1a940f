"""The requests of a run as an event log, such as ticket systems export and process-mining tools read.

A line is an event: a request is made, its work begins, it waits for others and goes on, it is answered. The case is the
purchase, or the work of a department's own, that set it all off; a task is one request, and its parent the one for
which it was made. What was never asked, since it was avoided, stands in no ticket system, nor here. Working hours
become dates: hour 0 is nine in the morning of day 0, a day has eight hours, and nobody works at weekends.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import HOURS_PER_DAY
from sim.model.record import Floats

if TYPE_CHECKING:
    import pandas as pd
    from pyarrow import parquet

DAY_0: Final = "2024-01-01"
"""Choice: a Monday."""
FIRST_HOUR: Final = 9
"""Choice: work begins at nine."""
WAITS, WORKS, HELD, DONE = "Awaiting assignment", "In progress", "On hold", "Resolved"
COLUMNS: Final = ("case", "task", "parent", "time", "status", "group", "person", "requester", "outcome")
_EVENTS: Final = (("asked", WAITS), ("started", WORKS), ("parked", HELD), ("resumed", WORKS), ("finished", DONE))
_LEAST_HOURS: Final = 1e-6
"""Time between begin and end that is not work is waiting for others, but for what arithmetic leaves."""
_READ: Final = [
    "replication",
    "id",
    "parent",
    "root",
    "supplier",
    "asker",
    "server",
    "outcome",
    "right",
    "work_hours",
    "asked",
    "started",
    "finished",
]
_BATCH: Final = 50_000


def write_event_log(requests: Path, into: Path, intake: Mapping[str, float]) -> int:
    """Write the event log of a trace, ``requests.parquet``, as CSV in UTF-8; how many events it has.

    Events of a request stand together, in their order; requests in that of the trace. With several replications the
    number of each stands before its cases and tasks: ``2-17``. ``intake`` is each department's share of work before a
    job's needs are known: where a job waited for a decision only, no request tells when that was.
    """
    from pyarrow import parquet  # noqa: PLC0415 - takes a while to load

    file = parquet.ParquetFile(requests)
    needs = _needs_known(file)
    count = 0
    with into.open("w", encoding="utf-8", newline="") as log:
        log.write(",".join(COLUMNS) + "\n")
        for batch in file.iter_batches(_BATCH, columns=_READ):
            for events in _events(batch.to_pandas(), needs, intake):
                events.to_csv(log, header=False, index=False, lineterminator="\n")
                count += len(events)
    return count


def _needs_known(file: "parquet.ParquetFile") -> "pd.Series[float]":
    """By replication and job, when it first asked somebody, or would have."""
    import pandas as pd  # noqa: PLC0415

    parts = []
    for batch in file.iter_batches(_BATCH, columns=["replication", "parent", "asked"]):
        rows = batch.to_pandas().dropna()
        parts.append(rows.groupby(["replication", rows["parent"].astype("int64")])["asked"].min())
    whole = pd.concat(parts) if parts else pd.Series(dtype=float)
    return whole.groupby(level=[0, 1]).min()


def _events(rows: "pd.DataFrame", needs: "pd.Series[float]", intake: Mapping[str, float]) -> "Iterator[pd.DataFrame]":
    import pandas as pd  # noqa: PLC0415

    rows = rows[rows["outcome"].astype(str) != "avoided"].reset_index(drop=True)
    if rows.empty:
        return
    _place_waits(rows, needs, intake)
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
                "person": rows["server"].where(_is_known(rows, at), ""),
                "requester": rows["asker"],
                "outcome": rows["right"].astype(str).where(rows["right"].notna(), "") if status == DONE else "",
                "row": rows.index,
            }
        )
        for at, status in _EVENTS
    ]
    found = pd.concat(parts)
    found = found[found["hours"].notna()].sort_values("row", kind="stable")
    found.insert(3, "time", dates(found["hours"].to_numpy()))
    yield found[list(COLUMNS)]


def _is_known(rows: "pd.DataFrame", at: str) -> "pd.Series[bool]":
    """Whether it is known who was at it: nobody yet, or (begun by one, gone on with by another) the last one only."""
    if at == "started":
        return rows["parked"].isna()
    return rows["server"].notna() & (at in {"resumed", "finished"})


def _place_waits(rows: "pd.DataFrame", needs: "pd.Series[float]", intake: Mapping[str, float]) -> None:
    """When each job was put aside to wait for others, and when it was gone on with; its rest is worked in one go."""
    import pandas as pd  # noqa: PLC0415

    of = pd.MultiIndex.from_arrays([rows["replication"], rows["id"]])
    known = needs.reindex(of).to_numpy(np.float64)
    share = rows["supplier"].astype(str).map(intake).to_numpy(np.float64)
    started, finished, work = (rows[at].to_numpy(np.float64) for at in ("started", "finished", "work_hours"))
    parked = np.where(np.isnan(known), started + share * work, known)
    waited = (finished - started > work + _LEAST_HOURS) & (parked >= started)
    rows["parked"] = np.where(waited, parked, np.nan)
    rows["resumed"] = np.where(waited, np.maximum(parked, finished - (work - (parked - started))), np.nan)


def dates(hours: Floats) -> NDArray[np.str_]:
    """Working hours since day 0 as dates and times of the calendar, to the second, without a zone."""
    seconds = np.round(hours * 3600.0).astype(np.int64)
    a_day = int(HOURS_PER_DAY * 3600)
    day, within = np.divmod(seconds, a_day)
    moments = np.busday_offset(DAY_0, day, roll="forward").astype("datetime64[s]")
    text: NDArray[np.str_] = np.datetime_as_string(moments + (FIRST_HOUR * 3600 + within).astype("timedelta64[s]"))
    return text

"""10. The more often a case is handed over, the longer it stays open."""

from collections import defaultdict
from typing import Any

import numpy as np

from experiments.validation.finding import FOLDER, Finding, Verdict, chart, save
from sim import load
from sim.model.calendar import DAYS_PER_WEEK, HOURS_PER_DAY
from sim.model.engines import simulate
from sim.model.trace import Trace
from sim.show import style

PUBLISHED = (0.01, 2.3, 4.8, 6.8, 7.1, 13.1)
"""Median days open after 0, 1, 2, 3, 4, 5 and more handovers; 22 % of them work. BPI Challenge 2013."""
REPLICATIONS = 2
CALENDAR_DAYS = 7 / DAYS_PER_WEEK / HOURS_PER_DAY
"""For each working hour: the log counts days by the clock."""


def study(seed: int) -> list[Finding]:
    company = load(FOLDER / "incidents.yaml")
    open_days: dict[int, list[float]] = defaultdict(list)
    worked = elapsed = 0.0
    for replication in range(REPLICATIONS):
        blocks: list[dict[str, list[Any]]] = []
        simulate(company, seed, replication, Trace(blocks.append))
        rows = [
            dict(zip(block, values, strict=True)) for block in blocks for values in zip(*block.values(), strict=True)
        ]
        handed: dict[int, int] = defaultdict(int)
        hours: dict[int, float] = defaultdict(float)
        for row in rows:
            if row["outcome"] == "answered":
                handed[row["root"]] += row["parent"] is not None
                hours[row["root"]] += row["work_hours"] * (row["supplier"] != "outside")
        for row in rows:
            if row["customer"] == "market" and row["outcome"] == "answered" and row["asked"] >= 0:
                open_days[min(handed[row["id"]], 5)].append((row["finished"] - row["asked"]) * CALENDAR_DAYS)
                worked += hours[row["id"]]
                elapsed += row["finished"] - row["asked"]
    found = [float(np.median(open_days[count])) for count in range(6)]
    share = [100 * len(open_days[count]) / sum(map(len, open_days.values())) for count in range(6)]
    print("share of cases by handovers, %:", [round(value) for value in share])
    _draw(found)
    rows_found = []
    for count, (median, published) in enumerate(zip(found, PUBLISHED, strict=True)):
        low, high = _median_interval(np.array(open_days[count]))
        near = published / 3 <= median <= 3 * published
        met: Verdict = "yes" if published / 1.5 <= median <= 1.5 * published else "near" if near else "no"
        name = "5 and more" if count == 5 else str(count)
        rows_found.append(
            Finding("10", f"median days open, handovers: {name}", f"{published:g}", median, low, high, "days", met,
                    "BPI Challenge 2013")
        )  # fmt: skip
    part = worked / elapsed
    rows_found.append(
        Finding("10", "share of the open time that is work", ".22", part, part, part, "share",
                "yes" if 0.15 <= part <= 0.33 else "near", "BPI Challenge 2013")
    )  # fmt: skip
    return rows_found


def _median_interval(values: "np.typing.NDArray[np.float64]") -> tuple[float, float]:
    """Order statistics around the median (normal approximation of the binomial)."""
    n = len(values)
    half = 0.98 * np.sqrt(n)
    ordered = np.sort(values)
    return float(ordered[max(0, int(n / 2 - half))]), float(ordered[min(n - 1, int(np.ceil(n / 2 + half)))])


def _draw(found: list[float]) -> None:
    with style.look():
        axes, path = chart("10-handovers", "Each time a case is handed over costs days", "times handed over",
                           ["median days open (calendar)"])  # fmt: skip
        [one] = axes
        place = np.arange(6)
        one.bar(place - 0.2, PUBLISHED, 0.38, color=style.ORANGE, label="a car maker's incidents")
        one.bar(place + 0.2, found, 0.38, color=style.BLUE, label="an invented desk, simulated")
        one.set_xticks(place, ["0", "1", "2", "3", "4", "5 and more"])
        one.legend(loc="upper left")
        save(axes, path)

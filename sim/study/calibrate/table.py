"""All that a calibration estimated, as a tidy table."""

from dataclasses import fields
from typing import TYPE_CHECKING

from sim.study.calibrate.calibrated import Calibration
from sim.study.calibrate.estimates import DepartmentFound, LinkFound
from sim.study.calibrate.intervals import Estimate, share
from sim.study.calibrate.office_hours import NAMES

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("level", "where", "quantity", "value", "low", "high", "count", "how")


def estimates_table(found: Calibration) -> "pd.DataFrame":
    """A row for each number: level, where, quantity, value, low, high, count, how."""
    import pandas as pd  # noqa: PLC0415 - takes a while to load

    rows = [_row("company", "", "purchases_per_day", found.found.purchases)]
    cases, days = found.found.purchases.count, found.found.weekdays
    rows += [_row("weekday", name, "share_of_cases", _share(days[at], cases)) for at, name in enumerate(NAMES)]
    rows.append(("company", "", "weekly_burst", found.found.burst, None, None, cases, "counted"))
    for part in found.found.departments:
        rows += [_row("department", part.name, name, estimate) for name, estimate in _estimates(part)]
        rows.append(("department", part.name, "load", part.load, None, None, part.jobs, "measured"))
    for link in found.found.links:
        where = f"{link.supplier}>{link.customer}"
        rows += [_row("link", where, name, estimate) for name, estimate in _estimates(link)]
    rows += [
        ("fit", item.where, "work_factor", item.value, item.low, item.high, 0, "fitted")
        for item in found.fit.parameters
    ]
    if found.seen.survey is not None:
        rows.append(_row("company", "", "morale", found.seen.survey.overall))
        rows += [_row("department", name, "morale", estimate) for name, estimate in found.seen.survey.morale.items()]
    if found.seen.chart is not None:
        rows.append(_row("company", "", "layers", found.seen.chart.layers))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _share(value: float, count: int) -> Estimate:
    return share(round(value * count), count, "counted")


def _estimates(part: DepartmentFound | LinkFound) -> list[tuple[str, Estimate]]:
    named = [(item.name, getattr(part, item.name)) for item in fields(part)]
    return [(name, value) for name, value in named if isinstance(value, Estimate)]


def _row(level: str, where: str, name: str, estimate: Estimate) -> tuple[object, ...]:
    return level, where, name, estimate.value, estimate.low, estimate.high, estimate.count, estimate.how

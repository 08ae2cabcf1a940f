"""Tables for a terminal: plain text, aligned, each number with its unit."""

import math
from collections.abc import Sequence

from sim.scenario.dated import epochs
from sim.scenario.defaults import defaults
from sim.scenario.schema import Scenario
from sim.study.check import Outlook
from sim.study.results import Results

SAID = {
    "purchases": "purchases made",
    "customer_delay_hours": "customer waits, purchase to delivery",
    "customer_in_time_share": "purchases delivered in time",
    "requests": "requests between departments",
    "request_delay_hours": "colleague waits, request to answer",
    "in_time_share": "requests answered in time",
    "open_requests": "requests open at the end",
    "open_purchases": "purchases open at the end",
    "wrong_share": "jobs delivered wrong",
    "decision_delay_hours": "job waits for a decision",
    "right_first_time": "jobs right first time",
    "utilisation": "staffed time at work",
}
"""What an outcome of the company is called in a table for people."""
WORTH_A_WORD = 0.05
"""Choice: from this share of purchases on that are still open, the table says that waits tell half of the story."""
_DEPARTMENT_COLUMNS = ("utilisation", "queue_hours", "queue_length", "jobs", "right_first_time")


def results_table(results: Results) -> str:
    """What a run found: the company with 95 % intervals, each department, busy managers, and where the rest lies."""
    scenario = results.scenario
    days = f"{scenario.days} days after {scenario.warm_up_days} days of warm-up"
    title = scenario.title.said() or scenario.name
    counted = "1 replication" if results.replications == 1 else f"{results.replications} replications"
    parts = [
        f"{title} — {counted} of {days}, seed {results.seed}",
        _company_table(results),
        _departments_table(results),
    ]
    unfinished = results.value("open_purchases") / max(1.0, results.value("purchases"))
    if unfinished > WORTH_A_WORD:
        parts.append(
            f"note: {_percent(unfinished)} as many purchases as were made are still open at the end. "
            "Waits are of those delivered; the others wait longer."
        )
    managers = _managers_table(results)
    if managers:
        parts.append(managers)
    if results.folder is not None:
        parts.append(f"Everything is in {results.folder} (charts in {results.folder / 'charts'}).")
    return "\n\n".join(parts)


def outlook_table(outlook: Outlook) -> str:
    """What ``check`` says of one company."""
    rows = [
        (
            item.name,
            f"{item.staff}",
            f"{item.jobs_per_day:.1f}",
            _percent(item.load),
            f"{item.links_to_market}",
            _mark(item.load),
        )
        for item in outlook.departments
    ]
    header = ("department", "staff", "jobs a day", "load", "links to market", "")
    parts = [f"{outlook.scenario}: the file is right", table(header, rows)]
    busiest = sorted(outlook.managers, key=lambda item: -item.load)[:10]
    managers = [(item.name, _percent(item.load), _mark(item.load)) for item in busiest]
    parts.append(table(("manager, busiest first", "load", ""), managers))
    if len(outlook.managers) > len(busiest):
        parts[-1] += f"\n… and {len(outlook.managers) - len(busiest)} more"
    parts += [f"warning: {warning}" for warning in outlook.warnings]
    return "\n\n".join(parts) + "\n"


def defaults_table() -> str:
    """Every key of a scenario file that has a default: unit, range, confidence, source and meaning."""
    rows = [
        (item.key, str(item.default), item.unit, item.range, item.confidence, item.source or "–", item.meaning)
        for item in defaults(Scenario)
    ]
    return table(("key", "default", "unit", "range", "confidence", "source", "meaning"), rows, numbers=False)


def table(header: Sequence[str], rows: Sequence[Sequence[str]], numbers: bool = True) -> str:
    """Rows under a header; the first column to the left, the others to the right where they are numbers."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]

    def line(cells: Sequence[str]) -> str:
        first = cells[0].ljust(widths[0])
        others = [
            cell.rjust(width) if numbers else cell.ljust(width)
            for cell, width in zip(cells[1:], widths[1:], strict=True)
        ]
        return "  ".join([first, *others]).rstrip()

    return "\n".join([line(header), "  ".join("-" * width for width in widths), *map(line, rows)])


def number(value: float, unit: str = "") -> str:
    """A number with three or four significant digits, as a share in per cent, or – where there is none."""
    if math.isnan(value):
        return "–"
    if unit == "share":
        return _percent(value)
    size = abs(value)
    return f"{value:,.0f}" if size >= 1000 else f"{value:.1f}" if size >= 10 else f"{value:.2f}"


def _company_table(results: Results) -> str:
    rows = []
    for row in results.summary.to_dict("records"):
        unit = str(row["unit"])
        mean, low, high = (number(float(row[column]), unit) for column in ("mean", "low", "high"))
        between = "–" if low == "–" else f"{low} to {high}"
        said = SAID.get(row["outcome"], row["outcome"])
        rows.append((said, mean, between, "" if unit == "share" else unit))
    return table(("company", "mean", "95 % interval", "unit"), rows)


def _departments_table(results: Results) -> str:
    means = results.means("department")
    staffs: dict[str, list[int]] = {}
    for epoch in epochs(results.scenario):
        for part in epoch.scenario.departments:
            row = staffs.setdefault(part.name, [part.staff])
            if row[-1] != part.staff:
                row.append(part.staff)
    days = results.scenario.days
    rows = []
    for department in results.scenario.departments:
        busy, wait, length, jobs, right = (means[department.name][column] for column in _DEPARTMENT_COLUMNS)
        cells = (_percent(busy), number(wait), number(length), number(jobs / days), _percent(right))
        staff = " → ".join(f"{count:,}" for count in staffs[department.name])
        rows.append((busy, (department.name, staff, *cells)))
    rows.sort(key=lambda row: -row[0])
    header = ("department, busiest first", "staff", "at work", "wait h", "in line", "jobs a day", "right 1st time")
    shown = [cells for _, cells in rows[:40]]
    more = f"\n… and {len(rows) - len(shown)} more in outcomes.parquet" if len(rows) > len(shown) else ""
    return table(header, shown) + more


def _managers_table(results: Results) -> str:
    means = results.means("manager")
    if not means:
        return ""
    busiest = sorted(means.items(), key=lambda item: -item[1]["utilisation"])[:5]
    rows = [
        (name, _percent(mean["utilisation"]), number(mean["queue_hours"]), number(mean["decisions"]))
        for name, mean in busiest
    ]
    return table(("managers, busiest five", "at work", "wait h", "decisions"), rows)


def _percent(share: float) -> str:
    return "–" if math.isnan(share) else f"{100 * share:.1f}%"


def _mark(load: float) -> str:
    return "cannot keep up" if load >= 1 else ""

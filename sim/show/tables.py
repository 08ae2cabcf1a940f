"""Tables for a terminal: plain text, aligned, each number with its unit."""

import math
from collections.abc import Sequence

from sim.scenario.dated import epochs
from sim.scenario.defaults import defaults
from sim.scenario.schema import Scenario
from sim.show.language import ENGLISH, Language
from sim.study.check import Concern, Outlook
from sim.study.results import Results

WORTH_A_WORD = 0.05
"""Choice: from this share of purchases on that are still open, the table says that waits tell half of the story."""
MOST_ROWS = 40
"""Departments beyond these are only in the files."""
JOBS_PER_SECOND = 25_000
"""What the engine does on an ordinary computer: ``experiments/benchmarks/``."""
_DEPARTMENT_COLUMNS = ("utilisation", "queue_hours", "queue_length", "jobs", "right_first_time")


def results_table(results: Results, say: Language = ENGLISH) -> str:
    """What a run found: the company with 95 % intervals, each department, busy managers, and where the rest lies."""
    parts = [_origin(results, say), _company_table(results, say), _departments_table(results, say)]
    unfinished = results.value("open_purchases") / max(1.0, results.value("purchases"))
    if unfinished > WORTH_A_WORD:
        parts.append(
            say(
                "note: {share} as many purchases as were made are still open at the end. "
                "Waits are of those delivered; the others wait longer.",
                share=_percent(unfinished, say),
            )
        )
    if results.means("manager"):
        parts.append(_managers_table(results, say))
    if results.folder is not None:
        folder, charts = str(results.folder), str(results.folder / "charts")
        parts.append(say("Everything is in {folder} (charts in {charts}).", folder=folder, charts=charts))
    return "\n\n".join(parts)


def outlook_table(outlook: Outlook, say: Language = ENGLISH) -> str:
    """What ``check`` says of one company."""
    rows = [
        (
            item.name,
            say.number(item.staff),
            say.number(item.jobs_per_day, 1),
            _percent(item.load, say),
            say.number(item.links_to_market),
            *((_points(item.morale, say), _points(item.experience, say)) if outlook.gain is not None else ()),
            _mark(item.load, say),
        )
        for item in outlook.departments
    ]
    felt = (say("morale"), say("service given")) if outlook.gain is not None else ()
    header = (say("department"), say("staff"), say("jobs a day"), say("load"), say("links to market"), *felt, "")
    parts = [say("{scenario}: the file is right", scenario=outlook.scenario), table(header, rows)]
    busiest = sorted(outlook.managers, key=lambda item: -item.load)[:10]
    managers = [(item.name, _percent(item.load, say), _mark(item.load, say)) for item in busiest]
    parts.append(table((say("manager, busiest first"), say("load"), ""), managers))
    if len(outlook.managers) > len(busiest):
        parts[-1] += "\n" + say("… and {n} more", n=len(outlook.managers) - len(busiest))
    if outlook.gain is not None:
        forecast = [
            (say("satisfaction of customers"), _points(outlook.satisfaction, say)),
            (say("morale"), _points(outlook.morale, say)),
            (say("gain of the chain (1 or more: a spiral)"), say.number(outlook.gain, 2)),
        ]
        parts.append(table((say("where the company settles, in points"), ""), forecast))
    parts += [
        say("warning: {warning}", warning=concern_said(concern, outlook.first_day, say)) for concern in outlook.warnings
    ]
    return "\n\n".join(parts) + "\n"


def concern_said(concern: Concern, first_day: int, say: Language = ENGLISH) -> str:
    """A warning in words; a day is told where it is not the first."""
    text = _concern(concern, say)
    return text if concern.day == first_day else say("from day {day} on: {warning}", day=concern.day, warning=text)


def _concern(concern: Concern, say: Language) -> str:
    load = say.number(concern.value, 2)
    if concern.kind == "department":
        return say(
            "department {name} cannot keep up, load {load}; what waits grows without end", name=concern.name, load=load
        )
    if concern.kind == "manager":
        return say(
            "manager {name} cannot keep up, load {load}; what waits grows without end", name=concern.name, load=load
        )
    if concern.kind == "gain":
        return say("the gain of the chain is {gain}: how people feel feeds itself, for better or worse", gain=load)
    if concern.kind == "unsettled":
        return say("no state was found in which the company settles; the forecast is the last one tried")
    if concern.kind in {"people", "teams"}:
        return _without_effect(concern, say)
    hours = concern.value / JOBS_PER_SECOND / 3600.0
    return say(
        "one replication is about {jobs} million jobs, some {hours} hours of work for this computer",
        jobs=say.number(concern.value / 1e6),
        hours=say.number(hours, 1),
    )


def _without_effect(concern: Concern, say: Language) -> str:
    if concern.kind == "people":
        return say(
            "people.list of department {name} has more individuals than there are ever posts; {n} take no part",
            name=concern.name,
            n=say.number(concern.value),
        )
    return say("quality_teams do nothing with psychology: none")


def defaults_table() -> str:
    """Every key of a scenario file that has a default: unit, range, confidence, source and meaning; in English."""
    rows = [
        (item.key, str(item.default), item.unit, item.range, item.confidence, item.source or "–", item.meaning)
        for item in defaults(Scenario)
    ]
    return table(("key", "default", "unit", "range", "confidence", "source", "meaning"), rows, numbers=False)


def table(header: Sequence[str], rows: Sequence[Sequence[str]], numbers: bool = True, words: int = 1) -> str:
    """Rows under a header; the first columns, of words, to the left, the others to the right where they are numbers."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]

    def line(cells: Sequence[str]) -> str:
        aligned = [
            cell.rjust(width) if numbers and column >= words else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return "  ".join(aligned).rstrip()

    return "\n".join([line(header), "  ".join("-" * width for width in widths), *map(line, rows)])


def number(value: float, say: Language, unit: str = "") -> str:
    """A number with three or four significant digits, as a share in per cent, or – where there is none."""
    if math.isnan(value):
        return "–"
    if unit == "share":
        return _percent(value, say)
    size = abs(value)
    return say.number(value, 0 if size >= 1000 else 1 if size >= 10 else 2)


def outcomes_said(say: Language) -> dict[str, str]:
    """What an outcome of the company is called in a table for people."""
    return {
        "customer_satisfaction": say("customers' satisfaction"),
        "customer_ceiling": say("the most that morale allows"),
        "customer_experience": say("customers' experience"),
        "customer_expectation": say("customers' expectation"),
        "lost_respect": say("satisfaction lost for want of respect"),
        "lost_agility": say("satisfaction lost by waiting"),
        "lost_care": say("satisfaction lost for want of care"),
        "lost_expectation": say("satisfaction lost by disappointment"),
        "panel_satisfaction": say("satisfaction of the customers of day 0"),
        "customers_lost": say("customers lost"),
        "customers_won": say("customers won"),
        "active_customers": say("customers at the end"),
        "morale": say("morale"),
        "orientation": say("customer orientation"),
        "messages_intact_share": say("customers' words that arrive intact"),
        "practice_share": say("staffed time given to practices"),
        "avoided_share": say("needs avoided rather than asked"),
        "internal_service": say("colleagues' experience of one another"),
        "staff_turnover": say("staff who leave"),
        "sales": say("sales"),
        "cost": say("cost"),
        "profit": say("profit"),
        "purchases": say("purchases made"),
        "customer_delay_hours": say("customer waits, purchase to delivery"),
        "customer_in_time_share": say("purchases delivered in time"),
        "requests": say("requests between departments"),
        "request_delay_hours": say("colleague waits, request to answer"),
        "in_time_share": say("requests answered in time"),
        "open_requests": say("requests open at the end"),
        "open_purchases": say("purchases open at the end"),
        "wrong_share": say("jobs delivered wrong"),
        "decision_delay_hours": say("job waits for a decision"),
        "right_first_time": say("jobs right first time"),
        "utilisation": say("staffed time at work"),
    }


def units_said(say: Language) -> dict[str, str]:
    """What a unit of the company's outcomes is called; a share needs no word, it is said in per cent."""
    return {
        "share": "",
        "hours": say("hours"),
        "purchases": say("purchases"),
        "requests": say("requests"),
        "points": say("points of 100"),
        "customers": say("customers"),
        "money/year": say("money a year"),
        "share/year": say("share a year"),
    }


def _origin(results: Results, say: Language) -> str:
    scenario = results.scenario
    return say(
        "{title} — {replications} of {days} after {warm_up} of warm-up, seed {seed}",
        title=scenario.title.said(say.code) or scenario.name,
        replications=say.counted("{n} replication", "{n} replications", results.replications),
        days=say.counted("{n} day", "{n} days", scenario.days),
        warm_up=say.counted("{n} day", "{n} days", scenario.warm_up_days),
        seed=str(results.seed),
    )


def _company_table(results: Results, say: Language) -> str:
    outcomes, units = outcomes_said(say), units_said(say)
    rows = []
    for row in results.summary.to_dict("records"):
        outcome, unit = str(row["outcome"]), str(row["unit"])
        mean, low, high = (number(float(row[column]), say, unit) for column in ("mean", "low", "high"))
        between = "–" if low == "–" else say("{low} to {high}", low=low, high=high)
        rows.append((outcomes.get(outcome, outcome), mean, between, units.get(unit, unit)))
    return table((say("company"), say("mean"), say("95 % interval"), say("unit")), rows)


def _departments_table(results: Results, say: Language) -> str:
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
        cells = (
            _percent(busy, say),
            number(wait, say),
            number(length, say),
            number(jobs / days, say),
            _percent(right, say),
        )
        staff = " → ".join(say.number(count) for count in staffs[department.name])
        rows.append((busy, (department.name, staff, *cells)))
    rows.sort(key=lambda row: -row[0])
    header = (
        say("department, busiest first"),
        say("staff"),
        say("at work"),
        say("wait h"),
        say("in line"),
        say("jobs a day"),
        say("right 1st time"),
    )
    text = table(header, [cells for _, cells in rows[:MOST_ROWS]])
    more = len(rows) - MOST_ROWS
    return f"{text}\n{say('… and {n} more in outcomes.parquet', n=more)}" if more > 0 else text


def _managers_table(results: Results, say: Language) -> str:
    busiest = sorted(results.means("manager").items(), key=lambda item: -item[1]["utilisation"])[:5]
    rows = [
        (name, _percent(mean["utilisation"], say), number(mean["queue_hours"], say), number(mean["decisions"], say))
        for name, mean in busiest
    ]
    return table((say("managers, busiest five"), say("at work"), say("wait h"), say("decisions")), rows)


def _percent(share: float, say: Language) -> str:
    return "–" if math.isnan(share) else say("{number}%", number=say.number(100 * share, 1))


def _mark(load: float, say: Language) -> str:
    return say("cannot keep up") if load >= 1 else ""


def _points(share: float | None, say: Language) -> str:
    return "–" if share is None or math.isnan(share) else say.number(100 * share, 1)

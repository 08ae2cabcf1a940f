"""Outcomes over the weeks, with a band that says how far chance moves them."""

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.model.calendar import DAYS_PER_WEEK
from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.show import style
from sim.show.language import ENGLISH, Language
from sim.show.names import key_text, names_of, value_text
from sim.study.replicate import interval
from sim.study.results import Results

_LEFT, _RIGHT = 0.08, 0.575
_PANEL_WIDTH = 1 - style.MARGIN - _RIGHT
_BOTTOM, _TITLE, _BETWEEN = 0.135, 0.055, 0.05
_FEW_WEEKS = 12


class Panel(NamedTuple):
    """An outcome of the company, what it is called, and the unit that it is drawn in."""

    outcome: str
    title: str
    unit: str


class Course(NamedTuple):
    """An outcome of the company week by week: its mean over replications and the interval of that mean."""

    weeks: NDArray[np.int64]
    mean: Floats
    low: Floats
    high: Floats


def course(results: Results, outcome: str) -> Course:
    """The course of an outcome; NaN in weeks without one, and no interval from a single replication."""
    table = results.weekly
    chosen = table[(table["level"] == "company") & (table["outcome"] == outcome)]
    by_week = chosen.pivot(index="week", columns="replication", values="value").sort_index()
    intervals = np.array([interval(row)[:3] for row in by_week.to_numpy(dtype=float)]).reshape(-1, 3)
    return Course(by_week.index.to_numpy(dtype=np.int64), *intervals.T)


def weeks_title(results: Results, say: Language = ENGLISH) -> str:
    """What the chart says, in a sentence."""
    course_of_wait = course(results, "customer_delay_hours")
    known = (course_of_wait.weeks >= 0) & ~np.isnan(course_of_wait.mean)
    weeks, waits = course_of_wait.weeks[known], course_of_wait.mean[known]
    if not len(waits):
        return say("No purchase was completed in any week")
    changed = {change.day / DAYS_PER_WEEK for change in results.scenario.changes}
    if len(changed) == 1:
        [moment] = changed
        before, after = waits[weeks + 1 <= moment], waits[weeks >= moment]
        if len(before) and len(after):
            return _felt_change(results, moment, say) or say(
                "A customer waits {before} in the weeks before the change, {after} in those after it",
                before=_range(before, say),
                after=_range(after, say),
            )
    if len(waits) == 1:
        return say("In the one week observed, a customer waits {hours}", hours=_range(waits, say))
    return say("Week by week, a customer waits {hours}", hours=_range(waits, say))


def _felt_change(results: Results, moment: float, say: Language) -> str:
    """What a single change did to what people feel, weeks before it beside weeks after it; empty if nobody feels."""
    if not results.scenario.feels:
        return ""
    sides: list[float] = []
    for outcome in ("customer_satisfaction", "morale"):
        weeks, mean = course(results, outcome)[:2]
        known = (weeks >= 0) & ~np.isnan(mean)
        for chosen in (mean[known & (weeks + 1 <= moment)], mean[known & (weeks >= moment)]):
            if not len(chosen):
                return ""
            sides.append(float(chosen.mean()))
    before, after, morale_before, morale_after = (say.number(side, 1) for side in sides)
    return say(
        "Before the change customers’ satisfaction is {before} and morale {morale_before}; "
        "after it {after} and {morale_after}",
        before=before,
        after=after,
        morale_before=morale_before,
        morale_after=morale_after,
    )


_OF_HUNDRED = ("utilisation", "customer_satisfaction", "morale")


def panels(feels: bool, say: Language) -> tuple[Panel, ...]:
    """What is drawn, from left to right and downwards: what people feel if they do, else how busy they are."""
    waits = (
        Panel("customer_delay_hours", say("Customer’s wait for a purchase"), say("working hours")),
        Panel("request_delay_hours", say("Wait for an inner request"), say("working hours")),
    )
    if feels:
        return (
            *waits,
            Panel("customer_satisfaction", say("customers’ satisfaction"), say("points of 100")),
            Panel("morale", say("morale"), say("points of 100")),
        )
    return (
        *waits,
        Panel("utilisation", say("Time of the staff at work"), say("% of their time")),
        Panel("open_requests", say("Inner requests still open"), say("requests")),
    )


def draw_weeks(results: Results, say: Language = ENGLISH) -> Figure:
    """The chart."""
    with style.look():
        sheet = style.figure()
        below = style.heading(sheet, weeks_title(results, say), results, say)
        below = style.note(sheet, _about_the_band(results, say), below)
        changes = list(changes_by_day(results.scenario, say).values())
        if changes:
            told = say.counted(
                "Dotted line: {changes}", "Dotted lines: {changes}", len(changes), changes="; ".join(changes)
            )
            below = style.note(sheet, told, below)
        height = (below - _BOTTOM - _BETWEEN) / 2 - _TITLE
        for position, panel in enumerate(panels(results.scenario.feels, say)):
            upper, right = position < 2, position % 2
            bottom = _BOTTOM + upper * (height + _TITLE + _BETWEEN)
            axes = sheet.add_axes((_RIGHT if right else _LEFT, bottom, _PANEL_WIDTH, height))
            _draw_panel(axes, results, panel.outcome, say)
            axes.set_title(panel.title[0].upper() + panel.title[1:], pad=12)
            axes.set_ylabel(panel.unit)
            if not upper:
                axes.set_xlabel(say("week (observed from week 0)"))
        return sheet


def _about_the_band(results: Results, say: Language) -> str:
    n = results.replications
    if n == 1:
        return say("One replication only: no band can say how far chance moves the line")
    return say("Line: mean of {n} replications; band: its 95 % interval, week by week", n=n)


def _draw_panel(axes: Axes, results: Results, outcome: str, say: Language) -> None:
    scenario = results.scenario
    drawn = course(results, outcome)
    mean, low, high = (100 * part if outcome == "utilisation" else part for part in drawn[1:])
    begins = np.maximum(drawn.weeks, -scenario.warm_up_days / DAYS_PER_WEEK)
    ends = np.minimum(drawn.weeks + 1, scenario.days / DAYS_PER_WEEK)
    at = ends if outcome == "open_requests" else (begins + ends) / 2
    axes.fill_between(at, low, high, color=style.BLUE, alpha=0.25, linewidth=0)
    axes.plot(at, mean, color=style.BLUE, marker="o" if len(at) <= _FEW_WEEKS else "")
    axes.set_xlim(begins[0], ends[-1])
    axes.set_ylim(0, 100 if outcome in _OF_HUNDRED else _top(mean, high))
    axes.grid(axis="y", color=style.FAINT)
    style.number_axis(axes.xaxis, say, 8, whole=True)
    style.number_axis(axes.yaxis, say, 5)
    if np.isnan(mean).all():
        style.nothing(axes, say)
    _mark_times(axes, scenario, say)


def _mark_times(axes: Axes, scenario: Scenario, say: Language) -> None:
    """Shade the warm-up, and draw a dotted line where the scenario changes."""
    first, last = axes.get_xlim()
    over = axes.get_xaxis_transform()
    if first < 0:
        axes.axvspan(first, min(0.0, last), color=style.WARM_UP, linewidth=0, zorder=0)
        if -first > 0.15 * (last - first):
            halo = style.halo(style.WARM_UP)
            axes.text(first / 2, 0.04, say("warm-up"), transform=over, ha="center", color=style.SOFT, path_effects=halo)
    free_from = first
    for day in changes_by_day(scenario, say):
        week = day / DAYS_PER_WEEK
        axes.axvline(week, color=style.INK, linestyle=":", linewidth=2)
        if week >= free_from:
            late = week > first + 0.8 * (last - first)
            label = f" {say('day {day}', day=day)} "
            axes.text(week, 0.04, label, transform=over, ha="right" if late else "left", path_effects=style.halo())
            free_from = week + 0.2 * (last - first)


def _top(mean: Floats, high: Floats) -> float:
    """The upper end of an axis: the band is cut where it would press the line flat."""
    line, band = (float(np.max(part[~np.isnan(part)], initial=0.0)) for part in (mean, high))
    return 1.05 * max(1.15 * line, min(band, 2 * line)) or 1.0


def _range(values: Floats, say: Language) -> str:
    low, high = say.hours(float(values.min())), say.hours(float(values.max()))
    return low if low == high else say("{low} to {high}", low=low, high=high)


def changes_by_day(scenario: Scenario, say: Language = ENGLISH) -> dict[int, str]:
    """What the scenario changes on which day, in short."""
    names = names_of(scenario, say)
    told: dict[int, list[str]] = {}
    for change in scenario.changes:
        for key, value in change.set.items():
            where, _, leaf = key.partition(".")[2].rpartition(".")
            given = value_text(value, say)
            text = f"{key_text(leaf, say)} {given}"
            told.setdefault(change.day, []).append(f"{names.get(where, where)}: {text}" if where else text)
    return {day: say("{what} (day {day})", day=day, what=", ".join(texts)) for day, texts in told.items()}

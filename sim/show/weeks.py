"""Outcomes over the weeks, with a band that says how far chance moves them."""

from typing import Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.model.calendar import DAYS_PER_WEEK
from sim.scenario.schema import Scenario
from sim.show.style import BLUE, FAINT, INK, MARGIN, SOFT, figure, heading, look, note, nothing, ticks
from sim.show.words import hours, names_of, number, said, shortened
from sim.study.replicate import interval
from sim.study.results import Results

PANELS: Final = {
    "customer_delay_hours": "hours",
    "request_delay_hours": "hours",
    "utilisation": "percent",
    "open_requests": "requests",
}
"""Outcomes of the company and the units that they are drawn in."""

_PLACES: Final = ((0.065, 0.475), (0.56, 0.475), (0.065, 0.135), (0.56, 0.135))
_SIZE: Final = (1 - MARGIN - 0.56, 0.255)
_FEW_WEEKS = 12
Floats = NDArray[np.float64]


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
    by_week = chosen.pivot_table("value", "week", "replication", dropna=False)
    intervals = np.array([interval(row)[:3] for row in by_week.to_numpy(dtype=float)]).reshape(-1, 3)
    return Course(by_week.index.to_numpy(dtype=np.int64), *intervals.T)


def weeks_title(results: Results, language: str = "en") -> str:
    """What the chart says, in a sentence."""
    course_of_wait = course(results, "customer_delay_hours")
    known = (course_of_wait.weeks >= 0) & ~np.isnan(course_of_wait.mean)
    weeks, waits = course_of_wait.weeks[known], course_of_wait.mean[known]
    if not len(waits):
        return said("no purchase in any week", language)
    changed = {change.day / DAYS_PER_WEEK for change in results.scenario.changes}
    if len(changed) == 1:
        [moment] = changed
        before, after = waits[weeks + 1 <= moment], waits[weeks >= moment]
        if len(before) and len(after):
            at_first = _range(before, language)
            return said("weeks with change", language, before=at_first, after=_range(after, language))
    return said("one week" if len(waits) == 1 else "weeks", language, range=_range(waits, language))


def draw_weeks(results: Results, language: str = "en") -> Figure:
    """The chart."""
    with look():
        sheet = figure()
        below = heading(sheet, weeks_title(results, language), results, language)
        below = note(sheet, said("no band" if results.replications == 1 else "band", language), below)
        changes = "; ".join(_changes(results.scenario, language).values())
        if changes:
            note(sheet, f"{said('dotted', language)}: {changes}", below)
        for place, (outcome, unit) in zip(_PLACES, PANELS.items(), strict=True):
            axes = sheet.add_axes((*place, *_SIZE))
            _draw_panel(axes, results, outcome, language)
            axes.set_title(said(outcome, language), pad=12)
            axes.set_ylabel(said(unit, language))
            if place[1] == _PLACES[-1][1]:
                axes.set_xlabel(said("week", language))
        return sheet


def _draw_panel(axes: Axes, results: Results, outcome: str, language: str) -> None:
    scenario = results.scenario
    drawn = course(results, outcome)
    mean, low, high = (100 * part if outcome == "utilisation" else part for part in drawn[1:])
    begins = np.maximum(drawn.weeks, -scenario.warm_up_days / DAYS_PER_WEEK)
    ends = np.minimum(drawn.weeks + 1, scenario.days / DAYS_PER_WEEK)
    at = ends if outcome == "open_requests" else (begins + ends) / 2
    axes.fill_between(at, low, high, color=BLUE, alpha=0.25, linewidth=0)
    axes.plot(at, mean, color=BLUE, marker="o" if len(at) <= _FEW_WEEKS else "")
    axes.set_xlim(begins[0], ends[-1])
    axes.set_ylim(0, 100 if outcome == "utilisation" else _top(mean, high))
    axes.grid(axis="y", color=FAINT)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(ticks(language))
    axes.locator_params(axis="y", nbins=5)
    axes.locator_params(axis="x", nbins=8, integer=True)
    if np.isnan(mean).all():
        nothing(axes, language)
    _mark_times(axes, scenario, language)


def _mark_times(axes: Axes, scenario: Scenario, language: str) -> None:
    """Shade the warm-up, and draw a dotted line where the scenario changes."""
    first, last = axes.get_xlim()
    over = axes.get_xaxis_transform()
    if first < 0:
        axes.axvspan(first, 0, color=FAINT, alpha=0.6, linewidth=0, zorder=0)
        if -first > 0.15 * (last - first):
            axes.text(first / 2, 0.04, said("warm-up", language), transform=over, ha="center", color=SOFT)
    free_from = first
    for day in _changes(scenario, language):
        week = day / DAYS_PER_WEEK
        axes.axvline(week, color=INK, linestyle=":", linewidth=2)
        if week >= free_from:
            axes.text(week, 1.0, said("on day", language, day=day), transform=over, ha="center", va="bottom")
            free_from = week + 0.2 * (last - first)


def _changes(scenario: Scenario, language: str) -> dict[int, str]:
    """What the scenario changes on which day, in short."""
    names = names_of(scenario, language)
    told: dict[int, list[str]] = {}
    for change in scenario.changes:
        for key, value in change.set.items():
            where, _, leaf = key.partition(".")[2].rpartition(".")
            amount = number_or_text(value, language)
            text = f"{leaf.replace('_', ' ')} {amount}"
            told.setdefault(change.day, []).append(f"{names.get(where, where)} {text}" if where else text)
    return {day: said("change", language, day=day, what=", ".join(texts)) for day, texts in told.items()}

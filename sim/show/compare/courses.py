"""Week by week: how far each scenario is from the base on the same luck, with a band for what luck is left."""

import math
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.model.calendar import DAYS_PER_WEEK
from sim.model.record import Floats
from sim.scenario.differing import differing
from sim.scenario.schema import Scenario
from sim.show import style
from sim.show.amounts import capital, difference_unit_said, factor
from sim.show.compare.sentences import effect_said, in_a_sentence
from sim.show.compare.sheet import begun, colours, scenario_key
from sim.show.language import Language
from sim.show.lettering import SMALL, balanced
from sim.show.names import titled
from sim.show.tables import outcomes_said
from sim.study.compare.after import changed_on, observed_paths
from sim.study.compare.comparison import Comparison
from sim.study.paths import band, running_mean

SMOOTHED_WEEKS: Final = 5
MOST_PANELS: Final = 5
_LEFT, _BOTTOM, _KEY, _BETWEEN, _BETWEEN_ROWS = 0.075, 0.14, 0.2, 0.075, 0.14


def draw_courses(comparison: Comparison, say: Language) -> Figure:
    """The chart: at most ``MOST_PANELS`` stated outcomes, every other scenario in its colour."""
    with style.look():
        notes = [
            say(
                "Difference to “{base}”, means of {weeks} weeks; bands: 95 %, week by week, cut where too wide",
                base=titled(comparison.base, say),
                weeks=SMOOTHED_WEEKS,
            )
        ]
        days = {day for scenario in comparison.scenarios for change in scenario.changes for day in [change.day]}
        if days:
            told = ", ".join(say.number(day) for day in sorted(days))
            notes.append(
                say.counted(
                    "Dotted: the change of day {days}", "Dotted: the changes of days {days}", len(days), days=told
                )
            )
        sheet, below = begun(comparison, courses_title(comparison, say), notes, say)
        outcomes = [outcome for outcome in comparison.stated if not outcome.startswith("open_")][:MOST_PANELS]
        rows = 1 if len(outcomes) <= 2 else 2
        columns = 2 if len(outcomes) < MOST_PANELS else 3
        key_beside = 0.0 if columns == 3 else _KEY  # with five panels the key has the place of the sixth
        width = (1 - style.MARGIN - _LEFT - key_beside - (columns - 1) * _BETWEEN) / columns
        height = (below - 0.07 - _BOTTOM - (rows - 1) * _BETWEEN_ROWS) / rows
        for place, outcome in enumerate(outcomes):
            row, column = divmod(place, columns)
            bottom = _BOTTOM + (rows - 1 - row) * (height + _BETWEEN_ROWS)
            axes = sheet.add_axes((_LEFT + column * (width + _BETWEEN), bottom, width, height))
            _draw(axes, comparison, outcome, say)
            _entitle(axes, outcome, width, say)
            if place + columns >= len(outcomes):
                axes.set_xlabel(say("week (observed from week 0)"))
        corner = (_LEFT + 2 * (width + _BETWEEN), _BOTTOM + height)
        beside = (1 - style.MARGIN - _KEY + 0.035, below - 0.07)
        scenario_key(sheet, comparison, corner if columns == 3 else beside, say)
        return sheet


def courses_title(comparison: Comparison, say: Language) -> str:
    """What becomes of the outcome that matters most, in the scenario that moves it furthest."""
    outcome = comparison.leading
    found = {item.name: comparison.difference(item, outcome) for item in comparison.others}
    seen = [item for item in comparison.others if found[item.name].is_seen]
    if all(item.is_nothing for item in found.values()):
        return say("No scenario changes {outcome} in any replication", outcome=in_a_sentence(outcome, say))
    if all(math.isnan(item.low) for item in found.values()):
        return capital(say("nothing can be told of {outcome}", outcome=in_a_sentence(outcome, say)))
    if not seen:
        return say("Luck hides whether any scenario changes {outcome}", outcome=in_a_sentence(outcome, say))
    furthest = max(seen, key=lambda item: abs(found[item.name].mean))
    by_a_change = all(item.key == "changes" for item in differing(comparison.base, furthest))
    day = changed_on(comparison, furthest) if by_a_change else None
    effect = effect_said(comparison, furthest, outcome, say)
    title, weeks = titled(furthest, say), _weeks_said(comparison, furthest, outcome, say)
    if day is None:
        return say("With “{title}” {effect} in the mean of all days, {weeks}", title=title, effect=effect, weeks=weeks)
    return say(
        "After day {day}, with “{title}” {effect} in the mean of all days, {weeks}",
        day=str(day),
        title=title,
        effect=effect,
        weeks=weeks,
    )


def _weeks_said(comparison: Comparison, scenario: Scenario, outcome: str, say: Language) -> str:
    """In how many of the weeks drawn a difference that is seen over all days goes the same way, beyond luck or not."""
    _, mean, low, high = course(comparison, scenario, outcome)
    up = comparison.difference(scenario, outcome).mean > 0
    known = int((~np.isnan(mean)).sum())
    same, beyond = (int(found.sum()) for found in ((mean > 0, low > 0) if up else (mean < 0, high < 0)))
    if beyond == known:
        return say("in every week beyond luck")
    if same == known:
        return say("the same way in every week, beyond luck in {n} of {all}", n=beyond, all=known)
    return say("the same way in {n} of {all} weeks", n=same, all=known)


def _draw(axes: Axes, comparison: Comparison, outcome: str, say: Language) -> None:
    unit = comparison.unit(outcome)
    scale = factor(unit)
    ends = [0.0]
    for scenario in comparison.others:
        colour = colours(comparison)[scenario.name]
        at, mean, low, high = course(comparison, scenario, outcome)
        axes.fill_between(at, scale * low, scale * high, color=colour, alpha=0.18, linewidth=0)
        axes.plot(at, scale * mean, color=colour)
        ends += [float(value) for value in scale * mean if not np.isnan(value)]
    axes.axhline(0.0, color=colours(comparison)[comparison.base.name], linewidth=2.5)
    _mark(axes, comparison)
    room = 0.3 * (max(ends) - min(ends)) or 1.0  # a band is cut where it would press the lines flat
    axes.set_ylim(min(ends) - room, max(ends) + room)
    axes.grid(axis="y", color=style.FAINT)
    style.number_axis(axes.xaxis, say, 6, whole=True)
    style.number_axis(axes.yaxis, say, 5)
    axes.set_ylabel(difference_unit_said(unit, say))


def _entitle(axes: Axes, outcome: str, width: float, say: Language) -> None:
    title = capital(outcomes_said(say).get(outcome, outcome))
    lines = balanced(title, (width + _BETWEEN / 3) * style.WIDTH, 2, SMALL, "bold")
    axes.set_title("\n".join(lines), size=SMALL, pad=9)


def course(comparison: Comparison, scenario: Scenario, outcome: str) -> tuple[Floats, Floats, Floats, Floats]:
    """Middle of each observed week, and the smoothed mean difference to the base with its interval."""
    found = observed_paths(comparison, scenario, outcome)
    drawn = band(running_mean(found.difference, SMOOTHED_WEEKS))
    return found.days / DAYS_PER_WEEK, drawn.mean, drawn.low, drawn.high


def _mark(axes: Axes, comparison: Comparison) -> None:
    for scenario in comparison.scenarios:
        for change in scenario.changes:
            axes.axvline(change.day / DAYS_PER_WEEK, color=style.INK, linestyle=":", linewidth=1.5)

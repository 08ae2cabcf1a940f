"""The forest of differences: each scenario against the base, outcome by outcome, with its interval and its pairs."""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.scenario.schema import Scenario
from sim.show import style
from sim.show.amounts import capital, difference_unit_said, factor
from sim.show.compare.sentences import quoted
from sim.show.compare.sheet import begun
from sim.show.language import Language
from sim.show.lettering import LINE, SMALL, balanced, wrapped
from sim.show.names import titled
from sim.show.tables import outcomes_said
from sim.study.compare.comparison import Comparison
from sim.study.compare.stated import BETTER

GOOD, BAD, OPEN = style.BLUE, style.VERMILION, style.SOFT
MOST_PANELS: Final = 5
PAIRS_BELOW: Final = 0.2
"""How far below its interval the dots of a row lie, in rows."""
_LEFT, _BOTTOM, _BETWEEN = 0.235, 0.15, 0.04
_HIGHEST_ROW: Final = 0.3
"""Of the sheet's height."""
_NAME_LINES, _TITLE_LINES = 4, 4


def forest_title(comparison: Comparison, say: Language) -> str:
    """Who is better than the base in most of the outcomes that are drawn, in how many, and worse in how many."""
    outcomes = comparison.stated[:MOST_PANELS]
    better, worse = (
        {
            item.name: sum(comparison.verdict(item, outcome) == kind for outcome in outcomes)
            for item in comparison.others
        }
        for kind in ("better", "worse")
    )
    most = max(better.values())
    if most == 0:
        return _none_better(comparison, max(worse.values()), say)
    first = [item for item in comparison.others if better[item.name] == most]
    fewest = min(worse[item.name] for item in first)
    first = [item for item in first if worse[item.name] == fewest]
    titles, shown = quoted(first, say), len(outcomes)
    if len(comparison.others) == len(first) == 1:
        if fewest == 0:
            return say("{titles}: better in {n} of {all} outcomes, worse in none", titles=titles, n=most, all=shown)
        return say(
            "{titles}: better in {n} of {all} outcomes, worse in {worse}",
            titles=titles,
            n=most,
            all=shown,
            worse=fewest,
        )
    if fewest == 0:
        return say(
            "Most often better: {titles}, in {n} of {all} outcomes, and worse in none", titles=titles, n=most, all=shown
        )
    return say(
        "Most often better: {titles}, in {n} of {all} outcomes, and worse in {worse}",
        titles=titles,
        n=most,
        all=shown,
        worse=fewest,
    )


def _none_better(comparison: Comparison, worse: int, say: Language) -> str:
    base = titled(comparison.base, say)
    if worse:
        return say("Nothing is shown to be better than with “{base}”, and something worse", base=base)
    return say("Nothing is shown to be better or worse than with “{base}”", base=base)


def draw_forest(comparison: Comparison, say: Language) -> Figure:
    """The chart: at most ``MOST_PANELS`` outcomes, as stated."""
    with style.look():
        outcomes = comparison.stated[:MOST_PANELS]
        sheet, below = begun(comparison, forest_title(comparison, say), _notes(comparison, say), say)
        width = (1 - style.MARGIN - _LEFT - _BETWEEN * (len(outcomes) - 1)) / len(outcomes)
        names = outcomes_said(say)
        room = (width + _BETWEEN) * style.WIDTH - 14
        titles = [
            balanced(capital(names.get(outcome, outcome)), room, _TITLE_LINES, SMALL, "bold") for outcome in outcomes
        ]
        top = below - 0.03 - max(map(len, titles)) * LINE / style.HEIGHT
        bottom = max(_BOTTOM, top - _HIGHEST_ROW * len(comparison.others))
        for place, (outcome, lines) in enumerate(zip(outcomes, titles, strict=True)):
            axes = sheet.add_axes((_LEFT + place * (width + _BETWEEN), bottom, width, top - bottom))
            _draw(axes, comparison, outcome, say)
            axes.set_title("\n".join(lines), size=SMALL, pad=10)
        _write_names(sheet, comparison, (bottom, top), say)
        return sheet


def _notes(comparison: Comparison, say: Language) -> list[str]:
    all_outcomes = len(comparison.stated)
    notes = [
        say(
            "Difference to “{base}”: mean and interval (95 %, all at once); faint dots: one for each replication",
            base=titled(comparison.base, say),
        ),
        say("Blue: better; orange: worse; grey: luck hides it"),
    ]
    if any(outcome not in BETTER for outcome in comparison.stated[:MOST_PANELS]):
        notes[1] += "; " + say("black: higher or lower, neither of them better")
    if all_outcomes > MOST_PANELS:
        notes[1] += "; " + say("drawn: the first {n} of {all} outcomes", n=MOST_PANELS, all=all_outcomes)
    return notes


def pairs(comparison: Comparison, scenario: Scenario, outcome: str) -> list[float]:
    """How much higher an outcome is than in the base in each replication that knows both, as it is drawn."""
    apart = comparison.values(scenario, outcome) - comparison.values(comparison.base, outcome)
    return [float(value) * factor(comparison.unit(outcome)) for value in apart[~np.isnan(apart)]]


def _draw(axes: Axes, comparison: Comparison, outcome: str, say: Language) -> None:
    unit = comparison.unit(outcome)
    scale = factor(unit)
    for row, scenario in enumerate(comparison.others):
        found = comparison.difference(scenario, outcome)
        said = comparison.verdict(scenario, outcome)
        colour = {"better": GOOD, "worse": BAD, "not distinguishable": OPEN}.get(said, style.INK)
        mean, low, high = (scale * value for value in (found.mean, found.low, found.high))
        if not np.isnan(low):
            axes.plot([low, high], [row, row], color=colour, linewidth=5, solid_capstyle="butt")
        axes.plot([mean], [row], "o", color=colour, markersize=10)
        each = pairs(comparison, scenario, outcome)
        below = [row + PAIRS_BELOW] * len(each)
        axes.plot(each, below, "o", color=colour, markersize=8, alpha=0.35, markeredgewidth=0)
    axes.axvline(0.0, color=style.INK, linewidth=1.5)
    axes.set_ylim(len(comparison.others) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=style.FAINT)
    axes.margins(x=0.08)
    style.number_axis(axes.xaxis, say, 3)
    low, high = axes.get_xlim()
    edge = 0.1 * (high - low)  # a number at the edge would reach into the next panel
    axes.set_xticks([tick for tick in axes.get_xticks() if tick == 0 or low + edge < tick < high - edge])
    axes.set_xlabel(difference_unit_said(unit, say))


def _write_names(sheet: Figure, comparison: Comparison, span: tuple[float, float], say: Language) -> None:
    bottom, top = span
    height = (top - bottom) / len(comparison.others)
    lines = max(1, min(_NAME_LINES, int(height * style.HEIGHT / LINE)))
    for row, scenario in enumerate(comparison.others):
        room = (_LEFT - style.MARGIN) * style.WIDTH - 16
        text = "\n".join(wrapped(titled(scenario, say), room, lines))
        sheet.text(style.MARGIN, top - (row + 0.5) * height, text, va="center", linespacing=1.15)

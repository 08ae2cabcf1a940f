"""The forest of differences: each scenario against the base, outcome by outcome, with its interval."""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.show import style
from sim.show.amounts import difference_unit_said, factor
from sim.show.compare.recommended import recommendation
from sim.show.compare.sheet import begun
from sim.show.language import Language
from sim.show.lettering import SMALL, wrapped
from sim.show.names import titled
from sim.show.tables import outcomes_said
from sim.study.compare.comparison import Comparison

GOOD, BAD, OPEN = style.BLUE, style.VERMILION, style.SOFT
MOST_PANELS: Final = 5
_LEFT, _BOTTOM, _BETWEEN = 0.24, 0.15, 0.025
_NAME_LINES = 3


def draw_forest(comparison: Comparison, say: Language) -> Figure:
    """The chart: at most ``MOST_PANELS`` outcomes, as stated."""
    with style.look():
        told = say("Blue: better than “{base}”; red: worse; grey: luck hides it", base=titled(comparison.base, say))
        sheet, below = begun(comparison, recommendation(comparison, say), [told], say)
        outcomes = comparison.stated[:MOST_PANELS]
        width = (1 - style.MARGIN - _LEFT - _BETWEEN * (len(outcomes) - 1)) / len(outcomes)
        top = below - 0.115
        for place, outcome in enumerate(outcomes):
            axes = sheet.add_axes((_LEFT + place * (width + _BETWEEN), _BOTTOM, width, top - _BOTTOM))
            _draw(axes, comparison, outcome, say)
            title = outcomes_said(say).get(outcome, outcome)
            lines = wrapped(title[0].upper() + title[1:], (width + _BETWEEN) * style.WIDTH - 14, 3, SMALL, "bold")
            axes.set_title("\n".join(lines), size=SMALL, pad=10)
        _write_names(sheet, comparison, top, say)
        return sheet


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
        axes.plot([mean], [row], "o", color=colour, markersize=13)
    axes.axvline(0.0, color=style.INK, linewidth=1.5)
    axes.set_ylim(len(comparison.others) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=style.FAINT)
    axes.margins(x=0.08)
    style.number_axis(axes.xaxis, say, 3)
    axes.set_xlabel(difference_unit_said(unit, say))


def _write_names(sheet: Figure, comparison: Comparison, top: float, say: Language) -> None:
    count = len(comparison.others)
    lines = _NAME_LINES if count <= 5 else 2 if count <= 8 else 1
    for row, scenario in enumerate(comparison.others):
        y = top - (row + 0.5) * (top - _BOTTOM) / count
        room = (_LEFT - style.MARGIN) * style.WIDTH - 16
        text = "\n".join(wrapped(titled(scenario, say), room, lines))
        sheet.text(style.MARGIN, y, text, va="center", linespacing=1.15)

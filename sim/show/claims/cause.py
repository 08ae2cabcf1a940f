"""Cause and effect: an outcome week by week in two companies that differ in one thing, and their difference."""

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.model.calendar import DAYS_PER_WEEK
from sim.scenario.schema import Scenario
from sim.show import style
from sim.show.amounts import capital, difference_unit_said, factor, signed, unit_said
from sim.show.claims.sheet import LINE_HEIGHT, About, Room, begun, headline, line_key, week_axis, written
from sim.show.claims.titles import title_of
from sim.show.claims.words import better, change_said, with_interval
from sim.show.language import Language
from sim.show.names import names_of
from sim.study.claims.verdict import Tried
from sim.study.paths import Paths, band

SMOOTHED_WEEKS = 5
COLOURS = {1: style.BLUE, 0: style.INK, -1: style.VERMILION}
"""Of the second company: better, no difference, worse."""
_LEAST_SPAN = {"points": 8.0, "share": 4.0}
"""Choice: an axis spans at least so much, so that a small difference looks small."""
_BETWEEN, _LEFT_OF_AXES, _BOTTOM, _STRIP = 0.045, 0.055, 0.125, 0.055


class Pair(NamedTuple):
    """One trial to be drawn: what it found, its two companies and their paths."""

    found: Tried
    base: Scenario
    other: Scenario
    paths: Paths

    def where(self, say: Language) -> str:
        """What charts call the department of the outcome."""
        return names_of(self.base, say).get(self.found.trial.where, "")


def draw_cause(about: About, pairs: list[Pair], say: Language) -> Figure:
    """The chart: a column for each pair."""
    with style.look():
        note = say(
            "Lines: mean of all runs over {n} weeks at a time; band, bar and brackets: 95 % interval of the difference",
            n=SMOOTHED_WEEKS,
        )
        causes, places = [title(pair.other, say) for pair in pairs], [pair.where(say) for pair in pairs]
        sentence = title_of(about.claim, [pair.found for pair in pairs], causes, places, say)
        sheet, below = begun(about, sentence, [note], say)
        width = (1 - 2 * style.MARGIN - _BETWEEN * (len(pairs) - 1)) / len(pairs)
        lefts = [style.MARGIN + place * (width + _BETWEEN) for place in range(len(pairs))]
        tops = []
        for pair, left in zip(pairs, lefts, strict=True):
            top = below - 0.5 * LINE_HEIGHT
            if len(pairs) > 1:
                top = headline(sheet, capital(change_said(pair.found, "", say)), Room(left, width, top))
            keys = [(style.SOFT, title(pair.base, say)), (COLOURS[better(pair.found)], title(pair.other, say))]
            tops.append(line_key(sheet, keys, Room(left, width, top)))
        for pair, left in zip(pairs, lefts, strict=True):
            _draw_pair(sheet, pair, Room(left, width, min(tops)), say)
        return sheet


def title(scenario: Scenario, say: Language) -> str:
    """What charts call a company."""
    return scenario.title.said(say.code) or scenario.name


def _draw_pair(sheet: Figure, pair: Pair, room: Room, say: Language) -> None:
    """Weeks above, the difference below."""
    begins, wide = room.left + _LEFT_OF_AXES, room.width - _LEFT_OF_AXES
    strip = _BOTTOM + _STRIP
    captions = _draw_difference(sheet, pair, (begins, _BOTTOM, wide, _STRIP), say)
    bottom = strip + (len(captions) + 0.4) * LINE_HEIGHT + 0.1
    for row, (text, colour) in enumerate(reversed(captions)):
        line = Room(room.left, room.width, strip + (row + 1.25) * LINE_HEIGHT)
        written(sheet, text, line, color=colour, weight="bold" if row == len(captions) - 1 else "normal")
    axes = sheet.add_axes((begins, bottom, wide, room.top - bottom))
    draw_weeks(axes, pair, say)
    axes.set_ylabel(unit_said(pair.found.unit, say))


def draw_weeks(axes: Axes, pair: Pair, say: Language) -> None:
    """Both companies week by week, with a band round the second one that says how sure the difference is."""
    paths = pair.paths.times(factor(pair.found.unit)).smoothed(SMOOTHED_WEEKS)
    base, apart = np.nanmean(paths.base, axis=0), band(paths.difference)
    other, at = np.nanmean(paths.other, axis=0), paths.weeks + 0.5
    colour = COLOURS[better(pair.found)]
    axes.fill_between(at, base + apart.low, base + apart.high, color=colour, alpha=0.2, linewidth=0)
    axes.plot(at, base, color=style.SOFT, linewidth=3)
    axes.plot(at, other, color=colour, linewidth=3.5)
    seen = paths.weeks >= -4
    _limit(axes, np.concatenate([base[seen], other[seen]]), pair.found.unit)
    week_axis(axes, paths, say)
    style.number_axis(axes.yaxis, say, 5)
    for change in pair.other.changes:
        axes.axvline(change.day / DAYS_PER_WEEK, color=style.INK, linestyle=":", linewidth=2)


def _limit(axes: Axes, values: "np.typing.NDArray[np.float64]", unit: str) -> None:
    known = values[~np.isnan(values)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    missing = max(0.0, _LEAST_SPAN.get(unit, 0.0) - (high - low)) / 2 + 0.08 * (high - low)
    axes.set_ylim(max(0.0, low - missing) if low >= 0.0 else low - missing, high + missing)


def _draw_difference(
    sheet: Figure, pair: Pair, place: tuple[float, float, float, float], say: Language
) -> list[tuple[str, str]]:
    """The effect on a line with a zero; what is to be written above it, from top to bottom."""
    found = pair.found
    axes = sheet.add_axes(place)
    scale = factor(found.unit)
    mean, low, high = (scale * value for value in (found.effect.mean, found.effect.low, found.effect.high))
    ends = [value for value in (0.0, mean, low, high) if not np.isnan(value)]
    span = max(ends) - min(ends) or 1.0
    axes.set_xlim(min(ends) - 0.12 * span, max(ends) + 0.12 * span)
    axes.set_ylim(-0.7, 0.7)
    colour = COLOURS[better(found)]
    axes.axvline(0.0, color=style.INK, linewidth=2)
    if found.effect.n > 1:
        axes.plot([low, high], [0, 0], color=colour, linewidth=6, solid_capstyle="butt", alpha=0.5)
    axes.plot([mean], [0], "o", color=colour, markersize=14)
    captions = [("● " + with_interval(found.effect, found.unit, say), colour)]
    if found.off is not None:
        axes.plot([scale * found.off], [0], "D", color=style.BACKGROUND, markeredgecolor=style.INK, markersize=12)
        axes.lines[-1].set_markeredgewidth(2.5)
        captions.append(("◇ " + say("without the mechanism: {effect}", effect=off_said(found, say)), style.INK))
    axes.spines["left"].set_visible(False)
    axes.set_yticks([])
    style.number_axis(axes.xaxis, say, 6)
    axes.set_xlabel(say("difference, in {unit}", unit=difference_unit_said(found.unit, say)))
    return captions


def off_said(found: Tried, say: Language) -> str:
    """The effect without its mechanism: 0, or next to it."""
    assert found.off is not None
    if found.off and abs(found.off) < 0.01 * abs(found.effect.mean):
        return say("almost 0")
    return signed(found.off, found.unit, say)

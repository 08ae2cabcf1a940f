"""Charts of what is learnt from points that fill the space: a surrogate, and the part where companies come out so."""

import math
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.show import style
from sim.show.amounts import amount, capital, unit_said
from sim.show.amounts import factor as scale_of
from sim.show.language import Language
from sim.show.lettering import SMALL
from sim.show.sweep.charts import MOST
from sim.show.sweep.sheet import begun, level_said, named, number_said, response_said, rows_named
from sim.study.sweep.discovery import Box
from sim.study.sweep.expressions import Value
from sim.study.sweep.study import Found
from sim.study.sweep.surrogate import ENOUGH, Surrogate

_PALE: Final = "#9ec9e2"
_MOST_ROWS: Final = 6


def draw_surrogate(found: Found, response: str, learnt: Surrogate, say: Language) -> Figure:
    """Foretold against simulated for points that were not taught; beside it what moves the response."""
    of, unit = response_said(response, say), found.units[response]
    notes = [
        say(
            "Left: companies that the formula was not taught, each as it was simulated and as it was foretold. "
            "It explains {explained} of their differences; all but luck would be {possible}.",
            explained=say.percent(learnt.explained),
            possible=say.percent(learnt.possible),
        )
        if not math.isnan(learnt.possible)
        else say(
            "Left: companies that the formula was not taught, each as it was simulated and as it was foretold. "
            "It explains {explained} of their differences.",
            explained=say.percent(learnt.explained),
        )
    ]
    sheet, below = begun(found, _sentence(found, of, learnt, say), notes, say)
    width = (below - 0.14 - 0.18) * style.HEIGHT / style.WIDTH
    axes = sheet.add_axes((0.08, 0.18, width, below - 0.14 - 0.18))
    values = scale_of(unit) * learnt.left_out[["simulated", "foretold"]].to_numpy(dtype=float)
    ends = [float(values.min()), float(values.max())]
    axes.plot(ends, ends, color=style.SOFT, linewidth=1.5)
    axes.plot(values[:, 0], values[:, 1], ".", color=style.BLUE, markersize=10, alpha=0.6)
    axes.set_xlabel(say("simulated, {unit}", unit=unit_said(unit, say)))
    axes.set_title(say("foretold"), size=SMALL, weight="normal", color=style.SOFT)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: number_said(round(value, 6), say))
        axis.set_major_locator(MaxNLocator(4))
    if learnt.indices is not None:
        wide = learnt.indices.pivot_table(index="factor", columns="order", values="value")
        names = list(wide["total"].sort_values(ascending=False, kind="stable").index[: MOST - 2])
        bars = rows_named(sheet, [named(found, name, say) for name in names], below - 0.06, left=0.08 + width + 0.04)
        for place, name in enumerate(names):
            bars.barh(-place - 0.18, max(float(wide["total"][name]), 0.0), 0.34, color=_PALE)
            bars.barh(-place + 0.18, max(float(wide["first"][name]), 0.0), 0.34, color=style.BLUE)
        bars.set_xlim(0.0, max(1.0, float(wide["total"].max())))
        bars.xaxis.set_major_formatter(lambda value, _: say.percent(value))
        bars.set_xlabel(say("of the variance: dark alone, pale together with others too"))
    return sheet


def _sentence(found: Found, of: str, learnt: Surrogate, say: Language) -> str:
    if learnt.indices is None:
        return say(
            "What moves {response} could not be learnt: {explained} of what was left out is explained, and {enough} "
            "are needed",
            response=of,
            explained=say.percent(max(learnt.explained, 0.0)),
            enough=say.percent(ENOUGH),
        )
    total = learnt.indices[learnt.indices["order"] == "total"]
    first = total.iloc[int(np.argmax(total["value"].to_numpy(dtype=float)))]
    return say(
        "Learnt from {n} companies: what moves {response} most is {factor}, with {share} of the differences",
        n=learnt.taught,
        response=of,
        factor=named(found, str(first["factor"]), say),
        share=say.percent(min(1.0, float(first["value"]))),
    )


def draw_discovered(found: Found, box: Box, say: Language) -> Figure:
    """The box: of each factor that matters, which part of its way belongs to it."""
    wanted = found.asked.question.discover
    assert wanted is not None
    unit, of = found.units[wanted.response], response_said(wanted.response, say)
    below_it, limit = wanted.below is not None, wanted.below if wanted.below is not None else wanted.above
    assert limit is not None
    size = ("\N{MINUS SIGN}" if limit < 0.0 else "") + amount(limit, unit, say)
    such = (
        say("{response} below {limit}", response=of, limit=size)
        if below_it
        else say("{response} above {limit}", response=of, limit=size)
    )
    if not box.limits:
        title = say("No part of the space stands out for {such}", such=such)
    else:
        where = say(" and ").join(_limits_said(found, name, ends, say) for name, ends in box.limits.items())
        title = say(
            "{such}: {density} of the companies with {where}, but {share} of all",
            such=capital(such),
            density=say.percent(box.density),
            where=where,
            share=say.percent(box.share),
        )
    notes = [
        say(
            "Bars: this part; ticks: all companies, such ones in colour. Of such ones {coverage} lie in it. Found on "
            "four fifths of the companies and tried on the rest: {left_density} of those in it are such, and "
            "{left_coverage} of such ones lie in it.",
            coverage=say.percent(box.coverage),
            left_density=_percent(box.left_out_density, say),
            left_coverage=_percent(box.left_out_coverage, say),
        )
    ]
    sheet, below = begun(found, title, notes, say)
    names = list(box.limits) or list(found.designed.factors)[:_MOST_ROWS]
    axes = rows_named(sheet, [named(found, name, say) for name in names], below)
    for place, name in enumerate(names):
        _draw_row(axes, -place, box, name, style.VERMILION if below_it else style.GREEN, say)
    axes.set_xlim(-0.1, 1.1)
    axes.set_ylim(-len(names) + 0.45, 0.55)
    axes.tick_params(axis="x", labelbottom=False, length=0)
    axes.grid(visible=False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    return sheet


def _draw_row(  # noqa: PLR0913, PLR0917 - where, of what, and how
    axes: Axes, height: int, box: Box, name: str, colour: str, say: Language
) -> None:
    """A factor's way, the part of it that lies in the box, and all companies above it: such ones, over the others."""
    column, such, limits = box.companies[name], box.companies["such"].to_numpy(dtype=bool), box.limits.get(name)
    axes.barh(height - 0.12, 1.0, 0.1, color=style.FAINT)
    parts: list[tuple[float, float]] = []
    if column.dtype == object or isinstance(column.iloc[0], str):
        words = sorted(set(column))
        at = np.array([(words.index(word) + 0.5) / len(words) for word in column])
        at += (np.arange(len(at)) % 21 - 10) * 0.03 / len(words)  # beside one another
        parts = [(words.index(word) / len(words), 1.0 / len(words)) for word in limits or ()]
        for place, word in enumerate(words):
            axes.text((place + 0.5) / len(words), height - 0.24, word, ha="center", va="top", size=SMALL)
    else:
        numbers = column.to_numpy(dtype=float)
        low, width = float(numbers.min()), float(np.ptp(numbers)) or 1.0
        at = (numbers - low) / width
        ends = [(float(end) - low) / width for end in limits or ()]
        if ends:
            parts = [(ends[0], max(ends[1] - ends[0], 0.01))]
        for end, side in ((0.0, "right"), (1.0, "left")):
            text = f" {level_said(low + end * width, say)} "
            axes.text(end, height - 0.12, text, ha=side, va="center", size=SMALL, color=style.SOFT)
        for end in ends:
            if 0.0 < end < 1.0:
                axes.text(end, height - 0.24, level_said(low + end * width, say), ha="center", va="top", size=SMALL)
    for left, wide in parts:
        axes.barh(height - 0.12, wide, 0.2, left=left, align="center", color=colour)
    axes.plot(at[such], np.full(int(such.sum()), height + 0.2), "|", color=colour, markersize=16, alpha=0.7)
    axes.plot(at[~such], np.full(int((~such).sum()), height + 0.05), "|", color=style.SOFT, markersize=16, alpha=0.5)


def _percent(share: float, say: Language) -> str:
    return say("nobody knows how many") if math.isnan(share) else say.percent(share)


def _values(found: Found, name: str) -> list[Value]:
    """All that a factor takes, each once."""
    place = found.designed.factors.index(name)
    return list(dict.fromkeys(point.values[place] for point in found.designed.points))


def _limits_said(found: Found, name: str, limits: Any, say: Language) -> str:
    what = named(found, name, say)
    if isinstance(limits[0], str):
        return f"{what} {', '.join(limits)}"
    numbers = np.array(_values(found, name), dtype=float)
    low, high = (level_said(end, say) for end in limits)
    if limits[0] <= numbers.min():
        return say("{factor} up to {high}", factor=what, high=high)
    if limits[1] >= numbers.max():
        return say("{factor} from {low}", factor=what, low=low)
    return say("{factor} {low} to {high}", factor=what, low=low, high=high)

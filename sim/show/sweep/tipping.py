"""Charts of tipping points: the two ways over a factor, and what a survey would have seen while the factor drifts."""

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.model.calendar import DAYS_PER_WEEK
from sim.show import style
from sim.show.amounts import capital, unit_said
from sim.show.language import Language
from sim.show.lettering import SMALL
from sim.show.sweep.sheet import begun, named, number_said, numbered, response_said
from sim.study.sweep.study import Found
from sim.study.sweep.tipping import AFTER_WEEKS, SHOWN, Tipping, Warned

if TYPE_CHECKING:
    import pandas as pd

_THERE, _BACK = style.BLUE, style.VERMILION
_PALE: Final = 0.35
_GROUND: Final[Any] = {"facecolor": style.BACKGROUND, "edgecolor": "none", "pad": 1.5}


def draw_tipping(found: Found, tipping: Tipping, say: Language) -> Figure:
    """Both branches of satisfaction and morale over the factor, and simulated companies beside them."""
    [name] = found.asked.question.factors
    notes = [
        say(
            "Lines: where the equations say that a company settles that comes from the good end, and from the bad end. "
            "Dots: simulated companies {weeks} weeks later, started at either end.",
            weeks=(found.asked.base.days + found.asked.base.warm_up_days) // DAYS_PER_WEEK,
        )
    ]
    if tipping.branches["overloaded"].any():
        notes.append(say("Where work is more than hours, the equations are rough: trust the dots there."))
    sheet, below = begun(found, _sentence(found, tipping, say), notes, say)
    width = (1.0 - 0.09 - style.MARGIN) / len(SHOWN)
    for place, outcome in enumerate(SHOWN):
        axes = sheet.add_axes((0.07 + place * (width + 0.01), 0.17, width * 0.9, below - 0.17 - 0.06))
        for way, colour in (("there", _THERE), ("back", _BACK)):
            line = _of(tipping.branches, way)
            axes.plot(line[name], line[outcome], color=colour, linewidth=3)
            dots = _of(tipping.simulated, way)
            axes.plot(dots[name], dots[outcome], ".", color=colour, alpha=_PALE, markersize=9)
        axes.set_ylim(-2.0, 102.0)
        _two_states(axes, tipping, found)
        axes.set_title(f"{capital(response_said(outcome, say))}, {unit_said('points', say)}", size=SMALL)
        axes.set_xlabel(named(found, name, say))
        axes.grid(axis="y")
        numbered(axes, say)
        axes.xaxis.set_major_formatter(lambda value, _: number_said(round(value, 6), say))
        if not place:
            _ways(axes, tipping, name, outcome, say)
        else:
            axes.tick_params(labelleft=False)
    return sheet


def draw_warned(found: Found, warned: Warned, say: Language) -> Figure:
    """Morale while the factor drifts, what surveys see of it, and until when putting the factor back helps."""
    [name] = found.asked.question.factors
    survey = found.asked.question.warning
    assert survey is not None
    notes = [
        say(
            "{factor} drifts from {start} to {end} over {weeks} weeks; every {every} weeks {people} people are asked.",
            factor=capital(named(found, name, say)),
            start=number_said(float(found.asked.in_the_base(name)), say),
            end=number_said(float(warned.steps[-1][1]), say),
            weeks=survey.weeks,
            every=survey.every_weeks,
            people=survey.people,
        ),
        say(
            "Without any drift it would have warned in {n} of {all} companies.",
            n=int(warned.table["warned_without_drift"].sum()),
            all=len(warned.table),
        ),
    ]
    sheet, below = begun(found, _warning_sentence(warned, say), notes, say)
    height = below - 0.16 - 0.06
    upper = sheet.add_axes((0.07, 0.16 + 0.5 * height, 0.9, 0.5 * height))
    lower = sheet.add_axes((0.07, 0.16, 0.9, 0.36 * height), sharex=upper)
    _draw_morale(upper, warned, say)
    _draw_put_back(lower, warned, say)
    alarm = warned.week
    for axes in (upper, lower):
        axes.axvline(0.0, color=style.SOFT, linewidth=1.2, linestyle=":")
        if math.isfinite(alarm):
            axes.axvline(alarm, color=style.ORANGE, linewidth=2.5)
    if math.isfinite(alarm):
        upper.text(alarm, 88.0, " " + say("the survey warns (median)"), color=style.INK, size=SMALL)
    return sheet


def _draw_morale(axes: Axes, warned: Warned, say: Language) -> None:
    """Each company's morale while the factor drifts, and the surveys of the first."""
    for path in warned.paths:
        axes.plot(warned.weeks, path, color=style.BLUE, alpha=_PALE, linewidth=1.2)
    axes.plot(warned.weeks, np.median(warned.paths, axis=0), color=style.BLUE)
    first = warned.surveys[warned.surveys["replication"] == 0]
    axes.plot(first["week"], first["seen"], "D", color=style.ORANGE, markeredgecolor=style.INK, markersize=9)
    axes.set_ylim(0.0, 100.0)
    axes.tick_params(labelbottom=False)
    axes.set_title(
        say("morale, points: single companies, their median, and what the survey sees in the first"), size=SMALL
    )
    axes.grid(axis="y")


def _draw_put_back(axes: Axes, warned: Warned, say: Language) -> None:
    """The share of companies that come back, by the week in which the factor is put back."""
    back = warned.put_back
    axes.errorbar(
        back["week"],
        100.0 * back["back"],
        100.0 * np.array([back["back"] - back["low"], back["high"] - back["back"]]).clip(0.0),
        color=style.GREEN,
        marker="o",
        markersize=7,
        capsize=3,
        elinewidth=1.2,
    )
    axes.set_ylim(-5.0, 105.0)
    axes.set_title(
        say("companies that are back {weeks} weeks after the factor is put back in that week, %", weeks=AFTER_WEEKS),
        size=SMALL,
    )
    axes.grid(axis="y")
    axes.set_xlabel(say("weeks since the drift began"))


def _sentence(found: Found, tipping: Tipping, say: Language) -> str:
    [name] = found.asked.question.factors
    what = named(found, name, say)
    falls, returns = (say.brief(value) for value in (tipping.falls, tipping.returns))
    if not tipping.tips:
        return say(
            "No tipping point at the {n} values tried: from either side, the company settles in the same state",
            n=tipping.branches[name].nunique(),
        )
    if math.isnan(tipping.returns):
        return say(
            "{factor}: beyond {falls} the company falls, and nothing in this range brings it back",
            factor=capital(what),
            falls=falls,
        )
    if math.isnan(tipping.falls):
        return say(
            "{factor}: a company that is down comes back only beyond {returns}", factor=capital(what), returns=returns
        )
    return say(
        "{factor}: beyond {falls} the company falls, and to come back it must go all the way to {returns}",
        factor=capital(what),
        falls=falls,
        returns=returns,
    )


def _warning_sentence(warned: Warned, say: Language) -> str:
    heard, acted = int(warned.table["warned"].notna().sum()), int(warned.table["back_if_acted"].sum())
    if not math.isfinite(warned.week):
        return say("The survey warns in {n} of {all} companies only", n=heard, all=len(warned.table))
    return say(
        "The survey warns in week {week}; put everything back at once, and {n} of {all} companies recover",
        week=say.number(warned.week),
        n=acted,
        all=len(warned.table),
    )


def _of(table: "pd.DataFrame", way: str) -> "pd.DataFrame":
    return table[table["way"] == way]


def _two_states(axes: Axes, tipping: Tipping, found: Found) -> None:
    """The values at which there are two lasting states, shaded."""
    if not tipping.tips:
        return
    [name] = found.asked.question.factors
    values = _of(tipping.branches, "there")[name].to_numpy(dtype=float)
    first = values[0] if math.isnan(tipping.returns) else tipping.returns
    last = values[-1] if math.isnan(tipping.falls) else tipping.falls
    axes.axvspan(min(first, last), max(first, last), color=style.WARM_UP, zorder=0)


def _ways(axes: Axes, tipping: Tipping, name: str, outcome: str, say: Language) -> None:
    """Which line is which, written beside it."""
    for way, text, colour, lift in (
        ("there", say("coming from the good end"), _THERE, 5.0),
        ("back", say("coming from the bad end"), _BACK, 5.0),
    ):
        line = _of(tipping.branches, way)
        at = 0 if way == "there" else len(line) - 1
        x, y = float(line[name].iloc[at]), float(line[outcome].iloc[at])
        reverse = line[name].iloc[0] > line[name].iloc[-1]
        side = "left" if (way == "there") != reverse else "right"
        axes.text(x, y + lift, text, color=colour, ha=side, size=SMALL, weight="bold", bbox=_GROUND)

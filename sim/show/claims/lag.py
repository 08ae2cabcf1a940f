"""First the employees, then sales: when each outcome has gone half of its way after a change (B5)."""

from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from sim.model.calendar import DAYS_PER_WEEK
from sim.model.record import Floats
from sim.show import style
from sim.show.amounts import capital
from sim.show.claims.sheet import LINE_HEIGHT, About, begun
from sim.show.claims.words import outcome_said, with_interval
from sim.show.language import Language
from sim.study.claims.verdict import Tried
from sim.study.lag import FINAL_WEEKS, SMOOTHED_WEEKS, Lag

_COLOURS = (style.BLUE, style.GREEN, style.VERMILION, style.ORANGE)


class Followed(NamedTuple):
    """An outcome that follows the change."""

    found: Tried
    lag: Lag


def lag_title(rows: list[Followed], say: Language) -> str:
    """When the first is half-way down and when the last, and whether luck could have turned that round."""
    known = [row for row in rows if not np.isnan(row.lag.days) and row.found.verdict != "not shown"]
    if len(known) < len(rows):
        return say("Not every outcome falls far enough to say when it is half-way down")
    first, last = rows[0], rows[-1]
    early, late = round(first.lag.days), round(last.lag.days)
    names = [outcome_said(row.found.trial, "", say) for row in (first, last)]
    if first.lag.high < last.lag.low:
        return say(
            "An authoritarian chief: {first} is half-way down after {early} days, {last} only after {late}",
            first=names[0],
            last=names[1],
            early=early,
            late=late,
        )
    return say(
        "An authoritarian chief: {first} is half-way down after {early} days, {last} after {late}; luck may turn it",
        first=names[0],
        last=names[1],
        early=early,
        late=late,
    )


def draw_lag(about: About, days: Floats, since_day: int, rows: list[Followed], say: Language) -> Figure:
    """The chart: each outcome on its way from 0 to 100 % of its final change."""
    with style.look():
        note = say(
            "Pale: mean of all pairs over {n} weeks at a time; strong: its rise without ups and downs; "
            "bars: 95 % interval of the day",
            n=SMOOTHED_WEEKS,
        )
        sheet, below = begun(about, lag_title(rows, say), [note], say)
        axes = sheet.add_axes((0.085, 0.145, 0.6, below - 1.0 * LINE_HEIGHT - 0.145))
        axes.axhline(50, color=style.SOFT, linewidth=1.5, linestyle="--")
        axes.axvline(0, color=style.INK, linewidth=2, linestyle=":")
        text = say(" the change")
        axes.text(0, 1.0, text, transform=axes.get_xaxis_transform(), va="top", path_effects=style.halo())
        since = days - since_day
        shown = since >= -30
        for place, (row, colour) in enumerate(zip(rows, _COLOURS, strict=False)):
            axes.plot(since[shown], 100 * row.lag.share[shown], color=colour, linewidth=2, alpha=0.4)
            axes.plot(since[shown], 100 * row.lag.rise[shown], color=colour, linewidth=4)
            if not np.isnan(row.lag.days):
                height = 50.0 - 5.0 * place
                axes.plot([row.lag.low, row.lag.high], [height] * 2, color=colour, linewidth=6, alpha=0.5)
                axes.plot([row.lag.days] * 2, [0, 50], color=colour, linestyle=":", linewidth=2.5)
                axes.plot([row.lag.days], [50], "o", color=colour, markersize=14, zorder=5)
        axes.set_ylim(-25, 150)
        axes.set_xlim(-30, float(since[-1]) + DAYS_PER_WEEK)
        axes.grid(axis="y", color=style.FAINT)
        style.number_axis(axes.xaxis, say, 8, whole=True)
        style.number_axis(axes.yaxis, say, 7)
        axes.set_xlabel(say("days since the chief became authoritarian"))
        axes.set_ylabel(say("% of the final change"))
        top = below - 1.0 * LINE_HEIGHT
        for row, colour in zip(rows, _COLOURS, strict=False):
            name = capital(outcome_said(row.found.trial, "", say))
            sheet.text(0.715, top, name, color=colour, weight="bold", size=20, va="top")
            days_text = "–" if np.isnan(row.lag.days) else say.number(round(row.lag.days))
            about_days = say("half-way after {days} days", days=days_text)
            between = say("({low} to {high})", low=_whole(row.lag.low, say), high=_whole(row.lag.high, say))
            about_size = say("over all days: {effect}", effect=with_interval(row.found.effect, row.found.unit, say))
            lines = f"{about_days}\n{between}\n{about_size.replace(' (', chr(10) + '(')}"
            sheet.text(0.715, top - 1.6 * LINE_HEIGHT, lines, va="top", linespacing=1.25)
            top -= 7.2 * LINE_HEIGHT
        final = say("final: the mean of the last {n} weeks", n=FINAL_WEEKS)
        sheet.text(0.715, top, final, color=style.SOFT, va="top")
        return sheet


def _whole(value: float, say: Language) -> str:
    return "–" if np.isnan(value) else say.number(round(value))

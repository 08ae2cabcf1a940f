"""The spiral: after the same bad time one company recovers, and the other does not."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.model.calendar import DAYS_PER_WEEK
from sim.show import style
from sim.show.claims.sheet import LINE_HEIGHT, About, Room, begun, headline, line_key, week_axis
from sim.show.language import Language
from sim.study.claims.spiral import Shock

SMOOTHED_WEEKS = 5


def spiral_title(sturdy: Shock, fragile: Shock, say: Language) -> str:
    """Who recovers."""
    if sturdy.recovered and not fragile.recovered:
        return say("After the same bad time one company recovers by itself; the other goes on falling or stays down")
    if sturdy.recovered and fragile.recovered:
        return say("After the same bad time both companies recover by themselves")
    if fragile.recovered:
        return say("After the same bad time the company expected to break recovers, and the other does not")
    return say("After the same bad time neither company has recovered by the end")


def draw_spiral(about: About, titles: tuple[str, str], shocks: tuple[Shock, Shock], say: Language) -> Figure:
    """The chart: a panel for each company, with the bad time and without it."""
    with style.look():
        notes = [
            say("Lines: mean of all runs over {n} weeks at a time", n=SMOOTHED_WEEKS),
            say("Gain: how much of a change in how people feel comes back to them through others; from 1 on it grows"),
        ]
        sheet, below = begun(about, spiral_title(*shocks, say), notes, say)
        colours = [style.BLUE if shock.recovered else style.VERMILION for shock in shocks]
        for place, (title, shock, colour) in enumerate(zip(titles, shocks, colours, strict=True)):
            left, width = style.MARGIN + place * 0.495, 0.455
            top = headline(sheet, _with_gain(title, shock, say), Room(left, width, below - 0.4 * LINE_HEIGHT))
            keys = [(style.SOFT, say("without the bad time")), (colour, say("with the bad time"))]
            top = line_key(sheet, keys, Room(left, width, top))
            axes = sheet.add_axes((left + 0.05, 0.145, width - 0.05, top - 0.145))
            _draw_shock(axes, shock, colour, say)
        return sheet


def _with_gain(title: str, shock: Shock, say: Language) -> str:
    return say("{title}: gain {gain}", title=title, gain=say.number(shock.gain, 2))


def _draw_shock(axes: Axes, shock: Shock, colour: str, say: Language) -> None:
    paths = shock.morale.smoothed(SMOOTHED_WEEKS)
    at = paths.weeks + 0.5
    begins, ends = shock.begins_day / DAYS_PER_WEEK, shock.ends_day / DAYS_PER_WEEK
    axes.axvspan(begins, ends, color=style.ORANGE, alpha=0.25, linewidth=0)
    axes.plot(at, np.nanmean(paths.base, axis=0), color=style.SOFT, linewidth=3.5)
    axes.plot(at, np.nanmean(paths.other, axis=0), color=colour, linewidth=4.5)
    axes.set_ylim(0, 100)
    week_axis(axes, paths, say)
    style.number_axis(axes.yaxis, say, 5)
    axes.set_ylabel(say("morale, in points of 100"))
    axes.text((begins + ends) / 2, 95, say("managers\nblame"), ha="center", va="top", weight="bold")

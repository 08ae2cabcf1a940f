"""The ticket paradox: a disliked supplier's figures look better while customers are served worse (B4)."""

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.model.record import Floats
from sim.show import style
from sim.show.claims.cause import Pair, title
from sim.show.claims.sheet import LINE_HEIGHT, About, Room, begun, line_key, week_axis
from sim.show.claims.words import better, direction
from sim.show.language import Language
from sim.show.lettering import wrapped
from sim.study.claims.tickets import Tickets
from sim.study.paths import Paths

SMOOTHED_WEEKS = 9


class Panel(NamedTuple):
    """An outcome in both companies, what it is called, and the colour of what is said of it."""

    paths: Paths
    title: str
    colour: str


def tickets_title(pairs: dict[str, Pair], name: str, say: Language) -> str:
    """What looks better, and what becomes of customers."""
    queue, service = (better(pairs[outcome].found) for outcome in ("queue_hours", "customer_satisfaction"))
    if direction(pairs["avoided_share"].found.effect) <= 0:
        return say("Here nobody avoids {name}, however it treats people", name=name)
    if queue > 0 and service < 0:
        return say(
            "{name} is asked less and has a shorter queue: it looks better, while customers are served worse", name=name
        )
    if queue > 0 and service == 0:
        return say(
            "{name} is asked less and has a shorter queue: it looks better; customers gain nothing that could be told "
            "from luck",
            name=name,
        )
    if queue > 0:
        return say("{name} is asked less and has a shorter queue, and customers are served better", name=name)
    return say("{name} is asked less; luck hides whether its queue is shorter", name=name)


def draw_tickets(about: About, pairs: dict[str, Pair], asked: Tickets, name: str, say: Language) -> Figure:
    """The chart: what the supplier's figures say, and what happens."""
    with style.look():
        note = say("Lines: mean of all runs over {n} weeks at a time", n=SMOOTHED_WEEKS)
        sheet, below = begun(about, tickets_title(pairs, name, say), [note], say)
        queue, service = pairs["queue_hours"], pairs["customer_satisfaction"]
        keys = [(style.SOFT, title(queue.base, say)), (style.INK, title(queue.other, say))]
        top = line_key(sheet, keys, Room(style.MARGIN, 0.9, below - 0.4 * LINE_HEIGHT))
        panels = (
            Panel(asked.asked, say("requests to it a week"), style.BLUE),
            Panel(queue.paths, say("wait in its line, hours"), style.BLUE),
            Panel(asked.avoided, say("needs worked around a week"), style.VERMILION),
            Panel(service.paths, say("customers’ satisfaction, points"), style.VERMILION),
        )
        width, gap = 0.19, 0.045
        for place, panel in enumerate(panels):
            left = style.MARGIN + 0.02 + place * (width + gap) + (0.012 if place > 1 else 0.0)
            _draw_panel(sheet, panel, Room(left, width, top), say)
        for first, words, colour in (
            (0, say("What the figures of {name} say", name=name), style.BLUE),
            (2, say("What nobody counts, and what customers get"), style.VERMILION),
        ):
            left = style.MARGIN + 0.02 + first * (width + gap) + (0.012 if first > 1 else 0.0)
            wide = 2 * width + gap
            [line] = wrapped(words, wide * style.WIDTH - 20, 1, 17, "bold")
            sheet.text(
                left + wide / 2,
                top - 0.2 * LINE_HEIGHT,
                line,
                size=17,
                weight="bold",
                color=style.BACKGROUND,
                ha="center",
                va="top",
                bbox={"facecolor": colour, "edgecolor": colour, "pad": 7},
            )
        return sheet


def _draw_panel(sheet: Figure, panel: Panel, room: Room, say: Language) -> None:
    left, width, top = room
    paths, colour = panel.paths, panel.colour
    smooth = paths.smoothed(SMOOTHED_WEEKS)
    base, other = np.nanmean(smooth.base, axis=0), np.nanmean(smooth.other, axis=0)
    observed = paths.weeks >= 0
    before, after = (float(np.nanmean(rows[:, observed])) for rows in (paths.base, paths.other))
    y = top - 2.2 * LINE_HEIGHT
    lines = wrapped(panel.title, width * style.WIDTH, 2)
    sheet.text(left, y, "\n".join(lines), va="top", weight="bold", linespacing=1.15)
    y -= 2.5 * LINE_HEIGHT
    size = f"{_number(before, say)} → {_number(after, say)}"
    sheet.text(left, y, size, va="top", size=25, weight="bold", color=colour)
    y -= 2.1 * LINE_HEIGHT
    axes = sheet.add_axes((left, 0.145, width, y - 0.145))
    at = paths.weeks + 0.5
    axes.plot(at, base, color=style.SOFT, linewidth=3.5)
    axes.plot(at, other, color=style.INK, linewidth=3.5)
    _limit(axes, np.concatenate([base[observed], other[observed]]))
    week_axis(axes, paths, say, 4)
    axes.set_xlabel(say("week"))
    style.number_axis(axes.yaxis, say, 4)
    begins, ends = float(base[observed].mean()), float(other[observed][-8:].mean())
    middle = float(at[observed][len(at[observed]) // 2])
    axes.annotate(
        "",
        (middle, ends),
        (middle, begins),
        arrowprops={
            "arrowstyle": "simple,head_width=1.6,head_length=1.2,tail_width=0.6",
            "color": colour,
            "alpha": 0.85,
        },
    )


def _number(value: float, say: Language) -> str:
    return say.number(value, 1 if abs(value) >= 0.95 else 2)


def _limit(axes: Axes, values: Floats) -> None:
    known = values[~np.isnan(values)]
    low, high = float(known.min()), float(known.max())
    span = max(high - low, 0.08 * abs(high), 1e-9)
    axes.set_ylim(max(0.0, low - 0.3 * span), high + 0.3 * span)

"""Where a customer's time goes: one bar for each department, in parts, in hours of a purchase."""

from typing import Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.show import style
from sim.show.language import ENGLISH, Language
from sim.show.lettering import text_width, wrapped
from sim.show.names import names_of
from sim.study.results import Results

PARTS: Final = {"handling": style.BLUE, "queueing": style.ORANGE, "deciding": style.GREEN, "repair": style.VERMILION}
VISIBLE_SHARE = 0.02
MOST_BARS = 10
CONCENTRATED = 0.1
"""No department stands out that has less than this share of the longest part."""


class Bar(NamedTuple):
    """One bar: the name beside it, and the hours of each of ``PARTS``."""

    name: str
    parts: tuple[float, ...]

    @property
    def total(self) -> float:
        """All parts together."""
        return sum(self.parts)


def purchase_bars(results: Results, say: Language = ENGLISH) -> list[Bar]:
    """The longest first, those too small to be seen taken together at the end; they add up to the customer's wait."""
    names = names_of(results.scenario, say)
    bars = [Bar(names[where], parts) for where, parts in _parts(results).items()]
    bars.sort(key=lambda bar: -bar.total)
    whole = sum(bar.total for bar in bars)
    visible = sum(bar.total > VISIBLE_SHARE * whole for bar in bars[:MOST_BARS])
    rest = bars[visible:]
    if whole == 0 or len(rest) <= 1:
        return [bar for bar in bars if bar.total > 0]
    together = tuple(sum(parts) for parts in zip(*(bar.parts for bar in rest), strict=True))
    return [*bars[:visible], Bar(say("{n} others", n=len(rest)), together)]


def purchase_title(results: Results, say: Language = ENGLISH) -> str:
    """What the chart says, in a sentence."""
    delay = results.value("customer_delay_hours")
    if np.isnan(delay):
        days = say.counted("{n} day", "{n} days", results.scenario.days)
        return say("No purchase was completed in {days}", days=days)
    if delay == 0:
        return say("Customers are served without any delay")
    names = names_of(results.scenario, say)
    parts = _parts(results)
    totals = [sum(hours_there) for hours_there in zip(*parts.values(), strict=True)]
    largest = max(range(len(totals)), key=lambda part: totals[part])
    there = {name: hours_there[largest] for name, hours_there in parts.items()}
    place = max(there, key=lambda name: there[name])
    return say(
        "A customer waits {hours}; {share} of that is {part}, {where}",
        hours=say.hours(delay),
        share=say.percent(totals[largest] / delay),
        part=parts_said(say)[tuple(PARTS)[largest]],
        where=_where(there[place] / totals[largest], names[place], sum(value > 0 for value in there.values()), say),
    )


def parts_said(say: Language) -> dict[str, str]:
    """What each of ``PARTS`` is called."""
    return {
        "handling": say("work"),
        "queueing": say("waiting in line"),
        "deciding": say("waiting for a decision"),
        "repair": say("repair of errors"),
    }


def _parts(results: Results) -> dict[str, tuple[float, ...]]:
    """For each department the hours of each of ``PARTS``; none where no purchase was completed."""
    found = results.means("department")
    hours_of = {where: tuple(outcomes[f"purchase_{part}_hours"] for part in PARTS) for where, outcomes in found.items()}
    return {where: tuple(0.0 if np.isnan(part) else part for part in parts) for where, parts in hours_of.items()}


def _where(share: float, name: str, places: int, say: Language) -> str:
    if share < CONCENTRATED:
        return say("spread over {n} departments", n=places)
    if places == 1:
        return say("all of it at {name}", name=name)
    return say("most of it at {name}", name=name) if share > 0.5 else say("above all at {name}", name=name)


def draw_purchase_time(results: Results, say: Language = ENGLISH) -> Figure:
    """The chart."""
    with style.look():
        sheet = style.figure()
        below = style.heading(sheet, purchase_title(results, say), results, say)
        bars = purchase_bars(results, say)
        labels = [wrapped(bar.name, 0.24 * style.WIDTH, 2) for bar in bars]
        widest = max([text_width(line) for lines in labels for line in lines], default=0.0)
        left = style.MARGIN + (widest + 20) / style.WIDTH
        axes = sheet.add_axes((left, 0.145, 1 - style.MARGIN - left, below - 0.21))
        axes.set_xlabel(say("mean working hours of a purchase (8 hours are a day)"))
        if bars:
            _draw_bars(axes, bars, say)
            _draw_legend(axes, below)
            axes.set_yticks(range(len(bars)), ["\n".join(lines) for lines in labels])
        else:
            axes.set(yticks=[], xlim=(0, 1))
            style.nothing(axes, say)
        style.number_axis(axes.xaxis, say, 8)
        return sheet


def _draw_bars(axes: Axes, bars: list[Bar], say: Language) -> None:
    whole = sum(bar.total for bar in bars)
    longest = max(bar.total for bar in bars)
    start = np.zeros(len(bars))
    said = parts_said(say)
    for position, (part, colour) in enumerate(PARTS.items()):
        lengths = np.array([bar.parts[position] for bar in bars])
        label = f"{said[part]}: {say.hours(lengths.sum())}"
        axes.barh(range(len(bars)), lengths, 0.7, left=start, color=colour, edgecolor="white", label=label)
        start += lengths
    for row, bar in enumerate(bars):
        text = f"{say.hours(bar.total)} ({say.percent(bar.total / whole)})"
        axes.annotate(
            text, (bar.total, row), (8, 0), textcoords="offset points", va="center", path_effects=style.halo()
        )
    room = 230 / (axes.get_position().width * style.WIDTH)
    axes.set_xlim(0, longest / (1 - room))
    axes.set_ylim(max(len(bars), 5) - 0.5, -0.5)
    axes.grid(axis="x", color=style.FAINT)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_color(style.SOFT)


def _draw_legend(axes: Axes, top: float) -> None:
    box = axes.get_position()
    corner = ((style.MARGIN - box.x0) / box.width, (top - box.y0) / box.height)
    axes.legend(
        loc="upper left",
        bbox_to_anchor=corner,
        ncols=len(PARTS),
        borderaxespad=0,
        borderpad=0,
        handlelength=1.0,
        columnspacing=1.6,
    )

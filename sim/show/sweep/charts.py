"""Charts of a study: what moves a response, each under a sentence that says it."""

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.show import style
from sim.show.amounts import amount, capital, factor, unit_said
from sim.show.language import Language
from sim.show.lettering import LINE, SMALL, wrapped
from sim.show.tables import outcomes_said
from sim.study.sweep.study import Found

if TYPE_CHECKING:
    import pandas as pd

MOST: Final = 12
"""Factors that a chart shows, those that move most first."""
_LEFT: Final = 0.27
_MOST_PANELS: Final = 6


def named(found: Found, name: str, say: Language) -> str:
    """What charts call a factor."""
    return found.asked.question.factors[name].title.said(say.code) or name.replace("_", " ")


def response_said(response: str, say: Language) -> str:
    """What charts call a response, in a sentence."""
    outcome, of, where = response.partition(" of ")
    said = outcomes_said(say).get(outcome, outcome.replace("_", " "))
    return say("{outcome} of {where}", outcome=said, where=where) if of else said


def draw_indices(found: Found, response: str, table: "pd.DataFrame", say: Language) -> Figure:
    """Total and first-order indices of each factor, with their intervals."""
    wide = table[table["order"].isin(["first", "total"])].pivot_table(
        index="factor", columns="order", values=["value", "low", "high"]
    )
    names = list(wide["value"]["total"].sort_values(ascending=False, kind="stable").index[:MOST])
    first = names[0]
    share = min(1.0, max(0.0, float(wide["value"]["total"][first])))
    is_sure = len(names) == 1 or bool(wide["low"]["total"][first] > wide["value"]["total"][names[1]])
    most = (
        say("{factor} moves {response} most: {share} of the differences between companies hang on it")
        if is_sure
        else say("{factor} seems to move {response} most, but so few points do not tell it from the next")
    )
    title = most.format(
        factor=capital(named(found, first, say)), response=response_said(response, say), share=say.percent(share)
    )
    noise = float(table.loc[table["order"] == "noise", "value"].iloc[0])
    notes = [say("Dark: alone. Pale: together with others as well. Lines: 95 % intervals.")]
    if not math.isnan(noise):
        notes.append(say("Chance adds {share} to these differences; it is left out here.", share=say.percent(noise)))
    sheet, below = _begun(found, title, notes, say)
    axes = _rows(sheet, names, below, found, say)
    for place, name in enumerate(names):
        for order, shift, colour in (("first", 0.18, style.BLUE), ("total", -0.18, "#9ec9e2")):
            value, low, high = (float(wide[what][order][name]) for what in ("value", "low", "high"))
            axes.barh(-place + shift, max(value, 0.0), 0.34, color=colour)
            axes.plot([low, high], [-place + shift] * 2, color=style.INK, linewidth=1.5, clip_on=True)
    axes.set_xlim(0.0, max(1.0, float(wide["high"].loc[names].to_numpy().max())))
    axes.xaxis.set_major_formatter(lambda value, _: say.percent(value))
    axes.set_xlabel(say("share of the variance of {response}", response=response_said(response, say)))
    return sheet


def draw_screening(found: Found, response: str, table: "pd.DataFrame", say: Language) -> Figure:
    """Morris' μ* of each factor with its interval, and σ beside it."""
    unit = found.units[response]
    ordered = table.sort_values("mu_star", ascending=False, kind="stable").head(MOST)
    names = list(ordered["factor"])
    title = say(
        "{factor} moves {response} most: by {amount} on average from end to end of its range",
        factor=capital(named(found, names[0], say)),
        response=response_said(response, say),
        amount=amount(float(ordered["mu_star"].iloc[0]), unit, say),
    )
    notes = [
        say(
            "Bars: mean size of a factor's effect (μ*), with its 95 % interval. "
            "Diamonds: how much the effect differs from place to place (σ)."
        )
    ]
    sheet, below = _begun(found, title, notes, say)
    axes = _rows(sheet, names, below, found, say)
    scale = factor(unit)
    numbers = scale * ordered[["mu_star", "mu_star_half_width", "sigma"]].to_numpy(dtype=float)
    for place, (value, half, spread) in enumerate(numbers):
        axes.barh(-place, value, 0.6, color=style.BLUE)
        axes.plot([value - half, value + half], [-place] * 2, color=style.INK, linewidth=1.5)
        axes.plot(spread, -place, "D", color=style.ORANGE, markersize=9, markeredgecolor=style.INK)
    axes.set_xlim(left=0.0)
    axes.xaxis.set_major_formatter(lambda value, _: say.brief(value))
    axes.set_xlabel(f"{response_said(response, say)}, {unit_said(unit, say)}")
    return sheet


def draw_effects(found: Found, response: str, table: "pd.DataFrame", say: Language) -> Figure:
    """The mean response at each level of each factor, a panel for each of those that move it most, on one scale."""
    unit = found.units[response]
    reach = table.groupby("factor", sort=False)["mean"].agg(lambda means: means.max() - means.min())
    names = list(reach.sort_values(ascending=False, kind="stable").index[:_MOST_PANELS])
    first = table[table["factor"] == names[0]]
    low, high = first.loc[first["mean"].idxmin()], first.loc[first["mean"].idxmax()]
    title = say(
        "{response} moves most with {factor}: {amount} between {low} and {high}",
        response=capital(response_said(response, say)),
        factor=named(found, names[0], say),
        amount=amount(float(reach[names[0]]), unit, say),
        low=_level(low["level"], say),
        high=_level(high["level"], say),
    )
    drawn = found.asked.question.design.kind not in {"grid", "one_at_a_time", "points"}
    notes = [
        say("Means over all points with this value, with 95 % intervals: what else varies widens them.")
        if drawn
        else say("Means over all points with this value. Lines: 95 % intervals of what luck leaves open.")
    ]
    sheet, below = _begun(found, title, notes, say)
    scale, shown = factor(unit), table[table["factor"].isin(names)]
    ends = np.array([shown["low"].fillna(shown["mean"]).min(), shown["high"].fillna(shown["mean"]).max()]) * scale
    room = 0.05 * max(float(ends[1] - ends[0]), 1e-9)
    width = (1.0 - 0.09 - style.MARGIN) / len(names)
    for place, name in enumerate(names):
        left = 0.09 + place * width
        axes = sheet.add_axes((left, 0.2, width * 0.88, below - 0.2 - 0.03))
        _panel(axes, table[table["factor"] == name], scale, say)
        axes.set_ylim(ends[0] - room, ends[1] + room)
        label = wrapped(named(found, name, say), width * 0.85 * style.WIDTH, 2)
        axes.set_xlabel("\n".join(label))
        if place:
            axes.tick_params(labelleft=False)
        else:
            axes.set_ylabel(unit_said(unit, say))
            axes.yaxis.set_major_formatter(lambda value, _: say.brief(value))
    return sheet


def _panel(axes: Axes, rows: "pd.DataFrame", scale: float, say: Language) -> None:
    numeric = all(isinstance(level, int | float) and not isinstance(level, bool) for level in rows["level"])
    places: Any = rows["level"].astype(float) if numeric else np.arange(len(rows))
    means = scale * rows["mean"].to_numpy()
    half = scale * (rows["high"] - rows["mean"]).fillna(0.0).to_numpy()
    axes.errorbar(places, means, half, color=style.BLUE, marker="o", markersize=8, capsize=4, elinewidth=1.5)
    axes.grid(axis="y")
    if numeric:
        axes.xaxis.set_major_locator(MaxNLocator(3))
        axes.xaxis.set_major_formatter(lambda value, _: _number(value, say))
    else:
        axes.set_xticks(places, [_level(level, say) for level in rows["level"]])
    axes.margins(x=0.12)


def _level(level: Any, say: Language) -> str:
    if isinstance(level, bool | np.bool_):
        return say("yes") if level else say("no")
    return _number(float(level), say) if isinstance(level, int | float | np.number) else str(level)


def _number(value: float, say: Language) -> str:
    """A whole one without decimals."""
    return say.number(value) if value == round(value) else say.brief(value)


def _begun(found: Found, title: str, notes: list[str], say: Language) -> tuple[Figure, float]:
    sheet = style.figure()
    below = style.sentence(sheet, title, 0.965)
    for text in notes:
        below = style.note(sheet, text, below)
    question = found.asked.question
    about = question.title.said(say.code) or question.name
    runs = say.counted("{n} run", "{n} runs", len(found.table))
    points = say.counted("{n} point", "{n} points", len(found.designed.different))
    style.footer(sheet, about, [points, runs, say("seed {seed}", seed=str(question.seed))])
    return sheet, below


def _rows(sheet: Figure, names: list[str], below: float, found: Found, say: Language) -> Axes:
    """Axes with a row for each factor, its name at the left."""
    bottom = 0.16
    height = min(below - bottom - 0.02, 0.2 * len(names))
    axes = sheet.add_axes((_LEFT, below - 0.02 - height, 1.0 - _LEFT - 0.05, height))
    axes.set_ylim(-len(names) + 0.4, 0.6)
    axes.set_yticks([-place for place in range(len(names))])
    lines = max(1, min(2, int(height * style.HEIGHT / len(names) / LINE)))
    labels = ["\n".join(wrapped(named(found, name, say), (_LEFT - 0.04) * style.WIDTH, lines, SMALL)) for name in names]
    axes.set_yticklabels(labels)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    return axes

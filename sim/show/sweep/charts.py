"""Charts of a study: what moves a response, each under a sentence that says it."""

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.show import style
from sim.show.amounts import amount, capital, unit_said
from sim.show.amounts import factor as scale_of
from sim.show.language import Language
from sim.show.lettering import LINE, wrapped
from sim.show.sweep.sheet import begun, level_said, named, number_said, numbered, response_said, rows_named, unit_above
from sim.study.sweep.study import Found

if TYPE_CHECKING:
    import pandas as pd

MOST: Final = 12
"""Factors that a chart shows, those that move most first."""
_MOST_PANELS: Final = 6
_MOST_BARS: Final = 16


def draw_indices(found: Found, response: str, table: "pd.DataFrame", say: Language) -> Figure:
    """Total and first-order indices of each factor, with their intervals."""
    wide = table[table["order"].isin(["first", "total"])].pivot_table(
        index="factor", columns="order", values=["value", "low", "high"]
    )
    names = list(wide["value"]["total"].sort_values(ascending=False, kind="stable").index[:MOST])
    first = names[0]
    share = min(1.0, max(0.0, float(wide["value"]["total"][first])))
    is_sure = len(names) == 1 or bool(wide["low"]["total"][first] > wide["value"]["total"][names[1]])
    most, of = named(found, first, say), response_said(response, say)
    title = (
        say(
            "What moves {response} most is {factor}: {share} of the differences between companies hang on it",
            response=of,
            factor=most,
            share=say.percent(share),
        )
        if is_sure
        else say(
            "What moves {response} most may be {factor}, but so few points do not tell it from the next",
            response=of,
            factor=most,
        )
    )
    noise = float(table.loc[table["order"] == "noise", "value"].iloc[0])
    notes = [say("Dark: alone. Pale: together with others as well. Lines: 95 % intervals.")]
    if not math.isnan(noise):
        notes.append(say("Chance adds {share} to these differences; it is left out here.", share=say.percent(noise)))
    sheet, below = begun(found, title, notes, say)
    axes = rows_named(sheet, [named(found, name, say) for name in names], below)
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
        "What moves {response} most is {factor}: by {amount} on average from end to end of its range",
        factor=named(found, names[0], say),
        response=response_said(response, say),
        amount=amount(float(ordered["mu_star"].iloc[0]), unit, say),
    )
    notes = [
        say(
            "Bars: mean size of a factor's effect (μ*), with its 95 % interval. "
            "Diamonds: how much the effect differs from place to place (σ)."
        )
    ]
    sheet, below = begun(found, title, notes, say)
    axes = rows_named(sheet, [named(found, name, say) for name in names], below)
    scale = scale_of(unit)
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
        low=level_said(low["level"], say),
        high=level_said(high["level"], say),
    )
    drawn = found.asked.question.design.kind not in {"grid", "points", "tipping"}
    notes = [
        say("Means over all points with this value, with 95 % intervals: what else varies widens them.")
        if drawn
        else say("Means over all points with this value. Lines: 95 % intervals of what luck leaves open.")
    ]
    sheet, below = begun(found, title, notes, say)
    scale, shown = scale_of(unit), table[table["factor"].isin(names)]
    ends = np.array([shown["low"].fillna(shown["mean"]).min(), shown["high"].fillna(shown["mean"]).max()]) * scale
    room = 0.05 * max(float(ends[1] - ends[0]), 1e-9)
    width = (1.0 - 0.09 - style.MARGIN) / len(names)
    for place, name in enumerate(names):
        left = 0.09 + place * width
        axes = sheet.add_axes((left, 0.2, width * 0.88, below - 0.2 - 0.06))
        _panel(axes, table[table["factor"] == name], scale, say)
        axes.set_ylim(ends[0] - room, ends[1] + room)
        label = wrapped(named(found, name, say), width * 0.85 * style.WIDTH, 2)
        axes.set_xlabel("\n".join(label))
        numbered(axes, say)
        if place:
            axes.tick_params(labelleft=False)
        else:
            unit_above(axes, unit, say)
    return sheet


def draw_differences(found: Found, response: str, table: "pd.DataFrame", say: Language) -> Figure:
    """What each factor alone changes in the base, those that do most first."""
    unit, of = found.units[response], response_said(response, say)
    scale = scale_of(unit)
    reach = table.groupby("factor", sort=False)["difference"].agg(lambda values: values.abs().max())
    order = list(reach.sort_values(ascending=False, kind="stable").index)
    rows = [row for name in order for row in table[table["factor"] == name].to_dict("records")][:_MOST_BARS]
    rows.sort(key=lambda row: -row["difference"])
    known = [row for row in rows if not math.isnan(row["low"])]
    sure = [row for row in known if row["low"] > 0.0 or row["high"] < 0.0]
    most = max(sure or rows, key=lambda row: abs(row["difference"]))
    change = ("+" if most["difference"] > 0.0 else "\N{MINUS SIGN}") + amount(float(most["difference"]), unit, say)
    title = (
        say(
            "Alone, what changes {response} most is {factor} at {level}: {change}",
            response=of,
            factor=named(found, most["factor"], say),
            level=level_said(most["level"], say),
            change=change,
        )
        if sure or not known
        else say("No factor alone changes {response} by more than luck does", response=of)
    )
    notes = [
        say("Differences to the base on the same luck. Lines: 95 % intervals.")
        if known
        else say("Differences to the base on the same luck; of one replication, what luck does is not known.")
    ]
    sheet, below = begun(found, title, notes, say)
    names = [f"{named(found, row['factor'], say)}: {level_said(row['level'], say)}" for row in rows]
    axes = rows_named(sheet, names, below)
    axes.axvline(0.0, color=style.INK, linewidth=1.2)
    for place, row in enumerate(rows):
        value, low, high = (scale * float(row[what]) for what in ("difference", "low", "high"))
        axes.barh(-place, value, 0.6, color=style.BLUE if value > 0.0 else style.ORANGE)
        axes.plot([low, high], [-place] * 2, color=style.INK, linewidth=1.5)
    axes.xaxis.set_major_formatter(lambda value, _: say.brief(value))
    axes.set_xlabel(f"{of}, {unit_said(unit, say)}")
    return sheet


def draw_together(found: Found, response: str, table: "pd.DataFrame", say: Language) -> Figure:
    """The pair of factors that does most together: the mean response over one, a line for each level of the other."""
    pair = [str(table["factor"].iloc[0]), str(table["other"].iloc[0])]
    good, unit = found.table[found.table["error"] == ""], found.units[response]
    across, lines = sorted(pair, key=lambda name: -good[name].nunique())
    scale = scale_of(unit)
    cells = good.pivot_table(index=across, columns=lines, values=response)
    reaches = np.ptp(cells.to_numpy(dtype=float), axis=0)
    most, least = int(np.argmax(reaches)), int(np.argmin(reaches))
    title = say(
        "{factor}: worth up to {most} where {other} is {level}, but {least} where it is {last}",
        factor=capital(named(found, across, say)),
        other=named(found, lines, say),
        most=amount(float(reaches[most]), unit, say),
        level=level_said(cells.columns[most], say),
        least=amount(float(reaches[least]), unit, say),
        last=level_said(cells.columns[least], say),
    )
    share = float(table["share"].iloc[0])
    notes = [
        say(
            "What the two do only together is {share} of the differences between companies in {response}.",
            share=say.percent(share),
            response=response_said(response, say),
        )
    ]
    sheet, below = begun(found, title, notes, say)
    axes = sheet.add_axes((0.09, 0.17, 0.62, below - 0.17 - 0.06))
    colours = style.STATES(np.linspace(0.35, 1.0, len(cells.columns)))
    numeric = all(isinstance(value, int | float) and not isinstance(value, bool) for value in cells.index)
    places: Any = cells.index.to_numpy(dtype=float) if numeric else np.arange(len(cells))
    last = []
    for level, values, colour in zip(cells.columns, scale * cells.to_numpy(dtype=float).T, colours, strict=True):
        axes.plot(places, values, "o-", color=colour, markersize=9)
        last.append((float(values[-1]), level_said(level, say)))
    axes.grid(axis="y")
    axes.set_xticks(places, [level_said(value, say) for value in cells.index])
    axes.set_xlabel(named(found, across, say))
    unit_above(axes, unit, say)
    numbered(axes, say)
    _at_the_end(sheet, axes, last, colours, named(found, lines, say))
    return sheet


def draw_regret(found: Found, response: str, table: "pd.DataFrame", say: Language) -> Figure:
    """How much each decision lacks to the best, in the worst world and in the mean."""
    decisions, unit = list(found.asked.question.decisions), found.units[response]
    shown = table.head(MOST)
    words = [
        ", ".join(f"{named(found, name, say)} {level_said(row[name], say)}" for name in decisions)
        for _, row in shown.iterrows()
    ]
    worlds = len(found.designed.different) // len(table)
    lacks, of = float(shown["worst"].iloc[0]), response_said(response, say)
    title = (
        say(
            "Safest for {response}: {choice}, never more than {amount} from the best",
            response=of,
            choice=words[0],
            amount=amount(lacks, unit, say),
        )
        if lacks > 0.0
        else say("Best for {response} in every world tried: {choice}", response=of, choice=words[0])
    )
    notes = [
        say(
            "Bars: what a decision lacks to the best one in the worst of {n} worlds, with its 95 % interval. "
            "Diamonds: in the mean.",
            n=worlds,
        )
    ]
    sheet, below = begun(found, title, notes, say)
    axes = rows_named(sheet, words, below)
    numbers = scale_of(unit) * shown[["worst", "worst_low", "worst_high", "mean"]].to_numpy(dtype=float)
    for place, (worst, low, high, mean) in enumerate(numbers):
        axes.barh(-place, worst, 0.6, color=style.BLUE)
        axes.plot([low, high], [-place] * 2, color=style.INK, linewidth=1.5)
        axes.plot(mean, -place, "D", color=style.ORANGE, markersize=9, markeredgecolor=style.INK)
    axes.set_xlim(left=0.0)
    axes.xaxis.set_major_formatter(lambda value, _: say.brief(value))
    axes.set_xlabel(f"{response_said(response, say)}, {unit_said(unit, say)}")
    return sheet


def _at_the_end(sheet: Figure, axes: Axes, last: list[tuple[float, str]], colours: Any, title: str) -> None:
    """What each line is, right of its end, apart enough to be read."""
    low, high = axes.get_ylim()
    room = axes.get_position()
    step = 1.25 * LINE / style.HEIGHT
    order = sorted(range(len(last)), key=lambda place: last[place][0])
    heights: list[float] = []
    for place in order:
        height = room.y0 + room.height * (last[place][0] - low) / (high - low)
        heights.append(max(height, heights[-1] + step) if heights else height)
    over = max(0.0, heights[-1] + 2.0 * step - room.y1)
    for place, height in zip(order, heights, strict=True):
        sheet.text(0.735, height - over, "\N{BLACK SQUARE}", color=colours[place], va="center")
        sheet.text(0.755, height - over, last[place][1], va="center")
    sheet.text(0.735, heights[-1] - over + 1.4 * step, "\n".join(wrapped(title, 0.24 * style.WIDTH, 2)), va="center")


def _panel(axes: Axes, rows: "pd.DataFrame", scale: float, say: Language) -> None:
    numeric = all(isinstance(level, int | float) and not isinstance(level, bool) for level in rows["level"])
    places: Any = rows["level"].astype(float) if numeric else np.arange(len(rows))
    means = scale * rows["mean"].to_numpy()
    half = scale * (rows["high"] - rows["mean"]).fillna(0.0).to_numpy()
    axes.errorbar(places, means, half, color=style.BLUE, marker="o", markersize=8, capsize=4, elinewidth=1.5)
    axes.grid(axis="y")
    if numeric:
        axes.xaxis.set_major_locator(MaxNLocator(3))
        axes.xaxis.set_major_formatter(lambda value, _: number_said(value, say))
    else:
        axes.set_xticks(places, [level_said(level, say) for level in rows["level"]])
    axes.margins(x=0.12)

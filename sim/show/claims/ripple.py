"""The ripple: what one person's attitude costs morale, by distance along the chain and by week (A3)."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm
from matplotlib.figure import Figure

from sim.model.calendar import DAYS_PER_WEEK
from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.show import style
from sim.show.claims.sheet import LINE_HEIGHT, About, begun
from sim.show.language import Language
from sim.show.lettering import text_width, wrapped
from sim.show.names import names_of
from sim.study.claims.ripple import SMOOTHED_WEEKS, Ripple, losses

_FIRST_WEEK = -12
_BEND = 0.5
"""Choice: the colours spend as much on small losses as on large ones (square root), so that the far rings are seen."""


def ripple_title(found: Ripple, say: Language) -> str:
    """How far it reaches, and for how long."""
    rings = [losses(found, ring.changes) for ring in found.rings]
    since = found.weeks * DAYS_PER_WEEK >= found.arrives_day  # far away it is felt when the person may have left
    after = found.weeks * DAYS_PER_WEEK >= found.leaves_day
    felt = [bool((row[since] > 0.0).any()) for row in rings]
    weeks = int(max((row[after] > 0.0).sum() for row in rings))
    if not any(felt):
        return say("Luck hides whether one bad-tempered person costs anybody morale")
    if not all(felt):
        return say("One bad-tempered person costs colleagues morale, but is not felt along the whole chain")
    if not (losses(found, found.customers)[since] > 0.0).any():
        return say(
            "One bad-tempered person costs every department morale, still {n} weeks after leaving; luck hides whether "
            "customers notice",
            n=weeks,
        )
    return say(
        "One bad-tempered person is felt along the whole chain, to the customer, and for {n} weeks after leaving",
        n=weeks,
    )


def draw_ripple(about: About, scenario: Scenario, found: Ripple, say: Language) -> Figure:
    """The chart: a row for each distance, the customers below."""
    with style.look():
        note = say(
            "Colour: points lost against an even-tempered colleague, mean over {n} weeks at a time; "
            "pale where luck explains them",
            n=SMOOTHED_WEEKS,
        )
        sheet, below = begun(about, ripple_title(found, say), [note], say)
        lost, labels = _rows(scenario, found, say)
        shown = found.weeks >= _FIRST_WEEK
        weeks, lost = found.weeks[shown], lost[:, shown]
        widest = max(text_width(line, weight="bold") for label in labels for line in label.split("\n"))
        left = style.MARGIN + (widest + 24) / style.WIDTH
        bottom, top = 0.145, below - 2.9 * LINE_HEIGHT
        axes = sheet.add_axes((left, bottom, 0.86 - left, top - bottom))
        norm = PowerNorm(_BEND, 0.0, max(float(lost.max()), 1e-6))
        colours = "YlOrRd"
        gap = 0.35
        ends = np.append(weeks, weeks[-1] + 1)
        heights = [float(row) + gap * (row == len(lost) - 1) for row in range(len(lost))]
        for height, row in zip(heights, lost, strict=True):
            mesh = axes.pcolormesh(ends, [height, height + 1], np.maximum(row, 0.0)[None, :], cmap=colours, norm=norm)
            deepest = int(row.argmax())
            text = f"\N{MINUS SIGN}{say.brief(float(row[deepest]))}" if row[deepest] else say("luck")
            x = min(max(weeks[deepest] + 0.5, weeks[0] + 3), weeks[-1] - 3)
            axes.text(
                x,
                height + 0.5,
                text,
                ha="center",
                va="center",
                size=20,
                weight="bold",
                color=style.INK,
                path_effects=style.halo(),
            )
        axes.set_ylim(heights[-1] + 1, 0)
        axes.set_xlim(ends[0], ends[-1])
        axes.set_yticks([height + 0.5 for height in heights], labels)
        axes.tick_params(axis="y", length=0)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        style.number_axis(axes.xaxis, say, 9, whole=True)
        axes.set_xlabel(say("week since the person arrived"))
        _mark(axes, found, float(ends[-1]), say)
        bar = sheet.add_axes((0.885, bottom, 0.02, top - bottom))
        sheet.colorbar(mesh, cax=bar)
        most = float(lost.max())
        ticks = [value for value in (0.0, 0.02, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0) if value <= most]
        ticks = [tick for place, tick in enumerate(ticks) if not place or norm(tick) - norm(ticks[place - 1]) > 0.06]
        bar.set_yticks(ticks, [say.brief(tick) for tick in ticks])
        bar.set_title(say("points lost"), loc="center", size=16, weight="normal", pad=10)
        return sheet


def _rows(scenario: Scenario, found: Ripple, say: Language) -> tuple[Floats, list[str]]:
    """Points lost by row and week, and what stands beside each row."""
    names = names_of(scenario, say)
    rows = [losses(found, ring.changes) for ring in found.rings]
    labels = []
    for step, ring in enumerate(found.rings):
        departments = ", ".join(names[name] for name in ring.departments)
        if step == 0:
            labels.append(say("{name}, the person’s\nown department: morale", name=departments))
            continue
        head = say.counted("{n} step away: morale", "{n} steps away: morale", step)
        labels.append("\n".join([head, *wrapped(f"({departments})", 400, 3)]))
    labels.append(say("customers outside:\nsatisfaction"))
    return np.array([*rows, losses(found, found.customers)]), labels


def _mark(axes: Axes, found: Ripple, last: float, say: Language) -> None:
    """Before, during and after."""
    over = axes.get_xaxis_transform()
    first = axes.get_xlim()[0]
    arrives, leaves = found.arrives_day / DAYS_PER_WEEK, found.leaves_day / DAYS_PER_WEEK
    for week in (arrives, leaves):
        axes.axvline(week, color=style.INK, linewidth=2.5, linestyle=":")
    for begin, end, text in (
        (first, arrives, say("before")),
        (
            arrives,
            leaves,
            say("the person is there\n(days {first} to {last})", first=found.arrives_day, last=found.leaves_day),
        ),
        (leaves, last, say("after the person has left")),
    ):
        axes.text((begin + end) / 2, 1.015, text, transform=over, ha="center", va="bottom", weight="bold")

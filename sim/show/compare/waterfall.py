"""From the base to a scenario in steps: where a customer's time, or a customer's satisfaction, is won and lost."""

import math
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.model.record import Floats
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario
from sim.show import style
from sim.show.amounts import factor, signed, unit_said
from sim.show.compare.sentences import effect_said
from sim.show.compare.sheet import begun
from sim.show.language import Language
from sim.show.lettering import SMALLEST, wrapped
from sim.show.names import names_of, titled
from sim.study.compare.comparison import Comparison
from sim.study.compare.intervals import Estimate, paired
from sim.study.compare.why import Part, lost_parts, time_parts

MOST_STEPS: Final = 6
TOO_SMALL: Final = 0.04
"""Of the difference, or of the largest step if that is more: what is smaller cannot be seen and is gathered."""
_BOTTOM, _LEFT = 0.27, 0.075
_HALF: Final = 0.31
"""Half the width of a bar."""
_NAME_LINES: Final = 6
_FIRST: Final = -0.6
"""Where the axis stands, a bar being 1 apart from the next."""
ZIGZAG: Final = "zigzag"
_TOOTH, _FEET = 0.08, (0.05, 0.09)


class Step(NamedTuple):
    """How much a part adds to the base's value; the intervals of all parts, shown or not, hold at once."""

    name: str
    by: float
    found: Estimate
    gathers: int = 1
    """How many parts it stands for: more than one only where they are too small, or too many, to be shown."""


class Fall(NamedTuple):
    """A value of the base (NaN without any), the steps that lead to the scenario's, and the outcome of both."""

    outcome: str
    base: float
    steps: list[Step]
    parts: list[Step]
    """All of them one by one, gathered in no step."""

    @property
    def end(self) -> float:
        """Where the steps lead."""
        return self.base + sum(step.by for step in self.steps)


def time_fall(comparison: Comparison, scenario: Scenario, say: Language) -> Fall:
    """The customer's wait, by department."""
    names = names_of(comparison.base, say) | names_of(scenario, say)
    kinds = {
        "purchase_handling_hours": say("work"),
        "purchase_queueing_hours": say("waiting in line"),
        "purchase_deciding_hours": say("waiting for decisions"),
        "purchase_repair_hours": say("repair of errors"),
    }
    parts = [
        (say("{kind} in {name}", kind=kinds[part.outcome], name=names[part.where]), part.each)
        for part in time_parts(comparison, scenario)
    ]
    return _fall(comparison, "customer_delay_hours", parts, say)


def satisfaction_fall(comparison: Comparison, scenario: Scenario, say: Language) -> Fall:
    """Customers' satisfaction, by what was missing and at which link."""
    names = names_of(comparison.base, say) | names_of(scenario, say) | {MARKET: say("the customer")}
    kinds = {
        "lost_respect": say("respect"),
        "lost_agility": say("waiting"),
        "lost_care": say("care"),
        "lost_expectation": say("expectation"),
    }

    def name(part: Part) -> str:
        supplier, _, customer = part.where.partition(">")
        kind = kinds[part.outcome]
        if part.outcome == "lost_expectation":
            return kind
        if customer == MARKET and part.outcome == "lost_agility":
            return say("{kind} in {name}", kind=kind, name=names[supplier])
        if customer == MARKET:
            return say("{kind} shown by {supplier}", kind=kind, supplier=names[supplier])
        return say("{kind}: {supplier} for {customer}", kind=kind, supplier=names[supplier], customer=names[customer])

    parts = [(name(part), -part.each) for part in lost_parts(comparison, scenario)]
    return _fall(comparison, "customer_satisfaction", parts, say)


def _fall(comparison: Comparison, outcome: str, parts: list[tuple[str, Floats]], say: Language) -> Fall:
    """The largest steps one by one, in the order of their size, all others as one; parts of one name are one."""
    merged: dict[str, Floats] = {}
    for name, each in parts:
        merged[name] = merged[name] + each if name in merged else each
    merged = {name: each for name, each in merged.items() if np.any(each != 0.0) and not np.all(np.isnan(each))}
    # The largest are chosen by what they turned out to be, so the family is all that they were chosen from.
    steps = [_step(name, each, len(merged)) for name, each in merged.items()]
    ordered = sorted(steps, key=lambda step: -abs(step.by))
    seen = TOO_SMALL * max([abs(math.fsum(step.by for step in steps)), *(abs(step.by) for step in steps)], default=0.0)
    many = sum(abs(step.by) >= seen for step in ordered[:MOST_STEPS])
    shown, rest = ordered[:many], ordered[many:]
    if len(rest) == 1:  # it has a name of its own
        shown.append(rest[0])
    elif rest:
        name = say("everything else ({n} parts)", n=len(rest))
        whole = _step(name, np.sum([merged[step.name] for step in rest], axis=0), len(merged))
        shown.append(whole._replace(gathers=len(rest)))
    values = comparison.values(comparison.base, outcome)
    known = values[~np.isnan(values)]
    return Fall(outcome, float(known.mean()) if len(known) else math.nan, shown, ordered)


def _step(name: str, each: Floats, family: int) -> Step:
    found = paired(np.zeros(len(each)), each, family)
    return Step(name, found.mean, found)


def fall_title(comparison: Comparison, scenario: Scenario, fall: Fall, say: Language) -> str:
    """How the outcome differs, and which step is the largest of those that luck does not hide."""
    effect, title = effect_said(comparison, scenario, fall.outcome, say), titled(scenario, say)
    seen = [step for step in fall.steps if step.gathers == 1 and step.found.is_seen]
    if not seen:
        return say("With “{title}” {effect}; luck hides each step that is named", title=title, effect=effect)
    largest = seen[0]
    return say(
        "With “{title}” {effect}; the largest step beyond luck is {name} ({size})",
        title=title,
        effect=effect,
        name=largest.name,
        size=signed(largest.by, comparison.unit(fall.outcome), say),
    )


def draw_fall(comparison: Comparison, scenario: Scenario, fall: Fall, say: Language) -> Figure:
    """The chart of one scenario and outcome."""
    with style.look():
        begins = _limits(fall)[0]
        notes = [
            say(
                "From “{base}” step by step, in means; thin lines: 95 % intervals, of all steps at once",
                base=titled(comparison.base, say),
            ),
            say("Blue: for the better; orange: for the worse; pale: luck hides the step"),
        ]
        if begins > 0.0:
            notes[1] += "; " + say("zigzag: the axis does not begin at 0")
        sheet, below = begun(comparison, fall_title(comparison, scenario, fall, say), notes, say)
        axes = sheet.add_axes((_LEFT, _BOTTOM, 1 - style.MARGIN - _LEFT, below - 0.04 - _BOTTOM))
        unit = comparison.unit(fall.outcome)
        _draw(axes, fall, unit, say)
        names = [titled(comparison.base, say), *(step.name for step in fall.steps), titled(scenario, say)]
        room = (1 - style.MARGIN - _LEFT) * style.WIDTH / len(names) - 8
        labels = ["\n".join(wrapped(name, room, _NAME_LINES, SMALLEST)) for name in names]
        axes.set_xticks(range(len(names)), labels, size=SMALLEST)
        axes.tick_params(axis="x", length=0)
        axes.set_ylabel(unit_said(unit, say))
        return sheet


def _limits(fall: Fall) -> tuple[float, float]:
    """Where the axis begins and ends: near the steps, so that they can be seen; at 0 where that is not far."""
    heights, ends = [fall.base], [fall.base]
    for step in fall.steps:
        if not math.isnan(step.found.low):
            ends += [heights[-1] + step.found.low, heights[-1] + step.found.high]
        heights.append(heights[-1] + step.by)
    lowest, highest = min(heights), max(heights)
    span = highest - lowest or abs(fall.base) * 0.1 or 1.0
    # An interval is cut where it would press the steps flat.
    bottom = max(lowest - 0.8 * span, min(lowest - 0.35 * span, *ends))
    top = min(highest + 0.8 * span, max(highest + 0.1 * span, *ends))
    low = 0.0 if bottom < 0.5 * lowest else bottom
    return low, top + 0.14 * (top - low)


def _draw(axes: Axes, fall: Fall, unit: str, say: Language) -> None:
    scale = factor(unit)
    low, high = (scale * end for end in _limits(fall))
    axes.set_ylim(low, high)
    at = fall.base
    more_is_better = fall.outcome == "customer_satisfaction"
    for place, step in enumerate(fall.steps, start=1):
        good = (step.by > 0) == more_is_better
        colour = style.BLUE if good else style.VERMILION
        pale = 1.0 if step.found.is_seen else 0.35
        axes.bar(place, scale * step.by, bottom=scale * at, color=colour, alpha=pale, width=2 * _HALF)
        tops = [at, at + step.by]
        if not math.isnan(step.found.low):
            spread = [at + step.found.low, at + step.found.high]
            axes.plot([place, place], [scale * end for end in spread], color=style.INK, linewidth=1.5)
            tops += spread
        axes.plot([place - 1 + _HALF, place + _HALF], [scale * at] * 2, color=style.SOFT, linewidth=1)
        at += step.by
        _write(axes, place, min(scale * max(tops), high - 0.1 * (high - low)), signed(step.by, unit, say))
    last = len(fall.steps) + 1
    axes.plot([last - 1 + _HALF, last - _HALF], [scale * at] * 2, color=style.SOFT, linewidth=1)
    for place, value in ((0, fall.base), (last, at)):
        axes.bar(place, scale * value - low, bottom=low, color=style.SOFT, width=2 * _HALF)
        _write(axes, place, scale * value, say.number(scale * value, 1))
    if low > 0.0:
        _break(axes, (-_HALF, _HALF), (last - _HALF, last + _HALF))
    axes.set_xlim(_FIRST, last + 0.6)
    axes.grid(axis="y", color=style.FAINT)
    style.number_axis(axes.yaxis, say, 5)
    if low > 0.0:  # no number stands beside the strokes across the axis
        axes.set_yticks([tick for tick in axes.get_yticks() if low + 0.16 * (high - low) < tick <= high])


def _write(axes: Axes, place: float, y: float, text: str) -> None:
    """A number above what is drawn at a place."""
    axes.annotate(
        text,
        (place, y),
        (0, 5),
        textcoords="offset points",
        ha="center",
        va="bottom",
        path_effects=style.halo(),
    )


def _break(axes: Axes, *bars: tuple[float, float]) -> None:
    """A white zigzag through the foot of each bar that begins at 0, and two strokes across the axis."""
    across = axes.get_xaxis_transform()
    low, high = _FEET
    look: Any = {"transform": across, "clip_on": False, "zorder": 5, "gid": ZIGZAG}
    for left, right in bars:
        teeth = round((right - left) / _TOOTH) // 2 * 2 + 1
        y = np.where(np.arange(teeth) % 2 == 0, low, high)
        axes.plot(np.linspace(left, right, teeth), y, color=style.BACKGROUND, linewidth=5, **look)
    x = (_FIRST - _TOOTH / 2, _FIRST + _TOOTH / 2)
    for middle, colour, width in (
        ((low + high) / 2, style.BACKGROUND, 9.0),
        (low, style.SOFT, 2),
        (high, style.SOFT, 2),
    ):
        axes.plot(x, (middle - 0.015, middle + 0.015), color=colour, linewidth=width, **look)

"""From the base to a scenario in steps: where a customer's time, or a customer's satisfaction, is won and lost."""

import math
from typing import Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.model.record import Floats
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario
from sim.show import style
from sim.show.amounts import capital, factor, signed, unit_said
from sim.show.compare.sentences import effect_said
from sim.show.compare.sheet import begun
from sim.show.language import Language
from sim.show.lettering import SMALL, wrapped
from sim.show.names import names_of, titled
from sim.study.compare.comparison import Comparison
from sim.study.compare.intervals import Estimate, paired
from sim.study.compare.why import Part, lost_parts, time_parts

MOST_STEPS: Final = 7
_BOTTOM, _LEFT = 0.25, 0.075


class Step(NamedTuple):
    """How much a part adds to the base's value; the intervals of all parts, shown or not, hold at once."""

    name: str
    by: float
    found: Estimate


class Fall(NamedTuple):
    """A value of the base (NaN without any), the steps that lead to the scenario's, and the outcome of both."""

    outcome: str
    base: float
    steps: list[Step]

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
    """The largest steps one by one, in the order of their size, all others together; parts of one name are one."""
    merged: dict[str, Floats] = {}
    for name, each in parts:
        merged[name] = merged[name] + each if name in merged else each
    merged = {name: each for name, each in merged.items() if np.any(each != 0.0) and not np.all(np.isnan(each))}
    # The largest are chosen by what they turned out to be, so the family is all that they were chosen from.
    steps = [_step(name, each, len(merged)) for name, each in merged.items()]
    ordered = sorted(steps, key=lambda step: -abs(step.by))
    shown = ordered[:MOST_STEPS]
    if rest := [merged[step.name] for step in ordered[MOST_STEPS:]]:
        shown.append(_step(say("all else"), np.sum(rest, axis=0), len(merged)))
    values = comparison.values(comparison.base, outcome)
    known = values[~np.isnan(values)]
    return Fall(outcome, float(known.mean()) if len(known) else math.nan, shown)


def _step(name: str, each: Floats, family: int) -> Step:
    found = paired(np.zeros(len(each)), each, family)
    return Step(name, found.mean, found)


def fall_title(comparison: Comparison, scenario: Scenario, fall: Fall, say: Language) -> str:
    """How the outcome differs, and which step is the largest of those that luck does not hide."""
    effect = effect_said(comparison, scenario, fall.outcome, say)
    seen = [step for step in fall.steps[:MOST_STEPS] if step.found.is_seen]
    if not seen:
        return capital(effect)
    largest = seen[0]
    size = signed(largest.by, comparison.unit(fall.outcome), say)
    return capital(
        say("{effect}; the largest step shown is {name} ({size})", effect=effect, name=largest.name, size=size)
    )


def draw_fall(comparison: Comparison, scenario: Scenario, fall: Fall, say: Language) -> Figure:
    """The chart of one scenario and outcome."""
    with style.look():
        pair = say(
            "“{title}” against “{base}” on the same luck",
            title=titled(scenario, say),
            base=titled(comparison.base, say),
        )
        notes = [
            pair,
            say("Means over replications; the steps add up to the difference; the axis need not begin at 0"),
            say("Thin lines: 95 % intervals of all steps at once; pale: luck hides the step"),
        ]
        sheet, below = begun(comparison, fall_title(comparison, scenario, fall, say), notes, say)
        axes = sheet.add_axes((_LEFT, _BOTTOM, 1 - style.MARGIN - _LEFT, below - 0.04 - _BOTTOM))
        unit = comparison.unit(fall.outcome)
        _draw(axes, fall, unit, say)
        names = [titled(comparison.base, say), *(step.name for step in fall.steps), titled(scenario, say)]
        room = (1 - style.MARGIN - _LEFT) * style.WIDTH / len(names) - 8
        axes.set_xticks(range(len(names)), ["\n".join(_fitting(name, room)) for name in names], size=SMALL - 3)
        axes.tick_params(axis="x", length=0)
        axes.set_ylabel(unit_said(unit, say))
        return sheet


def _fitting(name: str, room: float) -> list[str]:
    return wrapped(name, room, 6, SMALL - 3)


def _draw(axes: Axes, fall: Fall, unit: str, say: Language) -> None:
    scale = factor(unit)
    at = fall.base
    more_is_better = fall.outcome == "customer_satisfaction"
    heights, ends = [fall.base], [fall.base]
    for place, step in enumerate(fall.steps, start=1):
        good = (step.by > 0) == more_is_better
        colour = style.BLUE if good else style.VERMILION
        pale = 1.0 if step.found.is_seen else 0.35
        axes.bar(place, scale * step.by, bottom=scale * at, color=colour, alpha=pale, width=0.62)
        if not math.isnan(step.found.low):
            spread = [at + step.found.low, at + step.found.high]
            axes.plot([place, place], [scale * end for end in spread], color=style.INK, linewidth=1.5)
            ends += spread
        axes.plot([place - 1 + 0.31, place + 0.31], [scale * at] * 2, color=style.SOFT, linewidth=1)
        at += step.by
        heights.append(at)
        top = scale * max(at, at - step.by)
        axes.annotate(
            signed(step.by, unit, say),
            (place, top),
            (0, 5),
            textcoords="offset points",
            ha="center",
            va="bottom",
            path_effects=style.halo(),
        )
    last = len(fall.steps) + 1
    axes.plot([last - 1 + 0.31, last - 0.31], [scale * at] * 2, color=style.SOFT, linewidth=1)
    span = max(heights) - min(heights) or abs(fall.base) * 0.1 or 1.0
    # An interval is cut where it would press the steps flat.
    bottom = max(min(heights) - 0.8 * span, min(min(heights) - 0.35 * span, *ends))
    above = min(max(heights) + 0.8 * span, max(max(heights) + 0.3 * span, *ends))
    low, high = max(0.0, scale * bottom), scale * above
    for place, value in ((0, fall.base), (last, at)):
        axes.bar(place, scale * value - low, bottom=low, color=style.SOFT, width=0.62)
        label = say.number(scale * value, 1)
        axes.annotate(label, (place, scale * value), (0, 5), textcoords="offset points", ha="center", va="bottom")
    axes.set_ylim(low, high)
    axes.set_xlim(-0.6, last + 0.6)
    axes.grid(axis="y", color=style.FAINT)
    style.number_axis(axes.yaxis, say, 5)

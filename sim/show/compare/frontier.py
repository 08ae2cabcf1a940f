"""What a point of satisfaction costs: each scenario by what it adds to cost and to satisfaction, and the frontier."""

import math

from matplotlib.figure import Figure

from sim.show import style
from sim.show.amounts import factor, unit_said
from sim.show.compare.sentences import in_a_sentence
from sim.show.compare.sheet import begun, colours, scenario_key
from sim.show.language import Language
from sim.show.names import titled
from sim.study.compare.comparison import Comparison
from sim.study.compare.intervals import quotient

COST, GAIN = "cost", "customer_satisfaction"
_LEFT, _BOTTOM = 0.085, 0.15


def on_the_frontier(comparison: Comparison) -> list[str]:
    """Scenarios that no other beats in both cost and satisfaction, by rising cost; of means, whatever luck hides."""
    places = {item.name: (comparison.mean(item, COST), comparison.mean(item, GAIN)) for item in comparison.scenarios}
    kept = [
        name
        for name, (cost, gain) in places.items()
        if not any(
            other_cost <= cost and other_gain >= gain and (other_cost, other_gain) != (cost, gain)
            for other_cost, other_gain in places.values()
        )
    ]
    return sorted(kept, key=lambda name: places[name])


def frontier_title(comparison: Comparison, say: Language) -> str:
    """Who serves customers better, and at what cost: less, the same, one that luck hides, or so much a point."""
    cost, gain = ({item.name: comparison.difference(item, name) for item in comparison.others} for name in (COST, GAIN))
    better = [item for item in comparison.others if gain[item.name].low > 0.0]
    better.sort(key=lambda item: -gain[item.name].mean)
    for item in better:
        if cost[item.name].high < 0.0:
            return say("“{title}” costs less and serves customers better", title=titled(item, say))
    for item in better:
        if cost[item.name].is_nothing:
            return say("“{title}” serves customers better at the same cost", title=titled(item, say))
        if not cost[item.name].is_seen:
            return say("“{title}” serves customers better; luck hides whether it costs more", title=titled(item, say))
    for item in better:
        values = (comparison.values(item, name) - comparison.values(comparison.base, name) for name in (COST, GAIN))
        ratio = quotient(*values)
        if not math.isnan(ratio.low):
            return say(
                "With “{title}” a point of satisfaction costs {money} thousand a year ({low} to {high})",
                title=titled(item, say),
                money=say.brief(ratio.mean / 1000.0),
                low=say.brief(ratio.low / 1000.0),
                high=say.brief(ratio.high / 1000.0),
            )
    if better:
        return say("“{title}” serves customers better and costs more", title=titled(better[0], say))
    return say("No scenario is shown to serve customers better at any price seen here")


def _intervals_said(comparison: Comparison, say: Language) -> str:
    """Which of the crosses' bars hold together with the table, and which stand alone."""
    stated = [name in comparison.stated for name in (COST, GAIN)]
    if all(stated):
        return say("Crosses: 95 % intervals, all at once as in the table")
    alone = GAIN if stated[0] else COST
    if not any(stated):
        return say("Crosses: 95 % intervals, each for itself")
    return say("Crosses: 95 % intervals; of {outcome} each for itself", outcome=in_a_sentence(alone, say))


def draw_frontier(comparison: Comparison, say: Language) -> Figure:
    """The chart; for companies whose people feel."""
    with style.look():
        told = [
            say("Difference to “{base}”; up and to the left is better", base=titled(comparison.base, say)),
            _intervals_said(comparison, say),
        ]
        if len(on_the_frontier(comparison)) > 1:
            told.append(say("Dashed: by their means, no other is better in both"))
        notes = [". ".join(told)]
        sheet, below = begun(comparison, frontier_title(comparison, say), notes, say)
        axes = sheet.add_axes((_LEFT, _BOTTOM, 1 - style.MARGIN - _LEFT - 0.2, below - 0.03 - _BOTTOM))
        places = {comparison.base.name: (0.0, 0.0)}
        for scenario in comparison.others:
            colour = colours(comparison)[scenario.name]
            cost, gain = (comparison.difference(scenario, name) for name in (COST, GAIN))
            scales = [factor(comparison.unit(name)) for name in (COST, GAIN)]
            x, y = scales[0] * cost.mean, scales[1] * gain.mean
            if cost.n > 1:
                axes.plot([scales[0] * cost.low, scales[0] * cost.high], [y, y], color=colour, linewidth=3)
                axes.plot([x, x], [scales[1] * gain.low, scales[1] * gain.high], color=colour, linewidth=3)
            axes.plot([x], [y], "o", color=colour, markersize=14)
            places[scenario.name] = x, y
        axes.plot([0.0], [0.0], "o", color=colours(comparison)[comparison.base.name], markersize=14)
        best = [places[name] for name in on_the_frontier(comparison)]
        axes.plot(*zip(*best, strict=True), color=style.SOFT, linewidth=1.5, linestyle="--", zorder=0)
        axes.margins(0.12)
        axes.grid(color=style.FAINT)
        style.number_axis(axes.xaxis, say, 6)
        style.number_axis(axes.yaxis, say, 6)
        axes.set_xlabel(say("cost added ({unit})", unit=unit_said(comparison.unit(COST), say)))
        axes.set_ylabel(say("satisfaction gained ({unit})", unit=unit_said(comparison.unit(GAIN), say)))
        scenario_key(sheet, comparison, (1 - style.MARGIN - 0.18, below - 0.03), say)
        return sheet

"""What a point of satisfaction costs: each scenario by what it adds to cost and to satisfaction, and the frontier."""

from matplotlib.figure import Figure

from sim.show import style
from sim.show.amounts import factor, unit_said
from sim.show.compare.sheet import begun, colours, scenario_key
from sim.show.language import Language
from sim.show.names import titled
from sim.study.compare.comparison import Comparison

COST, GAIN = "cost", "customer_satisfaction"
_LEFT, _BOTTOM = 0.085, 0.15


def on_the_frontier(comparison: Comparison) -> list[str]:
    """Scenarios that no other beats in both cost and satisfaction, by rising cost; of means, whatever luck hides."""
    places = {
        item.name: (float(comparison.values(item, COST).mean()), float(comparison.values(item, GAIN).mean()))
        for item in comparison.scenarios
    }
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
    """Who costs less and serves better at once, if anybody does beyond luck; else that it must be paid for."""
    for item in sorted(comparison.others, key=lambda item: -comparison.difference(item, GAIN).mean):
        cost, gain = (comparison.difference(item, name) for name in (COST, GAIN))
        if cost.high < 0.0 and gain.low > 0.0:
            return say("“{title}” costs less and serves customers better", title=titled(item, say))
    for item in sorted(comparison.others, key=lambda item: -comparison.difference(item, GAIN).mean):
        cost, gain = (comparison.difference(item, name) for name in (COST, GAIN))
        if cost.low > 0.0 and gain.low > 0.0:
            return say(
                "With “{title}” a point of satisfaction costs {money} thousand a year",
                title=titled(item, say),
                money=say.brief(cost.mean / gain.mean / 1000.0),
            )
    return say("No scenario serves customers better, beyond luck, at any price seen here")


def draw_frontier(comparison: Comparison, say: Language) -> Figure:
    """The chart; for companies whose people feel."""
    with style.look():
        notes = [
            say(
                "Difference to “{base}” on the same luck; crosses: 95 % intervals; dashed: nobody is better in both",
                base=titled(comparison.base, say),
            )
        ]
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

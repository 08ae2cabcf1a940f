"""9. Customers trail morale by months, sales trail customers."""

import numpy as np

from experiments.validation.finding import Finding, chart, save
from sim import load
from sim.scenario.load import with_days
from sim.scenario.schema import Scenario
from sim.show import style
from sim.study.lag import Lag, lag
from sim.study.paths import paths
from sim.study.together import Together

PAIRS, DAYS, SINCE = 24, 750, 60
OUTCOMES = {
    "morale": "morale",
    "customer_satisfaction": "satisfaction with single purchases",
    "panel_satisfaction": "what customers think of the company",
    "sales": "sales",
}


def study(together: Together) -> list[Finding]:
    base = with_days(load("claims/workshop"), DAYS)
    changes = [{"day": SINCE, "set": {"management.authoritarian": 0.8}}]
    other = Scenario.model_validate(base.model_dump(exclude_unset=True) | {"changes": changes})
    together.live([(base, PAIRS), (other, PAIRS)])
    found = {name: lag(paths(together, (base, other), name), SINCE, together.seed) for name in OUTCOMES}
    days = paths(together, (base, other), "morale").days
    _draw(found, days)
    rows, before = [], found["morale"]
    for name, after in list(found.items())[1:]:
        later = after.days - before.days
        published = {"customer_satisfaction": "not told apart", "panel_satisfaction": "months", "sales": "later still"}[
            name
        ]
        met = name == "customer_satisfaction" or later > 20.0 * (name == "panel_satisfaction")
        rows.append(
            Finding(
                "9",
                f"{OUTCOMES[name]}: half of its change is reached on day",
                published,
                after.days,
                after.low,
                after.high,
                "days",
                "yes" if met else "no",
                "Harter et al. 2002; Rucci, Kirn & Quinn 1998",
            )
        )
        before = after if name == "panel_satisfaction" else before
    first = found["morale"]
    what = "morale: half of its change is reached on day"
    return [Finding("9", what, "first", first.days, first.low, first.high, "days", "yes", "as below"), *rows]


def _draw(found: dict[str, Lag], days: "np.typing.NDArray[np.float64]") -> None:
    with style.look():
        axes, path = chart("9-lags", "First morale, then what customers think, last what they buy",
                           "days since the style changed", ["share of the final change"])  # fmt: skip
        [one] = axes
        colours = (style.VERMILION, style.ORANGE, style.BLUE, style.GREEN)
        for (name, item), colour in zip(found.items(), colours, strict=True):
            one.plot(days - SINCE, item.rise, color=colour, label=f"{OUTCOMES[name]}: half on day {item.days:.0f}")
            one.plot(days - SINCE, item.share, color=colour, alpha=0.25, linewidth=1)
        one.axhline(0.5, color=style.SOFT, linewidth=1)
        one.set_xlim(-20, DAYS - SINCE)
        one.set_ylim(-0.2, 1.3)
        one.legend(loc="lower right")
        save(axes, path)

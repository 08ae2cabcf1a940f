"""1. Five points of employees' attitude make 1.3 of customers' impression and .5 % of sales (Sears)."""

import numpy as np

from experiments.validation.finding import PUBLISHED, SIMULATED, Finding, chart, ratio_interval, save
from sim import load
from sim.scenario.dated import altered
from sim.scenario.load import with_days
from sim.show import style
from sim.study.together import Together

STEP = 0.04
"""Added to what morale returns to: something outside the model that is good, or bad, for people."""
PAIRS = 12
DAYS = 500
SOURCE = "Rucci, Kirn & Quinn 1998"


def study(together: Together) -> list[Finding]:
    base = with_days(load("plant"), DAYS)
    sustained = base.laws.base_morale
    rows: list[Finding] = []
    bars: list[tuple[str, float, float, float]] = []
    up, down = (altered(base, {"laws.base_morale": round(sustained + step, 4)}) for step in (STEP, -STEP))
    together.live([(scenario, PAIRS) for scenario in (base, up, down)])
    for name, other in (("a rise", up), ("a fall", down)):
        morale, customers, sales = (
            together.values(other, outcome, PAIRS) - together.values(base, outcome, PAIRS)
            for outcome in ("morale", "customer_satisfaction", "sales")
        )
        growth = 100.0 * sales / together.values(base, "sales", PAIRS).mean()
        for outcome, change, unit, published in (
            ("customers' satisfaction", customers, "points", 1.3),
            ("sales", growth, "%", 0.5),
        ):
            mean, low, high = (5.0 * value for value in ratio_interval(change, morale))
            bars.append((f"{outcome}\n({unit})\n{name}", mean, low, high))
            factor = mean / published
            met = "yes" if 1 / 1.5 <= factor <= 1.5 else "near" if 1 / 3 <= factor <= 3 else "no"
            rows.append(
                Finding(
                    "1",
                    f"{outcome} for five points of morale, {name} (plant)",
                    f"{published:g}",
                    mean,
                    low,
                    high,
                    unit,
                    met,  # type: ignore[arg-type]
                    SOURCE,
                )
            )
    _draw(bars)
    return rows


def _draw(bars: list[tuple[str, float, float, float]]) -> None:
    with style.look():
        axes, path = chart("1-sears", "What five points of morale are worth to customers and to sales", "", ["change"])
        [one] = axes
        for place, ((_, mean, low, high), published) in enumerate(zip(bars, (1.3, 0.5, 1.3, 0.5), strict=True)):
            one.bar(place - 0.2, published, 0.38, color=PUBLISHED, label="Sears" if place == 0 else None)
            one.bar(place + 0.2, mean, 0.38, color=SIMULATED, label="the plant, simulated" if place == 0 else None)
            one.plot([place + 0.2] * 2, [low, high], color=style.INK)
        one.set_xticks(np.arange(len(bars)), [bar[0] for bar in bars])
        one.legend(loc="upper left")
        save(axes, path)

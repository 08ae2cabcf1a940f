"""8. No claim is a foregone conclusion: morale that costs profit, and a layer whose removal does not pay."""

import numpy as np

from experiments.validation.finding import Finding
from sim import load
from sim.model.calendar import DAYS_PER_WEEK, DAYS_PER_YEAR
from sim.model.record import Floats
from sim.scenario.dated import altered
from sim.scenario.load import with_days
from sim.scenario.schema import Scenario
from sim.study.paths import paths
from sim.study.replicate import interval
from sim.study.together import Together

PAIRS = 8
WEEKS_PER_YEAR = DAYS_PER_YEAR // DAYS_PER_WEEK
GROCER = {"laws.loss_per_purchase": 0.01, "laws.word_of_mouth": 0.5}
"""Choice: customers who come because the shop is near, not because they like it."""


def study(together: Together) -> list[Finding]:
    lean = altered(with_days(load("plant"), DAYS_PER_YEAR), GROCER)
    staffed = altered(lean, {"departments.production.staff": 40})
    tall, dear = (altered(_priced(price), {"management.delegation": 0.2}) for price in (800.0, 2400.0))
    flat, dear_flat = (altered(scenario, {"management.layers": 1}) for scenario in (tall, dear))
    together.live([(scenario, PAIRS) for scenario in (lean, staffed, tall, flat, dear, dear_flat)])

    def change(pair: tuple[Scenario, Scenario], outcome: str, years: slice) -> Floats:
        weekly = paths(together, pair, outcome)
        return np.asarray(weekly.difference[:, weekly.weeks >= 0][:, years].mean(axis=1))

    first, third = slice(0, WEEKS_PER_YEAR), slice(2 * WEEKS_PER_YEAR, None)
    rows = []
    for what, pair, outcome, years, sign, source in (
        ("morale with six more in production (plant, customers of habit)", (lean, staffed), "morale", first, 1,
         "Silvestro & Cross 2000"),
        ("profit then", (lean, staffed), "profit", first, -1, "Silvestro & Cross 2000"),
        ("satisfaction when two of three layers go and little is delegated (plant), third year", (tall, flat),
         "customer_satisfaction", third, -1, "Wulf 2012"),
        ("profit then: wages of managers saved, customers gone", (tall, flat), "profit", third, 0, "–"),
        ("profit then, if a purchase brings 2400 instead of 800", (dear, dear_flat), "profit", third, -1, "Wulf 2012"),
    ):  # fmt: skip
        mean, low, high, _ = interval(change(pair, outcome, years))
        met = "yes" if sign == 0 or (low > 0 if sign > 0 else high < 0) else "no"
        published = {1: "can rise", -1: "can fall", 0: "–"}[sign]
        unit = together.unit(pair[0], outcome)
        rows.append(Finding("8", what, published, mean, low, high, unit, met, source))  # type: ignore[arg-type]
    return rows


def _priced(price: float) -> Scenario:
    """The plant over three years, with another price."""
    plain = with_days(load("plant"), 3 * DAYS_PER_YEAR).model_dump(exclude_unset=True)
    return Scenario.model_validate(plain | {"market": dict(plain["market"]) | {"price": price}})

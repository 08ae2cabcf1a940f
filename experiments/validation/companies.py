"""2 and 3. Random companies: what goes with morale between them, by how far apart their morale lies."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context

import numpy as np

from experiments.validation.finding import BAND, Finding, Verdict, chart, correlation_interval, save
from sim import load
from sim.model.measures import COMPANY
from sim.model.record import Floats
from sim.scenario.dated import altered
from sim.scenario.schema import Scenario
from sim.show import style
from sim.study.claims.cloud import LEVERS, ceiling_curve
from sim.study.claims.necessary import effect_size
from sim.study.claims.tempers import with_tempers
from sim.study.observed import Observed, observe
from sim.study.together import Together

COMPANIES = 120
SPREADS = (0.25, 0.5, 0.75, 1.0)
"""Of levers, delegation and style: the share of their range over which companies are drawn."""
USUAL = 0.5
"""Choice: companies of one trade are not as far apart as they could be. It gives a standard deviation of morale near
four points, what an intraclass correlation of .05 to .1 leaves between groups."""
HARTER = {"customers": (0.2, 0.4), "productivity": (0.1, 0.3), "profit": (0.05, 0.25), "turnover": (-0.45, -0.2)}
"""Around .32, .20, .15 and −.36/−.30 between 7,939 units: Harter, Schmidt & Hayes 2002."""
WHAT = {
    "customers": "customers' satisfaction",
    "productivity": "sales per head",
    "profit": "profit per head",
    "turnover": "share of staff who leave",
}


@dataclass(frozen=True, slots=True)
class Companies:
    """One value a company: morale and satisfaction in points, the others as ``WHAT`` says."""

    spread: float
    morale: Floats
    found: dict[str, Floats]
    above_ceiling: int


def study(together: Together) -> list[Finding]:
    drawn = {spread: variants(load("claims/workshop"), spread) for spread in SPREADS}
    every = [company for companies in drawn.values() for company in companies]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:  # each company with luck of its own
        lived = iter(list(pool.map(observe, every, repeat(together.seed), range(len(every)))))
    clouds = [_observed(spread, companies, [next(lived) for _ in companies]) for spread, companies in drawn.items()]
    _draw(clouds)
    [usual] = [cloud for cloud in clouds if cloud.spread == USUAL]
    rows = [_correlation(usual, name) for name in HARTER]
    r = {name: float(np.corrcoef(usual.morale, usual.found[name])[0, 1]) for name in HARTER}
    for first, second, published in (("customers", "productivity", 0.12), ("productivity", "profit", 0.05)):
        apart = r[first] - r[second]
        what = f"r with {WHAT[first]}, less that with {WHAT[second]}"
        met: Verdict = "yes" if apart > 0.05 else "no"
        rows.append(
            Finding("2", what, f"{published:.2f}", apart, apart, apart, "r", met, "Harter, Schmidt & Hayes 2002")
        )
    for cloud in clouds:
        mean, low, high = correlation_interval(cloud.morale, cloud.found["customers"])
        size = effect_size(cloud.morale, cloud.found["customers"])
        rows.append(
            Finding(
                "3",
                f"r of morale and satisfaction at a spread of morale of {cloud.morale.std():.1f} points "
                f"(d of the ceiling {size:.2f}, {cloud.above_ceiling} of {COMPANIES} above it)",
                "less than .65",
                mean,
                low,
                high,
                "r",
                "yes" if mean < 0.65 else "near",
                "morale uniform on 0–1 under a strict ceiling would give .65",
            )
        )
    return rows


def variants(base: Scenario, spread: float) -> list[Scenario]:
    """Random companies. Their management differs by ``spread``; demand, prices and wages by a few percent, and tempers,
    errors, work and what people find right to wait by more (choices)."""
    luck = np.random.default_rng(1)
    return [_variant(base, spread, luck) for _ in range(COMPANIES)]


def _variant(base: Scenario, spread: float, luck: np.random.Generator) -> Scenario:
    def share() -> float:
        return round(0.5 + spread * (float(luck.random()) - 0.5), 4)

    def times(value: float, low: float, high: float) -> float:
        return round(value * float(luck.uniform(low, high)), 4)

    keys: dict[str, float | int] = {f"practices.{lever}": share() for lever in LEVERS}
    keys |= {"management.delegation": share(), "management.authoritarian": round(0.8 * share(), 4)}
    keys |= {"practices.customer_contacts_per_year": times(4.0, 0.0, 1.0)}
    for part in base.departments:
        keys[f"departments.{part.name}.right_first_time"] = times(1.0, 0.86, 0.99)
        keys[f"departments.{part.name}.handling_hours"] = times(part.handling_hours, 0.8, 1.2)
    for link in base.links:
        keys[f"links.{link.name}.acceptable_wait_hours"] = times(link.acceptable_wait_hours, 0.5, 1.5)
    tempers = {part.name: times(1.0, 0.5, 0.9) for part in base.departments}
    plain = with_tempers(altered(base, keys), tempers).model_dump(exclude_unset=True)
    market = dict(plain["market"])
    customers = round(times(market["customers"], 0.95, 1.05))
    market |= {
        "customers": customers,
        "new_customers_per_year": 0.11 * customers,
        "expectation": times(1.0, 0.55, 0.85),
    }
    market |= {"price": times(1300.0, 0.95, 1.05)}
    return Scenario.model_validate(plain | {"market": market, "money": {"worker_hour": times(25.0, 0.92, 1.08)}})


def _observed(spread: float, companies: list[Scenario], lived: list[Observed]) -> Companies:
    def each(outcome: str) -> Floats:
        return np.array([one.totals[outcome, COMPANY, ""] for one in lived])

    morale = each("morale")
    satisfaction = each("customer_satisfaction")
    found = {
        "customers": satisfaction,
        "productivity": each("sales"),  # all have the same number of people
        "profit": each("profit"),
        "turnover": each("staff_turnover"),
    }
    above = int((satisfaction > ceiling_curve(morale, companies[0].laws)).sum())
    return Companies(spread, morale, found, above)


def _correlation(cloud: Companies, name: str) -> Finding:
    mean, low, high = correlation_interval(cloud.morale, cloud.found[name])
    least, most = HARTER[name]
    met: Verdict = "yes" if least <= mean <= most else "near" if mean * (least + most) > 0 else "no"
    published = {"customers": ".32", "productivity": ".20", "profit": ".15", "turnover": "−.36 to −.30"}[name]
    what = f"r between companies: morale and {WHAT[name]}"
    return Finding("2", what, published, mean, low, high, "r", met, "Harter, Schmidt & Hayes 2002")


def _draw(clouds: list[Companies]) -> None:
    with style.look():
        axes, path = chart(
            "2-companies",
            "The further apart companies' morale lies, the more it tells of their customers",
            "spread of morale between companies (standard deviation, points)",
            ["correlation with morale"],
        )
        [one] = axes
        one.axhspan(0.2, 0.4, color=BAND)
        one.text(1.0, 0.3, " published for customers", va="center", ha="left", color=style.SOFT)
        x = np.array([cloud.morale.std() for cloud in clouds])
        colours = (style.BLUE, style.GREEN, style.ORANGE, style.VERMILION)
        for (name, what), colour in zip(WHAT.items(), colours, strict=True):
            y = np.array([correlation_interval(cloud.morale, cloud.found[name]) for cloud in clouds])
            one.plot(x, y[:, 0], "o-", color=colour, label=what)
            one.vlines(x, y[:, 1], y[:, 2], color=colour, alpha=0.5)
        one.axhline(0.0, color=style.SOFT)
        one.set_xlim(0.0, None)
        one.legend(loc="lower left")
        save(axes, path)
        axes, path = chart(
            "3-ceiling",
            "No company gives more than its morale allows; what else they do decides how far below they stay",
            "morale (points)",
            ["customers' satisfaction (points)"],
        )
        [one] = axes
        line = np.linspace(20.0, 100.0, 100)
        one.plot(line, ceiling_curve(line, load("claims/workshop").laws), color=style.INK, label="ceiling")
        for cloud, colour in zip(reversed(clouds), ("#9ecae1", "#4292c6", "#2171b5", "#08306b"), strict=True):
            one.scatter(cloud.morale, cloud.found["customers"], s=36, color=colour,
                        label=f"levers over {100 * cloud.spread:.0f} % of their range")  # fmt: skip
        one.set_xlim(30.0, 90.0)
        one.set_ylim(40.0, 102.0)
        one.legend(loc="lower right")
        save(axes, path)

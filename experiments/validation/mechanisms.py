"""4 to 7. The links cut, shocks of equal size, one rude person, a chief's style, and words on their way."""

import numpy as np

from experiments.validation.finding import Finding, Verdict, chart, save
from sim import load
from sim.model.measures import DEPARTMENT, MANAGER
from sim.scenario.dated import altered
from sim.scenario.load import with_days
from sim.scenario.schema import Scenario
from sim.show import style
from sim.study.claims.relays import Told, told
from sim.study.claims.tempers import with_tempers
from sim.study.paths import band, paths
from sim.study.replicate import interval
from sim.study.together import Difference, Together


def links_cut(together: Together) -> list[Finding]:
    """A rude, unclear back office, with its links and without. Nothing climbs to managers, who would be a link too."""
    base = altered(with_days(load("claims/workshop"), 125), {"management.layers": 1, "management.decision_share": 0.0})
    cut = altered(
        base, {f"links.{link.name}.requests_per_job": 0 for link in base.links if "it" in link.name.split(">")}
    )
    found = []
    for name, company, published in (("linked", base, "less than 0"), ("its links cut", cut, "0")):
        worse = with_tempers(altered(company, {"departments.it.practices.role_clarity": 0.0}), {"it": 0.2})
        together.live([(company, 8), (worse, 8)])
        change = together.difference(company, worse, "customer_satisfaction", 8)
        met = change.is_beyond_zero(-1) if company is base else change.mean == 0.0
        found.append(_finding("4", f"satisfaction with a worse back office, {name}", published, change, "points", met,
                              "Wolter et al. 2019; Brown & Lam 2008"))  # fmt: skip
    return found


SHOCK, SHOCK_DAYS, PAIRS_OF_SHOCKS = 0.2, 20, 12


def shocks(together: Together) -> list[Finding]:
    """A supplier's people ruder for a month and kinder for a month, in both orders; the month after, and later."""
    rows, drawn = [], []
    for loss_aversion in (2.0, 1.0):
        base = _with_contract(loss_aversion)
        orders = {
            name: _shocked(base, signs) for name, signs in (("bad, then good", (-1, 1)), ("good, then bad", (1, -1)))
        }
        together.live([(scenario, PAIRS_OF_SHOCKS) for scenario in (base, *orders.values())])
        changes = [paths(together, (base, other), "morale", DEPARTMENT, "production") for other in orders.values()]
        mean = np.mean([item.difference for item in changes], axis=0)
        drawn.append((loss_aversion, changes[0].days, mean))
        after = changes[0].days > 2 * SHOCK_DAYS
        left = Difference(*interval(mean[:, after][:, :8].mean(axis=1)))
        met = left.is_beyond_zero(-1) if loss_aversion > 1.0 else abs(left.mean) < 0.1
        what = "morale of those served in the 8 weeks after, both orders" + (
            "" if loss_aversion > 1 else ", if losses weighed like gains"
        )
        rows.append(_finding("5", what, "less than 0" if loss_aversion > 1 else "about 0", left, "points", met,
                             "Baumeister et al. 2001"))  # fmt: skip
    with style.look():
        axes, path = chart("5-shocks", "As much good as bad leaves morale below where it was", "day",
                           ["change of morale of those served (points)"])  # fmt: skip
        [one] = axes
        for (weight, days, mean), colour in zip(drawn, (style.VERMILION, style.SOFT), strict=True):
            line = band(mean)
            one.plot(days, line.mean, color=colour, label=f"a loss weighs {weight:g} times a gain")
            one.fill_between(days, line.low, line.high, color=colour, alpha=0.2)
        one.axhline(0.0, color=style.INK, linewidth=1)
        one.axvspan(0, 2 * SHOCK_DAYS, color=style.WARM_UP)
        one.text(SHOCK_DAYS, one.get_ylim()[0], "the two shocks", ha="center", va="bottom", color=style.SOFT)
        one.legend(loc="lower right")
        save(axes, path)
    return rows


def _with_contract(loss_aversion: float) -> Scenario:
    """A workshop whose maintenance is bought outside: nothing there feels anything, so a shock has a size."""
    plain = with_days(load("claims/workshop"), 160).model_dump(exclude_unset=True)
    for part in plain["departments"]:
        if part["name"] == "maintenance":
            part["contract"] = {"hours": 3.0, "respect": 0.65}
    for link in plain["links"]:
        link.pop("avoidable", None)
    plain["laws"] = {"disposition_spread": 0.0, "temper_spread": 0.0, "loss_aversion": loss_aversion}
    return Scenario.model_validate(plain)


def _shocked(base: Scenario, signs: tuple[int, int]) -> Scenario:
    steps = [*(round(0.65 + sign * SHOCK, 4) for sign in signs), 0.65]
    changes = [
        {"day": place * SHOCK_DAYS, "set": {"departments.maintenance.contract": {"hours": 3.0, "respect": respect}}}
        for place, respect in enumerate(steps)
    ]
    return Scenario.model_validate(base.model_dump(exclude_unset=True) | {"changes": changes})


RUDE_PAIRS = 40


def rudeness(together: Together) -> list[Finding]:
    """One person of IT is rude for a week: moods of those they serve, and of those whom these serve."""
    base, other = (_visited(temper) for temper in (0.7, 0.0))
    together.live([(base, RUDE_PAIRS), (other, RUDE_PAIRS)])
    rings = {
        "those served": ("maintenance", "purchasing", "personnel", "finance"),
        "those whom these serve": ("production",),
    }
    rows, lines = [], []
    for name, departments in rings.items():
        each = [paths(together, (base, other), "mood", DEPARTMENT, where) for where in departments]
        change = np.mean([item.difference for item in each], axis=0)
        days = each[0].days
        lines.append((name, days, change))
        first = (days > 0) & (days < 20)
        felt = Difference(*interval(change[:, first].mean(axis=1)))
        what = f"mood of {name} in the four weeks from a rude week on"
        met = felt.is_beyond_zero(-1)
        rows.append(_finding("6", what, "less than 0", felt, "points", met, "Foulk, Woolum & Erez 2016"))
    with style.look():
        axes, path = chart("6-rudeness", "One colleague is rude for one week: it reaches people whom they never served",
                           "day", ["change of mood (points, of −100 to 100)"])  # fmt: skip
        [one] = axes
        for (name, days, change), colour in zip(lines, (style.VERMILION, style.BLUE), strict=True):
            line = band(change)
            one.plot(days, line.mean, color=colour, label=name)
            one.fill_between(days, line.low, line.high, color=colour, alpha=0.2)
        one.axvspan(0, 5, color=style.WARM_UP)
        one.axhline(0.0, color=style.INK, linewidth=1)
        one.legend(loc="lower right")
        save(axes, path)
    return rows


def _visited(temper: float) -> Scenario:
    plain = with_days(load("claims/a03-even-temper"), 60).model_dump(exclude_unset=True)
    for part in plain["departments"]:
        if part["name"] == "it":
            part["people"] = {"list": [{"temper": temper, "arrives_day": 0, "leaves_day": 5}]}
    return Scenario.model_validate(plain)


def chief(together: Together) -> list[Finding]:
    """How much of a chief's change of style is found one, two and three levels down, after a year."""
    base = altered(with_days(load("claims/workshop"), 250), {"management.layers": 4})
    plain = base.model_dump(exclude_unset=True)
    other = Scenario.model_validate(plain | {"changes": [{"day": 0, "set": {"management.chief_authoritarian": 1.0}}]})
    together.live([(base, 2), (other, 2)])
    tiers: dict[int, list[float]] = {}
    for (outcome, level, where), path in together.observed(other, 0).weekly.items():
        if outcome == "style" and level == MANAGER:
            change = path - together.observed(base, 0).weekly[outcome, level, where]
            tiers.setdefault(int(where.partition(":")[0]), []).append(float(change[-13:].mean()))
    shares = [float(np.mean(tiers[tier])) / float(np.mean(tiers[4])) for tier in (3, 2, 1)]
    return [
        _finding("6", f"of a chief's change of style, {down} level{'s' * (down > 1)} down", published,
                 Difference(share, share, share, 1), "share", met, "Mawritz et al. 2012")
        for down, share, published, met in (
            (1, shares[0], "more than 0", shares[0] > 0.1),
            (2, shares[1], "more than 0", shares[1] > 0.05),
            (3, shares[2], "not found", shares[2] < 0.1),
        )
    ]  # fmt: skip


def relays(together: Together) -> list[Finding]:
    """What customers say, by how many people it passed."""
    tall = load("claims/a11-six-layers")
    companies = [altered(tall, {"management.layers": layers}) for layers in (2, 3, 4, 5, 6)]
    together.live([(company, 12) for company in companies])
    found = _pooled([item for company in companies for item in told(together, company)])
    around = [item for item in found if item.relays in {4, 6}]  # up and down a tree they are even: five lies between
    share = float(np.sqrt(np.prod([item.intact for item in around])))
    half = 1.96 * share * float(np.sqrt(sum((1 - item.intact) / item.intact / item.messages for item in around))) / 2
    left = Difference(share, share - half, share + half, 12)
    with style.look():
        axes, path = chart("7-relays", "What is left of what a customer said, by how many people passed it on",
                           "relays", ["share that arrives intact (%)"])  # fmt: skip
        [one] = axes
        one.bar(
            [item.relays for item in found], [100 * item.intact for item in found], color=style.BLUE, label="simulated"
        )
        one.plot([5, 5], [20, 30], color=style.ORANGE, linewidth=10, label="published, after five relays")
        one.legend()
        save(axes, path)
    met = 0.2 <= share <= 0.3
    return [_finding("7", "of what customers said, left after five relays", ".2 to .3", left, "share", met,
                     "chain board to worker; Allport & Postman 1947")]  # fmt: skip


def _pooled(all_told: list[Told]) -> list[Told]:
    """Companies taken together, by relays."""
    relays = sorted({item.relays for item in all_told})
    groups = [[item for item in all_told if item.relays == count] for count in relays]
    messages = [sum(item.messages for item in group) for group in groups]
    intact = [sum(item.messages * item.intact for item in group) for group in groups]
    return [Told(*row) for row in zip(relays, np.divide(intact, messages).tolist(), messages, strict=True)]


def _finding(  # noqa: PLR0913, PLR0917 - a row
    id: str, what: str, published: str, found: Difference, unit: str, met: bool, source: str
) -> Finding:
    verdict: Verdict = "yes" if met else "no"
    return Finding(id, what, published, found.mean, found.low, found.high, unit, verdict, source)

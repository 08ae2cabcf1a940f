"""What is said is what was found: worked comparisons, each outcome with pairs that are made up for it."""

import math
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim import load
from sim.model.record import Floats
from sim.scenario.dated import altered
from sim.scenario.schema import Scenario
from sim.show.amounts import bound
from sim.show.compare import in_time as time
from sim.show.compare.assumed import assumptions
from sim.show.compare.cautions import cautions
from sim.show.compare.chosen import choice_said
from sim.show.compare.courses import courses_title
from sim.show.compare.departments import largest_of_each
from sim.show.compare.document import Text
from sim.show.compare.frontier import frontier_title
from sim.show.compare.method import method
from sim.show.compare.numbers import times_said
from sim.show.compare.recommended import recommendation
from sim.show.compare.sentences import effect_said, missed_said
from sim.show.compare.waterfall import _fall, fall_title
from sim.show.compare.welch import welch_title
from sim.show.language import ENGLISH, speaking
from sim.study.compare.after import After, PayBack
from sim.study.compare.comparison import Comparison
from sim.study.compare.intervals import Estimate
from sim.study.compare.start import Drift, Settled, Start
from sim.study.compare.whatif import Assumptions
from sim.study.compare.why import Part
from sim.study.lag import Lag
from sim.study.paths import Band

BASE = load("claims/workshop").model_copy(update={"name": "base"})
LUCK = np.array([-1.0, 1.0, -0.5, 0.5, -0.2, 0.2, -0.8, 0.8, -0.1, 0.1])
SATISFACTION, PROFIT, COST = "customer_satisfaction", "profit", "cost"


def scenario(name: str) -> Scenario:
    return altered(BASE, {}).model_copy(update={"name": name, "title": BASE.title.model_copy(update={"en": name})})


def made_up(
    differences: Mapping[str, Mapping[str, Floats]], stated: tuple[str, ...] = (SATISFACTION, PROFIT), **keys: Any
) -> Comparison:
    """A comparison in which each scenario differs from the base, pair by pair, by what is given; else by nothing."""
    n = len(next(iter(next(iter(differences.values())).values())))
    units = {(COST, "company", ""): "money/year", (PROFIT, "company", ""): "money/year"}

    def observed(item: Scenario, number: int) -> Any:
        given = differences.get(item.name, {})
        totals = {
            (outcome, "company", ""): 50.0 + (float(given[outcome][number]) if outcome in given else 0.0)
            for outcome in (SATISFACTION, PROFIT, COST, "morale", "panel_satisfaction", "open_requests", "utilisation")
        }
        return SimpleNamespace(totals=totals, units=dict.fromkeys(totals, "points") | units)

    together: Any = SimpleNamespace(observed=observed, jobs=1, engine="fast")
    scenarios = (scenario("base"), *(scenario(name) for name in differences))
    given = {"precision": {}} | keys
    return Comparison(scenarios, stated, 1, tuple(range(n)), failed=(), together=together, **given)


def test_what_is_equal_is_not_said_to_be_hidden_and_what_is_hidden_is_bounded() -> None:
    found = made_up({"a": {SATISFACTION: LUCK}, "b": {PROFIT: 5e4 + 1e4 * LUCK}})
    a, b = found.others
    said = effect_said(found, a, SATISFACTION, ENGLISH)
    half = max(-found.difference(a, SATISFACTION).low, found.difference(a, SATISFACTION).high)
    assert (
        said
        == f"luck hides whether customers’ satisfaction changes; if so, by less than {bound(half, 'points', ENGLISH)}"
    )
    assert effect_said(found, b, SATISFACTION, ENGLISH) == "customers’ satisfaction does not change in any replication"
    rises = effect_said(found, b, PROFIT, ENGLISH, levels=True)
    assert rises == "the profit rises by 50 thousand a year, from 0.1 to 50.1"
    one = made_up({"a": {SATISFACTION: LUCK[:1]}})
    assert effect_said(one, one.others[0], SATISFACTION, ENGLISH) == "nothing can be told of customers’ satisfaction"
    assert "Nothing can be told yet" in recommendation(one, ENGLISH)
    nothing = made_up({"a": {SATISFACTION: 0.0 * LUCK}})
    assert courses_title(nothing, ENGLISH) == "No scenario changes customers’ satisfaction in any replication"
    assert "differs from “base” in any replication" in recommendation(nothing, ENGLISH)


def test_a_bound_is_never_rounded_down() -> None:
    assert bound(0.4811, "points", ENGLISH) == "0.49 points"
    assert bound(1.21, "points", ENGLISH) == "1.3 points"
    assert bound(20_100.0, "money/year", ENGLISH) == "21 thousand a year"
    assert bound(0.5, "points", ENGLISH) == "0.50 points"


def test_a_recommendation_says_what_luck_hides_and_ranks_only_what_is_shown() -> None:
    better, hidden = 5.0 + LUCK, 1e5 * LUCK
    alone = recommendation(made_up({"a": {SATISFACTION: better, PROFIT: hidden}}), ENGLISH)
    assert "in nothing shown to be worse; luck hides what it does to the profit" in alone
    near = made_up({"a": {SATISFACTION: better}, "b": {SATISFACTION: 5.01 - LUCK}})
    assert "“b”, “a”; luck hides which does most" in recommendation(near, ENGLISH)
    far = made_up({"a": {SATISFACTION: better}, "b": {SATISFACTION: better + 3.0 + 0.1 * LUCK}})
    assert "“b” does most for customers’ satisfaction" in recommendation(far, ENGLISH)
    twins = made_up({"a": {SATISFACTION: better}, "b": {SATISFACTION: better}})
    assert recommendation(twins, ENGLISH).endswith("“a”, “b”")
    worse = made_up({"a": {SATISFACTION: -better}})
    assert recommendation(worse, ENGLISH) == "Stay with “base”: nothing else is shown to do better"
    both = made_up({name: {SATISFACTION: better, PROFIT: -1e5 * better} for name in "ab"})
    assert "“a”, “b” each bring gains and losses" in recommendation(both, ENGLISH)
    used = made_up({"a": {"utilisation": better}}, ("utilisation",))
    assert "is shown to get better or worse" in recommendation(used, ENGLISH)


def test_a_selection_promises_what_the_procedure_does_and_says_what_it_lacks() -> None:
    clear = choice_said(made_up({"a": {SATISFACTION: 5.0 + LUCK}}), ENGLISH)
    assert clear.startswith("Selected for customers’ satisfaction: “a”. The procedure picks the best with at least 95")
    assert "equal" not in clear
    near = choice_said(made_up({"a": {SATISFACTION: 0.1 + 0.05 * LUCK}}), ENGLISH)
    assert near.endswith("None is 0.50 points better or worse: for this purpose they are equal.")
    assert "equal in every replication" in choice_said(made_up({"a": {SATISFACTION: 0.0 * LUCK}}), ENGLISH)
    assert "needs 10 replications, 7 more" in choice_said(made_up({"a": {SATISFACTION: LUCK[:3]}}), ENGLISH)
    assert "needs --zone" in choice_said(made_up({"a": {PROFIT: LUCK}}, (PROFIT,)), ENGLISH)
    gap = np.where(np.arange(10) == 3, np.nan, LUCK)
    assert "has no value" in choice_said(made_up({"a": {SATISFACTION: gap}}), ENGLISH)
    open_one = choice_said(made_up({"a": {SATISFACTION: 10.0 * LUCK}}), ENGLISH)
    assert "replications in all" in open_one


def test_a_precision_not_reached_is_said_wherever_precision_is() -> None:
    found = made_up({"a": {PROFIT: 1e5 * LUCK}}, precision={PROFIT: 100.0})
    assert "reached ±" in missed_said(found, ENGLISH)[0]
    assert any("reached ±" in text for text in cautions(found, [], {}, ENGLISH))
    assert "not all got as narrow as asked" in str(method(found, [], ENGLISH))
    reached = made_up({"a": {PROFIT: 1e5 * LUCK}}, precision={PROFIT: 1e9})
    assert "until intervals were narrow enough" in str(method(reached, [], ENGLISH))
    assert not list(cautions(reached, [], {}, ENGLISH))


def test_one_pair_that_stands_far_out_is_a_caution() -> None:
    out = np.where(np.arange(10) == 3, 9.0, 0.1 * LUCK)
    [caution] = cautions(made_up({"a": {SATISFACTION: out}}), [], {}, ENGLISH)
    assert "intervals are rough for a: customers’ satisfaction" in caution


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        (-100_000.0 + 1000.0 * LUCK, "costs less and serves customers better"),
        (100_000.0 * LUCK, "luck hides whether it costs more"),
        (0.0 * LUCK, "at the same cost"),
        (100_000.0 + 1000.0 * LUCK, "a point of satisfaction costs 20 thousand a year ("),
    ],
)
def test_the_frontier_says_what_the_table_says(cost: Floats, said: str) -> None:
    found = made_up({"a": {SATISFACTION: 5.0 + 0.1 * LUCK, COST: cost}})
    assert said in frontier_title(found, ENGLISH)
    hidden = made_up({"a": {SATISFACTION: LUCK, COST: cost}})
    assert "No scenario is shown to serve customers better" in frontier_title(hidden, ENGLISH)


def test_a_largest_step_is_named_only_where_it_is_shown() -> None:
    found = made_up({"a": {SATISFACTION: 5.0 + LUCK}})
    hidden, shown = 3.0 + 20.0 * LUCK, 1.0 + 0.01 * LUCK
    fall = _fall(found, SATISFACTION, [("wild", hidden), ("calm", shown / 2), ("calm", shown / 2)], ENGLISH)
    assert [step.name for step in fall.steps] == ["wild", "calm"]
    assert fall.steps[1].by == pytest.approx(1.0)
    assert "the largest step beyond luck is calm" in fall_title(found, found.others[0], fall, ENGLISH)
    only = _fall(found, SATISFACTION, [("wild", hidden)], ENGLISH)
    assert "luck hides each step" in fall_title(found, found.others[0], only, ENGLISH)


def test_the_largest_of_each_kind_are_told_in_its_own_unit() -> None:
    def part(outcome: str, where: str, by: float) -> Part:
        return Part(outcome, where, 0.0, by, Estimate(by, by, by, 10), np.full(10, by))

    seen = [part("queue_hours", "x", 9.0), part("queue_hours", "y", 8.0), part("morale", "x", 0.5)]
    assert [(item.outcome, item.where) for item in largest_of_each(seen, 2)] == [("morale", "x"), ("queue_hours", "x")]


def start_of(settled: Settled) -> Start:
    wide = {"moving": (5.0, 1.0), "hidden": (0.0, 5.0)}.get(settled, (0.0, 0.1))
    drift = Drift("morale", Estimate(wide[0], wide[0] - wide[1], wide[0] + wide[1], 10))
    looked = settled != "not examined"
    return Start("base", (drift,) if looked else (), (), 0 if looked else None, looked, 4.0)


@pytest.mark.parametrize(
    ("settled", "said"),
    [
        ("behind", "the start is behind all companies"),
        ("hidden", "cannot be told"),
        ("not examined", "was not examined"),
        ("moving", "May not have settled when observing begins: all companies (drift of morale)"),
    ],
)
def test_a_start_is_said_to_be_behind_only_where_that_is_shown(settled: Settled, said: str) -> None:
    start = start_of(settled)
    assert start.settled == settled
    assert said in welch_title(made_up({"a": {SATISFACTION: LUCK}}), [start], ENGLISH)


def test_a_difference_that_still_moves_is_a_caution() -> None:
    drift = Drift("morale", Estimate(4.0, 3.0, 5.0, 10))
    start = Start("a", (), (drift,), 0, True, 4.0)
    [caution] = cautions(made_up({"a": {SATISFACTION: 0.0 * LUCK}}), [start], {}, ENGLISH)
    assert "the difference in morale still moves" in caution


def money(day: float, low: float, high: float, *, seen: bool = True) -> PayBack:
    ones = np.ones(3)
    return PayBack(day, low, high, np.arange(3.0), Band(ones, ones if seen else -ones, ones))


def test_money_is_said_to_be_back_with_its_interval_only() -> None:
    said = {
        "never costs more": money(50, 50, 50),
        "has not paid back by the last day": money(math.inf, math.inf, math.inf),
        "luck hides whether it costs": money(50, 50, math.inf, seen=False),
        "paid back day 80 (day 60 to later than the last day)": money(80, 60, math.inf),
        "paid back day 50 (day 50 to day 70)": money(50, 50, 70),
    }
    for text, found in said.items():
        assert text in time._money(found, 50, ENGLISH)


def test_why_no_day_half_way_is_told_is_said() -> None:
    found = made_up({"a": {SATISFACTION: 5.0 + LUCK}})
    clear, hidden, path = Estimate(2.0, 1.0, 3.0, 10), Estimate(0.1, -1.0, 1.2, 10), Band(LUCK, LUCK, LUCK)
    half = Lag(30.0, 20.0, 40.0, 2.0, LUCK, LUCK)
    told = {
        "+2.0 points in the last 9 weeks (+1.0 to +3.0); too few weeks follow": (clear, None, "weeks"),
        "+0.10 points in the last 9 weeks (−1.0 to +1.2), which luck can explain": (hidden, None, "luck"),
        "half of it after 30 days (20 to 40)": (clear, half, None),
    }
    for text, (effect, lag, untold) in told.items():
        item = After(SATISFACTION, 50, LUCK, path, 9, effect, lag, untold, None)  # type: ignore[arg-type]
        assert text in time._told(found, item, ENGLISH)


def forecast_said(found: Comparison, forecast: float) -> str:
    asked = {item.name: Assumptions(forecast, ()) for item in found.others}
    return " ".join(part.text for part in assumptions(found, asked, ENGLISH).parts if isinstance(part, Text))


def test_a_forecast_that_says_something_else_is_told() -> None:
    found = made_up({"a": {SATISFACTION: 5.0 + LUCK}})
    assert "The simulation says otherwise" in forecast_said(found, -2.0)
    assert "The simulation says otherwise" not in forecast_said(found, 5.2)
    assert "no sign that an assumption could turn" in forecast_said(found, 0.0)


def test_luck_saved_has_two_digits() -> None:
    assert [times_said(value, ENGLISH) for value in (46.6, 3812.0, 1.27, 0.91, math.nan)] == [
        "×47",
        "×3,800",
        "×1.3",
        "×0.91",
        "–",
    ]
    assert times_said(1.27, speaking("es")) == "×1,3"

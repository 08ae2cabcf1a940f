"""What a dated change does in time: known paths give known answers, and luck alone gives none."""

import numpy as np
import pytest

from sim import load
from sim.model.record import Floats
from sim.scenario.dated import altered
from sim.scenario.load import with_days
from sim.scenario.schema import Scenario
from sim.study.compare.after import PayBack, after, change_days, changed_on, dip, paid, pay_back
from sim.study.compare.comparison import Comparison, compare_scenarios
from sim.study.compare.intervals import paired
from sim.study.paths import Band, Paths

WEEKS = np.arange(60)
DAYS = WEEKS * 5.0 + 5.0


def pretended(course: Floats, noise: float = 0.1) -> Paths:
    """Ten pairs whose difference follows a course, with luck of their own."""
    luck = np.random.default_rng(1).normal(0.0, noise, (10, len(course)))
    return Paths(WEEKS, np.zeros_like(luck), course + luck)


def test_money_is_back_from_the_day_on_which_it_stays() -> None:
    money = np.concatenate([np.full(10, -1.0), np.full(50, 0.5)])
    assert paid(np.cumsum(money), DAYS, 0) == DAYS[29]
    assert np.isnan(paid(np.cumsum(-money[::-1]), DAYS, 0))
    assert paid(np.cumsum(np.ones(60)), DAYS, 7) == 7.0


def test_a_dip_before_the_gain_is_found_where_it_is() -> None:
    course = np.concatenate([np.zeros(10), np.full(11, -2.0), np.full(39, 3.0)])
    both = pretended(course)
    found = dip(both, "morale", 50, paired(np.zeros(10), both.difference[:, -13:].mean(axis=1)))
    assert found is not None
    assert found.depth.mean == pytest.approx(-2.0, abs=0.2)
    assert 50 < 50 + found.days < 105


def test_luck_is_no_dip() -> None:
    both = pretended(np.concatenate([np.zeros(10), np.linspace(0.0, 3.0, 50)]), noise=1.0)
    assert dip(both, "morale", 50, paired(np.zeros(10), both.difference[:, -13:].mean(axis=1))) is None


def test_what_gets_worse_only_has_no_dip() -> None:
    both = pretended(np.linspace(0.0, -3.0, 60))
    assert dip(both, "morale", 0, paired(np.zeros(10), both.difference[:, -13:].mean(axis=1))) is None
    fewer_is_better = dip(both, "customers_lost", 0, paired(np.zeros(10), both.difference[:, -13:].mean(axis=1)))
    assert fewer_is_better is None


@pytest.fixture(scope="module")
def pair() -> tuple[Scenario, Scenario]:
    base, other = load("claims/b05-same-chief"), load("claims/b05-authoritarian-chief")
    day = other.changes[0].day
    shorter = with_days(base, day + 140)
    return shorter, with_days(other, day + 140)


@pytest.fixture(scope="module")
def comparison(pair: tuple[Scenario, Scenario]) -> Comparison:
    return compare_scenarios(pair, replications=3, jobs=1)


def test_a_chief_who_turns_authoritarian_costs_morale_step_by_step(
    comparison: Comparison, pair: tuple[Scenario, Scenario]
) -> None:
    _, other = pair
    assert changed_on(comparison, other) == other.changes[0].day
    found = after(comparison, other, "morale")
    assert found is not None
    assert found.effect.high < 0.0
    assert found.half is not None
    assert 10.0 < found.half.days < 130.0
    assert found.dip is None


def test_money_after_a_change_is_added_up_from_its_day(comparison: Comparison, pair: tuple[Scenario, Scenario]) -> None:
    found = pay_back(comparison, pair[1])
    assert found is not None
    assert found.days[0] > pair[1].changes[0].day
    both = [comparison.together.observed(scenario, 0) for scenario in pair]
    since = np.array(both[0].weeks) * 5 + 5 > pair[1].changes[0].day
    weekly = (both[1].weekly["profit", "company", ""] - both[0].weekly["profit", "company", ""])[since] * 5 / 250
    others = [
        (
            comparison.together.observed(pair[1], n).weekly["profit", "company", ""]
            - comparison.together.observed(pair[0], n).weekly["profit", "company", ""]
        )[since].sum()
        * 5
        / 250
        for n in (1, 2)
    ]
    assert found.money.mean[-1] == pytest.approx(np.mean([weekly.sum(), *others]))


def test_scenarios_without_a_change_of_their_own_have_no_after(pair: tuple[Scenario, Scenario]) -> None:
    base = with_days(load("claims/workshop"), 20)
    other = base.model_copy(update={"name": "twin"})
    same = compare_scenarios((base, other), replications=2, jobs=1)
    assert changed_on(same, other) is None
    assert after(same, other, "morale") is None
    assert pay_back(same, other) is None


def test_too_few_weeks_after_a_change_are_said_to_be_too_few(pair: tuple[Scenario, Scenario]) -> None:
    day = pair[1].changes[0].day
    short = [with_days(scenario, day + 60) for scenario in pair]
    found = after(compare_scenarios(short, replications=3, jobs=1), short[1], "morale")
    assert found is not None
    assert (found.half, found.untold) == (None, "weeks")
    assert found.weeks == 12  # the last quarter would begin before the change
    assert found.effect.mean < 0.0


def test_nothing_is_laid_to_a_change_where_the_two_differ_from_the_start(pair: tuple[Scenario, Scenario]) -> None:
    base, other = pair
    mixed = altered(other, {"departments.it.handling_hours": 1.5}).model_copy(update={"name": "mixed"})
    comparison = compare_scenarios((base, mixed), replications=2, jobs=1)
    found = after(comparison, mixed, "morale")
    assert found is not None
    assert (found.half, found.dip, found.untold) == (None, None, "start")
    assert pay_back(comparison, mixed) is None


def test_a_dip_is_looked_for_before_the_day_half_way_only() -> None:
    course = np.concatenate([np.zeros(10), np.full(11, 1.0), np.full(11, -2.0), np.full(28, 3.0)])
    both = pretended(course)
    effect = paired(np.zeros(10), both.difference[:, -13:].mean(axis=1))
    assert dip(both, "morale", 50, effect) is not None
    assert dip(both, "morale", 50, effect, half=30.0) is None


def test_days_of_several_changes_are_all_known(comparison: Comparison, pair: tuple[Scenario, Scenario]) -> None:
    assert change_days(comparison, pair[1]) == [change.day for change in pair[1].changes]


def test_money_that_luck_hides_is_no_money_that_never_costs() -> None:
    days, zero, one = DAYS[:3], np.zeros(3), np.ones(3)
    hidden = PayBack(5.0, 5.0, np.inf, days, Band(zero, -one, one))
    assert hidden.is_hidden
    assert not hidden.is_nothing
    assert PayBack(5.0, 5.0, 5.0, days, Band(zero, zero, zero)).is_nothing
    assert not PayBack(5.0, 5.0, 5.0, days, Band(one, 0.5 * one, one)).is_hidden

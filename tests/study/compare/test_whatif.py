"""What if an assumption is wrong: the question asked of every unmeasured parameter is the one that was meant."""

import pytest

from sim.model.steady import rest
from sim.scenario.dated import altered
from sim.scenario.schema import Scenario
from sim.study.compare.whatif import STEP, Assumptions, what_if
from tests.model.test_steady import large_company


def _front_hours(scenario: Scenario) -> float:
    return next(part.handling_hours for part in scenario.departments if part.name == "front")


@pytest.fixture(scope="module")
def pair() -> tuple[Scenario, Scenario]:
    base = large_company(1)
    keys = {"departments.front.handling_hours": 0.9 * _front_hours(base)}
    return base, altered(base, keys).model_copy(update={"name": "quicker"})


@pytest.fixture(scope="module")
def answered(pair: tuple[Scenario, Scenario]) -> Assumptions:
    base, quicker = pair
    return what_if(base, [quicker])["quicker"]


def _satisfaction(scenario: Scenario) -> float:
    return 100.0 * float(rest(scenario).last.mind.market.satisfaction)


def test_each_answer_is_what_two_forecasts_from_a_cold_start_say(
    pair: tuple[Scenario, Scenario], answered: Assumptions
) -> None:
    (base, quicker), found = pair, answered
    assert found.difference == pytest.approx(_satisfaction(quicker) - _satisfaction(base), abs=0.01)
    alone = [answer for answer in found.asked if "weight" not in answer.key]  # of three weights others give way
    for answer in alone[:2]:
        name = answer.key.removeprefix("laws.")
        was = getattr(base.laws, name)
        assert answer.low == pytest.approx((1 - STEP) * was)
        for value, difference in ((answer.low, answer.difference_low), (answer.high, answer.difference_high)):
            keys = {answer.key: value}
            cold = _satisfaction(altered(quicker, keys)) - _satisfaction(altered(base, keys))
            assert difference == pytest.approx(cold, abs=0.02), answer.key


def test_those_that_move_it_most_come_first(answered: Assumptions) -> None:
    found = answered
    widths = [answer.width(found.difference) for answer in found.asked]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 0.01


def test_nothing_is_foretold_of_a_company_that_cannot_keep_up(pair: tuple[Scenario, Scenario]) -> None:
    base, quicker = pair
    drowned = altered(quicker, {"departments.front.handling_hours": 3.0 * _front_hours(base)})
    assert what_if(base, [drowned]) == {}
    assert what_if(drowned, [base]) == {}

"""The parts of a difference add up to the difference, whatever the scenarios have or lack."""

import numpy as np
import pytest

from sim import load
from sim.scenario.dated import altered
from sim.scenario.load import with_days
from sim.scenario.schema import Scenario
from sim.study.compare.comparison import Comparison, compare_scenarios
from sim.study.compare.intervals import paired
from sim.study.compare.why import lost_parts, states, time_parts


@pytest.fixture(scope="module")
def companies() -> tuple[Scenario, ...]:
    base = with_days(load("claims/workshop"), 30).model_copy(update={"warm_up_days": 10, "name": "base"})
    slow = altered(base, {"departments.it.handling_hours": 1.8}).model_copy(update={"name": "slow"})
    without = base.model_copy(
        update={
            "name": "without",
            "departments": tuple(part for part in base.departments if part.name != "cleaning"),
            "links": tuple(link for link in base.links if "cleaning" not in (link.supplier, link.customer)),
        }
    )
    return base, slow, without


@pytest.fixture(scope="module")
def comparison(companies: tuple[Scenario, ...]) -> Comparison:
    return compare_scenarios(companies, replications=3, jobs=1)


@pytest.mark.parametrize("place", [1, 2])
def test_parts_add_up_to_the_whole(comparison: Comparison, place: int) -> None:
    scenario = comparison.scenarios[place]
    time = sum(part.difference.mean for part in time_parts(comparison, scenario))
    lost = sum(part.difference.mean for part in lost_parts(comparison, scenario))
    assert time == pytest.approx(comparison.difference(scenario, "customer_delay_hours").mean)
    assert lost == pytest.approx(-comparison.difference(scenario, "customer_satisfaction").mean)


def test_a_slow_supplier_is_where_the_time_goes(comparison: Comparison) -> None:
    parts = time_parts(comparison, comparison.scenarios[1])
    longest = max(parts, key=lambda part: part.difference.mean)
    assert (longest.where, longest.outcome) == ("it", "purchase_queueing_hours")
    assert longest.other - longest.base == pytest.approx(longest.difference.mean)


def test_whoever_asks_a_slow_supplier_is_served_worse(comparison: Comparison) -> None:
    found = {(part.where, part.outcome): part for part in states(comparison, comparison.scenarios[1])}
    assert found["it", "experience_given"].difference.mean < 0.0
    assert found["finance", "experience_received"].difference.mean < 0.0


def test_a_place_in_one_of_them_alone_is_a_part_too(comparison: Comparison) -> None:
    parts = {(part.where, part.outcome): part for part in time_parts(comparison, comparison.scenarios[2])}
    gone = parts["cleaning", "purchase_handling_hours"]
    assert gone.other == 0.0
    assert gone.base >= 0.0


def test_intervals_of_departments_hold_all_at_once(comparison: Comparison) -> None:
    found = states(comparison, comparison.scenarios[1])
    for part in found:
        assert part.difference.low == pytest.approx(paired(np.zeros(3), part.each, len(found)).low, nan_ok=True)

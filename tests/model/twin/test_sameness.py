"""The twin is the reference, to the last bit: over random companies, shipped ones, and where everything ties."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sim import load
from sim.scenario.load import with_days
from sim.scenario.schema import Scenario
from tests.model.test_invariants import companies, feeling_companies
from tests.model.test_neutral import living
from tests.model.twin.sameness import by_reference, by_twin, difference

PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
SHIPPED = (
    "plant", "claims/workshop", "maintenance/repaired", "maintenance/outsourced", "chief/authoritarian",
    "layers/tall-central", "claims/a03-bad-temper", "claims/b08-tight-inside-inside", "it/relieved",
)  # fmt: skip


def apart(scenario: Scenario, seed: int = 1, grid: float = 0.0) -> str:
    return difference(by_reference(scenario, seed, grid=grid), by_twin(scenario, seed, grid=grid))


@PATIENT
@given(scenario=st.one_of(companies(), feeling_companies()), grid=st.sampled_from([0.0, 0.5, 4.0]))
@example(scenario=living(days=30), grid=0.0)
@example(scenario=living(days=30), grid=0.25)
def test_random_companies_live_the_same_lives(scenario: Scenario, grid: float) -> None:
    assert apart(scenario, grid=grid) == ""


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_companies_live_the_same_lives(name: str) -> None:
    assert apart(hurried(load(name)), seed=3) == ""


def hurried(scenario: Scenario) -> Scenario:
    """Twelve days of a company, with its changes on the third."""
    changes = tuple(change.model_copy(update={"day": 3}) for change in scenario.changes)
    return with_days(scenario.model_copy(update={"changes": changes}), 12).model_copy(update={"warm_up_days": 7})


def test_a_difference_is_named_by_when_and_what_and_whose() -> None:
    scenario = with_days(load("claims/workshop"), 2).model_copy(update={"warm_up_days": 0})
    first, second = by_twin(scenario, seed=1), by_twin(scenario, seed=2)
    assert difference(first, first) == ""
    assert difference(first, second).startswith("line 0: at 0.0 a manager's state (key ")

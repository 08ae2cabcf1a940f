"""What a perfect experience lacks is told part by part, and nothing is left over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model import laws
from sim.model.shortfall import fallen_short, share_of_errors

SHARE = st.floats(0.0, 1.0)


@given(SHARE, SHARE, SHARE)
def test_what_each_part_costs_adds_up_to_what_is_missing(respect: float, agility: float, care: float) -> None:
    costs = fallen_short(respect, agility, care, 0.4, 0.3, 0.3)
    missing = 1.0 - laws.experience(respect, agility, care, 0.4, 0.3, 0.3)
    assert sum(costs) == pytest.approx(missing, abs=1e-12)
    assert min(costs) >= 0.0


def test_what_is_perfect_costs_nothing_and_equal_parts_cost_as_they_weigh() -> None:
    assert fallen_short(1.0, 1.0, 1.0, 0.4, 0.3, 0.3) == (0.0, 0.0, 0.0)
    assert fallen_short(0.5, 1.0, 1.0, 0.4, 0.3, 0.3) == pytest.approx((1.0 - 0.5**0.4, 0.0, 0.0))
    assert fallen_short(0.5, 0.5, 0.5, 0.4, 0.3, 0.3) == pytest.approx((0.2, 0.15, 0.15))


def test_care_lacks_by_errors_what_the_attitude_does_not_explain() -> None:
    assert share_of_errors(1.0, 1.0) == 0.0
    assert share_of_errors(0.8, 0.8) == 0.0
    assert share_of_errors(1.0, 0.3) == 1.0
    assert share_of_errors(0.5, 0.25) == pytest.approx(0.5)
    assert share_of_errors(0.0, 0.0) == 0.0

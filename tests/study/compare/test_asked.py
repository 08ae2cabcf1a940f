"""What may be asked of a comparison, said at once where it may not."""

import pytest

from sim.study.compare.asked import LEAST, MOST, ComparisonError, check_asked, most_allowed
from sim.study.compare.comparison import compare_scenarios
from tests.study.compare.test_comparison import shops


@pytest.mark.parametrize("zone", [float("nan"), float("inf"), 0.0, -1.0])
def test_a_zone_is_a_finite_number_above_zero(zone: float) -> None:
    with pytest.raises(ComparisonError, match=f"--zone: {zone} is not allowed: a finite number above 0"):
        compare_scenarios(shops(), zone=zone)


@pytest.mark.parametrize("half", [float("nan"), float("inf"), 0.0])
def test_a_half_width_is_a_finite_number_above_zero(half: float) -> None:
    with pytest.raises(ComparisonError, match=f"--precision morale: {half} is not allowed"):
        compare_scenarios(shops(), precision={"morale": half})


def test_the_place_of_an_unknown_outcome_is_named() -> None:
    with pytest.raises(ComparisonError, match=r"^--outcome: 'moral' is no outcome of base \(nearest: morale\)$"):
        check_asked(shops(), stated=["moral"])
    with pytest.raises(ComparisonError, match=r"^--precision: 'moral' is no outcome of base \(nearest: morale\)$"):
        check_asked(shops(), precision={"moral": 1.0})


def test_most_is_never_exceeded_without_a_word() -> None:
    with pytest.raises(ComparisonError, match="--most: 9 is not allowed: at least 10 with --precision"):
        compare_scenarios(shops(), precision={"morale": 1.0}, most=9)
    with pytest.raises(ComparisonError, match="--most: 20 is not allowed: at least as many as --replications, 30"):
        compare_scenarios(shops(), precision={"morale": 1.0}, replications=30, most=20)
    with pytest.raises(ComparisonError, match="--most: 5 is not allowed: at least as many as --replications, 10"):
        compare_scenarios(shops(), most=5)
    check_asked(shops(), precision={"morale": 1.0}, most=LEAST)


def test_most_follows_the_replications_unless_it_is_given() -> None:
    assert most_allowed(None, None) == MOST
    assert most_allowed(None, MOST + 100) == MOST + 100
    assert most_allowed(50, 20) == 50

"""The lag of an outcome, worked by hand: paths that step, climb, never arrive, or differ between pairs."""

import numpy as np
import pytest

from sim.study.lag import FINAL_WEEKS, half_way, lag
from sim.study.paths import Paths

DAYS = np.array([2.5, 7.5, 12.5, 17.5, 22.5])


def pair_of(difference: "np.typing.ArrayLike") -> Paths:
    rows = np.atleast_2d(np.asarray(difference, dtype=float))
    return Paths(np.arange(rows.shape[1]), np.zeros(rows.shape), rows)


def test_half_way_lies_between_two_weeks_by_a_straight_line() -> None:
    assert half_way(DAYS, np.array([0.0, 0.0, -2.0, -8.0, -10.0]), -10.0, 5) == pytest.approx(10.0)


def test_a_change_at_once_is_half_way_in_the_first_week() -> None:
    assert half_way(DAYS, np.full(5, 3.0), 3.0, 0) == 2.5


def test_what_came_before_the_change_does_not_count() -> None:
    assert half_way(DAYS, np.array([9.0, 0.0, 0.0, 4.0, 10.0]), 10.0, 5) == pytest.approx(13.333, abs=1e-3)


def test_what_never_gets_there_has_no_lag() -> None:
    assert np.isnan(half_way(DAYS, np.array([0.0, 0.1, 0.2, 0.3, 0.4]), 1.0, 0))
    assert np.isnan(half_way(DAYS, np.zeros(5), 0.0, 0))


def test_a_straight_climb_to_a_plateau_is_half_way_in_the_middle_of_it() -> None:
    weeks = np.arange(60)
    found = lag(pair_of(np.clip((weeks + 0.5 - 10) / 20, 0, 1)), 50, seed=1)
    assert found.days == pytest.approx(50.0)
    assert found.final == pytest.approx(1.0)
    assert (found.low, found.high) == (pytest.approx(found.days), pytest.approx(found.days))
    assert found.share[-FINAL_WEEKS] == pytest.approx(1.0)


def test_the_interval_of_two_pairs_is_their_two_lags() -> None:
    early, late = ((np.arange(80) >= week).astype(float) for week in (20, 40))
    found = lag(pair_of([early, late]), 0, seed=1)
    each = [lag(pair_of(row), 0, seed=1).days for row in (early, late)]
    assert [found.low, found.high] == pytest.approx(each)
    assert each[0] < each[1]


def test_the_same_seed_draws_the_same_interval() -> None:
    rows = np.random.default_rng(3).normal(size=(6, 60)).cumsum(axis=1)
    first, second = (lag(pair_of(rows), 0, seed=7) for _ in range(2))
    assert (first.low, first.high) == (second.low, second.high)


def test_weeks_without_a_value_are_passed_over() -> None:
    weeks = np.arange(60)
    rows = np.tile(np.clip((weeks + 0.5 - 10) / 20, 0, 1), (3, 1))
    rows[0, 25] = np.nan
    rows[:, 40] = np.nan
    found = lag(pair_of(rows), 50, seed=1)
    assert found.days == pytest.approx(50.0)
    assert not np.isnan([found.low, found.high, found.final]).any()
    assert np.isnan(found.rise[40])

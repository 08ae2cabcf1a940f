"""Necessary condition analysis on clouds whose empty corner can be counted."""

import numpy as np
import pytest

from sim.study.claims.necessary import ceiling_stair, chance, effect_size


def test_the_stair_holds_the_highest_so_far() -> None:
    steps, heights = ceiling_stair(np.array([3.0, 1.0, 2.0, 4.0]), np.array([5.0, 1.0, 0.0, 5.0]))
    assert steps.tolist() == [1.0, 3.0]
    assert heights.tolist() == [1.0, 5.0]


def test_two_corners_leave_everything_above_empty() -> None:
    assert effect_size(np.array([0.0, 1.0]), np.array([0.0, 1.0])) == 1.0


def test_a_point_in_the_upper_left_corner_leaves_nothing_empty() -> None:
    assert effect_size(np.array([0.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.5])) == 0.0


def test_a_stair_of_three_steps_is_counted_by_hand() -> None:
    # Scope 4 × 4 = 16; empty: from 0 to 1 height 3, from 1 to 3 height 2, from 3 to 4 height 1.
    x, y = np.array([0.0, 1.0, 3.0, 4.0, 2.0]), np.array([1.0, 2.0, 3.0, 4.0, 0.0])
    assert effect_size(x, y) == pytest.approx((3 + 4 + 1) / 16)


def test_units_do_not_matter() -> None:
    luck = np.random.default_rng(1)
    x, y = luck.random(50), luck.random(50)
    assert effect_size(100 * x + 7, y / 3) == pytest.approx(effect_size(x, y))


def test_without_scope_there_is_no_effect_size() -> None:
    assert np.isnan(effect_size(np.array([1.0, 1.0]), np.array([0.0, 2.0])))


def test_chance_tells_a_ceiling_from_a_cloud_without_one() -> None:
    luck = np.random.default_rng(2)
    x = luck.random(60)
    assert chance(x, x * luck.random(60), seed=1, draws=200) < 0.02
    assert chance(x, luck.random(60), seed=1, draws=200) > 0.05

"""Intervals of paired differences: against closed forms and another's program."""

import math

import numpy as np
import pytest
from scipy import stats

from sim.study.compare.intervals import critical, luck_bought, needed, next_count, paired, quotient, skewness

BASE, OTHER = np.array([1.0, 2.0, 4.0, 3.0, 5.0]), np.array([2.0, 2.5, 5.5, 3.5, 7.0])


def test_a_single_interval_is_that_of_the_paired_t_test() -> None:
    theirs = stats.ttest_rel(OTHER, BASE).confidence_interval(0.95)
    ours = paired(BASE, OTHER)
    assert (ours.low, ours.high, ours.n) == (pytest.approx(theirs.low), pytest.approx(theirs.high), 5)
    assert ours.half_width == pytest.approx((theirs.high - theirs.low) / 2)


def test_of_several_intervals_each_is_wider_as_bonferroni_says() -> None:
    theirs = stats.ttest_rel(OTHER, BASE).confidence_interval(1 - 0.05 / 6)
    ours = paired(BASE, OTHER, family=6)
    assert (ours.low, ours.high) == (pytest.approx(theirs.low), pytest.approx(theirs.high))
    assert critical(10, 1) == pytest.approx(2.262157)


def test_pairs_without_a_value_are_left_out_and_too_few_give_no_interval() -> None:
    assert paired(BASE, np.array([2.0, math.nan, 5.5, 3.5, 7.0])).n == 4
    one = paired(BASE[:1], OTHER[:1])
    assert (one.mean, one.n, math.isnan(one.low)) == (1.0, 1, True)
    assert math.isnan(paired(np.array([math.nan]), BASE[:1]).mean)


def test_half_the_width_needs_four_times_the_pairs() -> None:
    assert needed(1.0, 10, 1.0) == 10
    assert needed(1.0, 10, 0.5) == 40
    assert needed(1.01, 10, 1.0) == 11


def test_replications_grow_to_what_the_widest_needs_and_at_most_double() -> None:
    assert next_count(10, [], 200) == 10
    assert next_count(10, [(0.9, 1.0), (1.0, 1.0)], 200) == 10
    assert next_count(10, [(0.9, 1.0), (1.1, 1.0)], 200) == 13
    assert next_count(10, [(9.0, 1.0)], 200) == 20
    assert next_count(10, [(math.nan, 1.0)], 200) == 20
    assert next_count(150, [(9.0, 1.0)], 200) == 200
    assert next_count(200, [(9.0, 1.0)], 200) == 200


def test_common_luck_buys_what_the_variances_say() -> None:
    luck = np.random.default_rng(1).normal(size=10_000)
    noise = np.random.default_rng(2).normal(size=10_000)
    assert luck_bought(luck, luck + 0.5 * noise) == pytest.approx((1 + 1.25) / 0.25, rel=0.1)
    assert luck_bought(luck, noise) == pytest.approx(1.0, rel=0.05)
    assert math.isnan(luck_bought(luck, luck + 1.0))


def test_a_quotient_has_the_interval_of_fieller() -> None:
    luck = np.random.default_rng(4)
    below = 2.0 + luck.normal(0.0, 0.2, 12)
    above = 3.0 * below + luck.normal(0.0, 0.2, 12)
    found = quotient(above, below)
    assert found.low < found.mean < found.high
    for bound in (found.low, found.high):  # at its ends the interval of above − bound × below touches zero
        rest = paired(np.zeros(12), above - bound * below)
        assert min(abs(rest.low), abs(rest.high)) == pytest.approx(0.0, abs=1e-9)
    hidden = quotient(above, luck.normal(0.0, 1.0, 12))
    assert math.isnan(hidden.low)


def test_nothing_is_what_is_equal_in_every_pair() -> None:
    assert paired(BASE, BASE).is_nothing
    assert not paired(BASE, BASE + 1.0).is_nothing
    assert not paired(BASE[:1], BASE[:1]).is_nothing
    assert paired(BASE, OTHER).lies_within(5.0)
    assert not paired(BASE[:1], OTHER[:1]).lies_within(5.0)


def test_one_pair_that_stands_far_out_is_lopsided() -> None:
    assert skewness(np.array([0.0] * 9 + [10.0])) > 2.0
    assert skewness(np.array([-1.0, 0.0, 1.0])) == pytest.approx(0.0)
    assert skewness(np.ones(4)) == 0.0

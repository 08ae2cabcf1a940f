"""Paths of two companies, worked by hand."""

import numpy as np
import pytest

from sim.study.paths import Paths, band, running_mean

NAN = np.nan


def test_a_running_mean_takes_the_neighbours_and_fewer_at_the_ends() -> None:
    assert running_mean(np.array([[1.0, 2.0, 6.0, 0.0]]), 3).tolist() == [[1.5, 3.0, 8 / 3, 3.0]]


def test_a_running_mean_leaves_gaps_out() -> None:
    found = running_mean(np.array([[1.0, NAN, 5.0, NAN, NAN]]), 3)
    assert found[0, :4].tolist() == [1.0, 3.0, 5.0, 5.0]
    assert np.isnan(found[0, 4])


def test_a_window_of_one_week_changes_nothing() -> None:
    rows = np.arange(6.0).reshape(2, 3)
    assert (running_mean(rows, 1) == rows).all()


def test_the_difference_is_taken_pair_by_pair() -> None:
    pair = Paths(np.array([-1, 0]), np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[2.0, 2.0], [5.0, 4.0]]))
    assert pair.difference.tolist() == [[1.0, 0.0], [2.0, 0.0]]
    assert pair.days.tolist() == [-2.5, 2.5]
    assert pair.times(10.0).difference.tolist() == [[10.0, 0.0], [20.0, 0.0]]


def test_the_band_is_students_interval_of_each_week() -> None:
    found = band(np.array([[1.0, 5.0], [3.0, 5.0]]))
    assert found.mean.tolist() == [2.0, 5.0]
    assert found.high[0] - 2.0 == pytest.approx(12.7062, abs=1e-3)
    assert found.low[1] == found.high[1] == 5.0


def test_one_pair_has_no_band() -> None:
    assert np.isnan(band(np.array([[1.0, 5.0]])).low).all()

"""Sensitivity: functions whose indices are known, with and without noise, come out of the pipeline."""

import numpy as np
import pytest

from sim.model.record import Floats
from sim.study.sweep.designs import problem_of
from sim.study.sweep.sensitivity import Answers, sobol_table

FACTORS = ("x", "y", "z")
A, B = 7.0, 0.1
VARIANCE = A**2 / 8 + B * np.pi**4 / 5 + B**2 * np.pi**8 / 18 + 0.5
FIRST = np.array([0.5 * (1 + B * np.pi**4 / 5) ** 2, A**2 / 8, 0.0]) / VARIANCE
WITH_Z = 8 * B**2 * np.pi**8 / 225 / VARIANCE
TOTAL = FIRST + np.array([WITH_Z, 0.0, WITH_Z])
"""Ishigami and Homma 1990, with the usual constants; indices in closed form."""


def ishigami(shares: Floats) -> Floats:
    x, y, z = (2.0 * shares - 1.0).T * np.pi
    return np.asarray(np.sin(x) + A * np.sin(y) ** 2 + B * z**4 * np.sin(x))


def sampled(count: int, seed: int) -> Floats:
    from SALib.sample import sobol  # noqa: PLC0415 - takes seconds to load

    return np.asarray(sobol.sample(problem_of(FACTORS), count, calc_second_order=True, seed=seed))


@pytest.mark.parametrize("noise", [0.0, 2.0])
def test_ishigamis_indices_lie_in_their_intervals(noise: float) -> None:
    shares, luck = sampled(1024, 1), np.random.default_rng(1)
    values = ishigami(shares)[:, None] + luck.normal(0.0, 5.0, 4) + noise * luck.normal(size=(len(shares), 4))
    table = sobol_table(FACTORS, Answers(values), second_order=True)
    truth = np.array([*FIRST, *TOTAL, 0.0, WITH_Z, 0.0])
    rows = table[table["order"] != "noise"]
    covered = (rows["low"].to_numpy() <= truth) & (truth <= rows["high"].to_numpy())
    assert covered.sum() >= len(truth) - 1  # of nine intervals of 95 %
    assert np.abs(rows["value"].to_numpy() - truth).max() < 0.15
    [share] = table.loc[table["order"] == "noise", "value"]
    expected = noise**2 / 4 / (VARIANCE + noise**2 / 4)
    assert share == pytest.approx(expected, rel=0.1, abs=1e-12)


def test_intervals_cover_about_as_often_as_they_say() -> None:
    truth, covered, count = np.array([*FIRST, *TOTAL]), 0, 0
    for seed in range(40):
        luck = np.random.default_rng(seed)
        shares = sampled(256, seed)
        values = ishigami(shares)[:, None] + luck.normal(size=(len(shares), 3))
        rows = sobol_table(FACTORS, Answers(values), second_order=True).iloc[:6]
        inside = (rows["low"].to_numpy() <= truth) & (truth <= rows["high"].to_numpy())
        covered, count = covered + int(inside.sum()), count + len(truth)
    assert 0.90 < covered / count <= 1.0


def test_luck_that_moves_all_points_alike_is_no_noise() -> None:
    values = np.arange(8.0)[:, None] + np.array([0.0, 10.0, -3.0])
    assert Answers(values).noise == pytest.approx(0.0, abs=1e-12)
    assert np.isnan(Answers(values[:, :1]).noise)

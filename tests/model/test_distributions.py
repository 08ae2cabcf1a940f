"""Handling times have the distributions that scenarios name: moments, tails and the whole shape, against scipy."""

from statistics import NormalDist

import numpy as np
import pytest
from scipy import stats

from sim.model.distributions import KINDS, handling_hours, shape_of, standard_normal
from sim.model.luck import HANDLING, REQUEST, derived, replication_key

COUNT = 40_000
KEYS = [derived(replication_key(1, 0), REQUEST, n) for n in range(COUNT)]
CASES = {
    ("exponential", 1.0): stats.expon(scale=2.0),
    ("lognormal", 0.8): stats.lognorm(s=np.sqrt(np.log1p(0.64)), scale=2.0 / np.sqrt(1.64)),
    ("lognormal", 2.0): stats.lognorm(s=np.sqrt(np.log1p(4.0)), scale=2.0 / np.sqrt(5.0)),
    ("erlang", 0.5): stats.gamma(4, scale=0.5),
    ("erlang", 1.0): stats.gamma(1, scale=2.0),
}


def drawn(kind: str, spread: float) -> np.ndarray:
    number = KINDS[kind]
    return np.array([handling_hours(number, 2.0, shape_of(number, spread), key, HANDLING) for key in KEYS])


@pytest.mark.parametrize(("kind", "spread"), CASES)
def test_whole_distribution(kind: str, spread: float) -> None:
    assert stats.kstest(drawn(kind, spread), CASES[kind, spread].cdf).pvalue > 1e-4


@pytest.mark.parametrize(("kind", "spread"), CASES)
def test_mean_and_tail(kind: str, spread: float) -> None:
    exact, hours = CASES[kind, spread], drawn(kind, spread)
    assert abs(hours.mean() - 2.0) < 4 * exact.std() / np.sqrt(COUNT)
    beyond = (hours > exact.isf(0.001)).sum()
    assert abs(beyond - 0.001 * COUNT) < 4 * np.sqrt(0.001 * COUNT)


def test_constant_is_constant_and_zero_is_zero() -> None:
    assert set(drawn("constant", 0.0)) == {2.0}
    assert handling_hours(KINDS["lognormal"], 0.0, 1.0, 1, HANDLING) == 0.0


def test_normal_quantile_agrees_with_the_standard_library() -> None:
    for u in [*np.linspace(0.0005, 0.9995, 999), *(10.0 ** -np.arange(1, 17)), 2.0**-53, 1 - 2.0**-53]:
        assert standard_normal(float(u)) == pytest.approx(NormalDist().inv_cdf(float(u)), rel=1e-14, abs=1e-15)


@pytest.mark.parametrize("kind", ["lognormal", "exponential"])
def test_same_luck_stays_long_or_short_at_another_mean(kind: str) -> None:
    number = KINDS[kind]
    shape = shape_of(number, 0.8)
    short = np.array([handling_hours(number, 1.0, shape, key, HANDLING) for key in KEYS[:100]])
    long = np.array([handling_hours(number, 3.0, shape, key, HANDLING) for key in KEYS[:100]])
    assert list(np.argsort(short)) == list(np.argsort(long))

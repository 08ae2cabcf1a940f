"""Intervals cover what they should: against samples whose truth is known, and published values."""

import numpy as np
import pytest

from sim.study.calibrate.intervals import batched, mean, per_job, quantile, rate, share, spread
from sim.study.calibrate.shapes import shape

LUCK = np.random.default_rng(7)


def test_a_share_has_wilsons_interval() -> None:
    """10 of 100: .0552 to .1744 (Wilson 1927, as in any table of it)."""
    found = share(10, 100, "counted")
    assert (found.value, found.low, found.high) == pytest.approx((0.1, 0.0552, 0.1744), abs=1e-4)
    assert share(0, 50, "counted").low == 0.0


def test_a_rate_has_garwoods_interval() -> None:
    """A count of 10: 4.795 to 18.39 (Garwood 1936)."""
    found = rate(np.array([10.0]), 1.0, "counted")
    assert (found.low, found.high) == pytest.approx((4.795, 18.390), abs=1e-3)


@pytest.mark.parametrize("spread_of", [0.5, 1.0, 1.5])
def test_the_mean_of_skewed_hours_is_covered(spread_of: float) -> None:
    """Nominal 95 %; of 400 samples at least 89 % cover: the error probability of this test is below .001."""
    sigma = np.sqrt(np.log1p(spread_of**2))
    samples = np.exp(sigma * LUCK.standard_normal((400, 150)) - sigma**2 / 2)
    covered = [found.low <= 1.0 <= found.high for found in (mean(sample, "measured") for sample in samples)]
    assert np.mean(covered) > 0.89


def test_bursts_widen_the_interval_of_a_rate() -> None:
    calm = rate(LUCK.poisson(50, 40).astype(float), 200.0, "counted")
    bursts = rate(LUCK.poisson(np.where(LUCK.random(40) < 0.2, 250, 5)).astype(float), 200.0, "counted")
    assert calm.high - calm.low == pytest.approx(2 * 1.96 * np.sqrt(calm.count) / 200.0, rel=0.05)
    assert bursts.high - bursts.low > 4 * 2 * 1.96 * np.sqrt(bursts.count) / 200.0


def test_requests_that_are_always_one_or_two_are_a_share() -> None:
    found = per_job(np.r_[np.full(80, 1), np.full(20, 2)], "counted")
    assert found.value == pytest.approx(1.2)
    assert 1.12 < found.low < 1.2 < found.high < 1.31


def test_quantiles_and_spreads_are_covered() -> None:
    """Of 200 samples at least 88 % cover, nominal 95 %: below .001 by chance."""
    samples = LUCK.exponential(1.0, (200, 200))
    halves = [quantile(sample, 0.5, "measured") for sample in samples]
    assert np.mean([found.low <= np.log(2) <= found.high for found in halves]) > 0.88
    spreads = [spread(sample, False, "measured") for sample in samples[:60]]
    assert np.mean([found.low <= 1.0 <= found.high for found in spreads]) > 0.8


@pytest.mark.parametrize(("spread_of", "least"), [(0.8, 0.9), (2.5, 0.82)])
def test_how_lognormal_work_varies_is_covered(spread_of: float, least: float) -> None:
    """Of 300 samples of 100, nominal 95 %; less where a heavy tail makes the two formulas disagree (.88 seen)."""
    samples = np.exp(np.sqrt(np.log1p(spread_of**2)) * LUCK.standard_normal((300, 100)))
    covered = [found.low <= spread_of <= found.high for found in (spread(one, True, "measured") for one in samples)]
    assert np.mean(covered) > least
    with_zeros = spread(np.r_[samples[0], np.zeros(100)], True, "measured")
    assert with_zeros.value == pytest.approx(np.sqrt(2 * (1 + spread(samples[0], True, "measured").value ** 2) - 1))


def test_waits_in_one_line_are_alike() -> None:
    """Weeks apart by luck of their own: the mean's interval is as wide as that of so many weeks, not jobs."""
    weeks = np.repeat(np.arange(40), 50)
    waits = LUCK.exponential(1.0, 40)[weeks] * LUCK.exponential(1.0, 2_000)
    alone, together = mean(waits, "measured"), batched(waits, weeks, "measured")
    assert together.high - together.low > 2.5 * (alone.high - alone.low)


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("exponential", LUCK.exponential(2.0, 800)),
        ("lognormal", LUCK.lognormal(0.0, 0.8, 800)),
        ("erlang", LUCK.gamma(4.0, 0.5, 800)),
        ("constant", np.full(100, 1.5)),
    ],
)
def test_the_distribution_that_hours_come_from_is_found(
    name: str, hours: "np.ndarray[tuple[int], np.dtype[np.float64]]"
) -> None:
    assert shape(hours) == name

"""A start that is not behind the company is seen, and one that is passes."""

import numpy as np
import pytest

from sim import load
from sim.scenario.dated import altered
from sim.scenario.load import with_days
from sim.study.compare.intervals import Estimate
from sim.study.compare.start import Drift, Start, most_cut, mser, start, wandered
from sim.study.together import Together


def test_mser_leaves_out_what_has_not_settled() -> None:
    luck = np.random.default_rng(1).normal(0.0, 1.0, 60)
    settling = luck + 30.0 * np.exp(-np.arange(60) / 4.0)
    assert mser(luck) == 0
    assert (mser(settling) or 0) >= 10
    assert mser(luck[:15]) is None


def test_a_line_is_measured_from_first_week_to_last() -> None:
    rows = np.array([np.linspace(0.0, 3.0, 20), np.linspace(5.0, 10.0, 20)])
    found = wandered(rows)
    assert found.mean == pytest.approx(4.0)
    assert found.low < 0.0 < found.high


def test_a_workshop_starts_near_where_it_settles() -> None:
    base = with_days(load("claims/workshop"), 100)
    together = Together(1, jobs=1)
    together.live([(base, 3)])
    found = start(together, base, range(3))
    assert [drift.outcome for drift in found.drifts] == ["morale", "orientation", "flaws"]
    assert not any(drift.is_seen for drift in found.drifts)
    assert not found.warm_up_is_short


def test_a_company_that_gets_worse_while_it_is_observed_is_seen() -> None:
    worse = altered(with_days(load("claims/workshop"), 100), {"laws.flaws_per_year": 40, "laws.flaw_years": 50})
    together = Together(1, jobs=1)
    together.live([(worse, 3)])
    seen = {drift.outcome: drift.is_seen for drift in start(together, worse, range(3)).drifts}
    assert seen["flaws"] or seen["morale"]


def test_a_dated_change_is_no_drift() -> None:
    base = load("claims/b05-authoritarian-chief")
    shorter = with_days(base, base.changes[0].day + 60)
    together = Together(1, jobs=1)
    together.live([(shorter, 2)])
    found = start(together, shorter, range(2))
    assert found.cut_weeks is None
    assert not any(drift.is_seen for drift in found.drifts)


def test_a_start_is_behind_only_where_every_drift_is_known_to_be_small() -> None:
    small, wide, seen = (
        Drift("morale", Estimate(mean, mean - half, mean + half, 10))
        for mean, half in ((0.1, 0.5), (0.1, 3.0), (3.0, 1.0))
    )

    def settled(*drifts: Drift, cut: int | None = 0, has_cut: bool = True) -> str:
        return Start("base", drifts, (), cut, has_cut, 4.0).settled

    assert settled(small) == "behind"
    assert settled(small, wide) == "hidden"
    assert settled(small, seen) == "moving"
    assert settled(small, cut=10) == "moving"
    assert settled(small, cut=10, has_cut=False) == "hidden"
    assert settled(cut=None) == "not examined"


def test_a_cut_at_the_end_of_the_search_is_none() -> None:
    growing = np.arange(60.0)
    assert mser(growing) == most_cut(growing) == 30


def test_the_difference_to_the_base_is_looked_at_too() -> None:
    base = with_days(load("claims/workshop"), 100)
    worse = altered(base, {"laws.flaws_per_year": 40, "laws.flaw_years": 50}).model_copy(update={"name": "worse"})
    together = Together(1, jobs=1)
    together.live([(base, 3), (worse, 3)])
    found = start(together, worse, range(3), base)
    assert [drift.outcome for drift in found.apart] == ["morale", "orientation", "flaws"]
    assert any(drift.is_seen for drift in found.apart)
    assert not start(together, worse, range(3)).apart

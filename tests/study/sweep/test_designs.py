"""Designs: which points are tried."""

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.study.sweep.asked import read_study
from sim.study.sweep.designs import Designed, designed, size
from tests.study.sweep.small import FACTORS, written


def made(folder: Path, **keys: Any) -> Designed:
    asked = read_study(written(folder, **keys))
    found = designed(asked)
    if keys["design"]["kind"] != "points":
        assert len(found.points) == size(asked)
    return found


def test_a_grid_holds_every_combination_once(tmp_path: Path) -> None:
    found = made(tmp_path, design={"kind": "grid", "steps": 3})
    assert {point.values for point in found.points} == {(s, d) for s in (1, 2, 3) for d in (0.0, 0.5, 1.0)}


def test_a_fraction_of_a_grid_is_balanced(tmp_path: Path) -> None:
    three = FACTORS | {"share": {"key": "management.decision_share", "range": [0, 1]}}
    found = made(tmp_path, design={"kind": "grid", "steps": 3, "fraction": 3}, factors=three)
    for one, two in ((0, 1), (1, 2), (0, 2)):  # each pair of levels of two factors meets once
        assert set(Counter((point.values[one], point.values[two]) for point in found.points).values()) == {1}


def test_one_at_a_time_moves_one_and_leaves_the_others(tmp_path: Path) -> None:
    found = made(tmp_path, design={"kind": "one_at_a_time"})
    base = found.points[0].values
    assert base == (2, 0.4)
    assert all(sum(one != two for one, two in zip(point.values, base, strict=True)) == 1 for point in found.points[1:])


@pytest.mark.parametrize("kind", ["latin_hypercube", "sobol_sequence"])
def test_points_that_fill_the_space_are_spread_evenly(tmp_path: Path, kind: str) -> None:
    found = made(tmp_path, design={"kind": kind, "points": 30})
    assert found.shares is not None
    assert stats.kstest(found.shares[:, 1], "uniform").pvalue > 0.2
    assert Counter(point.values[0] for point in found.points).keys() == {1, 2, 3}
    again = made(tmp_path, design={"kind": kind, "points": 30, "seed": 2})
    assert not np.array_equal(found.shares, again.shares if again.shares is not None else found.shares)


@pytest.mark.parametrize(
    ("believed", "theirs"),
    [
        ({"uniform": [2, 4]}, stats.uniform(2, 2)),
        ({"triangular": [0, 1, 4]}, stats.triang(0.25, 0, 4)),
        ({"normal": [5, 0.5]}, stats.norm(5, 0.5)),
        ({"lognormal": [2, 0.5]}, stats.lognorm(np.sqrt(np.log(1.25)), scale=2 / np.sqrt(1.25))),
        ({"beta": [2, 3, 1, 5]}, stats.beta(2, 3, 1, 4)),
    ],
)
def test_beliefs_are_drawn_from(tmp_path: Path, believed: dict[str, list[float]], theirs: Any) -> None:
    factor = {"key": "management.decision_hours", "distribution": believed}
    found = made(tmp_path, design={"kind": "latin_hypercube", "points": 400}, factors={"hours": factor})
    values = np.array([point.values[0] for point in found.points], float)
    assert stats.kstest(values, theirs.cdf).statistic < 2.0 / 400
    assert values.mean() == pytest.approx(theirs.mean(), rel=0.02)


def test_several_keys_move_with_one_factor(tmp_path: Path) -> None:
    keys = {"management.delegation": "trust", "management.layers": "round(4 - 2 * trust)"}
    found = made(tmp_path, design={"kind": "grid", "steps": 2}, factors={"trust": {"keys": keys, "range": [0, 1]}})
    assert [dict(point.keys) for point in found.points] == [
        {"management.delegation": 0.0, "management.layers": 4},
        {"management.delegation": 1.0, "management.layers": 2},
    ]


def test_points_come_from_a_table(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("delegation,staff\n0.5,1\n1,3\n0.5,1\n", encoding="utf-8")
    found = made(tmp_path, design={"kind": "points", "file": "points.csv"})
    assert [point.values for point in found.points] == [(1, 0.5), (3, 1), (1, 0.5)]
    assert len(found.different) == 2


def test_a_point_keeps_its_name_when_the_design_grows(tmp_path: Path) -> None:
    small = made(tmp_path, design={"kind": "grid", "steps": 2})
    large = made(tmp_path, design={"kind": "grid", "steps": 3})
    assert small.different.keys() < large.different.keys()

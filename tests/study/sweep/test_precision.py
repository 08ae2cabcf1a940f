"""A study that is asked for a precision adds replications until it has it, and says so where it may not."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from sim.scenario.problems import ScenarioError
from sim.study.sweep.asked import read_study
from sim.study.sweep.precision import half_width, replications_needed
from tests.study.sweep.small import carried, written

RESPONSE = "customer_delay_hours"


def test_replications_are_added_until_means_are_precise_enough(tmp_path: Path) -> None:
    rough = carried(written(tmp_path, replications=3), tmp_path / "rough")
    wanted = half_width(rough.table, rough.designed.different, 3, RESPONSE) / 6.0
    found = carried(written(tmp_path, replications=3, precision={RESPONSE: wanted}), tmp_path / "fine")
    counts = found.table.groupby("point").size()
    assert counts.nunique() == 1
    assert counts.iloc[0] > 6
    widths = [
        t.ppf(0.975, len(runs) - 1) * runs.std(ddof=1) / math.sqrt(len(runs))
        for _, runs in found.table.groupby("point")[RESPONSE]
    ]
    assert found.precision[RESPONSE] == pytest.approx(np.sqrt(np.mean(np.square(widths))))
    assert found.precision[RESPONSE] <= wanted


def test_a_study_that_was_stopped_ends_with_the_same_replications(tmp_path: Path) -> None:
    file = written(tmp_path, replications=2, precision={RESPONSE: 0.02}, most_replications=20)
    whole = carried(file, tmp_path / "whole")
    carried(written(tmp_path, replications=6), tmp_path / "begun")  # more than the first round, fewer than the last
    written(tmp_path, replications=2, precision={RESPONSE: 0.02}, most_replications=20)
    resumed = carried(file, tmp_path / "begun")
    pd.testing.assert_frame_equal(whole.table, resumed.table)


@pytest.mark.parametrize(
    ("keys", "most"), [({"most_replications": 5}, 5), ({"budget": {"runs": 70}}, 7), ({"budget": {"runs": 18}}, 2)]
)
def test_it_stops_at_its_limits_and_says_what_it_reached(tmp_path: Path, keys: dict[str, Any], most: int) -> None:
    found = carried(written(tmp_path, replications=2, precision={RESPONSE: 1e-6}, **keys), tmp_path / "out")
    assert found.table["replication"].max() + 1 == most
    assert found.precision[RESPONSE] > 1e-6


def test_needed_replications_follow_the_square_root() -> None:
    assert replications_needed({"a": 1.0}, {"a": 1.0}, 10, 100) == 10
    assert replications_needed({"a": 1.0}, {"a": 1.2}, 10, 100) == 16
    assert replications_needed({"a": 1.0, "b": 1.0}, {"a": 0.5, "b": 9.0}, 10, 100) == 20
    assert replications_needed({"a": 1.0}, {"a": 9.0}, 10, 12) == 12
    assert replications_needed({"a": 1.0}, {"a": math.nan}, 10, 100) == 10


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"precision": {"customer_delay": 1.0}}, f"is no response of this study.*{RESPONSE}"),
        ({"precision": {RESPONSE: 0.0}}, "precision"),
        ({"precision": {RESPONSE: 1.0}, "replications": 1}, "at least two to begin with"),
    ],
)
def test_a_precision_of_nothing_is_refused(tmp_path: Path, keys: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        read_study(written(tmp_path, **keys))

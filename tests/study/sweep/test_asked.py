"""What a study file may say: each mistake is named with its line, its rule and the nearest valid word."""

from pathlib import Path
from typing import Any

import pytest

from sim.scenario.problems import ScenarioError
from sim.study.sweep.asked import read_study
from sim.study.sweep.study import Study
from tests.study.sweep.small import FACTORS, carried, written

DELEGATION = {"key": "management.delegation", "range": [0, 1]}


def refused(folder: Path, **keys: Any) -> str:
    file = written(folder, **keys)
    with pytest.raises(ScenarioError) as caught:
        Study(read_study(file))
    [problem] = caught.value.problems
    assert problem.line > 0
    return str(problem).removeprefix(str(folder))


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"factors": {"d": {"key": "management.delegaton", "range": [0, 1]}}}, "nearest: management.delegation"),
        ({"factors": {"d": {"key": "departments.frnt.staff", "range": [1, 2]}}}, "nearest: departments.front.staff"),
        (
            {"factors": {"d": {"key": "management.delegation", "range": [0, 2]}}},
            "factors.d.range: management.delegation",
        ),
        ({"factors": {"d": {"key": "management.delegation", "range": [1, 0]}}}, "the second must be above the first"),
        ({"factors": {"d": {"key": "management.layers", "levels": [2, 99]}}}, "factors.d.levels: management.layers"),
        ({"factors": {"d": {"key": "management.delegation"}}}, "needs one of range, levels, distribution"),
        ({"factors": {"d": {**DELEGATION, "levels": [0, 1]}}}, "one of range, levels, distribution"),
        ({"factors": {"d": {"range": [0, 1]}}}, "either one key, or keys with arithmetic"),
        ({"factors": {"d": DELEGATION, "e": DELEGATION}}, "is moved by d too"),
        ({"factors": {"point": DELEGATION}}, "none of error, point"),
        ({"factors": {"d": {"keys": {"management.delegation": "1 - dd"}, "range": [0, 1]}}}, "nearest: d"),
        ({"factors": {"d": {"keys": {"management.delegation": "d["}, "range": [0, 1]}}}, "is no arithmetic"),
        ({"factors": {"d": {**DELEGATION, "rnge": 1}}}, "nearest: range"),
        ({"design": {"kind": "grd"}}, "nearest: grid"),
        ({"design": {"kind": "latin_hypercube"}}, "design.points: latin_hypercube needs it"),
        ({"design": {"kind": "grid", "points": 9}}, "design.points: has no meaning for grid"),
        ({"design": {"kind": "sobol_indices", "points": 12}}, "must be a power of 2, as 8 or 16"),
        ({"base": "smal.yaml"}, "base: 'smal.yaml'"),
        ({"replications": 0}, "replications"),
        ({"decisions": ["staff"], "design": {"kind": "latin_hypercube", "points": 9}}, "decisions: need a grid"),
        ({"decisions": ["stff"]}, "nearest: staff"),
        ({"decisions": ["staff", "delegation"]}, "name only some of the factors"),
        ({"desing": {}}, "nearest: design"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, keys: dict[str, Any], said: str) -> None:
    assert said in refused(tmp_path, **keys)


def test_a_response_that_nothing_gives_is_named(tmp_path: Path) -> None:
    file = written(tmp_path, responses=["customer_delay_hour"])
    said = r"study.yaml:\d+: responses.0: 'customer_delay_hour' is no outcome .*nearest: customer_delay_hours"
    with pytest.raises(ScenarioError, match=said):
        Study(read_study(file))


@pytest.mark.parametrize("budget", [{"runs": 17}, {"hours": 1e-9}, {"megabytes": 1e-6}])
def test_a_study_beyond_its_budget_does_not_begin(tmp_path: Path, budget: dict[str, float]) -> None:
    with pytest.raises(ScenarioError, match=rf"study.yaml:\d+: budget.{next(iter(budget))}: "):
        carried(written(tmp_path, budget=budget), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_table_of_points_needs_the_factors_as_columns(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("staf,delegation\n1,0.5\n", encoding="utf-8")
    file = written(tmp_path, design={"kind": "points", "file": "points.csv"}, factors=FACTORS)
    with pytest.raises(ScenarioError, match=r"points.csv:1: staff: there is no such column \(nearest: staf\)"):
        Study(read_study(file))


@pytest.mark.parametrize("design", [{"kind": "morris", "trajectories": 2}, {"kind": "sobol_indices", "points": 2}])
def test_a_design_that_needs_a_library_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, design: dict[str, Any]
) -> None:
    monkeypatch.setattr("sim.study.sweep.designs.find_spec", lambda _: None)
    assert "needs SALib: python -m pip install" in refused(tmp_path, design=design)

"""Comparisons: the same whoever works and however often, extended without doing anything twice."""

import json
import math
import re
import shlex
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sim import compare, load
from sim.model.engines import Engine
from sim.scenario.dated import altered
from sim.scenario.load import with_days
from sim.scenario.schema import Scenario
from sim.study import observed
from sim.study.compare.about import default_folder
from sim.study.compare.asked import ComparisonError
from sim.study.compare.comparison import compare_scenarios
from sim.study.compare.naming import apart, precision_of
from sim.study.compare.stated import BETTER, verdict
from sim.study.folder import FolderError
from sim.study.unfinished import workplace

TABLES = ("outcomes.parquet", "weekly.parquet", "summary.csv")


def shops(count: int = 2) -> list[Scenario]:
    """Small companies of short lives: more and more people in IT."""
    base = with_days(load("claims/workshop"), 20).model_copy(update={"warm_up_days": 5, "name": "base"})
    others = [altered(base, {"departments.it.staff": 3 + more}) for more in range(1, count)]
    return [base, *(other.model_copy(update={"name": f"it {n}"}) for n, other in enumerate(others, start=4))]


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in TABLES}


def test_jobs_and_interruptions_change_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    companies = shops()
    compare(*companies, replications=3, jobs=1, out=tmp_path / "serial", report=False)
    compare(*companies, replications=3, jobs=2, out=tmp_path / "parallel", report=False)
    once = contents(tmp_path / "serial")
    assert contents(tmp_path / "parallel") == once

    def stop(share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare(*companies, replications=3, jobs=1, out=tmp_path / "resumed", progress=stop, report=False)
    assert not (tmp_path / "resumed").exists()
    kept = list((workplace(tmp_path / "resumed") / "runs").glob("*.parquet"))
    assert len(kept) == 4
    compare(*companies, replications=3, jobs=1, out=tmp_path / "resumed", report=False)
    assert contents(tmp_path / "resumed") == once
    assert not workplace(tmp_path / "resumed").exists()


@pytest.mark.parametrize("key", ["days", "warm_up_days"])
def test_scenarios_that_do_not_live_through_the_same_days_are_refused(key: str) -> None:
    base, other = shops()
    with pytest.raises(ComparisonError, match=rf"it 4: {key}: 7 is not allowed: .* base has (20|5)"):
        compare_scenarios([base, other.model_copy(update={key: 7})], replications=2, jobs=1)


def test_a_folder_of_results_gives_its_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    companies = shops()
    out = tmp_path / "out"
    compare(*companies, replications=2, jobs=1, out=out, report=False)
    simulated: list[int] = []
    monkeypatch.setattr(
        "sim.study.together.observe",
        lambda scenario, seed, number, engine: simulated.append(number) or observed.observe(scenario, seed, number),
    )
    compare(*companies, replications=3, jobs=1, out=out, report=False)
    assert simulated == [2, 2]
    assert pd.read_parquet(out / "outcomes.parquet")["replication"].nunique() == 3
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["kind"] == "comparison"
    (tmp_path / "mine").mkdir()
    with pytest.raises(FolderError, match="is no comparison"):
        compare(*companies, replications=2, jobs=1, out=tmp_path / "mine", report=False)


def test_a_folder_that_only_looks_like_unfinished_work_is_not_touched(tmp_path: Path) -> None:
    mine = workplace(tmp_path / "out")
    mine.mkdir()
    (mine / "letter.txt").touch()
    with pytest.raises(FolderError, match="not ours"):
        compare(*shops(), replications=2, jobs=1, out=tmp_path / "out", report=False)
    assert [item.name for item in mine.iterdir()] == ["letter.txt"]


def test_another_comparison_has_a_folder_of_its_own(tmp_path: Path) -> None:
    first = default_folder(tmp_path, shops(), 1)
    compare(*shops(), replications=2, jobs=1, out=first, report=False)
    assert {item.name for item in first.iterdir()} >= {"manifest.json", "runs"}
    assert default_folder(tmp_path, shops(), 1) == first
    base, _, third = shops(3)
    assert default_folder(tmp_path, [base, third], 1).name == "base-compared-2"
    assert default_folder(tmp_path, shops(), 2).name == "base-compared-2"


def test_a_failing_replication_is_left_out_everywhere_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(scenario: Scenario, seed: int, number: int, engine: Engine) -> observed.Observed:
        if number == 1 and scenario.name != "base":
            raise RuntimeError("no luck")
        return observed.observe(scenario, seed, number)

    monkeypatch.setattr("sim.study.together.observe", fail)
    found = compare(*shops(), replications=3, jobs=1, out=tmp_path / "out", report=False)
    assert found.replications == (0, 2)
    [row] = pd.read_csv(tmp_path / "out" / "failures.csv").to_dict("records")
    assert (row["scenario"], row["replication"], row["message"]) == ("it 4", 1, "RuntimeError: no luck")
    python, option, code = shlex.split(row["alone"])
    assert (python, option) == ("python", "-c")
    assert code.endswith("observe(load('scenarios/it 4.yaml'), 1, 1)")


def test_the_summary_has_differences_of_the_others_only(tmp_path: Path) -> None:
    found = compare_scenarios(shops(3), replications=4, jobs=1, stated=["utilisation", "morale"])
    _, _, summary = found.tables()
    assert found.family == 4
    base = summary[summary["scenario"] == "base"]
    assert base["difference"].isna().all()
    row = summary[(summary["scenario"] == "it 5") & (summary["outcome"] == "utilisation")].iloc[0]
    assert row["verdict"] == "lower"
    assert row["difference_low"] <= row["difference"] <= row["difference_high"] < 0
    assert (summary[summary["outcome"] == "sales"]["verdict"] == "").all()


def test_precision_adds_replications_until_the_interval_is_narrow() -> None:
    wide = compare_scenarios(shops(), jobs=1, stated=["utilisation"])
    half = wide.difference(wide.others[0], "utilisation").half_width
    narrow = compare_scenarios(shops(), jobs=1, stated=["utilisation"], precision={"utilisation": 0.8 * half})
    assert len(wide.replications) == 10 < len(narrow.replications)
    assert narrow.difference(narrow.others[0], "utilisation").half_width <= 0.8 * half
    least = compare_scenarios(shops(), jobs=1, replications=2, precision={"utilisation": 1e-9}, most=12)
    assert len(least.replications) == 12


def with_gaps(scenario: Scenario, seed: int, number: int, engine: Engine) -> observed.Observed:
    """Every third replication has no value for the use of people's time."""
    found = observed.observe(scenario, seed, number)
    if number % 3:
        return found
    return replace(found, totals=dict(found.totals) | {("utilisation", "company", ""): math.nan})


def test_an_interval_of_fewer_than_ten_pairs_is_never_narrow_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.study.together.observe", with_gaps)
    found = compare_scenarios(shops(), jobs=1, stated=["utilisation"], precision={"utilisation": 1e9})
    assert found.difference(found.others[0], "utilisation").n >= 10
    assert len(found.replications) < 20


def test_a_precision_that_was_not_reached_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = compare_scenarios(shops(), jobs=1, precision={"morale": 1e-6, "utilisation": 1e9}, most=10)
    assert list(found.missed) == ["morale"]
    asked, reached = found.missed["morale"]
    assert asked == 1e-6 < reached
    alone = compare_scenarios(shops(), replications=1, jobs=1)
    without = replace(alone, precision={"morale": 5.0})
    assert math.isnan(without.missed["morale"].reached)


def all_alike(scenario: Scenario, seed: int, number: int, engine: Engine) -> observed.Observed:
    """The use of people's time is the same in every replication of a scenario."""
    found = observed.observe(scenario, seed, number)
    alike = 0.5 if scenario.name == "base" else 0.25
    return replace(found, totals=dict(found.totals) | {("utilisation", "company", ""): alike})


def test_pairs_that_are_all_alike_are_known_only_where_nothing_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    base, _ = shops()
    twin = base.model_copy(update={"name": "twin"})
    same = compare_scenarios([base, twin], jobs=1, precision={"morale": 1e-9}, most=12)
    assert len(same.replications) == 10
    assert not same.missed
    monkeypatch.setattr("sim.study.together.observe", all_alike)
    fixed = compare_scenarios(shops(), jobs=1, precision={"utilisation": 1e6}, most=12)
    assert fixed.difference(fixed.others[0], "utilisation").half_width == 0.0
    assert len(fixed.replications) == 12


def test_why_nobody_is_selected_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    assert compare_scenarios(shops(), replications=3, jobs=1).unchosen == "replications"
    assert compare_scenarios(shops(), replications=3, jobs=1, stated=["utilisation"]).unchosen == "direction"
    assert compare_scenarios(shops(), replications=3, jobs=1, stated=["profit"]).unchosen == "zone"
    enough = compare_scenarios(shops(), replications=10, jobs=1)
    assert enough.unchosen is None
    with pytest.raises(ComparisonError, match="has no better and no worse"):
        enough.best("utilisation", 0.1)


def test_the_summary_says_how_many_intervals_hold_at_once() -> None:
    found = compare_scenarios(shops(3), replications=2, jobs=1, stated=["utilisation", "morale"])
    _, _, summary = found.tables()
    others = summary[summary["scenario"] != "base"].set_index("outcome")["intervals_at_once"]
    assert set(others["morale"]) == {4}
    assert set(others["sales"]) == {1}
    assert summary[summary["scenario"] == "base"]["intervals_at_once"].isna().all()


def test_what_cannot_be_compared_is_refused_in_words() -> None:
    base, other = shops()
    with pytest.raises(ComparisonError, match="at least two"):
        compare_scenarios([base])
    with pytest.raises(ComparisonError, match="'base' names two"):
        compare_scenarios([base, base])
    with pytest.raises(ComparisonError, match=r"'moral' is no outcome of base \(nearest: morale\)"):
        compare_scenarios([base, other], replications=2, jobs=1, stated=["moral"])
    with pytest.raises(ComparisonError, match="is not OUTCOME=HALFWIDTH"):
        precision_of(["morale=much"])
    assert precision_of(["morale=.5"]) == {"morale": 0.5}


def test_equal_names_take_the_stem_of_their_file() -> None:
    base = shops()[0]
    assert [item.name for item in apart([("a/flat.yaml", base), ("b/tall.yaml", base)])] == ["flat", "tall"]
    with pytest.raises(ComparisonError, match="give one of them a name of its own"):
        apart([("a/flat.yaml", base), ("b/flat.yaml", base)])


def test_a_name_from_a_file_must_be_a_name() -> None:
    base = shops()[0]
    for file, bad in (("=1+1,<b>.yaml", "=1+1,<b>"), ('a"b.yml', 'a"b'), ("p.v1", "p.v1")):
        with pytest.raises(ComparisonError, match=re.escape(f"'{bad}' is not allowed: a name")):
            apart([(f"there/{file}", base), ("b/flat.yaml", base)])


def test_verdicts_follow_the_direction_of_the_outcome() -> None:
    assert verdict("morale", 0.1, 0.2) == "better"
    assert verdict("cost", 0.1, 0.2) == "worse"
    assert verdict("utilisation", -0.2, -0.1) == "lower"
    assert verdict("morale", -0.1, 0.2) == "not distinguishable"
    assert verdict("morale", float("nan"), float("nan")) == "not distinguishable"
    assert set(BETTER.values()) == {1, -1}

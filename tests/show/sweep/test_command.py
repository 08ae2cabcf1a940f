"""``customer-chain study`` as a user types it: what it prints and leaves, in both languages; charts that say it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from scipy.stats import ttest_1samp

from sim import run_study
from sim.cli import main
from sim.show.language import speaking
from sim.show.style import look
from sim.show.sweep.charts import (
    draw_differences,
    draw_effects,
    draw_indices,
    draw_regret,
    draw_screening,
    draw_together,
)
from sim.study.sweep.robust import regret
from sim.study.sweep.sensitivity import differences, interactions, main_effects, morris_table, sobol_indices
from tests.study.sweep.small import carried, written

RESPONSE = "customer_delay_hours"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_check_says_what_it_would_cost_and_writes_nothing() -> None:
    written(Path())
    result = typed("check", "study.yaml")
    assert result.exit_code == 0, result.output
    assert "study.yaml: 9 points, 18 runs, of which 18 are missing" in result.stdout
    [said] = json.loads(typed("check", "study", "--json").stdout)["studies"]
    assert (said["points"], said["runs"]) == (9, 18)
    assert {path.name for path in Path().iterdir()} == {"small.yaml", "study.yaml"}


@pytest.mark.parametrize("words", [("study", "study.yaml"), ("check", "study.yaml")])
def test_a_study_that_is_not_right_is_one_line_and_leaves_nothing(words: tuple[str, ...]) -> None:
    written(Path(), design={"kind": "grd"})
    result = typed(*words)
    assert result.exit_code == 2
    assert result.stderr.startswith("study.yaml:")
    assert result.stderr.count("\n") == 1
    assert not Path("results").exists()


def test_a_study_beyond_its_budget_is_refused() -> None:
    written(Path(), budget={"runs": 3})
    result = typed("study", "study.yaml", "--jobs", "1")
    assert result.exit_code == 2
    assert "budget.runs: 3: the study needs 18" in result.stderr


@pytest.mark.parametrize(("language", "said"), [("en", "9 points of"), ("es", "9 puntos de")])
def test_it_prints_a_table_and_leaves_runs_and_charts(language: str, said: str) -> None:
    written(Path(), name="mine")
    result = typed("study", "study.yaml", "--jobs", "1", "--lang", language)
    assert result.exit_code == 0, result.output
    assert said in result.stdout
    left = {str(path.relative_to("results/mine")) for path in Path("results/mine").rglob("*") if path.is_file()}
    assert {"base.yaml", "manifest.json", "study.yaml", f"analysis/{RESPONSE}.png"} <= left
    assert {f"analysis/{RESPONSE}-together.csv", "analysis/utilisation-of-front.csv"} <= left
    assert len(pd.read_parquet("results/mine/runs")) == 18


def test_failures_are_told_and_do_not_stop_the_rest() -> None:
    keys = {"management.delegation": "d * 2"}
    written(Path(), factors={"d": {"keys": keys, "range": [0.0, 1.0]}}, design={"kind": "sobol_indices", "points": 4})
    result = typed("study", "study.yaml", "--jobs", "1")
    assert result.exit_code == 0, result.output
    assert "runs failed, first point" in result.stdout
    assert "so these indices cannot be had" in Path("results/study/analysis/notes.txt").read_text(encoding="utf-8")


def test_from_python_with_points_of_ones_own() -> None:
    file = written(Path())
    points = pd.DataFrame({"delegation": [0.1, 0.2, 0.3], "staff": [1, 2, 2]})
    found = run_study(file, points=points, out="mine", jobs=1)
    assert len(found.table) == 6
    assert set(found.table["delegation"]) == {0.1, 0.2, 0.3}


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_ctrl_c_keeps_what_was_done_and_says_how_to_go_on() -> None:
    written(Path(), design={"kind": "latin_hypercube", "points": 3000})
    process = subprocess.Popen(
        [sys.executable, "-m", "sim.cli", "study", "study.yaml", "--out", "out"],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 120.0
    while not list(Path("out/runs").glob("*.parquet")) and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60.0)
    assert process.returncode == 130
    assert (
        said.decode()
        .strip()
        .endswith("stopped; runs that were done are kept in out; the same command goes on from there")
    )
    assert len(pd.read_parquet("out/runs")) > 0


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("design", "analysed", "draw"),
    [
        ({"kind": "grid"}, main_effects, draw_effects),
        ({"kind": "grid"}, interactions, draw_together),
        ({"kind": "grid"}, regret, draw_regret),
        ({"kind": "one_at_a_time"}, differences, draw_differences),
        ({"kind": "latin_hypercube", "points": 20}, main_effects, draw_effects),
        ({"kind": "morris", "trajectories": 4}, morris_table, draw_screening),
        ({"kind": "sobol_indices", "points": 8}, sobol_indices, draw_indices),
    ],
)
def test_every_chart_is_drawn_within_its_sheet(design: dict[str, Any], analysed: Any, draw: Any, language: str) -> None:
    found = carried(written(Path(), design=design, decisions=["staff"] if draw is draw_regret else []), Path("out"))
    with look():
        sheet = draw(found, RESPONSE, analysed(found, RESPONSE), speaking(language))
        renderer = sheet.canvas.get_renderer()
        for text in sheet.findobj(lambda item: hasattr(item, "get_text") and item.get_text()):
            box = text.get_window_extent(renderer)
            assert box.x0 >= -1 and box.x1 <= sheet.bbox.x1 + 1, text.get_text()  # noqa: PT018


def test_main_effects_are_the_means_of_their_levels() -> None:
    found = carried(written(Path()), Path("out"))
    effects = main_effects(found, RESPONSE).set_index(["factor", "level"])["mean"]
    for factor in ("staff", "delegation"):
        for level, runs in found.table.groupby(factor):
            assert effects[factor, level] == pytest.approx(runs[RESPONSE].mean())


def test_one_at_a_time_shows_what_each_factor_alone_changes_on_the_same_luck() -> None:
    found = carried(written(Path(), design={"kind": "one_at_a_time"}, replications=4), Path("out"))
    table = differences(found, RESPONSE).set_index(["factor", "level"])
    wide = found.table.pivot_table(index="replication", columns=["staff", "delegation"], values=RESPONSE)
    pairs = wide[3, 0.4] - wide[2, 0.4]
    t = ttest_1samp(pairs, 0.0).confidence_interval(0.95)
    row = table.loc[("staff", 3)]
    assert (row["difference"], row["low"], row["high"]) == pytest.approx((pairs.mean(), t.low, t.high))
    assert set(table.index) == {("staff", 1), ("staff", 3), ("delegation", 0.0), ("delegation", 1.0)}


def test_factors_that_only_add_up_do_nothing_together() -> None:
    found = carried(written(Path()), Path("out"))
    table = found.table
    table["sum"] = 3.0 * table["staff"] + table["delegation"] ** 2
    table["product"] = (table["staff"] - 2) * (table["delegation"] - 0.5)
    assert interactions(found, "sum")["share"].iloc[0] == pytest.approx(0.0, abs=1e-12)
    assert interactions(found, "product")["share"].iloc[0] == pytest.approx(1.0)

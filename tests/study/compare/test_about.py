"""A folder of a comparison: what may take its place, and what it is taken for."""

import json
from pathlib import Path

import pytest

from sim import compare
from sim.scenario.dated import altered
from sim.study.compare.about import About, about_of, default_folder, may_replace
from sim.study.folder import FolderError
from sim.study.unfinished import resumed, workplace
from tests.study.compare.test_comparison import shops


def test_notes_of_a_user_stay_when_a_comparison_is_extended(tmp_path: Path) -> None:
    out = tmp_path / "out"
    compare(*shops(), replications=2, jobs=1, out=out, report=False)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    (out / "report.html").write_text("mine", encoding="utf-8")
    (out / "scenarios" / "mine.yaml").write_text("mine", encoding="utf-8")
    compare(*shops(3), replications=3, jobs=1, out=out, report=False)
    for file in ("notes.txt", "report.html", "scenarios/mine.yaml"):
        assert (out / file).read_text(encoding="utf-8") == "mine"
    assert (out / "scenarios" / "it 5.yaml").exists()
    files = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["files"]
    tables = ["outcomes.parquet", "summary.csv", "weekly.parquet"]
    assert files == sorted([*tables, *(f"scenarios/{name}.yaml" for name in ("base", "it 4", "it 5"))])


def test_results_of_something_else_are_not_replaced(tmp_path: Path) -> None:
    base, other, third = shops(3)
    out = tmp_path / "out"
    compare(base, other, replications=2, jobs=1, out=out, report=False)
    before = (out / "manifest.json").read_bytes()
    faster = altered(other, {"departments.it.handling_hours": 0.5})
    for scenarios, seed, said in (
        ((base, other), 2, "with seed 1, which would be lost"),
        ((base, third), 1, "with 'it 4', which would be lost"),
        ((other, base), 1, "with 'base' as its base, which"),
        ((base, faster), 1, "with another 'it 4': its file or its days have changed"),
    ):
        with pytest.raises(FolderError, match=said):
            compare(*scenarios, seed=seed, replications=2, jobs=1, out=out, report=False)
    assert (out / "manifest.json").read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["out"]


def test_a_report_is_not_taken_away_by_a_call_without_one(tmp_path: Path) -> None:
    about = About.of(shops(), 1)
    manifest = {"kind": "comparison", **about.written(), "files": ["report.html"]}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    may_replace(about, None)(tmp_path)
    with pytest.raises(FolderError, match="has a report, which --no-report would take away"):
        may_replace(about, "report.html")(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"kind": "comparison"}',
        '{"kind": "comparison", "seed": 1, "scenarios": 7}',
        '{"kind": "comparison", "seed": 1, "scenarios": ["a"]}',
        '{"kind": "comparison", "seed": 1, "scenarios": {}}',
        '{"kind": "comparison", "seed": 1, "scenarios": {"a": 1}}',
        '{"kind": "comparison", "seed": "x", "scenarios": {"a": {"sha256": "b"}}}',
        "[" * 100_000,
    ],
)
def test_a_manifest_of_odd_shape_is_no_comparison(text: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    assert about_of(tmp_path) is None
    with pytest.raises(FolderError, match="is no comparison"):
        may_replace(About.of(shops(), 1), None)(tmp_path)


def test_unfinished_work_of_others_is_not_taken_for_ones_own(tmp_path: Path) -> None:
    base, other, third = shops(3)
    out = default_folder(tmp_path, [base, other], 1)
    with (
        pytest.raises(KeyboardInterrupt),
        resumed(out, About.of([base, other], 1).written(), lambda folder: None) as folder,
    ):
        (folder / "runs" / "0.parquet").touch()
        raise KeyboardInterrupt
    assert workplace(out).is_dir()
    assert default_folder(tmp_path, [base, other], 1) == out
    assert default_folder(tmp_path, [base, third], 1).name == "base-compared-2"
    (workplace(out) / ".unfinished").write_text("", encoding="utf-8")
    assert default_folder(tmp_path, [base, other], 1).name == "base-compared-2"

"""What is not ours in a folder of results stays, wherever it lies."""

from pathlib import Path

from sim.study.foreign import carry_over


def written(folder: Path, *files: str) -> Path:
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(f"{folder.name}: {file}", encoding="utf-8")
    return folder


def files(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_all_but_ours_is_moved_with_its_folders(tmp_path: Path) -> None:
    old = written(
        tmp_path / "old", "a.csv", "charts/a.png", "notes.txt", "charts/mine.png", "mine/deep/x", "gone/b.csv"
    )
    (old / "empty").mkdir()
    (old / "link").symlink_to("nowhere")
    new = written(tmp_path / "new", "a.csv", "charts/a.png")
    carry_over(old, new, {"a.csv", "charts/a.png", "gone/b.csv"})
    assert files(new) == {"a.csv", "charts/a.png", "notes.txt", "charts/mine.png", "mine/deep/x"}
    assert (new / "a.csv").read_text(encoding="utf-8") == "new: a.csv"
    assert (new / "empty").is_dir()
    assert (new / "link").is_symlink()
    assert files(old) == {"a.csv", "charts/a.png", "gone/b.csv"}


def test_what_lies_in_our_way_gets_a_name_of_its_own(tmp_path: Path) -> None:
    old = written(tmp_path / "old", "report.html")
    new = written(tmp_path / "new", "report.html", "report.html.kept")
    carry_over(old, new, set())
    assert files(new) == {"report.html", "report.html.kept", "report.html.kept-2"}
    assert (new / "report.html.kept-2").read_text(encoding="utf-8") == "old: report.html"

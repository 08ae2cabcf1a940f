"""Work beside the folder that is wanted: whenever it ends, nothing that was done or was there is lost."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sim.study import unfinished
from sim.study.folder import FolderError
from sim.study.unfinished import resumed, unfinished_about, workplace

ABOUT = {"seed": 1}


class Killed(BaseException):
    """Stands for a process that is killed: nothing after it is done."""


@contextmanager
def work(out: Path) -> Iterator[Path]:
    with resumed(out, ABOUT, lambda folder: None) as folder:
        yield folder


def done(out: Path, *runs: str, text: str = "1") -> None:
    """A whole piece of work: a table, some runs, and a manifest."""
    with work(out) as folder:
        for run in runs:
            (folder / "runs" / f"{run}.parquet").write_text(run)
        (folder / "table.csv").write_text(text)
        (folder / "manifest.json").write_text(json.dumps({"files": ["table.csv"]}))


def held_in(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


OURS = {"table.csv", "manifest.json", "runs/0.parquet", "runs/1.parquet"}


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done(out, "0")
    (out / "notes.txt").write_text("mine")
    (out / "runs" / "mine.txt").write_text("mine")
    done(out, "1", text="2")
    assert held_in(out) == OURS | {"notes.txt", "runs/mine.txt"}
    assert (out / "table.csv").read_text() == "2"
    assert [item.name for item in tmp_path.iterdir()] == ["out"]


def test_an_error_keeps_new_runs_only(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "er" / "out"
    with pytest.raises(RuntimeError), work(out) as folder:
        (folder / "runs" / "0.parquet").write_text("0")
        (folder / "runs" / "1.half").write_text("1")
        (folder / "table.csv").write_text("1")
        raise RuntimeError
    assert held_in(out.parent) == {"out.unfinished/.unfinished", "out.unfinished/runs/0.parquet"}
    done(out, "1")
    assert held_in(out.parent) == {f"out/{file}" for file in OURS}
    with pytest.raises(RuntimeError), work(out):
        raise RuntimeError
    assert held_in(out.parent) == {f"out/{file}" for file in OURS}


def test_an_error_without_work_leaves_no_parents(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), work(tmp_path / "deep" / "er" / "out"):
        raise RuntimeError
    assert not list(tmp_path.iterdir())


def test_a_refusal_leaves_all_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").touch()

    def refuse(folder: Path) -> None:
        raise FolderError("no")

    with pytest.raises(FolderError, match="no"), resumed(tmp_path / "out", ABOUT, refuse):
        pytest.fail("the block must not be entered")
    assert held_in(tmp_path) == {"out/mine.txt"}
    assert [item.name for item in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("step", "is_there"),
    [*((step, there) for step in ("before", "between", "after") for there in (False, True)), ("taking over", True)],
)
def test_a_kill_while_folders_change_places_strands_nothing(
    step: str, is_there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    if is_there:
        done(out, "0", text="0")
        (out / "notes.txt").write_text("mine")
        (out / "second.txt").write_text("mine")
    with monkeypatch.context() as patched, pytest.raises(Killed):
        _kill(step, patched)
        done(out, "0", "1")
    done(out, text="2")
    assert held_in(out) == OURS | ({"notes.txt", "second.txt"} if is_there else set())
    assert [item.name for item in tmp_path.iterdir()] == ["out"]


def _kill(step: str, patched: pytest.MonkeyPatch) -> None:
    """Let the world end at a step of the change."""
    rename = Path.rename
    count = 0

    def killed(*_: object) -> None:
        raise Killed

    def killed_at_second(self: Path, target: Path) -> Path:
        nonlocal count
        count += self.suffix == ".txt"
        if count == 2:
            raise Killed
        return rename(self, target)

    def killed_between(self: Path, target: Path) -> Path:
        if self.name.endswith(".unfinished"):
            os.rename = killed  # type: ignore[assignment] # nothing comes back either
            raise Killed
        return rename(self, target)

    if step == "before":
        patched.setattr(unfinished, "_swap", killed)
    elif step == "between":
        patched.setattr(os, "rename", os.rename)
        patched.setattr(Path, "rename", killed_between)
    elif step == "after":
        patched.setattr(unfinished, "_settle", killed)
    else:
        patched.setattr(Path, "rename", killed_at_second)
        patched.setattr(unfinished.shutil, "rmtree", killed)


def test_what_was_there_comes_back_if_the_new_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    done(out, "0", text="0")
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if self == workplace(out):
            raise OSError(13, "Permission denied")
        return rename(self, target)

    with monkeypatch.context() as patched, pytest.raises(OSError, match="denied"):
        patched.setattr(Path, "rename", refused)
        done(out, "1")
    assert (out / "table.csv").read_text() == "0"
    with work(out) as folder:
        assert held_in(out) == OURS
        (folder / "table.csv").write_text("2")


def test_only_one_process_fills_a_folder(tmp_path: Path) -> None:
    with work(tmp_path / "out") as folder:
        (folder / "table.csv").write_text("1")
        with (
            pytest.raises(FolderError, match=f"is being filled by process {os.getpid()}"),
            work(tmp_path / "sub" / ".." / "out"),
        ):
            pytest.fail("the block must not be entered")
        assert (folder / "table.csv").read_text() == "1"
    assert held_in(tmp_path / "out") == {"table.csv"}


def test_the_mark_says_what_unfinished_work_is_about(tmp_path: Path) -> None:
    assert unfinished_about(tmp_path / "out") is None
    with work(tmp_path / "out") as folder:
        assert unfinished_about(tmp_path / "out") == ABOUT
        (folder / ".unfinished").write_text("[")
        assert unfinished_about(tmp_path / "out") is None


def test_places_that_cannot_be_replaced_are_refused_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    (here / "link").symlink_to(tmp_path)
    for out, said in ((".", "in which you stand"), ("..", "in which you stand"), ("link", "is a link, to")):
        with pytest.raises(FolderError, match=said), work(Path(out)):
            pytest.fail("the block must not be entered")
    for out in ("x" * 300, "x" * 250, "x" * 300 + "/out", "link/a/\ud800"):
        with pytest.raises(FolderError, match=r"cannot be made|no name"), work(Path(out)):
            pytest.fail("the block must not be entered")
    with pytest.raises(FolderError, match="mounted"), work(Path("/proc")):
        pytest.fail("the block must not be entered")
    assert [item.name for item in tmp_path.iterdir()] == ["here"]
    assert [item.name for item in here.iterdir()] == ["link"]


def test_a_folder_is_found_again_from_wherever_the_work_has_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    with work(Path("out")) as folder:
        (folder / "table.csv").write_text("1")
        monkeypatch.chdir(tmp_path / "elsewhere")
    assert held_in(tmp_path / "out") == {"table.csv"}

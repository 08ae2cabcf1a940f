"""The folder of results appears whole or not at all."""

from pathlib import Path

import pytest

from sim.study.folder import FolderError, filled, free_folder


def test_folder_appears_when_it_is_full(tmp_path: Path) -> None:
    with filled(tmp_path / "a" / "out") as folder:
        (folder / "x").write_text("x")
        assert not (tmp_path / "a" / "out").exists()
    assert (tmp_path / "a" / "out" / "x").read_text() == "x"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["out"]


def test_failure_leaves_nothing_not_even_parents(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), filled(tmp_path / "a" / "b" / "out") as folder:
        (folder / "x").write_text("x")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_folder_that_appears_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r".+"), filled(tmp_path / "out") as folder:
        (folder / "x").write_text("ours")
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "x").write_text("theirs")
    assert (tmp_path / "out" / "x").read_text() == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_existing_folder_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="exists already"), filled(tmp_path):
        pytest.fail("the block must not be entered")


def test_free_folder_counts_on(tmp_path: Path) -> None:
    assert free_folder(tmp_path, "plant") == tmp_path / "plant"
    (tmp_path / "plant").mkdir()
    (tmp_path / "plant-2").mkdir()
    assert free_folder(tmp_path, "plant") == tmp_path / "plant-3"

"""A study carried out: the same table wherever it runs, nothing lost, nothing done twice."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd
import psutil
import pytest
from pandas.testing import assert_frame_equal

from sim.study.folder import FolderError
from sim.study.sweep.asked import read_study
from sim.study.sweep.parts import Parts
from sim.study.sweep.robust import regret
from sim.study.sweep.runs import Batch, Run
from sim.study.sweep.study import Answers, Study, StudyError, here
from tests.study.sweep.small import FACTORS, carried, written

MANY = {"kind": "latin_hypercube", "points": 40}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The table of the study, undisturbed."""
    folder = tmp_path_factory.mktemp("whole")
    return carried(written(folder), folder / "out").table


def lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:  # it ended in between
        return False


class Counting:
    """Carries out batches one after another, counts runs, and may be stopped after some batches."""

    def __init__(self, most: int = 1_000_000, error: type[BaseException] = KeyboardInterrupt) -> None:
        self.runs, self._most, self._error = 0, most, error

    def __call__(self, function: Callable[[Batch], list[Run]], batches: Sequence[Batch]) -> Answers:
        for place, batch in enumerate(batches):
            if place == self._most:
                raise self._error
            self.runs += batch.runs
            yield place, function(batch)


def test_a_row_for_each_run_with_factors_and_outcomes(whole: pd.DataFrame) -> None:
    assert len(whole) == 18
    assert list(whole.columns[:5]) == ["point", "replication", "seed", "staff", "delegation"]
    assert whole["staff"].dtype == "int64"
    assert set(zip(whole["staff"], whole["delegation"], strict=True)) == {
        (staff, share) for staff in (1, 2, 3) for share in (0.0, 0.5, 1.0)
    }
    assert (whole["error"] == "").all()
    by_staff = whole.groupby("staff")["utilisation of front"].mean()
    assert by_staff[1] > by_staff[2] > by_staff[3]


@pytest.mark.parametrize("threads", [True, False], ids=["threads", "processes"])
def test_threads_and_processes_give_the_same_bytes(tmp_path: Path, whole: pd.DataFrame, threads: bool) -> None:
    found = carried(written(tmp_path), tmp_path / "out", here(2, threads=threads), jobs=2)
    assert_frame_equal(found.table, whole, check_exact=True)
    alone = carried(written(tmp_path / "alone"), tmp_path / "alone" / "out")
    [one], [other] = ((one.folder / "runs").glob("*") for one in (found, alone))
    assert one.name == other.name
    assert one.read_bytes() == other.read_bytes()


def test_the_reference_engine_gives_the_same_table(tmp_path: Path, whole: pd.DataFrame) -> None:
    study = Study(read_study(written(tmp_path)), engine="reference")
    assert_frame_equal(study.carry_out(tmp_path / "out", here(1)).table, whole, check_exact=True)


def test_what_is_there_is_not_run_again(tmp_path: Path, whole: pd.DataFrame) -> None:
    with pytest.raises(KeyboardInterrupt):
        carried(written(tmp_path), tmp_path / "out", Counting(most=2))
    again = Counting()
    found = carried(written(tmp_path), tmp_path / "out", again)
    assert 0 < again.runs < 18
    assert_frame_equal(found.table, whole, check_exact=True)
    none = Counting()
    carried(written(tmp_path), tmp_path / "out", none)
    assert none.runs == 0


def test_more_replications_and_a_larger_design_run_only_what_is_new(tmp_path: Path, whole: pd.DataFrame) -> None:
    small = {"kind": "grid", "steps": 2}
    carried(written(tmp_path, design=small, replications=1), tmp_path / "out")
    more = Counting()
    found = carried(written(tmp_path), tmp_path / "out", more)
    assert more.runs == 18 - 4
    assert_frame_equal(found.table, whole, check_exact=True)
    back = Counting()
    found = carried(written(tmp_path, design=small, replications=1), tmp_path / "out", back)
    assert (back.runs, len(found.table)) == (0, 4)


def test_parts_of_two_machines_are_merged_by_copying(tmp_path: Path, whole: pd.DataFrame) -> None:
    for name, staff in (("one", [1, 2]), ("other", [2, 3])):
        points = "".join(f"{number},{share}\n" for number in staff for share in (0.0, 0.5, 1.0))
        (tmp_path / name).mkdir()
        (tmp_path / name / "points.csv").write_text(f"staff,delegation\n{points}", encoding="utf-8")
        carried(written(tmp_path / name, design={"kind": "points", "file": "points.csv"}), tmp_path / name / "out")
    for file in (tmp_path / "other" / "out" / "runs").glob("*.parquet"):
        shutil.copy(file, tmp_path / "one" / "out" / "runs")
    none = Counting()
    found = carried(written(tmp_path), tmp_path / "one" / "out", none)
    assert none.runs == 0
    assert_frame_equal(found.table, whole, check_exact=True)


def test_a_part_that_is_not_right_is_named_set_aside_and_done_again(tmp_path: Path, whole: pd.DataFrame) -> None:
    folder = tmp_path / "out" / "runs"
    carried(written(tmp_path), tmp_path / "out")
    [good] = folder.glob("*.parquet")
    whole.to_parquet(folder / "foreign.parquet")
    shutil.copy(good, folder / "renamed.parquet")
    good.write_bytes(good.read_bytes()[:-100])
    found = carried(written(tmp_path), tmp_path / "out")
    assert len(found.set_aside) == 3
    assert any(good.name in said and "cannot be read" in said for said in found.set_aside)
    assert any("foreign.parquet is no part" in said for said in found.set_aside)
    assert any("renamed.parquet does not hold what its name says" in said for said in found.set_aside)
    assert len(list((tmp_path / "out" / "set-aside").iterdir())) == 3
    assert_frame_equal(found.table, whole, check_exact=True)


def test_a_bit_that_flipped_is_noticed(tmp_path: Path, whole: pd.DataFrame) -> None:
    carried(written(tmp_path), tmp_path / "out")
    [good] = (tmp_path / "out" / "runs").glob("*.parquet")
    content = bytearray(good.read_bytes())
    content[len(content) // 4] ^= 4
    good.write_bytes(content)
    found = carried(written(tmp_path), tmp_path / "out")
    assert len(found.set_aside) == 1
    assert_frame_equal(found.table, whole, check_exact=True)


def test_an_impossible_company_is_a_row_that_says_so(tmp_path: Path) -> None:
    keys = {"management.delegation": "delegation * 2"}
    factors = FACTORS | {"delegation": {"keys": keys, "range": [0.0, 1.0]}}
    found = carried(written(tmp_path, factors=factors), tmp_path / "out")
    bad = found.table[found.table["error"] != ""]
    assert set(bad["delegation"]) == {1.0}
    assert bad["error"].str.contains("no such company: management.delegation").all()
    assert bad["customer_delay_hours"].isna().all()
    assert found.failed == 6


def test_failures_are_tried_again_only_when_asked(tmp_path: Path, whole: pd.DataFrame) -> None:
    def failing(function: Callable[[Batch], list[Run]], batches: Sequence[Batch]) -> Answers:
        for place, batch in enumerate(batches):
            runs = function(batch)
            yield place, [runs[0]._replace(outcomes={}, error="OSError: lightning"), *runs[1:]]

    file, out = written(tmp_path), tmp_path / "out"
    bad = carried(file, out, failing).failed
    assert bad > 0
    assert carried(file, out).failed == bad
    found = carried(file, out, retry_failed=True)
    assert_frame_equal(found.table, whole, check_exact=True)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    carried(written(tmp_path), tmp_path / "out")
    with pytest.raises(FolderError, match="holds a study with another seed"):
        carried(written(tmp_path, seed=2), tmp_path / "out")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear", encoding="utf-8")
    with pytest.raises(FolderError, match="is not empty, and holds no study"):
        carried(written(tmp_path), tmp_path / "mine")


def test_few_files_hold_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: pd.DataFrame) -> None:
    monkeypatch.setattr("sim.study.sweep.study._KEEP_SECONDS", 0.0)
    monkeypatch.setattr("sim.study.sweep.study._BATCH_SECONDS", 0.0)
    most = 0
    original = Parts.write

    def counted(self: Parts, *arguments: object) -> None:
        nonlocal most
        original(self, *arguments)  # type: ignore[arg-type]
        most = max(most, len(list((tmp_path / "out" / "runs").glob("*.parquet"))))

    monkeypatch.setattr(Parts, "write", counted)
    found = carried(written(tmp_path, replications=10), tmp_path / "out")
    assert most < 70
    assert len(list((tmp_path / "out" / "runs").iterdir())) == 1
    assert len(found.table) == 90


def test_a_full_disk_stops_and_loses_nothing_that_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: pd.DataFrame
) -> None:
    from pyarrow import parquet  # noqa: PLC0415 - what is made to fail

    monkeypatch.setattr("sim.study.sweep.study._KEEP_SECONDS", 0.0)
    monkeypatch.setattr("sim.study.sweep.study._BATCH_SECONDS", 0.0)
    original, count = parquet.write_table, 0

    def full(table: object, where: Path, **options: object) -> None:
        nonlocal count
        count += 1
        if count > 5:
            where.write_bytes(b"PAR1")  # what there was room for
            raise OSError(28, "No space left on device")
        original(table, where, **options)

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
        patch.setattr(parquet, "write_table", full)
        carried(written(tmp_path), tmp_path / "out")
    assert len(list((tmp_path / "out" / "runs").iterdir())) == 5
    again = Counting()
    found = carried(written(tmp_path), tmp_path / "out", again)
    assert again.runs == 18 - 5
    assert_frame_equal(found.table, whole, check_exact=True)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_drivers_and_workers_cost_nothing_but_time(tmp_path: Path) -> None:
    undisturbed = carried(written(tmp_path / "quiet", design=MANY), tmp_path / "quiet" / "out").table
    file = written(tmp_path, design=MANY)
    program = (
        "from pathlib import Path\nimport sim.study.sweep.study as study\nfrom tests.study.sweep.small import carried\n"
        "study._KEEP_SECONDS = study._BATCH_SECONDS = 0.0\n"
        f"if __name__ == '__main__':\n"
        f"    carried(Path({str(file)!r}), Path({str(tmp_path / 'out')!r}), study.here(2), jobs=2)\n"
    )
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    for turn in range(2):
        driver = subprocess.Popen([sys.executable, tmp_path / "program.py"], env=environment)
        there = {one.name for one in (tmp_path / "out" / "runs").glob("*.parquet")}
        deadline = time.monotonic() + 60.0
        while {one.name for one in (tmp_path / "out" / "runs").glob("*.parquet")} == there and driver.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        workers = psutil.Process(driver.pid).children(recursive=True) if driver.poll() is None else []
        for victim in workers[:1] if turn == 0 else []:
            with suppress(psutil.NoSuchProcess):
                victim.kill()
        time.sleep(0.2 * turn)
        driver.send_signal(signal.SIGKILL)
        driver.wait()
        psutil.wait_procs(workers, timeout=2.0)
        assert not list(filter(lives, workers))
    found = carried(file, tmp_path / "out")
    assert_frame_equal(found.table, undisturbed, check_exact=True)


def test_others_read_the_runs_without_us(tmp_path: Path, whole: pd.DataFrame) -> None:
    found = carried(written(tmp_path), tmp_path / "out")
    assert_frame_equal(pd.read_parquet(found.folder / "runs"), whole)


def test_regret_is_the_distance_to_the_best_in_the_same_world(tmp_path: Path) -> None:
    found = carried(written(tmp_path, decisions=["staff"], responses=["profit"]), tmp_path / "out")
    worlds = {0.0: [5.0, 9.0, 7.0], 0.5: [4.0, 1.0, 3.0], 1.0: [2.0, 2.0, 2.5]}
    found.table["profit"] = [
        worlds[share][staff - 1] for share, staff in zip(found.table["delegation"], found.table["staff"], strict=True)
    ]
    table = regret(found, "profit").set_index("staff")
    assert table["worst"].to_dict() == {1: 4.0, 2: 3.0, 3: 2.0}
    assert table["mean"].to_dict() == pytest.approx({1: 4.5 / 3, 2: 3.5 / 3, 3: 1.0})
    assert table["best"].to_dict() == pytest.approx({1: 1 / 3, 2: 1 / 3, 3: 1 / 3})
    assert list(table.index) == [3, 2, 1]
    assert (table["worst_low"] == table["worst"]).all()  # replications alike
    with pytest.raises(StudyError, match="needs an outcome of which more, or less, is better"):
        regret(found, "utilisation")

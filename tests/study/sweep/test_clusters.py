"""Studies on a Dask cluster of two workers over TCP: the same table; what cannot be is said before anything starts."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pandas.testing import assert_frame_equal

from sim.study.problems import RunFailedError
from sim.study.sweep.clusters import on_cluster
from sim.study.sweep.study import StudyError
from tests.study.sweep.small import carried, written

ROOT = Path(__file__).parents[3]
MANY = {"kind": "latin_hypercube", "points": 30}


def begun(*arguments: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    program = [sys.executable, "-W", "ignore", "-m", "dask", *arguments]
    return subprocess.Popen(program, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Cluster:
    """A scheduler and some workers, as processes."""

    def __init__(self) -> None:
        self.address = f"tcp://127.0.0.1:{free_port()}"
        port = self.address.rpartition(":")[2]
        self.scheduler = begun("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
        self.workers: list[subprocess.Popen[bytes]] = []

    def work(self) -> subprocess.Popen[bytes]:
        self.workers.append(
            begun("worker", self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--host", "127.0.0.1")
        )
        return self.workers[-1]

    def ready(self, workers: int) -> None:
        deadline = time.monotonic() + 60.0
        while True:
            try:
                with on_cluster(self.address) as (_, at_once):
                    if at_once >= workers:
                        return
            except StudyError:
                pass
            assert time.monotonic() < deadline
            time.sleep(0.2)

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            for one in (
                [*psutil.Process(process.pid).children(recursive=True), process] if process.poll() is None else []
            ):
                one.kill()
            process.wait()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    try:
        yield made
    finally:
        made.end()


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_same_table_and_outlives_a_worker(tmp_path: Path, cluster: Cluster) -> None:
    alone = carried(written(tmp_path / "alone", design=MANY), tmp_path / "alone" / "out").table
    cluster.work()
    victim = cluster.work()
    cluster.ready(2)
    killed = False

    def disturb(_: object) -> None:
        nonlocal killed
        if not killed:
            killed = True
            victim.kill()

    with on_cluster(cluster.address) as (carry, many):
        found = carried(written(tmp_path, design=MANY), tmp_path / "out", carry, progress=disturb, jobs=many)
    assert_frame_equal(found.table, alone, check_exact=True)


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_dies_stops_the_study_and_the_next_call_resumes(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.study.sweep.study._KEEP_SECONDS", 0.0)
    monkeypatch.setattr("sim.study.sweep.study._BATCH_SECONDS", 0.0)
    cluster.work()
    cluster.ready(1)
    calls = 0

    def disturb(_: object) -> None:
        nonlocal calls
        calls += 1
        if calls == 5:
            cluster.scheduler.kill()

    with pytest.raises(RunFailedError, match="the scheduler is gone"), on_cluster(cluster.address) as (carry, many):
        carried(written(tmp_path, design=MANY), tmp_path / "out", carry, progress=disturb, jobs=many)
    assert list((tmp_path / "out" / "runs").glob("*.parquet"))
    found = carried(written(tmp_path, design=MANY), tmp_path / "out")
    alone = carried(written(tmp_path / "alone", design=MANY), tmp_path / "alone" / "out").table
    assert_frame_equal(found.table, alone, check_exact=True)


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_is_not_there_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.study.sweep.clusters._SECONDS", 1)
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(StudyError, match=f"{address}: no scheduler answers there"), on_cluster(address):
        pass


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_without_workers_or_of_another_version_is_refused(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadline = time.monotonic() + 60.0
    while True:
        try:
            with on_cluster(cluster.address):
                pass
        except StudyError as error:
            if "has no workers" in str(error):
                break
        assert time.monotonic() < deadline
    cluster.work()
    cluster.ready(1)
    monkeypatch.setattr("sim.study.sweep.clusters.model_mark", lambda: "0" * 64)
    with pytest.raises(StudyError, match="has another version"), on_cluster(cluster.address):
        pass

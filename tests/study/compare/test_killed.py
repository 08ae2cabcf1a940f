"""A comparison in which processes are killed: nothing that was done is lost, and no byte differs.

Processes work for the reference engine; what it was not given time for is done by the fast one.
"""

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from sim import compare
from sim.scenario.schema import Scenario
from sim.scenario.writing import as_yaml
from sim.study.unfinished import workplace
from tests.study.compare.test_comparison import contents, shops

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of other systems")


def runs(folder: Path) -> dict[str, int]:
    """When each run that is kept was written."""
    return {file.name: file.stat().st_mtime_ns for file in (folder / "runs").glob("*.parquet")}


def workers(process: psutil.Process) -> list[psutil.Process]:
    return [one for one in process.children(recursive=True) if "spawn_main" in " ".join(_typed(one))]


def _typed(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tables of a comparison in one process."""
    out = tmp_path_factory.mktemp("serial") / "out"
    compare(*shops(), replications=6, jobs=1, out=out, report=False)
    return contents(out)


def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path, serial: dict[str, bytes]) -> None:
    killed: list[int] = []

    def kill_one(share: float) -> None:
        if not killed and share < 1.0:
            victim = workers(psutil.Process())[0]
            victim.send_signal(signal.SIGKILL)
            killed.append(victim.pid)

    out = tmp_path / "out"
    found = compare(*shops(), replications=6, jobs=2, out=out, report=False, progress=kill_one, engine="reference")
    assert killed
    assert not found.failed
    assert contents(out) == serial


def written(folder: Path, scenarios: list[Scenario]) -> list[str]:
    files = [folder / f"{scenario.name}.yaml" for scenario in scenarios]
    for file, scenario in zip(files, scenarios, strict=True):
        file.write_text(as_yaml(scenario), encoding="utf-8")
    return list(map(str, files))


def test_a_comparison_that_is_killed_leaves_no_process_and_is_resumed(tmp_path: Path, serial: dict[str, bytes]) -> None:
    out = tmp_path / "out"
    words = [sys.executable, "-m", "sim.cli", "compare", *written(tmp_path, shops()), "--replications", "6"]
    words += ["--jobs", "2", "--no-report", "--quiet", "--out", str(out)]
    parent = subprocess.Popen([*words, "--engine", "reference"])
    until = time.monotonic() + 60
    while len(runs(workplace(out))) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    crew = workers(psutil.Process(parent.pid))
    parent.kill()
    parent.wait()
    gone, alive = psutil.wait_procs(crew, timeout=2.0)
    assert (len(gone), alive) == (2, [])
    assert not out.exists()
    done = runs(workplace(out))
    assert 2 <= len(done) < 12
    subprocess.run(words, check=True)
    assert contents(out) == serial
    assert {name: moment for name, moment in runs(out).items() if name in done} == done
    assert {item.name for item in tmp_path.iterdir()} == {"out", "base.yaml", "it 4.yaml"}

"""Kill a study's processes at random moments, go on, and compare its table with that of an undisturbed one.

python -m experiments.kills.kills --turns 20
"""

import argparse
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pandas as pd
import psutil

STUDY = Path(__file__).with_name("study.yaml")
ROOT = Path(__file__).parents[2]
WHAT = ("driver", "local worker", "driver of a cluster", "cluster's worker", "scheduler")
CALM = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
MARK = "CUSTOMER_CHAIN_KILLS"
"""In the environment of all processes of this trial, so that no others are taken for its own."""


def study(folder: Path, *more: str) -> "subprocess.Popen[bytes]":
    program = [
        sys.executable,
        "-c",
        "from sim.cli import main; main()",
        "study",
        str(STUDY),
        "--out",
        str(folder),
        "--quiet",
        *more,
    ]
    return subprocess.Popen(program, cwd=ROOT, **CALM)  # type: ignore[call-overload]


def killed(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        process.kill()


def simulates(process: psutil.Process) -> bool:
    """Whether a process was started to simulate, by the way Python starts those."""
    try:
        is_there = process.status() != psutil.STATUS_ZOMBIE and process.environ().get(MARK) == os.environ[MARK]
        return is_there and "spawn_main" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def workers_of(driver: "subprocess.Popen[bytes]") -> list[psutil.Process]:
    """Processes that a driver started to simulate."""
    try:
        return [one for one in psutil.Process(driver.pid).children() if simulates(one)]
    except psutil.NoSuchProcess:
        return []


def dask(*words: str) -> psutil.Process:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    program = [sys.executable, "-W", "ignore", "-m", "dask", *words, "--no-dashboard"]
    return psutil.Process(subprocess.Popen(program, env=environment, **CALM).pid)  # type: ignore[call-overload]


@contextmanager
def cluster() -> Iterator[tuple[str, psutil.Process, list[psutil.Process]]]:
    """An address, a scheduler and two workers."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = dask("scheduler", "--host", "127.0.0.1", "--port", str(port))
    time.sleep(3.0)
    workers = [dask("worker", address, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1") for _ in range(2)]
    time.sleep(5.0)
    try:
        yield address, scheduler, workers
    finally:
        for one in (*workers, scheduler):
            killed(one)


def turn(folder: Path, what: str, after: float) -> int:
    """Begin, kill something after so many seconds, see the driver end; how many runs were kept."""
    if "cluster" not in what and what != "scheduler":
        driver = study(folder)
        time.sleep(after)
        for one in [psutil.Process(driver.pid)] if what == "driver" else workers_of(driver)[:1]:
            killed(one)
        driver.wait()
    else:
        with cluster() as (address, scheduler, workers):
            driver = study(folder, "--cluster", address)
            time.sleep(after)
            killed({"driver of a cluster": psutil.Process(driver.pid), "scheduler": scheduler}.get(what, workers[0]))
            driver.wait()
    parts = list((folder / "runs").glob("*.parquet"))
    return len(pd.concat([pd.read_parquet(part) for part in parts])) if parts else 0


def left_over(before: set[int]) -> int:
    """Simulating processes that are still there a while after their driver."""
    deadline = time.monotonic() + 10.0
    while True:
        there = [one.pid for one in psutil.process_iter() if one.pid not in before and simulates(one)]
        if not there or time.monotonic() > deadline:
            return len(there)
        time.sleep(0.2)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--turns", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    luck, wrong = random.Random(asked.seed), 0
    os.environ[MARK] = str(os.getpid())
    before = {one.pid for one in psutil.process_iter()}
    with tempfile.TemporaryDirectory() as work:
        began = time.monotonic()
        study(Path(work) / "calm").wait()
        seconds = time.monotonic() - began
        calm = pd.read_parquet(Path(work) / "calm" / "runs")
        print(f"undisturbed: {len(calm)} runs in {seconds:.1f} s\n")
        print("| turn | killed | after, s | runs kept | processes left | table after going on |")
        print("| --- | --- | --- | --- | --- | --- |")
        for number in range(asked.turns):
            what, after = WHAT[number % len(WHAT)], luck.uniform(0.15, 0.95) * seconds
            folder = Path(work) / str(number)
            kept, left = turn(folder, what, after), left_over(before)
            study(folder).wait()
            table = pd.read_parquet(folder / "runs")
            twice = int(table.duplicated(["point", "replication"]).sum())
            ordered = table.sort_values(["point", "replication"], ignore_index=True)
            same = twice == 0 and ordered.equals(calm.sort_values(["point", "replication"], ignore_index=True))
            wrong += not same or left > 0
            print(
                f"| {number + 1} | {what} | {after:.1f} | {kept} | {left} | {'equal' if same else 'DIFFERS'} |",
                flush=True,
            )
    print(f"\n{asked.turns - wrong} of {asked.turns} complete, without duplicates, equal, and nothing left running")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()

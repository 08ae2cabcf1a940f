"""Peak resident memory of a run of one year and of one of ten, each in a process of its own, without a trace and with.

The trace goes to a Parquet file as it grows; ten years of it may need no more than 64 bytes for each request more.

    python -m experiments.benchmarks.memory_over_years [--scenario plant]
"""

import argparse
import multiprocessing
import tempfile
import threading
from pathlib import Path

import psutil
from pyarrow.parquet import ParquetFile

from sim import load
from sim.model.calendar import DAYS_PER_YEAR
from sim.scenario.load import with_days
from sim.study.replicate import outcomes_table, replicate, summary_table, weekly_table
from sim.study.requests import RequestFile


def live(scenario: str, years: int, trace: Path | None) -> None:
    company = with_days(load(scenario), years * DAYS_PER_YEAR)
    if trace is None:
        replicated = [replicate(company, 1, range(1))]
    else:
        with RequestFile(trace) as requests:
            replicated = [replicate(company, 1, range(1), write_trace=requests.write)]
    summary_table(outcomes_table(replicated))
    weekly_table(replicated)


def peak_mb(scenario: str, years: int, trace: Path | None = None) -> float:
    work = multiprocessing.get_context("spawn").Process(target=live, args=(scenario, years, trace))
    work.start()
    process, peak, done = psutil.Process(work.pid), 0, threading.Event()
    while not done.wait(0.02):
        try:
            peak = max(peak, process.memory_info().rss)
        except psutil.NoSuchProcess:
            break
        if not work.is_alive():
            break
    work.join()
    if work.exitcode:
        raise SystemExit(f"the run of {years} years failed")
    return peak / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="plant")
    options = parser.parse_args()
    one, ten = (peak_mb(options.scenario, years) for years in (1, 10))
    print(f"{options.scenario}: one year {one:.0f} MB, ten years {ten:.0f} MB, ratio {ten / one:.3f}")
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{years}.parquet" for years in (1, 10)]
        one, ten = (peak_mb(options.scenario, years, file) for years, file in zip((1, 10), files, strict=True))
        first, last = (ParquetFile(file).metadata.num_rows for file in files)
    each = 1e6 * (ten - one) / (last - first)
    print(f"with the trace: one year {one:.0f} MB, ten years {ten:.0f} MB, {each:.0f} bytes for each request more")


if __name__ == "__main__":
    main()

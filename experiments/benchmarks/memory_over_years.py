"""Peak resident memory of a run of one year and of one of ten, each in a process of its own, without a trace.

python experiments/benchmarks/memory_over_years.py [--scenario plant]
"""

import argparse
import multiprocessing
import threading

import psutil

from sim import load
from sim.model.calendar import DAYS_PER_YEAR
from sim.scenario.load import with_days
from sim.study.replicate import outcomes_table, replicate, summary_table, weekly_table


def live(scenario: str, years: int) -> None:
    company = with_days(load(scenario), years * DAYS_PER_YEAR)
    replicated = [replicate(company, 1, range(1))]
    summary_table(outcomes_table(replicated))
    weekly_table(replicated)


def peak_mb(scenario: str, years: int) -> float:
    work = multiprocessing.get_context("spawn").Process(target=live, args=(scenario, years))
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


if __name__ == "__main__":
    main()

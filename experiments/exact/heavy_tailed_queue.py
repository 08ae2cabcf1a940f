"""M/G/1 with λ = .8, E[S] = 1 and a squared variation of 4 (lognormal): the exact mean wait is 10 h.

Long jobs are rare and matter most, so millions of requests are needed. Besides purchases and work, the mean square of
the work on a job, whose expectation is 5, is a control variate. Findings: README.md beside this file.

    python experiments/exact/heavy_tailed_queue.py [--replications 80] [--days 8000] [--jobs 2]
"""

import argparse
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
from scipy.special import stdtrit

from sim.model.engines import simulate
from sim.model.measures import measured
from sim.model.trace import Trace
from sim.scenario.schema import Scenario

EXACT, RATE, MEAN_SQUARE = 10.0, 0.8, 5.0
COLUMNS = 4


def desk(days: int) -> Scenario:
    return Scenario.model_validate(
        {
            "name": "desk",
            "days": days,
            "warm_up_days": 400,
            "market": {"customers": 100, "purchases_per_year": RATE * 2000 / 100},
            "departments": [{"name": "desk", "handling_spread": 2.0}],
            "links": [{"supplier": "desk", "customer": "market"}],
        }
    )


def one(task: tuple[int, int]) -> list[float]:
    """Mean wait, and how far purchases an hour, work and squared work were from their expectations."""
    replication, days = task
    sums = np.zeros(2)
    count = 0

    def add(block: dict[str, list[Any]]) -> None:
        nonlocal count
        hours = np.array(block["work_hours"])[np.array(block["asked"]) >= 0]
        count += len(hours)
        sums[:] += hours.sum(), (hours * hours).sum()

    outcomes = measured(simulate(desk(days), 1, replication, Trace(add)))
    wait = next(item.total for item in outcomes if (item.outcome, item.level) == ("queue_hours", "department"))
    mean, mean_square = sums / count
    return [wait, count / (days * 8.0) - RATE, mean - 1.0, mean_square - MEAN_SQUARE]


def estimate(rows: np.ndarray, controls: int) -> tuple[float, float]:
    """Mean wait and half of its 99 % interval, with the first so many controls regressed out."""
    design = np.column_stack([np.ones(len(rows)), rows[:, 1 : 1 + controls]])
    coefficients, *_ = np.linalg.lstsq(design, rows[:, 0], rcond=None)
    rest = rows[:, 0] - design @ coefficients
    freedom = len(rows) - controls - 1
    variance = rest @ rest / freedom * np.linalg.inv(design.T @ design)[0, 0]
    return float(coefficients[0]), float(stdtrit(freedom, 0.995) * np.sqrt(variance))


def tasks(replications: int, days: int) -> Iterator[tuple[int, int]]:
    return ((replication, days) for replication in range(replications))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=80)
    parser.add_argument("--days", type=int, default=8000)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with ProcessPoolExecutor(options.jobs) as pool:
        rows = np.array(list(pool.map(one, tasks(options.replications, options.days))))
    print(f"{options.replications} replications of {options.days * 8 * RATE:,.0f} requests each; exact: {EXACT}")
    for controls, name in ((0, "no control"), (2, "purchases, work"), (3, "purchases, work, squared work")):
        mean, half = estimate(rows, controls)
        print(f"{name:32} {mean:7.3f} ± {half:.3f}  (width {200 * half / EXACT:.1f} %)")


if __name__ == "__main__":
    main()

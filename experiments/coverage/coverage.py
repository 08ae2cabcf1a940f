"""Do the intervals of a comparison cover what is true as often as they say, and does the selection keep its promise?

Run from the folder of the project (some twelve minutes on two quiet cores)::

    python -m experiments.coverage.coverage

Five shops differ in how many requests a job of theirs makes. Nobody feels anything there, so the true difference is
known: requests per job × purchases a day × days. A thousand experiments with luck of their own compare them as
``compare`` does: the same functions, on the same common luck.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context

import numpy as np

from sim.model.engines import simulate
from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.study.compare.asked import LEAST
from sim.study.compare.best import best
from sim.study.compare.intervals import Estimate, next_count, paired

EXPERIMENTS, MOST = 1000, 60
REQUESTS = (0.4, 0.5, 0.8, 0.41, 0.42)
COMPARED, CHOSEN = (0, 1, 2), (0, 3, 4)
"""Shops whose differences are told with intervals; shops so near to one another that choosing the best can fail."""
CUSTOMERS, PURCHASES, DAYS = 50, 25.0, 20
PER_JOB = CUSTOMERS * PURCHASES * DAYS / 250.0
"""Purchases of the observed period, in the mean: so many times a difference of requests per job is the true one."""
ZONE, PROBABILITY = 0.01 * PER_JOB, 0.9


def shop(requests: float) -> Scenario:
    return Scenario.model_validate(
        {
            "name": f"shop {100 * requests:.0f}",
            "psychology": "none",
            "days": DAYS,
            "warm_up_days": 5,
            "market": {"customers": CUSTOMERS, "purchases_per_year": PURCHASES},
            "departments": [
                {"name": "desk", "staff": 3, "handling_hours": 0.5},
                {"name": "back", "staff": 3, "handling_hours": 0.5},
            ],
            "links": [
                {"supplier": "desk", "customer": "market"},
                {"supplier": "back", "customer": "desk", "requests_per_job": requests},
            ],
        }
    )


def asked(scenario: Scenario, replications: Sequence[int]) -> list[float]:
    """Requests between departments in each replication."""
    found = []
    for number in replications:
        record = simulate(scenario, 1, number)
        inner = [not link.to_market for link in scenario.links]
        found.append(float(record.links["asked"][record.observed][:, inner].sum()))
    return found


def lived() -> Floats:
    """Shops × experiments × replications."""
    blocks = [range(first, first + MOST) for first in range(0, EXPERIMENTS * MOST, MOST)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        rows = [list(pool.map(asked, repeat(shop(requests)), blocks, chunksize=20)) for requests in REQUESTS]
    return np.array(rows)


def covers(found: Estimate, true: float) -> bool:
    return found.low <= true <= found.high


def main() -> None:
    values = lived()
    true = [(requests - REQUESTS[0]) * PER_JOB for requests in REQUESTS]
    print(f"difference of the first two shops: {np.mean(values[1] - values[0]):.3f}, truly {true[1]:.3f}\n")
    print("| what | promised | found of 1,000 |\n| --- | --- | --- |")
    for name, counts in (
        ("ten replications", [LEAST] * EXPERIMENTS),
        ("adaptive", [_count(one) for one in _each(values)]),
    ):
        single, together = [], []
        for one, n in zip(_each(values), counts, strict=True):
            single.append(covers(paired(one[0, :n], one[1, :n]), true[1]))
            both = [paired(one[0, :n], one[other, :n], family=2) for other in COMPARED[1:]]
            together.append(all(covers(found, true[other]) for found, other in zip(both, COMPARED[1:], strict=True)))
        print(f"| one interval, {name} (mean {np.mean(counts):.1f}) | 95 % | {100 * np.mean(single):.1f} % |")
        print(f"| two at once, {name} | at least 95 % | {100 * np.mean(together):.1f} % |")
    chosen, decided = [], []
    for one in _each(values):
        shops = {str(place): one[place] for place in CHOSEN}
        found = best("requests", shops, ZONE, direction=-1, probability=PROBABILITY)
        chosen.append(found.left == ("0",))  # who has not come to an end counts as wrong
        decided.append(found.guaranteed)
    promised, kept = f"{100 * PROBABILITY:.0f} %", f"{100 * np.mean(chosen):.1f} %"
    print(f"| the best of three, differences of the zone and more | {promised} | {kept} |")
    print(f"\nThe selection came to an end within {MOST} replications in {100 * np.mean(decided):.1f} %.")


def _each(values: Floats) -> list[Floats]:
    """Shops × replications, experiment by experiment."""
    return [values[:, place] for place in range(values.shape[1])]


def _count(one: Floats) -> int:
    """Replications that ``--precision`` would make: until both differences are known to a third of the smaller one."""
    n = LEAST
    wanted = 0.1 * PER_JOB / 3.0
    while True:
        widths = [(paired(one[0, :n], one[other, :n], family=2).half_width, wanted) for other in COMPARED[1:]]
        more = next_count(n, widths, MOST)
        if more == n:
            return n
        n = more


if __name__ == "__main__":
    main()

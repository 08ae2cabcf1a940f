"""How well the steady state foretells the simulation: random companies of large departments, and the shipped ones.

Run from the folder of the project (some minutes)::

    python experiments/steady/forecast_against_simulation.py
"""

import time

import numpy as np

from sim import load
from sim.model.engines import simulate
from sim.model.gain import gain
from sim.model.steady import rest
from sim.scenario.schema import Scenario
from tests.model.test_steady import ALIKE, large_company, mean

RANDOM = range(24)
"""Bounds of the tests were set after 0 to 7 had been seen; the others had no part in that."""
COLUMNS = ("company", "gain", "rounds", "ms", "morale", "satisfaction", "largest difference of a load", "largest load")


def shipped(name: str, customers: int, alike: bool = True) -> Scenario:
    """A shipped company with psychology and so many customers, none of whom goes or comes."""
    law = ALIKE if alike else {"loss_per_purchase": 0.0}
    plain = load(name).model_dump(exclude_unset=True) | {"psychology": "full", "laws": law}
    plain["market"] = dict(plain["market"]) | {"customers": customers, "new_customers_per_year": 0.0}
    return Scenario.model_validate(plain)


def row(title: str, company: Scenario, seed: int = 1, first: int = -100, last: int = 1000) -> str:
    began = time.perf_counter()
    found = rest(company)
    taken = 1000.0 * (time.perf_counter() - began)
    record = simulate(company, seed=seed, replication=0)
    seen = record.departments["offered_hours"].sum(0) / np.maximum(record.departments["staffed_hours"].sum(0), 1.0)
    mind, staff = found.last.mind, found.net.departments.staff
    foretold = 100 * np.average(mind.morale, weights=staff), 100 * float(mind.market.satisfaction)
    simulated = (
        100 * mean(record, "morale", "person_days", first, last),
        100 * mean(record, "satisfaction", "delivered", first, last),
    )
    cells = (
        title,
        f"{gain(found):.2f}",
        f"{found.rounds}" + ("" if found.settled else " (not settled)"),
        f"{taken:.0f}",
        *(f"{a:.1f} / {b:.1f}" for a, b in zip(foretold, simulated, strict=True)),
        f"{np.max(np.abs(found.last.load - seen)):.3f}",
        f"{found.last.load.max():.2f}",
    )
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    print("| " + " | ".join(COLUMNS) + " |")
    print("| " + " | ".join("---" for _ in COLUMNS) + " |")
    for number in RANDOM:
        print(row(f"large {number}", large_company(number, days=250)), flush=True)
    for name, customers in (("plant", 1500), ("plant", 1800), ("plant", 2000)):
        print(row(f"{name}, {customers} customers", shipped(name, customers)), flush=True)
    for seed in (1, 2, 3):
        print(row(f"plant, 1800, people differ, seed {seed}", shipped("plant", 1800, alike=False), seed), flush=True)
    clinic = shipped("clinic", load("clinic").market.customers, alike=False)
    for first, last in ((-12, 0), (40, 50)):
        print(row(f"clinic, people differ, weeks {first} to {last}", clinic, 1, first, last), flush=True)

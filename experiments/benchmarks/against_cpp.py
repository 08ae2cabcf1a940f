"""The fast engine against a C++ program with the same event loop of the same network and the same keyed draws.

Both write the same weekly tables of departments and links, and these must agree: counts to the last one, hours but for
rounding. Needs ``g++``; turn by turn, in seconds of the processor, so that others who use the machine disturb little.

    python -m experiments.benchmarks.against_cpp [--days 2500] [--rounds 5]
"""

import argparse
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from experiments.benchmarks.plant_network import SEED, network
from sim.model.calendar import HOURS_PER_DAY, HOURS_PER_YEAR
from sim.model.distributions import LOGNORMAL, shape_of
from sim.model.luck import ARRIVAL, derived, name_key, replication_key
from sim.model.record import Record
from sim.model.twin.engine import Life
from sim.model.twin.machine_code import loop
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario

SOURCE = Path(__file__).parent / "cpp" / "network.cpp"
LINE = ("visits", "waits", "waited_hours", "waiting_area", "busy_hours", "staffed_hours")
OF_DEPARTMENTS = ("offered_hours", "jobs", "right", *LINE)
OF_LINKS = ("asked", "answered", "delay_hours", "in_time", "purchase_handling", "purchase_queueing")


def described(scenario: Scenario) -> str:
    """What the program reads: the company in numbers."""
    root = replication_key(SEED, 0)
    market, parts = scenario.market, scenario.departments
    place = {part.name: number for number, part in enumerate(parts)} | {MARKET: -1}
    start, end = -scenario.warm_up_days * HOURS_PER_DAY, scenario.days * HOURS_PER_DAY
    rate = market.purchases_per_year / HOURS_PER_YEAR
    lines: list[Sequence[Any]] = [
        (len(parts), len(scenario.links), market.customers, start, end, rate, root ^ name_key(MARKET))
    ]
    for part in parts:
        assert part.handling_distribution == "lognormal"
        key = derived(root ^ name_key("department", part.name), ARRIVAL)
        sigma = shape_of(LOGNORMAL, part.handling_spread)
        own, right = part.background_jobs_per_day / HOURS_PER_DAY, part.right_first_time
        lines.append((part.staff, part.handling_hours, sigma, part.intake_share, right, own, key))
    for link in scenario.links:
        surely = int(link.requests_per_job)
        of = (place[link.supplier], place[link.customer], name_key("link", link.supplier, link.customer), surely)
        rest = (link.requests_per_job - surely, link.share, int(link.blocking), link.priority)
        lines.append((*of, *rest, link.acceptable_wait_hours))
    return "\n".join(" ".join(map(repr, line)) for line in lines) + "\n"


def ours(scenario: Scenario) -> tuple[Record, float]:
    """What is recorded, and the seconds it took."""
    life = Life(scenario, SEED, 0)
    began = time.process_time()
    record = life.live()
    return record, time.process_time() - began


def check(record: Record, said: Any) -> None:
    """The weeks of both programs, number by number."""
    theirs = iter(said)
    for ledger, columns in (
        (record.departments, OF_DEPARTMENTS),
        (record.links, OF_LINKS),
        (record.market, ("delivered",)),
    ):
        mine = np.stack([ledger[column] for column in columns], axis=-1)
        other = np.fromiter(theirs, float, mine.size).reshape(mine.shape)
        for place, column in enumerate(columns):
            if not np.allclose(mine[..., place], other[..., place], rtol=1e-9, atol=1e-6):
                raise SystemExit(f"{column}: {mine[..., place].sum()} here, {other[..., place].sum()} in C++")
    assert not list(theirs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=2500)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    scenario = network(options.days)
    loop()
    with tempfile.TemporaryDirectory() as folder:
        program, file = Path(folder) / "network", Path(folder) / "description.txt"
        subprocess.run(["g++", "-O3", "-march=native", "-o", program, SOURCE], check=True)
        file.write_text(described(scenario), encoding="ascii")
        pairs = []
        for _ in range(options.rounds):
            record, seconds = ours(scenario)
            said = np.frombuffer(subprocess.run([program, file], check=True, capture_output=True).stdout)
            check(record, said[1:])
            asked = float(record.links["asked"].sum())
            pairs.append((asked / seconds, asked / said[0]))
    for name, rates in zip(("fast engine", "C++"), zip(*pairs, strict=True), strict=True):
        print(f"{name:12} {median(rates):12,.0f} requests/s  ({min(rates):,.0f} to {max(rates):,.0f})")
    ratios = sorted(mine / theirs for mine, theirs in pairs)
    print(f"fast engine / C++: {median(ratios):.2f}  ({ratios[0]:.2f} to {ratios[-1]:.2f}), {asked:,.0f} requests each")


if __name__ == "__main__":
    main()

"""The fast engine against a C++ program with the same event loop of the same network and the same keyed draws.

Both do the same requests: the counts must be equal and the hours agree. Needs ``g++``; one core, turn by turn.

    python -m experiments.benchmarks.against_cpp [--days 2500] [--rounds 5]
"""

import argparse
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

from experiments.benchmarks.plant_network import SEED, network
from sim.model.calendar import HOURS_PER_DAY, HOURS_PER_YEAR
from sim.model.distributions import LOGNORMAL, shape_of
from sim.model.luck import ARRIVAL, derived, name_key, replication_key
from sim.model.twin.engine import Life
from sim.model.twin.machine_code import loop
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario

SOURCE = Path(__file__).parent / "cpp" / "network.cpp"


def described(scenario: Scenario) -> str:
    """What the program reads: the company in numbers."""
    root = replication_key(SEED, 0)
    market, parts = scenario.market, scenario.departments
    place = {part.name: number for number, part in enumerate(parts)} | {MARKET: -1}
    start, end = -scenario.warm_up_days * HOURS_PER_DAY, scenario.days * HOURS_PER_DAY
    rate = market.purchases_per_year / HOURS_PER_YEAR
    lines = [(len(parts), len(scenario.links), market.customers, start, end, rate, root ^ name_key(MARKET))]
    for part in parts:
        assert part.handling_distribution == "lognormal"
        key = derived(root ^ name_key("department", part.name), ARRIVAL)
        sigma = shape_of(LOGNORMAL, part.handling_spread)
        own = part.background_jobs_per_day / HOURS_PER_DAY
        lines.append((part.staff, part.handling_hours, sigma, part.intake_share, own, key))  # type: ignore[arg-type]
    for link in scenario.links:
        surely = int(link.requests_per_job)
        of = (place[link.supplier], place[link.customer], name_key("link", link.supplier, link.customer), surely)
        rest = (link.requests_per_job - surely, link.share, int(link.blocking), link.priority)
        lines.append((*of, *rest))  # type: ignore[arg-type]
    return "\n".join(" ".join(map(repr, line)) for line in lines) + "\n"


def ours(scenario: Scenario) -> tuple[float, float, float, float]:
    """Requests asked, answered, hours of delay, seconds in the loop."""
    life = Life(scenario, SEED, 0)
    began = time.perf_counter()
    record = life.live()
    seconds = time.perf_counter() - began
    return *(float(record.links[name].sum()) for name in ("asked", "answered", "delay_hours")), seconds  # type: ignore[return-value]


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
            asked, answered, delay, seconds = ours(scenario)
            said = subprocess.run([program, file], check=True, capture_output=True, text=True).stdout.split()
            assert (asked, answered) == (float(said[0]), float(said[1])), (asked, answered, said)
            assert abs(delay - float(said[2])) < 1e-9 * delay, (delay, said)
            pairs.append((asked / seconds, asked / float(said[4])))
    for name, rates in zip(("fast engine", "C++"), zip(*pairs, strict=True), strict=True):
        print(f"{name:12} {median(rates):12,.0f} requests/s  ({min(rates):,.0f} to {max(rates):,.0f})")
    ratios = sorted(mine / theirs for mine, theirs in pairs)
    print(f"fast engine / C++: {median(ratios):.2f}  ({ratios[0]:.2f} to {ratios[-1]:.2f}), {asked:,.0f} requests each")


if __name__ == "__main__":
    main()

"""Time per request of one plant-year with full psychology and without, side by side in one process, turn by turn.

python experiments/benchmarks/psychology_against_none.py [--rounds 5]
"""

import argparse
from statistics import median
from time import perf_counter

from sim import Scenario, load
from sim.model.company import simulate


def seconds_per_request(scenario: Scenario, replication: int) -> float:
    began = perf_counter()
    record = simulate(scenario, 1, replication)
    return (perf_counter() - began) / float(record.links["asked"].sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    plain = load("plant").model_dump(exclude_unset=True)
    full, none = (Scenario.model_validate(plain | {"psychology": kind}) for kind in ("full", "none"))
    pairs = [(seconds_per_request(full, turn), seconds_per_request(none, turn)) for turn in range(rounds)]
    ratios = sorted(first / second for first, second in pairs)
    for name, times in zip(("full", "none"), zip(*pairs, strict=True), strict=True):
        print(f"{name}: {1e6 * median(times):.1f} µs a request")
    print(f"ratio {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    main()

"""Many replications of a small company by one thread and by two, side by side, as a comparison carries them out.

Wall time, since that is what threads are for; on a machine that others use, look at the best round. Beside the ratio:
the share of a replication that is Python and holds the interpreter's lock, of the time that one thread takes.

    python -m experiments.benchmarks.threads [--replications 200] [--scenario maintenance/avoided] [--rounds 5]
"""

import argparse
import time
from statistics import median

from sim.model.steady import steady_state
from sim.model.twin import engine
from sim.model.twin.engine import Life
from sim.model.twin.machine_code import loop
from sim.scenario.load import load, with_days
from sim.scenario.schema import Scenario
from sim.study.replicate import replicate
from sim.study.workers import Failure, carried_out


def seconds(scenario: Scenario, replications: int, threads: int) -> float:
    began = time.perf_counter()
    done = carried_out(lambda turn: replicate(scenario, 1, [turn]), range(replications), threads, threads=True)
    for _, answer in done:
        assert not isinstance(answer, Failure), answer
    return time.perf_counter() - began


def shares(scenario: Scenario) -> dict[str, float]:
    """Seconds of the processor of one replication, by what they are spent on."""
    advance, inside = loop(), 0.0

    def looked_at(*arguments: int) -> int:
        nonlocal inside
        began = time.thread_time()
        why = advance(*arguments)
        inside += time.thread_time() - began
        return why

    began = time.thread_time()
    steady_state(scenario)
    steady = time.thread_time() - began
    began = time.thread_time()
    life = Life(scenario, 1, 0)
    ready = time.thread_time() - began
    began, usual = time.thread_time(), engine.loop
    engine.loop = lambda: looked_at  # type: ignore[assignment]
    try:
        life.live()
    finally:
        engine.loop = usual
    lived = time.thread_time() - began
    began = time.thread_time()
    replicate(scenario, 1, [0])
    whole = time.thread_time() - began
    return {
        "the compiled loop": inside,
        "the steady state it begins in": steady,
        "making it ready": ready - steady,
        "reading weeks": lived - inside,
        "measuring": whole - ready - lived,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=200)
    parser.add_argument("--scenario", default="maintenance/avoided")
    parser.add_argument("--days", type=int, default=250)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    scenario = with_days(load(options.scenario), options.days)
    loop()
    seconds(scenario, 2, 1)
    shares(scenario)
    tried = [shares(scenario) for _ in range(5)]
    spent = {name: median(one[name] for one in tried) for name in tried[0]}
    for name, time_spent in spent.items():
        print(f"{name:30} {1000 * time_spent:7.2f} ms  {time_spent / sum(spent.values()):6.1%}")
    pairs = [
        tuple(seconds(scenario, options.replications, threads) for threads in (1, 2)) for _ in range(options.rounds)
    ]
    ratios = sorted(one / two for one, two in pairs)
    print(f"1 thread {median(one for one, _ in pairs):.2f} s, 2 threads {median(two for _, two in pairs):.2f} s")
    print(f"ratio {median(ratios):.2f}  ({ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    main()

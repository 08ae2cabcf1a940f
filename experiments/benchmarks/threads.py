"""Many replications of a small company by one thread and by two, side by side, as a comparison carries them out.

Wall time, since that is what threads are for. On a machine that others use two threads may get no more than one, so the
same is tried with work that needs no lock at all (hashing), turn by turn: what two threads win of that is the most that
they can win. Beside the ratios: what a replication spends its time on; all but the loop holds the interpreter's lock.

    python -m experiments.benchmarks.threads [--replications 200] [--scenario maintenance/avoided] [--rounds 5]
"""

import argparse
import time
from hashlib import sha256
from statistics import median

from experiments.benchmarks.loop_time import loop_time
from sim.model.steady import steady_state
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


def hashing(threads: int) -> float:
    block = bytes(8_000_000)
    began = time.perf_counter()
    for _ in carried_out(lambda _: sha256(block).digest(), range(200), threads, threads=True):
        pass
    return time.perf_counter() - began


def shares(scenario: Scenario) -> dict[str, float]:
    """Seconds of the processor of one replication, by what they are spent on."""
    began = time.thread_time()
    steady_state(scenario)
    steady = time.thread_time() - began
    began = time.thread_time()
    life = Life(scenario, 1, 0)
    ready = time.thread_time() - began
    began = time.thread_time()
    with loop_time() as inside:
        life.live()
    lived = time.thread_time() - began
    began = time.thread_time()
    replicate(scenario, 1, [0])
    whole = time.thread_time() - began
    return {
        "the compiled loop": inside.seconds,
        "the steady state it begins in": steady,
        "making it ready": ready - steady,
        "reading weeks": lived - inside.seconds,
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
    pairs, most = [], []
    for _ in range(options.rounds):
        pairs.append(tuple(seconds(scenario, options.replications, threads) for threads in (1, 2)))
        most.append(hashing(1) / hashing(2))
    ratios = [one / two for one, two in pairs]
    parts = [ratio / possible for ratio, possible in zip(ratios, most, strict=True)]
    print(f"1 thread {median(one for one, _ in pairs):.2f} s, 2 threads {median(two for _, two in pairs):.2f} s")
    for name, values in (("ratio", ratios), ("what two threads win of hashing", most), ("ratio of the two", parts)):
        print(f"{name}: {median(values):.2f}  ({min(values):.2f} to {max(values):.2f})")


if __name__ == "__main__":
    main()

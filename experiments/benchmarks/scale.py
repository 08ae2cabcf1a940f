"""The cost of a request as a company grows: ten departments to ten thousand, ten workers each, as much to do each.

Every department asks three others near it, all alike, so that more departments are only more of the same. Seconds of
the processor in the compiled loop, without feelings and with them; the first day is a warm-up that counts too. Beside
it the C++ program of ``against_cpp`` on the same networks, and how long one reads a word in a memory as large as what
the companies need, where each word says where the next one lies.

    python -m experiments.benchmarks.scale [--days 20] [--most 10000] [--out scale.png]
"""

import argparse
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
from numba import njit
from numpy.typing import NDArray

from experiments.benchmarks.against_cpp import SOURCE, described
from experiments.benchmarks.loop_time import loop_time
from experiments.benchmarks.plant_network import SEED
from sim.model.twin.engine import Life
from sim.model.twin.machine_code import loop
from sim.scenario.schema import Scenario

SIZES = (10, 100, 1_000, 10_000)
STAFF = 10
JOBS_A_DAY = 20.0


def company(count: int, days: int, psychology: str) -> Scenario:
    """A ring: each department asks the three before it, and every tenth serves the market."""
    departments = [
        {"name": f"d{place}", "staff": STAFF, "handling_hours": 1.0, "background_jobs_per_day": JOBS_A_DAY}
        | {"right_first_time": 1.0}
        for place in range(count)
    ]
    links = [
        {"supplier": f"d{(place - step) % count}", "customer": f"d{place}", "requests_per_job": 0.2, "blocking": True}
        for place in range(count)
        for step in (1, 2, 3)
        if place - step >= 0
    ]
    front = range(count - 1, -1, -10)
    links += [{"supplier": f"d{place}", "customer": "market", "share": 1.0 / len(front)} for place in front]
    return Scenario.model_validate(
        {
            "name": "ring",
            "psychology": psychology,
            "management": {"decision_share": 0.0},
            "days": days,
            "warm_up_days": 1,
            "market": {"customers": 10 * count, "purchases_per_year": 25.0},
            "departments": departments,
            "links": links,
        }
    )


def cost(scenario: Scenario, lives: int) -> float:
    """Seconds of the processor in the loop for each request or job that is done."""
    done = 0.0
    with loop_time() as inside:
        for replication in range(lives):
            done += float(Life(scenario, SEED, replication).live().departments["jobs"].sum())
    return inside.seconds / done


def cost_in_cpp(program: Path, scenario: Scenario, lives: int) -> float:
    """The same of the C++ program, which lives the first life again and again."""
    file = program.with_suffix(".txt")
    file.write_text(described(scenario), encoding="ascii")
    jobs = float(Life(scenario, SEED, 0).live().departments["jobs"].sum())
    runs = (subprocess.run([program, file], check=True, capture_output=True).stdout for _ in range(lives))
    return sum(float(np.frombuffer(said)[0]) for said in runs) / (lives * jobs)


@njit  # type: ignore[untyped-decorator]
def walked(after: NDArray[np.int64], steps: int) -> int:
    place = 0
    for _ in range(steps):
        place = after[place]
    return place


def nanoseconds_to_read(bytes_used: int) -> float:
    """Of a word of which nobody knows where it lies before the last one is read; a line of the cache for each."""
    count = bytes_used // 64
    order = np.random.default_rng(1).permutation(count)
    after = np.zeros(8 * count, np.int64)
    after[8 * order] = 8 * np.roll(order, -1)
    walked(after, 1_000)
    began = time.thread_time()
    walked(after, 2_000_000)
    return 1e3 * (time.thread_time() - began) / 2.0


def draw(found: dict[str, list[float]], sizes: list[int], out: Path) -> None:
    from matplotlib import pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(figsize=(7, 4.2), layout="constrained")
    for name, costs in found.items():
        axes.plot(sizes, [1e9 * one for one in costs], marker="o", label=name)
    axes.set(xscale="log", xlabel="departments, with ten people each", ylabel="cost of a request, nanoseconds")
    axes.set_ylim(bottom=0.0)
    grown = found["nobody feels"][-1] / found["nobody feels"][0]
    times = sizes[-1] // sizes[0]
    axes.set_title(f"In a company {times:,} times as large a request costs {grown:.1f} times as much", loc="left")
    axes.legend(frameon=False)
    figure.savefig(out, dpi=120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("scale.png"))
    options = parser.parse_args()
    sizes = [size for size in SIZES if size <= options.most]
    loop()
    for size in (1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26, 1 << 28):
        print(f"{size / 1e6:6.1f} MB of memory: a read waits {nanoseconds_to_read(size):5.1f} ns", flush=True)
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "network"
        subprocess.run(["g++", "-O3", "-march=native", "-o", program, SOURCE], check=True)
        in_cpp = []
        for size in sizes:
            in_cpp.append(cost_in_cpp(program, company(size, options.days, "none"), max(1, 1_000 // size)))
            times = in_cpp[-1] / in_cpp[0]
            print(
                f"C++           {size:6,} departments {1e9 * in_cpp[-1]:7.0f} ns a request  x {times:.2f}", flush=True
            )
        found["C++, nobody feels"] = in_cpp
    for name, psychology in (("nobody feels", "none"), ("people feel", "full")):
        costs: dict[int, list[float]] = {size: [] for size in sizes}
        companies = {size: company(size, options.days, psychology) for size in sizes}
        for _ in range(options.rounds):
            for size, one in companies.items():
                costs[size].append(cost(one, max(1, 1_000 // size)))
        found[name] = [median(values) for values in costs.values()]
        for size, values in costs.items():
            ratios = [mine / least for mine, least in zip(values, costs[sizes[0]], strict=True)]
            print(
                f"{name:13} {size:6,} departments {1e9 * median(values):7.0f} ns a request  x {median(ratios):.2f}"
                f"  ({min(ratios):.2f} to {max(ratios):.2f})",
                flush=True,
            )
    draw(found, sizes, options.out)


if __name__ == "__main__":
    main()

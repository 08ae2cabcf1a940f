"""The cost of a request as a company grows: ten departments to ten thousand, ten workers each, as much to do each.

Every department asks three others near it, all alike, so that more departments are only more of the same. Seconds of
the processor in the compiled loop, without feelings and with them; the first day is a warm-up that counts too.

    python -m experiments.benchmarks.scale [--days 20] [--most 10000] [--out scale.png]
"""

import argparse
from pathlib import Path
from statistics import median

from experiments.benchmarks.loop_time import loop_time
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
            done += float(Life(scenario, 1, replication).live().departments["jobs"].sum())
    return inside.seconds / done


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
    found: dict[str, list[float]] = {}
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

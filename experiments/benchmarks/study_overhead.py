"""What a study costs beyond its simulations, and what a thousand plant-years cost by both engines.

Overhead: a study of a small company without feelings (so that there is no steady state to be found), in one process,
against the same runs in a plain loop; per run, and per point where every run is a point of its own. Wall time.

    python -m experiments.benchmarks.study_overhead [--runs 4000] [--years 1000]
"""

import argparse
import json
import tempfile
import time
from pathlib import Path

import psutil

from sim.model.measures import measured
from sim.model.twin.engine import simulate as by_twin
from sim.model.twin.machine_code import loop
from sim.scenario.dated import with_values
from sim.scenario.load import load
from sim.study.replicate import replicate
from sim.study.sweep.asked import read_study
from sim.study.sweep.study import Study, here
from sim.study.workers import Failure, carried_out

COMPANY = {
    "psychology": "none",
    "days": 5,
    "warm_up_days": 0,
    "market": {"customers": 20, "purchases_per_year": 50},
    "departments": [{"name": "front", "staff": 2, "handling_hours": 0.5}],
    "links": [{"supplier": "front", "customer": "market"}],
    "management": {"decision_share": 0.2},
}


def file_of(folder: Path, points: int, replications: int) -> Path:
    (folder / "small.yaml").write_text(json.dumps(COMPANY), encoding="utf-8")
    asked = {
        "base": "small.yaml",
        "factors": {"delegation": {"key": "management.delegation", "range": [0, 1]}},
        "design": {"kind": "latin_hypercube", "points": points},
        "responses": ["customer_delay_hours"],
        "replications": replications,
    }
    file = folder / f"study-{points}.yaml"
    file.write_text(json.dumps(asked), encoding="utf-8")
    return file


def overhead(points: int, replications: int) -> tuple[float, float]:
    """Seconds a run in the study, and in a plain loop."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        study = Study(read_study(file_of(folder, points, replications)))
        began = time.perf_counter()
        found = study.carry_out(folder / "out", here(1))
        seconds = time.perf_counter() - began
        assert len(found.table) == points * replications
        assert not found.failed
        base, some = study.asked.base, list(study.designed.different.values())
        began = time.perf_counter()
        for point in some:
            company = with_values(base, point.keys) if replications > 1 else base
            for replication in range(replications):
                list(measured(by_twin(company, 1, replication)))
        plain = time.perf_counter() - began
    return seconds / (points * replications), plain / (points * replications)


def years(count: int) -> float:
    """Seconds for so many plant-years by the fast engine in threads."""
    plant = load("plant").model_copy(update={"warm_up_days": 0, "days": 250})
    began = time.perf_counter()
    for _, answer in carried_out(lambda turn: replicate(plant, 1, [turn]), range(count), 2, threads=True):
        assert not isinstance(answer, Failure), answer
    return time.perf_counter() - began


def one_by_reference(turn: int) -> None:
    replicate(load("plant").model_copy(update={"warm_up_days": 0, "days": 250}), 1, [turn], engine="reference")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=4000)
    parser.add_argument("--years", type=int, default=1000)
    options = parser.parse_args()
    loop()
    overhead(10, 2)
    for points, replications in ((options.runs // 100, 100), (options.runs, 1)):
        study, plain = overhead(points, replications)
        print(
            f"{points:6,} points x {replications:3} runs: {1e3 * study:.2f} ms a run, plain loop {1e3 * plain:.2f} ms, "
            f"overhead {1e3 * (study - plain):.2f} ms",
            flush=True,
        )
    print(f"memory of this process: {psutil.Process().memory_info().rss / 1e6:.0f} MB")
    few = 6
    began = time.perf_counter()
    for _ in carried_out(one_by_reference, range(few), 2):
        pass
    reference = (time.perf_counter() - began) / few
    twin = years(options.years) / options.years
    print(f"a plant-year on two cores: {reference:.2f} s by the reference engine in processes,")
    print(f"{twin:.4f} s by the fast one in threads, ratio {reference / twin:.0f}")


if __name__ == "__main__":
    main()

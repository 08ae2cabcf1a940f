"""A plant-year as a process of its own, from start to exit, against a process that only imports what it is built on.

Compiled code is in the cache. Seconds of the processor, all threads together. Three ways: simulated and measured, which
is what the fast engine is for; with tables, as ``sim.run`` gives them; and ``customer-chain run`` with its charts and
its folder. Then what the seconds of the second are spent on, in a process of its own.

    python -m experiments.benchmarks.whole_process [--rounds 5]
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from sim.model.twin.machine_code import loop

BASE = "import numba, networkx, numpy"
MEASURED = """
from sim.model.engines import simulate
from sim.model.measures import measured
from sim.scenario.load import load, with_days
list(measured(simulate(with_days(load('plant'), 250), 1, 0)))
"""
TABLES = """
from sim import load, run
from sim.scenario.load import with_days
run(with_days(load('plant'), 250), replications=1, seed=1)
"""
PHASES = """
from time import process_time as now
last = 0.0
def done(what):
    global last
    print(f'{what:44} {now() - last:6.2f} s')
    last = now()
done('Python itself')
import numba, networkx, numpy
done('importing numba, networkx, numpy')
import pydantic
done('importing pydantic')
import sim.scenario.schema
done('what a scenario may say (pydantic models)')
from sim.scenario.load import load, with_days
plant = with_days(load('plant'), 250)
done('reading the scenario (YAML with line numbers)')
from sim.model.twin.engine import Life
done('importing the fast engine')
from sim.model.steady import steady_state
steady_state(plant)
done('the steady state it begins in')
from sim.model.twin.machine_code import loop
loop()
done('compiled code from the cache')
life = Life(plant, 1, 0)
done('making the company ready')
record = life.live()
done('living the year')
from sim.model.measures import measured
list(measured(record))
done('measuring')
import pandas
done('importing pandas')
from sim import run
run(plant, replications=1, seed=1)
done('once more, with tables')
import matplotlib.pyplot
done('importing matplotlib')
"""


def seconds(*command: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"MPLBACKEND": "agg"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    loop()
    program = str(Path(sys.executable).with_name("customer-chain"))
    with tempfile.TemporaryDirectory() as folder:
        ways = {
            "imports alone": lambda turn: (sys.executable, "-c", BASE),
            "simulated and measured": lambda turn: (sys.executable, "-c", MEASURED),
            "with tables": lambda turn: (sys.executable, "-c", TABLES),
            "customer-chain run plant": lambda turn: (
                *(program, "run", "plant", "--replications", "1", "--days", "250"),
                *("--out", f"{folder}/{turn}"),
            ),
        }
        found: dict[str, list[float]] = {name: [] for name in ways}
        for turn in range(options.rounds):
            for name, command in ways.items():
                found[name].append(seconds(*command(turn)))
    for name, values in found.items():
        ratios = [mine / base for mine, base in zip(values, found["imports alone"], strict=True)]
        print(f"{name:26} {median(values):6.2f} s  x {median(ratios):.2f}  ({min(ratios):.2f} to {max(ratios):.2f})")
    print(subprocess.run([sys.executable, "-c", PHASES], check=True, capture_output=True, text=True).stdout, end="")


if __name__ == "__main__":
    main()

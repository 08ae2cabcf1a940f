"""How much memory and time reading a log of ten million events takes. Some minutes, and 1 GB of disk::

    python -m experiments.benchmarks.read_log [EVENTS]

The log is made up: two million cases of five events in forty groups, 900 people, with times in order of the cases.
Peak memory is that of a process of its own which does nothing but read it.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

EVENTS = 10_000_000
PER_CASE = 5
BLOCK = 500_000
STATUSES = np.array(["New", "Assigned", "In progress", "In progress", "Resolved"])
READ = """
import sys, time
from pathlib import Path
from sim.study.calibrate.reading import read_log
began = time.perf_counter()
log = read_log(sys.argv[1])
seconds = time.perf_counter() - began
import psutil
peak = psutil.Process().memory_info()
try:
    import resource
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
except ImportError:  # Windows
    most = peak.peak_wset
print(f"{len(log):,} events read in {seconds:.0f} s, at most {most / 1e9:.2f} GB")
"""


def write(path: Path, events: int) -> None:
    luck = np.random.default_rng(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("number,sys_updated_on,state,assignment_group,assigned_to,caller_id\n")
        for first in range(0, events, BLOCK):
            row = np.arange(first, min(first + BLOCK, events))
            case = row // PER_CASE
            seconds = 1_700_000_000 + case * 15 + (row % PER_CASE) * luck.integers(60, 4_000, len(row))
            times = np.datetime_as_string(seconds.astype("datetime64[s]"))
            status = STATUSES[row % PER_CASE]
            group = luck.integers(0, 40, len(row))
            person = luck.integers(0, 900, len(row))
            asker = case % 50_000
            file.writelines(
                f"INC{c:08d},{t.replace('T', ' ')},{s},Group {g:02d},Person {p:03d},User {a:05d}\n"
                for c, t, s, g, p, a in zip(case, times, status, group, person, asker, strict=True)
            )


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        began = time.perf_counter()
        write(path, events)
        print(f"{path.stat().st_size / 1e9:.2f} GB written in {time.perf_counter() - began:.0f} s")
        done = subprocess.run([sys.executable, "-c", READ, str(path)], check=True, capture_output=True, text=True)
        print(done.stdout.strip())


if __name__ == "__main__":
    main()

"""Do selection and stopping keep their promises where it is hardest: on normal numbers, with many replications?

Run from the folder of the project (about a minute)::

    python -m experiments.coverage.normal

The shops of ``coverage.py`` share so much luck that the first ten replications decide. Here three scenarios share none,
or half, and lie as near to one another as the promise allows, so that most of the selection happens beyond the first
stage. The interval is the one that stops itself: replications are added until it alone is narrow.
"""

import numpy as np

from sim.study.compare.best import best
from sim.study.compare.comparison import LEAST
from sim.study.compare.intervals import next_count, paired

SELECTIONS, STOPS, MOST = 1000, 10_000, 5000
ZONE, PROBABILITY = 0.2, 0.95
WANTED = (0.9, 0.7, 0.5, 0.35, 0.25)
"""Half-widths asked for, in standard deviations of a difference: from ten replications to about sixty."""


def selected(common: float) -> str:
    """A row: three scenarios, the best ahead of the others by the zone; ``common``: share of luck that all have."""
    right, used = [], []
    for seed in range(SELECTIONS):
        luck = np.random.default_rng(seed)
        shared = np.sqrt(common) * luck.normal(size=MOST)
        values = {
            name: mean + shared + np.sqrt(1.0 - common) * luck.normal(size=MOST)
            for name, mean in (("a", 0.0), ("b", 0.0), ("c", ZONE))
        }
        n = LEAST
        while not (
            found := best("x", {name: row[:n] for name, row in values.items()}, ZONE, 1, PROBABILITY)
        ).guaranteed:
            n = min(found.needed, n + 2 * LEAST)
        right.append(found.left == ("c",))
        used.append(n)
    what = f"the best of three, {100 * common:.0f} % of luck shared (mean {np.mean(used):.0f})"
    return f"| {what} | {SELECTIONS:,} | 95 % | {100 * np.mean(right):.1f} % |"


def stopped(wanted: float) -> str:
    """A row: an interval of a difference with a standard deviation of 1, truly 0, until it is as narrow as wanted."""
    kept, used = [], []
    for seed in range(STOPS):
        values = np.random.default_rng(seed).normal(size=MOST)
        n = LEAST
        while True:
            found = paired(np.zeros(n), values[:n])
            more = next_count(n, [(found.half_width, wanted)], MOST)
            if more == n:
                break
            n = more
        kept.append(found.low <= 0.0 <= found.high)
        used.append(n)
    return f"| one interval to ± {wanted} (mean {np.mean(used):.1f}) | {STOPS:,} | 95 % | {100 * np.mean(kept):.1f} % |"


def main() -> None:
    print("| what | tried | promised | found |\n| --- | --- | --- | --- |")
    for common in (0.0, 0.5):
        print(selected(common))
    for wanted in WANTED:
        print(stopped(wanted))


if __name__ == "__main__":
    main()

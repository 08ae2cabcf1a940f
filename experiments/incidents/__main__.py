"""A real support chain, calibrated: the incidents of a car maker's IT (BPI Challenge 2013). Two minutes::

    python -m experiments.incidents LOG.xes.gz

The log is public (doi:10.4121/500573e6-accc-4b0c-9576-aa5468b10cee) and no part of this project. Writes
``scenario.yaml`` (under pseudonyms), the charts of the page, and prints the tables of ``README.md``.
"""

import base64
import re
import sys
import tempfile
from pathlib import Path

import numpy as np

from sim.model.calendar import DAYS_PER_WEEK, HOURS_PER_DAY
from sim.scenario.dated import with_values
from sim.show.calibrate.command import calibrate
from sim.study.calibrate.course import simulated
from sim.study.calibrate.log import DONE, HELD, WAITING, WORKING, Log
from sim.study.calibrate.reading import read_log

FOLDER = Path(__file__).parent
PUBLISHED_DAYS = (0.01, 2.3, 4.8, 6.8, 7.1, 13.1)
PUBLISHED_SHARES = (0.22, 0.285, 0.497)
CALENDAR_DAYS = 7 / DAYS_PER_WEEK / HOURS_PER_DAY
REPLICATIONS = 20


def open_days(log: Log) -> tuple["np.ndarray", "np.ndarray"]:
    """By case, how often it changed groups, and the days that it was not finished, by the clock."""
    first = np.r_[True, log.case[1:] != log.case[:-1]]
    starts = np.flatnonzero(first)
    handed = np.r_[False, log.group[1:] != log.group[:-1]] & ~first
    return np.add.reduceat(handed, starts), np.add.reduceat(
        np.where(log.phase != DONE, _lasts(log), 0), starts
    ) / 86_400


def elapsed(log: Log) -> tuple[float, ...]:
    """Of the time until cases are finished: worked on, waiting for somebody, waiting for others."""
    lasts = _lasts(log)
    total = lasts[log.phase != DONE].sum()
    return tuple(float(lasts[log.phase == phase].sum() / total) for phase in (WORKING, WAITING, HELD))


def _lasts(log: Log) -> "np.ndarray":
    """Seconds from each event to the next of its case."""
    return np.where(np.r_[log.case[1:] == log.case[:-1], False], np.r_[np.diff(log.seconds), 0], 0)


def medians(handed: "np.ndarray", days: "np.ndarray") -> list[str]:
    chosen = [handed == at if at < 5 else handed >= at for at in range(6)]
    return [f"{np.median(days[one]):.2f} ({one.mean():.0%})" if one.sum() >= 5 else "–" for one in chosen]


def main() -> None:
    path = Path(sys.argv[1])
    log = read_log(path)
    print("| open time | published | read here |\n| --- | --- | --- |")
    for name, one, other in zip(
        ("worked on", "waits for somebody", "waits for others"), PUBLISHED_SHARES, elapsed(log), strict=True
    ):
        print(f"| {name} | {one:.1%} | {other:.1%} |")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        done = calibrate(path, out=out, pseudonyms=True, name="incidents", progress=lambda step, share: None)
        (FOLDER / "scenario.yaml").write_text((out / "scenario.yaml").read_text(encoding="utf-8"), encoding="utf-8")
        pictures = re.findall(r"data:image/png;base64,([^\"]+)", (out / "report.html").read_text(encoding="utf-8"))
        for name, picture in zip(("throughput", "waits", "queues"), pictures, strict=False):
            (FOLDER / f"{name}.png").write_bytes(base64.b64decode(picture))
    found = done.calibration
    scenario = with_values(found.scenario, {"days": found.found.days})
    courses = [
        simulated(scenario, found.seen.teams.names, 3, replication).handed_over() for replication in range(REPLICATIONS)
    ]
    handed, hours = (np.concatenate([course[place] for course in courses]) for place in (0, 1))
    seen_handed, seen_hours = found.last.handed_over()
    rows = {
        "published, by group": [f"{value:g}" for value in PUBLISHED_DAYS],
        "read here, by group, all cases": medians(*open_days(log)),
        "observed, by department, last third": medians(seen_handed, seen_hours * CALENDAR_DAYS),
        "simulated, by department": medians(handed, hours * CALENDAR_DAYS),
    }
    print("\n| median days open (share of cases), handed over | 0 | 1 | 2 | 3 | 4 | 5+ |\n| --- " + "| --- " * 6 + "|")
    for name, cells in rows.items():
        print(f"| {name} | {' | '.join(cells)} |")
    judged = found.judged
    print(f"\n{judged.verdict}: {sum(item.inside for item in judged.compared)} of {len(judged.compared)} numbers")
    print(f"{found.window}\n{found.found.purchases}")
    for part in found.found.departments:
        people = found.felt.company.people.get(part.name, max(1, round(part.staff.value)))
        counts = f"{part.groups} | {part.jobs} | {part.staff.value:.0f} | {people}"
        hours = f"{part.handling_hours.value:.2f} | {part.wait_hours.value:.2f}"
        shares = " | ".join(f"{share.value:.0%}" for share in (part.held, part.reopened, part.passed))
        print(f"| {part.name} | {counts} | {hours} | {shares} |")
    for target, parameter, given in zip(found.fit.targets, found.fit.parameters, found.felt.simulated, strict=True):
        print(
            f"| {target.where} | {target.observed:.2f} | {given:.2f} | {parameter.value:.2f} | {parameter.determined} |"
        )


if __name__ == "__main__":
    main()

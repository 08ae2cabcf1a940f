"""The model beside published figures. Run from the folder of the project (some twenty minutes on two cores)::

    python -m experiments.validation [ID...]

Writes ``findings.csv`` and a chart for each figure beside this file, and prints the table of ``README.md``.
"""

import csv
import sys
import time
from collections.abc import Callable
from dataclasses import astuple, fields

from experiments.validation import companies, conflicts, handovers, lags, mechanisms, people, sears
from experiments.validation.finding import FOLDER, Finding
from sim.study.together import Together

SEED = 1
STUDIES: dict[str, Callable[[Together], list[Finding]]] = {
    "1": sears.study,
    "2": companies.study,
    "4": mechanisms.links_cut,
    "5": mechanisms.shocks,
    "6": mechanisms.rudeness,
    "6b": mechanisms.chief,
    "7": mechanisms.relays,
    "8": conflicts.study,
    "9": lags.study,
    "10": lambda together: handovers.study(together.seed),
    "11": lambda together: people.study(together.seed),
}


def main(wanted: list[str]) -> None:
    found: list[Finding] = []
    for name, study in STUDIES.items():
        if not wanted or name in wanted:
            began = time.perf_counter()
            found += study(Together(SEED))
            print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    if not wanted:
        with (FOLDER / "findings.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([field.name for field in fields(Finding)])
            writer.writerows(astuple(item) for item in found)
    print("| | what | published | simulated | 95 % interval | met |")
    print("| --- | --- | --- | --- | --- | --- |")
    for item in found:
        unit = f" {item.unit}" if item.unit not in {"", "r", "share"} else ""
        value, low, high = (_said(value) for value in (item.simulated, item.low, item.high))
        around = f"{low} to {high}" if item.low != item.high else "–"
        print(f"| {item.id} | {item.what} | {item.published} | {value}{unit} | {around} | {item.met} |")


def _said(value: float) -> str:
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace("-", "−")
    return f"{value:.2f}".replace("-", "−")


if __name__ == "__main__":
    main(sys.argv[1:])

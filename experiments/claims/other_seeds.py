"""Do the verdicts hold with other luck? Every trial in its quick form, with ten seeds that had no part in its making.

Run from the folder of the project (about an hour on two cores; what ``seeds.csv`` holds is not done again)::

    python -m experiments.claims.other_seeds
"""

import csv
import sys
from pathlib import Path

from sim.study.claims.catalogue import CLAIMS
from sim.study.claims.verdict import Tried, try_claims

SEEDS = range(2, 12)
FILE = Path(__file__).with_name("seeds.csv")
COLUMNS = ("seed", "id", "effect", "low", "high", "n", "verdict")


def main() -> None:
    rows = _known()
    for seed in SEEDS:
        if any(row["seed"] == str(seed) for row in rows):
            continue
        rows += [_row(seed, item) for item in try_claims(CLAIMS, seed, quick=True).tried]
        with FILE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        print(f"seed {seed} is done", file=sys.stderr, flush=True)
    print("| trial | held with | effects of the seeds |")
    print("| --- | --- | --- |")
    for name in dict.fromkeys(row["id"] for row in rows):
        mine = [row for row in rows if row["id"] == name]
        effects = sorted(float(row["effect"]) for row in mine)
        held = sum(_holds(name, row) for row in mine)
        print(f"| {name} | {held} of {len(mine)} | {effects[0]:.2f} to {effects[-1]:.2f} |".replace("-", "−"))


def _holds(name: str, row: dict[str, str]) -> bool:
    """Whether the whole interval lies on the side that is claimed."""
    signs = {trial.id: trial.sign for claim in CLAIMS for trial in claim.trials}
    low, high = float(row["low"]), float(row["high"])
    return low > 0.0 if signs.get(name, 1) > 0 else high < 0.0


def _known() -> list[dict[str, str]]:
    if not FILE.exists():
        return []
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _row(seed: int, item: Tried) -> dict[str, str]:
    found = item.effect
    values = (seed, item.trial.id, f"{found.mean:.6g}", f"{found.low:.6g}", f"{found.high:.6g}", found.n, item.verdict)
    return dict(zip(COLUMNS, map(str, values), strict=True))


if __name__ == "__main__":
    main()

"""How robust is the sign of each claim, if all the numbers that nobody measured were others?

Run from the folder of the project; what ``findings.csv`` holds is not done again::

    python -m experiments.robust_claims.robust_claims --draws 24

Every parameter of the laws that is a choice is drawn between a quarter less and a quarter more, all at once (a Latin
hypercube over the factors of ``experiments/assumptions/study.yaml``), and every trial of the claims is tried in each of
these worlds, on the same luck.
"""

import argparse
import csv
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from scipy.stats import qmc, spearmanr

from sim.scenario.dated import altered
from sim.study.claims.catalogue import CLAIMS
from sim.study.claims.trial import Trial
from sim.study.claims.verdict import company
from sim.study.sweep.asked import read_study
from sim.study.together import Together

FILE = Path(__file__).with_name("findings.csv")
ASSUMPTIONS = Path(__file__).parents[1] / "assumptions" / "study.yaml"
COLUMNS = ("draw", "trial", "effect", "low", "high", "n")
MOST_DRAWS = 128
"""Of the hypercube; those that are run are its first ones, as they come."""
TRIALS = tuple(trial for claim in CLAIMS for trial in claim.trials if trial.base and trial.other)


def draws() -> tuple[list[str], np.ndarray]:
    """Names of the choices, and their values (draws × choices)."""
    factors = read_study(ASSUMPTIONS).question.factors
    ends = np.array([factor.range for factor in factors.values()], dtype=float)
    shares = qmc.LatinHypercube(len(factors), rng=1).random(MOST_DRAWS)
    return [factor.key or "" for factor in factors.values()], ends[:, 0] + shares * (ends[:, 1] - ends[:, 0])


def pairs(trial: Trial) -> int:
    """Half of what the quick form needs, at least three: signs over many worlds need no sharp interval in each."""
    return max(3, trial.quick // 2)


def effects(keys: Mapping[str, float]) -> Iterator[tuple[Trial, float, float, float, int]]:
    """Each trial in the world of these keys."""
    companies = {
        name: altered(company(name), keys) for name in {name for item in TRIALS for name in (item.base, item.other)}
    }
    together = Together(seed=1)
    wanted: dict[str, int] = {}
    for trial in TRIALS:
        for name in (trial.base, trial.other):
            wanted[name] = max(wanted.get(name, 0), pairs(trial))
    together.live([(companies[name], count) for name, count in wanted.items()])
    for trial in TRIALS:
        base, other = companies[trial.base], companies[trial.other]
        found = together.difference(base, other, trial.outcome, pairs(trial), trial.level, trial.where)
        yield trial, found.mean, found.low, found.high, found.n


def known() -> list[dict[str, str]]:
    if not FILE.exists():
        return []
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tell(rows: list[dict[str, str]]) -> None:
    """A row for each trial: in how many worlds its sign is the claimed one, and on what its size hangs most."""
    names, values = draws()
    done = sorted({int(row["draw"]) for row in rows})
    sure = np.sqrt(np.log(2 * len(names) * len(TRIALS) / 0.05) * 2 / len(done))  # Bonferroni, of |ρ| by chance
    print(f"{len(done)} worlds\n\n| trial | right sign | surely wrong | effect, sign as claimed | hangs most on |")
    print("| --- | --- | --- | --- | --- |")
    for trial in TRIALS:
        mine = {int(row["draw"]): row for row in rows if row["trial"] == trial.id}
        size = trial.sign * np.array([float(mine[draw]["effect"]) for draw in done])
        ends = [sorted(trial.sign * float(mine[draw][end]) for end in ("low", "high")) for draw in done]
        wrong = sum(high < 0.0 for _, high in ends)
        ties = np.array([spearmanr(values[done, place], size).statistic for place in range(len(names))])
        best = int(np.nanargmax(np.abs(ties)))
        hangs = f"{names[best].removeprefix('laws.')} ({ties[best]:+.2f})" if abs(ties[best]) > sure else "–"
        low, middle, high = np.quantile(size, [0.05, 0.5, 0.95])
        right, cells = (size > 0.0).sum(), f"{middle:.2f} ({low:.2f} to {high:.2f}) | {hangs}"
        print(f"| {trial.id} | {right} | {wrong} | {cells} |".replace("-", "−"))


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--draws", type=int, default=24)
    rows, (names, values) = known(), draws()
    for draw in range(options.parse_args().draws):
        if any(row["draw"] == str(draw) for row in rows):
            continue
        for trial, *figures, n in effects(dict(zip(names, map(float, values[draw]), strict=True))):
            found = (str(draw), trial.id, *(f"{figure:.6g}" for figure in figures), str(n))
            rows.append(dict(zip(COLUMNS, found, strict=True)))
        with FILE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        print(f"world {draw} is done", file=sys.stderr, flush=True)
    tell(rows)


if __name__ == "__main__":
    main()

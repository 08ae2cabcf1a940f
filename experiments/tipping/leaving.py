"""The same company where customers can leave: does it fall, and does it come back? Run from the folder of the project::

python -m experiments.tipping.leaving
"""

import numpy as np

from sim import load
from sim.model.engines import simulate
from sim.model.measures import COMPANY, measured
from sim.scenario.dated import with_values

COMPANIES, YEARS = 20, 14
FALLEN, BACK = 35.0, 55.0
"""Choice: points of morale, far from both states (64 and 14 at an authority of .3)."""
WEEKS_A_YEAR = 50


def first(path: np.ndarray, start: int = 0) -> int | None:
    """The first week in which something is so."""
    found = np.flatnonzero(path[start:])
    return start + int(found[0]) if len(found) else None


def main() -> None:
    base = load("claims/spiral-fragile").model_copy(update={"changes": (), "days": YEARS * 5 * WEEKS_A_YEAR})
    print("| authority | fell in four years | fell at all | back within four years of it | back at all | fell again |")
    print("| --- | --- | --- | --- | --- | --- |")
    for authority in (0.1, 0.3, 1.0):
        company = with_values(base, {"management.authoritarian": authority})
        soon = fell = back_soon = back = again = 0
        for number in range(COMPANIES):
            items = measured(simulate(company, 1, number))
            morale = next(item.weekly for item in items if item.level == COMPANY and item.outcome == "morale")
            down = first(morale < FALLEN)
            if down is None:
                continue
            fell, soon = fell + 1, soon + (down <= 4 * WEEKS_A_YEAR)
            up = first(morale > BACK, down)
            if up is None:
                continue
            back, back_soon = back + 1, back_soon + (up - down <= 4 * WEEKS_A_YEAR)
            again += first(morale < FALLEN, up) is not None
        print(f"| {authority:g} | {soon} of {COMPANIES} | {fell} | {back_soon} | {back} | {again} |", flush=True)


if __name__ == "__main__":
    main()

"""Besides: how much of a person's morale lasts from survey to survey, and how much of it is the department's."""

import numpy as np

from experiments.validation.finding import Finding
from sim import load
from sim.model.company import Company
from sim.scenario.load import with_days
from sim.show import style  # noqa: F401 - charts look alike
from sim.study.replicate import interval

DAYS = (2, 127, 252)
"""Choice: half a year apart; the data do not say how far their waves were."""
REPLICATIONS = 6
RELIABILITY = 0.8
"""Choice: of a survey's scale, usual for morale; error of that size takes a fifth off every correlation."""


def study(seed: int) -> list[Finding]:
    found = np.array([_one(seed, replication) for replication in range(REPLICATIONS)])
    rows = []
    for place, (what, published, least, most, source) in enumerate(
        (
            ("r of two surveys of the same people, half a year apart", ".56", 0.4, 0.75, "univbct, 495 people"),
            ("the same, a year apart", ".38", 0.25, 0.57, "univbct"),
            (
                "share of the variance of morale between departments (ICC 1)",
                ".04 to .13",
                0.04,
                0.13,
                "bh1996, 99 groups",
            ),
        )
    ):
        mean, low, high, _ = interval(found[:, place])
        met = "yes" if least <= mean <= most else "near" if least / 3 <= mean <= 3 * most else "no"
        rows.append(Finding("11", what + " (plant)", published, mean, low, high, "", met, source))  # type: ignore[arg-type]
    return rows


def _one(seed: int, replication: int) -> tuple[float, float, float]:
    """Two correlations over people who stay, and the intraclass correlation of the first wave."""
    waves: dict[int, dict[int, tuple[str, float]]] = {}

    def look(day: float) -> None:
        for wanted in DAYS:
            if wanted not in waves and day >= wanted:
                waves[wanted] = {
                    id(person): (name, person.condition)
                    for name, department in company.departments.items()
                    for person in department.team
                }

    company = Company(with_days(load("plant"), 265), seed, replication, None, look)
    company.live()
    first, half, year = (waves[day] for day in DAYS)

    def lasting(later: dict[int, tuple[str, float]]) -> float:
        both = sorted(set(first) & set(later))
        return RELIABILITY * float(np.corrcoef([first[one][1] for one in both], [later[one][1] for one in both])[0, 1])

    return lasting(half), lasting(year), _intraclass(first)


def _intraclass(wave: dict[int, tuple[str, float]]) -> float:
    """ICC(1) by analysis of variance, for groups of unequal size."""
    groups: dict[str, list[float]] = {}
    for name, morale in wave.values():
        groups.setdefault(name, []).append(morale)
    sizes = np.array([len(values) for values in groups.values()])
    total, count = sizes.sum(), len(groups)
    grand = np.concatenate([np.array(values) for values in groups.values()]).mean()
    between = sum(len(values) * (np.mean(values) - grand) ** 2 for values in groups.values()) / (count - 1)
    within = sum(float(np.sum((np.array(values) - np.mean(values)) ** 2)) for values in groups.values()) / (
        total - count
    )
    size = (total - (sizes**2).sum() / total) / (count - 1)
    return float((between - within) / (between + (size - 1) * within))

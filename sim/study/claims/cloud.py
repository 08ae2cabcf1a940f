"""The ceiling as a cloud: companies drawn at random, each with its morale and its customers' satisfaction (A4)."""

from dataclasses import dataclass

import numpy as np

from sim.model import laws
from sim.model.record import Floats
from sim.scenario.dated import altered
from sim.scenario.load import with_days
from sim.scenario.parameters import Laws
from sim.scenario.schema import Scenario
from sim.study.claims.tempers import with_tempers
from sim.study.together import Together

LEVERS = ("involvement", "recognition", "role_clarity", "interaction", "informal_communication")
DAYS = 100
NO_CEILING = {"laws.ceiling_slack": 1.0}
"""With so much slack everybody can show the best, whatever they feel."""


@dataclass(frozen=True, slots=True)
class Cloud:
    """One point a company, in points of 100."""

    morale: Floats
    satisfaction: Floats

    @property
    def correlation(self) -> float:
        """Pearson's r; NaN where one of the two does not vary."""
        if np.ptp(self.morale) == 0.0 or np.ptp(self.satisfaction) == 0.0:
            return float("nan")
        return float(np.corrcoef(self.morale, self.satisfaction)[0, 1])

    def above(self, keys: Laws) -> int:
        """How many companies lie above the ceiling of their morale."""
        return int((self.satisfaction > ceiling_curve(self.morale, keys)).sum())


def ceiling_curve(morale: Floats, keys: Laws) -> Floats:
    """The best experience that people of this morale can give: ceiling^(w₁ + w₃), all in points of 100."""
    weight = keys.weight_respect + keys.weight_care
    return np.array([100.0 * laws.ceiling(value / 100.0, keys.ceiling_slack) ** weight for value in morale])


def variants(base: Scenario, count: int, seed: int) -> tuple[Scenario, ...]:
    """Random companies: levers, delegation, style and tempers anywhere in their range, staff one more or less."""
    luck = np.random.default_rng(seed)
    return tuple(_variant(with_days(base, DAYS), luck) for _ in range(count))


def clouds(together: Together, companies: tuple[Scenario, ...]) -> tuple[Cloud, Cloud]:
    """The cloud of these companies as they are, and without any ceiling."""
    free = tuple(altered(scenario, NO_CEILING) for scenario in companies)
    together.live([(scenario, 1) for scenario in (*companies, *free)])
    return _cloud(together, companies), _cloud(together, free)


def _cloud(together: Together, companies: tuple[Scenario, ...]) -> Cloud:
    morale, satisfaction = (
        np.array([together.values(scenario, outcome, 1)[0] for scenario in companies])
        for outcome in ("morale", "customer_satisfaction")
    )
    return Cloud(morale, satisfaction)


def _variant(base: Scenario, luck: np.random.Generator) -> Scenario:
    keys: dict[str, float | int] = {f"practices.{lever}": _share(luck) for lever in LEVERS}
    keys |= {"management.delegation": _share(luck), "management.authoritarian": _share(luck)}
    for part in base.departments:
        keys[f"departments.{part.name}.staff"] = max(1, part.staff + int(luck.integers(0, 3)) - 1)
    tempers = {part.name: _share(luck) for part in base.departments}
    return with_tempers(altered(base, keys), tempers)


def _share(luck: np.random.Generator) -> float:
    return round(float(luck.random()), 3)

"""Inside or by contract: customers' satisfaction with services kept inside, for people of every temper (B7)."""

from dataclasses import dataclass

import numpy as np

from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.study.claims.tempers import with_tempers
from sim.study.paths import Band, band
from sim.study.together import Together

TEMPERS = (0.0, 0.3, 0.6, 0.9)


@dataclass(frozen=True, slots=True)
class Crossover:
    """Satisfaction in points at each of ``TEMPERS`` inside, and by contract, where tempers do not matter."""

    departments: tuple[str, ...]
    inside: Band
    contract: float

    @property
    def crossing(self) -> float:
        """The temper at which keeping the services inside begins to pay, by a straight line; NaN if there is none."""
        ahead = self.inside.mean - self.contract
        for place in range(len(TEMPERS) - 1):
            if ahead[place] < 0.0 <= ahead[place + 1]:
                step = -ahead[place] / (ahead[place + 1] - ahead[place])
                return float(TEMPERS[place] + step * (TEMPERS[place + 1] - TEMPERS[place]))
        return float("nan")


def contracted(inside: Scenario, contract: Scenario) -> tuple[str, ...]:
    """The departments that are bought outside in the second company only."""
    pairs = zip(inside.departments, contract.departments, strict=True)
    return tuple(part.name for part, bought in pairs if part.contract is None and bought.contract is not None)


def crossover(together: Together, inside: Scenario, contract: Scenario, replications: int) -> Crossover:
    """The company with people of each temper in these departments, against the one that has a contract instead.

    The interval is that of the difference from the contract, pair by pair.
    """
    names = contracted(inside, contract)
    row = [with_tempers(inside, dict.fromkeys(names, temper)) for temper in TEMPERS]
    together.live([(scenario, replications) for scenario in (*row, contract)])
    bought = together.values(contract, "customer_satisfaction", replications)
    values: Floats = np.array([together.values(item, "customer_satisfaction", replications) for item in row])
    ahead = band((values - bought).T)
    level = float(bought.mean())
    return Crossover(names, Band(ahead.mean + level, ahead.low + level, ahead.high + level), level)

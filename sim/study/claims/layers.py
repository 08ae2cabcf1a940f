"""The map of layers and delegation: customers' satisfaction for each number of layers and each delegation (A7)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.model.record import Floats
from sim.scenario.dated import altered
from sim.scenario.schema import Scenario
from sim.study.together import Together

LAYERS = (1, 2, 3, 4, 5)
DELEGATION = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class LayerMap:
    """Satisfaction in points: a row for each of ``LAYERS``, a column for each of ``DELEGATION``."""

    satisfaction: Floats

    @property
    def best(self) -> NDArray[np.int64]:
        """The row of the best number of layers in each column."""
        return np.asarray(self.satisfaction.argmax(axis=0), dtype=np.int64)

    @property
    def too_flat(self) -> NDArray[np.bool_]:
        """Where flattening has backfired: fewer layers than the best number."""
        return np.asarray(np.arange(len(LAYERS))[:, None] < self.best)


def layer_map(together: Together, base: Scenario, replications: int) -> LayerMap:
    """The map of a company, each cell a mean over replications on the same luck."""
    grid = [
        [altered(base, {"management.layers": layers, "management.delegation": share}) for share in DELEGATION]
        for layers in LAYERS
    ]
    together.live([(scenario, replications) for row in grid for scenario in row])
    return LayerMap(
        np.array(
            [[together.values(item, "customer_satisfaction", replications).mean() for item in row] for row in grid]
        )
    )

"""Which scenario is best: the procedure of Kim and Nelson, with common luck.

S.-H. Kim, B. L. Nelson (2001), A fully sequential procedure for indifference-zone selection in simulation, ACM TOMACS
11:251–273. Sums over replications of every two scenarios are compared; who lies behind by more than a margin, which
shrinks with each replication, is not the best. If the best is ahead of all others by at least the indifference zone, it
is chosen with at least the stated probability; smaller differences are nobody's concern. Variances of differences come
from the first ``FIRST`` replications, as the procedure demands.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.model.record import Floats

FIRST = 10
PROBABILITY = 0.95


@dataclass(frozen=True, slots=True)
class Best:
    """Who may still be best, in order of their means; ``needed``: with how many replications at most one is left.

    ``guaranteed``: the one who is chosen has been chosen with the stated probability. ``tied``: those who are left
    are equal in every replication, and more of them would tell nothing.
    """

    outcome: str
    zone: float
    probability: float
    ranking: tuple[str, ...]
    left: tuple[str, ...]
    replications: int
    needed: int
    tied: bool = False

    @property
    def guaranteed(self) -> bool:
        """Whether one is left."""
        return len(self.left) == 1


def best(
    outcome: str, values: Mapping[str, Floats], zone: float, direction: int = 1, probability: float = PROBABILITY
) -> Best:
    """Select among scenarios, each with its values in the same replications.

    ``zone`` is the smallest difference worth telling apart, in the outcome's unit; ``ValueError`` with fewer than two
    scenarios, fewer than ``FIRST`` replications, a zone that is not positive or a replication without a value.
    """
    names = list(values)
    table = np.array([direction * np.asarray(values[name], dtype=float) for name in names])
    count, n = table.shape
    if count < 2 or n < FIRST or not zone > 0.0:
        raise ValueError(f"needs two scenarios, {FIRST} replications and a zone above 0; got {count}, {n}, {zone}")
    if np.isnan(table).any():
        raise ValueError("a replication has no value: nobody can be selected")
    slope = ((2.0 * (1.0 - probability) / (count - 1)) ** (-2.0 / (FIRST - 1)) - 1.0) / 2.0  # eta, with c = 1
    spread = _spread(table[:, :FIRST]) * 2.0 * slope * (FIRST - 1)  # h² S²
    alive = set(range(count))
    sums = np.cumsum(table, axis=1)
    for r in range(FIRST, n + 1):
        if len(alive) == 1:
            break
        room = np.maximum(0.0, zone / 2.0 * (spread / zone**2 - r))
        now = sums[:, r - 1]
        alive = {i for i in alive if all(now[i] >= now[j] - room[i, j] for j in alive)}
    means = table.mean(axis=1)
    order = sorted(range(count), key=lambda place: (-means[place], names[place]))
    left = [place for place in order if place in alive]
    tied = len(alive) > 1 and all(np.array_equal(table[left[0]], table[place]) for place in left)
    most = max((spread[i, j] for i in alive for j in alive if i != j), default=0.0)
    return Best(
        outcome,
        zone,
        probability,
        tuple(names[place] for place in order),
        tuple(names[place] for place in left),
        n,
        n if len(alive) == 1 or tied else max(n + 1, math.floor(most / zone**2) + 1),
        tied,
    )


def _spread(table: Floats) -> Floats:
    """Variances of the differences of every two rows."""
    apart = table[:, None, :] - table[None, :, :]
    return np.asarray(np.var(apart, axis=2, ddof=1))

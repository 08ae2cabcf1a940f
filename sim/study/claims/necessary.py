"""Necessary condition analysis: how much of the room above a cloud is empty (Dul 2016, Organ. Res. Methods 19:10–52).

If much of y never occurs without much of x, the upper left corner of the cloud is empty. The ceiling is the one with
free disposal hull (CE-FDH), a stair: at x, the highest y that any case with no more than x has reached.
"""

import numpy as np

from sim.model.record import Floats


def ceiling_stair(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """The steps of the stair, from left to right: from which x on, and how high it is there."""
    order = np.lexsort((-y, x))
    heights = np.maximum.accumulate(y[order])
    begins = np.concatenate([[True], np.diff(heights) > 0])
    return x[order][begins], heights[begins]


def effect_size(x: Floats, y: Floats) -> float:
    """d = empty zone above the stair / scope, the rectangle of all x and y that occur; 0 none to 1. NaN without scope.

    Dul calls .1 to .3 medium, .3 to .5 large, more very large.
    """
    scope = float(np.ptp(x) * np.ptp(y))
    if scope == 0.0:
        return float("nan")
    steps, heights = ceiling_stair(x, y)
    widths = np.diff(np.append(steps, x.max()))
    return float(widths @ (y.max() - heights)) / scope


def chance(x: Floats, y: Floats, seed: int, draws: int = 1000) -> float:
    """How often a cloud in which y is dealt to x at random has at least that effect size (Dul et al. 2020)."""
    luck = np.random.default_rng(seed)
    found = effect_size(x, y)
    as_large = sum(effect_size(x, luck.permutation(y)) >= found for _ in range(draws))
    return (1 + as_large) / (1 + draws)

"""What a perfect experience lacks, and what each of its parts has cost: told to the last point, summing to the whole.

The additive logarithmic-mean decomposition of a product (Ang 2015, *Energy Policy* 86:233–238) against 1: each part has
its share of the logarithm. Pure scalar functions, as the laws are; they move nothing.
"""

import math

from sim.model import laws

_NOTHING = 1e-12
"""What nothing counts as where a logarithm is taken."""


def fallen_short(
    respect: float, agility: float, care: float, weight_respect: float, weight_agility: float, weight_care: float
) -> tuple[float, float, float]:
    """What respect, agility and care have cost; together 1 − experience, to rounding."""
    by_respect = -weight_respect * math.log(max(respect, _NOTHING))
    by_agility = -weight_agility * math.log(max(agility, _NOTHING))
    by_care = -weight_care * math.log(max(care, _NOTHING))
    whole = by_respect + by_agility + by_care
    if whole <= 0.0:
        return 0.0, 0.0, 0.0
    missing = 1.0 - laws.experience(respect, agility, care, weight_respect, weight_agility, weight_care)
    return missing * by_respect / whole, missing * by_agility / whole, missing * by_care / whole


def share_of_errors(attitude: float, care: float) -> float:
    """Of what care lacks, the share that errors have cost and not the attitude of whoever served."""
    lacking = math.log(max(care, _NOTHING))
    return 1.0 - math.log(max(attitude, care, _NOTHING)) / lacking if lacking < 0.0 else 0.0

"""The mean of a few numbers, added from the first to the last.

Python's own ``sum`` corrects its rounding since 3.12, so it does not give the same bits everywhere.
"""

from collections.abc import Iterable


def mean(values: Iterable[float], otherwise: float = 0.0) -> float:
    """Their mean; ``otherwise`` if there are none."""
    total, count = 0.0, 0
    for value in values:
        total += value
        count += 1
    return total / count if count else otherwise

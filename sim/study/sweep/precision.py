"""How precise the means of a study's points are, and how many replications they need to be as precise as asked."""

import math
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

_SPARE: Final = 1.1
"""Choice: so many more than the variance found so far calls for, so that one more round seldom is needed."""


def half_width(table: "pd.DataFrame", points: Collection[str], replications: int, response: str) -> float:
    """Of the 95 % intervals (Student's t) of points' means over the first replications: the root mean square.

    In the response's unit; NaN where no point has two runs that did not fail.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - takes a while to load

    some = table[table["point"].isin(points) & (table["replication"] < replications) & (table["error"] == "")]
    found = some.groupby("point")[response].agg(["var", "count"])
    found = found[found["count"] >= 2]
    if found.empty:
        return math.nan
    n = found["count"].to_numpy(dtype=float)
    return float(np.sqrt(np.mean(found["var"].to_numpy() / n * stdtrit(n - 1, 0.975) ** 2)))


def replications_needed(wanted: Mapping[str, float], found: Mapping[str, float], replications: int, most: int) -> int:
    """With how many it goes on: as many as there are if all is precise enough, at most twice as many, or ``most``."""
    excess = max((found[name] / limit for name, limit in wanted.items() if not math.isnan(found[name])), default=0.0)
    if excess <= 1.0:
        return replications
    return max(replications, min(most, 2 * replications, math.ceil(_SPARE * replications * excess**2)))

"""Which decision is good whatever the world is like: regret, the distance to the best decision in the same world.

Worlds are the combinations of all factors that nobody decides; every decision must have met every world.
"""

from typing import TYPE_CHECKING

import numpy as np

from sim.model.record import Floats
from sim.study.compare.stated import BETTER
from sim.study.sweep.sensitivity import half_width_of
from sim.study.sweep.study import Found, StudyError

if TYPE_CHECKING:
    import pandas as pd


def regret(found: Found, response: str) -> "pd.DataFrame":
    """A row for each decision, the safest first: its factors, worst with low and high, mean, best, value.

    ``worst`` and ``mean``: regret over the worlds, of means over replications, in the response's unit; 95 % intervals
    of the worst by the jackknife over replications (NaN with one). ``best``: the share of worlds in which it is the
    best; ``value``: the mean response. ``StudyError`` if some decision did not meet some world, if a run failed, or if
    the response has no direction that is better.
    """
    import pandas as pd  # noqa: PLC0415 - takes a while to load

    outcome = response.partition(" of ")[0]
    if outcome not in BETTER:
        raise StudyError(f"{response}: regret needs an outcome of which more, or less, is better")
    sign, decisions = BETTER[outcome], list(found.asked.question.decisions)
    worlds = [name for name in found.designed.factors if name not in decisions]
    good = found.table[found.table["error"] == ""]
    met = len(good[decisions].drop_duplicates()) * len(good[worlds].drop_duplicates())
    if found.failed or met != good["point"].nunique():
        raise StudyError(f"{response}: regret needs every decision in every world, and no run that failed")
    replications = sorted(good["replication"].unique())
    values = np.array(
        [
            good[good["replication"] == one]
            .pivot_table(index=decisions, columns=worlds, values=response, dropna=False)
            .to_numpy(dtype=float)
            for one in replications
        ]
    )
    if np.isnan(values).any():
        raise StudyError(f"{response}: regret needs a value in every world")
    whole = _regrets(sign * values.mean(axis=0))
    left = [
        _regrets(sign * np.delete(values, place, axis=0).mean(axis=0)).max(axis=1)
        for place in range(len(replications))
        if len(replications) > 1
    ]
    options = good[decisions].drop_duplicates().sort_values(decisions, kind="stable").reset_index(drop=True)
    half = [half_width_of(np.array([one[place] for one in left])) for place in range(len(options))]
    worst = whole.max(axis=1)
    table = options.assign(
        worst=worst,
        worst_low=np.maximum(worst - half, 0.0),
        worst_high=worst + half,
        mean=whole.mean(axis=1),
        best=(whole == 0.0).mean(axis=1),
        value=values.mean(axis=(0, 2)),
    )
    return pd.DataFrame(table.sort_values(["worst", "mean"], kind="stable").reset_index(drop=True))


def _regrets(values: Floats) -> Floats:
    """Decisions × worlds: how much each lacks to the best in its world."""
    return np.asarray(values.max(axis=0, keepdims=True) - values)

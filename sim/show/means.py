"""What charts take from the tables: means over replications, by place."""

import math

from sim.study.results import Results


def means(results: Results, level: str, outcome: str) -> dict[str, float]:
    """The mean of an outcome over replications for each place of a level; NaN where it has none."""
    table = results.outcomes
    chosen = table[(table["level"] == level) & (table["outcome"] == outcome)]
    return {str(where): float(value) for where, value in chosen.groupby("where", sort=False)["value"].mean().items()}


def filled(values: dict[str, float]) -> dict[str, float]:
    """The same with nothing (0) where there is no value."""
    return {name: 0.0 if math.isnan(value) else value for name, value in values.items()}

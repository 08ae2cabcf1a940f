"""Replications: the same company with other luck, and what they say together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.model.engines import Engine, simulate
from sim.model.measures import Measured, measured
from sim.model.trace import Trace
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

TraceWriter = Callable[[int, dict[str, list[Any]]], None]


@dataclass(frozen=True, slots=True)
class Replicated:
    """What came out of the replications of one scenario, one list of outcomes for each."""

    scenario: Scenario
    weeks: tuple[int, ...]
    outcomes: dict[int, tuple[Measured, ...]]
    """By replication number."""


def replicate(  # noqa: PLR0913, PLR0917 - what is lived, who looks on, and how
    scenario: Scenario,
    seed: int,
    replications: Iterable[int],
    progress: Callable[[float], None] | None = None,
    write_trace: TraceWriter | None = None,
    engine: Engine = "fast",
) -> Replicated:
    """Simulate a scenario once for each replication number; each has luck of its own.

    ``progress`` is called with the days that all replications together have lived through.
    """
    weeks: tuple[int, ...] = ()
    outcomes = {}
    lived = 0.0

    def move(day: float) -> None:
        if progress is not None:
            progress(lived + scenario.warm_up_days + day)

    for replication in replications:
        trace = Trace(_for(replication, write_trace)) if write_trace is not None else None
        record = simulate(scenario, seed, replication, trace, move, engine=engine)
        lived += scenario.warm_up_days + scenario.days
        weeks = tuple(int(week) for week in record.weeks)
        outcomes[replication] = tuple(measured(record))
    return Replicated(scenario, weeks, outcomes)


def outcomes_table(replicated: Sequence[Replicated]) -> "pd.DataFrame":
    """Tidy: scenario, replication, outcome, level, where, value, unit; over the observed period."""
    import pandas as pd  # noqa: PLC0415 - takes a while to load

    frames = []
    for of_one in replicated:
        for replication, outcomes in of_one.outcomes.items():
            frames.append(_frame(of_one.scenario.name, replication, outcomes, [item.total for item in outcomes]))
    return pd.concat(frames, ignore_index=True)


def weekly_table(replicated: Sequence[Replicated]) -> "pd.DataFrame":
    """Tidy: scenario, replication, week, outcome, level, where, value, unit; the warm-up has negative weeks."""
    import pandas as pd  # noqa: PLC0415

    frames = []
    for of_one in replicated:
        count = len(of_one.weeks)
        for replication, outcomes in of_one.outcomes.items():
            frame = _frame(of_one.scenario.name, replication, outcomes, [np.nan] * len(outcomes))
            frame = frame.loc[frame.index.repeat(count)].reset_index(drop=True)
            frame["value"] = np.concatenate([item.weekly for item in outcomes])
            frame.insert(2, "week", np.tile(np.asarray(of_one.weeks, dtype=np.int32), len(outcomes)))
            frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def summary_table(outcomes: "pd.DataFrame") -> "pd.DataFrame":
    """Company level: mean and pointwise 95 % interval of each outcome over replications (Student's t).

    Intervals are cut where an outcome cannot lie: below 0 (but for profit), for shares above 1, for points above 100.
    """
    import pandas as pd  # noqa: PLC0415

    rows = []
    company = outcomes[outcomes["level"] == "company"]
    for (scenario, outcome, unit), group in company.groupby(["scenario", "outcome", "unit"], sort=False):
        mean, low, high, n = interval(group["value"].to_numpy())
        low = low if outcome == "profit" else max(low, 0.0)
        high = min(high, {"share": 1.0, "points": 100.0}.get(str(unit), high))
        rows.append((scenario, outcome, unit, mean, low, high, n, None, None, None, None, ""))
    columns = ["scenario", "outcome", "unit", "mean", "low", "high", "n"]
    compared = ["difference", "difference_low", "difference_high", "intervals_at_once", "verdict"]
    return pd.DataFrame(rows, columns=[*columns, *compared])


def interval(values: "np.typing.ArrayLike", confidence: float = 0.95) -> tuple[float, float, float, int]:
    """Mean, low, high of the confidence interval of a mean, and how many values it rests on; NaN are left out.

    Student's t on independent replications. With fewer than two values low and high are NaN.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - takes a while to load

    numbers = np.asarray(values, dtype=float)
    numbers = numbers[~np.isnan(numbers)]
    n = len(numbers)
    if n == 0:
        return np.nan, np.nan, np.nan, 0
    mean = float(numbers.mean())
    if n == 1:
        return mean, np.nan, np.nan, 1
    half = float(stdtrit(n - 1, 0.5 + confidence / 2) * numbers.std(ddof=1) / np.sqrt(n))
    return mean, mean - half, mean + half, n


def _frame(scenario: str, replication: int, outcomes: Sequence[Measured], values: list[float]) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415

    return pd.DataFrame(
        {
            "scenario": scenario,
            "replication": np.int32(replication),
            "outcome": [item.outcome for item in outcomes],
            "level": [item.level for item in outcomes],
            "where": [item.where for item in outcomes],
            "value": values,
            "unit": [item.unit for item in outcomes],
        }
    )


def _for(replication: int, write: TraceWriter) -> Callable[[dict[str, list[Any]]], None]:
    return lambda block: write(replication, block)

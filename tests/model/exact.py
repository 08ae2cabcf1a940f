"""Estimates that are held to exact answers: a mean with its 99 % interval over independent replications.

Where the exact means of the inputs are known (work on a job, purchases in an hour), the luck of the draw in them is
taken out by regression: the method of control variates, with the degrees of freedom that it costs (Lavenberg & Welch
1981, Management Science 27:322). It makes the interval narrower and leaves it honest.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.model.calendar import HOURS_PER_DAY
from sim.model.engines import Engine
from sim.model.measures import Measured, measured
from sim.model.network import purchases_per_hour
from sim.scenario.schema import Scenario
from tests.engine import ENGINE, simulate

OutcomeOf = tuple[str, str, str]
Run = dict[OutcomeOf, Measured]
CONFIDENCE = 0.99
WIDEST = 0.05
"""An interval may be as wide as this share of the exact value: a test that can fail."""


@dataclass(frozen=True)
class Estimate:
    """A mean and half the width of its interval."""

    mean: float
    half: float

    def agrees_with(self, exact: float) -> bool:
        """The exact value lies inside, and the interval is narrow."""
        assert 2 * self.half < WIDEST * exact, f"interval too wide: {self} for {exact}"
        return abs(self.mean - exact) < self.half


def estimates(
    scenario: Scenario,
    figures: list[OutcomeOf | Callable[[Run], float]],
    replications: int,
    seed: int = 1,
    engine: Engine = ENGINE,
) -> list[Estimate]:
    """Simulate, and estimate each figure (an outcome, or made of some) with purchases and their work as controls."""
    runs: list[Run] = [
        {
            (item.outcome, item.level, item.where): item
            for item in measured(simulate(scenario, seed, number, engine=engine))
        }
        for number in range(replications)
    ]
    controls = _controls(scenario, runs)
    return [
        with_controls(np.array([figure(run) if callable(figure) else run[figure].total for run in runs]), controls)
        for figure in figures
    ]


def in_system(staff: dict[str, int]) -> Callable[[Run], float]:
    """The mean number of jobs in line and at work in departments of so many people: L of queueing theory."""
    return lambda run: sum(
        run["queue_length", "department", name].total + people * run["utilisation", "department", name].total
        for name, people in staff.items()
    )


def with_controls(values: NDArray[np.float64], controls: NDArray[np.float64]) -> Estimate:
    """The mean of values (one a replication), adjusted for controls (replications × controls) of expectation 0."""
    count, used = controls.shape
    design = np.column_stack([np.ones(count), controls])
    coefficients, *_ = np.linalg.lstsq(design, values, rcond=None)
    rest = values - design @ coefficients
    freedom = count - used - 1
    variance = rest @ rest / freedom * np.linalg.inv(design.T @ design)[0, 0]
    half = float(stdtrit(freedom, 0.5 + CONFIDENCE / 2) * np.sqrt(variance))
    return Estimate(float(coefficients[0]), half)


def _controls(scenario: Scenario, runs: list[Run]) -> NDArray[np.float64]:
    hours = scenario.days * HOURS_PER_DAY
    columns = [[run["purchases", "company", ""].total / hours - purchases_per_hour(scenario) for run in runs]]
    for department in scenario.departments:
        if department.handling_distribution != "constant" and department.handling_hours > 0:
            each = ("purchase_handling_hours", "department", department.name)
            columns.append([run[each].total - department.handling_hours for run in runs])
    return np.array(columns).T

"""What if an assumption is wrong? One at a time, a quarter less and a quarter more, as the steady state tells.

Only assumptions that nobody measured are asked (*choice* in the table of parameters). The forecast is the mean-field
one that ``check`` prints: no luck, no small teams, the company at rest; after dated changes, as it is after the last.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from annotated_types import Le

from sim.model.record import Floats
from sim.model.rounds import Mind
from sim.model.steady import rest
from sim.scenario.dated import altered, epochs
from sim.scenario.parameters import Laws
from sim.scenario.schema import Scenario
from sim.study.compare.intervals import Estimate
from sim.study.problems import RunFailedError
from sim.study.workers import Failure, at_once, carried_out

STEP: Final = 0.25
_NEAR: Final = 1e-4
"""Choice: the largest change of anything in a round at which a forecast has settled: to about .001 points."""
APART: Final = 1.0
"""Choice: a forecast so many points from what was simulated is another one, worth a word."""
_WEIGHTS: Final = ("weight_respect", "weight_agility", "weight_care")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A parameter, its two other values, and the forecast difference of satisfaction in points with each of them."""

    key: str
    low: float
    high: float
    difference_low: float
    difference_high: float

    def width(self, difference: float) -> float:
        """By how much the parameter moves the difference at most."""
        return max(abs(self.difference_low - difference), abs(self.difference_high - difference))

    def turns(self, difference: float) -> bool:
        """Whether the sign of the difference hangs on it."""
        return (
            min(self.difference_low, self.difference_high, difference)
            < 0.0
            < max(self.difference_low, self.difference_high, difference)
        )


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The forecast difference in points, and how each unmeasured parameter moves it, those that move it most first."""

    difference: float
    asked: tuple[WhatIf, ...]

    def contradicts(self, simulated: Estimate) -> bool:
        """Whether the forecast lies outside what was simulated, and by more than ``APART`` from its mean."""
        inside = simulated.low <= self.difference <= simulated.high
        return not math.isnan(simulated.low) and not inside and abs(self.difference - simulated.mean) > APART


def what_if(base: Scenario, others: Sequence[Scenario], jobs: int | None = None) -> dict[str, Assumptions]:
    """How each scenario's forecast difference of satisfaction hangs on what nobody measured, by the scenario's name.

    Without scenarios that do not settle or cannot keep up, of which the forecast says nothing; empty where nobody feels
    or the base is one of them. ``RunFailedError`` if a forecast cannot be made.
    """
    if not all(scenario.feels for scenario in (base, *others)):
        return {}
    ends = {scenario.name: epochs(scenario)[-1].scenario for scenario in (base, *others)}
    rests = {name: rest(scenario) for name, scenario in ends.items()}
    steady = {name for name, found in rests.items() if found.settled and not found.overloaded}
    if base.name not in steady:
        return {}
    others = [scenario for scenario in others if scenario.name in steady]
    last = [ends[scenario.name] for scenario in (base, *others)]
    # What the scenarios themselves differ in is the question, not an assumption.
    choices = {
        name: pair
        for name, pair in _choices(base.laws)
        if all(getattr(scenario.laws, name) == getattr(base.laws, name) for scenario in others)
    }
    variants = [{}, *(_with(base.laws, name, value) for name, pair in choices.items() for value in pair)]
    # Each begins where the company settles as it is: nearer, and in the state that it would leave.
    begins = [rests[scenario.name].last.mind for scenario in (base, *others)]
    tasks = [(scenario, keys, begin) for keys in variants for scenario, begin in zip(last, begins, strict=True)]
    points = np.zeros(len(tasks))
    for place, forecast in carried_out(_forecast, tasks, at_once(jobs), gently=True):
        if isinstance(forecast, Failure):
            raise RunFailedError(f"the forecast failed with: {forecast.message}")
        points[place] = forecast
    table = points.reshape(len(variants), len(last))
    differences = table[:, 1:] - table[:, :1]
    return {scenario.name: _assumptions(choices, differences[:, place]) for place, scenario in enumerate(others)}


def _choices(laws: Laws) -> Iterator[tuple[str, tuple[float, float]]]:
    """Each parameter that is a choice and is not 0, with its smaller and larger value."""
    for name, field in Laws.model_fields.items():
        about, value = field.json_schema_extra, getattr(laws, name)
        if isinstance(about, dict) and about["confidence"] == "choice" and isinstance(value, float) and value:
            most = min((float(item.le) for item in field.metadata if isinstance(item, Le)), default=math.inf)  # type: ignore[arg-type]
            yield name, ((1.0 - STEP) * value, min((1.0 + STEP) * value, most))


def _assumptions(choices: Mapping[str, tuple[float, float]], differences: Floats) -> Assumptions:
    difference = float(differences[0])
    asked = [
        WhatIf(f"laws.{name}", *pair, *map(float, differences[1 + 2 * place : 3 + 2 * place]))
        for place, (name, pair) in enumerate(choices.items())
    ]
    return Assumptions(difference, tuple(sorted(asked, key=lambda item: (-item.width(difference), item.key))))


def _with(laws: Laws, name: str, value: float) -> dict[str, float]:
    """A parameter at another value; of the three weights, which sum to 1, the others give way in proportion."""
    keys = {f"laws.{name}": value}
    if name in _WEIGHTS:
        others = [weight for weight in _WEIGHTS if weight != name]
        left = sum(getattr(laws, weight) for weight in others)
        share = (1.0 - value) / left if left else 0.0
        keys |= {f"laws.{weight}": share * getattr(laws, weight) for weight in others}
    return keys


def _forecast(task: tuple[Scenario, dict[str, float], Mind]) -> float:
    """Customers' satisfaction where a company settles with other values at some keys, in points."""
    scenario, keys, begin = task
    found = rest(altered(scenario, keys) if keys else scenario, begin, _NEAR)
    return 100.0 * float(found.last.mind.market.satisfaction)

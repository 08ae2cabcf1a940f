"""What if an assumption is wrong? One at a time, a quarter less and a quarter more, as the steady state tells.

Only assumptions that nobody measured are asked (*choice* in the table of parameters). The forecast is the mean-field
one that ``check`` prints: no luck, no small teams, the company at rest; after dated changes, as it is after the last.
"""

from dataclasses import dataclass
from typing import Final

from sim.model.steady import rest
from sim.scenario.dated import altered, epochs
from sim.scenario.parameters import Laws
from sim.scenario.schema import Scenario

STEP: Final = 0.25
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


def what_if(base: Scenario, other: Scenario) -> Assumptions | None:
    """How the forecast difference of satisfaction hangs on what nobody measured; ``None`` where nobody feels."""
    if not (base.feels and other.feels):
        return None
    last = [epochs(scenario)[-1].scenario for scenario in (base, other)]
    difference = _difference(last, {})
    asked = []
    for name, field in Laws.model_fields.items():
        about = field.json_schema_extra
        value = getattr(base.laws, name)
        if not isinstance(about, dict) or about["confidence"] != "choice" or not isinstance(value, float) or not value:
            continue
        low, high = ((1.0 - STEP) * value, (1.0 + STEP) * value)
        bounds = [getattr(item, "le", None) for item in field.metadata]
        most = next((bound for bound in bounds if bound is not None), None)
        high = min(high, float(most)) if most is not None else high
        asked.append(
            WhatIf(
                f"laws.{name}",
                low,
                high,
                *(_difference(last, _with(base.laws, name, changed)) for changed in (low, high)),
            )
        )
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


def _difference(pair: list[Scenario], keys: dict[str, float]) -> float:
    base, other = (
        float(rest(altered(scenario, keys) if keys else scenario).last.mind.market.satisfaction) for scenario in pair
    )
    return 100.0 * (other - base)

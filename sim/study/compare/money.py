"""Where the difference in profit comes from, and how it hangs on prices and wages.

Nobody in the model reacts to a price or a wage, so with others the profit of the same lives is known exactly.
"""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final, Literal

import numpy as np

from sim.model.measures import COMPANY, DEPARTMENT
from sim.model.record import Floats
from sim.scenario.dated import epochs
from sim.scenario.schema import Scenario
from sim.study.compare.comparison import Comparison
from sim.study.compare.intervals import Estimate, paired

SALES: Final = "sales"
MANAGEMENT: Final = ""
"""The place of what no department pays: managers, and asking customers."""
SMALL: Final = 500.0
"""Choice: a difference of less than half a thousand a year is not told on its own."""
STEP: Final = 0.25
"""Choice: by how much a price is wrong."""


@dataclass(frozen=True, slots=True)
class MoneyPart:
    """What a part adds to the profit of a year in each replication of both scenarios, costs below zero.

    A cost is that of a department, of managers and surveys (no name), or of several parts that are small.
    """

    what: Literal["sales", "cost", "rest"]
    where: str
    base: Floats = field(compare=False, repr=False)
    other: Floats = field(compare=False, repr=False)

    @property
    def difference(self) -> Estimate:
        """How much more it adds in the other scenario."""
        return paired(self.base, self.other)


_BASE, _OTHER = attrgetter("base"), attrgetter("other")


@dataclass(frozen=True, slots=True)
class MoneyIf:
    """The difference in profit if something cost ``STEP`` less, and as much more, than the scenarios say."""

    what: Literal["price", "wages", "contracts"]
    less: Estimate
    more: Estimate


def profit_parts(comparison: Comparison, scenario: Scenario) -> list[MoneyPart]:
    """Sales, each department's cost, and what no department pays; together the profit, in every pair.

    Costs that differ by less than ``SMALL`` are one part, the last.
    """
    sides = (comparison.base, scenario)
    base, other = (_costs(comparison, item) for item in sides)
    nothing = np.zeros(len(comparison.replications))
    costs = [
        MoneyPart("cost", where, -base.get(where, nothing), -other.get(where, nothing))
        for where in dict.fromkeys((*base, *other))
    ]
    found = [MoneyPart("sales", "", *(_sales(comparison, item) for item in sides))]
    found += [part for part in costs if abs(part.difference.mean) >= SMALL]
    small = [part for part in costs if abs(part.difference.mean) < SMALL]
    if small:
        found.append(MoneyPart("rest", "", *(sum(map(side, small), nothing) for side in (_BASE, _OTHER))))
    return found


def profit_if(comparison: Comparison, scenario: Scenario) -> list[MoneyIf]:
    """How the difference in profit hangs on what is not known for sure; only what moves it.

    Of wages and contracts nothing is said where a department is bought outside on some days only: what it costs is then
    both.
    """
    sides = (comparison.base, scenario)
    moved: dict[Literal["price", "wages", "contracts"], list[Floats]] = {
        "price": [_sales(comparison, item) for item in sides]
    }
    if not any(map(_is_bought_at_times, sides)):
        bought = [_bought(comparison, item) for item in sides]
        costs = [comparison.values(item, "cost") for item in sides]
        moved["wages"] = [contracts - cost for contracts, cost in zip(bought, costs, strict=True)]
        moved["contracts"] = [-contracts for contracts in bought]
    profits = [comparison.values(item, "profit") for item in sides]
    found = []
    for what, (base, other) in moved.items():
        if np.all(base == other):
            continue
        less, more = (paired(profits[0] + part * base, profits[1] + part * other) for part in (-STEP, STEP))
        found.append(MoneyIf(what, less, more))
    return found


def _sales(comparison: Comparison, scenario: Scenario) -> Floats:
    return comparison.values(scenario, SALES, COMPANY)


def _costs(comparison: Comparison, scenario: Scenario) -> dict[str, Floats]:
    """By department, and what is left: managers."""
    costs = {name: comparison.values(scenario, "cost", DEPARTMENT, name) for name in scenario.department_names}
    return costs | {MANAGEMENT: comparison.values(scenario, "cost", COMPANY) - sum(costs.values())}


def _contracts(scenario: Scenario) -> list[set[str]]:
    """The departments that are bought outside, from each dated change to the next."""
    return [
        {part.name for part in epoch.scenario.departments if part.contract is not None} for epoch in epochs(scenario)
    ]


def _is_bought_at_times(scenario: Scenario) -> bool:
    first, *later = _contracts(scenario)
    return any(names != first for names in later)


def _bought(comparison: Comparison, scenario: Scenario) -> Floats:
    """The cost of the departments that are bought outside."""
    costs = [comparison.values(scenario, "cost", DEPARTMENT, name) for name in sorted(_contracts(scenario)[0])]
    return sum(costs, np.zeros(len(comparison.replications)))

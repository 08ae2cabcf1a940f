"""A customer's word on its way through the tree: through whom it passes, and what is left of it (A11)."""

import math
from dataclasses import dataclass

from sim.model import laws
from sim.model.graph import company_graph
from sim.model.hierarchy import ManagementTree, management_tree, superiors
from sim.model.measures import DEPARTMENT
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario
from sim.study.together import Together


@dataclass(frozen=True, slots=True)
class Way:
    """From the front line to a department: the managers in between, and the share left intact at every stop.

    ``intact`` begins with 1, at the front line, and ends with what reaches the department: by the laws, with managers
    of the company's own style.
    """

    front: str
    about: str
    managers: tuple[str, ...]
    intact: tuple[float, ...]

    @property
    def relays(self) -> int:
        """How many people pass it on."""
        return len(self.intact) - 1


@dataclass(frozen=True, slots=True)
class Told:
    """What departments that lie equally many relays away were told: the share intact, by relays, with its weight."""

    relays: int
    intact: float
    messages: float


def way(scenario: Scenario, front: str, about: str) -> Way:
    """The way of a word up the tree to the first common manager and down again, as ``Management.way`` sends it."""
    up, down = (superiors(management_tree(scenario))[name] for name in (front, about))
    common = next(tier for tier, manager in enumerate(up) if manager == down[tier])
    managers = (*up[: common + 1], *reversed(down[:common])) if front != about else ()
    keys = scenario.laws
    kept = laws.relayed(keys.message_kept, keys.fear, scenario.management.authoritarian)
    intact = [1.0]
    for _ in managers:
        intact.append(intact[-1] * kept)
    if front != about:
        intact.append(intact[-1] * keys.message_kept)
    return Way(front, about, managers, tuple(intact))


def ways(scenario: Scenario) -> tuple[Way, ...]:
    """The ways from the first front line to every other department, the longest first."""
    front = fronts(scenario)[0]
    found = [way(scenario, front, name) for name in scenario.department_names if name != front]
    return tuple(sorted(found, key=lambda item: (-item.relays, item.about)))


def fronts(scenario: Scenario) -> list[str]:
    """The departments that serve the market."""
    return sorted(company_graph(scenario).predecessors(MARKET))


def told(together: Together, scenario: Scenario) -> list[Told]:
    """What the simulation found: departments taken together by how many relays away from the front line they are.

    Only of words that climb: with informal communication some go sideways, and with several front lines nobody knows
    which way a word took; then there is nothing to say.
    """
    practices = [scenario.practices.with_own(part.practices) for part in scenario.departments]
    if len(fronts(scenario)) > 1 or any(item.informal_communication > 0.0 for item in practices):
        return []
    by_relays: dict[int, list[tuple[float, float]]] = {}
    for item in ways(scenario):
        for number in together.replications(scenario):
            totals = together.observed(scenario, number).totals
            messages = totals["messages", DEPARTMENT, item.about]
            share = totals["messages_intact_share", DEPARTMENT, item.about]
            if not math.isnan(share):  # it is where none has arrived or been lost yet
                by_relays.setdefault(item.relays, []).append((messages, share))
    return [
        Told(relays, sum(n * share for n, share in pairs) / sum(n for n, _ in pairs), sum(n for n, _ in pairs))
        for relays, pairs in sorted(by_relays.items())
    ]


def tree_of(scenario: Scenario) -> ManagementTree:
    """Who heads whom."""
    return management_tree(scenario)

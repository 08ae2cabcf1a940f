"""The management tree: who heads whom, and how far a decision climbs.

Tiers count from 1, the lowest, to the number of layers, where the chief sits. A manager is called ``tier:unit``.
"""

import math
from typing import TypeAlias

import networkx as nx

from sim.scenario.parts import Management
from sim.scenario.schema import Scenario

ManagementTree: TypeAlias = "nx.DiGraph[str]"
CHIEFS_UNIT = "company"
"""What the chief heads."""


def management_tree(scenario: Scenario) -> ManagementTree:
    """Managers as nodes (``tier``, ``departments``), edges from superior to subordinate, the chief as root."""
    tree: ManagementTree = nx.DiGraph(name=scenario.name)
    below: dict[str, tuple[str, ...]] = {}
    for tier in range(1, scenario.management.layers + 1):
        units = _units(tier, scenario.management, scenario.department_names, list(below.values()))
        managers = {f"{tier}:{unit}": members for unit, members in units.items()}
        for manager, members in managers.items():
            tree.add_node(manager, tier=tier, departments=members)
            tree.add_edges_from(
                (manager, subordinate) for subordinate, inner in below.items() if set(inner) <= set(members)
            )
        below = managers
    return tree


def superiors(tree: ManagementTree) -> dict[str, tuple[str, ...]]:
    """For each department its managers from the lowest tier to the chief."""
    ways: dict[str, list[str]] = {}
    for manager in sorted(tree, key=lambda manager: int(tree.nodes[manager]["tier"])):
        for department in tree.nodes[manager]["departments"]:
            ways.setdefault(department, []).append(manager)
    return {department: tuple(way) for department, way in ways.items()}


def heads(tree: ManagementTree) -> dict[str, str | None]:
    """For each manager the superior; the chief has none."""
    return {manager: next(iter(tree.predecessors(manager)), None) for manager in tree}


def spans(tree: ManagementTree, scenario: Scenario) -> dict[str, int]:
    """How many people answer to each manager: staff to those of the lowest tier, managers to the others."""
    staff = {part.name: part.staff for part in scenario.departments if part.contract is None}
    return {
        manager: sum(staff.get(part, 0) for part in about["departments"])
        if about["tier"] == 1
        else tree.out_degree(manager)
        for manager, about in tree.nodes(data=True)
    }


def tier_that_decides(importance: float, delegation: float, layers: int) -> int:
    """0 if the worker decides alone, else the tier to which a decision climbs: ⌈v·layers⌉ with v rescaled to (0, 1].

    ``importance`` is uniform on (0, 1), so each tier gets the share (1 − delegation) / layers of all decisions.
    """
    if importance < delegation:
        return 0
    return min(layers, max(1, math.ceil((importance - delegation) / (1.0 - delegation) * layers)))


def _units(
    tier: int, management: Management, names: tuple[str, ...], below: list[tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """The units of a tier and their departments: as the scenario says, else units of the tier below, cut evenly."""
    layers = management.layers
    if tier == layers:
        return {CHIEFS_UNIT: names}
    if tier == 1:
        return {name: (name,) for name in names}
    if str(tier) in management.units:
        return dict(management.units[str(tier)])
    count = min(len(below), math.floor(len(names) ** ((layers - tier) / (layers - 1)) + 0.5))
    groups: list[list[str]] = [[] for _ in range(count)]
    for index, members in enumerate(sorted(below)):
        groups[index * count // len(below)].extend(members)
    return {_unit_name(sorted(group)): tuple(sorted(group)) for group in groups}


def _unit_name(members: list[str]) -> str:
    return "+".join(members) if len(members) <= 3 else f"{members[0]}..{members[-1]}"

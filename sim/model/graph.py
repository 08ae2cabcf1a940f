"""The company as a directed graph: an arrow from supplier to customer, every path ending at the market.

Pure queries; nothing here changes anything or is random.
"""

from typing import TypeAlias

import networkx as nx

from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario

CompanyGraph: TypeAlias = "nx.DiGraph[str]"


def company_graph(scenario: Scenario) -> CompanyGraph:
    """Departments and the market as nodes, links as edges; node ``department`` and edge ``link`` hold the schema's."""
    graph: CompanyGraph = nx.DiGraph(name=scenario.name)
    for department in scenario.departments:
        graph.add_node(department.name, department=department)
    graph.add_node(MARKET)
    for link in scenario.links:
        graph.add_edge(link.supplier, link.customer, link=link)
    return graph


def distances(graph: CompanyGraph) -> dict[str, int]:
    """Links between each department and the market: 1 for the front line. The market itself is at 0."""
    return dict(nx.single_source_shortest_path_length(graph.reverse(copy=False), MARKET))


def dependents(graph: CompanyGraph, department: str) -> set[str]:
    """Everybody who is served by a department, at once or through others, the market included."""
    return set(nx.descendants(graph, department))


def dependencies(graph: CompanyGraph, department: str) -> set[str]:
    """Everybody whose work reaches a department, at once or through others."""
    return set(nx.ancestors(graph, department))

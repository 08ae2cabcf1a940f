"""Who serves whom, how far the customer is, and who depends on whom."""

from sim.model.graph import company_graph, dependencies, dependents, distances
from tests.worlds import company

CHAIN = company(
    [{"name": name} for name in ("sales", "production", "maintenance", "cleaning")],
    [
        {"supplier": "sales", "customer": "market"},
        {"supplier": "production", "customer": "sales"},
        {"supplier": "maintenance", "customer": "production", "requests_per_job": 0.5},
        {"supplier": "cleaning", "customer": "production"},
        {"supplier": "cleaning", "customer": "sales"},
        {"supplier": "production", "customer": "maintenance", "requests_per_job": 0.5},
    ],
)


def test_market_is_the_only_sink() -> None:
    graph = company_graph(CHAIN)
    assert [node for node in graph if graph.out_degree(node) == 0] == ["market"]


def test_distance_counts_links_along_the_shortest_way() -> None:
    assert distances(company_graph(CHAIN)) == {
        "market": 0, "sales": 1, "production": 2, "cleaning": 2, "maintenance": 3,
    }  # fmt: skip


def test_everybody_downstream_depends_on_a_supplier() -> None:
    graph = company_graph(CHAIN)
    assert dependents(graph, "cleaning") == {"production", "maintenance", "sales", "market"}
    assert dependencies(graph, "sales") == {"production", "maintenance", "cleaning"}


def test_edges_and_nodes_carry_the_scenario() -> None:
    graph = company_graph(CHAIN)
    assert graph.edges["maintenance", "production"]["link"].requests_per_job == 0.5
    assert graph.nodes["sales"]["department"].name == "sales"

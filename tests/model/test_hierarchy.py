"""The tree of managers: who heads whom, and to whom a decision climbs."""

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.hierarchy import management_tree, superiors, tier_that_decides
from tests.worlds import company

NAMES = "abcdefghij"


def tree_of(layers: int, count: int = 10, **management: object) -> "nx.DiGraph[str]":
    parts = [{"name": name} for name in NAMES[:count]]
    return management_tree(company(parts, management={"layers": layers, **management}))


def test_one_layer_is_the_chief_alone() -> None:
    assert dict(tree_of(1).nodes(data="departments")) == {"1:company": tuple(NAMES)}


def test_two_layers_put_a_head_on_each_department() -> None:
    tree = tree_of(2)
    assert sorted(tree.successors("2:company")) == [f"1:{name}" for name in NAMES]


def test_three_layers_cut_the_sorted_list_into_round_of_the_root() -> None:
    tiers = dict(tree_of(3).nodes(data="tier"))
    assert [manager for manager, tier in tiers.items() if tier == 2] == ["2:a..d", "2:e+f+g", "2:h+i+j"]  # √10 ≈ 3


@given(st.integers(1, 6), st.integers(1, 10))
def test_every_department_has_one_manager_on_every_tier_and_superiors_hold_their_subordinates(
    layers: int, count: int
) -> None:
    tree = tree_of(layers, count)
    assert nx.is_arborescence(tree)
    for name, way in superiors(tree).items():
        assert [tree.nodes[manager]["tier"] for manager in way] == list(range(1, layers + 1))
        assert all(name in tree.nodes[manager]["departments"] for manager in way)
        assert all(tree.has_edge(above, below) for below, above in pairwise(way))


def test_units_of_the_scenario_replace_the_cut() -> None:
    units = {"2": {"odd": ["a", "c"], "even": ["b", "d"]}}
    tree = tree_of(3, 4, units=units)
    assert tree.nodes["2:odd"]["departments"] == ("a", "c")
    assert set(tree.successors("2:even")) == {"1:b", "1:d"}


@pytest.mark.parametrize(
    ("importance", "delegation", "tier"),
    [(0.39, 0.4, 0), (0.41, 0.4, 1), (0.6, 0.4, 1), (0.61, 0.4, 2), (0.99, 0.4, 3), (0.5, 0.0, 2), (0.999, 1.0, 0)],
)
def test_a_decision_climbs_by_its_importance(importance: float, delegation: float, tier: int) -> None:
    assert tier_that_decides(importance, delegation, 3) == tier


@given(st.floats(0, 1, exclude_max=True), st.floats(0, 0.999), st.integers(1, 12))
def test_no_decision_climbs_beyond_the_chief(importance: float, delegation: float, layers: int) -> None:
    assert 0 <= tier_that_decides(importance, delegation, layers) <= layers

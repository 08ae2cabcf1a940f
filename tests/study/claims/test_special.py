"""What is prepared for the special charts of claims, on made-up numbers and on companies that live for a few days."""

import numpy as np
import pytest

from sim.model.gain import gain
from sim.model.steady import rest
from sim.scenario.load import with_days
from sim.scenario.parameters import Laws
from sim.scenario.schema import Scenario
from sim.study.claims.cloud import Cloud, ceiling_curve, clouds, variants
from sim.study.claims.crossover import Crossover, contracted
from sim.study.claims.layers import LayerMap
from sim.study.claims.relays import fronts, told, way, ways
from sim.study.claims.ripple import downstream
from sim.study.claims.spiral import FRAGILE, STURDY, Shock
from sim.study.claims.tempers import with_tempers
from sim.study.claims.tickets import tickets
from sim.study.claims.verdict import company
from sim.study.observed import Observed
from sim.study.paths import Band, Paths
from sim.study.together import Together


def test_rings_follow_the_links_from_supplier_to_customer() -> None:
    rings = downstream(company("workshop"), "it")
    assert rings[0] == ("it",)
    assert "sales" in rings[1]
    assert "production" in rings[2]
    assert sorted(name for ring in rings for name in ring) == sorted(company("workshop").department_names)


def test_tempers_change_and_nothing_else_does() -> None:
    before = company("workshop")
    after = with_tempers(before, {"it": 0.1})
    assert {part.name: part.people.temper for part in after.departments}["it"] == 0.1
    assert with_tempers(after, {"it": 0.7}).departments == before.departments


def test_random_companies_are_the_same_for_the_same_seed_and_lie_in_range() -> None:
    first, second = (variants(company("workshop"), 6, 3) for _ in range(2))
    assert first == second
    assert len({item.management.delegation for item in first}) == 6
    assert all(0 <= item.practices.involvement <= 1 for item in first)


def test_the_ceiling_curve_is_the_law() -> None:
    keys = Laws()
    assert ceiling_curve(np.array([50.0, 100.0]), keys).tolist() == pytest.approx([100 * 0.65**0.7, 100.0])


def test_a_cloud_counts_who_lies_above_and_correlates() -> None:
    cloud = Cloud(np.array([50.0, 60.0, 70.0]), np.array([99.0, 50.0, 60.0]))
    assert cloud.above(Laws()) == 1
    assert Cloud(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])).correlation == pytest.approx(1.0)
    assert np.isnan(Cloud(np.ones(3), np.ones(3)).correlation)


def test_no_company_gives_more_than_its_morale_allows_in_a_small_sweep() -> None:
    small = {"warm_up_days": 5, "market": company("workshop").market.model_copy(update={"customers": 200})}
    base = company("workshop").model_copy(update=small)
    companies = tuple(with_days(item, 10) for item in variants(base, 2, 5))
    bound, free = clouds(Together(1, jobs=1), companies)
    assert bound.above(base.laws) == 0
    assert len(free.morale) == 2


def test_a_map_marks_the_best_and_what_is_too_flat() -> None:
    cells = np.array(
        [[1.0, 5.0, 5.0, 5.0, 9.0], [2.0, 6.0, 6.0, 6.0, 8.0], [3.0, 5.5, 5.0, 5.0, 7.0]] + [[0.0] * 5] * 2
    )
    found = LayerMap(cells)
    assert found.best.tolist() == [2, 1, 1, 1, 0]
    assert found.too_flat[:, 0].tolist() == [True, True, False, False, False]
    assert found.too_flat[:, 1].tolist() == [True, False, False, False, False]
    assert not found.too_flat[:, 4].any()


def test_the_crossing_lies_where_inside_catches_up() -> None:
    inside = np.array([50.0, 56.0, 62.0, 68.0])
    found = Crossover(("it",), Band(inside, inside - 1, inside + 1), 60.0)
    assert found.crossing == pytest.approx(0.5)
    assert np.isnan(Crossover(("it",), Band(inside, inside, inside), 90.0).crossing)


def test_contracted_departments_are_those_bought_outside_in_the_second_company_only() -> None:
    assert "it" in contracted(company("b07-rude-inside"), company("b07-rude-contract"))
    assert contracted(company("workshop"), company("workshop")) == ()


def test_a_word_climbs_to_the_first_common_manager_and_descends() -> None:
    scenario = company("a11-two-layers")
    keys = scenario.laws
    kept = keys.message_kept * (1 - keys.fear * scenario.management.authoritarian)
    found = way(scenario, "sales", "it")
    assert found.managers == ("1:sales", "2:company", "1:it")
    assert found.intact == pytest.approx((1, kept, kept**2, kept**3, kept**3 * keys.message_kept))
    assert found.relays == 4
    assert way(scenario, "sales", "sales").intact == (1.0,)
    assert fronts(scenario) == ["sales"]


def test_more_layers_are_more_relays() -> None:
    assert ways(company("a11-six-layers"))[0].relays > ways(company("a11-two-layers"))[0].relays


def test_where_some_words_go_sideways_nobody_knows_their_way() -> None:
    assert told(Together(1, jobs=1), company("workshop")) == []


def test_a_word_that_is_still_on_its_way_says_nothing() -> None:
    class UnderWay(Together):
        def replications(self, scenario: Scenario) -> list[int]:
            return [0]

        def observed(self, scenario: Scenario, replication: int) -> Observed:
            places = [("department", name) for name in scenario.department_names]
            sent = {("messages", *place): 1.0 for place in places}
            return Observed((0,), {}, sent | {("messages_intact_share", *place): np.nan for place in places}, {})

    assert told(UnderWay(1), company("a11-two-layers")) == []


def test_what_is_told_and_what_is_avoided_is_counted_by_the_simulation() -> None:
    together = Together(1, jobs=1)
    scenario = with_days(company("a11-two-layers"), 30)
    together.live([(scenario, 1)])
    [found] = told(together, scenario)
    assert found.relays == 4
    assert 0.0 <= found.intact <= 1.0
    asked = tickets(together, (scenario, scenario), "maintenance")
    totals = together.observed(scenario, 0).totals
    seen = asked.asked.weeks >= 0
    share = totals["avoided_share", "department", "maintenance"]
    avoided, requests = (paths.base[:, seen].sum() for paths in (asked.avoided, asked.asked))
    assert avoided / (avoided + requests) == pytest.approx(share)
    assert asked.asked.difference.max() == 0.0


def shock_of(other: list[float]) -> Shock:
    row = np.repeat(np.array(other), 13)[None, :]
    morale = Paths(np.arange(row.shape[1]), np.zeros(row.shape), row)
    return Shock(morale, 0, 5, 0.5)


def test_a_company_has_recovered_that_is_back_near_its_twin() -> None:
    assert shock_of([0.0, -10.0, -1.0]).recovered
    assert shock_of([0.0, -10.0, -8.0]).left == pytest.approx(0.8)
    assert not shock_of([0.0, -10.0, -8.0]).recovered
    assert shock_of([0.0, 0.0, 0.0]).recovered


def test_both_companies_of_the_spiral_live_through_the_same_bad_time() -> None:
    sturdy, fragile = company(STURDY), company(FRAGILE)
    assert sturdy.changes == fragile.changes
    assert sturdy.laws != fragile.laws
    assert gain(rest(sturdy)) < 0.5
    assert gain(rest(fragile)) > 0.7
    assert sturdy.departments == fragile.departments

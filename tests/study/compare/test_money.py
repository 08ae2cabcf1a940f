"""Where profit comes from adds up, and profits at other prices are those of companies with other prices."""

import numpy as np
import pytest

from sim import load
from sim.scenario.dated import altered
from sim.scenario.load import with_days
from sim.scenario.parts import Change
from sim.scenario.schema import Scenario
from sim.study.compare.comparison import Comparison, compare_scenarios
from sim.study.compare.money import SMALL, STEP, profit_if, profit_parts

CONTRACT = {"departments.cleaning.contract": {"hours": 4.0, "price_per_request": 30.0}}


def companies(keys: dict[str, float] | None = None, **money: float) -> tuple[Scenario, Scenario]:
    base = with_days(load("claims/workshop"), 50).model_copy(update={"warm_up_days": 10})
    base = base.model_copy(update={"money": base.money.model_copy(update=money)})
    base = altered(base, keys or {}).model_copy(update={"name": "base"})
    other = altered(base, {"departments.it.staff": 4, **CONTRACT}).model_copy(update={"name": "other"})
    return base, other


def compared(base: Scenario, other: Scenario) -> Comparison:
    return compare_scenarios((base, other), replications=3, jobs=1)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compared(*companies())


def test_the_parts_of_a_profit_add_up_in_every_pair(comparison: Comparison) -> None:
    [other] = comparison.others
    parts = profit_parts(comparison, other)
    assert np.sum([part.base for part in parts], axis=0) == pytest.approx(comparison.values(comparison.base, "profit"))
    assert np.sum([part.other for part in parts], axis=0) == pytest.approx(comparison.values(other, "profit"))
    assert {part.where for part in parts if part.what == "cost"} >= {"it", "cleaning"}
    assert all(abs(part.difference.mean) >= SMALL for part in parts if part.what == "cost")
    [it] = [part for part in parts if part.where == "it"]
    assert it.difference.mean == pytest.approx(-25.0 * 8 * 250)  # one more person


def test_profit_at_other_prices_is_what_a_company_with_them_earns(comparison: Comparison) -> None:
    asked = {item.what: item for item in profit_if(comparison, comparison.others[0])}
    assert asked.keys() == {"price", "wages", "contracts"}
    base, other = companies()
    much = 1.0 + STEP
    dear = compared(*companies({"market.price": much * base.market.price}))
    assert asked["price"].more.mean == pytest.approx(dear.difference(dear.others[0], "profit").mean)
    money = base.money
    wages = {key: much * getattr(money, key) for key in ("worker_hour", "manager_hour", "hire", "survey")}
    paid = compared(*companies(**wages))
    assert asked["wages"].more.mean == pytest.approx(paid.difference(paid.others[0], "profit").mean)
    bought = altered(other, {"departments.cleaning.contract": {"hours": 4.0, "price_per_request": much * 30.0}})
    dearer = compared(base, bought.model_copy(update={"name": "other"}))
    assert asked["contracts"].more.mean == pytest.approx(dearer.difference(dearer.others[0], "profit").mean)


def test_what_is_equal_hangs_on_no_price() -> None:
    base, _ = companies()
    twin = base.model_copy(update={"name": "twin"})
    found = compared(base, twin)
    assert profit_if(found, twin) == []
    assert all(part.difference.is_nothing for part in profit_parts(found, twin))


def test_nothing_is_said_of_wages_where_a_department_is_bought_outside_for_some_days() -> None:
    base, _ = companies()
    later = base.model_copy(update={"name": "later", "changes": (Change(day=20, set=CONTRACT),)})
    found = compared(base, later)
    assert not {"wages", "contracts"} & {item.what for item in profit_if(found, later)}
    assert np.sum([part.other for part in profit_parts(found, later)], axis=0) == pytest.approx(
        found.values(later, "profit")
    )

"""Customers outside: what they make of a purchase, who stays, who comes, and what is said. Tiny worlds."""

from typing import Any

import numpy as np
import pytest

from sim.model.market import Customer
from sim.scenario.schema import Scenario
from tests.engine import simulate
from tests.worlds import TinyWorld, feeling, watched

AT_ONCE = {"name": "desk", "handling_hours": 0.0}


def shop(laws: dict[str, Any] | None = None, market: dict[str, Any] | None = None, **keys: Any) -> Scenario:
    """A shop that serves at once, without anybody seen."""
    market = {"customers": 50, "purchases_per_year": 50.0, "new_customers_per_year": 0.0, **(market or {})}
    return feeling([AT_ONCE], laws=laws, market=market, **{"days": 250, "warm_up_days": 0, **keys})


def bought(
    laws: dict[str, Any] | None = None, *, morale: float = 0.5, will: float = 0.5, **market: Any
) -> tuple[TinyWorld, Customer]:
    """One purchase at hour 1, of an hour; respect and care as morale, no slack."""
    scenario = feeling(
        [{"name": "desk", "handling_hours": 1.0}],
        days=2,
        laws={"ceiling_slack": 0.0, **(laws or {})},
        market=market,
    )
    world = TinyWorld(scenario, customers=1)
    world.people("desk", morale=morale)
    [customer] = world.company.market.customers
    customer.will, customer.satisfaction = will, 0.5
    world.request("desk>market", 1.0, key=1, customer=0)
    return world, customer


def test_satisfaction_is_the_experience_less_what_it_falls_short_of_expectation() -> None:
    for expectation, short in ((0.9, 0.2 * 2.0), (0.1, 0.0)):
        laws = {"disappointment": 0.2, "loss_aversion": 2.0, "will_weight": 0.0, "satisfaction_memory": 0.25}
        world, customer = bought(laws, expectation=expectation)
        world.live()
        experience = 0.5**0.7
        satisfaction = experience - short * max(0.0, expectation - experience)
        assert world.record.market["satisfaction"].sum() == pytest.approx(satisfaction)
        assert customer.satisfaction == pytest.approx(0.5 + 0.25 * (satisfaction - 0.5))


def test_what_customers_are_owed_rises_by_the_year_from_the_first_observed_day_on() -> None:
    laws = {"will_weight": 0.0}
    market = {"expectation": 0.5, "rising_expectation_per_year": 0.2, "customers": 400}
    scenario = shop(laws, market, warm_up_days=50)
    weekly = simulate(scenario, 1, 0).market
    expected = weekly["expectation"][:, 0] / weekly["delivered"][:, 0]
    assert expected[:10] == pytest.approx([0.5] * 10)
    assert expected[-1] == pytest.approx(0.7, abs=0.2 / 50)  # the last of fifty weeks of a year


def test_lost_customer_never_buys_again() -> None:
    laws = {"loss_per_purchase": 1.0, "disappointment": 5.0, "loss_aversion": 10.0, "satisfaction_memory": 1.0}
    record, log = watched(shop(laws, {"expectation": 1.0}), lambda *_: None)
    buyers = [row["asker"] for row in log]
    assert len(buyers) == len(set(buyers)) > 40
    assert record.market["lost"].sum() == len(buyers)
    assert record.market["active"][-1, 0] == 50 - len(buyers)


def test_satisfied_customers_stay() -> None:
    world, customer = bought(
        {"loss_per_purchase": 1.0, "satisfaction_memory": 1.0, "professional_norm": 1.0}, morale=1.0, expectation=0.1
    )
    world.live()
    assert customer.satisfaction == 1.0
    assert customer.active


@pytest.mark.parametrize(("ordinary", "times"), [(0.0, 2.0), (1.0, 0.0)])
def test_newcomers_come_as_often_as_word_of_mouth_says(ordinary: float, times: float) -> None:
    joined = {}
    for weight in (0.0, 20.0):
        # Once everybody has bought, in the warm-up, satisfaction lies far above the one ordinary and below the other.
        laws = {"word_of_mouth": weight, "ordinary_satisfaction": ordinary, "satisfaction_memory": 1.0}
        record = simulate(shop(laws, {"new_customers_per_year": 200.0, "expectation": 0.0}, warm_up_days=60), 1, 0)
        joined[weight] = record.market["joined"][record.observed].sum()
        assert record.market["active"][-1, 0] == 50 + record.market["joined"].sum()
    # Poisson of mean 200, twice that or none: four standard errors each, error 1.3e-4.
    assert abs(joined[0.0] - 200) < 4 * np.sqrt(200)
    assert abs(joined[20.0] - times * 200) <= 4 * np.sqrt(times * 200)


def test_newcomers_buy_in_a_rhythm_of_their_own() -> None:
    record, log = watched(shop(market={"customers": 0, "new_customers_per_year": 40.0}), lambda *_: None)
    buyers = {row["asker"] for row in log}
    assert len(buyers) > 20
    assert len(log) == record.market["delivered"].sum()
    assert {row["asker"] for row in log} <= {f"market/{number}" for number in range(int(record.market["joined"].sum()))}


def test_panel_keeps_the_lost_at_their_last_value() -> None:
    world, customer = bought({"loss_per_purchase": 1.0, "satisfaction_memory": 1.0}, morale=0.0, will=1.0)
    world.live()
    assert not customer.active
    assert world.record.market["panel"][-1, 0] == customer.satisfaction == 0.0


def test_unsatisfied_customer_lowers_the_mood_of_whoever_serves() -> None:
    laws = {"mood_from_manner": 0.1, "loss_aversion": 2.0, "ordinary_satisfaction": 0.7, "satisfaction_memory": 0.0}
    world, _ = bought(laws)
    [person] = world.people("desk", morale=0.5)
    found: list[float] = []
    world.at(0.9, lambda: found.append(person.mood))
    world.live()
    assert found == [pytest.approx(-0.1 * 2.0 * 0.2)]


def test_sales_are_what_was_delivered_at_the_price_of_the_day() -> None:
    changes = [{"day": 125, "set": {"market.price": 3.0}}]
    record = simulate(shop(market={"price": 2.0}, changes=changes), 1, 0)
    delivered = record.market["delivered"][:, 0]
    assert record.market["sales"].sum() == 2.0 * delivered[:25].sum() + 3.0 * delivered[25:].sum()
    assert delivered[25:].sum() > 0

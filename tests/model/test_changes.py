"""Dated changes take effect on their day, and nobody vanishes in the middle of a job."""

from typing import Any

import numpy as np
import pytest

from tests.engine import simulate
from tests.worlds import CONSTANT, TinyWorld, company, queue


def desk(changes: list[dict[str, Any]], **keys: Any) -> TinyWorld:
    parts = [{"name": "desk", "handling_hours": 6.0, **CONSTANT, **keys}]
    return TinyWorld(company(parts, days=5, changes=changes))


def test_people_who_come_take_the_next_job_in_line_on_their_day() -> None:
    world = desk([{"day": 1, "set": {"departments.desk.staff": 2}}])
    for key in range(3):
        world.request("desk>market", 0.0, key=key)
    assert [(row["started"], row["server"]) for row in world.live()] == [
        (0.0, "desk/0"), (6.0, "desk/0"), (8.0, "desk/1"),
    ]  # fmt: skip


def test_people_who_go_finish_the_job_in_hand() -> None:
    world = desk([{"day": 1, "set": {"departments.desk.staff": 1}}], staff=2)
    for key in range(6):
        world.request("desk>market", 4.0, key=key)
    served = [(row["server"], row["started"], row["finished"]) for row in world.live()]
    # Worker 1 is at work when day 1 begins at 8: it finishes at 10 and takes nothing more.
    assert [span for span in served if span[0] == "desk/1"] == [("desk/1", 4.0, 10.0)]
    assert len([span for span in served if span[0] == "desk/0"]) == 6 - 1
    staffed = world.record.departments["staffed_hours"].sum()
    assert staffed == 40.0 + 10.0  # one stays, the other is there until 10


def test_who_was_to_go_stays_after_all_when_staff_rises_again() -> None:
    changes = [
        {"day": 1, "set": {"departments.desk.staff": 1}},
        {"day": 2, "set": {"departments.desk.staff": 2}},
    ]
    world = desk(changes, staff=2, handling_hours=20.0)
    for key in range(4):
        world.request("desk>market", 4.0, key=key)
    assert {row["server"] for row in world.live()} == {"desk/0", "desk/1"}


def test_shorter_handling_applies_to_jobs_begun_from_that_day() -> None:
    world = desk([{"day": 1, "set": {"departments.desk.handling_hours": 1.0}}])
    world.request("desk>market", 7.0, key=1)
    world.request("desk>market", 14.0, key=2)
    assert [row["work_hours"] for row in world.live()] == [6.0, 1.0]


@pytest.mark.parametrize("times", [2.0, 0.0])
def test_purchases_follow_a_changed_rhythm(times: float) -> None:
    scenario = queue(1.0, 200, warm_up_days=0, staff=50)
    change = {"day": 100, "set": {"market.purchases_per_year": scenario.market.purchases_per_year * times}}
    changed = type(scenario).model_validate(scenario.model_dump(exclude_unset=True) | {"changes": [change]})
    plain, asked = (simulate(case, 1, 0).links["asked"].sum(axis=1) for case in (scenario, changed))
    assert np.array_equal(plain[:20], asked[:20])  # the same luck before the change
    # 800 purchases an unchanged half: four standard errors of the Poisson count that is expected.
    expected = times * 800.0
    assert abs(asked[20:].sum() - expected) <= 4 * np.sqrt(expected)


def test_rate_that_starts_at_zero_can_rise() -> None:
    scenario = queue(0.0, 20, warm_up_days=0)
    change = {"day": 10, "set": {"market.purchases_per_year": 100.0}}
    changed = type(scenario).model_validate(scenario.model_dump(exclude_unset=True) | {"changes": [change]})
    asked = simulate(changed, 1, 0).links["asked"].sum(axis=1)
    assert asked[:2].sum() == 0
    assert asked[2:].sum() > 0


def test_decisions_under_way_come_back_through_a_tree_that_is_gone() -> None:
    scenario = company(
        [{"name": "desk", "handling_hours": 1.0, **CONSTANT}, {"name": "it", **CONSTANT}],
        days=10,
        changes=[{"day": 1, "set": {"management.layers": 1}}],
        management={
            "layers": 3, "delegation": 0.0, "decision_share": 1.0, "decision_hours": 1.0, "relay_hours": 2.0,
        },
    )  # fmt: skip
    world = TinyWorld(scenario)
    for key in range(12):
        world.request("desk>market", key * 0.5, key=key)
    log = world.live()
    assert all(row["outcome"] == "answered" for row in log if row["asked"] < 2)
    managers = world.record.managers
    gone = [managers.names.index(name) for name in ("1:desk", "3:company")]
    assert managers["staffed_hours"][1, gone].sum() == 0.0  # the second week: nothing in hand, no more duties


def test_decision_still_on_its_way_to_a_manager_who_has_gone_is_taken_all_the_same() -> None:
    scenario = company(
        [{"name": "desk", "staff": 20, "handling_hours": 0.5, **CONSTANT}],
        days=5,
        changes=[{"day": 1, "set": {"management.layers": 1}}],
        management={
            "layers": 2, "delegation": 0.0, "decision_share": 1.0, "relay_hours": 3.0, "other_duties_share": 0.0,
        },
    )  # fmt: skip
    world = TinyWorld(scenario)
    for key in range(20):
        world.request("desk>market", 7.0, key=key)  # they reach their managers at 10 and 13, after the change at 8
    assert {row["outcome"] for row in world.live()} == {"answered"}
    assert world.record.managers["decisions"].sum() == 20
    assert world.record.departments["decisions"].sum() == 20


def test_requests_already_asked_keep_their_priority_and_acceptable_wait() -> None:
    links = [
        {"supplier": "a", "customer": "market", "share": 1.0},
        {"supplier": "desk", "customer": "a", "priority": 1, "acceptable_wait_hours": 10.0},
    ]
    parts = [{"name": "a", "handling_hours": 0.0}, {"name": "desk", "handling_hours": 7.0, **CONSTANT}]
    change = {"links.desk>a.acceptable_wait_hours": 1.0, "links.desk>a.priority": 0}
    world = TinyWorld(company(parts, links, days=5, changes=[{"day": 1, "set": change}]))
    for at in (0.0, 1.0, 2.0, 9.0):
        world.request("a>market", at, key=int(at))
    served = [row["asked"] for row in world.live() if row["supplier"] == "desk"]
    assert served == [0.0, 1.0, 9.0, 2.0]  # asked at 9, with the new priority, before that of 2
    # In 7 h and 13 h by 10 h, in 12 h by the new 1 h, in 26 h by 10 h: one in time.
    assert world.record.links["in_time"][:, world.record.links.names.index("desk>a")].sum() == 1


def test_link_asks_as_often_as_the_change_says() -> None:
    parts = [{"name": "a", "handling_hours": 0.0}, {"name": "b", "handling_hours": 0.0}]
    world = TinyWorld(company(parts, days=3, changes=[{"day": 1, "set": {"links.b>a.requests_per_job": 3.0}}]))
    for at in (1.0, 9.0):
        world.request("a>market", at, key=int(at))
    assert [row["asked"] for row in world.live() if row["supplier"] == "b"] == [1.0, 9.0, 9.0, 9.0]


def test_delegation_raised_on_a_day_keeps_decisions_down() -> None:
    scenario = company(
        [{"name": "desk", "handling_hours": 0.5, **CONSTANT}],
        days=10,
        warm_up_days=0,
        market={"customers": 100, "purchases_per_year": 20},
        management={"delegation": 0.0, "decision_share": 1.0, "relay_hours": 0.5},
        changes=[{"day": 5, "set": {"management.delegation": 1.0}}],
    )
    decided = simulate(scenario, 1, 0).managers["decisions"].sum(axis=1)
    assert decided[0] > 5
    assert decided[1] <= 4  # only what was still on its way


def outsourced(first: int, last: int, **keys: Any) -> TinyWorld:
    """A desk of one whose work is bought outside from a day on, at an hour a request, and taken back on another."""
    changes = [
        {"day": first, "set": {"departments.desk.contract": {"hours": 1.0, "spread": 0.0}}},
        {"day": last, "set": {"departments.desk.contract": None}},
    ]
    return TinyWorld(company([{"name": "desk", "handling_hours": 12.0, **CONSTANT, **keys}], days=9, changes=changes))


def test_who_is_still_at_work_when_a_contract_ends_goes_after_the_job_in_hand() -> None:
    world = outsourced(1, 2)
    for at in (7.0, 17.0, 18.0):
        world.request("desk>market", at, key=int(at))
    served = [(row["started"], row["finished"], row["server"]) for row in world.live()]
    # desk/0 is at work from 7 to 19, while the contract begins at 8 and ends at 16: the one hired then does the rest.
    assert served == [(7.0, 19.0, "desk/0"), (17.0, 29.0, "desk/1"), (29.0, 41.0, "desk/1")]
    assert world.company.departments["desk"].line.staff == 1


def test_manager_who_comes_back_into_office_during_a_decision_stays() -> None:
    changes = [
        {"day": 1, "set": {"management.layers": 1}},
        {"day": 2, "set": {"management.layers": 2}},
    ]
    management = {
        "layers": 2, "delegation": 0.0, "decision_share": 1.0, "relay_hours": 3.0, "other_duties_share": 0.0,
        "decision_hours": 5.0,
    }  # fmt: skip
    parts = [{"name": "desk", "staff": 20, "handling_hours": 0.5, **CONSTANT}]
    world = TinyWorld(company(parts, days=20, changes=changes, management=management))
    for key in range(20):
        world.request("desk>market", 7.0, key=key)
    world.live()
    head = world.record.managers.names.index("1:desk")
    assert world.record.managers["staffed_hours"][1:, head].tolist() == [40.0, 40.0, 40.0]

"""The life of a job, in tiny worlds with exact answers. Handling times are constant; jobs are begun by hand."""

from typing import Any

import numpy as np
import pytest

from sim.model.luck import REQUEST, derived
from tests.worlds import CONSTANT, TinyWorld, company


def times(log: list[dict[str, Any]], supplier: str) -> list[tuple[float, float | None, float | None]]:
    """Asked, started and finished of a supplier's requests, in the order of asking."""
    rows = sorted((row for row in log if row["supplier"] == supplier), key=lambda row: row["id"])
    return [(row["asked"], row["started"], row["finished"]) for row in rows]


def desk(**keys: Any) -> TinyWorld:
    return TinyWorld(company([{"name": "desk", "handling_hours": 2.0, **CONSTANT, **keys}], days=5))


def test_jobs_are_served_one_after_the_other() -> None:
    world = desk()
    for at in (1.0, 2.0, 2.5):
        world.request("desk>market", at, key=int(at * 10))
    assert times(world.live(), "desk") == [(1.0, 1.0, 3.0), (2.0, 3.0, 5.0), (2.5, 5.0, 7.0)]


def test_longest_idle_is_taken_first() -> None:
    world = desk(staff=2)
    for at in (0.0, 1.0, 2.5, 3.5, 6.0):
        world.request("desk>market", at, key=int(at * 10))
    served = {row["asked"]: row["server"] for row in world.live()}
    # Worker 0 is free at 2 and 4.5, worker 1 at 3 and 5.5: at 6 worker 0 has been idle longer.
    assert served == {0.0: "desk/0", 1.0: "desk/1", 2.5: "desk/0", 3.5: "desk/1", 6.0: "desk/0"}


def test_lower_priority_numbers_are_served_first_and_nobody_is_interrupted() -> None:
    world = TinyWorld(
        company(
            [
                {"name": "desk", "handling_hours": 2.0, **CONSTANT},
                {"name": "a", "handling_hours": 0},
                {"name": "b", "handling_hours": 0},
            ],
            [
                {"supplier": "a", "customer": "market", "share": 0.5},
                {"supplier": "b", "customer": "market", "share": 0.5},
                {"supplier": "desk", "customer": "a", "priority": 5},
                {"supplier": "desk", "customer": "b", "priority": 2},
            ],
            days=5,
        )
    )
    for at, front in ((0.0, "a"), (0.5, "a"), (1.0, "b"), (1.5, "a")):
        world.request(f"{front}>market", at, key=int(at * 10))
    log = world.live()
    assert [(row["customer"], row["asked"]) for row in log if row["supplier"] == "desk"] == [
        ("a", 0.0), ("b", 1.0), ("a", 0.5), ("a", 1.5),
    ]  # fmt: skip


def front_and_back(**link: Any) -> TinyWorld:
    """Front: 4 h of work, a quarter of it intake; it asks the back once, which takes 3 h."""
    return TinyWorld(
        company(
            [
                {"name": "front", "handling_hours": 4.0, "intake_share": 0.25, **CONSTANT},
                {"name": "back", "handling_hours": 3.0, **CONSTANT},
            ],
            [
                {"supplier": "front", "customer": "market"},
                {"supplier": "back", "customer": "front", **link},
            ],
            days=5,
        )
    )


def test_worker_takes_other_work_while_a_job_is_parked_and_resumed_jobs_come_first() -> None:
    world = front_and_back()
    for at in (0.0, 0.5, 3.9):
        world.request("front>market", at, key=int(at * 10))
    log = world.live()
    # A: intake 0-1, parked till the back answers at 4. B: intake 1-2, its answer comes at 7. The worker is idle at
    # 3.9, so C's intake is 3.9-4.9; at 4 A stands in line and, resumed, goes first at 4.9. B is resumed at 7.9.
    # C's request is answered at 10; C is resumed at 10.9.
    assert times(log, "back") == [(1.0, 1.0, 4.0), (2.0, 4.0, 7.0), (4.9, 7.0, 10.0)]
    assert [(row["asked"], row["finished"]) for row in log if row["supplier"] == "front"] == [
        (0.0, pytest.approx(7.9)),
        (0.5, pytest.approx(10.9)),
        (3.9, pytest.approx(13.9)),
    ]


def test_resumed_job_goes_before_one_that_came_earlier() -> None:
    world = front_and_back()
    for at in (0.0, 3.5, 3.6):  # at 4 the answer is there, while 3.6 waits behind 3.5's intake (3.5-4.5)
        world.request("front>market", at, key=int(at * 10))
    started = {row["asked"]: row["started"] for row in world.live() if row["supplier"] == "front"}
    assert started[3.6] == pytest.approx(7.5)  # after the rest of the first, 4.5-7.5


def test_link_that_does_not_block_lets_the_job_go_on() -> None:
    world = front_and_back(blocking=False)
    world.request("front>market", 0.0, key=1)
    log = world.live()
    assert times(log, "front") == [(0.0, 0.0, 4.0)]
    assert times(log, "back") == [(1.0, 1.0, 4.0)]


def test_requests_per_job_ask_the_whole_part_surely() -> None:
    world = front_and_back(requests_per_job=3.0)
    world.request("front>market", 0.0, key=1)
    log = world.live()
    assert times(log, "back") == [(1.0, 1.0, 4.0), (1.0, 4.0, 7.0), (1.0, 7.0, 10.0)]
    assert times(log, "front") == [(0.0, 0.0, 13.0)]  # it waits for all three


def test_needs_of_two_suppliers_and_requests_of_one_job_have_luck_of_their_own() -> None:
    parts = [{"name": "front", "handling_hours": 0}, {"name": "left"}, {"name": "right"}]
    links = [
        {"supplier": "front", "customer": "market"},
        {"supplier": "left", "customer": "front", "requests_per_job": 0.5},
        {"supplier": "right", "customer": "front", "requests_per_job": 1.5},
    ]
    world = TinyWorld(company(parts, links, days=5))
    front = world.company.departments["front"]
    keys = [derived(7, REQUEST, number) for number in range(4000)]
    needs = [{service.supplier.name: count for service, count in front.needs(key)} for key in keys]
    both = sum("left" in need and need["right"] == 2 for need in needs)
    assert abs(both - 1000) < 4 * np.sqrt(4000 * 0.25 * 0.75)  # a quarter, if the two are independent
    world.request(
        "front>market", 0.0, key=next(key for key, need in zip(keys, needs, strict=True) if need["right"] == 2)
    )
    hours = [row["work_hours"] for row in world.live() if row["supplier"] == "right"]
    assert len(set(hours)) == 2


def test_answer_is_in_time_up_to_the_acceptable_wait_and_not_beyond() -> None:
    parts = [{"name": "desk", "handling_hours": 2.0, **CONSTANT}]
    links = [{"supplier": "desk", "customer": "market", "acceptable_wait_hours": 4.0}]
    world = TinyWorld(company(parts, links, days=5))
    for key in range(3):
        world.request("desk>market", 0.0, key=key)
    world.live()
    assert world.record.links["in_time"].sum() == 2  # after 2 and 4 h, not after 6


def test_what_begins_comes_before_what_wakes() -> None:
    # A asks the back and lays its job down; B, waiting in front, is woken by that. A's request begins first: at the
    # back, which serves the later of two equal requests last, A's comes before the one that B makes at once.
    world = front_and_back()
    world.request("front>market", 0.0, key=2)
    world.request("front>market", 0.0, key=1)
    log = world.live()
    back = [row for row in log if row["supplier"] == "back"]
    assert [row["asked"] for row in back] == [1.0, 2.0]
    assert [row["id"] for row in back] == [2, 3]


def test_phase_of_zero_hours_needs_no_worker() -> None:
    world = TinyWorld(
        company(
            [{"name": "front", "handling_hours": 0}, {"name": "back", "handling_hours": 2.0, **CONSTANT}],
            days=5,
        )
    )
    world.request("front>market", 0.0, key=1)
    world.request("front>market", 0.0, key=2)
    log = world.live()
    assert [row["finished"] for row in log if row["supplier"] == "front"] == [2.0, 4.0]
    assert all(row["server"] is None for row in log if row["supplier"] == "front")


def test_parent_and_root_lead_back_to_the_purchase() -> None:
    world = TinyWorld(
        company(
            [{"name": name, "handling_hours": 1.0, **CONSTANT} for name in "abc"],
            [
                {"supplier": "a", "customer": "market"},
                {"supplier": "b", "customer": "a"},
                {"supplier": "c", "customer": "b"},
            ],
            days=5,
        )
    )
    world.request("a>market", 0.0, key=1)
    by_supplier = {row["supplier"]: row for row in world.live()}
    assert by_supplier["b"]["parent"] == by_supplier["a"]["id"]
    assert by_supplier["c"]["parent"] == by_supplier["b"]["id"]
    assert {row["root"] for row in by_supplier.values()} == {by_supplier["a"]["id"]}
    assert by_supplier["a"]["parent"] is None


def test_error_that_is_noticed_is_repaired_at_once_by_the_same_person() -> None:
    world = desk(right_first_time=0.5)
    for key in range(40):
        world.request("desk>market", 0.0, key=key)
    log = world.live()
    spans = [row["work_hours"] for row in log]
    assert {row["right"] for row in log if row["outcome"] == "answered"} == {"right", "repaired"}
    assert all(hours % 2.0 == 0 for hours in spans)
    assert all((row["right"] == "right") == (row["work_hours"] == 2.0) for row in log if row["right"])


def test_error_that_nobody_notices_is_delivered_wrong_without_repair() -> None:
    world = desk(right_first_time=0.5, errors_noticed=0.0)
    for key in range(15):
        world.request("desk>market", 0.0, key=key)
    log = [row for row in world.live() if row["outcome"] == "answered"]
    assert {row["right"] for row in log} == {"right", "wrong"}
    assert {row["work_hours"] for row in log} == {2.0}


def decisions(**management: Any) -> TinyWorld:
    """Every job needs a decision; relays take 4 h each, other duties none."""
    keys = {"decision_share": 1.0, "decision_hours": 0.0, "relay_hours": 4.0, "other_duties_share": 0.0}
    return TinyWorld(
        company([{"name": "desk", "handling_hours": 2.0, **CONSTANT}], days=9, management=keys | management)
    )


def test_worker_who_decides_alone_loses_no_time_to_relays() -> None:
    world = decisions(delegation=1.0)
    world.request("desk>market", 0.0, key=1)
    assert times(world.live(), "desk") == [(0.0, 0.0, 2.0)]


@pytest.mark.parametrize(("layers", "relays"), [(1, {2}), (3, {2, 4, 6})])
def test_each_relay_up_and_down_costs_its_time(layers: int, relays: set[int]) -> None:
    world = decisions(delegation=0.0, layers=layers)
    for key in range(20):
        world.request("desk>market", key * 3.0, key=key)
    waits = {round((row["wait_hours"]) / 4.0) for row in world.live() if row["wait_hours"] is not None}
    # Waiting in line for the one worker adds less than two hours to whole relays of four.
    assert relays <= waits <= relays | {relay + 1 for relay in relays}


def test_decisions_queue_at_the_manager() -> None:
    world = decisions(delegation=0.0, layers=1, decision_hours=20.0, relay_hours=0.0)
    for key in range(20):
        world.request("desk>market", 0.0, key=key)
    world.live()
    managers = world.record.managers
    assert managers.names == ["1:company"]
    assert managers["busy_hours"].sum() == pytest.approx(9 * 8 - 0.6)  # from the first intake on, without a pause
    assert managers["waited_hours"].sum() > 20.0


def test_other_duties_take_the_managers_time() -> None:
    world = decisions(delegation=0.0, layers=1, other_duties_share=0.5, duty_hours=0.5)
    world.live()
    assert 0.2 < world.record.managers["busy_hours"].sum() / 72 < 0.8

"""What the traffic equations foretell, the simulation finds."""

import pytest

from sim import load, run
from sim.scenario.load import with_days
from sim.study.check import check
from tests.worlds import company


def test_foretold_loads_are_the_simulated_utilisations() -> None:
    plant = with_days(load("plant"), 120)
    simulated = run(plant, replications=3).means("department")
    for department in check(plant).departments:
        found = simulated[department.name]
        assert found["jobs"] / 120 == pytest.approx(department.jobs_per_day, rel=0.08)
        assert found["utilisation"] == pytest.approx(department.load, abs=0.05)
        assert found["load"] == pytest.approx(department.load, abs=0.05)


def test_managers_loads_are_the_simulated_ones() -> None:
    plant = with_days(load("plant"), 120)
    simulated = run(plant, replications=3).means("manager")
    for manager in check(plant).managers:
        assert simulated[manager.name]["utilisation"] == pytest.approx(manager.load, abs=0.06)


def test_overload_is_told_with_its_day_and_only_once() -> None:
    busy = company(
        [{"name": "desk", "handling_hours": 1.0}],
        days=50,
        market={"customers": 100, "purchases_per_year": 16.0},
        changes=[
            {"day": 10, "set": {"departments.desk.handling_hours": 2.0}},
            {"day": 20, "set": {"departments.desk.handling_hours": 3.0}},
        ],
    )
    [warning] = check(busy).warnings
    assert warning.startswith("department desk cannot keep up from day 10 on: load 1.60")


def test_company_too_large_to_wait_for_is_warned_of() -> None:
    crowd = company([{"name": "desk", "staff": 100_000}], market={"customers": 1_000_000, "purchases_per_year": 100.0})
    [warning] = check(crowd).warnings
    assert warning.startswith("one replication is about 1e+08 jobs")


def test_chief_of_a_flat_company_that_delegates_nothing_cannot_keep_up() -> None:
    flat = company(
        [{"name": "desk", "staff": 20}],
        market={"customers": 1000, "purchases_per_year": 20.0},
        management={"layers": 1, "delegation": 0.0, "decision_share": 0.5},
    )
    assert check(flat).warnings == (
        "manager 1:company cannot keep up: load 1.90; what waits grows without end",
    )  # 10 jobs an hour, half need a decision of .3 h, besides .4 for other duties

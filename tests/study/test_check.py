"""What the traffic equations foretell, the simulation finds."""

import pytest

from sim import load, run
from sim.scenario.load import validated
from sim.scenario.reading import parse
from sim.scenario.schema import Scenario
from sim.scenario.shipped import shipped
from sim.scenario.template import template
from sim.study.check import check
from tests.worlds import company, feeling

QUIET = {"customers": 100}
COMPANIES = sorted(name for name in shipped() if "/" not in name)


def queues_of_the_plant() -> Scenario:
    """Without psychology: teams of two and three people are too small for the means of what they feel."""
    return Scenario.model_validate(load("plant").model_dump(exclude_unset=True) | {"psychology": "none", "days": 120})


def test_foretold_loads_are_the_simulated_utilisations() -> None:
    plant = queues_of_the_plant()
    simulated = run(plant, replications=3).means("department")
    for department in check(plant).departments:
        found = simulated[department.name]
        assert found["jobs"] / 120 == pytest.approx(department.jobs_per_day, rel=0.08)
        assert found["utilisation"] == pytest.approx(department.load, abs=0.05)
        assert found["load"] == pytest.approx(department.load, abs=0.05)


def test_managers_loads_are_the_simulated_ones() -> None:
    plant = queues_of_the_plant()
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
    assert (warning.kind, warning.name, warning.day) == ("department", "desk", 10)
    assert warning.value == pytest.approx(1.6)


def test_company_too_large_to_wait_for_is_warned_of() -> None:
    crowd = company([{"name": "desk", "staff": 100_000}], market={"customers": 1_000_000, "purchases_per_year": 100.0})
    [warning] = check(crowd).warnings
    assert (warning.kind, warning.value) == ("jobs", pytest.approx(1.24e8))


def test_chief_of_a_flat_company_that_delegates_nothing_cannot_keep_up() -> None:
    flat = company(
        [{"name": "desk", "staff": 20}],
        market={"customers": 1000, "purchases_per_year": 20.0},
        management={"layers": 1, "delegation": 0.0, "decision_share": 0.5},
    )
    [warning] = check(flat).warnings
    assert (warning.kind, warning.name, warning.value) == (
        "manager",
        "1:company",
        pytest.approx(1.9),
    )  # 10 jobs an hour, half need a decision of .3 h, besides .4 for other duties


def test_forecast_is_given_where_people_feel_and_only_there() -> None:
    plain = company([{"name": "desk", "staff": 20}]).model_dump(exclude_unset=True)
    numb, alive = (check(Scenario.model_validate(plain | {"psychology": kind})) for kind in ("none", "full"))
    assert numb.gain is numb.morale is numb.satisfaction is numb.departments[0].morale is None
    assert alive.gain is not None
    assert alive.gain < 1.0
    assert alive.departments[0].experience is not None
    assert 0.5 < alive.departments[0].experience < 1.0


def test_gain_of_a_chain_that_feeds_itself_is_warned_of() -> None:
    plain = load("claims/workshop").model_dump(exclude_unset=True) | {
        "laws": {"mood_weight": 1.0, "mood_from_service": 0.3, "loss_aversion": 3.0}
    }
    outlook = check(Scenario.model_validate(plain))
    assert outlook.gain is not None
    assert outlook.gain >= 1.0
    assert "gain" in [concern.kind for concern in outlook.warnings]


def test_individuals_without_a_post_are_warned_of() -> None:
    rude = [{"temper": 0.1}, {"temper": 0.2, "arrives_day": 5}, {"temper": 0.3}]
    desk = {"name": "desk", "staff": 1, "people": {"list": rude}}
    [warning] = check(company([desk], days=10, market=QUIET)).warnings
    assert (warning.kind, warning.name, warning.day, warning.value) == ("people", "desk", -60, 2.0)


def test_posts_that_come_on_a_day_count_for_individuals() -> None:
    desk = {"name": "desk", "staff": 1, "people": {"list": [{"temper": 0.1}, {"temper": 0.2}]}}
    changes = [{"day": 3, "set": {"departments.desk.staff": 2}}, {"day": 6, "set": {"departments.desk.staff": 1}}]
    assert check(company([desk], days=10, market=QUIET, changes=changes)).warnings == ()


def test_quality_teams_of_people_who_do_not_feel_are_warned_of() -> None:
    parts = [{"name": "desk", "staff": 2}, {"name": "it"}]
    teams = [{"name": "uptime", "links": ["it>desk"]}]
    [warning] = check(company(parts, market=QUIET, quality_teams=teams, laws={"team_effect": 0.5})).warnings
    assert (warning.kind, warning.value) == ("teams", 1.0)
    assert check(feeling(parts, market=QUIET, quality_teams=teams)).warnings == ()


@pytest.mark.parametrize("name", [*COMPANIES, "a new one"])
def test_companies_that_ship_are_alive_and_sound(name: str) -> None:
    scenario = load(name) if name in COMPANIES else validated(parse(template("new"), "new.yaml"), "new")
    outlook = check(scenario)
    assert outlook.warnings == ()
    assert outlook.gain is not None
    assert outlook.gain < 0.8
    assert max(part.load for part in outlook.departments) < 0.94
    assert max(manager.load for manager in outlook.managers) < 0.9

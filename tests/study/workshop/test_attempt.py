"""Levers of a workshop: each moves what it says, from day 0 on, on the same luck; what cannot be is refused."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import load
from sim.study.replicate import interval
from sim.study.workshop.attempt import FIRST_WEEK, SHOWN, NoLongerWantedError, Workshop, plain
from sim.study.workshop.levers import TEAM, LeverError, levers, moved, prepared
from tests.engine import ENGINE


@pytest.fixture(scope="module")
def shop() -> Workshop:
    return Workshop(load("claims/workshop"), engine=ENGINE)


def test_nothing_moved_is_the_base_itself(shop: Workshop) -> None:
    found = shop.attempt({}, 2)
    assert found.parts is None
    assert all(change == (0.0, 0.0, 0.0) for change in found.change.values())


@pytest.mark.parametrize(
    "state",
    [
        {"layers": 1},
        {"delegation": 1.0},
        {"recognition": 1.0},
        {"clarity": 1.0},
        {"team": 20},
        {"talk": 1.0},
        {"surveys": 0.5},
        {"reviews": 12},
        {"contact": 12},
        {"style": 1.0},
        {"staff": 3},
        {"department": "logistics", "staff": -1},
        {"temper": 0.0},
        {"outsourced": True},
    ],
)
def test_every_lever_parts_the_companies_from_day_0_on(shop: Workshop, state: dict[str, Any]) -> None:
    found = shop.attempt(state, 1)
    assert found.parts is not None
    assert found.parts >= 0
    before = np.array(found.weeks) < 0
    assert before.sum() == -FIRST_WEEK
    for outcome in SHOWN:
        base, tried = (found.paths[which][outcome].mean for which in ("base", "tried"))
        assert np.array_equal(base[before], tried[before], equal_nan=True), outcome


def test_levers_move_what_the_claims_say(shop: Workshop) -> None:
    change = {
        name: shop.attempt(state, 6).change
        for name, state in {"contact": {"contact": 12}, "harsh": {"style": 1.0}, "seen": {"recognition": 1.0}}.items()
    }
    assert change["contact"]["customer_satisfaction"][1] > 0.0
    assert change["harsh"]["morale"][2] < 0.0
    assert change["seen"]["morale"][1] > 0.0


def test_more_replications_keep_the_first_ones(shop: Workshop) -> None:
    few, many = (shop.attempt({"delegation": 0.9}, count) for count in (1, 3))
    assert few.replications == 1
    first = few.paths["tried"]["morale"].mean
    alone = [run.company["morale"] for run in shop.lived({"delegation": 0.9}, 3)]
    assert np.array_equal(first, alone[0], equal_nan=True)
    assert np.allclose(many.paths["tried"]["morale"].mean, np.mean(alone, axis=0), equal_nan=True)


def test_bands_are_students(shop: Workshop) -> None:
    found, runs = shop.attempt({}, 4), shop.lived({}, 4)
    path = found.paths["base"]["morale"]
    mean, low, high, _ = interval(np.array([run.company["morale"][5] for run in runs]))
    assert (path.mean[5], path.low[5], path.high[5]) == pytest.approx((mean, low, high))


def test_an_answer_is_plain(shop: Workshop) -> None:
    found = plain(shop.attempt({"contact": 6}, 1))
    assert found["weeks"][0] == FIRST_WEEK
    assert found["paths"]["base"]["morale"]["low"][0] is None  # one replication knows no interval
    assert set(found["departments"]["tried"]) == set(shop.base.department_names)
    assert {"requests", "in_time"} == set(found["links"]["base"]["production>sales"])


@pytest.mark.parametrize("name", ["plant", "clinic", "group", "claims/workshop", "it/relieved"])
def test_every_company_that_ships_has_levers_that_can_be_moved_to_their_ends(name: str) -> None:
    base = prepared(load(name))
    for lever in levers(base):
        ends = lever.values[:2] if lever.kind == "slider" else lever.values[-1:]
        for value in ends:
            moved(base, {lever.id: value})


def test_levers_reach_what_the_base_has_and_go_before_its_own_changes(tmp_path: Path) -> None:
    file = tmp_path / "tall.yaml"
    changes = "[{day: 0, set: {management.delegation: 0.9, practices.recognition: 0.8}}]"
    file.write_text(f"extends: plant\nmanagement: {{layers: 9}}\nchanges: {changes}\n", encoding="utf-8")
    base = prepared(load(str(file)))
    known = {lever.id: lever for lever in levers(base)}
    assert known["layers"].values == (1, 9, 1)
    company = moved(base, {"delegation": 0.0})
    assert [(change.day, dict(change.set)) for change in company.changes] == [
        (0, {"management.delegation": 0.0}),
        (0, {"practices.recognition": 0.8}),
    ]


def test_the_team_meets_where_most_is_asked() -> None:
    plant = prepared(load("plant"))
    [team] = [team for team in plant.quality_teams if team.name == TEAM]
    asked = Workshop(load("plant"), engine=ENGINE).attempt({}, 1).links["base"]
    inner = {link.name: float(np.nansum(asked[link.name][0])) for link in plant.inner_links}
    assert team.links == (max(inner, key=lambda name: inner[name]),)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"layer": 2}, "'layer' is no lever; did you mean layers"),
        ({"layers": 9}, "layers: 9 is not allowed: 1 to 6"),
        ({"layers": "3"}, "layers: '3' is not allowed"),
        ({"layers": True}, "layers"),
        ({"layers": float("nan")}, "layers"),
        ({"department": "productoin"}, "none of .*did you mean production"),
        ({"outsourced": 1}, "true or false"),
        ({"department": ["it"]}, "none of"),
    ],
)
def test_a_lever_that_cannot_be_so_is_refused(shop: Workshop, state: dict[str, Any], said: str) -> None:
    with pytest.raises(LeverError, match=said):
        shop.attempt(state, 1)


def test_a_lever_stands_where_the_department_looked_at_has_it(tmp_path: Path) -> None:
    file = tmp_path / "kind.yaml"
    text = "departments: [{name: it, people: {temper: 0.2}}]\nchanges: [{day: 0, set: {departments.it.staff: 9}}]"
    file.write_text(f"extends: plant\n{text}\n", encoding="utf-8")
    base = prepared(load(str(file)))
    known = {lever.id: lever for lever in levers(base)}
    assert known["temper"].now_in("it") == 0.2
    assert moved(base, {"department": "it", "temper": 0.2}) == base
    assert moved(base, {"department": "it", "temper": 0.7}) != base
    [change] = moved(base, {"department": "it", "staff": 1}).changes
    assert change.set == {"departments.it.staff": 10}


def test_who_is_no_longer_wanted_does_not_wait_for_a_run(shop: Workshop) -> None:
    asked = iter([True, False])
    before = shop.kept
    with pytest.raises(NoLongerWantedError):
        shop.lived({"clarity": 0.7, "talk": 0.2}, 1, lambda: next(asked, False))
    assert shop.kept == before


def test_a_contract_can_be_ended() -> None:
    base = prepared(load("maintenance/outsourced"))
    known = {lever.id: lever for lever in levers(base)}
    assert known["outsourced"].now_in("maintenance") is True
    assert moved(base, {"department": "maintenance", "outsourced": True}) == base
    [change] = moved(base, {"department": "maintenance", "outsourced": False}).changes
    assert change.set == {"departments.maintenance.contract": None}


def test_what_would_move_nothing_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "full.yaml"
    people = "departments: [{name: reception, staff: 1, people: {list: [{temper: 0.3}]}}]"
    file.write_text(f"extends: plant\n{people}\n", encoding="utf-8")
    base = prepared(load(str(file)))
    with pytest.raises(LeverError, match="every post of reception"):
        moved(base, {"department": "reception", "temper": 0.0})
    with pytest.raises(LeverError, match="the last one stays"):
        moved(base, {"department": "reception", "staff": -1})


def test_without_links_inside_there_is_no_team_to_move() -> None:
    small = load("claims/workshop")
    alone = small.model_copy(
        update={
            "departments": tuple(part for part in small.departments if part.name == "sales"),
            "links": tuple(link for link in small.links if link.to_market),
        }
    )
    assert "team" not in {lever.id for lever in levers(prepared(alone))}

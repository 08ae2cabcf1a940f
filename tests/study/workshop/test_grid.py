"""The grid of companies for one file: three levers in full, every other one alone and with each of these."""

from itertools import product

import pytest

from sim import load
from sim.study.workers import Failure
from sim.study.workshop.attempt import Workshop
from sim.study.workshop.grid import IN_FULL, OF_A_DEPARTMENT, canonical, grid, simulated
from sim.study.workshop.levers import State, levers, moved, prepared
from tests.engine import ENGINE

BASE = prepared(load("plant"))
KNOWN = {lever.id: lever for lever in levers(BASE)}
GRID = grid(BASE)


def key(state: State) -> tuple[tuple[str, object], ...]:
    return tuple(sorted(canonical(KNOWN, state).items()))


def test_every_combination_that_is_promised_is_there_once() -> None:
    there = {key(state) for state in GRID.states}
    assert len(there) == len(GRID.states)
    assert GRID.states[0] == {}
    for together in product(*(GRID.values[name] for name in IN_FULL)):
        assert key(dict(zip(IN_FULL, together, strict=True))) in there
    for name in KNOWN:
        if name in IN_FULL or name == "department":
            continue
        departments = GRID.values["department"] if name in OF_A_DEPARTMENT else ("it",)
        for value, part, other in product(GRID.values[name], departments, IN_FULL):
            for beside in GRID.values[other]:
                assert key({name: value, "department": part, other: beside}) in there


def test_sliders_reach_their_ends_and_what_the_base_has() -> None:
    for name, lever in KNOWN.items():
        values = GRID.values[name]
        assert lever.now in values
        if lever.kind == "slider" and name != "staff":
            assert (values[0], values[-1]) == (lever.values[0], lever.values[1])


def test_a_department_alone_is_no_other_company() -> None:
    assert key({"department": "it"}) == ()
    assert key({"staff": 2}) == key({"staff": 2, "department": KNOWN["department"].now})
    assert key({"layers": 3, "delegation": 0.4}) == ()


@pytest.mark.parametrize("name", ["clinic", "group"])
def test_a_large_company_has_a_grid_of_bearable_size(name: str) -> None:
    assert len(grid(prepared(load(name))).states) < 2000


def test_all_states_of_the_grid_are_companies() -> None:
    for state in GRID.states[::40]:
        moved(BASE, state)


def test_simulated_ones_are_those_of_the_page_and_failures_are_told() -> None:
    shop = Workshop(load("claims/workshop"), engine=ENGINE, jobs=2)
    shares: list[float] = []
    states: tuple[State, ...] = ({}, {"contact": 12}, {"layers": 99})
    found = dict(simulated(shop, states, 2, shares.append))
    assert isinstance(found[2], Failure)
    assert shares[-1] == 1.0
    runs = found[1]
    assert not isinstance(runs, Failure)
    same = shop.lived({"contact": 12}, 2)
    assert [run.company["sales"].tolist() for run in runs] == [run.company["sales"].tolist() for run in same]

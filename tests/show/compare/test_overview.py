"""Page one: before and after at a glance, what is not shown said so, and what to bear in mind."""

import numpy as np
import pytest

from sim import load
from sim.scenario.dated import altered
from sim.show.compare.cautions import _together, _turning
from sim.show.compare.differences import what_differs
from sim.show.compare.document import Amount, Mark
from sim.show.compare.numbers import amounts
from sim.show.compare.overview import open_points, overview
from sim.show.language import ENGLISH, speaking
from sim.study.compare.whatif import Assumptions, WhatIf
from tests.show.compare.test_sentences import LUCK, PROFIT, SATISFACTION, made_up


def test_before_and_after_stand_beside_the_change() -> None:
    found = made_up({"a": {SATISFACTION: 5.0 + LUCK, PROFIT: -2e5 + 1e4 * LUCK}})
    first, second = overview(found, ENGLISH).rows
    assert first[:4] == [
        "Customers' satisfaction (points of 100)",
        Amount(50.0, "50.0"),
        Amount(55.0, "55.0"),
        Amount(5.0, "+5.0"),
    ]
    assert first[-1] == Mark("better", "better")
    assert [getattr(cell, "text", cell) for cell in second][3] == "−200"
    assert second[-1] == Mark("worse", "worse")


def test_several_scenarios_stand_side_by_side_with_their_verdicts() -> None:
    found = made_up({"a": {SATISFACTION: 5.0 + LUCK}, "b": {SATISFACTION: LUCK}, "c": {SATISFACTION: -5.0 + LUCK}})
    [row, _] = overview(found, ENGLISH).rows
    assert [cell for cell in row if isinstance(cell, Mark)] == [
        Mark("55.0 better", "better"),
        Mark("50.0 ≈", ""),
        Mark("45.0 worse", "worse"),
    ]


def test_only_what_is_not_shown_is_said_besides() -> None:
    found = made_up({"a": {SATISFACTION: 5.0 + LUCK, PROFIT: 1e4 * LUCK}, "b": {SATISFACTION: 5.0 + LUCK}})
    a, b = found.others
    assert open_points(found, a, ENGLISH).startswith("a: luck hides whether it changes the profit (if so, by less than")
    assert open_points(found, b, ENGLISH) == "b: in no replication does it change the profit."
    shown = made_up({"a": {SATISFACTION: 5.0 + LUCK}}, (SATISFACTION,))
    assert open_points(shown, shown.others[0], ENGLISH) == ""


def test_numbers_of_one_row_have_as_many_decimals() -> None:
    points = amounts((1.632, 1.04, -0.02), "points", ENGLISH, signed=True)
    assert [cell.text for cell in points] == ["+1.6", "+1.0", "0.0"]
    money = amounts((329_876.0, 314_520.0), "money/year", speaking("es"), signed=True)
    assert [cell.text for cell in money] == ["+330", "+315"]
    assert money[0].value == pytest.approx(329.876)  # as its head says, in a workbook too
    shares = amounts((0.0034, 0.0001, float("nan")), "share", ENGLISH)
    assert [cell.text for cell in shares] == ["0.34", "0.01", "–"]


def test_levers_that_come_together_are_said_and_a_contract_is_one() -> None:
    base = load("maintenance/avoided")
    names = {"several": load("maintenance/repaired"), "one": load("maintenance/outsourced")}
    for name, scenario in names.items():
        found = made_up({name: {SATISFACTION: LUCK}})
        scenarios = (base, scenario.model_copy(update={"name": name}))
        pair = found.__class__(
            scenarios, found.stated, 1, found.replications, precision={}, failed=(), together=found.together
        )
        assert bool(list(_together(pair, ENGLISH))) == (name == "several")


def test_an_assumption_that_turns_what_is_shown_is_told_on_page_one() -> None:
    found = made_up({"a": {SATISFACTION: 5.0 + LUCK}})
    turns = {"a": Assumptions(1.0, (WhatIf("laws.owed", 0.5, 0.8, -0.2, 2.0),))}
    keeps = {"a": Assumptions(1.0, (WhatIf("laws.owed", 0.5, 0.8, 0.2, 2.0),))}
    assert "one assumption" in next(iter(_turning(found, turns, ENGLISH)))
    assert not list(_turning(found, keeps, ENGLISH))
    hidden = made_up({"a": {SATISFACTION: np.array(LUCK)}})
    assert not list(_turning(hidden, turns, ENGLISH))


def test_what_differs_is_spelled_out() -> None:
    avoided, outsourced, repaired = (load(f"maintenance/{name}") for name in ("avoided", "outsourced", "repaired"))
    bought = {row.key: (row.base, row.other) for row in what_differs(avoided, outsourced)}
    assert bought["departments.maintenance.contract.price_per_request"] == (None, 80.0)
    mended = {row.key: (row.base, row.other) for row in what_differs(avoided, repaired)}
    inherited = avoided.practices.recognition
    assert mended["departments.maintenance.practices.recognition"] == (inherited, 0.7)
    assert mended["quality_teams.stoppages.hours_per_month"] == (None, 6.0)


def test_a_dated_change_is_a_row_with_its_day() -> None:
    base = load("plant")
    [row] = what_differs(base, load("chief/authoritarian"))
    assert (row.key, row.day, row.other) == ("management.chief_authoritarian", 50, 0.95)
    twice = altered(base, {}).model_copy(update={"changes": ()})
    assert what_differs(base, twice) == []

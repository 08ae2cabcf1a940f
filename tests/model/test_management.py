"""Managers: styles that pass down, time for people, decisions that go wrong. Tiny worlds."""

from typing import Any

import numpy as np
import pytest

from tests.worlds import TinyWorld, feeling

FOUR = [{"name": name} for name in ("a", "b", "c", "d")]


def tall(layers: int = 4, days: int = 10, changes: list[dict[str, Any]] | None = None, **management: Any) -> TinyWorld:
    laws = {"style_passed": 0.35, "style_half_life_days": 1.0}
    management = {"layers": layers, **management}
    return TinyWorld(feeling(FOUR, laws=laws, management=management, days=days, changes=changes or []))


def styles(world: TinyWorld) -> list[float]:
    """From the chief down to the head of the first department."""
    managers = world.company.management
    return [managers.style_of(name) for name in reversed(managers._superiors["a"])]


CASCADE = [0.9, 0.51, 0.3735, 0.325725]
"""Each level .35 of the superior's and .65 of a leaning of .3."""


class TestStyle:
    def test_chiefs_own_style_fades_from_level_to_level(self) -> None:
        assert styles(tall(authoritarian=0.3, chief_authoritarian=0.9)) == pytest.approx(CASCADE)

    @pytest.mark.parametrize("layers", [1, 2, 5])
    def test_equal_style_shields_nobody_however_many_tiers_are_between(self, layers: int) -> None:
        world = tall(layers, authoritarian=0.6)
        assert styles(world) == pytest.approx([0.6] * layers)
        world.live()
        assert styles(world) == pytest.approx([0.6] * layers)

    def test_new_chief_reaches_the_fixed_point_level_by_level(self) -> None:
        change = {"day": 1, "set": {"management.chief_authoritarian": 0.9}}
        world = tall(days=60, changes=[change], authoritarian=0.3)
        seen: list[list[float]] = []
        for day in (0.5, 2.5, 4.5):
            world.at(day, lambda: seen.append(styles(world)))
        world.live()
        assert seen[0] == pytest.approx([0.3] * 4)
        for early, late in zip(seen[1], seen[2], strict=True):
            assert 0.3 < early < late
        assert seen[1] == sorted(seen[1], reverse=True)
        assert styles(world) == pytest.approx(CASCADE)

    def test_authoritarian_manager_lowers_the_morale_that_lasts(self) -> None:
        lasting = {}
        for style in (0.0, 0.5):
            laws = {"morale_return": 0.5, "base_morale": 0.7, "morale_from_style": 0.4, "morale_from_overload": 0.0}
            world = TinyWorld(feeling([{"name": "a"}], laws=laws, management={"authoritarian": style}, days=80))
            world.live()
            [person] = world.company.departments["a"].team
            lasting[style] = person.morale
        assert lasting[0.0] - lasting[0.5] == pytest.approx(0.4 * 0.5)


class TestTime:
    def test_recognition_takes_the_managers_hours_each_week(self) -> None:
        parts = [{"name": "a", "staff": 3}, {"name": "b", "staff": 1}]
        world = TinyWorld(feeling(parts, laws={"recognition_hours": 4.0}, practices={"recognition": 0.5}, days=20))
        world.live()
        # Four people, half of 4 h a month each, a quarter of it in each of four weeks.
        assert world.record.managers["busy_hours"].sum() == pytest.approx(4 * 0.5 * 4.0)

    def test_who_has_many_people_gives_no_more_than_there_is_time_for(self) -> None:
        busy = {}
        for staff in (8, 80):
            laws = {"recognition_hours": 4.0, "ordinary_span": 8.0}
            world = TinyWorld(
                feeling([{"name": "a", "staff": staff}], laws=laws, practices={"recognition": 0.5}, days=20)
            )
            world.live()
            busy[staff] = world.record.managers["busy_hours"].sum()
        assert busy[8] == busy[80] == pytest.approx(8 * 0.5 * 4.0)

    def test_meetings_take_each_person_once_a_month_for_the_hours_of_the_levers(self) -> None:
        practices = {"involvement": 0.5, "role_clarity": 1.0}
        laws = {"involvement_hours": 4.0, "clarity_hours": 2.0}
        world = TinyWorld(feeling([{"name": "a", "staff": 5}], laws=laws, practices=practices, days=40))
        world.live()
        assert world.record.departments["practice_hours"].sum() == pytest.approx(2 * 5 * (0.5 * 4.0 + 2.0))
        assert world.record.departments["busy_hours"].sum() == pytest.approx(2 * 5 * 4.0)


def decided(laws: dict[str, Any], delegation: float, people: dict[str, Any], clarity: float = 0.0) -> float:
    """The share of a thousand decisions that were wrong."""
    management = {"layers": 2, "decision_share": 1.0, "delegation": delegation, "decision_hours": 0.0}
    parts = [{"name": "a", "staff": 1, "handling_hours": 0.004, "people": people}]
    world = TinyWorld(feeling(parts, laws=laws, practices={"role_clarity": clarity}, days=6, management=management))
    for key in range(1000):
        world.request("a>market", key * 0.01, key=key)
    world.live()
    departments = world.record.departments
    assert departments["decisions"].sum() == 1000
    return float(departments["decisions_wrong"].sum()) / 1000


class TestDecisions:
    @pytest.mark.parametrize(("skill", "clarity", "share"), [(0.0, 0.0, 0.5), (1.0, 0.0, 0.25), (1.0, 1.0, 0.125)])
    def test_workers_err_less_with_skill_and_clarity(self, skill: float, clarity: float, share: float) -> None:
        laws = {"decision_error": 1.0, "decision_needs_skill": 0.5, "decision_needs_clarity": 0.5}
        laws |= {"learning_half_life_days": 1e4, "clarity_hours": 0.0}
        wrong = decided(laws, 1.0, {"skill": skill}, clarity)
        # The mean of importance is a half; four standard errors of a thousand decisions: error 6e-5 each.
        assert abs(wrong - share) < 4 * np.sqrt(share * (1 - share) / 1000) + 1e-3

    def test_managers_err_as_often_as_relays_distort_and_they_themselves_do(self) -> None:
        assert decided({"manager_error": 0.0, "decision_kept": 1.0}, 0.0, {}) == 0.0
        assert decided({"manager_error": 1.0, "decision_kept": 1.0}, 0.0, {}) == 1.0
        # Half of them climb one tier, half two: 1 − (.8 + .64)/2 = .28; four standard errors: error 6e-5.
        wrong = decided({"manager_error": 0.0, "decision_kept": 0.8}, 0.0, {})
        assert abs(wrong - 0.28) < 4 * np.sqrt(0.28 * 0.72 / 1000)

    def test_wrong_decision_spoils_the_work(self) -> None:
        for harm, right in ((0.0, 1.0), (1.0, 0.0)):
            management = {"decision_share": 1.0, "delegation": 0.0, "relay_hours": 0.0}
            laws = {"manager_error": 1.0, "wrong_decision_harm": harm}
            parts = [{"name": "a", "errors_noticed": 0.0}]
            world = TinyWorld(feeling(parts, laws=laws, management=management, days=3))
            world.request("a>market", 0.0, key=1)
            world.live()
            assert world.record.departments["right"].sum() == right

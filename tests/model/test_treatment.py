"""How people treat one another, what they remember, what they avoid, and who else may serve. Tiny worlds."""

from typing import Any

import pytest

from tests.worlds import TinyWorld, feeling

SURELY_AVOIDED = {"avoiding_slope": 100.0, "avoiding_below": 1.0}
BOUGHT = {"hours": 3.0, "spread": 0.0, "right_first_time": 1.0, "respect": 0.64, "price_per_request": 7.0}
WRONG = {"right_first_time": 0.01, "errors_noticed": 0.0}


def front_and_back(
    laws: dict[str, Any] | None = None,
    back: dict[str, Any] | None = None,
    link: dict[str, Any] | None = None,
    **keys: Any,
) -> TinyWorld:
    """Front: an hour of intake and 3 of work; it asks the back once, which takes 2 h; 4 h are acceptable."""
    parts = [
        {"name": "front", "handling_hours": 4.0, "intake_share": 0.25, "errors_noticed": 0.0},
        {"name": "back", "handling_hours": 2.0, **(back or {})},
    ]
    links = [
        {"supplier": "front", "customer": "market"},
        {"supplier": "back", "customer": "front", "acceptable_wait_hours": 4.0, **(link or {})},
    ]
    return TinyWorld(feeling(parts, links, {"ceiling_slack": 0.0, **(laws or {})}, **{"days": 5, **keys}))


def rows(world: TinyWorld, supplier: str) -> list[dict[str, Any]]:
    return [row for row in world.log if row["supplier"] == supplier]


class TestShown:
    def test_respect_and_care_are_what_condition_and_orientation_allow(self) -> None:
        world = front_and_back({"mood_weight": 0.2, "respect_needs_orientation": 0.4, "mood_half_life_days": 1000.0})
        world.people("back", morale=0.5, mood=0.5, orientation=0.5)
        world.request("front>market", 0.0, key=1)
        world.live()
        [row] = rows(world, "back")
        assert (row["ceiling"], row["care"]) == (pytest.approx(0.6), pytest.approx(0.6))
        assert row["respect"] == pytest.approx(0.6 * 0.8)
        assert row["agility"] == 1.0

    def test_agility_falls_from_the_acceptable_wait_on(self) -> None:
        world = front_and_back({"agility_exponent": 1.0}, back={"handling_hours": 8.0})
        world.request("front>market", 0.0, key=1)
        world.live()
        assert [row["agility"] for row in rows(world, "back")] == [0.5]

    def test_wrong_work_shows_less_care_than_repaired_and_that_less_than_right(self) -> None:
        world = front_and_back(
            {"repaired_care": 0.6, "wrong_care": 0.3}, back={"right_first_time": 0.5, "errors_noticed": 0.5}, days=40
        )
        world.people("back", morale=0.5)
        for key in range(30):
            world.request("front>market", 0.0, key=key)
        world.live()
        care = {(row["right"], round(row["care"], 12)) for row in rows(world, "back")}
        assert care == {("right", 0.5), ("repaired", 0.3), ("wrong", 0.15)}

    def test_experience_is_the_weighted_geometric_mean(self) -> None:
        weights = {"weight_respect": 0.5, "weight_agility": 0.25, "weight_care": 0.25}
        world = front_and_back(weights | {"agility_exponent": 1.0}, back={"handling_hours": 64.0}, days=20)
        world.people("back", morale=0.16)
        world.request("front>market", 0.0, key=1)
        world.live()
        experience = world.record.departments["experience_given"].sum()
        assert experience == pytest.approx(0.16**0.5 * (1 / 16) ** 0.25 * 0.16**0.25)


class TestFelt:
    def test_asker_is_moved_by_what_falls_short_of_expectation(self) -> None:
        world = front_and_back({"mood_from_service": 0.1, "loss_aversion": 2.0, "will_weight": 0.5, "owed": 0.9})
        world.people("back", morale=0.5)
        [asker] = world.people("front", mood=0.0)
        world.company.services["back>front"].will = 0.7
        found: list[float] = []
        world.request("front>market", 0.0, key=1)
        world.at(0.9, lambda: found.append(asker.mood))
        world.live()
        experience = 0.5**0.7  # weights .4 and .3 of respect and care, agility 1
        assert found == [pytest.approx(0.1 * 2.0 * (experience - 0.8))]

    def test_server_is_moved_by_the_askers_manner(self) -> None:
        world = front_and_back({"mood_from_manner": 0.1, "loss_aversion": 2.0, "ordinary_condition": 0.6})
        world.people("front", morale=0.5)
        [server] = world.people("back", mood=0.0)
        found: list[float] = []
        world.request("front>market", 0.0, key=1)
        world.at(0.9, lambda: found.append(server.mood))
        world.live()
        assert found == [pytest.approx(-0.1 * 2.0 * 0.1)]

    def test_what_one_expects_rises_faster_than_it_falls(self) -> None:
        moved = {}
        for will in (0.3, 0.7):
            world = front_and_back({"expectation_up": 0.4, "expectation_down": 0.2}, days=45)
            service = world.company.services["back>front"]
            service.will = will
            experience = world.people("back", morale=0.5)[0].ceiling ** 0.7
            world.request("front>market", 157.0, key=1)  # asked at 158, answered at 160: a month after the beginning
            world.live()
            moved[will] = (service.will - will) / (experience - will)
        assert moved == {0.3: pytest.approx(0.4), 0.7: pytest.approx(0.2)}


class TestMemory:
    def test_each_treatment_moves_the_memory(self) -> None:
        world = front_and_back({"memory_gain": 0.5})
        world.people("back", morale=0.64)
        service = world.company.services["back>front"]
        service.memory = 0.4
        found: list[float] = []
        world.request("front>market", 0.0, key=1)
        world.at(0.9, lambda: found.append(service.memory))
        world.live()
        assert found == [pytest.approx(0.4 + 0.5 * (0.8 - 0.4))]

    def test_unused_memory_drifts_back_by_half_life(self) -> None:
        world = front_and_back({"memory_half_life_days": 2.0, "memory_neutral": 0.6}, days=9)
        service = world.company.services["back>front"]
        service.memory = 0.2
        found: list[float] = []
        world.at(4.5, lambda: found.append(service.memory))
        world.live()
        assert found == [pytest.approx(0.5)]

    def test_talk_brings_the_memories_of_a_suppliers_customers_together(self) -> None:
        parts = [{"name": name} for name in ("a", "b", "it")]
        links = [
            {"supplier": "a", "customer": "market", "share": 0.5},
            {"supplier": "b", "customer": "market", "share": 0.5},
            {"supplier": "it", "customer": "a"},
            {"supplier": "it", "customer": "b"},
        ]
        laws = {"memory_talk": 0.5, "memory_half_life_days": 1e4}
        for talk, apart in ((0.0, 0.6), (1.0, 0.3)):
            world = TinyWorld(feeling(parts, links, laws, {"informal_communication": talk}, days=2))
            left, right = world.company.services["it>a"], world.company.services["it>b"]
            left.memory, right.memory = 0.2, 0.8
            world.live()
            assert right.memory - left.memory == pytest.approx(apart, rel=1e-3)


class TestAvoiding:
    def avoided(self, memory: float = 0.0, **laws: float) -> TinyWorld:
        world = front_and_back({**SURELY_AVOIDED, **laws}, link={"avoidable": True})
        world.company.services["back>front"].memory = memory
        world.request("front>market", 0.0, key=1)
        world.live()
        return world

    def test_avoided_request_is_not_made_and_worked_around_for_half_as_long_again(self) -> None:
        world = self.avoided(workaround_hours=1.5)
        assert [row["outcome"] for row in rows(world, "back")] == ["avoided"]
        assert [row["work_hours"] for row in rows(world, "front")] == [4.0 + 1.5 * 2.0]
        links = world.record.links
        place = links.names.index("back>front")
        assert [links[column][:, place].sum() for column in ("asked", "avoided", "answered")] == [0, 1, 0]

    def test_workaround_is_a_bad_experience(self) -> None:
        world = self.avoided(workaround_experience=0.25)
        front = world.record.departments.names.index("front")
        assert world.record.departments["received"][:, front].sum() == 1
        assert world.record.departments["experience_received"][:, front].sum() == 0.25

    @pytest.mark.parametrize(("harm", "right"), [(0.0, "right"), (1.0, "wrong")])
    def test_workaround_lowers_the_chance_to_be_right(self, harm: float, right: str) -> None:
        assert [row["right"] for row in rows(self.avoided(workaround_harm=harm), "front")] == [right]

    def test_nobody_avoids_whom_they_remember_well_nor_with_a_slope_of_zero(self) -> None:
        assert [row["outcome"] for row in rows(self.avoided(memory=1.0, avoiding_below=0.5), "back")] == ["answered"]
        assert [row["outcome"] for row in rows(self.avoided(avoiding_slope=0.0), "back")] == ["answered"]

    def test_flow_of_goods_is_never_avoided(self) -> None:
        world = front_and_back(SURELY_AVOIDED)
        world.company.services["back>front"].memory = 0.0
        world.request("front>market", 0.0, key=1)
        world.live()
        assert [row["outcome"] for row in rows(world, "back")] == ["answered"]


class TestRight:
    @pytest.mark.parametrize(("harm", "follows"), [(0.0, False), (1.0, True)])
    def test_wrong_answer_spoils_the_work_that_uses_it(self, harm: float, follows: bool) -> None:
        world = front_and_back({"wrong_answer_harm": harm}, back={"right_first_time": 0.5, "errors_noticed": 0.0})
        for key in range(9):
            world.request("front>market", 0.0, key=key)
        world.live()
        back = {row["root"]: row["right"] for row in rows(world, "back")}
        front = {row["root"]: row["right"] for row in rows(world, "front") if row["right"]}
        assert set(back.values()) == {"right", "wrong"}
        assert front == ({root: back[root] for root in front} if follows else dict.fromkeys(front, "right"))

    def test_repairs_end_even_where_flaws_leave_no_chance(self) -> None:
        back = {"errors_noticed": 1.0, "handling_hours": 0.001}
        world = front_and_back({"flaw_harm": 1.0}, back=back)
        world.company.departments["back"].flaws = [float("inf")]
        world.request("front>market", 0.0, key=1)
        world.live()
        assert [row["outcome"] for row in rows(world, "back")] == ["answered"]

    def test_vanished_flaw_harms_nobody_any_more(self) -> None:
        world = front_and_back({"flaw_harm": 0.99}, back={"errors_noticed": 0.0})
        world.company.departments["back"].flaws = [12.0]
        for key, at in enumerate((0.0, 1.0, 17.0, 18.0)):  # gone on the morning after hour 12
            world.request("front>market", at, key=key)
        world.live()
        assert [row["right"] for row in rows(world, "back")] == ["wrong", "wrong", "right", "right"]


class TestQualityTeam:
    def met(self, hours: float = 60.0, days: int = 3, **laws: float) -> TinyWorld:
        team = {"name": "uptime", "links": ["back>front"], "hours_per_month": hours}
        world = front_and_back(
            {"team_hours": 6.0, "memory_half_life_days": 1e4, **laws}, WRONG, days=days, quality_teams=[team]
        )
        world.company.services["back>front"].memory = 0.2
        for key in range(4):
            world.request("front>market", 9.0, key=key)
        world.live()
        return world

    def test_it_takes_hours_from_both_sides_once_a_month(self) -> None:
        world = self.met(hours=5.0, days=22, memory_gain=0.0)
        assert world.record.departments["practice_hours"].sum() == 2 * 2 * 5.0  # at the end of day 0 and of day 20

    @pytest.mark.parametrize(("effect", "right"), [(0.0, {"wrong"}), (1.0, {"right"})])
    def test_it_takes_errors_away(self, effect: float, right: set[str]) -> None:
        world = self.met(hours=300.0, days=150, team_effect=effect)
        assert {row["right"] for row in rows(world, "back")} == right

    def test_its_hours_decide_how_far_a_meeting_brings_it(self) -> None:
        team = {"name": "uptime", "links": ["back>front"], "hours_per_month": 6.0}
        world = front_and_back({"team_hours": 6.0, "team_settles": 0.5}, days=3, quality_teams=[team])
        world.company.services["back>front"].teamwork = 0.1
        world.live()
        sustained = 1 - 2.718281828459045**-1
        assert world.company.services["back>front"].teamwork == pytest.approx((0.1 + sustained) / 2)

    def test_it_repairs_memory_up_to_neutral(self) -> None:
        world = self.met(hours=600.0, days=2, team_repairs_memory=0.5, memory_neutral=0.6, memory_gain=0.0)
        assert world.company.services["back>front"].memory == pytest.approx(0.4, rel=1e-3)

    def test_it_finds_flaws(self) -> None:
        for reveals, left in ((0.0, 1), (1.0, 0)):
            team = {"name": "uptime", "links": ["back>front"], "hours_per_month": 600.0}
            world = front_and_back({"team_reveals": reveals}, quality_teams=[team])
            world.company.departments["back"].flaws = [float("inf")]
            world.live()
            assert len(world.company.departments["back"].flaws) == left


class TestContract:
    def test_it_has_no_queue_no_people_and_a_price_for_each_answer(self) -> None:
        money = {"worker_hour": 10.0, "manager_hour": 0.0}
        world = front_and_back(back={"contract": BOUGHT, "staff": 9}, money=money)
        world.company.departments["front"].team.set_posts(3, world.company.departments["front"]._laws)
        for key in range(3):
            world.request("front>market", 0.0, key=key)
        world.live()
        answers = rows(world, "back")
        assert [(row["asked"], row["finished"], row["server"]) for row in answers] == [(1.0, 4.0, None)] * 3
        assert {(row["respect"], row["care"], row["ceiling"]) for row in answers} == {(0.64, 0.64, 0.64)}
        departments = world.record.departments
        back = departments.names.index("back")
        assert departments["cost"][:, back].sum() == 3 * 7.0
        assert departments["staffed_hours"][:, back].sum() == departments["person_days"][:, back].sum() == 0.0

    def test_outsourcing_on_a_day_leaves_nobody_stuck_in_line(self) -> None:
        changes = [
            {"day": 1, "set": {"departments.back.contract": BOUGHT}},
            {"day": 2, "set": {"departments.back.contract": None}},
        ]
        world = front_and_back(back={"handling_hours": 6.0}, days=20, changes=changes)
        world.company.departments["front"].team.set_posts(8, world.company.departments["front"]._laws)
        for key in range(8):
            world.request("front>market", (0.0, 0.5, 1.0, 7.5, 9.0, 14.0, 16.0, 17.0)[key], key=key)
        world.live()
        assert {row["outcome"] for row in world.log} == {"answered"}
        assert world.company.departments["back"].line.staff == 1

    def test_whoever_had_the_job_in_hand_answers_for_it_when_a_contract_begins(self) -> None:
        changes = [{"day": 1, "set": {"departments.back.contract": BOUGHT}}]
        world = front_and_back(back={"handling_hours": 9.0}, changes=changes)
        world.people("back", morale=0.5)
        world.request("front>market", 0.0, key=1)
        world.request("front>market", 7.5, key=2)
        world.live()
        shown = [(row["asked"], row["server"], row["ceiling"]) for row in rows(world, "back")]
        assert sorted(shown) == [(1.0, "back/0", pytest.approx(0.5)), (8.5, None, 0.64)]

    def test_taking_work_in_house_that_was_bought_from_the_start_means_hiring(self) -> None:
        changes = [{"day": 2, "set": {"departments.back.contract": None}}]
        money = {"worker_hour": 0.0, "manager_hour": 0.0, "hire": 100.0}
        laws = {"newcomer_skill": 0.5, "learning_half_life_days": 1e4}
        world = front_and_back(laws, {"contract": BOUGHT, "staff": 3}, changes=changes, money=money)
        world.live()
        assert world.record.departments["cost"].sum() == 300.0
        skills = [person.skill for person in world.company.departments["back"].team]
        assert skills == pytest.approx([0.5] * 3, rel=1e-3)

    def test_avoiding_a_contractor_costs_the_hours_of_the_work_not_of_the_wait(self) -> None:
        laws = SURELY_AVOIDED | {"workaround_hours": 1.5}
        world = front_and_back(laws, {"contract": BOUGHT | {"hours": 80.0}}, {"avoidable": True})
        world.company.services["back>front"].memory = 0.0
        world.request("front>market", 0.0, key=1)
        world.live()
        assert [row["work_hours"] for row in rows(world, "front")] == [4.0 + 1.5 * 2.0]

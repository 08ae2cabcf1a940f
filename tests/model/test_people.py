"""Who works in a department: tempers, newcomers, those who leave, moods that spread and fade. Tiny worlds."""

from typing import Any

import numpy as np
import pytest

from sim.model import luck
from sim.model.distributions import standard_normal
from sim.model.laws import feedback
from sim.model.luck import derived, uniform
from sim.model.person import Person
from sim.scenario.parameters import Laws
from tests.engine import simulate
from tests.worlds import TinyWorld, feeling

NOBODY_FADES = {"mood_half_life_days": 1000.0, "orientation_half_life_days": 1e4}


def desk(days: int = 10, laws: dict[str, Any] | None = None, **keys: Any) -> TinyWorld:
    """One department of four people."""
    return TinyWorld(feeling([{"name": "desk", "staff": 4, "handling_hours": 2.0, **keys}], days=days, laws=laws))


def team(world: TinyWorld) -> list[Person]:
    return list(world.company.departments["desk"].team)


def moods(world: TinyWorld) -> list[float]:
    return [person.mood for person in team(world)]


class TestTemper:
    def test_one_bad_temper_costs_that_persons_customers_respect_and_nobody_elses(self) -> None:
        world = desk(laws={"respect_needs_temper": 0.9, "even_temper": 0.7}, people={"list": [{"temper": 0.2}]})
        world.people("desk", morale=0.6, mood=0.0, orientation=1.0)
        for key in range(4):
            world.request("desk>market", 0.0, key=key, customer=None)
        world.live()
        ceiling = 0.6 + Laws().ceiling_slack
        manners = [person.manner for person in team(world)]
        assert manners == [pytest.approx(1 - 0.9 * 0.5), 1.0, 1.0, 1.0]
        shown = {row["server"]: row["respect"] for row in world.log}
        assert shown["desk/0"] == pytest.approx(ceiling * 0.55)
        assert all(shown[f"desk/{number}"] == pytest.approx(ceiling) for number in (1, 2, 3))

    def test_tempers_of_a_team_scatter_around_its_mean_but_not_those_of_individuals(self) -> None:
        world = desk(laws={"temper_spread": 0.1}, people={"temper": 0.5, "list": [{"temper": 0.05}]})
        tempers = [person.temper for person in team(world)]
        assert tempers[0] == 0.05
        assert len(set(tempers[1:])) == 3


class TestNewcomers:
    def test_what_a_newcomer_cannot_yet_do_halves_in_the_half_life(self) -> None:
        people = {"list": [{"arrives_day": 2}]}
        world = desk(20, {"newcomer_skill": 0.6, "learning_half_life_days": 5.0}, people=people)
        skills = []
        for day in (2.5, 7.5, 12.5):
            world.at(day, lambda: skills.append(team(world)[0].skill))
        world.live()
        assert skills == [pytest.approx(0.6), pytest.approx(0.8), pytest.approx(0.9)]

    def test_newcomer_takes_longer_and_the_others_do_not(self) -> None:
        people = {"list": [{"arrives_day": 1, "skill": 0.0}]}
        world = desk(3, {"pace_needs_skill": 0.5, "learning_half_life_days": 1e4}, people=people)
        for key in range(4):
            world.request("desk>market", 8.0, key=key)
        hours = {row["server"]: row["work_hours"] for row in world.live()}
        assert hours == {"desk/4": pytest.approx(3.0), "desk/1": 2.0, "desk/2": 2.0, "desk/3": 2.0}

    def test_newcomer_has_the_teams_mean_morale_and_no_mood(self) -> None:
        world = desk(3, NOBODY_FADES, people={"list": [{"arrives_day": 1}]})
        for person, morale in zip(team(world), (0.2, 0.4, 0.6, 0.8), strict=True):
            person.morale, person.mood = morale, 0.5
        found: list[tuple[float, float]] = []
        world.at(1.5, lambda: found.append((team(world)[0].morale, team(world)[0].mood)))
        world.live()
        assert found == [(pytest.approx(0.5), 0.0)]


class TestComingAndGoing:
    def test_individuals_arrive_and_leave_on_their_days(self) -> None:
        people = {"list": [{"temper": 0.1, "arrives_day": 2, "leaves_day": 4}, {"temper": 0.2, "leaves_day": 3}]}
        world = desk(10, {"vacancy_days": 2}, people=people)
        tempers: list[list[float]] = []
        for day in range(7):
            world.at(day + 0.5, lambda: tempers.append([person.temper for person in team(world)]))
        world.live()
        even = [0.7, 0.7]
        assert tempers == [
            [0.7, 0.2, *even], [0.7, 0.2, *even],
            [0.1, 0.2, *even], [0.1, *even],
            even, [0.7, *even], [0.7, 0.7, *even],
        ]  # fmt: skip

    def test_vacancy_lasts_its_days_and_a_hire_costs_its_price(self) -> None:
        people = {"list": [{"leaves_day": 3}]}
        parts = [{"name": "desk", "staff": 2, "people": people}]
        money = {"hire": 1000.0, "worker_hour": 1.0, "manager_hour": 0.0}
        world = TinyWorld(feeling(parts, days=10, laws={"vacancy_days": 4}, money=money))
        world.live()
        record = world.record
        assert record.departments["leavers"].sum() == 1
        assert record.departments["person_days"].sum() == 2 * 10 - 4
        assert record.departments["staffed_hours"].sum() == 8 * (2 * 10 - 4)
        assert record.departments["cost"].sum() == 1000.0 + 8 * (2 * 10 - 4)  # every day is paid, the last one too

    def test_whoever_replaces_an_individual_who_left_early_does_not_leave_on_that_ones_day(self) -> None:
        world = desk(10, {"vacancy_days": 1}, people={"list": [{"leaves_day": 6}]})
        first = team(world)[0]
        gone = world.company.departments["desk"].team

        def leave_early() -> None:
            gone.line.dismiss(first)
            gone.posts[0] = None
            gone._vacant_until[0] = 3

        world.at(1.5, leave_early)
        world.live()
        assert [person.number for person in team(world)] == [4, 1, 2, 3]

    def test_individual_whose_post_is_made_on_the_day_of_arrival_is_hired_once(self) -> None:
        change = {"day": 2, "set": {"departments.desk.staff": 2}}
        parts = [{"name": "desk", "staff": 1, "people": {"list": [{}, {"temper": 0.1, "arrives_day": 2}]}}]
        money = {"hire": 1000.0, "worker_hour": 0.0, "manager_hour": 0.0}
        world = TinyWorld(feeling(parts, days=5, money=money, changes=[change]))
        world.live()
        assert [person.temper for person in team(world)] == [0.7, 0.1]
        assert world.record.departments["cost"].sum() == 1000.0

    def test_people_leave_at_the_yearly_rate_of_ordinary_morale(self) -> None:
        keys = {"leaving_per_year": 2.0, "vacancy_days": 0}
        scenario = feeling(
            [{"name": "desk", "staff": 40}],
            days=250,
            warm_up_days=0,
            market={"customers": 0, "new_customers_per_year": 0.0},
            laws=keys | {"leaving_slope": 0.0},
        )
        leavers = simulate(scenario, 1, 0).departments["leavers"].sum()
        # 40 posts, 250 days, each day 1 − exp(−2/250): mean 79.7, and four standard errors of the binomial: error 6e-5.
        daily = 1 - np.exp(-2 / 250)
        assert abs(leavers - 10_000 * daily) < 4 * np.sqrt(10_000 * daily)

    def test_unhappy_people_leave_more_often(self) -> None:
        leavers = {}
        for morale in (0.3, 0.9):
            world = desk(200, {"leaving_per_year": 2.0, "leaving_slope": 4.0, "vacancy_days": 0})
            world.people("desk", morale=morale)
            world.live()
            leavers[morale] = world.record.departments["leavers"].sum()
        # Means 2/250 · 800 · e^±: about 26 and 2.4, the luck the same: the order would be wrong once in 1e6.
        assert leavers[0.3] > leavers[0.9]

    def test_new_individual_changes_nobody_elses_luck(self) -> None:
        keys = {"temper_spread": 0.1, "private_mood": 0.1, "disposition_spread": 0.1, "contagion": 0.0}
        plain, other = desk(10, keys), desk(10, keys, people={"list": [{"temper": 0.1, "arrives_day": 3}]})
        for world in (plain, other):
            world.people("desk", morale=0.5)
            world.live()
        ours, theirs = ([(one.temper, one.mood) for one in team(world)] for world in (plain, other))
        assert ours[1:] == theirs[1:]
        assert ours[0] != theirs[0]

    def test_nobody_is_left_in_line_where_all_have_gone_but_until_somebody_comes(self) -> None:
        parts = [{"name": "desk", "handling_hours": 2.0, "people": {"list": [{"leaves_day": 1}]}}]
        world = TinyWorld(feeling(parts, days=6, laws={"vacancy_days": 2, "newcomer_skill": 1.0}))
        world.request("desk>market", 9.0, key=1)
        assert [(row["started"], row["server"]) for row in world.live()] == [(24.0, "desk/1")]


class TestDaysEnd:
    def test_mood_halves_in_its_half_life(self) -> None:
        world = desk(10, {"mood_half_life_days": 3.0})
        world.people("desk", mood=0.8)
        found: list[float] = []
        world.at(6.5, lambda: found.append(moods(world)[0]))
        world.live()
        assert found == [pytest.approx(0.2)]

    def test_contagion_brings_moods_and_morale_together_and_keeps_their_mean(self) -> None:
        world = desk(30, {"contagion": 0.2, "mood_contagion": 0.2} | {"mood_half_life_days": 1000.0})
        for person, value in zip(team(world), (0.2, 0.4, 0.5, 0.9), strict=True):
            person.morale, person.mood = value, value - 0.5
        world.live()
        faded = 0.5 ** (29 / 1000)  # the last day does not end
        assert np.mean([person.morale for person in team(world)]) == pytest.approx(0.5)
        assert np.mean(moods(world)) == pytest.approx(0.0, abs=1e-12)
        assert np.ptp([person.morale for person in team(world)]) == pytest.approx(0.7 * 0.8**29)
        assert np.ptp(moods(world)) == pytest.approx(0.7 * (0.8**29) * faded)

    def test_dispositions_last_although_morale_is_caught(self) -> None:
        keys = {"contagion": 0.2, "morale_return": 0.1, "disposition_spread": 0.1, "base_morale": 0.5}
        world = desk(150, keys)
        world.live()
        for person in team(world):
            assert person.morale == pytest.approx(0.5 + person.disposition, abs=0.02)

    def test_orientation_halves_its_way_to_the_floor_that_clarity_raises(self) -> None:
        laws = {"orientation_half_life_days": 2.0, "orientation_floor": 0.2, "orientation_from_clarity": 0.4}
        parts = [{"name": "desk", "practices": {"role_clarity": 0.5}}]
        world = TinyWorld(feeling(parts, days=10, laws=laws))
        [person] = world.people("desk", orientation=0.8)
        found: list[float] = []
        world.at(4.5, lambda: found.append(person.orientation))
        world.live()
        assert found == [pytest.approx(0.4 + 0.4 / 4)]

    def test_informal_talk_carries_morale_to_linked_departments_only(self) -> None:
        parts = [{"name": name} for name in ("a", "b", "c")]
        links = [
            {"supplier": "a", "customer": "market"},
            {"supplier": "b", "customer": "a"},
            {"supplier": "c", "customer": "a", "requests_per_job": 0.0},
        ]
        for talk, moved in ((0.0, False), (1.0, True)):
            laws = {"contagion": 0.1, "informal_reach": 0.5}
            world = TinyWorld(feeling(parts, links, laws, {"informal_communication": talk}, days=3))
            world.people("a", morale=0.4)
            [b], [c] = world.people("b", morale=0.8), world.people("c", morale=0.8)
            world.live()
            assert (b.morale < 0.8) == moved
            assert c.morale == pytest.approx(0.8)


class TestReviews:
    def test_more_than_a_third_of_reviews_harm(self) -> None:
        keys = Laws()
        harmful = 0
        for number in range(10_000):
            normal = standard_normal(uniform(derived(1, luck.REVIEW, number), luck.REVIEW))
            harmful += feedback(0.08, 0.16, 1.2, 0.3, normal) < 0
        # Φ(−.08 · .64 / .16) = Φ(−.32) = .3745; four standard errors of 10,000 draws are .019: error 6e-5.
        assert abs(harmful / 10_000 - 0.3745) < 0.019
        assert keys.review_spread > 0.0

    def test_review_tells_whoever_fell_short_and_takes_their_hour_and_the_managers(self) -> None:
        laws = {"review_effect": 0.0, "correction": 0.5, "review_hours": 1.0, "even_temper": 0.7} | NOBODY_FADES
        parts = [{"name": "desk", "practices": {"reviews_per_year": 25.0}, "people": {"temper": 0.0}}]
        world = TinyWorld(feeling(parts, days=20, laws=laws))
        [person] = world.people("desk", orientation=0.2)
        world.request("desk>market", 0.0, key=1)
        world.live()
        assert person.orientation > 0.2
        assert person.shown == 0.0
        assert world.record.departments["practice_hours"].sum() == 2.0  # 25 a year are two in 20 days
        assert world.record.managers["busy_hours"].sum() == 2.0

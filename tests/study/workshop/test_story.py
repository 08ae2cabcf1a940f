"""The story of a workshop: what each chapter measures has the sign of its claim, and is asked only where it can be."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim import load
from sim.scenario.schema import Scenario
from sim.study.lag import lag, later
from sim.study.paths import Paths
from sim.study.workshop.attempt import Run, Workshop
from sim.study.workshop.levers import State, moved, prepared
from sim.study.workshop.story import Bars, Chapter, Lines, Told, chapters, could_be_avoided, told
from tests.engine import ENGINE

ALL = ["customers", "temper", "ceiling", "layers", "avoided", "chief", "inside"]


@pytest.fixture(scope="module")
def shop() -> Workshop:
    return Workshop(load("claims/workshop"), engine=ENGINE)


@pytest.fixture(scope="module")
def told_of(shop: Workshop) -> Mapping[str, tuple[Chapter, Told]]:
    return {chapter.id: (chapter, told(shop, chapter, 12)) for chapter in chapters(shop.base)}


def numbers(found: Told) -> tuple[float, float, float]:
    assert not isinstance(found.truth, str)
    return found.truth


def test_there_are_seven_questions_in_their_order(told_of: Mapping[str, tuple[Chapter, Told]]) -> None:
    assert list(told_of) == ALL
    for chapter, found in told_of.values():
        if chapter.scale is None:
            assert found.truth in chapter.choices
        else:
            low, high, _ = chapter.scale
            assert low <= numbers(found)[0] <= high


def test_everybody_has_customers(told_of: Mapping[str, tuple[Chapter, Told]]) -> None:
    chapter, found = told_of["customers"]
    assert numbers(found)[0] == chapter.facts["n"] == 9
    assert (chapter.facts["farthest"], chapter.facts["steps"]) == ("finance", 5)


def test_one_person_is_felt_by_customers(told_of: Mapping[str, tuple[Chapter, Told]]) -> None:
    _, found = told_of["temper"]
    assert found.truth == "customers"
    assert isinstance(found.figure, Bars)
    assert all(mean < 0.0 for mean, _, _ in found.figure.rows.values())


def test_satisfaction_stays_under_its_ceiling_which_falls_with_morale(
    told_of: Mapping[str, tuple[Chapter, Told]],
) -> None:
    _, found = told_of["ceiling"]
    ceiling = numbers(found)[0]
    assert found.facts["satisfaction"] < ceiling < 100.0
    assert found.facts["morale_tried"] < found.facts["morale"]
    assert found.facts["satisfaction_tried"] < found.facts["ceiling_tried"] < ceiling
    assert isinstance(found.figure, Lines)
    for which in ("left", "right"):
        assert np.nanmax(found.figure.rows[f"satisfaction_{which}"] - found.figure.rows[f"ceiling_{which}"]) < 0.0


def test_layers_lose_words_and_talk_saves_them(told_of: Mapping[str, tuple[Chapter, Told]]) -> None:
    _, found = told_of["layers"]
    assert isinstance(found.figure, Bars)
    before, after, talking = (found.figure.rows[name] for name in ("before", "after", "talking"))
    assert after[2] < before[1]
    assert before[2] < talking[1]


def test_whoever_is_avoided_is_asked_less_and_customers_pay(told_of: Mapping[str, tuple[Chapter, Told]]) -> None:
    chapter, found = told_of["avoided"]
    assert chapter.facts["department"] == "it"
    assert numbers(found)[2] < 90.0
    assert found.facts["satisfaction"] < 0.0
    assert found.facts["line_tried"] > found.facts["line"]


def test_sales_fall_after_morale(told_of: Mapping[str, tuple[Chapter, Told]]) -> None:
    _, found = told_of["chief"]
    assert numbers(found)[1] > 0.0
    assert found.facts["morale_weeks"] < found.facts["sales_weeks"]


def test_a_line_is_not_smoothed_over_the_day_on_which_all_changes(
    told_of: Mapping[str, tuple[Chapter, Told]],
) -> None:
    _, found = told_of["avoided"]
    assert isinstance(found.figure, Lines)
    before = np.array(found.figure.weeks) < 0
    assert found.figure.rows["after"][before] == pytest.approx(100.0)


def test_a_choice_is_only_told_where_luck_does_not_hide_it(shop: Workshop) -> None:
    """Made-up companies: the one that leads does so by a little, always, or by as much as luck."""
    [chapter] = [chapter for chapter in chapters(shop.base) if chapter.id == "inside"]
    [run] = shop.lived({}, 1)
    luck = np.random.default_rng(3).normal(0.0, 3.0, size=12)

    def lived(noise: float) -> Callable[[State], list[Run]]:
        own = iter(np.random.default_rng(4).normal(0.0, noise, size=1000))

        def of(state: State) -> list[Run]:
            lead = 1.0 if state.get("department") == "it" else 0.0
            return [
                replace(
                    run, company=run.company | {"customer_satisfaction": np.full(58, 70.0 + lead + both + next(own))}
                )
                for both in luck
            ]

        return of

    assert chapter.told(lived(0.1)).truth == "hub"
    assert chapter.told(lived(5.0)).truth == "none"
    assert chapter.left != chapter.right


@pytest.mark.parametrize("name", ["plant", "clinic", "group", "it/relieved", "chief/authoritarian"])
def test_every_company_that_ships_has_a_story_that_can_be_moved_to(name: str) -> None:
    base = prepared(load(name))
    found = chapters(base)
    assert {chapter.id for chapter in found} <= set(ALL)
    assert len(found) >= 5
    for chapter in found:
        for state in (chapter.left, chapter.right):
            moved(base, state)


@pytest.mark.parametrize("name", ["maintenance/outsourced", "claims/b07-rude-contract"])
def test_what_is_bought_outside_has_no_morale_and_is_not_asked_about(name: str) -> None:
    shop = Workshop(load(name), engine=ENGINE)
    bought = {part.name for part in shop.base.departments if part.contract is not None}
    assert bought
    for chapter in chapters(shop.base):
        assert chapter.id == "customers" or not bought & set(chapter.facts.values()), chapter.id
        found = told(shop, chapter, 2)
        if isinstance(found.figure, Bars):
            assert not any(np.isnan(mean) for mean, _, _ in found.figure.rows.values()), chapter.id


def without(tmp_path: Path, text: str) -> Scenario:
    file = tmp_path / "other.yaml"
    file.write_text(f"extends: plant\n{text}\n", encoding="utf-8")
    return prepared(load(str(file)))


def test_what_cannot_be_told_of_a_company_is_left_out(tmp_path: Path) -> None:
    harsh = without(tmp_path, "management: {chief_authoritarian: 1.0}\npractices: {recognition: 1.0}")
    assert [chapter.id for chapter in chapters(harsh)] == ["customers", "temper", "ceiling", "layers", "avoided"]
    tall = without(tmp_path, "management: {layers: 6}")
    [layers] = [chapter for chapter in chapters(tall) if chapter.id == "layers"]
    assert layers.facts == {"layers": 6, "to": 1}
    shop = load("claims/workshop")
    links = tuple(link.model_copy(update={"avoidable": False}) if link.avoidable else link for link in shop.links)
    nobody = shop.model_copy(update={"links": links})
    assert could_be_avoided(nobody) is None
    assert "avoided" not in {chapter.id for chapter in chapters(prepared(nobody))}


def test_how_much_later_is_the_difference_of_two_lags_and_its_interval_covers_it() -> None:
    luck = np.random.default_rng(7)
    weeks = np.arange(-8, 50)
    hesitates = luck.normal(0.0, 3.0, size=(30, 1))  # of each company, in both outcomes

    def path(half: float) -> Paths:
        share = np.clip((weeks + 0.5 - hesitates) / (2.0 * half), 0.0, 1.0) * (weeks >= 0)
        base = luck.normal(50.0, 0.5, size=(30, len(weeks)))
        return Paths(weeks, base, base - 10.0 * share + luck.normal(0.0, 0.3, size=base.shape))

    first, then = path(8.0), path(15.0)
    days, low, high = later(first, then, 0, 1)
    one, other = lag(first, 0, 1), lag(then, 0, 1)
    assert days == pytest.approx(other.days - one.days)
    assert low < 35.0 < high
    # what both outcomes of a company have in common does not make their difference uncertain
    assert high - low < 0.7 * np.hypot(one.high - one.low, other.high - other.low)
    few = (Paths(weeks, path.base[:4], path.other[:4]) for path in (first, then))
    assert np.isnan(later(*few, 0, 1)[1])  # type: ignore[call-arg, arg-type]

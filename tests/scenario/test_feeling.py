"""The keys of what people feel: practices, people, contracts, quality teams, laws; how they change."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from sim import ScenarioError, load
from sim.scenario.dated import epochs
from sim.scenario.json_schema import json_schema
from sim.scenario.parameters import Laws
from sim.scenario.schema import Scenario
from sim.scenario.writing import as_yaml, fingerprint

COMPANY = """\
departments:
  - {name: sales, staff: 2}
  - {name: it, handling_hours: 0.5}
links:
  - {supplier: sales, customer: market}
  - {supplier: it, customer: sales, requests_per_job: 0.5, avoidable: true}
"""
FULL = COMPANY.replace(
    "handling_hours: 0.5",
    "people: {temper: 0.6, list: [{temper: 0.1, arrives_day: 3, leaves_day: 9}, {skill: 0.5}]}, "
    "practices: {role_clarity: 0.9, reviews_per_year: 2}",
).replace("staff: 2", "contract: {hours: 4, price_per_request: 60}") + (
    "practices: {role_clarity: 0.2}\n"
    "quality_teams: [{name: uptime, links: [it>sales], hours_per_month: 3}]\n"
    "laws: {loss_aversion: 3.0, weight_respect: 0.5, weight_agility: 0.25, weight_care: 0.25}\n"
    "money: {hire: 1.0}\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(text: str, name: str = "case.yaml") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def loaded(text: str) -> Scenario:
    return load(written(text))


def problems(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        loaded(text)
    return [str(problem) for problem in caught.value.problems]


def department(scenario: Scenario, name: str) -> Any:
    return next(part for part in scenario.departments if part.name == name)


class TestWithoutPsychology:
    NONE = "psychology: none\n"

    def test_neutral_values_stand_where_the_file_says_nothing(self) -> None:
        scenario = loaded(COMPANY + self.NONE)
        for part in (scenario.laws, scenario.practices, scenario.management, scenario.market, *scenario.departments):
            for name, field in type(part).model_fields.items():
                about = field.json_schema_extra
                if isinstance(about, dict) and "neutral" in about:
                    assert getattr(part, name) == about["neutral"], name
        assert scenario.laws.leaving_per_year == scenario.laws.avoiding_slope == scenario.practices.involvement == 0.0
        assert department(scenario, "it").right_first_time == scenario.laws.newcomer_skill == 1.0

    def test_what_the_file_sets_stays_even_at_its_default(self) -> None:
        default = Laws().leaving_per_year
        assert default > 0.0
        scenario = loaded(
            COMPANY.replace("staff: 2", "right_first_time: 0.95")
            + self.NONE
            + f"laws: {{leaving_per_year: {default}}}\npractices: {{involvement: 0.3}}\n"
        )
        assert scenario.laws.leaving_per_year == default
        assert scenario.practices.involvement == 0.3
        assert department(scenario, "sales").right_first_time == 0.95
        assert scenario.laws.avoiding_slope == 0.0

    def test_neutral_values_hold_after_a_change_too(self) -> None:
        changes = "changes: [{day: 5, set: {laws.flaws_per_year: 2.0, departments.it.staff: 3}}]\n"
        before, after = epochs(loaded(COMPANY + self.NONE + changes))
        assert (before.scenario.laws.flaws_per_year, after.scenario.laws.flaws_per_year) == (0.0, 2.0)
        assert after.scenario.laws.leaving_per_year == after.scenario.practices.recognition == 0.0


class TestPractices:
    def test_departments_own_practices_go_before_the_companys(self) -> None:
        scenario = loaded(FULL)
        it, sales = (scenario.practices_of(department(scenario, name)) for name in ("it", "sales"))
        assert (it.role_clarity, it.reviews_per_year) == (0.9, 2.0)
        assert (sales.role_clarity, sales.reviews_per_year) == (0.2, 0.0)
        assert it.involvement == sales.involvement == scenario.practices.involvement

    def test_own_practice_stays_when_the_companys_changes(self) -> None:
        _, after = epochs(loaded(FULL + "changes: [{day: 5, set: {practices.role_clarity: 0.5}}]\n"))
        clarity = [after.scenario.practices_of(part).role_clarity for part in after.scenario.departments]
        assert clarity == [0.9, 0.5]


RESOLVED = {
    "all of it": FULL,
    "nothing of it": COMPANY,
    "psychology none": COMPANY + "psychology: none\n",
    "psychology none with some of it": FULL + "psychology: none\n",
    "with changes": FULL + "changes: [{day: 5, set: {departments.sales.contract: null, laws.owed: 0.5}}]\n",
    "psychology none with changes": COMPANY
    + "psychology: none\nchanges: [{day: 5, set: {departments.it.contract: {hours: 2}, laws.leaving_per_year: 1}}]\n",
}


@pytest.mark.parametrize("case", RESOLVED)
def test_resolved_file_loads_again_as_the_same_company(case: str) -> None:
    scenario = loaded(RESOLVED[case])
    again = load(written(as_yaml(scenario), "again.yaml")).model_copy(update={"name": scenario.name})
    assert fingerprint(again) == fingerprint(scenario)
    for first, second in zip(epochs(scenario), epochs(again), strict=True):
        ours, theirs = (epoch.scenario.model_copy(update={"name": "x", "changes": ()}) for epoch in (first, second))
        assert ours.model_dump() == theirs.model_dump() | {"departments": ours.model_dump()["departments"]}
        for one, other in zip(ours.departments, theirs.departments, strict=True):
            assert one.model_dump(exclude={"practices"}) == other.model_dump(exclude={"practices"})
            assert ours.practices_of(one) == theirs.practices_of(other)


MISTAKES = {
    "unknown practice": (
        COMPANY + "practices: {recognitoin: 1}\n",
        "case.yaml:7: practices.recognitoin: is no key here (nearest: recognition)",
    ),
    "unknown practice of a department": (
        COMPANY.replace("staff: 2", "practices: {involvment: 1}"),
        "departments.sales.practices.involvment: is no key here (nearest: involvement)",
    ),
    "practice beyond full": (
        COMPANY + "practices: {recognition: 2}\n",
        "practices.recognition: 2 is not allowed: 0 to 1",
    ),
    "unknown law": (
        COMPANY + "laws: {loss_avrsion: 2}\n",
        "laws.loss_avrsion: is no key here (nearest: loss_aversion)",
    ),
    "quality team on an unknown link": (
        COMPANY + "quality_teams:\n  - {name: uptime, links: [it>sails]}\n",
        "case.yaml:8: quality_teams.uptime.links.0: there is no link 'it>sails' between departments "
        "(nearest: it>sales)",
    ),
    "quality team with the market": (
        COMPANY + "quality_teams:\n  - {name: uptime, links: [sales>market]}\n",
        "there is no link 'sales>market' between departments",
    ),
    "quality team without links": (
        COMPANY + "quality_teams:\n  - {name: uptime, links: []}\n",
        "quality_teams.uptime.links: is empty",
    ),
    "quality team twice": (
        COMPANY + "quality_teams:\n  - {name: up, links: [it>sales]}\n  - {name: up, links: [it>sales]}\n",
        "quality_teams.up: stands twice in the list of quality teams",
    ),
    "contract out of range": (
        COMPANY.replace("staff: 2", "contract: {respect: 2}"),
        "case.yaml:2: departments.sales.contract.respect: 2 is not allowed: 0 to 1",
    ),
    "contract with a strange key": (
        COMPANY.replace("staff: 2", "contract: {price_per_requst: 2}"),
        "departments.sales.contract.price_per_requst: is no key here (nearest: price_per_request)",
    ),
    "contract that is no mapping": (
        COMPANY.replace("staff: 2", "contract: true"),
        "departments.sales.contract: true is not allowed: a mapping",
    ),
    "weights that do not sum to 1": (
        COMPANY + "laws: {weight_care: 0.5}\n",
        "laws.weight_respect: the weights of respect, agility and care sum to 1.2; they must sum to 1",
    ),
    "leaves before arriving": (
        COMPANY.replace("staff: 2", "people: {list: [{arrives_day: 9, leaves_day: 3}]}"),
        "leaves_day: 3 is not after arrives_day 9",
    ),
    "change of people": (
        COMPANY + "changes: [{day: 1, set: {departments.it.people: {temper: 0}}}]\n",
        "departments.it.people: 'people' cannot change on a day",
    ),
    "change of an unknown practice of a department": (
        COMPANY + "changes: [{day: 1, set: {departments.it.practices.clarity: 0}}]\n",
        "'clarity' is no key of practices (nearest: departments.it.practices.role_clarity)",
    ),
    "change of a part of a contract": (
        COMPANY + "changes: [{day: 1, set: {departments.it.contract.hours: 2}}]\n",
        "'contract.hours' is no key; set contract as a whole (nearest: departments.it.contract)",
    ),
    "change of an unknown quality team": (
        FULL + "changes: [{day: 1, set: {quality_teams.uptme.hours_per_month: 2}}]\n",
        "there is no 'uptme' among the quality_teams (nearest: quality_teams.uptime.hours_per_month)",
    ),
    "change to weights that do not fit": (
        COMPANY + "changes: [{day: 1, set: {laws.weight_care: 0.5}}]\n",
        "the weights of respect, agility and care sum to 1.2",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_named_with_its_place_and_rule(mistake: str) -> None:
    text, said = MISTAKES[mistake]
    found = problems(text)
    assert any(said in problem for problem in found), found
    assert all(problem.startswith("case.yaml:") for problem in found)


CHANGES: dict[str, tuple[str, Any]] = {
    "practices.recognition": ("0.9", lambda now: now.practices.recognition),
    "laws.loss_aversion": ("4.0", lambda now: now.laws.loss_aversion),
    "departments.it.practices.interaction": ("0.8", lambda now: department(now, "it").practices.interaction),
    "quality_teams.uptime.hours_per_month": ("9.0", lambda now: now.quality_teams[0].hours_per_month),
    "money.hire": ("7.0", lambda now: now.money.hire),
    "management.chief_authoritarian": ("0.1", lambda now: now.management.chief_authoritarian),
    "links.it>sales.avoidable": ("false", lambda now: now.links[0].avoidable),
}


@pytest.mark.parametrize("key", CHANGES)
def test_key_can_change_on_a_day(key: str) -> None:
    value, of = CHANGES[key]
    before, after = epochs(loaded(FULL + f"changes: [{{day: 5, set: {{{key}: {value}}}}}]\n"))
    wanted = YAML(typ="safe").load(value)
    assert of(after.scenario) == wanted
    assert of(before.scenario) != wanted
    assert after.scenario.practices_of(department(after.scenario, "it")).role_clarity == 0.9


def test_work_is_bought_on_a_day_and_taken_back_on_another() -> None:
    changes = (
        "changes: [{day: 5, set: {departments.it.contract: {hours: 3, respect: 0.5}}},\n"
        "          {day: 9, set: {departments.it.contract: null}}]\n"
    )
    contracts = [department(epoch.scenario, "it").contract for epoch in epochs(loaded(COMPANY + changes))]
    assert [contract and contract.hours for contract in contracts] == [None, 3.0, None]


class TestExtends:
    def test_quality_teams_match_by_name(self) -> None:
        written(FULL, "parent.yaml")
        more = "  - {name: other, links: [it>sales]}\n"
        child = loaded("extends: parent\nquality_teams:\n  - {name: uptime, hours_per_month: 8}\n" + more)
        assert [(team.name, team.hours_per_month) for team in child.quality_teams] == [("other", 6.0), ("uptime", 8.0)]
        assert child.quality_teams[1].links == ("it>sales",)

    def test_quality_team_is_removed(self) -> None:
        written(FULL, "parent.yaml")
        assert loaded("extends: parent\nquality_teams: [{name: uptime, remove: true}]\n").quality_teams == ()

    def test_removing_an_unknown_quality_team_offers_the_nearest(self) -> None:
        written(FULL, "parent.yaml")
        [problem] = problems("extends: parent\nquality_teams: [{name: uptmie, remove: true}]\n")
        assert problem.endswith("the parent has no such item (nearest: uptime)")

    def test_practices_people_and_laws_are_laid_over_key_by_key(self) -> None:
        written(FULL, "parent.yaml")
        child = loaded(
            "extends: parent\nlaws: {owed: 0.5}\n"
            "departments: [{name: it, practices: {reviews_per_year: 9}, people: {skill: 0.4}}]\n"
        )
        it = department(child, "it")
        assert (it.practices.role_clarity, it.practices.reviews_per_year) == (0.9, 9.0)
        assert (it.people.temper, it.people.skill, len(it.people.list)) == (0.6, 0.4, 2)
        assert (child.laws.owed, child.laws.loss_aversion) == (0.5, 3.0)

    def test_contract_without_a_value_brings_the_work_back(self) -> None:
        written(FULL, "parent.yaml")
        child = loaded("extends: parent\ndepartments: [{name: sales, contract: null}]\n")
        assert department(child, "sales").contract is None


class TestJsonSchema:
    @pytest.mark.parametrize(
        "text", [*RESOLVED.values(), "extends: plant\nquality_teams: [{name: up, remove: true}]\n"]
    )
    def test_it_knows_the_keys(self, text: str) -> None:
        jsonschema.validate(YAML(typ="safe").load(text), json_schema())

    @pytest.mark.parametrize(
        "mistake",
        [
            "unknown practice",
            "practice beyond full",
            "unknown law",
            "contract out of range",
            "quality team without links",
        ],
    )
    def test_it_refuses_mistakes(self, mistake: str) -> None:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(YAML(typ="safe").load(MISTAKES[mistake][0]), json_schema())

"""Files become scenarios: what is read, what is laid over, and how every mistake is named."""

from pathlib import Path

import pytest

from sim import ScenarioError, load
from sim.scenario.dated import epochs
from sim.scenario.load import with_days
from sim.scenario.shipped import shipped
from sim.scenario.writing import as_yaml, fingerprint

RIGHT = """\
departments:
  - {name: sales, staff: 2}
  - {name: it, handling_hours: 0.5}
links:
  - {supplier: sales, customer: market}
  - {supplier: it, customer: sales, requests_per_job: 0.5}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(text: str, name: str = "case.yaml") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def problems(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        load(written(text))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.usefixtures("folder")
class TestReading:
    def test_name_is_the_stem_and_every_other_key_has_a_default(self) -> None:
        scenario = load(written(RIGHT))
        assert scenario.name == "case"
        assert scenario.days == 250
        assert scenario.departments[1].staff == 2

    def test_departments_and_links_are_sorted(self) -> None:
        scenario = load(written(RIGHT))
        assert scenario.department_names == ("it", "sales")
        assert [link.name for link in scenario.links] == ["it>sales", "sales>market"]

    def test_titles_in_two_languages_or_one(self) -> None:
        scenario = load(written(RIGHT + "title: {en: A shop, es: Una tienda}\nquestion: Why?\n"))
        assert (scenario.title.said("en"), scenario.title.said("es")) == ("A shop", "Una tienda")
        assert scenario.question.said("es") == "Why?"

    def test_byte_order_mark_and_accents(self) -> None:
        Path("case.yaml").write_text(RIGHT.replace("it", "atención"), encoding="utf-8-sig")
        assert "atención" in load("case.yaml").department_names

    def test_scenario_is_frozen(self) -> None:
        with pytest.raises(ValueError, match="frozen"):
            load(written(RIGHT)).days = 3  # type: ignore[misc]

    def test_resolved_file_loads_again_as_the_same_company(self) -> None:
        for name in {*sorted(shipped())[::10], "group", "maintenance/outsourced", "claims/a03-bad-temper"}:
            scenario = load(name)
            again = load(written(as_yaml(scenario), "again.yaml"))
            assert fingerprint(again) == fingerprint(scenario)

    def test_null_means_the_default(self) -> None:
        assert load(written(RIGHT + "days:\n")).days == 250

    def test_changes_of_one_day_are_one_change(self) -> None:
        both = [
            "{day: 1, set: {links.sales>market.share: .5}}",
            "{day: 1, set: {links.it>market.share: .5, departments.sales.staff: null}}",
        ]
        text = RIGHT + "  - {supplier: it, customer: market, share: 0}\n" + f"changes: [{', '.join(both)}]\n"
        before, after = epochs(load(written(text)))
        assert [link.share for link in after.scenario.front_line] == [0.5, 0.5]
        staff = [scenario.departments[1].staff for scenario in (before.scenario, after.scenario)]
        assert staff == [2, 1]  # no value: the default again


@pytest.mark.usefixtures("folder")
class TestExtends:
    def test_child_says_only_what_differs(self) -> None:
        written(RIGHT + "days: 100\ntitle: Parent\n", "parent.yaml")
        child = load(
            written(
                "extends: parent\n"
                "departments:\n"
                "  - {name: it, staff: 3}\n"
                "  - {name: hr}\n"
                "links:\n"
                "  - {supplier: it, customer: sales, blocking: false}\n"
                "  - {supplier: hr, customer: it, requests_per_job: 0.1}\n"
            )
        )
        it = next(part for part in child.departments if part.name == "it")
        assert (it.staff, it.handling_hours) == (3, 0.5)
        link = next(link for link in child.links if link.name == "it>sales")
        assert (link.blocking, link.requests_per_job) == (False, 0.5)
        assert (child.days, child.name, child.title.said()) == (100, "case", "")
        assert child.department_names == ("hr", "it", "sales")

    def test_items_are_removed(self) -> None:
        written(RIGHT, "parent.yaml")
        child = load(
            written(
                "extends: parent.yaml\n"
                "departments: [{name: it, remove: true}]\n"
                "links: [{supplier: it, customer: sales, remove: true}]\n"
            )
        )
        assert child.department_names == ("sales",)

    def test_removing_what_is_not_there_offers_the_nearest(self) -> None:
        written(RIGHT, "parent.yaml")
        [problem] = problems("extends: parent\ndepartments:\n  - {name: salse, remove: true}\n")
        assert "case.yaml:3: departments.salse" in problem
        assert "nearest: sales" in problem

    def test_shipped_scenarios_can_be_extended_by_name(self) -> None:
        child = load(written("extends: plant\nmanagement: {delegation: 0.9}\n"))
        assert child.management.delegation == 0.9
        assert child.management.layers == load("plant").management.layers

    def test_problem_in_a_parent_is_named_with_the_parents_line(self) -> None:
        written(RIGHT.replace("staff: 2", "staff: -2"), "parent.yaml")
        [problem] = problems("extends: parent\n")
        assert problem.startswith("parent.yaml:2: departments.sales.staff: -2")

    def test_null_in_a_child_goes_back_to_the_default(self) -> None:
        written(RIGHT + "days: 7\n", "parent.yaml")
        assert load(written("extends: parent\ndays: null\n")).days == 250

    def test_circles_are_named(self) -> None:
        written("extends: b.yaml\n", "a.yaml")
        written("extends: a.yaml\n", "b.yaml")
        with pytest.raises(ScenarioError, match=r"a\.yaml > b\.yaml > a\.yaml"):
            load("a.yaml")

    def test_missing_parent_offers_the_nearest(self) -> None:
        [problem] = problems("\nextends: plnat\n")
        assert problem.startswith("case.yaml:2: extends: 'plnat'")
        assert problem.endswith("(nearest: plant)")


MISTAKES = {
    "malformed": (RIGHT + "days: [1, 2\n", "case.yaml:8: is not valid YAML"),
    "duplicate key": (RIGHT + "days: 1\ndays: 2\n", "case.yaml:8: days: is written twice; it stands on line 7"),
    "wrong type": (RIGHT.replace("2}", "two}"), "case.yaml:2: departments.sales.staff: 'two' is not allowed: a whole"),
    "number as text": (RIGHT + "days: '5'\n", "case.yaml:7: days: '5' is not allowed: a whole number (days)"),
    "unknown key": (RIGHT + "dayz: 3\n", "case.yaml:7: dayz: is no key here (nearest: days)"),
    "unknown key without a value": (RIGHT + "market: {dayz: }\n", "case.yaml:7: market.dayz: is no key here"),
    "removed and spoken of": (
        "extends: plant\ndepartments:\n  - {name: it, remove: true, staff: 2}\n",
        "case.yaml:3: departments.it: is removed: nothing else can be said of it",
    ),
    "key set twice on a day": (
        RIGHT + "changes:\n" + "  - {day: 1, set: {departments.it.staff: 2}}\n" * 2,
        "case.yaml:9: changes[day 1].set.departments.it.staff: is set twice on day 1",
    ),
    "change to a distribution without a spread": (
        RIGHT.replace("staff: 2", "handling_spread: 0.5")
        + "changes: [{day: 1, set: {departments.sales.handling_distribution: exponential}}]\n",
        "handling_distribution: makes handling_spread wrong: has no meaning with handling_distribution: exponential",
    ),
    "tier written otherwise": (
        RIGHT + "management: {layers: 4, units: {02: {all: [it, sales]}}}\n",
        "case.yaml:7: management.units.02: '02' is not allowed",
    ),
    "unit without departments": (
        RIGHT + "management: {layers: 3, units: {2: {all: [it, sales], none: []}}}\n",
        "case.yaml:7: management.units.2.none: has no department",
    ),
    "name that only looks alike": (
        RIGHT.replace("name: it", 'name: "e\\u0301"'),
        "is not allowed: a name has",
    ),
    "unknown inner key": (RIGHT.replace("staff", "stuff"), "departments.sales.stuff: is no key here (nearest: staff)"),
    "out of range": (
        RIGHT.replace("0.5}", "-1}"),
        "case.yaml:6: links.it>sales.requests_per_job: -1 is not allowed: 0",
    ),
    "not a number": (RIGHT.replace("0.5}", ".nan}"), "requests_per_job: nan is not allowed: a finite number"),
    "unknown word": (RIGHT + "psychology: non\n", "psychology: 'non' is not allowed: full or none (nearest: none)"),
    "dangling link": (RIGHT.replace("customer: sales", "customer: sails"), "no department 'sails' (nearest: sales)"),
    "self-link": (RIGHT + "  - {supplier: it, customer: it}\n", "case.yaml:7: links.it>it: a department cannot be its"),
    "serves nobody": (
        RIGHT.replace("links:", "  - {name: hr}\nlinks:"),
        "case.yaml:4: departments.hr: serves nobody; everybody has a customer",
    ),
    "no way to the market": (
        RIGHT.replace("links:", "  - {name: hr}\n  - {name: pay}\nlinks:")
        + "  - {supplier: hr, customer: pay, requests_per_job: .1}\n"
        + "  - {supplier: pay, customer: hr, requests_per_job: .1}\n",
        "case.yaml:4: departments.hr: no path of links leads from here to the market",
    ),
    "no front line": (RIGHT.replace("market", "it"), "nobody serves the market"),
    "shares": (RIGHT.replace("market}", "market, share: .7}"), "case.yaml:5: links.sales>market.share: the shares"),
    "share between departments": (
        RIGHT.replace("requests_per_job", "share"),
        "share: is not for links to a department",
    ),
    "requests of the market": (
        RIGHT.replace("market}", "market, blocking: true}"),
        "blocking: is not for links to the",
    ),
    "breeding": (
        RIGHT + "  - {supplier: sales, customer: it, requests_per_job: 2.5}\n",
        "requests breed faster than they die out on the cycle",
    ),
    "twice in the list": (RIGHT.replace("links:", "  - {name: it}\nlinks:"), "departments.it: stands twice"),
    "text that controls the terminal": (
        RIGHT + 'title: "a\\e[2Jb"\n',
        "case.yaml:7: title.en: 'a?[2Jb' is not allowed: a text",
    ),
    "name that Windows cannot write": (RIGHT + "name: nul\n", "case.yaml:7: name: 'nul' is not allowed: Windows"),
    "bad name": (RIGHT.replace("name: it", "name: i.t"), "'i.t' is not allowed: a name has"),
    "name that a spreadsheet would compute": (
        RIGHT + 'name: "=1+1"\n',
        "case.yaml:7: name: '=1+1' is not allowed: a name",
    ),
    "department that a spreadsheet would compute": (
        RIGHT.replace("name: it", 'name: "@SUM(1)"'),
        "begin with = + - or @",
    ),
    "market as a department": (RIGHT.replace("name: it", "name: market"), "'market' is the customer outside"),
    "spread without meaning": (
        RIGHT.replace("staff: 2", "handling_distribution: constant, handling_spread: 1"),
        "departments.sales.handling_spread: has no meaning with handling_distribution: constant",
    ),
    "spread of erlang": (
        RIGHT.replace("staff: 2", "handling_distribution: erlang, handling_spread: 2"),
        "2 is not allowed with erlang: 0.05 to 1",
    ),
    "tag": (RIGHT + "source: !!python/object/apply:os.system [ls]\n", "case.yaml:7: source: the tag !python/object"),
    "scalar tag": (RIGHT + "source: !secret x\n", "case.yaml:7: source: the tag !secret is not allowed"),
    "not a mapping": ("- 1\n- 2\n", "case.yaml:1: [1, 2] is not a mapping"),
    "empty": ("", "case.yaml:1: the file is empty"),
    "list for a mapping": (RIGHT + "market: [1]\n", "case.yaml:7: market: [1] is not allowed: a mapping"),
    "change at the end": (RIGHT + "days: 9\nchanges: [{day: 9, set: {}}]\n", "day 9 is at or beyond the end"),
    "change of an unknown key": (
        RIGHT + "changes:\n  - {day: 1, set: {departments.sales.stuff: 1}}\n",
        "case.yaml:8: changes[day 1].set.departments.sales.stuff: 'stuff' cannot change on a day "
        "(nearest: departments.sales.staff)",
    ),
    "change out of range": (
        RIGHT + "changes:\n  - {day: 1, set: {management.delegation: 2}}\n",
        "case.yaml:8: changes[day 1].set.management.delegation: 2 is not allowed: 0 to 1 (share)",
    ),
    "changes of one day that fit only one by one": (
        RIGHT
        + "  - {supplier: it, customer: market, share: 0}\n"
        + "changes:\n  - {day: 1, set: {links.sales>market.share: .5}}\n"
        + "  - {day: 1, set: {links.it>market.share: .4}}\n",
        "the shares of the links to the market sum to 0.9",
    ),
    "change that breeds": (
        RIGHT
        + "  - {supplier: sales, customer: it, requests_per_job: .5}\n"
        + "changes:\n  - {day: 1, set: {links.it>sales.requests_per_job: 3}}\n",
        "case.yaml:9: changes[day 1].set.links.it>sales.requests_per_job: requests breed",
    ),
    "units that miss a department": (
        RIGHT + "management: {layers: 3, units: {2: {all: [it]}}}\n",
        "management.units.2: every department needs a unit; missing: sales",
    ),
    "unit of an unknown department": (
        RIGHT + "management: {layers: 3, units: {2: {all: [it, sails]}}}\n",
        "there is no department 'sails' (nearest: sales)",
    ),
    "units above a tier that is cut of itself": (
        RIGHT + "management: {layers: 4, units: {3: {all: [it, sales]}}}\n",
        "case.yaml:7: management.units.3: is given, but tier 2 is not",
    ),
    "unit with two heads": (
        RIGHT + "management: {layers: 4, units: {2: {all: [it, sales]}, 3: {a: [it], b: [sales]}}}\n",
        "case.yaml:7: management.units.2.all: its departments answer to several units of tier 3",
    ),
    "units on a tier that is not there": (
        RIGHT + "management: {layers: 2, units: {2: {all: [it, sales]}}}\n",
        "must be left out with fewer than 3 layers",
    ),
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_named_with_its_place_and_rule(mistake: str) -> None:
    text, said = MISTAKES[mistake]
    found = problems(text)
    assert any(said in problem for problem in found), found
    assert all(problem.startswith("case.yaml:") for problem in found)


@pytest.mark.usefixtures("folder")
def test_all_mistakes_are_named_at_once_in_the_order_of_the_file() -> None:
    found = problems(
        "days: 0\ndayz: 1\ndepartments:\n  - {name: sales, staff: 0}\n  - {name: it}\nlinks:\n"
        "  - {supplier: salse, customer: market}\n"
    )
    keys = [problem.split(": ")[0:2] for problem in found]
    assert keys == [
        ["case.yaml:1", "days"],
        ["case.yaml:2", "dayz"],
        ["case.yaml:4", "departments.sales"],
        ["case.yaml:4", "departments.sales.staff"],
        ["case.yaml:5", "departments.it"],
        ["case.yaml:7", "links.salse>market.supplier"],
    ]


@pytest.mark.usefixtures("folder")
class TestHostileFiles:
    def test_missing_file(self) -> None:
        with pytest.raises(ScenarioError, match="there is no such file"):
            load("nowhere.yaml")

    def test_folder(self) -> None:
        Path("case.yaml").mkdir()
        with pytest.raises(ScenarioError, match="is a folder"):
            load("case.yaml")

    def test_binary_file(self) -> None:
        Path("case.yaml").write_bytes(bytes(range(256)) * 10)
        with pytest.raises(ScenarioError, match="is not text"):
            load("case.yaml")

    def test_other_encoding_names_the_line(self) -> None:
        Path("case.yaml").write_bytes((RIGHT + "source: Müller\n").encode("latin-1"))
        with pytest.raises(ScenarioError, match=r"case\.yaml:7: is not UTF-8"):
            load("case.yaml")

    def test_huge_file(self) -> None:
        Path("case.yaml").write_bytes(b"a: &a [x, x, x, x, x, x, x, x]\n" * 1_600_000)
        with pytest.raises(ScenarioError, match="is larger than 2 MB"):
            load("case.yaml")

    def test_bomb_of_aliases(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
        with pytest.raises(ScenarioError, match="expands to more than"):
            load(written("\n".join(lines)))

    def test_alias_that_holds_itself(self) -> None:
        with pytest.raises(ScenarioError, match="nests deeper"):
            load(written("a: &a [*a]\n"))

    @pytest.mark.parametrize("depth", [100, 100_000])
    def test_endless_nesting(self, depth: int) -> None:
        with pytest.raises(ScenarioError, match=r"nests deeper|not valid YAML"):
            load(written("a: " + "[" * depth + "]" * depth))


def test_days_beyond_which_a_change_lies_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(RIGHT + "changes: [{day: 50, set: {departments.it.staff: 2}}]\n")
    assert with_days(load(path), 60).days == 60
    with pytest.raises(ScenarioError, match="day 50 is at or beyond the end"):
        with_days(load(path), 50)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_shipped_scenario_is_right_and_keeps_up(name: str) -> None:
    from sim.model.traffic import traffic  # noqa: PLC0415

    scenario = load(name)
    assert max(traffic(scenario).load.values()) < 1.0  # managers of a flat company that delegates nothing may be
    assert scenario.title.en
    assert scenario.title.es
    assert scenario.source.en

"""Tipping points: found where a company has two lasting states, and only there; what a survey sees of a drift."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest, norm

from sim.scenario.problems import ScenarioError
from sim.show.language import speaking
from sim.show.style import look, sentence_of
from sim.show.sweep.tipping import draw_tipping, draw_warned
from sim.study.sweep.asked import Asked, Survey, read_study
from sim.study.sweep.study import Found, Study, StudyError
from sim.study.sweep.tipping import APART, LIMIT, Tipping, _alarm, _back, _fell, _seen, _steps, tipping, warned

OFFICE = Path(__file__).parents[3] / "experiments" / "tipping" / "public-office.yaml"


def study(folder: Path, **keys: Any) -> Asked:
    plain: dict[str, Any] = {
        "base": str(OFFICE),
        "days": 400,
        "factors": {"authority": {"key": "management.authoritarian", "range": [0.0, 0.8]}},
        "design": {"kind": "tipping", "steps": 5},
        "replications": 3,
    }
    file = folder / "study.yaml"
    file.write_text(json.dumps(plain | keys), encoding="utf-8")
    return read_study(file)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Asked, Tipping]:
    asked = study(tmp_path_factory.mktemp("office"), warning={"weeks": 104, "every_weeks": 52})
    return asked, tipping(asked)


def test_a_company_that_tips_falls_later_than_it_comes_back_and_simulated_ones_do_so_too(
    office: tuple[Asked, Tipping],
) -> None:
    _, found = office
    assert 0.0 < found.returns < 0.2 < found.falls < 0.6
    assert found.branches["settled"].all()
    wide = found.branches.pivot_table(index="authority", columns="way", values="morale")
    apart = (wide["there"] - wide["back"]) > APART
    assert list(apart) == [False, True, True, False, False]
    lived = found.simulated.pivot_table(index=["authority", "replication"], columns="way", values="morale")
    assert (lived["there"] - lived["back"]).loc[
        0.2
    ].min() > APART  # the same company, the same luck: where it came from
    assert abs(lived["there"] - lived["back"]).loc[0.8].max() < 2 * APART


def test_the_edge_does_not_depend_on_the_steps(office: tuple[Asked, Tipping], tmp_path: Path) -> None:
    coarse = office[1]
    fine = tipping(study(tmp_path, replications=1, days=20, design={"kind": "tipping", "steps": 8}))
    assert coarse.falls == pytest.approx(fine.falls, abs=0.01)
    assert coarse.returns == pytest.approx(fine.returns, abs=0.01)


def test_a_sturdy_company_does_not_tip_and_nothing_is_warned_of(tmp_path: Path) -> None:
    asked = study(tmp_path, base="claims/workshop", replications=1, days=20, warning={})
    found = tipping(asked)
    assert not found.tips
    with pytest.raises(StudyError, match=r"authority does not tip between 0\.3, its value in the base, and 0\.8"):
        warned(asked, found)


def test_a_company_without_feelings_has_no_two_states(tmp_path: Path) -> None:
    plain = json.dumps({"extends": str(OFFICE), "psychology": "none"})
    (tmp_path / "cold.yaml").write_text(plain, encoding="utf-8")
    with pytest.raises(StudyError, match="nobody feels"):
        tipping(study(tmp_path, base="cold.yaml"))


def test_put_back_at_once_all_companies_are_well_and_late_fewer_are(office: tuple[Asked, Tipping]) -> None:
    found = warned(*office)
    back = found.put_back.set_index("week")["back"]
    assert back[0] == 1.0
    assert back[104] < 1.0
    assert found.table["fell"].notna().all()
    assert (found.paths[:, 0] > 60.0).all()
    assert (found.paths[:, -1] < 30.0).all()


def test_a_survey_seldom_warns_of_nothing_and_always_of_a_fall() -> None:
    survey, weeks = Survey(weeks=260, every_weeks=13, people=30), np.arange(12, 312, 13)
    calm = np.full(len(weeks), 65.0)
    trials = 4000
    false = [not np.isnan(_alarm(_seen(calm, survey, 7, trial), weeks, survey)) for trial in range(trials)]
    of_one = norm.cdf(-LIMIT)
    surveys = int((weeks >= 52).sum())
    assert 0.5 * surveys * of_one < np.mean(false) < 1.5 * surveys * of_one
    fallen = np.where(weeks < 130, calm, 20.0)
    assert _alarm(_seen(fallen, survey, 7, 0), weeks, survey) == weeks[weeks >= 130][0] - 52 + 1


def test_the_companys_own_ups_and_downs_are_no_alarm() -> None:
    survey, weeks = Survey(weeks=260, every_weeks=13, people=1_000_000), np.arange(12, 312, 13)
    luck = np.random.default_rng(3).normal(65.0, 2.0, (2000, len(weeks)))
    false = [not np.isnan(_alarm(row, weeks, survey, 2.0)) for row in luck]
    surveys = int((weeks >= 52).sum())
    assert np.mean(false) < 2.0 * surveys * norm.cdf(-LIMIT)
    assert np.mean([not np.isnan(_alarm(row, weeks, survey)) for row in luck]) > 0.99  # if they are not reckoned with


def test_weeks_are_counted_from_the_drifts_first() -> None:
    assert _fell(np.array([60.0, 60.0, 20.0, 60.0, 20.0, 20.0]), 40.0) == 4.0
    assert np.isnan(_fell(np.array([60.0, 20.0, 60.0]), 40.0))
    survey = Survey(weeks=8)
    assert _steps(survey, 0.0, 1.0, is_whole=False) == [(260, 0.5), (280, 1.0)]
    assert _steps(Survey(weeks=40), 3.0, 5.0, is_whole=True) == [(300, 4), (400, 5)]


def test_levels_may_stand_in_any_order(office: tuple[Asked, Tipping], tmp_path: Path) -> None:
    levels = {"authority": {"key": "management.authoritarian", "levels": [0.4, 0.0, 0.8, 0.2]}}
    found = tipping(study(tmp_path, replications=1, days=20, factors=levels))
    assert (found.returns, found.falls) == (0.2, 0.4)  # the last ones that were tried and have two states
    assert list(found.branches["authority"].unique()) == [0.0, 0.2, 0.4, 0.8]


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        ({"keys": {"management.authoritarian": "a * 2"}, "range": [0.0, 0.8]}, "no such company"),
        ({"keys": {"management.authoritarian": "1 / a - 1"}, "range": [0.0, 0.8]}, "a 0"),
    ],
)
def test_values_of_which_there_is_no_company_are_said(tmp_path: Path, factor: dict[str, Any], said: str) -> None:
    with pytest.raises(StudyError, match=said):
        tipping(study(tmp_path, replications=1, days=20, factors={"a": factor}))


@pytest.mark.parametrize("language", ["en", "es"])
def test_charts_say_what_was_found(office: tuple[Asked, Tipping], language: str) -> None:
    asked, both = office
    study_ = Study(asked)
    found = Found(asked, study_.designed, study_.units, pd.DataFrame({"error": [""]}), (), Path())
    say = speaking(language)
    with look():
        sheet = draw_tipping(found, both, say)
        assert say.brief(both.falls) in sentence_of(sheet)
        assert say.brief(both.returns) in sentence_of(sheet)
        seen = warned(asked, both)
        sheet = draw_warned(found, seen, say)
        assert f"{int(seen.table['back_if_acted'].sum())} " in sentence_of(sheet)


def test_shares_have_wilsons_interval() -> None:
    good = np.array([[True] * 7 + [False] * 3, [True] * 10])
    table = _back([0, 13], good)
    for row, count in zip(table.itertuples(), (7, 10), strict=True):
        ends = binomtest(count, 10).proportion_ci(method="wilson")
        assert (row.low, row.high) == pytest.approx((ends.low, ends.high))


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (
            {
                "factors": {
                    "a": {"key": "management.authoritarian", "range": [0, 1]},
                    "b": {"key": "management.layers", "levels": [1, 2]},
                }
            },
            "one factor",
        ),
        ({"factors": {"a": {"key": "management.layers", "levels": ["few", "many"]}}}, "levels that are numbers"),
        ({"design": {"kind": "grid"}, "warning": {}}, "belongs to a design of the kind tipping"),
        ({"warning": {"people": 0}}, "people"),
    ],
)
def test_what_cannot_be_followed_is_refused(tmp_path: Path, keys: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        study(tmp_path, **keys)

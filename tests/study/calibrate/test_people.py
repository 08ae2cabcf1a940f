"""The organisation chart and the survey: layers, units, morale with shrinkage, and what is refused."""

from pathlib import Path

import numpy as np
import pytest

from sim.scenario.problems import ScenarioError
from sim.study.calibrate.chart import read_chart, units
from sim.study.calibrate.survey import FEWEST, given_scale, read_survey, rows_of

DEPARTMENTS = ("desk", "net", "apps")


def written(folder: Path, text: str) -> Path:
    path = folder / "sheet.csv"
    path.write_text(text, encoding="utf-8")
    return path


def refused(kind: str, path: Path) -> str:
    with pytest.raises(ScenarioError) as error:
        read_chart(path) if kind == "chart" else read_survey(path, {name: name for name in DEPARTMENTS}, DEPARTMENTS)
    return str(error.value)


def chart_text() -> str:
    rows = ["Empleado;Jefe;Departamento", "boss;;", "mid1;boss;", "mid2;boss;"]
    for department, middle in (("desk", "mid1"), ("net", "mid1"), ("apps", "mid2")):
        rows.append(f"head {department};{middle};")
        rows += [f"{department} {number};head {department};{department}" for number in range(4)]
    return "\n".join(rows) + "\n"


def test_layers_are_the_managers_above_people_who_manage_nobody(tmp_path: Path) -> None:
    chart = read_chart(written(tmp_path, chart_text()))
    assert (chart.people, chart.managers, chart.layers.value) == (18, 6, 3)
    assert chart.department["net 2"] == "net"
    tree = units(chart, dict(chart.department), 3)
    assert tree == {2: {"unit 2-1": ("apps",), "unit 2-2": ("desk", "net")}}


def test_charts_that_cannot_be_are_refused(tmp_path: Path) -> None:
    circle = "person,manager\na,b\nb,c\nc,a\n"
    assert "goes round in a circle above" in refused("chart", written(tmp_path, circle))
    twice = "person,manager\na,b\na,c\n"
    assert "sheet.csv:3: person: 'a' stands twice" in refused("chart", written(tmp_path, twice))
    assert "(nearest: manger)" in refused("chart", written(tmp_path, "person,manger\na,b\n"))
    assert "has 3 columns, the header 2" in refused("chart", written(tmp_path, "person,manager\na,b,c\n"))


def survey_text(scores: dict[str, list[float]]) -> str:
    rows = [f'{department},"{score:g}"' for department, given in scores.items() for score in given]
    return "department,score\n" + "\n".join(rows) + "\n"


def test_few_answers_are_drawn_to_the_mean(tmp_path: Path) -> None:
    luck = np.random.default_rng(3)
    scores = {
        "desk": np.clip(np.round(luck.normal(4.2, 0.8, 200)), 1, 5).tolist(),
        "net": np.clip(np.round(luck.normal(2.4, 0.8, 200)), 1, 5).tolist(),
        "apps": [1, 1, 1, 1, 1, 1],
    }
    found = read_survey(written(tmp_path, survey_text(scores)), {name: name for name in DEPARTMENTS}, DEPARTMENTS)
    assert found.scale == (1.0, 5.0)
    desk, apps = found.morale["desk"], found.morale["apps"]
    assert desk.low < (np.mean(scores["desk"]) - 1) / 4 < desk.high
    assert abs(desk.value - found.means["desk"]) < 0.02
    assert found.means["apps"] == 0.0 < apps.value
    assert apps.high - apps.low > desk.high - desk.low
    assert all(answers >= FEWEST or np.isnan(mean) for _, answers, mean, _ in rows_of(found))


def test_of_fewer_answers_than_five_nothing_is_shown(tmp_path: Path) -> None:
    scores: dict[str, list[float]] = {"desk": [4, 5, 3, 4, 4, 5], "net": [2, 3, 2, 3, 2], "apps": [1, 1]}
    found = read_survey(written(tmp_path, survey_text(scores)), {name: name for name in DEPARTMENTS}, DEPARTMENTS)
    [shown] = [mean for name, _, mean, _ in rows_of(found) if name == "apps"]
    assert np.isnan(shown)
    assert found.morale["apps"].value == pytest.approx(found.overall.value)
    assert [(note.rule[:21], note.detail, note.count) for note in found.notes] == [("department with fewer", "5", 1)]


def test_several_columns_of_scores_are_taken_together(tmp_path: Path) -> None:
    text = "Equipo;Encuestado;p1;p2\n" + "".join(f"desk;{number};{4 + number % 2};3,5\n" for number in range(8))
    found = read_survey(written(tmp_path, text), {"desk": "desk"}, ("desk",))
    assert found.answers == {"desk": 8}
    assert found.means["desk"] == pytest.approx((np.mean([4.5, 3.5]) - 1) / 4)


def test_answers_of_one_person_are_one(tmp_path: Path) -> None:
    """However many questions somebody answers: of less than five people nothing is shown."""
    places = {name: name for name in DEPARTMENTS}
    wide = "department,q1,q2,q3,q4,q5\ndesk,1,1,1,1,2\n" + "net,4,4,3,4,5\n" * 6
    long = "department,respondent,question,score\n" + "".join(f"desk,ann,q{n},{n}\n" for n in range(1, 6))
    long += "".join(f"net,p{n % 6},q{n // 6},4\n" for n in range(30))
    nameless = "department,question,score\n" + "".join(f"desk,q{n},{n}\n" for n in range(1, 6)) + "net,q1,4\n" * 6
    for text in (wide, long, nameless):
        found = read_survey(written(tmp_path, text), places, DEPARTMENTS)
        assert found.answers == {"desk": 1, "net": 6}
        assert [np.isnan(mean) for name, _, mean, _ in rows_of(found) if name == "desk"] == [True]


def test_other_names_of_departments_are_refused_with_the_nearest(tmp_path: Path) -> None:
    said = refused("survey", written(tmp_path, survey_text({"dsk": [3] * 6, "net": [4] * 6})))
    assert "sheet.csv:2: department: 'dsk' is no group of the log (nearest: desk)" in said


def test_departments_that_the_log_does_not_have_are_left_out_and_told(tmp_path: Path) -> None:
    scores: dict[str, list[float]] = {"Legal affairs": [3] * 6, "net": [4] * 6}
    found = read_survey(written(tmp_path, survey_text(scores)), {name: name for name in DEPARTMENTS}, DEPARTMENTS)
    assert [note.places for note in found.notes] == [["'Legal affairs' (6)"]]


def test_scores_beyond_any_scale_are_refused(tmp_path: Path) -> None:
    assert "do not fit a scale" in refused("survey", written(tmp_path, survey_text({"net": [400.0, 3.0]})))
    assert "answers are no numbers, such as line 3: 'good'" in refused(
        "survey", written(tmp_path, "department,score\nnet,4\nnet,good\n")
    )
    assert given_scale("0-100") == (0.0, 100.0)
    with pytest.raises(ScenarioError, match="no scale"):
        given_scale("5-1")

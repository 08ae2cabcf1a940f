"""What is learnt from points that fill the space: a surrogate that foretells, a box where companies are such."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.scenario.problems import ScenarioError
from sim.show.language import speaking
from sim.show.style import look, sentence_of
from sim.show.sweep.learnt import draw_discovered, draw_surrogate
from sim.study.sweep.asked import read_study
from sim.study.sweep.designs import designed
from sim.study.sweep.discovery import discovered
from sim.study.sweep.study import Found, StudyError
from sim.study.sweep.surrogate import ENOUGH, surrogate
from tests.study.sweep.small import written

RESPONSE = "customer_delay_hours"
FACTORS = {
    "one": {"key": "management.delegation", "range": [0.0, 1.0]},
    "two": {"key": "management.decision_share", "range": [0.0, 1.0]},
    "three": {"key": "departments.back.errors_noticed", "range": [0.0, 1.0]},
}


def found_with(
    folder: Path,
    answer: Callable[[pd.DataFrame], Any],
    points: int,
    replications: int = 1,
    noise: float = 0.0,
    **keys: Any,
) -> Found:
    """A study whose runs are a formula of its factors, and luck."""
    keys = {"factors": FACTORS, "design": {"kind": "sobol_sequence", "points": points}} | keys
    asked = read_study(written(folder, **keys))
    made = designed(asked)
    table = pd.DataFrame([point.values for point in made.points], columns=list(made.factors))
    table["point"], luck = [point.name for point in made.points], np.random.default_rng(1)
    rows = [
        table.assign(
            replication=number, error="", **{RESPONSE: answer(table) + noise * luck.standard_normal(len(table))}
        )
        for number in range(replications)
    ]
    units = {RESPONSE: "hours", "utilisation of front": "share"}
    return Found(asked, made, units, pd.concat(rows, ignore_index=True), (), folder)


def ishigami(table: pd.DataFrame) -> Any:
    """Ishigami & Homma 1990, with a = 7 and b = .1."""
    one, two, three = (math.pi * (2.0 * table[name].to_numpy() - 1.0) for name in ("one", "two", "three"))
    return np.sin(one) + 7.0 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)


def test_a_surrogate_of_a_known_function_has_its_known_indices(tmp_path: Path) -> None:
    learnt = surrogate(found_with(tmp_path, ishigami, 256), RESPONSE)
    assert learnt.explained > 0.9
    assert learnt.indices is not None
    said = learnt.indices.set_index(["order", "factor"])["value"]
    known = {"first": (0.3139, 0.4424, 0.0), "total": (0.5576, 0.4424, 0.2437)}
    for order, values in known.items():
        for name, value in zip(FACTORS, values, strict=True):
            assert said[order, name] == pytest.approx(value, abs=0.04)


def test_what_it_explains_is_that_of_points_it_was_not_taught(tmp_path: Path) -> None:
    """More points than are taught: the rest is foretold. Luck is not to be foretold, and is told apart."""
    noisy = found_with(tmp_path, lambda table: table["one"], 512, replications=4, noise=0.5)
    learnt = surrogate(noisy, RESPONSE)
    assert len(learnt.left_out) == 512 - 400
    expected = (1.0 / 12.0) / (1.0 / 12.0 + 0.25 / 4.0)
    assert learnt.possible == pytest.approx(expected, abs=0.06)
    assert learnt.explained == pytest.approx(expected, abs=0.12)


def test_of_luck_alone_nothing_is_learnt_and_nothing_is_said(tmp_path: Path) -> None:
    learnt = surrogate(found_with(tmp_path, lambda table: 0.0, 64, noise=1.0), RESPONSE)
    assert learnt.explained < 0.3 < ENOUGH
    assert learnt.indices is None
    with pytest.raises(StudyError, match="the same at all points"):
        surrogate(found_with(tmp_path, lambda table: 1.0, 64), RESPONSE)


def test_points_that_come_twice_are_not_foretold_from_themselves(tmp_path: Path) -> None:
    few = {
        "word": {"key": "departments.front.handling_distribution", "levels": ["constant", "exponential", "lognormal"]},
        "staff": {"key": "departments.front.staff", "range": [1, 8]},
    }
    noise = np.random.default_rng(5).standard_normal(3 * 8)

    def of_the_point(table: pd.DataFrame) -> Any:
        place = pd.factorize(table["word"] + table["staff"].astype(str))[0]
        return noise[place]

    learnt = surrogate(found_with(tmp_path, of_the_point, 256, factors=few), RESPONSE)
    assert len(learnt.left_out) == 24
    assert learnt.indices is None
    with pytest.raises(StudyError, match="too few to learn from"):
        surrogate(found_with(tmp_path, ishigami, 16), RESPONSE)


WORDS = FACTORS | {
    "four": {"key": "departments.front.handling_distribution", "levels": ["constant", "exponential", "lognormal"]}
}


def in_a_box(table: pd.DataFrame) -> Any:
    return ((table["one"] > 0.6) & (table["two"] < 0.5) & (table["four"] != "constant")).astype(float)


def test_a_box_is_found_where_it_was_put(tmp_path: Path) -> None:
    found = found_with(tmp_path, in_a_box, 256, factors=WORDS, discover={"response": RESPONSE, "above": 0.5})
    wanted = found.asked.question.discover
    assert wanted is not None
    box = discovered(found, wanted)
    assert set(box.limits) == {"one", "two", "four"}
    assert box.limits["one"] == pytest.approx((0.6, 1.0), abs=0.04)
    assert box.limits["two"] == pytest.approx((0.0, 0.5), abs=0.04)
    assert box.limits["four"] == ("exponential", "lognormal")
    assert min(box.coverage, box.density, box.left_out_coverage, box.left_out_density) > 0.9
    assert list(box.table()["factor"]) == list(box.limits)


def test_of_luck_alone_no_box_holds_on_companies_left_out(tmp_path: Path) -> None:
    found = found_with(tmp_path, lambda table: 0.0, 256, noise=1.0, discover={"response": RESPONSE, "above": 1.0})
    assert found.asked.question.discover is not None
    box = discovered(found, found.asked.question.discover)
    assert box.left_out_density < 2.0 * box.share
    with pytest.raises(StudyError, match="no companies are above 1"):
        none = found_with(tmp_path, lambda table: 0.0, 64, discover={"response": RESPONSE, "above": 1.0})
        discovered(none, found.asked.question.discover)


def test_charts_say_it(tmp_path: Path) -> None:
    found = found_with(tmp_path, in_a_box, 64, factors=WORDS, discover={"response": RESPONSE, "above": 0.5})
    assert found.asked.question.discover is not None
    learnt, box = surrogate(found, RESPONSE), discovered(found, found.asked.question.discover)
    for language, limit in (("en", " 0.6"), ("es", " 0,6")):
        say = speaking(language)
        with look():
            sheet = draw_surrogate(found, RESPONSE, learnt, say)
            assert "%" in "".join(text.get_text() for text in sheet.texts)
            sheet = draw_discovered(found, box, say)
            assert "%" in sentence_of(sheet)
            assert limit in sentence_of(sheet)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"design": {"kind": "grid"}, "surrogate": True}, "needs points that fill the space"),
        ({"discover": {"response": "profit", "below": 0}}, "is no response of this study"),
        ({"discover": {"response": RESPONSE}}, "name one limit"),
        ({"design": {"kind": "morris", "trajectories": 2}, "discover": {"response": RESPONSE, "below": 0}}, "a grid"),
    ],
)
def test_what_cannot_be_learnt_is_refused(tmp_path: Path, keys: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        read_study(written(tmp_path, **keys))


def test_a_library_that_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.study.sweep.asked.find_spec", lambda name: None)
    with pytest.raises(ScenarioError, match=r"customer-chain\[discovery\]"):
        read_study(written(tmp_path, discover={"response": RESPONSE, "below": 0}))

"""The words of the story: the same in structure in every language, and every figure in them is there."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from sim import load
from sim.show.workshop.story import chapters_said, story_said, told_plain
from sim.study.workshop.attempt import Workshop
from sim.study.workshop.story import Bars, Lines, chapters, told
from tests.engine import ENGINE

STEPS = {"scene", "question", "answer", "company", "talk"}
PLACE = re.compile(r"\{(\w+)(?::[+k])?\}")


def texts(part: Any, where: str = "") -> Iterator[tuple[str, str]]:
    match part:
        case str():
            yield where, part
        case dict():
            for key, inner in part.items():
                yield from texts(inner, f"{where}.{key}")
        case list():
            for place, inner in enumerate(part):
                yield from texts(inner, f"{where}.{place}")


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    return story_said()


def test_all_languages_say_the_same_things_with_the_same_figures(said: dict[str, Any]) -> None:
    english, spanish = (dict(texts(said[language])) for language in ("en", "es"))
    assert english.keys() == spanish.keys()
    for where, text in english.items():
        assert set(PLACE.findall(text)) == set(PLACE.findall(spanish[where])), where
    same = {where for where, text in english.items() if text == spanish[where]}
    assert same == set()


def test_a_session_lasts_an_hour_and_every_step_has_its_note(said: dict[str, Any]) -> None:
    for language in ("en", "es"):
        chapters_ = said[language]["chapters"].values()
        assert 45 <= sum(chapter["minutes"] for chapter in chapters_) <= 55  # and a beginning and an end
        for chapter in chapters_:
            assert set(chapter["notes"]) == STEPS


def test_every_figure_in_the_words_is_told(said: dict[str, Any]) -> None:
    shop = Workshop(load("claims/workshop"), engine=ENGINE)
    known = {chapter["id"]: chapter for chapter in chapters_said(shop.base)}
    assert set(said["en"]["chapters"]) == set(known)
    for chapter in chapters(shop.base):
        words, found = said["en"]["chapters"][chapter.id], told(shop, chapter, 2)
        before = set(known[chapter.id]["facts"])
        for where, text in texts(words):
            there = before | (
                set(found.facts) | {"value", "choice", "low", "high"} if where in {".answer", ".unknown"} else set()
            )
            assert set(PLACE.findall(text)) <= there, where
        if chapter.choices:
            assert set(words["choices"]) >= set(chapter.choices)
        if isinstance(found.figure, Bars | Lines):
            assert set(words["labels"]) >= set(found.figure.rows)


def test_an_answer_is_plain_json() -> None:
    shop = Workshop(load("claims/workshop"), engine=ENGINE)
    for chapter in chapters(shop.base):
        both = shop.attempt(chapter.right, 1, against=chapter.left)
        json.dumps(told_plain(both, told(shop, chapter, 1)), allow_nan=False)  # one replication knows no interval

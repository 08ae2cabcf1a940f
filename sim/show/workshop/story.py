"""The story of a workshop as a page tells it: its words in each language, and a company's answers in plain types.

The words are prose, written for each language in a file of its own under ``story/``; both have the same keys and the
same places for figures.
"""

from importlib.resources import files
from typing import Any

import numpy as np

from sim.scenario.schema import Scenario
from sim.show.language import LANGUAGES
from sim.study.workshop.attempt import Attempt, plain
from sim.study.workshop.story import Bars, Chapter, Lines, Told, chapters


def story_said() -> dict[str, Any]:
    """By language, the opening, the words of every chapter, and the closing."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - takes a while to load

    read = YAML(typ="safe", pure=True)
    here = files("sim.show.workshop") / "story"
    return {language: read.load((here / f"{language}.yaml").read_text(encoding="utf-8")) for language in LANGUAGES}


def chapters_said(base: Scenario) -> list[dict[str, Any]]:
    """What the page knows of each chapter before anything is simulated."""
    return [_chapter(chapter) for chapter in chapters(base)]


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "id": chapter.id,
        "scale": list(chapter.scale) if chapter.scale else None,
        "choices": list(chapter.choices),
        "facts": dict(chapter.facts),
    }


def told_plain(attempt: Attempt, told: Told) -> dict[str, Any]:
    """Both companies of a chapter and what they answer, in plain types for JSON; what is not known is ``None``."""
    return {
        **plain(attempt),
        "told": {
            "truth": told.truth if isinstance(told.truth, str) else _known(told.truth),
            "facts": {name: value for name, value in told.facts.items() if not np.isnan(value)},
            "figure": _figure(told.figure),
        },
    }


def _figure(figure: Bars | Lines | None) -> dict[str, Any] | None:
    match figure:
        case Bars(rows, is_change):
            return {"kind": "bars", "is_change": is_change, "rows": {name: _known(row) for name, row in rows.items()}}
        case Lines(weeks, rows, mark):
            lines = {name: _known(row.tolist()) for name, row in rows.items()}
            return {"kind": "lines", "mark": mark, "weeks": list(weeks), "rows": lines}
        case _:
            return None


def _known(values: "tuple[float, ...] | list[float]") -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), 3) for value in values]

"""What charts of a study have in common: the sheet, names of factors, levels and responses in words."""

from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.show import style
from sim.show.amounts import unit_said
from sim.show.compare.parameter_words import parameter_words
from sim.show.language import Language
from sim.show.lettering import LINE, SMALL, text_width, wrapped
from sim.show.tables import outcomes_said
from sim.study.sweep.study import Found

_WIDEST: Final = 0.45
"""Of the sheet's width, for the names of factors."""


def named(found: Found, name: str, say: Language) -> str:
    """What charts call a factor: its title, what a parameter of the laws is in words, or its name."""
    asked = found.asked.question.factors[name]
    plain = name.replace("_", " ")
    words = parameter_words(asked.key, say) if asked.key else plain
    return asked.title.said(say.code) or (plain if words == asked.key else words)


def response_said(response: str, say: Language) -> str:
    """What charts call a response, in a sentence."""
    outcome, of, where = response.partition(" of ")
    said = outcomes_said(say).get(outcome, outcome.replace("_", " "))
    return say("{outcome} of {where}", outcome=said, where=where) if of else said


def begun(found: Found, title: str, notes: list[str], say: Language) -> tuple[Figure, float]:
    """A sheet with its sentence, notes and origin; how high the room below them begins."""
    sheet = style.figure()
    below = style.sentence(sheet, title, 0.965)
    for text in notes:
        below = style.note(sheet, text, below)
    question = found.asked.question
    about = question.title.said(say.code) or question.name
    runs = say.counted("{n} run", "{n} runs", len(found.table))
    points = say.counted("{n} point", "{n} points", len(found.designed.different))
    style.footer(sheet, about, [points, runs, say("seed {seed}", seed=str(question.seed))])
    return sheet, below


def rows_named(sheet: Figure, names: list[str], below: float, *, left: float = 0.0) -> Axes:
    """Axes with a row for each name, which stands at the left, from a share of the sheet's width on."""
    bottom = 0.16
    height = min(below - bottom - 0.02, 0.2 * len(names))
    widest = max(map(text_width, names)) / style.WIDTH
    begin, left = left, left + min(max(widest + style.MARGIN + 0.01, 0.15), _WIDEST - 0.4 * left)
    axes = sheet.add_axes((left, below - 0.02 - height, 1.0 - left - 0.05, height))
    axes.set_ylim(-len(names) + 0.4, 0.6)
    axes.set_yticks([-place for place in range(len(names))])
    lines = max(1, min(2, int(height * style.HEIGHT / len(names) / LINE)))
    room = (left - begin - style.MARGIN - 0.008) * style.WIDTH
    labels = ["\n".join(wrapped(text, room, lines, SMALL)) for text in names]
    axes.set_yticklabels(labels)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    return axes


def level_said(level: Any, say: Language) -> str:
    """A factor's value."""
    if isinstance(level, bool | np.bool_):
        return say("yes") if level else say("no")
    return number_said(float(level), say) if isinstance(level, int | float | np.number) else str(level)


def unit_above(axes: Axes, unit: str, say: Language) -> None:
    """The unit of the axis of heights, above it."""
    axes.set_title(unit_said(unit, say), size=SMALL, weight="normal", color=style.SOFT)


def numbered(axes: Axes, say: Language) -> None:
    """The axis of heights has steps that are written as they are."""
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(lambda value, _: number_said(round(value, 6), say))


def number_said(value: float, say: Language) -> str:
    """With three digits that count, none of which is a last 0."""
    digits = 0 if abs(value) >= 1000.0 else len(f"{value:.3g}".partition("e")[0].partition(".")[2])
    return say.number(value, digits if abs(value) >= 1e-4 else 6 * (value != 0.0))

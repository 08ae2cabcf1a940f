"""The sheet of a comparison: its sentence above, its scenarios by colour, where it comes from below."""

from typing import Final

from matplotlib.figure import Figure

from sim.show import style
from sim.show.language import Language
from sim.show.lettering import LINE, wrapped
from sim.show.names import shortened, titled
from sim.study.compare.comparison import Comparison

OTHERS: Final = (style.BLUE, style.ORANGE, style.GREEN, style.VERMILION, "#cc79a7", "#56b4e9")
"""Colours of Okabe and Ito's palette for scenarios after the base, round and round."""


def colours(comparison: Comparison) -> dict[str, str]:
    """A colour for each scenario, by its name; the base is grey."""
    others = {scenario.name: OTHERS[place % len(OTHERS)] for place, scenario in enumerate(comparison.others)}
    return {comparison.base.name: style.SOFT, **others}


def begun(comparison: Comparison, sentence: str, notes: list[str], say: Language) -> tuple[Figure, float]:
    """An empty sheet with its sentences; how high the room under them begins."""
    sheet = style.figure()
    below = style.sentence(sheet, sentence, 0.965)
    for text in notes:
        below = style.note(sheet, text, below)
    facts = [
        say.counted("{n} replication", "{n} replications", len(comparison.replications)),
        say("seed {seed}", seed=str(comparison.seed)),
        say.counted("{n} day", "{n} days", comparison.base.days),
    ]
    about = say("{base} and others on the same luck", base=shortened(titled(comparison.base, say), 60))
    style.footer(sheet, about, facts)
    return sheet, below


def scenario_key(sheet: Figure, comparison: Comparison, corner: tuple[float, float], say: Language) -> None:
    """The scenarios' names in their colours, down from the upper left ``corner`` to the right margin."""
    left, top = corner
    room = (1 - style.MARGIN - left) * style.WIDTH
    for scenario in comparison.scenarios:
        lines = wrapped(titled(scenario, say), room, 3, weight="bold")
        colour = colours(comparison)[scenario.name]
        sheet.text(left, top, "\n".join(lines), color=colour, weight="bold", va="top", linespacing=1.15)
        top -= (len(lines) + 0.5) * LINE * 1.02 / style.HEIGHT

"""The sheet of a comparison: its sentence above, its scenarios by colour, where it comes from below."""

from typing import Final

from matplotlib.figure import Figure

from sim.show import style
from sim.show.language import Language
from sim.show.lettering import LINE, wrapped
from sim.show.names import titled
from sim.study.compare.comparison import Comparison

OTHERS: Final = (style.BLUE, style.ORANGE, style.GREEN, style.VERMILION, "#cc79a7", "#56b4e9")
"""Colours of Okabe and Ito's palette for scenarios after the base, round and round."""
_FOOTER: Final = 0.06
_MARK: Final = 30.0
"""How wide a scenario's square of colour is, in pixels."""


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
    luck = say.counted(
        "{n} replication on the same luck", "{n} replications on the same luck", len(comparison.replications)
    )
    facts = [say("seed {seed}", seed=str(comparison.seed)), say.counted("{n} day", "{n} days", comparison.base.days)]
    style.footer(sheet, luck, facts)
    return sheet, below


def scenario_key(sheet: Figure, comparison: Comparison, corner: tuple[float, float], say: Language) -> None:
    """The scenarios' names beside their colours, down from the upper left ``corner`` to the right margin."""
    left, top = corner
    beside = left + _MARK / style.WIDTH
    room = (1 - style.MARGIN - beside) * style.WIDTH
    lines_for_each = (top - _FOOTER) * style.HEIGHT / LINE / len(comparison.scenarios) - 0.5
    most_lines = min(4, max(1, int(lines_for_each)))
    for scenario in comparison.scenarios:
        lines = wrapped(titled(scenario, say), room, most_lines)
        sheet.text(left, top, "\N{BLACK SQUARE}", color=colours(comparison)[scenario.name], va="top")
        sheet.text(beside, top, "\n".join(lines), va="top", linespacing=1.2)
        top -= (len(lines) + 0.5) * LINE * 1.02 / style.HEIGHT

"""The sheet of a claim: the claim above in quiet letters, what was found in large ones, where it comes from below."""

from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.show import style
from sim.show.language import Language
from sim.show.lettering import LINE, SMALL, text_width, wrapped
from sim.study.paths import Paths

LINE_HEIGHT = LINE / style.HEIGHT
_HEADLINE = 19.0
_SAMPLE = 44.0
"""The length of a line in a key, in pixels."""


class About(NamedTuple):
    """What a chart is about: the claim, its sentence, and how much was simulated for it; no runs, if nothing was."""

    claim: str
    sentence: str
    runs: int
    seed: int
    days: int


class Room(NamedTuple):
    """A column of the sheet, down from ``top``, in shares of the sheet."""

    left: float
    width: float
    top: float


def begun(about: About, title: str, notes: list[str], say: Language) -> tuple[Figure, float]:
    """An empty sheet with its sentences; how high the room under them begins."""
    sheet = style.figure()
    below = style.note(sheet, f"{about.claim} · {about.sentence}" if about.sentence else about.claim, 0.972)
    below = style.sentence(sheet, title, below - 0.006)
    for text in notes:
        below = style.note(sheet, text, below)
    facts = [
        say.counted("{n} run of each", "{n} runs of each", about.runs),
        say("seed {seed}", seed=str(about.seed)),
        say.counted("{n} day", "{n} days", about.days),
    ]
    if about.runs:
        style.footer(sheet, say("Simulated, all companies on the same luck"), facts)
    return sheet, below


def line_key(sheet: Figure, rows: list[tuple[str, str]], room: Room) -> float:
    """Lines of some colours and what they are, one below the other; how high the room under them begins."""
    left, width, top = room
    for colour, text in rows:
        lines = wrapped(text, width * style.WIDTH - _SAMPLE - 12, 2, weight="bold")
        middle = top - LINE_HEIGHT / 2
        ends = [left, left + _SAMPLE / style.WIDTH]
        sheet.add_artist(Line2D(ends, [middle, middle], color=colour, linewidth=5, transform=sheet.transFigure))
        at = left + (_SAMPLE + 12) / style.WIDTH
        sheet.text(at, top, "\n".join(lines), color=colour, weight="bold", va="top", linespacing=1.15)
        top -= len(lines) * LINE_HEIGHT * 1.02
    return top - 0.4 * LINE_HEIGHT


def written(sheet: Figure, text: str, room: Room, **letters: Any) -> None:
    """One line down from the top of a room, in the size of all small text or as much smaller as it takes to fit."""
    wide = text_width(text, weight=letters.get("weight", "normal"))
    size = SMALL * min(1.0, room.width * style.WIDTH / wide) if wide else SMALL
    sheet.text(room.left, room.top, text, size=size, va="top", **letters)


def headline(sheet: Figure, text: str, room: Room) -> float:
    """What a column says, in at most two lines; how high the room under it begins, the same for one line and two."""
    size = _HEADLINE
    lines = wrapped(text, room.width * style.WIDTH, 2, size, "bold")
    while lines[-1].endswith("…") and size > SMALL - 3:
        size -= 1.0
        lines = wrapped(text, room.width * style.WIDTH, 2, size, "bold")
    sheet.text(room.left, room.top, "\n".join(lines), size=size, weight="bold", va="top", linespacing=1.15)
    return room.top - 2.7 * LINE_HEIGHT


def week_axis(axes: Axes, paths: Paths, say: Language, most: int = 8) -> None:
    """Weeks along the bottom, those before the observation shaded."""
    first, last = float(paths.weeks[0]), float(paths.weeks[-1] + 1)
    axes.set_xlim(first, last)
    if first < 0:
        axes.axvspan(first, 0.0, color=style.WARM_UP, linewidth=0, zorder=0)
        text = say("warm-up")
        if text_width(text) < -first / (last - first) * axes.get_position().width * style.WIDTH - 10:
            over = axes.get_xaxis_transform()
            axes.text(
                first / 2,
                0.04,
                text,
                transform=over,
                ha="center",
                color=style.SOFT,
                path_effects=style.halo(style.WARM_UP),
            )
    axes.grid(axis="y", color=style.FAINT)
    style.number_axis(axes.xaxis, say, most, whole=True)
    axes.set_xlabel(say("week (observed from week 0)"))

"""One look for all charts: made for a projector, readable by the colour-blind, the same on every machine."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import AbstractPathEffect, withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.show.language import SPACE, Language
from sim.show.lettering import DPI, LARGE, SMALL, balanced, text_width, wrapped
from sim.show.names import shortened
from sim.study.results import Results

WIDTH: Final = 16 * DPI
HEIGHT: Final = 9 * DPI
MARGIN: Final = 0.025
"""Left and right of everything, as a share of the width."""

_SENTENCE: Final = "sentence"
_SENTENCE_SIZES: Final = (LARGE, LARGE - 3.0, LARGE - 6.0)

INK, SOFT, FAINT = "#222222", "#5f6368", "#d9dce0"
PALE, BACKGROUND = "#f4f5f7", "#ffffff"
BLUE, ORANGE, GREEN, VERMILION = "#0072b2", "#e69f00", "#009e73", "#d55e00"
"""Colours of Okabe and Ito's palette."""
STATES: Final = matplotlib.colormaps["YlOrRd"]
"""From pale (0) to dark (1): only the lightness matters to the colour-blind."""
WARM_UP = "#e8eaed"

_WITH_MORE_GLYPHS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Arial Unicode MS",
)
_LOOK: Final[Any] = {
    "font.size": SMALL,
    "axes.titlesize": SMALL + 2,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.labelsize": SMALL,
    "axes.labelcolor": INK,
    "axes.edgecolor": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "text.color": INK,
    "text.parse_math": False,  # names come from the user: a $ is a $
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
    "lines.linewidth": 2.5,
    "figure.facecolor": BACKGROUND,
    "savefig.facecolor": BACKGROUND,
}


@contextmanager
def look() -> Iterator[None]:
    """Draw, measure and save within this: it sets the style and leaves nothing behind."""
    installed = set(font_manager.get_font_names())
    families: Any = {"font.family": ["DejaVu Sans", *(name for name in _WITH_MORE_GLYPHS if name in installed)]}
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from", category=UserWarning)
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_LOOK | families)
        yield


def figure() -> Figure:
    """An empty sheet of the common size."""
    sheet = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI)
    FigureCanvasAgg(sheet)
    return sheet


def save(sheet: Figure, path: Path) -> None:
    """Write a PNG: the same bytes for the same chart."""
    with look():
        sheet.savefig(path, format="png", metadata={"Software": None})


def heading(sheet: Figure, title: str, results: Results, say: Language) -> float:
    """The chart's sentence above and where it comes from below; how high the room under the sentence begins."""
    about = results.scenario.title.said(say.code) or results.scenario.name
    footer(sheet, about, _facts(results, say))
    return sentence(sheet, title, 0.965)


def sentence(sheet: Figure, title: str, top: float) -> float:
    """What the chart says, in at most three lines, smaller where it is long; how high the room under it begins."""
    for size in _SENTENCE_SIZES:
        lines = balanced(title, WIDTH * (1 - 2 * MARGIN), 3, size, "bold")
        if not lines[-1].endswith("…"):
            break
    sheet.text(MARGIN, top, "\n".join(lines), size=size, weight="bold", va="top", linespacing=1.2, gid=_SENTENCE)
    return top - 0.01 - _sentence_height(sheet)


def sentence_of(sheet: Figure) -> str:
    """What the chart says."""
    return " ".join(text.get_text().replace("\n", " ") for text in sheet.texts if text.get_gid() == _SENTENCE)


def heading_share(sheet: Figure) -> float:
    """The share of a sheet's height, from the top, that its sentence takes: above it, and it."""
    return 0.04 + _sentence_height(sheet)


def _sentence_height(sheet: Figure) -> float:
    found = next((text for text in sheet.texts if text.get_gid() == _SENTENCE), None)
    return (
        0.0
        if found is None
        else (found.get_text().count("\n") + 1) * 1.2 * float(found.get_fontsize()) / 72 * DPI / HEIGHT
    )


def footer(sheet: Figure, about: str, facts: Sequence[str]) -> None:
    """Where the chart comes from."""
    rest = " · ".join(["", *facts])
    [line] = wrapped(shortened(about, 200), WIDTH * (1 - 2 * MARGIN) - text_width(rest), 1)
    sheet.text(MARGIN, 0.022, line + rest, color=SOFT, va="bottom")


def note(sheet: Figure, text: str, y: float) -> float:
    """A quiet text of one or two lines whose top is at ``y``; how high the room under it begins."""
    lines = balanced(text, WIDTH * (1 - 2 * MARGIN), 2)
    sheet.text(MARGIN, y, "\n".join(lines), color=SOFT, va="top", linespacing=1.2)
    return y - (0.2 + 1.2 * len(lines)) * SMALL / 72 * DPI / HEIGHT


def halo(background: str = BACKGROUND) -> list[AbstractPathEffect]:
    """For text that lies over lines."""
    return [withStroke(linewidth=5, foreground=background)]


def nothing(axes: Axes, say: Language) -> None:
    """Say in an empty chart that it is empty."""
    axes.text(0.5, 0.5, say("nothing to show"), transform=axes.transAxes, ha="center", va="center", color=SOFT)


def number_axis(axis: Axis, say: Language, most: int, whole: bool = False) -> None:
    """At most so many round numbers on an axis, as the language writes them, the large ones in millions (M)."""

    def written(value: float, _: object) -> str:
        unit, scale = (f"{SPACE}M", 1e6) if abs(value) >= 1e5 else ("", 1.0)
        decimals = f"{value / scale:.6f}".rstrip("0").partition(".")[2]
        return say.number(value / scale, len(decimals)) + unit

    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10], integer=whole))
    axis.set_major_formatter(FuncFormatter(written))


def _facts(results: Results, say: Language) -> list[str]:
    return [
        say.counted("{n} replication", "{n} replications", results.replications),
        say("seed {seed}", seed=str(results.seed)),
        say.counted("{n} day", "{n} days", results.scenario.days),
    ]

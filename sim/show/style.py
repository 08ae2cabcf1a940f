"""One look for all charts: made for a projector, readable by the colour-blind, the same on every machine."""

import warnings
from collections.abc import Iterator
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

from sim.show.lettering import DPI, LARGE, SMALL, text_width, wrapped
from sim.show.words import SPACE, number, said, shortened
from sim.study.results import Results

WIDTH: Final = 16 * DPI
HEIGHT: Final = 9 * DPI
MARGIN: Final = 0.025
"""Left and right of everything, as a share of the width."""

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


def heading(sheet: Figure, title: str, results: Results, language: str) -> float:
    """The chart's sentence above and where it comes from below; how high the room under the sentence begins."""
    across = WIDTH * (1 - 2 * MARGIN)
    lines = wrapped(title, across, 2, LARGE, "bold")
    sheet.text(MARGIN, 0.965, "\n".join(lines), size=LARGE, weight="bold", va="top", linespacing=1.2)
    facts = " · ".join(["", *_facts(results, language)])
    about = shortened(results.scenario.title.said(language) or results.scenario.name, 200)
    [about] = wrapped(about, across - text_width(facts), 1)
    sheet.text(MARGIN, 0.022, about + facts, color=SOFT, va="bottom")
    return 0.955 - len(lines) * 1.2 * LARGE / 72 * DPI / HEIGHT


def note(sheet: Figure, text: str, y: float) -> float:
    """A quiet line whose top is at ``y``; how high the room under it begins."""
    [line] = wrapped(text, WIDTH * (1 - 2 * MARGIN), 1)
    sheet.text(MARGIN, y, line, color=SOFT, va="top")
    return y - 1.4 * SMALL / 72 * DPI / HEIGHT


def halo(background: str = BACKGROUND) -> list[AbstractPathEffect]:
    """For text that lies over lines."""
    return [withStroke(linewidth=5, foreground=background)]


def nothing(axes: Axes, language: str) -> None:
    """Say in an empty chart that it is empty."""
    axes.text(0.5, 0.5, said("nothing", language), transform=axes.transAxes, ha="center", va="center", color=SOFT)


def number_axis(axis: Axis, language: str, most: int, whole: bool = False) -> None:
    """At most so many round numbers on an axis, as the language writes them, the large ones in millions (M)."""

    def written(value: float, _: object) -> str:
        unit, scale = (f"{SPACE}M", 1e6) if abs(value) >= 1e5 else ("", 1.0)
        decimals = f"{value / scale:.6f}".rstrip("0").partition(".")[2]
        return number(value / scale, language, len(decimals)) + unit

    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10], integer=whole))
    axis.set_major_formatter(FuncFormatter(written))


def _facts(results: Results, language: str) -> list[str]:
    days = results.scenario.days
    return [
        said("replication" if results.replications == 1 else "replications", language, n=results.replications),
        said("seed", language, seed=results.seed),
        said("day" if days == 1 else "days", language, days=number(days, language)),
    ]

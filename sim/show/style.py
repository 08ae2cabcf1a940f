"""One look for all charts: made for a projector, readable by the colour-blind, the same on every machine."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import FuncFormatter

from sim.show.words import number, said
from sim.study.results import Results

WIDTH, HEIGHT, DPI = 16.0, 9.0, 120
SMALL, LARGE = 16.0, 25.0
MARGIN = 0.025

INK = "#222222"
SOFT = "#5f6368"
FAINT = "#d9dce0"
BACKGROUND = "#ffffff"

# Okabe and Ito's palette.
BLUE, SKY, ORANGE, YELLOW = "#0072b2", "#56b4e9", "#e69f00", "#f0e442"
GREEN, VERMILION, PURPLE = "#009e73", "#d55e00", "#cc79a7"

STATES: Final = LinearSegmentedColormap.from_list(
    "states", matplotlib.colormaps["magma_r"]([0.02, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9]), 256
)
"""From pale (0) to dark (1), even steps to the eye."""

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
_LOOK: Final = {
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
    "axes.grid.axis": "y",
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
    families = ["DejaVu Sans", *(family for family in _WITH_MORE_GLYPHS if family in installed)]
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from", category=UserWarning)
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_LOOK | {"font.family": families})
        yield


def figure() -> Figure:
    """An empty sheet of the common size."""
    sheet = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI)
    FigureCanvasAgg(sheet)
    return sheet


def save(sheet: Figure, path: Path) -> None:
    """Write a PNG, the same bytes for the same chart."""
    sheet.savefig(path, format="png", metadata={"Software": None})


def text_width(text: str, size: float = SMALL, weight: str = "normal") -> float:
    """How wide a line of text is, in pixels of the sheet."""
    renderer = _MEASURE.get_renderer()
    width, _, _ = renderer.get_text_width_height_descent(text, FontProperties(size=size, weight=weight), ismath=False)
    return float(width)


_MEASURE: Final = FigureCanvasAgg(Figure(dpi=DPI))


def wrapped(text: str, width: float, lines: int, size: float = SMALL, weight: str = "normal") -> list[str]:
    """A text in lines of at most a width in pixels, with an ellipsis where there are not enough of them."""
    rows = [""]
    words = text.split(" ")
    for position, word in enumerate(words):
        longer = f"{rows[-1]} {word}".strip()
        if text_width(longer, size, weight) <= width:
            rows[-1] = longer
        elif len(rows) < lines and rows[-1]:
            rows.append(word)
        else:
            rest = " ".join([rows[-1], *words[position:]]).strip()
            rows[-1] = rest
            break
    return [_cut(row, width, size, weight) for row in rows]


def heading(sheet: Figure, title: str, results: Results, language: str) -> None:
    """The chart's sentence above, and where it comes from below."""
    across = WIDTH * DPI * (1 - 2 * MARGIN)
    lines = wrapped(title, across, 2, LARGE, "bold")
    sheet.text(MARGIN, 0.965, "\n".join(lines), size=LARGE, weight="bold", va="top", linespacing=1.15)
    facts = " · ".join(["", *_facts(results, language)])
    scenario = results.scenario
    about = " ".join((scenario.title.said(language) or scenario.name).split())
    [about] = wrapped(about, across - text_width(facts), 1)
    sheet.text(MARGIN, 0.022, about + facts, size=SMALL, color=SOFT, va="bottom")


def note(sheet: Figure, text: str, y: float = 0.845) -> None:
    """A quiet line under the title."""
    [line] = wrapped(text, WIDTH * DPI * (1 - 2 * MARGIN), 1)
    sheet.text(MARGIN, y, line, size=SMALL, color=SOFT, va="bottom")


def nothing(axes: Axes, language: str) -> None:
    """Say in an empty chart that it is empty."""
    axes.text(0.5, 0.5, said("nothing", language), transform=axes.transAxes, ha="center", va="center", color=SOFT)


def ticks(language: str) -> FuncFormatter:
    """Numbers on an axis as the language writes them."""
    return FuncFormatter(lambda value, _: number(value, language, _digits(value)))


def _digits(value: float) -> int:
    return max(0, len(f"{value:.6g}".partition(".")[2])) if abs(value) >= 1e-4 else 0


def _facts(results: Results, language: str) -> list[str]:
    days = results.scenario.days
    return [
        said("replication" if results.replications == 1 else "replications", language, n=results.replications),
        said("seed", language, seed=results.seed),
        said("day" if days == 1 else "days", language, days=number(days, language)),
    ]


def _cut(text: str, width: float, size: float, weight: str) -> str:
    if text_width(text, size, weight) <= width:
        return text
    while text and text_width(f"{text}…", size, weight) > width:
        text = text[:-1].rstrip()
    return f"{text}…"

"""How much room text takes, and how it is made to fit."""

from typing import Any, Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

DPI: Final = 120
SMALL: Final = 16.0
LARGE: Final = 25.0
SMALLEST: Final = SMALL - 2.0
"""What can still be read when a chart is projected."""
LINE: Final = 1.2 * SMALL / 72 * DPI
"""The height of a line of small text, in pixels."""

_canvas: Final[Any] = FigureCanvasAgg(Figure(dpi=DPI))


def text_width(text: str, size: float = SMALL, weight: str = "normal") -> float:
    """How wide a line of text is, in pixels."""
    letters = FontProperties(size=size, weight=weight)
    width, _, _ = _canvas.get_renderer().get_text_width_height_descent(text, letters, ismath=False)
    return float(width)


def wrapped(text: str, width: float, lines: int, size: float = SMALL, weight: str = "normal") -> list[str]:
    """A text in lines of at most a width in pixels, with an ellipsis where there are not enough of them."""
    rows = [""]
    words = text.split(" ")
    for position, word in enumerate(words):
        longer = f"{rows[-1]} {word}".strip()
        if text_width(longer, size, weight) <= width:
            rows[-1] = longer
            continue
        if len(rows) < lines and rows[-1]:
            rows.append(word)
        elif len(rows) == lines:
            rows[-1] = " ".join([rows[-1], *words[position:]]).strip()
            break
        else:
            rows[-1] = word
        while len(rows) < lines and text_width(rows[-1], size, weight) > width:
            rows[-1:] = _broken(rows[-1], width, size, weight)
    return [_cut(row, width, size, weight) for row in rows]


def balanced(text: str, width: float, lines: int, size: float = SMALL, weight: str = "normal") -> list[str]:
    """The same, with lines of about the same length: no word stands alone in the last one."""
    rows = wrapped(text, width, lines, size, weight)
    while len(rows) > 1:
        narrower = wrapped(text, max(text_width(row, size, weight) for row in rows) - 1.0, lines, size, weight)
        if len(narrower) > len(rows) or narrower[-1].endswith("…") or narrower == rows:
            break
        rows = narrower
    return rows


def _broken(word: str, width: float, size: float, weight: str) -> tuple[str, str]:
    """A word that is too long for a line: what fits of it, with a hyphen, and the rest, at least two letters each."""
    fits = max(2, len(word) - 2)
    while fits > 2 and text_width(f"{word[:fits]}-", size, weight) > width:
        fits -= 1
    return f"{word[:fits]}-", word[fits:]


def _cut(text: str, width: float, size: float, weight: str) -> str:
    if text_width(text, size, weight) <= width:
        return text
    while text and text_width(f"{text}…", size, weight) > width:
        text = text[:-1].rstrip()
    return f"{text}…"

"""The key under the network: what colours, circles and arrows stand for."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from sim.show import style
from sim.show.arrows import arrow
from sim.show.lettering import text_width
from sim.show.words import number, percent, said

_BOTTOM = 66.0
_MIDDLE = 128.0
_STATES_WIDTH = 420.0


def draw_states(axes: Axes, left: float, language: str) -> None:
    """The colours from idle to always busy."""
    shades = np.linspace(0, 1, 256)[None, :]
    axes.imshow(shades, cmap=style.STATES, extent=(left, left + _STATES_WIDTH, _MIDDLE - 2, _MIDDLE + 30), zorder=1)
    for share in (0.0, 0.5, 1.0):
        x = left + share * _STATES_WIDTH
        side = {0.0: "left", 0.5: "center", 1.0: "right"}[share]
        axes.text(x, _MIDDLE - 6, percent(share, language), ha=side, va="top")
    _caption(axes, left, "busy", language)


def draw_sizes(axes: Axes, left: float, largest: int, radius: Callable[[float], float], language: str) -> None:
    """Circles for round numbers of people."""
    x = left
    for people in _round_numbers(largest, _HIGHEST_CIRCLE, radius):
        size = radius(people)
        axes.add_patch(Circle((x + size, _MIDDLE), size, facecolor=style.FAINT, edgecolor=style.SOFT))
        text = number(people, language)
        axes.text(x + 2 * size + 8, _MIDDLE, text, va="center")
        x += 2 * size + 8 + text_width(text) + 28
    _caption(axes, left, "staff", language)

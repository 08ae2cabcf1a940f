"""The key under the network: what colours, circles and arrows stand for."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.patches import Circle

from sim.show import style
from sim.show.arrows import LINK_COLOUR, arrow
from sim.show.language import Language
from sim.show.lettering import text_width

HEIGHT: Final = 196.0
"""Where the picture above may begin, in pixels."""
LARGEST_CIRCLE: Final = 44.0

_CAPTION, _MIDDLE = 68.0, 144.0
_STATES_WIDTH = 420.0
_ARROW_LENGTH = 90.0
_GAP = 30.0


def draw_states(axes: Axes, left: float, say: Language) -> None:
    """The colours, from never to always at work."""
    draw_shades(
        axes, left, style.STATES, [say.percent(share) for share in (0.0, 0.5, 1.0)], say("colour: time at work")
    )


def draw_shades(axes: Axes, left: float, shades: Colormap, ends: Sequence[str], caption: str) -> None:
    """A strip of colours with values under it at equal distances, the first and the last at its ends."""
    extent = (left, left + _STATES_WIDTH, _MIDDLE - 6, _MIDDLE + 22)
    axes.imshow(np.linspace(0, 1, 256)[None, :], cmap=shades, extent=extent, aspect="auto")
    for place, text in enumerate(ends):
        side = "left" if place == 0 else "right" if place == len(ends) - 1 else "center"
        axes.text(left + place / (len(ends) - 1) * _STATES_WIDTH, _MIDDLE - 9, text, ha=side, va="top")
    _caption(axes, left, caption)


def draw_white(axes: Axes, left: float, radius: float, caption: str) -> None:
    """What a white circle stands for."""
    look: Any = {"facecolor": style.BACKGROUND, "edgecolor": style.INK, "linestyle": "--", "linewidth": 1.2}
    axes.add_patch(Circle((left + radius, _MIDDLE), radius, **look))
    _caption(axes, left, caption)


def draw_sizes(axes: Axes, left: float, largest: int, radius: Callable[[float], float], say: Language) -> None:
    """Circles for round numbers of people."""
    x = left
    for people in round_numbers(largest, lambda value: radius(0) < radius(value) <= LARGEST_CIRCLE):
        size = radius(people)
        axes.add_patch(Circle((x + size, _MIDDLE), size, facecolor=style.FAINT, edgecolor=style.SOFT))
        x = _amount(axes, x + 2 * size, say.number(people))
    _caption(axes, left, say("circle area: people"))


def draw_widths(axes: Axes, left: float, largest: float, width: Callable[[float], float], say: Language) -> None:
    """Arrows for round numbers of requests, if there are any."""
    x = left
    amounts = round_numbers(int(largest), lambda value: width(0) < width(value))
    for flow in amounts:
        line = np.column_stack([np.linspace(x, x + _ARROW_LENGTH, 20), np.full(20, _MIDDLE)])
        shape = arrow(line, width(flow), facecolor=LINK_COLOUR)
        if shape is not None:
            axes.add_patch(shape)
        x = _amount(axes, x + _ARROW_LENGTH, say.number(flow))
    if amounts:
        _caption(axes, left, say("arrow width: requests a year"))


def round_numbers(largest: int, fits: Callable[[int], bool] = lambda _: True) -> list[int]:
    """At most three numbers of 1, 2, 5, 10, 20 ... up to the largest, each at least four times the next."""
    powers = [10**power for power in range(len(str(max(largest, 1))))]
    chosen: list[int] = []
    for value in sorted((digit * power for power in powers for digit in (1, 2, 5)), reverse=True):
        if value <= max(largest, 1) and fits(value) and (not chosen or value * 4 <= chosen[-1]) and len(chosen) < 3:
            chosen.append(value)
    return chosen


def _amount(axes: Axes, x: float, text: str) -> float:
    axes.text(x + 8, _MIDDLE, text, va="center")
    return x + 8 + text_width(text) + _GAP


def _caption(axes: Axes, left: float, text: str) -> None:
    axes.text(left, _CAPTION, text, color=style.SOFT, va="bottom")

"""The map of layers and delegation: customers' satisfaction in colours and numbers (A7)."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm
from matplotlib.figure import Figure

from sim.show import style
from sim.show.claims.sheet import LINE_HEIGHT, About, begun
from sim.show.language import Language
from sim.show.lettering import wrapped
from sim.study.claims.layers import DELEGATION, LAYERS, LayerMap

_COLOURS, _BEST = "YlGnBu", "★"
_BEND = 3.0
"""Choice: the colours spend more on the many good cells than on the few bad ones."""


def layers_title(found: LayerMap, say: Language) -> str:
    """What cutting to one layer costs where nothing is delegated, and where everything is."""
    best, cells = found.best, found.satisfaction
    without, full = (float(cells[best[column], column] - cells[0, column]) for column in (0, -1))
    if best[0] == 0:
        return say("Even without delegation, one layer of managers serves customers best")
    if best[-1] == 0:
        return say(
            "Cutting {n} layers to 1 costs {lost} points of satisfaction without delegation; with full delegation "
            "1 layer is best",
            n=LAYERS[best[0]],
            lost=say.brief(without),
        )
    return say(
        "Cutting {n} layers to 1 costs {lost} points of satisfaction without delegation, {less} with full delegation",
        n=LAYERS[best[0]],
        lost=say.brief(without),
        less=say.brief(full),
    )


def draw_layers(about: About, found: LayerMap, say: Language) -> Figure:
    """The chart: columns of delegation, rows of layers, few at the bottom."""
    with style.look():
        note = say("Numbers and colours: customers’ satisfaction, in points of 100")
        sheet, below = begun(about, layers_title(found, say), [note], say)
        low, high = float(np.nanmin(found.satisfaction)), float(np.nanmax(found.satisfaction))
        norm = PowerNorm(_BEND, low, high)
        top = below - 0.6 * LINE_HEIGHT
        axes = sheet.add_axes((0.135, 0.16, 0.53, top - 0.16))
        axes.pcolormesh(found.satisfaction, cmap=_COLOURS, norm=norm, edgecolors="white", linewidth=3)
        for row, layers in enumerate(found.satisfaction):
            for column, value in enumerate(layers):
                best = found.best[column] == row
                dark = norm(value) > 0.5
                axes.text(
                    column + 0.5,
                    row + 0.5,
                    f"{_BEST} {say.number(value, 1)}" if best else say.number(value, 1),
                    ha="center",
                    va="center",
                    size=20,
                    weight="bold" if best else "normal",
                    color=style.BACKGROUND if dark else style.INK,
                )
        _outline(axes, found)
        axes.set_xticks([place + 0.5 for place in range(len(DELEGATION))], [say.percent(share) for share in DELEGATION])
        axes.set_yticks([place + 0.5 for place in range(len(LAYERS))], [say.number(layers) for layers in LAYERS])
        axes.tick_params(length=0, pad=12)
        axes.set_xlabel(say("delegation: share of decisions that people take themselves"))
        axes.set_ylabel(say("layers of management"))
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        best = "\n".join(wrapped(f"{_BEST} {say('the best number of layers in each column')}", 480, 3, 19, "bold"))
        sheet.text(0.7, top, best, size=19, weight="bold", va="top", linespacing=1.3)
        if found.too_flat.any():
            text = say("outlined: flattened too far; more layers would serve customers better")
            lines = "\n".join(wrapped(text, 480, 4, 19, "bold"))
            sheet.text(0.7, top - 6 * LINE_HEIGHT, lines, size=19, weight="bold", va="top", color=style.VERMILION)
        return sheet


def _outline(axes: Axes, found: LayerMap) -> None:
    """A line round all cells in which flattening has backfired."""
    inside = np.pad(found.too_flat, 1)
    for row in range(inside.shape[0] - 1):
        for column in range(inside.shape[1] - 1):
            x, y = column, row
            if inside[row, column + 1] != inside[row + 1, column + 1]:
                axes.plot([x, x + 1], [y, y], color=style.VERMILION, linewidth=6, clip_on=False, zorder=4)
            if inside[row + 1, column] != inside[row + 1, column + 1]:
                axes.plot([x, x], [y, y + 1], color=style.VERMILION, linewidth=6, clip_on=False, zorder=4)

"""Arrows with a width that means something, bent round what stands in their way."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from matplotlib.patches import Polygon
from numpy.typing import NDArray

from sim.model.record import Floats
from sim.show.layout import Box

LINK_COLOUR = "#8da0b8"

_BENDS = tuple(side * bend for bend in (0.05, 0.1, 0.15, 0.2, 0.26, 0.33, 0.42, 0.5) for side in (1, -1))
_COSTS = (3.0, 1.0)
"""Of running over a circle, and of running behind a name, for each point of the curve."""
_STEPS = np.linspace(0, 1, 81)
_AMID = slice(16, -16, 2)
_GAP = 3.0
_BESIDE = 14.0


class Node(NamedTuple):
    """What an arrow joins: a circle, and its name beside it."""

    circle: Box
    name: Box | None = None

    def covers(self, curve: Floats) -> NDArray[np.bool_]:
        """Which points of a curve lie on the circle or the name."""
        covered = np.hypot(*(curve - self.circle.middle).T) < self.circle.width / 2 + _GAP
        if self.name is not None:
            left, bottom, right, top = self.name
            x, y = curve.T
            covered |= (x > left) & (x < right) & (y > bottom - _GAP) & (y < top + _GAP)
        return np.asarray(covered)


class Routes:
    """Finds a curve for one arrow after the other: round nodes, inside the room, and not along earlier curves."""

    def __init__(self, room: Box, nodes: Iterable[Node]) -> None:
        self.room = room
        boxes = [(box, cost) for node in nodes for box, cost in zip(node, _COSTS, strict=True) if box is not None]
        self.boxes = np.array([box for box, _ in boxes], dtype=float).reshape(-1, 4)
        self.costs = np.array([cost for _, cost in boxes])
        self.used = np.empty((0, 2))

    def between(self, start: Node, end: Node) -> Floats:
        """The curve between two nodes, from the rim of the one to the rim, or the name, of the other."""
        curves = [_curve(start.circle.middle, end.circle.middle, bend) for bend in _BENDS]
        best = min(zip(curves, _BENDS, strict=True), key=lambda pair: self._cost(*pair))[0]
        self.used = np.vstack([self.used, best[_AMID]])
        return _trimmed(best, start._replace(name=None), end)

    def _cost(self, curve: Floats, bend: float) -> float:
        x, y = curve[:, 0, None], curve[:, 1, None]
        left, bottom, right, top = self.boxes.T
        inside = (x > left) & (x < right) & (y > bottom) & (y < top)
        room = self.room
        outside = (x < room.left) | (x > room.right) | (y < room.bottom) | (y > room.top)
        along = np.hypot(x[_AMID] - self.used[:, 0], y[_AMID] - self.used[:, 1]) < _BESIDE
        return float((inside @ self.costs).sum() + 4 * outside.sum() + along.any(axis=1).sum() + 60 * abs(bend))


def arrow(curve: Floats, width: float, **properties: Any) -> Polygon | None:
    """An arrow along a curve, ``width`` pixels wide; ``None`` where there is no room for it."""
    if len(curve) < 4:
        return None
    steps = np.hypot(*np.diff(curve, axis=0).T)
    along = np.concatenate([[0.0], steps.cumsum()])
    head = min(9 + 1.3 * width, 0.6 * along[-1])
    shaft_at = np.linspace(0, along[-1] - head, 40)
    shaft = np.column_stack([np.interp(shaft_at, along, curve[:, axis]) for axis in (0, 1)])
    tangents = np.gradient(shaft, axis=0)
    normals = np.column_stack([-tangents[:, 1], tangents[:, 0]]) / np.hypot(*tangents.T)[:, None]
    half, wing = width / 2, width / 2 + min(4 + 0.35 * width, head / 2)
    left, right = shaft + half * normals, shaft - half * normals
    barbs = shaft[-1] + wing * normals[-1], shaft[-1] - wing * normals[-1]
    outline = np.vstack([left, barbs[0], curve[-1], barbs[1], right[::-1]])
    return Polygon(outline, closed=True, linewidth=0, **properties)


def _curve(start: tuple[float, float], end: tuple[float, float], bend: float) -> Floats:
    """A quadratic Bézier curve between two places; ``bend`` is how far it goes astray, as a share of its length."""
    a, b = np.asarray(start), np.asarray(end)
    across = np.array([a[1] - b[1], b[0] - a[0]])
    control = (a + b) / 2 + 2 * bend * across
    t = _STEPS[:, None]
    return np.asarray((1 - t) ** 2 * a + 2 * t * (1 - t) * control + t**2 * b, dtype=np.float64)


def _trimmed(curve: Floats, start: Node, end: Node) -> Floats:
    """What is left between the last point that the start covers and the first that the end covers."""
    half = len(curve) // 2
    first = np.flatnonzero(start.covers(curve[:half]))
    last = np.flatnonzero(end.covers(curve[half:]))
    return curve[first.max(initial=-1) + 1 : half + last.min(initial=half + 1)]

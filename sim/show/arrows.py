"""Arrows with a width that means something, bent round what stands in their way."""

from collections.abc import Sequence

import numpy as np
from matplotlib.patches import Polygon
from numpy.typing import NDArray

from sim.show.layout import Box

Floats = NDArray[np.float64]
_BENDS = (0.06, -0.06, 0.14, -0.14, 0.22, -0.22, 0.32, -0.32, 0.44, -0.44)
_STEPS = np.linspace(0, 1, 80)
_GAP = 3.0


def path(start: tuple[float, float], end: tuple[float, float], obstacles: Floats) -> Floats:
    """The curve between two places that meets the fewest obstacles (rows of left, bottom, right, top)."""
    return min((_curve(start, end, bend) for bend in _BENDS), key=lambda curve: _hits(curve, obstacles))


def as_obstacles(boxes: Sequence[Box]) -> Floats:
    """Boxes as rows of numbers."""
    return np.array(boxes, dtype=float).reshape(-1, 4)


def trimmed(curve: Floats, start_radius: float, end_radius: float) -> Floats:
    """The part of a curve between the rims of the circles that it joins."""
    outside = np.hypot(*(curve - curve[0]).T) >= start_radius + _GAP
    outside &= np.hypot(*(curve - curve[-1]).T) >= end_radius + _GAP
    return curve[outside]


def arrow(curve: Floats, width: float, **properties: object) -> Polygon | None:
    """An arrow along a curve, ``width`` pixels wide; ``None`` where there is no room for it."""
    if len(curve) < 4:
        return None
    steps = np.hypot(*np.diff(curve, axis=0).T)
    along = np.concatenate([[0.0], steps.cumsum()])
    head = min(9 + 1.3 * width, 0.6 * along[-1])
    neck = along[-1] - head
    shaft_at = np.linspace(0, neck, 40)
    shaft = np.column_stack([np.interp(shaft_at, along, curve[:, axis]) for axis in (0, 1)])
    tangents = np.gradient(shaft, axis=0)
    normals = np.column_stack([-tangents[:, 1], tangents[:, 0]]) / np.hypot(*tangents.T)[:, None]
    half, wing = width / 2, width / 2 + min(4 + 0.35 * width, head / 2)
    left, right = shaft + half * normals, shaft - half * normals
    barbs = shaft[-1] + wing * normals[-1], shaft[-1] - wing * normals[-1]
    outline = np.vstack([left, barbs[0], curve[-1], barbs[1], right[::-1]])
    return Polygon(outline, closed=True, linewidth=0, **properties)  # type: ignore[arg-type]


def _curve(start: tuple[float, float], end: tuple[float, float], bend: float) -> Floats:
    """A quadratic Bézier curve; ``bend`` is how far its control point is off the straight line."""
    a, b = np.asarray(start), np.asarray(end)
    across = np.array([a[1] - b[1], b[0] - a[0]])
    control = (a + b) / 2 + 2 * bend * across
    t = _STEPS[:, None]
    return np.asarray((1 - t) ** 2 * a + 2 * t * (1 - t) * control + t**2 * b)


def _hits(curve: Floats, obstacles: Floats) -> float:
    x, y = curve[:, 0, None], curve[:, 1, None]
    left, bottom, right, top = obstacles.T
    return float(((x > left) & (x < right) & (y > bottom) & (y < top)).sum())

"""Names beside circles: the important ones first, each where there is room, none over another or over a circle."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sim.show.layout import Box
from sim.show.lettering import LINE, text_width, wrapped

_GAP = 4.0
_WIDE = 215.0


class Label(NamedTuple):
    """A name in one or two lines, and the room it takes."""

    lines: tuple[str, ...]
    box: Box


def placed(names: Mapping[str, str], circles: Mapping[str, Box], cell_width: float, room: Box) -> dict[str, Label]:
    """Labels for those of ``names`` (most important first) that find a place."""
    labels: dict[str, Label] = {}
    for node, name in names.items():
        taken = [circle for other, circle in circles.items() if other != node]
        taken += [label.box for label in labels.values()]
        for label in _candidates(name, circles[node], cell_width):
            box = label.box
            inside = room.left <= box.left and box.right <= room.right and room.bottom <= box.bottom <= box.top
            if inside and box.top <= room.top and not any(box.meets(other) for other in taken):
                labels[node] = label
                break
    return labels


def _candidates(name: str, circle: Box, cell_width: float) -> Iterator[Label]:
    for width in (max(cell_width - 2 * _GAP, _WIDE), max(cell_width - 2 * _GAP, 0.6 * _WIDE)):
        lines = tuple(wrapped(name, width, 2))
        wide, high = max(map(text_width, lines)), LINE * len(lines)
        middle_x, middle_y = (circle.left + circle.right) / 2, (circle.bottom + circle.top) / 2
        for left, bottom in (
            (middle_x - wide / 2, circle.bottom - _GAP - high),
            (middle_x - wide / 2, circle.top + _GAP),
            (circle.right + _GAP, middle_y - high / 2),
            (circle.left - _GAP - wide, middle_y - high / 2),
        ):
            yield Label(lines, Box(left, bottom, left + wide, bottom + high))

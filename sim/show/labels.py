"""Names beside circles: the important ones first, each where there is room, none over another or over a circle."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sim.show.layout import Box
from sim.show.lettering import DPI, LINE, text_width, wrapped

_GAP = 3.0
_NARROW, _WIDE, _WIDEST = 120.0, 215.0, 290.0
_NARROWEST = 70.0


class Text(NamedTuple):
    """What is written: a name, which may be shortened, and perhaps a line below it."""

    name: str
    detail: str = ""


class Label(NamedTuple):
    """The lines of a text, and the room they take."""

    lines: tuple[str, ...]
    detail: str
    box: Box


def placed(names: Mapping[str, Text], circles: Mapping[str, Box], cell_width: float, room: Box) -> dict[str, Label]:
    """Labels for those of ``names`` (most important first) that find a place, each beside its circle."""
    labels: dict[str, Label] = {}
    for node, text in names.items():
        taken = [circle for other, circle in circles.items() if other != node]
        taken += [label.box for label in labels.values()]
        for label in _candidates(text, circles[node], cell_width):
            box = label.box
            inside = room.left <= box.left and box.right <= room.right and room.bottom <= box.bottom <= box.top
            if inside and box.top <= room.top and not any(box.meets(other) for other in taken):
                labels[node] = label
                break
    return labels


def below(text: Text, circle: Box, width: float, bottom: float, size: float) -> Label | None:
    """A label under its circle, of at most a width and down to ``bottom``; ``None`` where there is no room for any."""
    line = 1.2 * size / 72 * DPI
    width, lines = width - 2 * _GAP, int((circle.bottom - _GAP - bottom) // line)
    if lines < 1 or width < _NARROWEST:
        return None
    room = width - (text_width(f" {text.detail}", size) if lines == 1 and text.detail else 0.0)
    rows = wrapped(text.name, room, min(lines, 2), size)
    if text.detail and text_width(f"{rows[-1]} {text.detail}", size) <= width:
        rows[-1] = f"{rows[-1]} {text.detail}"
    elif text.detail and len(rows) < lines:
        rows.append(text.detail)
    elif text.detail:
        rows = [*wrapped(text.name, width, max(1, len(rows) - 1), size), text.detail]
    wide, high = max(text_width(row, size) for row in rows), line * len(rows)
    middle, top = circle.middle[0], circle.bottom - _GAP
    return Label(tuple(rows), "", Box(middle - wide / 2, top - high, middle + wide / 2, top))


def _candidates(text: Text, circle: Box, cell_width: float) -> Iterator[Label]:
    own = cell_width - 2 * _GAP
    shapes = ((_WIDE, 2), (own, 2), (_WIDE, 1), (own, 1)) if own > _NARROW else ((_WIDEST, 1), (_WIDE, 2))
    for width, most_lines in shapes:
        lines = tuple(wrapped(text.name, width, most_lines))
        wide = max(map(text_width, [*lines, text.detail]))
        high = LINE * (len(lines) + bool(text.detail))
        middle_x, middle_y = circle.middle
        for left, bottom in (
            (middle_x - wide / 2, circle.bottom - _GAP - high),
            (middle_x - wide / 2, circle.top + _GAP),
            (circle.left, circle.bottom - _GAP - high),
            (circle.right - wide, circle.bottom - _GAP - high),
            (circle.left, circle.top + _GAP),
            (circle.right - wide, circle.top + _GAP),
            (circle.right + _GAP, middle_y - high / 2),
            (circle.left - _GAP - wide, middle_y - high / 2),
        ):
            yield Label(lines, text.detail, Box(left, bottom, left + wide, bottom + high))

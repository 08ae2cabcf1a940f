"""The report as slides: what speaks for what, then a chart a slide under the sentence it says, notes for the speaker.

Texts and tables can be edited. Needs ``python-pptx``, of the extra ``slides``.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from sim.show.amounts import capital
from sim.show.compare.document import Amount, Cell, Document, Mark, Picture, Table
from sim.show.language import Language, speaking
from sim.show.lettering import DPI, text_width, wrapped

_WIDE, _HIGH = 13.333, 7.5
_EDGE: Final = 0.55
_TITLE_TOP, _TITLE_HIGH, _CONTENT_TOP = 0.3, 1.15, 1.6
_TITLE_SIZES: Final = (26, 24, 22, 20, 18, 16, 14)
_POINT_SIZES: Final = (24, 17)
"""Of the first point, and of all others."""
_POINTS_HIGH: Final = 5.4
_CELL, _CELL_MARGINS, _ROW_MARGINS = 12, 0.24, 0.13
_TABLE_HIGH: Final = 5.4
_INCH: Final = float(DPI)
"""Pixels of a measured text in an inch of a slide."""
_LINE: Final = 1.2 / 72
"""Inches of a line for each point of its size."""


def slides_can_be_made() -> bool:
    """Whether the library for slides is there."""
    from importlib.util import find_spec  # noqa: PLC0415

    return find_spec("pptx") is not None


def write_slides(document: Document, path: Path) -> None:
    """Write the PPTX."""
    from pptx import Presentation  # noqa: PLC0415 - an extra
    from pptx.util import Inches  # noqa: PLC0415

    say = speaking(document.language)
    show = Presentation()
    show.slide_width, show.slide_height = Inches(_WIDE), Inches(_HIGH)
    _opening(show, document)
    _points(show, say("What speaks for what"), [document.recommendation, *document.summary, *document.cautions])
    _table(show, document.overview)
    outcomes = next((table for table in document.tables if any(len(row) == 1 for row in table.rows)), None)
    for picture in document.pictures:
        _chart(show, picture, say)
        if picture.name == "forest" and outcomes is not None:
            _table(show, outcomes)
    show.save(str(path))


def size_that_fits(text: str, wide: float, high: float, sizes: Sequence[int], weight: str = "bold") -> int:
    """The first of falling sizes in which a text fits into so many inches; the last if it fits in none."""
    fitting = (size for size in sizes if text_height(text, wide, size, weight) <= high)
    return next(fitting, sizes[-1])


def text_height(text: str, wide: float, size: float, weight: str = "normal") -> float:
    """How many inches a text takes that is wrapped to a width in inches."""
    return len(wrapped(text, wide * _INCH, 1000, size, weight)) * size * _LINE


def _blank(show: Any, title: str) -> Any:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN  # noqa: PLC0415
    from pptx.util import Inches, Pt  # noqa: PLC0415

    slide = show.slides.add_slide(show.slide_layouts[5])
    box, wide = slide.shapes.title, _WIDE - 2 * _EDGE
    box.left, box.top, box.width, box.height = (Inches(part) for part in (_EDGE, _TITLE_TOP, wide, _TITLE_HIGH))
    frame = box.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.text = title
    size = size_that_fits(title, wide - 0.25, _TITLE_HIGH - 0.1, _TITLE_SIZES)
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(size), True
    return slide


def _opening(show: Any, document: Document) -> None:
    from pptx.util import Inches, Pt  # noqa: PLC0415

    slide = show.slides.add_slide(show.slide_layouts[0])
    for box, text, top, high, sizes in (
        (slide.shapes.title, document.title, 1.6, 2.4, (40, 36, 32, 28, 24)),
        (slide.placeholders[1], document.origin, 4.2, 1.5, (24, 22, 20, 18)),
    ):
        wide = _WIDE - 2.4
        box.left, box.top, box.width, box.height = (Inches(part) for part in (1.2, top, wide, high))
        box.text_frame.word_wrap = True
        box.text_frame.text = text
        size = size_that_fits(text, wide - 0.25, high - 0.1, sizes)
        for paragraph in box.text_frame.paragraphs:
            paragraph.font.size = Pt(size)


def _points(show: Any, title: str, lines: list[str]) -> None:
    """Points on as many slides as they take; the first is written larger."""
    from pptx.util import Inches, Pt  # noqa: PLC0415

    first, other = _POINT_SIZES
    wide = _WIDE - 2 * _EDGE
    sizes = [first, *[other] * (len(lines) - 1)]
    heights = [text_height(line, wide - 0.25, size) + 12 / 72 for line, size in zip(lines, sizes, strict=True)]
    for begin, end in pages(heights, _POINTS_HIGH):
        slide = _blank(show, title)
        high = min(_POINTS_HIGH, sum(heights[begin:end]) + 0.1)
        box = slide.shapes.add_textbox(Inches(_EDGE), Inches(_CONTENT_TOP), Inches(wide), Inches(high))
        frame = box.text_frame
        frame.word_wrap = True
        for place in range(begin, end):
            paragraph = frame.paragraphs[0] if place == begin else frame.add_paragraph()
            paragraph.text = lines[place]
            paragraph.font.size, paragraph.font.bold = Pt(sizes[place]), place == 0
            paragraph.space_before = Pt(0 if place == begin else 12)


def pages(heights: Sequence[float], room: float) -> list[tuple[int, int]]:
    """Where each page begins and ends, if as many of these as fit come on each, in their order; at least one."""
    found, begin, used = [], 0, 0.0
    for place, height in enumerate(heights):
        if place > begin and used + height > room:
            found.append((begin, place))
            begin, used = place, 0.0
        used += height
    return [*found, (begin, len(heights))]


def _chart(show: Any, picture: Picture, say: Language) -> None:
    """The chart without its own sentence, which is the slide's title."""
    from pptx.util import Inches  # noqa: PLC0415

    slide = _blank(show, picture.title)
    width = _WIDE - 2 * _EDGE
    left_over = 1.0 - picture.heading
    high = min(_HIGH - _CONTENT_TOP - 0.15, width * 9 / 16 * left_over)
    wide = high / left_over * 16 / 9
    drawn = slide.shapes.add_picture(
        io.BytesIO(picture.png), Inches((_WIDE - wide) / 2), Inches(_CONTENT_TOP), width=Inches(wide)
    )
    drawn.crop_top = picture.heading
    drawn.height = Inches(high)
    drawn._element.nvPicPr.cNvPr.set("descr", picture.title)
    notes = say(
        "What is to be seen: {title}. Ask the room what it expects before this slide is shown.", title=picture.title
    )
    slide.notes_slide.notes_text_frame.text = notes


def _table(show: Any, table: Table) -> None:
    """A table on as many slides as it takes; rows under one heading stay together where a slide has room for them."""
    widths = column_widths(table, _WIDE - 2 * _EDGE)
    heights = [row_height(row, widths) for row in table.rows]
    room = _TABLE_HIGH - row_height(list(table.head), widths, bold=True)
    begins = [place for place, row in enumerate(table.rows) if place == 0 or len(row) == 1]
    groups = list(zip(begins, [*begins[1:], len(table.rows)], strict=True))
    blocks: list[tuple[int, int]] = []
    for begin, end in groups:
        blocks += [(begin + one, begin + two) for one, two in pages(heights[begin:end], room)]
    for one, two in pages([sum(heights[begin:end]) for begin, end in blocks], room):
        begin, end = blocks[one][0], blocks[two - 1][1]
        _rows(show, table, table.rows[begin:end], widths)


def column_widths(table: Table, whole: float) -> list[float]:
    """Inches for each column: what its longest text takes, the widest ones less where that is too much together."""
    rows = [row for row in table.rows if len(row) == len(table.head)]
    wanted = []
    for column, head in enumerate(table.head):
        texts = [text_width(_text(row[column]), _CELL) for row in rows]
        wanted.append(max([text_width(head, _CELL, "bold"), *texts]) / _INCH + _CELL_MARGINS)
    most = max(wanted)
    while sum(min(width, most) for width in wanted) > whole and most > whole / len(wanted):
        most -= 0.05
    widths = [min(width, most) for width in wanted]
    spare = max(0.0, whole - sum(widths))
    return [width + spare / len(widths) for width in widths]


def row_height(row: list[Cell], widths: list[float], *, bold: bool = False) -> float:
    """Inches that a row takes; one of a single cell goes across."""
    across = [sum(widths)] if len(row) == 1 else widths
    weight = "bold" if bold or len(row) == 1 else "normal"
    cells = zip(row, across, strict=True)
    return max(text_height(_text(cell), wide - _CELL_MARGINS, _CELL, weight) for cell, wide in cells) + _ROW_MARGINS


def _rows(show: Any, table: Table, rows: list[list[Cell]], widths: list[float]) -> None:
    from pptx.enum.text import PP_ALIGN  # noqa: PLC0415
    from pptx.util import Inches, Pt  # noqa: PLC0415

    head: list[Cell] = list(table.head)
    lines = [head, *rows]
    heights = [row_height(row, widths, bold=place == 0) for place, row in enumerate(lines)]
    slide = _blank(show, capital(table.name))
    shape = slide.shapes.add_table(
        len(lines),
        len(head),
        Inches(_EDGE),
        Inches(_CONTENT_TOP),
        Inches(sum(widths)),
        Inches(sum(heights)),
    )
    grid = shape.table
    for column, wide in enumerate(widths):
        grid.columns[column].width = Inches(wide)
    for place, row in enumerate(lines):
        grid.rows[place].height = Inches(heights[place])
        for column, cell in enumerate(row):
            field = grid.cell(place, column)
            field.text = _text(cell)
            for paragraph in field.text_frame.paragraphs:
                paragraph.font.size, paragraph.font.bold = Pt(_CELL), place == 0 or len(row) == 1
                if column in table.numbers:
                    paragraph.alignment = PP_ALIGN.RIGHT
        if len(row) == 1:
            grid.cell(place, 0).merge(grid.cell(place, len(head) - 1))


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell, Amount | Mark) else cell

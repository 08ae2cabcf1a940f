"""The report as slides: a title, the recommendation, one chart a slide under what it says, notes for whoever speaks.

Texts and tables can be edited. Needs ``python-pptx``, of the extra ``slides``.
"""

import io
from pathlib import Path
from typing import Any, Final

from sim.show.compare.document import Amount, Cell, Document, Mark, Picture, Table
from sim.show.language import Language, speaking

_WIDE, _HIGH = 13.333, 7.5
_EDGE: Final = 0.55
_MOST_ROWS: Final = 9
_LONG_TITLE: Final = 100
"""Letters from which on a title is written smaller."""


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
    outcomes = next((table for table in document.tables if any(len(row) == 1 for row in table.rows)), None)
    for picture in document.pictures:
        _chart(show, picture, say)
        if picture.name == "forest" and outcomes is not None:
            _table(show, outcomes)
    show.save(str(path))


def _blank(show: Any, title: str) -> Any:
    from pptx.util import Inches, Pt  # noqa: PLC0415

    slide = show.slides.add_slide(show.slide_layouts[5])
    box = slide.shapes.title
    box.left, box.top, box.width, box.height = (Inches(part) for part in (_EDGE, 0.3, _WIDE - 2 * _EDGE, 1.15))
    box.text_frame.word_wrap = True
    box.text_frame.text = title
    from pptx.enum.text import PP_ALIGN  # noqa: PLC0415

    for paragraph in box.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(21 if len(title) > _LONG_TITLE else 26), True
    return slide


def _opening(show: Any, document: Document) -> None:
    from pptx.util import Inches  # noqa: PLC0415

    slide = show.slides.add_slide(show.slide_layouts[0])
    for box, text, top, high in (
        (slide.shapes.title, document.title, 2.0, 2.0),
        (slide.placeholders[1], document.origin, 4.2, 1.5),
    ):
        box.left, box.top, box.width, box.height = (Inches(part) for part in (1.2, top, _WIDE - 2.4, high))
        box.text_frame.text = text


def _points(show: Any, title: str, lines: list[str]) -> None:
    from pptx.util import Inches, Pt  # noqa: PLC0415

    slide = _blank(show, title)
    box = slide.shapes.add_textbox(Inches(_EDGE), Inches(1.6), Inches(_WIDE - 2 * _EDGE), Inches(5.4))
    frame = box.text_frame
    frame.word_wrap = True
    frame.text = lines[0]
    frame.paragraphs[0].font.size, frame.paragraphs[0].font.bold = Pt(24), True
    for line in lines[1:]:
        paragraph = frame.add_paragraph()
        paragraph.text = line
        paragraph.font.size, paragraph.space_before = Pt(17), Pt(12)


def _chart(show: Any, picture: Picture, say: Language) -> None:
    """The chart without its own sentence, which is the slide's title."""
    from pptx.util import Inches  # noqa: PLC0415

    slide = _blank(show, picture.title)
    width = _WIDE - 2 * _EDGE
    left_over = 1.0 - picture.heading
    high = min(5.75, width * 9 / 16 * left_over)
    wide = high / left_over * 16 / 9
    drawn = slide.shapes.add_picture(
        io.BytesIO(picture.png), Inches((_WIDE - wide) / 2), Inches(1.55), width=Inches(wide)
    )
    drawn.crop_top = picture.heading
    drawn.height = Inches(high)
    drawn._element.nvPicPr.cNvPr.set("descr", picture.title)
    notes = say(
        "What is to be seen: {title}. Ask the room what it expects before this slide is shown.", title=picture.title
    )
    slide.notes_slide.notes_text_frame.text = notes


def _table(show: Any, table: Table) -> None:
    """A table on as many slides as it takes."""
    for first in range(0, len(table.rows), _MOST_ROWS):
        _rows(show, table, table.rows[first : first + _MOST_ROWS])


def _rows(show: Any, table: Table, rows: list[list[Cell]]) -> None:
    from pptx.util import Inches, Pt  # noqa: PLC0415

    slide = _blank(show, table.name[:1].upper() + table.name[1:])
    shape = slide.shapes.add_table(
        len(rows) + 1,
        len(table.head),
        Inches(_EDGE),
        Inches(1.5),
        Inches(_WIDE - 2 * _EDGE),
        Inches(0.35 * (len(rows) + 1)),
    )
    grid = shape.table
    head: list[Cell] = list(table.head)
    for place, row in enumerate([head, *rows]):
        for column, cell in enumerate(row):
            field = grid.cell(place, column)
            field.text = _text(cell)
            for paragraph in field.text_frame.paragraphs:
                paragraph.font.size, paragraph.font.bold = Pt(12), place == 0 or len(row) == 1
        if len(row) == 1:
            grid.cell(place, 0).merge(grid.cell(place, len(table.head) - 1))


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell, Amount | Mark) else cell

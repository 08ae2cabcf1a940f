"""The report as a workbook: a sheet for each table, with numbers as numbers, and native charts of the differences."""

import io
import math
from pathlib import Path
from typing import Any, Final

from sim.show.compare.document import Amount, Cell, Document, Mark, Table
from sim.show.language import speaking

_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_NAME: Final = 31
_WIDEST: Final = 48
_LARGE: Final = 1000.0
_LETTERS: Final = 100
PLAIN, LARGE, SHARE, TIMES = "#,##0.00", "#,##0", "0.0%", '"×"0.0'
SIGNED, SIGNED_LARGE, SIGNED_SHARE = (
    "+#,##0.00;-#,##0.00;0.00",
    "+#,##0;-#,##0;0",
    "+0.0%;-0.0%;0.0%",
)
_KINDS: Final = (PLAIN, LARGE, SHARE, TIMES, SIGNED, SIGNED_LARGE, SIGNED_SHARE)
"""How numbers are written."""


def write_workbook(document: Document, path: Path) -> None:
    """Write the XLSX. Nothing that a scenario says is a formula or a link: all texts are written as text."""
    import xlsxwriter  # noqa: PLC0415 - takes a while to load

    say = speaking(document.language)
    texts = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    # In memory first: a disk that fills up meanwhile is one error of the system, not several of that library's own.
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, texts | {"in_memory": True}) as book:
        look: dict[str, Any] = {
            "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "group": book.add_format({"bold": True, "top": 1}),
            "title": book.add_format({"bold": True, "font_size": 16}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "better": book.add_format({"font_color": "#0072b2", "bold": True}),
            "worse": book.add_format({"font_color": "#b34700", "bold": True}),
        }
        _summary(book.add_worksheet(say("summary")), document, look)
        look |= {kind: book.add_format({"num_format": kind}) for kind in _KINDS}
        taken = {say("summary").lower()}
        for table in [*document.tables, *document.figures]:
            name = _sheet_name(table.name, taken)
            sheet = book.add_worksheet(name)
            _write(sheet, table, look)
            if table is document.tables[0] or not table.numbers:
                continue
            _charts(book, sheet, name, table)
    path.write_bytes(stream.getvalue())


def _summary(sheet: Any, document: Document, look: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, document.title, look["title"])
    for row, text in enumerate(
        [document.origin, "", document.recommendation, "", *document.summary, "", *document.cautions], start=1
    ):
        sheet.set_row(row, 15.0 * max(1, math.ceil(len(text) / _LETTERS)))
        sheet.write_string(row, 0, text, look["text"])


def _write(sheet: Any, table: Table, look: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if table.rows and all(len(row) == len(table.head) for row in table.rows):
        sheet.autofilter(0, 0, len(table.rows), len(table.head) - 1)
    for column, text in enumerate(table.head):
        sheet.write_string(0, column, text, look["bold"])
        longest = max((len(_text(row[column])) for row in table.rows if len(row) > column), default=0)
        sheet.set_column(column, column, min(_WIDEST, max(len(text), longest) + 2))
    for place, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, Amount) and math.isfinite(cell.value):
                sheet.write_number(place, column, cell.value, look[number_format(cell)])
            elif isinstance(cell, Mark):
                sheet.write_string(place, column, cell.text, look.get(cell.mood))
            else:
                sheet.write_string(place, column, _text(cell), look["group"] if len(row) == 1 else None)


def number_format(cell: Amount) -> str:
    """How a spreadsheet writes a number: in per cent, with a sign, as a multiple or whole, as people read it here."""
    signed, text = cell.text[:1] in {"+", "−"}, cell.text
    if "%" in text or text.endswith("pp"):
        return SIGNED_SHARE if signed else SHARE
    if text.startswith("×"):
        return TIMES
    if abs(cell.value) >= _LARGE or text.isdecimal():
        return SIGNED_LARGE if signed else LARGE
    return SIGNED if signed else PLAIN


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell, Amount | Mark) else cell


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that a sheet may have, and none has yet."""
    plain = " ".join(wanted.translate(_FORBIDDEN).split())[:_LONGEST_NAME] or "sheet"
    name, number = plain, 2
    while name.lower() in taken:
        name = f"{plain[: _LONGEST_NAME - len(str(number)) - 1]} {number}"
        number += 1
    taken.add(name.lower())
    return name


def _charts(book: Any, sheet: Any, name: str, table: Table) -> None:
    """A native chart of the differences under each heading row, with their intervals."""
    spans = [place for place, row in enumerate(table.rows) if len(row) == 1]
    if not spans:
        return
    column = next(place for place, row in enumerate(table.head) if place in table.numbers and place > 1)
    for number, first in enumerate(spans):
        last = spans[number + 1] if number + 1 < len(spans) else len(table.rows)
        rows = range(first + 2, last)
        if not rows:
            continue
        begin, end = rows[0] + 1, rows[-1] + 1
        chart = book.add_chart({"type": "bar"})
        values = [table.rows[place] for place in rows]
        chart.add_series(
            {
                "name": _text(table.rows[first][0]),
                "categories": [name, begin, 0, end, 0],
                "values": [name, begin, column, end, column],
                "y_error_bars": {
                    "type": "custom",
                    "plus_values": [_width(row, column + 2, column) for row in values],
                    "minus_values": [_width(row, column, column + 1) for row in values],
                },
            }
        )
        chart.set_title({"name": _text(table.rows[first][0]), "name_font": {"size": 11}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True, "label_position": "low"})
        chart.set_x_axis({"num_font": {"size": 8, "rotation": -45}, "major_gridlines": {"visible": False}})
        sheet.insert_chart(1 + 16 * number, len(table.head) + 1, chart)


def _width(row: list[Cell], high: int, low: int) -> float:
    upper, lower = row[high], row[low]
    known = isinstance(upper, Amount) and isinstance(lower, Amount)
    width = upper.value - lower.value if known else 0.0  # type: ignore[union-attr]
    return 0.0 if math.isnan(width) else width

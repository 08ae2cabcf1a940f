"""Slides: titles keep to their room, tables to theirs, and what belongs together stays on one slide."""

import io
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from sim.show import style
from sim.show.compare.document import Amount, Cell, Document, Picture, Section, Table
from sim.show.compare.slides import column_widths, pages, size_that_fits, text_height, write_slides

pptx = pytest.importorskip("pptx")
LONG = "Un taller que tiene un título bastante más largo de lo que suele caber en una sola línea"
HEAD = ["escenario", "media", "diferencia", "de", "a", "veredicto", "azar ahorrado"]
INCH = 914_400
SHORT = Table("resumen", ["en promedio", LONG, LONG], [[LONG, Amount(1.0, "1,0"), Amount(2.0, "2,0")]])


def table(groups: int = 6, scenarios: int = 4) -> Table:
    rows: list[list[Cell]] = []
    for group in range(groups):
        rows.append([f"Resultado {group}"])
        for place in range(scenarios):
            numbers = [Amount(1.0, f"{place},25 puntos") for _ in range(4)]
            rows.append([f"{LONG} {place}", *numbers, "no se distingue", Amount(2.0, "×2")])
    return Table("resultados", HEAD, rows)


@pytest.fixture(scope="module")
def slides(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    stream = io.BytesIO()
    style.figure().savefig(stream, format="png")
    picture = Picture("forest", f"{LONG}: {LONG}, y además {LONG}", stream.getvalue(), 0.2)
    cautions = [f"{LONG} {place}. " * 4 for place in range(12)]
    found = Document("es", LONG, LONG, LONG, SHORT, [LONG] * 3, cautions, [Section("x", [table(), picture])])
    path: Path = tmp_path_factory.mktemp("slides") / "slides.pptx"
    write_slides(found, path)
    return list(pptx.Presentation(str(path)).slides)


def test_nothing_lies_on_anything_else_or_beyond_the_slide(slides: list[Any]) -> None:
    for slide in slides:
        boxes = [(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height) for shape in slide.shapes]
        for left, top, right, bottom in boxes:
            assert 0 <= left < right <= 13.34 * INCH
            assert 0 <= top < bottom <= 7.5 * INCH
        for one, two in combinations(boxes, 2):
            assert one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]


def test_a_title_is_as_small_as_its_room_asks(slides: list[Any]) -> None:
    for slide in slides[1:]:
        title = slide.shapes.title
        size = title.text_frame.paragraphs[0].font.size.pt
        assert text_height(title.text, title.width / INCH - 0.25, size, "bold") <= title.height / INCH
    assert size_that_fits("short", 5.0, 1.0, (26, 20)) == 26
    assert size_that_fits(LONG * 20, 5.0, 1.0, (26, 20)) == 20


def test_rows_under_one_heading_are_on_one_slide_and_all_rows_are_there(slides: list[Any]) -> None:
    grids = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    [short, *grids] = grids
    assert short.cell(1, 0).text == LONG
    assert len(grids) > 1
    texts = [[row.cells[0].text for row in grid.rows][1:] for grid in grids]
    assert all(rows[0].startswith("Resultado") for rows in texts)
    assert [text for rows in texts for text in rows] == [str(row[0]) for row in table().rows]


def test_columns_are_as_wide_as_what_is_in_them() -> None:
    widths = column_widths(table(), 12.2)
    assert sum(widths) == pytest.approx(12.2)
    assert max(widths) == widths[0]
    for column, head in enumerate(HEAD[1:], start=1):
        assert text_height(head, widths[column] - 0.24, 12, "bold") == pytest.approx(12 * 1.2 / 72)


def test_pages_hold_what_fits_and_at_least_one() -> None:
    assert pages([1.0, 1.0, 1.0, 5.0, 1.0], 2.0) == [(0, 2), (2, 3), (3, 4), (4, 5)]


def test_no_point_is_lost_where_there_are_many(slides: list[Any]) -> None:
    said = [
        paragraph.text
        for slide in slides
        for shape in slide.shapes
        if shape.has_text_frame and not shape.is_placeholder
        for paragraph in shape.text_frame.paragraphs
    ]
    assert len(said) == 1 + 3 + 12

"""Every figure is in the workbook, as a number with a format, and what begins with = is text."""

import math
import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from sim.show.compare.document import Amount, Cell, Document, Section, Table
from sim.show.compare.figures import figures
from sim.show.compare.waterfall import satisfaction_fall, time_fall
from sim.show.compare.workbook import PLAIN, SHARE, SIGNED, SIGNED_SHARE, TIMES, number_format, write_workbook
from sim.show.language import ENGLISH, speaking
from tests.show.compare.test_pictures import lived

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def found() -> dict[str, Table]:
    return {table.name: table for table in figures(lived(), ENGLISH)}


def value(cell: Cell) -> float:
    assert isinstance(cell, Amount)
    return cell.value


def test_every_outcome_of_the_company_has_its_mean_and_its_difference_with_interval() -> None:
    comparison, table = lived(), found()["all outcomes"]
    known = comparison.together.observed(comparison.base, 0).totals
    outcomes = [outcome for outcome, level, _ in known if level == "company"]
    assert [row[-1] for row in table.rows] == [outcome for outcome in outcomes for _ in comparison.scenarios]
    slow = comparison.others[1]
    row = next(row for row in table.rows if row[-1] == "morale" and row[2] == "Corto")
    estimate = comparison.difference(slow, "morale")
    assert value(row[3]) == pytest.approx(comparison.values(slow, "morale").mean())
    assert [value(cell) for cell in row[4:7]] == [estimate.mean, estimate.low, estimate.high]
    assert value(row[7]) == comparison.family
    assert value(next(row for row in table.rows if row[-1] == "utilisation" and row[2] == "Corto")[7]) == 1


def test_every_replication_has_a_row_and_every_outcome_a_column() -> None:
    comparison, table = lived(), found()["replications"]
    assert len(table.rows) == len(comparison.scenarios) * len(comparison.replications)
    assert len(set(table.head)) == len(table.head)
    column = next(place for place, head in enumerate(table.head) if head.startswith("morale"))
    means = [value(row[column]) for row in table.rows if row[0] == "Corto"]
    assert means == list(comparison.values(comparison.others[1], "morale"))


def test_parts_add_up_to_the_whole_and_none_is_missing() -> None:
    comparison, table = lived(), found()["parts of differences"]
    for scenario in comparison.others:
        for of in (time_fall, satisfaction_fall):
            fall = of(comparison, scenario, ENGLISH)
            names = {step.name for step in fall.parts}
            rows = [row for row in table.rows if row[0] == scenario.title.said("en") and row[2] in names]
            outcome = comparison.difference(scenario, fall.outcome)
            parts = [value(row[4]) for row in rows if row[1] == rows[0][1]]
            of_it = [row for row in rows if row[3] in {step.name for step in fall.steps}]
            assert len({row[2] for row in of_it}) == len(names)
            assert math.fsum(step.by for step in fall.parts) == pytest.approx(outcome.mean, abs=1e-9)
            assert len(parts) >= 1


def test_all_departments_and_links_are_there_also_where_nothing_differs() -> None:
    comparison, tables = lived(), found()
    for level, name in (("department", "all departments"), ("link", "all links")):
        places = {
            (outcome, where)
            for item in comparison.scenarios
            for outcome, at, where in comparison.together.observed(item, 0).totals
            if at == level
        }
        assert len(tables[name].rows) == len(places) * len(comparison.others)


def test_sheets_are_named_in_the_language_of_the_report() -> None:
    names = [table.name for table in figures(lived(), speaking("es"))]
    assert names[:3] == ["todos los resultados", "réplicas", "partes de las diferencias"]
    assert not set(names) & set(found())


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (Amount(0.713, "71.3%"), SHARE),
        (Amount(1.5, "1.50"), PLAIN),
        (Amount(-0.5, "−0.50"), SIGNED),
        (Amount(18.0, "×18"), TIMES),
        (Amount(0.0033, "+0.33 pp"), SIGNED_SHARE),
    ],
)
def test_numbers_are_written_as_people_read_them(cell: Amount, kind: str) -> None:
    assert number_format(cell) == kind


def test_numbers_are_numbers_and_formulas_are_text(tmp_path: Path) -> None:
    table = Table("=1+1", ["=2+2", "mean"], [["=3+3", Amount(0.5, "50.0%")], ["@x", Amount(math.nan, "–")]])
    figure = Table("every figure", ["=4+4"], [["=5+5"]])
    document = Document("en", "=6+6", "", "", table, [], [], [Section("x", [])], [figure])
    write_workbook(document, tmp_path / "results.xlsx")
    with ZipFile(tmp_path / "results.xlsx") as book:
        names = re.findall(r'sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        sheets = [ElementTree.fromstring(book.read(f"xl/worksheets/sheet{place}.xml")) for place in (1, 2, 3)]
        styles = book.read("xl/styles.xml").decode()
    assert names == ["summary", "=1+1", "every figure"]
    assert not any(list(sheet.iter(f"{MAIN}f")) for sheet in sheets)
    cells = {cell.get("r"): cell for cell in sheets[1].iter(f"{MAIN}c")}
    assert cells["A2"].get("t") == cells["B3"].get("t") == "s"
    assert cells["B2"].get("t") is None
    assert float(cells["B2"].findtext(f"{MAIN}v") or "nan") == 0.5
    assert "0.0%" in styles

"""What a client is handed: whole, in two languages, asking nothing of other places, interpreting nothing typed."""

import functools
import re
import shlex
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import pytest

from sim import load
from sim.scenario.dated import altered
from sim.scenario.load import with_days
from sim.scenario.schema import Scenario
from sim.show.compare.content import document
from sim.show.compare.document import Amount, Document
from sim.show.compare.handing_over import command, hand_over
from sim.show.compare.page import page
from sim.show.compare.waterfall import fall_title, time_fall
from sim.show.compare.workbook import write_workbook
from sim.show.language import ENGLISH
from sim.study.compare.comparison import Comparison, Failed, compare_scenarios
from sim.study.compare.whatif import Assumptions, what_if
from sim.study.workers import Failure

EVIL = '<script>alert("1")</script>'
FORMULA = "=1-1"
SHELL = "$(touch x) `touch x` 'it'"


def companies() -> tuple[Scenario, ...]:
    base = with_days(load("claims/workshop"), 40).model_copy(update={"warm_up_days": 10})
    slow = altered(base, {"departments.it.handling_hours": 1.4})
    title = base.title.model_copy(update={"en": EVIL, "es": FORMULA})
    base = base.model_copy(update={"title": base.title.model_copy(update={"en": FORMULA})})
    return base, slow.model_copy(update={"name": SHELL, "title": title})


@functools.cache
def assumed() -> dict[str, Assumptions]:
    base, *others = companies()
    return what_if(base, others)


def report(comparison: Comparison, language: str = "en") -> Document:
    return document(comparison, assumed, command(comparison), language)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare_scenarios(companies(), replications=3, jobs=1)


@pytest.fixture(scope="module")
def english(comparison: Comparison) -> Document:
    return report(comparison)


class Reader(HTMLParser):
    """Notes every tag, and every address that a page asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href", "action", "data", "srcset"}]


def test_the_page_asks_nothing_of_any_other_place_and_runs_nothing(english: Document) -> None:
    html = page(english)
    reader = Reader()
    reader.feed(html)
    assert "script" not in reader.tags
    assert all(address.startswith(("data:image/png;base64,", "#")) for address in reader.addresses)
    assert not re.search(r"url\(|@import|https?:", html)
    assert "&lt;script&gt;" in html
    assert reader.tags.count("img") == len(english.pictures) == 7
    assert html.count('alt=""') == 0


def test_print_keeps_rows_under_one_heading_together_and_begins_no_page_for_a_section(english: Document) -> None:
    html = page(english)
    outcomes = next(table for table in english.tables if any(len(row) == 1 for row in table.rows))
    groups = re.findall(r'<tbody class="group">(.*?)</tbody>', html, re.DOTALL)
    assert len(groups) == sum(len(row) == 1 for row in outcomes.rows)
    assert all(group.count("<th colspan") == 1 for group in groups)
    assert re.search(r"[^}]*figure[^}]*\.group[^}]*{ break-inside: avoid", html)
    assert re.search(r"pre {[^}]*white-space: pre-wrap", html)
    assert "break-before: page" not in html


def test_every_number_of_the_tables_is_on_the_page(english: Document) -> None:
    html = page(english)
    cells = [cell for table in english.tables for row in table.rows for cell in row if isinstance(cell, Amount)]
    assert len(cells) > 50
    assert all(f">{cell.text}<" in html for cell in cells)


def test_the_report_is_said_in_spanish_too(comparison: Comparison, english: Document) -> None:
    spanish = report(comparison, "es")
    said = {section.title for section in english.sections} & {section.title for section in spanish.sections}
    assert not {title for title in said if EVIL not in title}
    assert re.search(r"[0-9],[0-9]", page(spanish))
    assert [table.head for table in spanish.tables] != [table.head for table in english.tables]


def test_the_reasons_name_the_department_that_was_slowed(english: Document) -> None:
    [_, differences, *_] = english.tables
    assert differences.rows[0][1:4] == ["IT: handling hours", "1.2", "1.4"]
    enough = compare_scenarios(companies(), replications=10, jobs=1)
    fall = time_fall(enough, enough.others[0], ENGLISH)
    assert "in IT" in fall_title(enough, enough.others[0], fall, ENGLISH)


def test_what_is_handed_over_can_be_opened_and_formulas_stay_text(comparison: Comparison, tmp_path: Path) -> None:
    hand_over(comparison, assumed, tmp_path, "en")
    assert {"report.html", "results.xlsx", "charts"} <= {path.name for path in tmp_path.iterdir()}
    with ZipFile(tmp_path / "results.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert book.testzip() is None
    found = report(comparison)
    assert len(sheets) == len(found.tables) + len(found.figures) + 1
    assert not any("<f>" in sheet for sheet in sheets)
    assert len(list((tmp_path / "charts").glob("*.png"))) == 7


def test_the_command_names_the_files_beside_it(comparison: Comparison) -> None:
    typed = command(comparison)
    files = ["scenarios/workshop.yaml", f"scenarios/{SHELL}.yaml"]
    assert shlex.split(typed)[:6] == ["customer-chain", "compare", *files, "--replications", "3"]
    named = tuple(
        scenario.model_copy(update={"name": name}) for scenario, name in zip(companies(), ("a", "b c"), strict=True)
    )
    plain = command(replace(comparison, scenarios=named, zone=0.25), "es")
    assert plain.startswith('customer-chain compare scenarios/a.yaml "scenarios/b c.yaml" --replications 3 --seed 1')
    assert plain.endswith("--zone 0.25 --lang es --out again")


def test_the_command_counts_replications_that_failed_at_the_end(comparison: Comparison) -> None:
    failed = Failed("workshop", 3, Failure("RuntimeError: no luck"))
    assert "--replications 4 " in command(replace(comparison, failed=(failed,)))


def test_no_name_of_a_scenario_is_a_command_of_its_own(comparison: Comparison, tmp_path: Path) -> None:
    typed = command(comparison).replace("customer-chain compare", "printf '%s\\n'")
    done = subprocess.run([_program("sh"), "-c", typed], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert f"scenarios/{SHELL}.yaml" in done.stdout.splitlines()
    assert not list(tmp_path.iterdir())


def test_slides_carry_charts_tables_and_notes(english: Document, tmp_path: Path) -> None:
    pptx = pytest.importorskip("pptx")
    from sim.show.compare.slides import write_slides  # noqa: PLC0415

    write_slides(english, tmp_path / "slides.pptx")
    show = pptx.Presentation(str(tmp_path / "slides.pptx"))
    titles = [slide.shapes.title.text for slide in show.slides]
    assert titles[0] == english.title
    assert {picture.title for picture in english.pictures} <= set(titles)
    assert sum(slide.has_notes_slide for slide in show.slides) == len(english.pictures)
    assert any(shape.has_table for slide in show.slides for shape in slide.shapes)


def test_queues_alone_have_a_report_too() -> None:
    base = altered(companies()[0], {}).model_copy(update={"psychology": "none"})
    quick = altered(base, {"departments.it.staff": 4}).model_copy(update={"name": "quick", "psychology": "none"})
    found = compare_scenarios((base, quick), replications=2, jobs=1)
    html = page(report(found))
    assert "only queues are simulated" in html


def _program(*names: str) -> str:
    """A program of the system, or a skipped test."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no {names[0]} here")
    return found


def test_a_browser_opens_the_page_without_network_and_without_complaint(english: Document, tmp_path: Path) -> None:
    browser = _program("chromium", "google-chrome", "chrome")
    (tmp_path / "report.html").write_text(page(english), encoding="utf-8")
    offline = ["--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
    quiet = [f"--user-data-dir={tmp_path / 'user'}", "--enable-logging=stderr", "--dump-dom"]
    address = (tmp_path / "report.html").as_uri()
    done = subprocess.run([browser, *offline, *quiet, address], capture_output=True, text=True, check=True, timeout=90)
    assert "CONSOLE" not in done.stderr
    assert done.stdout.count("<img") == len(english.pictures)


def test_a_spreadsheet_reads_formulas_as_text_and_figures_as_numbers(comparison: Comparison, tmp_path: Path) -> None:
    _program("localc")  # soffice may be there without it
    office = _program("soffice", "libreoffice")
    found = report(comparison, "es")
    write_workbook(found, tmp_path / "results.xlsx")
    made = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    typed = [
        office,
        home,
        "--headless",
        "--convert-to",
        made,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "results.xlsx"),
    ]
    subprocess.run(typed, capture_output=True, check=True, timeout=120)
    sheets = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.csv")}
    assert len(sheets) == len(found.tables) + len(found.figures) + 1
    assert any(FORMULA in text for text in sheets.values())
    read = [float(number) for text in sheets.values() for number in re.findall(r"-?[0-9]+[.][0-9]+", text)]
    for cell in (cell for row in found.tables[1].rows for cell in row if isinstance(cell, Amount)):
        assert any(number == pytest.approx(cell.value, abs=0.006) for number in read) or not cell.value % 1

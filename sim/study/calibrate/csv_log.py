"""A log as CSV, as ticket systems export it: the encoding and the separator are found from the file itself."""

import codecs
import csv
import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from sim.scenario.problems import Problem, ScenarioError, shown
from sim.study.calibrate.clocks import UNKNOWN_SHARE
from sim.study.calibrate.collecting import Collector
from sim.study.calibrate.columns import missing, recognised, settled
from sim.study.calibrate.log import Log
from sim.study.calibrate.notes import Notes
from sim.study.calibrate.options import Options

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

_BLOCK: Final = 1 << 22
_LONGEST_CELL: Final = 1 << 30
_SEPARATORS: Final = (",", ";", "\t", "|")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OTHERWISE: Final = "cp1252"
"""What is tried if a file is not UTF-8: the encoding of Windows in Western Europe and America."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is written: ``lines`` come before the first row; ``damaged`` bytes are no letters; ``sample`` rows."""

    encoding: str
    separator: str
    header: tuple[str, ...]
    lines: int
    not_utf8: str
    damaged: int
    sample: tuple[tuple[str, ...], ...]


def read_csv(path: Path, options: Options) -> Log:
    """The events of a CSV file with a header."""
    form = written_as(path)
    file = path.name
    columns = recognised(form.header, options.columns, file, form.lines)
    columns = settled(columns, options.columns, once=_stands_once(columns, form))
    problems = list(missing(columns, form.header, file, groups_known=options.departments is not None))
    if problems:
        raise ScenarioError(problems)
    used = set(columns.values())
    words = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
    told = f"CSV, {form.encoding.upper().removesuffix('-SIG')}, {words[form.separator]}"
    unused = [name for name in form.header if name and name not in used]
    collector = Collector(file, told, "line", columns, unused, options)
    collector.notes.lines = lambda row: line_of(path, form, row)
    if form.not_utf8 and form.encoding == _OTHERWISE:
        collector.notes.mend("not UTF-8: read as Windows-1252", form.not_utf8)
    if form.damaged:
        collector.notes.mend("byte that is no letter: read as a sign for none", form.not_utf8, form.damaged)
    row = 0
    skipped = _Skipped(form)
    for batch in _batches(path, form, skipped):
        collector.add({role: batch.column(form.header.index(name)) for role, name in columns.items()}, row)
        row += batch.num_rows
    skipped.tell(collector.notes, row)
    return collector.finish()


def _stands_once(columns: dict[str, str], form: Form) -> bool:
    """Whether no case of the sample stands twice."""
    if "case" not in columns:
        return False
    place = form.header.index(columns["case"])
    cases = [row[place] for row in form.sample if len(row) > place]
    return len(cases) > 1 and len(set(cases)) == len(cases)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A file, unpacked if it is packed; ``ScenarioError`` if it ends too soon or is not what its name says."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if not packed and path.suffix.casefold() == ".gz":
                raise ScenarioError([Problem(path.name, 0, "", "is named .gz, but is not packed by gzip")])
            if packed:
                with gzip.GzipFile(fileobj=raw) as unpacked:
                    yield unpacked  # type: ignore[misc]
            else:
                yield raw
    except EOFError:
        raise ScenarioError([Problem(path.name, 0, "", _CUT)]) from None
    except (zlib.error, gzip.BadGzipFile) as error:
        raise ScenarioError([Problem(path.name, 0, "", f"cannot be unpacked: {error}")]) from None
    except OSError as error:
        raise ScenarioError([Problem(path.name, 0, "", f"cannot be read: {error.strerror or error}")]) from None


_CUT: Final = "is packed by gzip, and ends before its end: it was cut off; nothing of it is used"


def as_text(file: IO[bytes], encoding: str) -> io.TextIOWrapper:
    """A file as text; bytes that are no letters become the sign for none."""
    return io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")


def written_as(path: Path) -> Form:
    """Encoding, separator and header; the whole file is gone through once, to be sure of the first."""
    csv.field_size_limit(_LONGEST_CELL)
    with opened(path) as file:
        head = file.read(_BLOCK)
        encoding = next((name for bom, name in _BOMS if head.startswith(bom)), "utf-8")
        not_utf8, damaged = "", 0
        if encoding == "utf-8":
            not_utf8, damaged, letters = _not_utf8(head, file)
            if not_utf8 and damaged >= letters:
                encoding, damaged = _OTHERWISE, 0
        else:
            while file.read(_BLOCK):
                pass
    if b"\0" in head and encoding != "utf-16":
        raise ScenarioError([Problem(path.name, 0, "", "is not a text: it holds zero bytes; export it as CSV")])
    text = head.decode(encoding, errors="replace")
    return _form(path.name, text, encoding, not_utf8, damaged)


def _form(file: str, text: str, encoding: str, not_utf8: str, damaged: int) -> Form:
    lines = text.splitlines(keepends=True)
    before = next((place for place, line in enumerate(lines) if line.strip()), len(lines))
    said = re.fullmatch(r"sep=(.)\s*", lines[before]) if before < len(lines) else None
    before += said is not None
    if before >= len(lines) or not lines[before].strip():
        raise ScenarioError([Problem(file, 1, "", "is empty: its first line must name the columns")])
    begun = "".join(lines[before : before + 60])
    try:
        separator = said[1] if said else _separator(begun)
        reader = csv.reader(io.StringIO(begun, newline=""), delimiter=separator)
        header = next(reader)
        header_ends = before + reader.line_num
        sample = tuple(tuple(row) for row in reader if row)
    except csv.Error as error:
        raise ScenarioError([Problem(file, before + 1, "", f"cannot be read as CSV: {error}")]) from None
    names = [name.strip() for name in header]
    longer = [row for row in sample if len(row) == len(names) + 1 and not row[-1].strip()]
    if sample and len(longer) == len(sample):
        names.append("")  # each line ends with a separator too many
    return Form(encoding, separator, tuple(names), header_ends, not_utf8, damaged, sample)


def _not_utf8(head: bytes, rest: IO[bytes]) -> tuple[str, int, int]:
    """Where a file stops being UTF-8, how many bytes are none, and how many letters of several bytes there are."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    place, line, damaged, letters = "", 1, 0, 0
    block = head
    while True:
        text = decoder.decode(block, final=not block)
        if not text.isascii():
            bad = text.count("\ufffd")
            if bad and not place:
                place = f"line {line + text[: text.index(chr(0xFFFD))].count(chr(10))}"
            damaged += bad
            letters += sum(not letter.isascii() for letter in text) - bad
        line += text.count("\n")
        if not block:
            return place, damaged, letters
        block = rest.read(_BLOCK)


def _separator(text: str) -> str:
    """The sign that cuts most lines into as many columns as the header has."""

    def fits(separator: str) -> tuple[int, int]:
        lengths = [len(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if line]
        return (Counter(lengths)[lengths[0]] if lengths and lengths[0] > 1 else 0), lengths[0] if lengths else 0

    return max(_SEPARATORS, key=fits)


def line_of(path: Path, form: Form, row: int) -> int:
    """The line on which a row stands, counted from 0 among those that are used: found by reading up to it."""
    with opened(path) as file, as_text(file, form.encoding) as text:
        for _ in range(form.lines):
            text.readline()
        reader = csv.reader(text, delimiter=form.separator)
        at = -1
        before = 0
        for cells in reader:
            at += len(cells) == len(form.header)
            if at == row:
                return form.lines + before + 1
            before = reader.line_num
    return form.lines + row + 1


class _Skipped:
    """Lines that have more or fewer columns than the header: left out and counted, if they are few."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._places: list[str] = []
        self._count = 0

    def __call__(self, row: "arrow_csv.InvalidRow") -> str:
        if row.text.strip() and row.text.strip(self._form.separator + " "):
            self._count += row.text.count("\n") + 1
            if len(self._places) < 3:
                self._places.append(f"{shown(row.text, 40)}: {row.actual_columns} columns")
        return "skip"

    def tell(self, notes: Notes, rows: int) -> None:
        """Note how many there were, or refuse the log."""
        if self._count > UNKNOWN_SHARE * (rows + self._count):
            rule = (
                f"{self._count} of {rows + self._count} lines have more or fewer columns than the header's"
                f" {len(self._form.header)}, such as {self._places[0]}"
            )
            raise ScenarioError([Problem(notes.file, 0, "", rule)])
        for place in self._places:
            notes.mend("line with more or fewer columns than the header: left out", place, 0)
        if self._count:
            notes.mended["line with more or fewer columns than the header: left out"].count = self._count


def _batches(path: Path, form: Form, skipped: _Skipped) -> "Iterator[pa.RecordBatch]":
    """The rows, all as texts, as UTF-8 whatever the file is; those that do not fit the header are left out."""
    import pyarrow as pa  # noqa: PLC0415 - takes a while to load
    from pyarrow import csv as arrow_csv  # noqa: PLC0415

    names = [str(place) for place in range(len(form.header))]
    with opened(path) as file:
        clean = form.encoding in {"utf-8", "utf-8-sig"} and not form.damaged
        source = file if clean else codecs.EncodedFile(file, "utf-8", form.encoding, errors="replace")
        try:
            yield from arrow_csv.open_csv(
                pa.PythonFile(source, mode="r"),
                read_options=arrow_csv.ReadOptions(
                    column_names=names, skip_rows=form.lines, block_size=_BLOCK, use_threads=False
                ),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=form.separator, newlines_in_values=True, invalid_row_handler=skipped
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid as error:
            if "Empty CSV" in str(error) or "Could not skip initial" in str(error):
                return
            raise ScenarioError([Problem(path.name, 0, "", f"cannot be read as CSV: {error}")]) from None

"""What a report is made of, whatever it is written as: a page to be read, a workbook, slides."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

Mood: TypeAlias = str
"""``better``, ``worse``, or empty."""


class Amount(NamedTuple):
    """A number in a table, and how people read it; NaN where there is none."""

    value: float
    text: str


class Mark(NamedTuple):
    """A word in a table that is good or bad news."""

    text: str
    mood: Mood


Cell: TypeAlias = str | Amount | Mark


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; a heading within a section, or what is typed as it stands."""

    text: str
    kind: Literal["text", "heading", "code"] = "text"


@dataclass(frozen=True, slots=True)
class Lines:
    """Points, one below the other; numbered where ``kind`` is ``steps``."""

    lines: list[str]
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; a row of one cell heads those below it. ``name`` is that of its sheet in the workbook."""

    name: str
    head: list[str]
    rows: list[list[Cell]]
    caption: str = ""
    kind: str = "table"

    @property
    def numbers(self) -> set[int]:
        """The columns that hold numbers."""
        return {place for row in self.rows for place, cell in enumerate(row) if isinstance(cell, Amount)}


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a PNG; ``title`` is what it says, and ``heading`` the share of its height that the title takes."""

    name: str
    title: str
    png: bytes
    heading: float = 0.0
    kind: str = "figure"


Part: TypeAlias = Text | Lines | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report with a title of its own."""

    title: str
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report, the summary first."""

    language: str
    title: str
    origin: str
    recommendation: str
    overview: Table
    summary: list[str]
    cautions: list[str]
    sections: list[Section] = field(default_factory=list)
    figures: list[Table] = field(default_factory=list)
    """Tables for the workbook alone: every figure, also those that no section shows."""

    @property
    def tables(self) -> list[Table]:
        """All tables, in their order."""
        inside = [part for section in self.sections for part in section.parts if isinstance(part, Table)]
        return [self.overview, *inside]

    @property
    def pictures(self) -> list[Picture]:
        """All charts, in their order."""
        return [part for section in self.sections for part in section.parts if isinstance(part, Picture)]

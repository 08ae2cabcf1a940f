"""The workshop in one file: a grid of companies and the story, precomputed, packed, and in the page itself.

The pack is one zlib stream in base64: the length of a JSON header, the header, then arrays one after another, each over
all companies of the grid. A week's values are whole numbers of a stated step, as differences from the base (modulo
2^16 or 2^8), low bytes before high bytes, since that packs best. ``page/answers.js`` is the one that reads it.
"""

import base64
import json
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.record import Floats
from sim.show.workshop.document import document
from sim.show.workshop.story import told_plain
from sim.study.paths import band
from sim.study.workers import Failure
from sim.study.workshop.attempt import ENDS, Run, Workshop, last_of, parted
from sim.study.workshop.grid import Grid, grid, simulated
from sim.study.workshop.levers import State
from sim.study.workshop.story import chapters, told

MOST_BYTES: Final = 5_000_000
TOLD_REPLICATIONS: Final = 40
"""Choice: the story has as many replications as a live page ends with."""
_NOTHING: Final = -32768
_WEEKLY: Final = ("customer_satisfaction", "customer_ceiling", "morale", "sales")
_BANDED: Final = frozenset({"customer_satisfaction", "morale", "sales"})
_STEPS: Final[Mapping[str, float]] = {"customer_satisfaction": 0.01, "customer_ceiling": 0.01, "morale": 0.01}
_COARSE: Final = ((2, 10), (4, 20), (8, 58))
"""Choice: weeks to a value of departments and of links; the first that fits."""


class TooLargeError(ValueError):
    """A company whose grid does not fit into one file."""


@dataclass(frozen=True, slots=True)
class OneFile:
    """The page, how many companies are in it, and how many could not be simulated."""

    text: str
    companies: int
    missing: int


@dataclass(frozen=True, slots=True)
class _Cell:
    """What is kept of a company of the grid."""

    weekly: Floats
    morale: Floats
    words: Floats
    requests: Floats
    in_time: Floats
    ends: Floats
    parts: int | None


def exported(workshop: Workshop, language: str, replications: int, move: Callable[[float], None]) -> OneFile:
    """The workshop of a company as one page; ``move`` is told the share that is done.

    ``TooLargeError`` if it would be larger than ``MOST_BYTES``.
    """
    places = grid(workshop.base)
    kept: dict[int, _Cell] = {}
    today = workshop.lived({}, replications)
    for place, runs in simulated(workshop, places.states, replications, move):
        if not isinstance(runs, Failure):
            kept[place] = _cell(runs, today)
    story = {
        chapter.id: told_plain(
            workshop.attempt(chapter.right, TOLD_REPLICATIONS, against=chapter.left),
            told(workshop, chapter, TOLD_REPLICATIONS),
        )
        for chapter in chapters(workshop.base)
    }
    states = [places.states[place] for place in sorted(kept)]
    cells = [kept[place] for place in sorted(kept)]
    about = {"weeks": today[0].weeks, "replications": replications, "chapters": story}
    for of_departments, of_links in _COARSE:
        pack = _packed(about, states, cells, of_departments, of_links)
        text = document(workshop, language, _levers(places), base64.b64encode(pack).decode("ascii"))
        if len(text.encode()) <= MOST_BYTES:
            return OneFile(text, len(cells), len(places.states) - len(cells))
    raise TooLargeError(f"the file would have more than {MOST_BYTES:,} bytes")


def _levers(places: Grid) -> dict[str, list[Any]]:
    return {name: list(values) for name, values in places.values.items()}


def _cell(runs: Sequence[Run], today: Sequence[Run]) -> _Cell:
    rows: list[Floats] = []
    for outcome in _WEEKLY:
        found = band(np.array([run.company[outcome] for run in runs]))
        rows += [found.mean, found.low, found.high] if outcome in _BANDED else [found.mean]

    def means(name: str) -> Floats:
        parts = [getattr(run, name) for run in runs]
        return np.array([band(np.array([row[where] for row in parts])).mean for where in parts[0]])

    return _Cell(
        np.array(rows),
        means("morale"),
        means("words"),
        means("requests"),
        means("in_time"),
        np.array([last_of(runs, outcome) for outcome in ENDS]),
        parted(today, runs),
    )


def _packed(
    about: Mapping[str, Any], states: Sequence[State], cells: Sequence[_Cell], of_departments: int, of_links: int
) -> bytes:
    weekly = np.array([cell.weekly for cell in cells])
    steps = np.array([_step(outcome, weekly) for outcome in _WEEKLY for _ in range(3 if outcome in _BANDED else 1)])
    rounded = np.clip(np.round(np.nan_to_num(weekly) / steps[:, None]), -32_000, 32_000)
    whole = np.where(np.isnan(weekly), _NOTHING, rounded).astype(np.int16)
    units = {"morale": 0.5, "in_time": 1.0 / 250.0}
    small: list[NDArray[np.uint8]] = []
    for name, over in (("morale", of_departments), ("words", of_links), ("requests", of_links), ("in_time", of_links)):
        rows = np.array([_coarse(getattr(cell, name), over) for cell in cells])
        units.setdefault(name, max(float(np.nanmax(rows)), 1e-9) / 250.0)
        small.append(_bytes(rows / units[name]))
    difference = (whole.view(np.uint16) - whole.view(np.uint16)[:1]).astype(np.uint16)
    difference[0] = whole.view(np.uint16)[0]
    ends = np.array([cell.ends for cell in cells], dtype="<f4")
    header = json.dumps(
        {
            **about,
            "states": states,
            "parts": [cell.parts for cell in cells],
            "rows": [[outcome, outcome in _BANDED] for outcome in _WEEKLY],
            "steps": steps.tolist(),
            "nothing": _NOTHING,
            "of_departments": of_departments,
            "of_links": of_links,
            "units_of_bytes": units,
            "ends": list(ENDS),
            "student": [_student(n) for n in range(ends.shape[2] + 1)],
        },
        separators=(",", ":"),
    ).encode()
    blocks = [(difference & 0xFF).astype(np.uint8), (difference >> 8).astype(np.uint8)]
    for block in small:
        changed = (block - block[:1]).astype(np.uint8)
        changed[0] = block[0]
        blocks.append(changed)
    parts = [struct.pack("<I", len(header)), header, *(block.tobytes() for block in blocks), ends.tobytes()]
    return zlib.compress(b"".join(parts), 9)


def _student(n: int) -> float:
    """The quantile of Student's t for a 95 % interval of n replications."""
    from scipy.special import stdtrit  # noqa: PLC0415 - takes a while to load

    return float(stdtrit(n - 1, 0.975)) if n > 1 else 0.0


def _step(outcome: str, weekly: Floats) -> float:
    """Money in steps that 32,000 of them hold; points in hundredths."""
    return _STEPS.get(outcome, float(np.nanmax(np.abs(weekly))) / 32_000.0)


def _coarse(rows: Floats, weeks: int) -> Floats:
    """Means over so many weeks, the last ones fewer; NaN left out."""
    count = rows.shape[1]
    sums, known = np.nan_to_num(rows), ~np.isnan(rows)
    begins = np.arange(0, count, weeks)
    number = np.add.reduceat(known.astype(float), begins, axis=1)
    mean: Floats = np.divide(
        np.add.reduceat(sums, begins, axis=1), number, out=np.full(number.shape, np.nan), where=number > 0
    )
    return mean


def _bytes(values: Floats) -> NDArray[np.uint8]:
    """Whole numbers from 0 to 250, 1 for the least that is not nothing; 255 where nothing is known."""
    some = np.where(np.nan_to_num(values) > 0.0, np.clip(np.round(np.nan_to_num(values)), 1, 250), 0)
    return np.where(np.isnan(values), 255, some).astype(np.uint8)

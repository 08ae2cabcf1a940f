"""From the groups of a log to the departments of a company: large ones stay, small ones become one for each line."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.scenario.part import named
from sim.scenario.parts import MARKET
from sim.study.calibrate.log import Codes, Log

MOST: Final = 12
"""Choice: as many departments can be looked at; more with ``--departments``."""
_FIRST: Final = 0.1
LINES: Final = 3
"""Support has three lines at most: who is asked first, who helps them, and who builds what they support."""
_LINE_SAID: Final = re.compile(
    r"\b(?:(?:line|tier|level|nivel|l[ií]nea|l|n)[ _-]?([1-3])|([1-3])(?:st|nd|rd))\b", re.IGNORECASE
)
"""How names tell it: ``2nd``, ``L2``, ``Nivel 2``."""


@dataclass(frozen=True)
class Teams:
    """The departments that a company is made of.

    ``of``: by group, the department's place. ``names`` of departments, fit for a scenario; ``groups``: how many groups
    each is; ``line`` of support of each, 1 asked first. So many groups were ``merged``, in which a share of all visits
    of cases were, and at ``least`` so many cases had those that were not.
    """

    of: Codes
    names: tuple[str, ...]
    groups: tuple[int, ...]
    line: tuple[int, ...]
    merged: int
    least: int
    merged_share: float


def teams(log: Log, most: int = MOST) -> Teams:
    """Departments from groups: the ``most`` groups in which most cases were are departments of their own."""
    count = len(log.names["group"])
    words = list(log.names["group"])
    cases = _cases_in(log, count)
    line = _lines(log, words)
    there = np.flatnonzero(cases)
    order = there[np.argsort(-cases[there], kind="stable")]
    small_lines = sorted({int(line[group]) for group in order[most:]})
    if len(small_lines) >= most:  # too few departments for one a line: all small ones are one
        line = np.where(np.isin(np.arange(count), order[: most - 1]), line, small_lines[0])
        small_lines = small_lines[:1]
    kept = order
    while small_lines:
        kept = order[: most - len(small_lines)]
        found = sorted({int(line[group]) for group in order[len(kept) :]})
        if found == small_lines:
            break
        small_lines = found
    rest = order[len(kept) :]
    names = _distinct([words[group] for group in kept] + [f"other groups of line {number}" for number in small_lines])
    of = np.full(count, -1, np.int32)
    of[kept] = np.arange(len(kept))
    for place, number in enumerate(small_lines):
        of[rest[line[rest] == number]] = len(kept) + place
    sizes = np.bincount(of[of >= 0], minlength=len(names))
    lines = [int(line[group]) for group in kept] + small_lines
    return Teams(
        of,
        names,
        tuple(map(int, sizes)),
        tuple(lines),
        len(rest),
        int(cases[kept[-1]]),
        float(cases[rest].sum() / cases.sum()),
    )


def _cases_in(log: Log, count: int) -> NDArray[np.int64]:
    """By group, how many cases it had."""
    pairs = np.unique(log.case.astype(np.int64) * count + log.group)
    return np.bincount(pairs % count, minlength=count)


def _lines(log: Log, words: Sequence[str]) -> NDArray[np.int64]:
    """The line of support of each group: as its name says, else by its mean place in the cases that it had."""
    count = len(words)
    new = np.r_[True, (log.case[1:] != log.case[:-1]) | (log.group[1:] != log.group[:-1])]
    case, group = log.case[new], log.group[new]
    begins = np.flatnonzero(np.r_[True, case[1:] != case[:-1]])
    place = np.arange(len(case)) - np.repeat(begins, np.diff(np.r_[begins, len(case)]))
    mean = np.bincount(group, np.minimum(place, LINES), count) / np.maximum(np.bincount(group, minlength=count), 1)
    said = np.array([_line_said(word) for word in words])
    by_place = np.clip(1 + np.round(mean), 1, LINES).astype(np.int64)
    if (said > 0).sum() >= 2:  # where names tell lines, one that tells none is the first, if it is ever asked first
        asked_first = np.bincount(group, place == 0, count) >= _FIRST * np.bincount(group, minlength=count)
        by_place = np.where(asked_first, 1, by_place)
    return np.where(said > 0, said, by_place)


def _line_said(word: str) -> int:
    """The line that a name tells, or 0; the first of several."""
    found = _LINE_SAID.search(word)
    return int(found[1] or found[2]) if found else 0


def _distinct(words: Sequence[str]) -> tuple[str, ...]:
    """Names that a scenario can carry, each once."""
    found: dict[str, None] = {}
    for word in words:
        name = fit_name(word)
        number = 2
        while name in found:
            name = f"{fit_name(word)[:55]} ({number})"
            number += 1
        found[name] = None
    return tuple(found)


def fit_name(word: str) -> str:
    """A name like this one that a scenario can carry."""
    try:
        return _not_the_market(named(word))
    except ValueError:
        pass
    cleaned = unicodedata.normalize("NFC", "".join(letter if letter.isprintable() else " " for letter in word))
    cleaned = " ".join(re.sub(r'[.<>:/\\|?*",+\[\]]', " ", cleaned).split()).lstrip("=+-@ ")[:60].strip()
    try:
        return _not_the_market(named(cleaned))
    except ValueError:
        return f"group {cleaned}"[:60].strip()


def _not_the_market(name: str) -> str:
    return f"{name} group" if name.casefold() == MARKET else name

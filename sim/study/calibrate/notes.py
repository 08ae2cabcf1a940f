"""What was not as it should be in a log: counted by the rule that mended it, with the places where it came first."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.scenario.problems import Problem
from sim.study.calibrate.log import Mended

HEADER_LINES: Final = 2
"""The first row stands in the second line, unless somebody knows better."""


class Notes:
    """Takes note of what is mended, and names places as the file's reader would: lines, or events of an XES log.

    ``lines`` leads from a row to its line.
    """

    def __init__(self, file: str, unit: str) -> None:
        self.file = file
        self.mended: dict[str, Mended] = {}
        self.lines: Callable[[int], int] = lambda row: row + HEADER_LINES
        self._unit = unit

    def place(self, row: int) -> str:
        """Where a row stands, counted from 0."""
        return f"line {self.lines(row)}" if self._unit == "line" else f"{self._unit} {row + 1}"

    def mend(self, rule: str, place: str, count: int = 1, detail: str = "") -> None:
        """Something was not right, and this is what was done about it; known by the rule with its detail."""
        self.mended.setdefault(rule.format(detail=detail), Mended(rule, detail)).add(place, count)

    def mend_rows(self, rule: str, rows: NDArray[np.int64], detail: str = "") -> None:
        """The same of several rows, at least one."""
        self.mend(rule, self.place(int(rows[0])), len(rows), detail)

    def problem(self, row: int, key: str, rule: str, near: str = "") -> Problem:
        """What cannot be mended, at a row."""
        if self._unit == "line":
            return Problem(self.file, self.lines(row), key, rule, near)
        return Problem(self.file, 0, f"{key}, {self.place(row)}", rule, near)

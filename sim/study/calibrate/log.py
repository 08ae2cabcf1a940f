"""A ticket log as a table of events: whatever product it came from, what is known of each event stands in one place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
"""Positions in a list of names; −1 where nothing is said."""
NOBODY: Final = -1
WAITING, WORKING, HELD, DONE, NOTE = range(5)
"""What a job does from an event on: it waits for somebody, is worked on, waits for others, is finished; or a remark,
after which all stays as it was."""
PHASES: Final = ("waiting", "working", "held", "done", "note")
ROLES: Final[Mapping[str, str]] = {
    "case": "what one matter is called from its first to its last event",
    "task": "one piece of work of one group within a case",
    "parent": "the task for which a task was asked",
    "time": "when an event happened",
    "opened": "when a line's work was asked for",
    "started": "when somebody began with it",
    "resolved": "when it was finished",
    "status": "what the work does from then on",
    "group": "the group that has it",
    "person": "who in the group has it",
    "requester": "who asked",
    "rating": "how satisfied whoever asked was",
    "outcome": "right, repaired or wrong",
    "agreed": "agreed hours until it is finished",
}
"""What a column can say."""


@dataclass(slots=True)
class Mended:
    """What was not as it should be in a log and what was done about it (``rule``, which may name a ``{detail}``).

    How often, and where first.
    """

    rule: str
    detail: str = ""
    count: int = 0
    places: list[str] = field(default_factory=list)

    _FEW = 3

    def add(self, place: str, count: int = 1) -> None:
        """Once more (or several times), at a place."""
        self.count += count
        if len(self.places) < self._FEW:
            self.places.append(place)


@dataclass(frozen=True)
class Log:
    """The events of a log, sorted by case, time and line; all arrays have one element an event.

    ``seconds`` are of the wall clock of one zone, since 1970. ``case``, ``group`` and the other codes are positions in
    ``names`` of that role. ``phase``: what the job does from that event on. ``tasks`` says whether the log tells which
    task was made for which (then ``parent`` is the code of a task). ``mended`` holds by rule what was not right.
    ``understood`` is what was taken for what, for people to read: columns, statuses, time, encoding.
    """

    case: Codes
    seconds: NDArray[np.int64]
    phase: NDArray[np.int8]
    group: Codes
    person: Codes
    requester: Codes
    task: Codes
    parent: Codes
    rating: NDArray[np.float32]
    outcome: NDArray[np.int8]
    agreed: NDArray[np.float32]
    names: Mapping[str, Sequence[str]]
    has: frozenset[str]
    mended: Mapping[str, Mended]
    understood: "Understood"

    def __len__(self) -> int:
        return len(self.case)


@dataclass(frozen=True)
class Understood:
    """What a log's parts were taken for.

    ``columns``: by role, the column. ``statuses``: by word, how often, and which phase. ``time``: the format, and
    ``zone`` what it means. ``unused``: columns that say nothing that is needed.
    """

    file: str
    form: str
    columns: Mapping[str, str]
    unused: tuple[str, ...]
    statuses: Mapping[str, tuple[int, str]]
    time: str
    zone: str


RIGHT, REPAIRED, WRONG, UNKNOWN = 0, 1, 2, -1
OUTCOMES: Final = {"right": RIGHT, "repaired": REPAIRED, "wrong": WRONG}

"""From the lines of any kind of log to its table of events: codes for names, phases for statuses, one clock for all.

Lines come in batches and only codes are kept of them, so that a log of ten million events fits into two gigabytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from sim.scenario.problems import Problem, ScenarioError, nearest, shown
from sim.study.calibrate.clocks import UNKNOWN_SHARE, Moments, clocks, of_lines
from sim.study.calibrate.columns import plain
from sim.study.calibrate.groups import look_for_the_odd, with_groups
from sim.study.calibrate.log import NOBODY, NOTE, OUTCOMES, PHASES, UNKNOWN, Codes, Log, Understood
from sim.study.calibrate.notes import Notes
from sim.study.calibrate.options import Options
from sim.study.calibrate.statuses import phase_of
from sim.study.calibrate.tasks import told_apart
from sim.study.calibrate.times import NO_TIME, Times

if TYPE_CHECKING:
    import pyarrow as pa

NAMED: Final = ("case", "task", "parent", "status", "group", "person", "requester", "outcome")
_NUMBERS: Final = ("rating", "agreed")


@dataclass(frozen=True)
class Columns:
    """The columns of events in their order: what every log has, and by role what this one has besides."""

    seconds: NDArray[np.int64]
    phase: NDArray[np.int8]
    outcome: NDArray[np.int8]
    codes: Mapping[str, Codes]
    numbers: Mapping[str, NDArray[np.float32]]


class Collector:
    """Takes the lines of a log, batch by batch, and gives its events."""

    def __init__(  # noqa: PLR0913, PLR0917 - what is known of the file before its first line
        self, file: str, form: str, unit: str, columns: Mapping[str, str], unused: Sequence[str], options: Options
    ) -> None:
        self.file = file
        self.notes = Notes(file, unit)
        self._form = form
        self.columns = columns
        self._unused = tuple(unused)
        self._options = options
        self._chunks: dict[str, list[pa.Array]] = {role: [] for role in NAMED if role in columns}
        self._numbers: dict[str, list[NDArray[np.float32]]] = {role: [] for role in _NUMBERS if role in columns}
        moments = ["time"] if "time" in columns else ["opened", "started", "resolved"]
        self._times = {
            role: Times(self.notes, columns[role], options.time_format) for role in moments if role in columns
        }
        self._rows = 0
        self._tells_tasks = {"task", "parent"} <= set(columns)

    def add(self, batch: "Mapping[str, pa.Array]", first_row: int) -> None:
        """Texts of each role, row by row, of which the first has that number; a missing one is empty."""
        from pyarrow import compute  # noqa: PLC0415 - takes a while to load

        for role, chunks in self._chunks.items():
            chunks.append(compute.utf8_trim_whitespace(batch[role]).dictionary_encode())
        for role, parts in self._numbers.items():
            parts.append(self._as_numbers(batch[role], role, first_row))
        for role, times in self._times.items():
            times.add(compute.utf8_trim_whitespace(batch[role]).to_pandas().astype("str"), first_row)
        self._rows += len(next(iter(batch.values())))

    def _as_numbers(self, texts: "pa.Array", role: str, first_row: int) -> NDArray[np.float32]:
        import pandas as pd  # noqa: PLC0415

        written = texts.to_pandas().astype("str").str.strip()
        cleaned = written.str.replace(",", ".", regex=False)
        told = pd.to_numeric(cleaned.where(cleaned != "", None), errors="coerce")
        numbers: NDArray[np.float32] = told.to_numpy(np.float32, copy=True)
        numbers[~np.isfinite(numbers) | (numbers < 0.0)] = np.nan
        wrong = np.flatnonzero(np.isnan(numbers) & (written != "").to_numpy())
        if len(wrong):
            place = f"{self.notes.place(first_row + int(wrong[0]))}: {shown(str(written.iloc[wrong[0]]))}"
            self.notes.mend("{detail} that is no number: left out", place, len(wrong), self.columns[role])
        return numbers

    def finish(self) -> Log:
        """The events, sorted; ``ScenarioError`` if too little can be understood to go on."""
        if self._rows == 0:
            raise ScenarioError([Problem(self.file, 0, "", "holds no line but its header: there is nothing to read")])
        codes, words = self._named()
        if self._tells_tasks:
            tasks = told_apart(codes, words, self.notes)
        else:
            codes.pop("task", None), codes.pop("parent", None)
        names: dict[str, Sequence[str]] = {role: _Names(dictionary) for role, dictionary in words.items()}
        if self._tells_tasks:
            names["task"] = [""] * tasks
        del words
        phases, statuses = self._phases(codes, names)
        found = clocks(self._times, self._options.zone)
        if "time" in found:
            moments = Moments(np.arange(self._rows), found["time"].seconds, found["time"].order, phases)
        else:
            moments = of_lines(found, self.notes)
            without = np.flatnonzero(np.bincount(moments.rows, minlength=self._rows) == 0)
            if len(without):
                self.notes.mend_rows("no time: left out", without)
        rows = moments.rows
        keep = self._kept(codes, moments.seconds, rows)
        if not keep.all():
            moments = moments.kept(keep)
            rows = moments.rows
        # A stable order: what is equal in case and time stays in the order of the lines.
        cases = codes["case"][rows]
        a_line_a_job = "time" not in found
        order = np.lexsort((moments.phases, moments.order, cases) if a_line_a_job else (moments.order, cases))
        zone = next(iter(found.values())).zone
        del cases, found
        rows, seconds, phase = rows[order], moments.seconds[order], moments.phases[order]
        del moments, order
        status = codes.pop("status", None)
        outcome = self._outcomes(codes, names, rows)
        table = {role: codes.pop(role)[rows] for role in list(codes)}
        numbers = {role: self._told(role)[rows] for role in list(self._numbers)}
        keep = self._not_repeated(table, seconds, phase, status, rows)
        del status, rows
        if not keep.all():
            table = {role: table.pop(role)[keep] for role in list(table)}
            numbers = {role: column[keep] for role, column in numbers.items()}
            seconds, phase, outcome = seconds[keep], phase[keep], outcome[keep]
        del keep
        names.setdefault("person", [])
        with_groups(table, names, self._options.departments, self.notes)
        log = self._as_log(Columns(seconds, phase, outcome, table, numbers), names, statuses, zone)
        look_for_the_odd(log, self.notes)
        if not len(log):
            raise ScenarioError([Problem(self.file, 0, "", "no line has both a case and a time that can be read")])
        return log

    def _as_log(
        self, found: "Columns", names: Mapping[str, Sequence[str]], statuses: Mapping[str, tuple[int, str]], zone: str
    ) -> Log:
        """The whole, with nothing where a column is missing."""
        nothing = np.broadcast_to(np.int32(NOBODY), len(found.seconds))
        blank = np.broadcast_to(np.float32(np.nan), len(found.seconds))
        roles = ("case", "group", "person", "requester", "task", "parent")
        formats = dict.fromkeys(times.format for times in self._times.values() if times.format)
        return Log(
            **{role: found.codes.get(role, nothing) for role in roles},
            seconds=found.seconds,
            phase=found.phase,
            rating=found.numbers.get("rating", blank),
            outcome=found.outcome,
            agreed=found.numbers.get("agreed", blank),
            names=names,
            has=frozenset(self.columns),
            mended=self.notes.mended,
            understood=Understood(
                self.file, self._form, self.columns, self._unused, statuses, " and ".join(formats), zone
            ),
        )

    def _told(self, role: str) -> NDArray[np.float32]:
        """The numbers of a column."""
        return np.concatenate(self._numbers.pop(role))

    def _named(self) -> "tuple[dict[str, Codes], dict[str, pa.Array]]":
        """Of each role that is there, the code of each row, −1 where it is empty, and the names they stand for."""
        import pyarrow as pa  # noqa: PLC0415

        codes: dict[str, Codes] = {}
        words: dict[str, pa.Array] = {}
        for role in list(self._chunks):
            whole = pa.chunked_array(self._chunks.pop(role)).unify_dictionaries()
            dictionary = whole.chunk(0).dictionary
            found = np.concatenate([np.asarray(chunk.indices) for chunk in whole.chunks]).astype(np.int32, copy=False)
            self._refuse_torn(role, dictionary)
            empty = dictionary.index("").as_py()
            if empty >= 0:
                found = np.where(found == empty, NOBODY, found).astype(np.int32)
            codes[role] = found
            words[role] = dictionary
        return codes, words

    def _refuse_torn(self, role: str, words: "pa.Array") -> None:
        """A name with a line break in it is what a quotation mark makes of many lines if nothing closes it."""
        from pyarrow import compute  # noqa: PLC0415

        torn = compute.match_substring(words, "\n")
        if compute.any(torn).as_py():
            word = words.filter(torn)[0].as_py()
            lines = word.count("\n") + 1
            rule = f"{shown(word)} goes over {lines} lines: a quotation mark is not closed, or not doubled"
            raise ScenarioError([Problem(self.file, 0, self.columns[role], rule)])

    def _phases(
        self, codes: Mapping[str, Codes], names: Mapping[str, Sequence[str]]
    ) -> tuple[NDArray[np.int8], dict[str, tuple[int, str]]]:
        if "status" not in codes:
            return np.full(self._rows, NOTE, np.int8), {}
        code, words = codes["status"], names["status"]
        counts = np.bincount(code[code >= 0], minlength=len(words))
        strangers = [word for word in self._options.statuses if plain(word) not in set(map(plain, words))]
        if strangers:
            raise ScenarioError(
                Problem("--status", 0, word, f"{shown(word)} is no status of {self.file}", nearest(word, words))
                for word in strangers
            )
        known = [phase_of(word, self._options.statuses) for word in words]
        unknown = {
            word: int(count) for word, count, phase in zip(words, counts, known, strict=True) if count and phase is None
        }
        if sum(unknown.values()) > UNKNOWN_SHARE * max(1, len(code)):
            options = " ".join(f"--status '{word}=…'" for word in unknown)
            raise ScenarioError(
                [
                    Problem(
                        self.file,
                        0,
                        self.columns["status"],
                        f"what {shown(word)} ({count} events) means is not known; say it, with one of"
                        f" {', '.join(PHASES)}: {options if len(unknown) < 6 else f'--status {word!r}=…'}",
                    )
                    for word, count in sorted(unknown.items(), key=lambda item: -item[1])[:8]
                ]
            )
        for word, count in unknown.items():
            self.notes.mend("status that is not known: taken as a remark", shown(word), count)
        empty = np.flatnonzero(code < 0)
        if len(empty):
            self.notes.mend_rows("event without a status: taken as a remark", empty)
        table = np.array([NOTE if phase is None else phase for phase in known] + [NOTE], np.int8)
        told = {
            word: (int(count), PHASES[table[place]])
            for place, (word, count) in enumerate(zip(words, counts, strict=True))
            if word
        }
        return table[code], told

    def _kept(self, codes: dict[str, Codes], seconds: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        caseless = codes["case"][rows] < 0
        timeless = seconds == NO_TIME
        unread = sum(times.unreadable[0] for times in self._times.values()) + sum(
            found.count for found in self.notes.mended.values() if found.rule.startswith("time before 1990")
        )
        if caseless.any():
            self.notes.mend_rows("no case: left out", rows[caseless])
        empty = int(timeless.sum()) - unread
        if empty > 0:
            self.notes.mend("no time: left out", self.notes.place(int(rows[np.argmax(timeless)])), empty)
        return np.asarray(~(caseless | timeless))

    def _outcomes(
        self, codes: dict[str, Codes], names: Mapping[str, Sequence[str]], rows: NDArray[np.int64]
    ) -> NDArray[np.int8]:
        if "outcome" not in codes:
            return np.broadcast_to(np.int8(UNKNOWN), len(rows))
        words = names["outcome"]
        strange = [word for word in words if word and plain(word) not in OUTCOMES]
        if strange:
            rule = f"{shown(strange[0])} is no outcome; the outcomes are {', '.join(OUTCOMES)}"
            rule += "; if the column means something else, leave it out with --columns outcome="
            raise ScenarioError([Problem(self.file, 0, self.columns["outcome"], rule, nearest(strange[0], OUTCOMES))])
        table = np.array([OUTCOMES.get(plain(word), UNKNOWN) for word in words] + [UNKNOWN], np.int8)
        return table[codes.pop("outcome")[rows]]

    def _not_repeated(
        self,
        table: Mapping[str, Codes],
        seconds: NDArray[np.int64],
        phase: NDArray[np.int8],
        status: Codes | None,
        rows: NDArray[np.int64],
    ) -> NDArray[np.bool_]:
        """All but events that are the same as the one before in everything."""
        same = np.ones(len(seconds), np.bool_)
        if len(same):
            same[0] = False
        columns: list[NDArray[np.generic]] = [seconds, phase, *table.values()]
        if status is not None:
            columns.append(status[rows])
        for column in columns:
            same[1:] &= column[1:] == column[:-1]
        if same.any():
            self.notes.mend_rows("event that is written twice: counted once", rows[same])
        return ~same


class _Names(Sequence[str]):
    """The names of a dictionary of Arrow, made to texts only when asked for."""

    def __init__(self, words: "pa.Array") -> None:
        self.words = words

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, place):  # type: ignore[no-untyped-def]
        found = self.words[place]
        return found.as_py() if not isinstance(place, slice) else found.to_pylist()

    def __iter__(self) -> Iterator[str]:
        return iter(self.words.to_pylist())

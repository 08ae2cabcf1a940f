"""All times of a log on one clock: the wall clock of one zone, by which people come to work and go home."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.scenario.problems import ScenarioError, shown
from sim.study.calibrate.log import DONE, WAITING, WORKING
from sim.study.calibrate.notes import Notes
from sim.study.calibrate.times import EARLIEST, LATEST, NO_TIME, NO_ZONE, Times

UNKNOWN_SHARE: Final = 0.01
"""Choice: up to one line in a hundred may have a status or a time that is not understood; more is refused."""
Seconds = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Clock:
    """A column of times: ``seconds`` by the wall clock of a ``zone``, and by which they are in ``order``."""

    seconds: Seconds
    order: Seconds
    zone: str


@dataclass(frozen=True, slots=True)
class Moments:
    """Events before they are sorted: the row of each, its seconds on the wall clock and in order, and its phase."""

    rows: NDArray[np.int64]
    seconds: Seconds
    order: Seconds
    phases: NDArray[np.int8]

    def kept(self, keep: NDArray[np.bool_]) -> "Moments":
        """Some of them."""
        return Moments(self.rows[keep], self.seconds[keep], self.order[keep], self.phases[keep])


def clocks(columns: Mapping[str, Times], zone: str | None) -> dict[str, Clock]:
    """The times of all columns on one clock; ``ScenarioError`` if they cannot be read, or only some have a zone.

    The columns are settled together: what is no zone in one of them is none in the others.
    """
    read = {role: times.finish() for role, times in columns.items()}
    for role, times in columns.items():
        _readable(times, read[role][0])
    first = next(iter(columns.values()))
    notes = first.notes
    seconds, offsets = next(iter(read.values()))
    if len(read) > 1:
        seconds = np.concatenate([one for one, _ in read.values()])
        offsets = np.concatenate([other for _, other in read.values()])
    read.clear()
    rows = len(seconds) // len(columns)
    strange = np.flatnonzero((seconds != NO_TIME) & ((seconds < EARLIEST) | (seconds > LATEST)))
    if len(strange):
        notes.mend_rows("time before 1990 or after 2090: taken as none", strange % rows)
        seconds[strange], offsets[strange] = NO_TIME, NO_ZONE
    whole = _on_one_clock(seconds, offsets, zone, notes, first.column, rows)
    return {
        role: Clock(whole.seconds[at : at + rows].copy(), whole.order[at : at + rows].copy(), whole.zone)
        for role, at in zip(columns, range(0, len(seconds), rows), strict=True)
    }


def _readable(times: Times, seconds: Seconds) -> None:
    count, first = times.unreadable
    notes = times.notes
    if count > UNKNOWN_SHARE * len(seconds):
        rule = f"is no time in the format {times.format}; {count} of {len(seconds)} are not"
        raise ScenarioError(notes.problem(row, times.column, f"{shown(text)} {rule}") for row, text in first)
    if count:
        place = "; ".join(f"{notes.place(row)}: {shown(text)}" for row, text in first)
        notes.mend("{detail} that cannot be read: left out", place, count, times.column)


def _on_one_clock(  # noqa: PLR0913, PLR0917 - the times, and whom to tell
    seconds: Seconds, offsets: NDArray[np.int32], zone: str | None, notes: Notes, column: str, rows: int
) -> Clock:
    told = seconds != NO_TIME
    zoned = told & (offsets != NO_ZONE)
    if not zoned.any():
        return Clock(seconds, seconds, zone or "")
    bare = np.flatnonzero(told & ~zoned)
    if zone is not None:
        if len(bare):
            seconds[bare] = _from_wall(seconds[bare], zone)
            notes.mend_rows("time without a zone among others with one: taken as of {detail}", bare % rows, zone)
        wall = seconds.copy()
        wall[told] = _to_wall(seconds[told], zone)
        return Clock(wall, seconds, zone)
    if len(bare):
        rule = (
            f"{len(bare)} times have no zone and {int(zoned.sum())} have one; say which zone the former are of:"
            " --zone Europe/Madrid"
        )
        raise ScenarioError([notes.problem(int(bare[0]) % rows, column, rule)])
    return _by_offsets(seconds, offsets, zoned, notes, rows)


def _by_offsets(
    seconds: Seconds, offsets: NDArray[np.int32], zoned: NDArray[np.bool_], notes: Notes, rows: int
) -> Clock:
    """The wall clock that the offsets to UTC say: that of summer and winter, else that of most times."""
    kinds, counts = np.unique(offsets[zoned], return_counts=True)
    if len(kinds) == 1 or (
        len(kinds) == 2 and kinds[1] - kinds[0] == 60 and _by_seasons(seconds[zoned], offsets[zoned])
    ):
        wall = np.where(zoned, seconds + 60 * offsets.astype(np.int64), seconds)
        return Clock(wall, seconds, " and ".join(map(_offset, kinds)))
    most = int(kinds[np.argmax(counts)])
    others = np.flatnonzero(zoned & (offsets != most))
    notes.mend_rows("time of another zone: told in that of most, {detail}", others % rows, _offset(most))
    return Clock(np.where(zoned, seconds + 60 * most, seconds), seconds, _offset(most))


def _by_seasons(seconds: Seconds, offsets: NDArray[np.int32]) -> bool:
    """Whether two offsets take turns as summer and winter do: twice a year, not from one event to the next."""
    order = np.argsort(seconds, kind="stable")
    turns = int(np.sum(np.diff(offsets[order]) != 0))
    years = float(seconds.max() - seconds.min()) / (365.25 * 86_400)
    return turns <= 2 * years + 2


def of_lines(clocks: Mapping[str, Clock], notes: Notes) -> Moments:
    """Up to three events of each line of a log that has a line a job: asked for, begun, finished."""
    opened, resolved = clocks["opened"], clocks["resolved"]
    early = _told(opened) & _told(resolved) & (resolved.order < opened.order)
    if early.any():
        notes.mend_rows("end before its start: put at the start", np.flatnonzero(early))
        _put(resolved, early, opened)
    started = clocks.get("started")
    if started is not None:
        soon = _told(started) & _told(opened) & (started.order < opened.order)
        late = _told(started) & _told(resolved) & (started.order > resolved.order)
        for rows, where in ((soon, opened), (late, resolved)):
            if rows.any():
                notes.mend_rows("begun before it was asked for, or after its end: put there", np.flatnonzero(rows))
                _put(started, rows, where)
    parts = []
    for role, found in clocks.items():
        there = np.flatnonzero(_told(found))
        phase = {"opened": WAITING if started is not None else WORKING, "started": WORKING, "resolved": DONE}[role]
        parts.append((there, found.seconds[there], found.order[there], np.full(len(there), phase, np.int8)))
    return Moments(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _told(times: Clock) -> NDArray[np.bool_]:
    return np.asarray(times.seconds != NO_TIME)


def _put(times: Clock, rows: NDArray[np.bool_], where: Clock) -> None:
    times.seconds[rows], times.order[rows] = where.seconds[rows], where.order[rows]


def _offset(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _to_wall(utc: Seconds, zone: str) -> Seconds:
    import pandas as pd  # noqa: PLC0415 - takes a while to load

    moments = pd.DatetimeIndex(utc.astype("datetime64[s]")).tz_localize("UTC").tz_convert(zone)
    return moments.tz_localize(None).to_numpy("datetime64[s]").astype(np.int64)


def _from_wall(wall: Seconds, zone: str) -> Seconds:
    """UTC of wall-clock times; the hour that comes twice is taken as its second, the one that is skipped as its end."""
    import pandas as pd  # noqa: PLC0415

    moments = pd.DatetimeIndex(wall.astype("datetime64[s]"))
    moments = moments.tz_localize(zone, ambiguous=np.zeros(len(wall), np.bool_), nonexistent="shift_forward")
    return moments.tz_convert("UTC").tz_localize(None).to_numpy("datetime64[s]").astype(np.int64)

"""When people work: from the clock of a log to the working hours of the model, eight a day."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import HOURS_PER_DAY
from sim.scenario.problems import Problem, ScenarioError, shown

Floats = NDArray[np.float64]
Seconds = NDArray[np.int64]
_DAY: Final = 86_400
_BIN: Final = 1_800
_BINS: Final = _DAY // _BIN
_BUSY_SHARE: Final = 0.2
"""Choice: a half hour belongs to the working day if it has a fifth of the events of the eight busiest hours' mean."""
_WORKDAY_SHARE: Final = 0.25
"""Choice: a day of the week is worked on if it has a quarter of the events of the busiest one."""
_HOLIDAY_SHARE: Final = 0.1
"""Choice: a holiday has less than a tenth of the events of the twenty workdays around it, which have ten or more."""
_AROUND: Final = 10
_FEW: Final = 200
"""Choice: from fewer events than this no hours are inferred: nine to five from Monday to Friday is taken."""
_FEW_DAYS: Final = 20
"""Choice: a group has hours of its own if it was seen on so many days."""
NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class OfficeHours:
    """Days of the week (Monday first) that are worked on, from when to when in hours of the clock, and holidays.

    Each working day counts as the model's eight hours, however long it is. ``ends`` above 24 is past midnight; the day
    is then the one on which work began. ``first`` is the day of hour 0, counted from 1970.
    """

    days: tuple[bool, ...]
    begins: float
    ends: float
    holidays: tuple[int, ...]
    first: int
    last: int
    inferred: bool

    def hours(self, seconds: Seconds) -> Floats:
        """Working hours since the first day's beginning, for seconds of the wall clock; they stand still outside."""
        day, within = np.divmod(seconds - round(self.begins * 3600), _DAY)
        place = np.clip(day - self.first, -1, self.last - self.first + 1) + 1
        worked = self._worked
        before = np.r_[0, np.cumsum(worked)][place]
        share = np.clip(within / ((self.ends - self.begins) * 3600.0), 0.0, 1.0)
        return np.asarray((before + worked[place] * share) * HOURS_PER_DAY)

    def outside(self, seconds: Seconds) -> NDArray[np.bool_]:
        """Which moments lie outside of working hours."""
        day, within = np.divmod(seconds - round(self.begins * 3600), _DAY)
        place = np.clip(day - self.first, -1, self.last - self.first + 1) + 1
        return np.asarray((self._worked[place] == 0) | (within > (self.ends - self.begins) * 3600.0))

    @property
    def working_days(self) -> int:
        """How many working days lie between the first and the last day."""
        return int(self._worked.sum())

    @property
    def _worked(self) -> NDArray[np.int64]:
        """1 for every day that is worked on, from the day before the first to the day after the last."""
        days = np.arange(self.first - 1, self.last + 2)
        worked = np.array(self.days)[(days + 3) % 7] & ~np.isin(days, self.holidays)
        worked[[0, -1]] = False
        return worked.astype(np.int64)

    def __str__(self) -> str:
        """Such as ``Mon-Fri 09:00-17:00``."""
        names = [name for name, worked in zip(NAMES, self.days, strict=True) if worked]
        in_row = "".join("x" if worked else " " for worked in self.days).strip()
        days = f"{names[0]}-{names[-1]}" if len(names) > 2 and " " not in in_row else ",".join(names)
        return f"{days} {_clock(self.begins)}-{_clock(self.ends)}"


def inferred(seconds: Seconds, company: OfficeHours | None = None) -> OfficeHours:
    """When people work, from the moments at which they did something.

    A group works on the days of its ``company``, and has hours of its own if enough is known of it.
    """
    days = seconds // _DAY
    first = int(days.min()) if company is None else company.first
    last = int(days.max()) if company is None else company.last
    if len(seconds) < _FEW or (company is not None and len(np.unique(days)) < _FEW_DAYS):
        return company or OfficeHours((True,) * 5 + (False,) * 2, 9.0, 17.0, (), first, last, inferred=False)
    # A burst of a few days must not hide the rhythm of the weeks: of each half hour of each day the root counts.
    halves, counts = np.unique(seconds // _BIN, return_counts=True)
    weight = np.sqrt(counts)
    if company is not None:
        worked = np.array(company.days)
    else:
        weekdays = np.bincount((halves // _BINS + 3) % 7, weight, minlength=7)
        worked = weekdays >= _WORKDAY_SHARE * weekdays.max()
    on_workday = worked[(halves // _BINS + 3) % 7]
    begins, ends = _window(halves[on_workday] % _BINS, weight[on_workday])
    holidays = _holidays(days, worked, first, last) if company is None else company.holidays
    return OfficeHours(tuple(map(bool, worked)), begins, ends, holidays, first, last, inferred=True)


def _window(halves: Seconds, weight: Floats) -> tuple[float, float]:
    """From when to when in a day: all half hours that are busy, and those between; the longest idle gap is night."""
    bins = np.bincount(halves, weight, minlength=_BINS)
    level = np.sort(bins)[-int(HOURS_PER_DAY * 3600 / _BIN) :].mean()
    busy = np.flatnonzero(bins >= _BUSY_SHARE * level)
    gaps = np.diff(np.r_[busy, busy[0] + _BINS])
    longest = int(np.argmax(gaps))
    if gaps[longest] == 1:
        return 0.0, 24.0
    begins = busy[(longest + 1) % len(busy)]
    ends = busy[longest] + 1
    ends += _BINS if ends <= begins else 0
    return begins * _BIN / 3600.0, ends * _BIN / 3600.0


def _holidays(days: Seconds, worked: NDArray[np.bool_], first: int, last: int) -> tuple[int, ...]:
    counts = np.bincount(days - first, minlength=last - first + 1)
    all_days = np.arange(first, last + 1)
    usual = np.flatnonzero(worked[(all_days + 3) % 7])
    found = []
    for place, day in enumerate(usual):
        around = np.delete(counts[usual[max(0, place - _AROUND) : place + _AROUND + 1]], min(place, _AROUND))
        middle = np.median(around) if len(around) else 0.0
        if middle >= 10 and counts[day] < _HOLIDAY_SHARE * middle:
            found.append(int(first + day))
    return tuple(found)


def given(text: str, seconds: Seconds, by_people: Seconds | None = None) -> OfficeHours:
    """The hours that a user gives, such as ``Mon-Fri 09:00-17:30``; ``ScenarioError`` if they cannot be read.

    Over the days of all events (``seconds``); holidays are those on which ``by_people`` hardly anything was done.
    """
    found = re.fullmatch(
        r"\s*([A-Za-z]{3}(?:[-,][A-Za-z]{3})*)\s+(\d{1,2})[:.](\d{2})\s*-\s*(\d{1,2})[:.](\d{2})\s*", text
    )
    days = _days(found[1]) if found else None
    if found is None or days is None:
        rule = f"{shown(text)} is no working time; such as 'Mon-Fri 09:00-17:00' or 'Mon,Wed,Sat 22:00-06:00'"
        raise ScenarioError([Problem("--calendar", 0, "", rule)])
    begins, ends = (int(found[at]) + int(found[at + 1]) / 60.0 for at in (2, 4))
    minutes = int(found[3]), int(found[5])
    if begins >= 24 or ends > 24 or begins == ends or max(minutes) > 59:
        raise ScenarioError([Problem("--calendar", 0, "", f"{shown(text)}: hours lie between 00:00 and 24:00")])
    every = seconds // _DAY
    ends += 24.0 if ends < begins else 0.0
    first, last = int(every.min()), int(every.max())
    acted = (by_people if by_people is not None else seconds[:0]) // _DAY
    holidays = _holidays(acted, np.array(days), first, last) if len(acted) >= _FEW else ()
    return OfficeHours(days, begins, ends, holidays, first, last, inferred=False)


def _days(text: str) -> tuple[bool, ...] | None:
    worked = [False] * 7
    for part in text.split(","):
        ends = [_place(name) for name in part.split("-")]
        if None in ends or len(ends) > 2:
            return None
        day, last = ends[0], ends[-1]
        while day is not None and last is not None:
            worked[day] = True
            if day == last:
                break
            day = (day + 1) % 7
    return tuple(worked)


def _place(name: str) -> int | None:
    word = name.capitalize()
    return NAMES.index(word) if word in NAMES else None


def _clock(hour: float) -> str:
    minutes = round(hour * 60)
    return f"{minutes // 60 % 24 if minutes != 1440 else 24:02d}:{minutes % 60:02d}"

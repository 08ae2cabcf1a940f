"""Times as exports write them: the format is found from the values themselves, and asked for where it is not sure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from sim.scenario.problems import Problem, ScenarioError, shown
from sim.study.calibrate.notes import Notes

if TYPE_CHECKING:
    import pandas as pd

NO_TIME: Final = np.iinfo(np.int64).min
"""Stands where a time is missing or cannot be read."""
NO_ZONE: Final = np.iinfo(np.int32).min
ISO: Final = "ISO 8601"
_EPOCHS: Final = {10: ("seconds since 1970", 1), 13: ("milliseconds since 1970", 1000)}
_DIGITS: Final = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
_SERIAL: Final = "days since 1899-12-30"
"""As spreadsheets count: 45335.375 is nine in the morning of 13 February 2024."""
_SERIAL_0: Final = -2_209_161_600
EARLIEST: Final = 631_152_000
LATEST: Final = 3_786_912_000
"""Choice: times before 1990 or after 2090 are stand-ins for none, such as 1970-01-01 and 9999-12-31."""
_DATE = r"(?P<one>\d{1,4})(?P<mark>[./ -])(?P<two>\d{1,2}|[^\W\d_]{3,10}\.?)(?P=mark)(?P<three>\d{2,4})"
_SECOND = r"(?P<second>(?P=colon)\d{2}(?P<part>[.,]\d+)?)?(?P<noon> ?[AP]M)?"
_CLOCK = rf"(?P<gap>,? |T)(?P<hour>\d{{1,2}})(?P<colon>[:.])\d{{2}}{_SECOND}"
_OTHER = re.compile(rf"^{_DATE}(?:{_CLOCK})?$", re.IGNORECASE)
_ISO_LIKE = re.compile(r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?)?( ?(Z|[+-]\d{2}(:?\d{2})?))?$")
_ZONE = r" ?(?P<zone>Z|[+-]\d{2}:?(?:\d{2})?)$"
_MONTHS: Final = {
    "ene": "Jan", "enero": "Jan", "jan": "Jan", "janv": "Jan", "januar": "Jan",
    "feb": "Feb", "febrero": "Feb", "fev": "Feb", "févr": "Feb", "februar": "Feb",
    "mar": "Mar", "marzo": "Mar", "mär": "Mar", "mrz": "Mar", "märz": "Mar", "mars": "Mar",
    "abr": "Apr", "abril": "Apr", "avr": "Apr", "apr": "Apr",
    "may": "May", "mayo": "May", "mai": "May", "jun": "Jun", "junio": "Jun", "juni": "Jun", "juin": "Jun",
    "jul": "Jul", "julio": "Jul", "juli": "Jul", "juil": "Jul",
    "ago": "Aug", "agosto": "Aug", "aug": "Aug", "août": "Aug",
    "sep": "Sep", "sept": "Sep", "septiembre": "Sep", "set": "Sep", "oct": "Oct", "octubre": "Oct", "okt": "Oct",
    "oktober": "Oct", "out": "Oct", "nov": "Nov", "noviembre": "Nov", "dic": "Dec", "diciembre": "Dec", "dez": "Dec",
    "dezember": "Dec", "déc": "Dec", "dec": "Dec",
}  # fmt: skip
"""Months as they are shortened in Spanish, German, French and Portuguese."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to read times: ``strptime`` codes, ISO 8601, or a count of ``per`` parts of a second since 1970."""

    codes: str
    per: int = 0

    def read(self, texts: "pd.Series[str]") -> "tuple[NDArray[np.int64], NDArray[np.int32]]":
        """Seconds since 1970 as written, and the offset to UTC in minutes; ``NO_TIME`` and ``NO_ZONE`` where not said.

        Where an offset is given, the seconds are those of UTC.
        """
        import pandas as pd  # noqa: PLC0415 - takes a while to load

        offsets = np.full(len(texts), NO_ZONE, np.int32)
        if self.codes == _SERIAL:
            days = pd.to_numeric(texts.str.replace(",", "."), errors="coerce").to_numpy(np.float64)
            return np.where(np.isnan(days), NO_TIME, np.round(np.nan_to_num(days) * 86_400) + _SERIAL_0).astype(
                np.int64
            ), offsets
        if self.per:
            numbers = pd.to_numeric(texts, errors="coerce").to_numpy(np.float64)
            return np.where(np.isnan(numbers), NO_TIME, np.nan_to_num(numbers) // self.per).astype(np.int64), offsets
        if self.codes == ISO:
            zoned = texts.str.contains(_ZONE.replace("?P<zone>", "?:"), regex=True) & texts.str.contains(":")
            if zoned.any():
                kept = zoned.to_numpy()
                marks = pd.Categorical(texts[zoned].str.extract(_ZONE)["zone"])
                offsets[kept] = np.array([_minutes(mark) for mark in marks.categories], np.int32)[marks.codes]
            moments = pd.to_datetime(texts.str.replace(",", "."), format="ISO8601", utc=True, errors="coerce")
            return _seconds(moments), offsets
        cleaned = _cleaned(texts)
        moments = pd.to_datetime(cleaned, format=self.codes, errors="coerce", utc=True)
        for shorter in (self.codes.replace(":%S", "").replace(".%S", ""), self.codes.replace("%M", "%M:%S")):
            lacking = moments.isna() & (cleaned != "")
            if lacking.any() and shorter != self.codes and shorter.count("%S") <= 1:
                moments = moments.where(~lacking, pd.to_datetime(cleaned, format=shorter, errors="coerce", utc=True))
        if "%z" in self.codes:
            marks = pd.Categorical(cleaned.str.extract(_ZONE)["zone"])
            minutes = np.array([_minutes(mark) for mark in marks.categories] or [NO_ZONE], np.int32)
            offsets = np.where(marks.codes >= 0, minutes[marks.codes], NO_ZONE).astype(np.int32)
        return _seconds(moments), offsets


class Times:
    """One column of times, read batch by batch with every format that could still be meant."""

    def __init__(self, notes: Notes, column: str, given: str | None) -> None:
        self.notes = notes
        self.column = column
        self._formats: list[Format] | None = [_as_format(given)] if given else None
        self._read: list[list[NDArray[np.int64]]] = []
        self._offsets: list[NDArray[np.int32]] = []
        self._wrong: list[tuple[int, str]] = []
        self._unread: list[int] = []

    def add(self, texts: "pd.Series[str]", first_row: int) -> None:
        """The next batch, whose first value stands in a row of that number."""
        written = texts != ""
        if self._formats is None:
            self._formats = list(_possible(texts[written].head(2000)))
            if written.any() and not self._formats:
                self._refuse(first_row + int(np.argmax(written.to_numpy())), str(texts[written].iloc[0]))
        if not self._formats:
            self._formats = None
            missing = np.full(len(texts), NO_TIME, np.int64)
            self._read.append([missing])
            self._offsets.append(np.full(len(texts), NO_ZONE, np.int32))
            return
        found = [form.read(texts) for form in self._formats]
        bad = [int(((seconds == NO_TIME) & written.to_numpy()).sum()) for seconds, _ in found]
        best = min(bad)
        stays = [place for place, count in enumerate(bad) if count == best]
        if len(stays) < len(found):
            self._keep(stays)
            found = [found[place] for place in stays]
        self._read.append([seconds for seconds, _ in found])
        self._offsets.append(found[0][1])
        if best:
            wrong = np.flatnonzero((found[0][0] == NO_TIME) & written.to_numpy())
            self._wrong += [(first_row + int(row), str(texts.iloc[row])) for row in wrong[:3]]
            self._unread.append(len(wrong))

    def _keep(self, stays: Sequence[int]) -> None:
        """Forget the formats that a value has ruled out."""
        if self._formats is not None:
            self._formats = [self._formats[place] for place in stays]
        self._read = [[batch[place] for place in stays] if len(batch) > 1 else batch for batch in self._read]

    @property
    def format(self) -> str:
        """The format, as it is told."""
        return self._formats[0].codes if self._formats else ""

    @property
    def unreadable(self) -> tuple[int, list[tuple[int, str]]]:
        """How many values could not be read, and the first of them: row and text."""
        return sum(self._unread), self._wrong[:3]

    def finish(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Seconds and offsets of the whole column; ``ScenarioError`` if day and month could be taken for each other."""
        if self._formats is not None and len(self._formats) > 1:
            one, other = self._formats[:2]
            same = all(np.array_equal(batch[0], batch[1]) for batch in self._read if len(batch) > 1)
            if not same:
                rule = (
                    f"every time can be read as {one.codes} and as {other.codes}; say which with"
                    f" --time-format '{one.codes}'"
                )
                raise ScenarioError([Problem(self.notes.file, 0, self.column, rule)])
        seconds = np.concatenate([batch[0] for batch in self._read] or [np.empty(0, np.int64)])
        self._read.clear()
        offsets = np.concatenate(self._offsets or [np.empty(0, np.int32)])
        self._offsets.clear()
        return seconds, offsets

    def _refuse(self, row: int, text: str) -> None:
        rule = (
            f"{shown(text)} is no time in a format that is known; say how times are written, in the codes of strptime:"
            " --time-format '%d/%m/%Y %H:%M'"
        )
        raise ScenarioError([self.notes.problem(row, self.column, rule)])


def codes_are_wrong(codes: str) -> str:
    """What is wrong with the codes of a format, or nothing."""
    import pandas as pd  # noqa: PLC0415

    if _as_format(codes).codes == ISO or _as_format(codes).per:
        return ""
    if "%" not in codes:
        return "it holds no code of strptime, such as %Y"
    try:
        pd.to_datetime(pd.Series(["x"]), format=codes, errors="coerce")
    except (ValueError, re.error) as error:
        return str(error)
    return ""


def _as_format(codes: str) -> Format:
    for name, per in _EPOCHS.values():
        if codes == name:
            return Format(name, per)
    return Format(ISO) if codes.casefold() in {"iso", "iso8601", ISO.casefold()} else Format(codes)


def _possible(texts: "pd.Series[str]") -> Iterator[Format]:
    """Formats that all, or nearly all, of some values fit."""
    values = [value.strip() for value in texts]
    if not values:
        return
    most = 0.9 * len(values)
    if sum(bool(_ISO_LIKE.match(value)) for value in values) >= most:
        yield Format(ISO)
        return
    for digits, (name, per) in _EPOCHS.items():
        if sum(value.isdigit() and len(value) == digits for value in values) >= most and _plausible(values, per):
            yield Format(name, per)
            return
    for digits, codes in _DIGITS.items():
        if sum(value.isdigit() and len(value) == digits for value in values) >= most:
            yield Format(codes)
            return
    if sum(bool(re.fullmatch(r"[3-6]\d{4}([.,]\d+)?", value)) for value in values) >= most:
        yield Format(_SERIAL)
        return
    seen: dict[str, int] = {}
    for value in values:
        for codes in _codes(_noon(value)):
            seen[codes] = seen.get(codes, 0) + 1
    yield from (Format(codes) for codes, count in sorted(seen.items()) if count >= 0.5 * len(values))


def _plausible(values: Sequence[str], per: int) -> bool:
    numbers = sorted(int(value) // per for value in values if value.isdigit())
    return EARLIEST <= numbers[len(numbers) // 2] <= LATEST


def _codes(value: str) -> Iterator[str]:
    """The ``strptime`` codes that could be meant by one value."""
    zone = re.search(r" ?[+-]\d{2}:?\d{2}$", value)
    found = _OTHER.match(value[: zone.start()] if zone else value)
    if found is None:
        return
    mark, one, two, three = found["mark"], found["one"], found["two"], found["three"]
    clock = ""
    if found["gap"]:
        clock = found["gap"] + ("%I" if found["noon"] else "%H") + found["colon"] + "%M"
        clock += (found["colon"] + "%S" if found["second"] else "") + (found["part"][0] + "%f" if found["part"] else "")
        clock += " %p" if found["noon"] else ""
    clock += (" %z" if value[zone.start()] == " " else "%z") if zone else ""
    year = "%Y" if len(three) == 4 else "%y"
    if len(one) == 4:
        yield f"%Y{mark}%m{mark}%d{clock}"
    elif not two.isdigit():
        yield f"%d{mark}%b{mark}{year}{clock}"
    else:
        yield f"%d{mark}%m{mark}{year}{clock}"
        if mark != ".":  # nobody writes the month first with points
            yield f"%m{mark}%d{mark}{year}{clock}"


def _noon(text: str) -> str:
    return re.sub(r"\s*([ap])\.?\s?m\.?$", lambda found: f" {found[1].upper()}M", text, flags=re.IGNORECASE)


def _cleaned(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Times with English months, and noon told as AM and PM."""
    cleaned = texts.str.strip()
    first = cleaned[cleaned != ""].head(1)
    if first.empty or not re.search(r"[^\W\d_]", first.iloc[0].replace("T", "")):
        return cleaned
    cleaned = cleaned.str.replace(r"(?i)\s*([ap])\.?\s?m\.?$", lambda found: f" {found[1].upper()}M", regex=True)
    return cleaned.str.replace(
        r"(?<=[./ -])[^\W\d_]{3,10}\.?(?=[./ -])",
        lambda found: _MONTHS.get(found[0].rstrip(".").casefold(), found[0][:3]),
        regex=True,
    )


def _minutes(mark: object) -> int:
    text = str(mark)
    if text == "Z":
        return 0
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return -minutes if text[0] == "-" else minutes


def _seconds(moments: "pd.Series[pd.Timestamp]") -> NDArray[np.int64]:
    import pandas as pd  # noqa: PLC0415

    seconds = moments.dt.tz_localize(None).to_numpy("datetime64[s]").astype(np.int64)
    return np.where(pd.isna(moments).to_numpy(), NO_TIME, seconds)

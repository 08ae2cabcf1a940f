"""A staff survey: morale by department, with what few answers say drawn towards what all say."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from sim.scenario.problems import Problem, ScenarioError, nearest, shown
from sim.study.calibrate.columns import closest, plain
from sim.study.calibrate.intervals import Estimate
from sim.study.calibrate.log import Mended
from sim.study.calibrate.sheets import Sheet, read_sheet

_DEPARTMENT: Final = (
    "department|group|team|unit|assignment group|support group|departamento|grupo|equipo|unidad|area|abteilung|gruppe"
)
_SCORE: Final = (
    "score|answer|value|rating|morale|satisfaction|engagement|puntuacion|respuesta|valor|valoracion|satisfaccion|moral"
    "|wert|antwort|punkte|zufriedenheit"
)
_RESPONDENT: Final = "respondent|respondent id|person|employee|employee id|encuestado|persona|empleado|befragte"
_QUESTION: Final = "question|question id|item|pregunta|frage"
_ID: Final = re.compile(r"\bid$")
_MOSTLY: Final = 0.8
"""Choice: a column holds scores if four fifths of what stands in it are numbers."""
_SCALES: Final = ((1.0, 5.0), (1.0, 7.0), (0.0, 10.0), (0.0, 100.0))
FEWEST: Final = 5
"""Choice, as is usual in staff surveys: of fewer answers nothing is shown, so that nobody can be told by them."""


@dataclass(frozen=True)
class Survey:
    """Morale in [0, 1] by department as answered (``means``, ``answers``) and as shrunk, and how much lies between.

    ``between`` is the standard deviation between departments' true means, ``within`` that of answers in one.
    """

    file: str
    columns: tuple[str, ...]
    scale: tuple[float, float]
    means: Mapping[str, float]
    answers: Mapping[str, int]
    morale: Mapping[str, Estimate]
    overall: Estimate
    between: float
    within: float
    notes: tuple[Mended, ...]


def read_survey(
    path: Path, places: Mapping[str, str], departments: Sequence[str], scale: tuple[float, float] | None = None
) -> Survey:
    """The survey of a CSV file, one value a person: the mean of what they answered.

    ``places`` leads from a group or department of the log to its department. ``ScenarioError`` names departments that
    the log does not know, with the nearest that it does, and scores that are no numbers or beyond the scale.
    """
    sheet = read_sheet(path)
    asked = _asked(sheet)
    answers = _Answers(sheet, asked, places)
    if answers.problems:
        raise ScenarioError(answers.problems[:8])
    values, words, strange, scores = answers.values, answers.words, answers.strange, asked.scores
    if not values:
        names = ", ".join(map(shown, list(strange)[:5]))
        raise ScenarioError([Problem(sheet.file, 0, asked.group, f"none of its departments is in the log: {names}")])
    if len(words) > (1 - _MOSTLY) * (len(values) + len(words)):
        rule = f"{len(words)} of {len(values) + len(words)} answers are no numbers, such as {words[0]}"
        raise ScenarioError([Problem(sheet.file, 0, scores[0], rule)])
    low, high = _scale(np.array(values), scale, sheet.file, scores[0])
    whose = [department for department, _ in answers.by_person]
    morale = (np.array([np.mean(numbers) for numbers in answers.by_person.values()]) - low) / (high - low)
    notes = [Mended("empty answer in the survey: left out", count=answers.empty)] if answers.empty else []
    if words:
        notes.append(Mended("answer that is no number: left out", count=len(words), places=words[:3]))
    if strange:
        told = [f"{shown(name)} ({count})" for name, count in strange.items()]
        notes.append(
            Mended(
                "answer of a department that is not in the log: left out",
                count=sum(strange.values()),
                places=told[:5],
            )
        )
    return replace(_shrunk(sheet.file, (low, high), morale, whose, departments, notes), columns=scores)


@dataclass(frozen=True)
class _Asked:
    """Which columns say the department, who answered (or nothing), the question (or nothing), and the scores."""

    group: str
    who: str
    question: str
    scores: tuple[str, ...]


class _Answers:
    """What stands in a survey: values, by person and department; what is empty, no number, or of nobody known."""

    def __init__(self, sheet: Sheet, asked: _Asked, places: Mapping[str, str]) -> None:
        self.by_person: dict[tuple[str, str], list[float]] = {}
        self.values: list[float] = []
        self.words: list[str] = []
        self.strange: dict[str, int] = {}
        self.problems: list[Problem] = []
        self.empty = 0
        self._asked, self._sheet, self._places = asked, sheet, places
        self._rows: dict[tuple[str, str], int] = {}
        by_plain = {plain(name): department for name, department in places.items()}
        named = {name: name for name in (asked.group, asked.who, asked.question, *asked.scores) if name}
        for line, row in sheet.columns(named):
            department = by_plain.get(plain(row[asked.group]))
            if department is None:
                self._unknown(line, row[asked.group])
            else:
                self._add(line, department, row)

    def _unknown(self, line: int, name: str) -> None:
        near = nearest(name, self._places)
        if near and name not in self.strange:
            rule = f"{shown(name)} is no group of the log"
            self.problems.append(Problem(self._sheet.file, line, self._asked.group, rule, near))
        self.strange[name] = self.strange.get(name, 0) + 1

    def _add(self, line: int, department: str, row: Mapping[str, str]) -> None:
        person = row[self._asked.who] if self._asked.who else str(line)
        if self._asked.question and not self._asked.who:  # the n-th answer to each question: the n-th person's
            asked = department, row[self._asked.question]
            self._rows[asked] = self._rows.get(asked, 0) + 1
            person = str(self._rows[asked])
        for name in self._asked.scores:
            number = _number(row[name])
            if not row[name]:
                self.empty += 1
            elif number is None:
                self.words.append(f"line {line}: {shown(row[name])}")
            else:
                self.values.append(number)
                self.by_person.setdefault((department, person), []).append(number)


def _shrunk(  # noqa: PLR0913, PLR0917 - what was read, for whom
    file: str,
    scale: tuple[float, float],
    morale: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    whose: Sequence[str],
    departments: Sequence[str],
    notes: list[Mended],
) -> Survey:
    """Empirical Bayes: each mean is drawn to the mean of means by how much of its distance could be chance.

    The variance between departments is that of the analysis of variance for groups of unequal size (Searle 1971).
    """
    names = [name for name in departments if name in set(whose)]
    place = np.array([names.index(name) for name in whose])
    count = np.bincount(place, minlength=len(names)).astype(np.float64)
    means = np.bincount(place, morale, len(names)) / count
    freedom = max(1.0, len(morale) - len(names))
    within = float(np.sum((morale - means[place]) ** 2) / freedom)
    total = float(count.sum())
    usual = (total - float(np.sum(count**2)) / total) / max(1, len(names) - 1) if len(names) > 1 else np.inf
    grand = float(np.average(means, weights=count))
    squares = float(np.sum(count * (means - grand) ** 2) / max(1, len(names) - 1))
    between = max(0.0, (squares - within) / usual) if np.isfinite(usual) else 0.0
    weight = 1.0 / (between + within / count) if between + within > 0 else np.ones(len(names))
    middle = float(np.average(means, weights=weight))
    error_of_middle = float(1.0 / np.sum(weight)) if between + within > 0 else 0.0
    trust = between / (between + within / count) if between > 0 else np.zeros(len(names))
    drawn = middle + trust * (means - middle)
    errors = np.sqrt(trust * within / count + (1.0 - trust) ** 2 * error_of_middle)
    few = [name for name, answers in zip(names, count, strict=True) if answers < FEWEST]
    if few:
        rule = "department with fewer than {detail} answers: taken as the company"
        notes = [*notes, Mended(rule, str(FEWEST), len(few))]
        hidden = np.array([name in few for name in names])
        drawn[hidden] = middle
        errors[hidden] = np.sqrt(between + error_of_middle)
    half = 1.96 * errors
    found = {
        name: Estimate(float(at), float(max(0.0, at - reach)), float(min(1.0, at + reach)), int(answers), "survey")
        for name, at, reach, answers in zip(names, drawn, half, count, strict=True)
    }
    reach = 1.96 * float(np.sqrt(error_of_middle))
    return Survey(
        file,
        (),
        scale,
        {name: float(value) for name, value in zip(names, means, strict=True)},
        {name: int(value) for name, value in zip(names, count, strict=True)},
        found,
        Estimate(middle, middle - reach, middle + reach, len(morale), "survey"),
        float(np.sqrt(between)),
        float(np.sqrt(within)),
        tuple(notes),
    )


def _asked(sheet: Sheet) -> _Asked:
    """The columns that say something; those of scores: one by its name, else all that hold numbers."""
    who, question = _named_in(sheet, _RESPONDENT), _named_in(sheet, _QUESTION)
    by_plain = {plain(name): name for name in reversed(sheet.header)}
    group = next((by_plain[word] for word in _DEPARTMENT.split("|") if word in by_plain), None)
    if group is None:
        rule = f"no column was recognised that says the department; the columns are {', '.join(sheet.header)}"
        raise ScenarioError([Problem(sheet.file, 1, "department", rule, closest(_DEPARTMENT.split("|"), sheet.header))])
    score = next((by_plain[word] for word in _SCORE.split("|") if word in by_plain), None)
    if score is not None:
        return _Asked(group, who, question, (score,))
    others = {
        name
        for name in sheet.header
        if _ID.search(plain(name)) or plain(name) in f"id|{_RESPONDENT}|{_QUESTION}".split("|")
    }
    numeric = [name for name in sheet.header if name != group and name not in others and _all_numbers(sheet, name)]
    if not numeric:
        rule = f"no column holds scores; the columns are {', '.join(sheet.header)}"
        raise ScenarioError([Problem(sheet.file, 1, "score", rule, closest(_SCORE.split("|"), sheet.header))])
    return _Asked(group, who, question, tuple(numeric))


def _named_in(sheet: Sheet, words: str) -> str:
    """The column of one of these names, or nothing."""
    by_plain = {plain(name): name for name in reversed(sheet.header)}
    return next((by_plain[word] for word in words.split("|") if word in by_plain), "")


def _all_numbers(sheet: Sheet, name: str) -> bool:
    place = sheet.header.index(name)
    written = [row[place] for _, row in sheet.rows if row[place]]
    numbers = [text for text in written if _number(text) is not None]
    return bool(written) and len(numbers) >= _MOSTLY * len(written)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ".", 1))
    except ValueError:
        return None


def _scale(
    values: "np.ndarray[tuple[int], np.dtype[np.float64]]", given: tuple[float, float] | None, file: str, column: str
) -> tuple[float, float]:
    """The scale given, else the shortest usual one that holds all answers."""
    least, most = float(values.min()), float(values.max())
    fits = [scale for scale in ([given] if given else _SCALES) if scale[0] <= least and most <= scale[1]]
    if not fits:
        told = f"{given[0]:g} to {given[1]:g}" if given else "1 to 5, 1 to 7, 0 to 10 or 0 to 100"
        rule = f"scores from {least:g} to {most:g} do not fit a scale of {told}; say which with --scale LOW-HIGH"
        raise ScenarioError([Problem(file, 0, column, rule)])
    return fits[0]


def given_scale(text: str) -> tuple[float, float]:
    """A scale as it is typed, ``1-5``."""
    found = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)\s*-\s*(\d+(?:[.,]\d+)?)\s*", text)
    ends = [float(part.replace(",", ".")) for part in found.groups()] if found else [1.0, 0.0]
    if ends[0] >= ends[1]:
        raise ScenarioError([Problem("--scale", 0, "", f"{shown(text)} is no scale; such as 1-5 or 0-100")])
    return ends[0], ends[1]


def rows_of(survey: Survey) -> Iterator[tuple[str, int, float, Estimate]]:
    """By department: answers, their mean, and what is taken; of few answers nothing that would tell whose they are."""
    for name, taken in survey.morale.items():
        answers = survey.answers[name]
        yield name, answers, survey.means[name] if answers >= FEWEST else float("nan"), taken

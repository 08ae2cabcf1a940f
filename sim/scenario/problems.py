"""What is wrong with a scenario file: one problem a line, with the place, the value and the rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, said so that it can be mended without reading anything else.

    ``line`` counts from 1 and is 0 where no line can be named; ``key`` is the dotted path with the names of
    departments in it.
    """

    file: str
    line: int
    key: str
    rule: str
    nearest: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        parts = [part for part in (place, self.key) if part]
        hint = f" (nearest: {self.nearest})" if self.nearest else ""
        return printable(f"{': '.join(parts)}: {self.rule}{hint}")


class ScenarioError(ValueError):
    """A scenario that is not right. ``problems`` holds all of them, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(dict.fromkeys(sorted(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def nearest(word: object, valid: Iterable[str]) -> str:
    """The valid word that looks most like ``word``, or nothing if none comes near."""
    if not isinstance(word, str):
        return ""
    by_lower_case = {candidate.casefold(): candidate for candidate in valid}
    found = get_close_matches(word.casefold(), by_lower_case, n=1, cutoff=0.6)
    return by_lower_case[found[0]] if found else ""


def shown(value: object, longest: int = 60) -> str:
    """A value as it is quoted in a message: one line, not too long."""
    text = f"'{value}'" if isinstance(value, str) else _as_yaml(value)
    text = printable(" ".join(text.split()))
    return text if len(text) <= longest else text[: longest - 1] + "…"


def printable(text: str) -> str:
    """The text with a question mark for every character that is not shown but could control a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def listed(words: Sequence[str]) -> str:
    """Words in a row: ``a, b or c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _as_yaml(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_as_yaml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_as_yaml, value)) + "]"
    return str(value)

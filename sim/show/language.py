"""A language: its texts, which stand in a catalogue under ``locale/``, and numbers as it writes them.

The English sentence stands where it is said and is the key to all other languages: ``say("{n} others", n=3)``. A
language is always called ``say``, and what it says is always written out there, so that a test can find every text.
"""

from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("en", "es")
CATALOGUES: Final = Path(__file__).with_name("locale")
DOMAIN: Final = "customer_chain"
"""The name of each language's catalogue."""
SPACE: Final = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Language:
    """Says texts and numbers to people. Whole numbers in a text are written as numbers, a seed or a year as ``str``."""

    code: str
    catalogue: NullTranslations

    def __call__(self, text: str, /, **values: str | int) -> str:
        """A text with its ``{placeholders}`` filled."""
        return self._filled(self.catalogue.gettext(text), values)

    def counted(self, one: str, many: str, n: int, /, **values: str | int) -> str:
        """The text that goes with so many ``{n}``: ``say.counted("{n} day", "{n} days", 3)``."""
        return self._filled(self.catalogue.ngettext(one, many, n), values | {"n": n})

    def number(self, value: float, digits: int = 0) -> str:
        """With a decimal comma in Spanish; thousands apart, in Spanish from five digits on."""
        text = f"{value:z,.{digits}f}".replace("-", "\N{MINUS SIGN}")
        if self.code != "es":
            return text
        apart = SPACE if abs(value) >= 10_000 else ""
        return text.replace(",", apart).replace(".", ",")

    def brief(self, value: float) -> str:
        """With about two digits that count: 31, 7.3, 0.45."""
        size = abs(value)
        digits = 0 if size >= 9.95 or size == 0 else 1 if size >= 0.95 else 2
        return self.number(value, digits)

    def hours(self, value: float) -> str:
        """Such as ``7.3 h``."""
        return f"{self.brief(value)}{SPACE}h"

    def percent(self, share: float) -> str:
        """Such as ``62 %``; what is neither nothing nor all is not rounded to it."""
        rounded = round(share * 100)
        if share > 0 and rounded == 0:
            return f"<{SPACE}1{SPACE}%"
        if share < 1 and rounded == 100:
            return f">{SPACE}99{SPACE}%"
        return f"{self.number(rounded)}{SPACE}%"

    def _filled(self, text: str, values: dict[str, str | int]) -> str:
        written = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        return text.format(**written)


@cache
def speaking(code: str) -> Language:
    """The language of a code, one of ``LANGUAGES``; ``ValueError`` else."""
    if code not in LANGUAGES:
        raise ValueError(f"language: {code!r} is not allowed: {' or '.join(LANGUAGES)}")
    return Language(code, NullTranslations() if code == "en" else translation(DOMAIN, CATALOGUES, [code]))


ENGLISH: Final = speaking("en")

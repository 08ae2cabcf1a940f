"""What every part of a scenario has in common: it is frozen, knows its keys, and has texts and names for people."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

_FORBIDDEN_IN_NAMES = re.compile(r"[.<>:/\\|?*\",+\[\]]")
_FORMULA_SIGNS = ("=", "+", "-", "@")
"""A spreadsheet that opens a table takes what begins with one of these for a formula."""
_FORBIDDEN_AS_NAMES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # Windows cannot write such a file


def named(name: str) -> str:
    """A name, if it is one that files, links and reports can carry."""
    fits = name.strip() and name == name.strip() and len(name) <= 60 and name.isprintable()
    fits = fits and unicodedata.is_normalized("NFC", name)  # else two names could look alike
    if not fits or _FORBIDDEN_IN_NAMES.search(name):
        rule = 'a name has 1 to 60 characters, none of . < > : / \\ | ? * " , + [ ], and no space at its ends'
        raise PydanticCustomError("name", "{rule}", {"rule": rule})
    if name.startswith(_FORMULA_SIGNS):
        rule = "a name does not begin with = + - or @, else spreadsheets take it for a formula"
        raise PydanticCustomError("name", "{rule}", {"rule": rule})
    if _FORBIDDEN_AS_NAMES.fullmatch(name):
        raise PydanticCustomError("name", "{rule}", {"rule": "Windows can write no file of this name"})
    return name


def misfit(key: str, rule: str) -> PydanticCustomError:
    """Two keys of one part that do not go together; ``key`` is the one to be mended."""
    return PydanticCustomError("misfit", "{rule}", {"rule": rule, "key": key})


def _words(value: object) -> object:
    return {"en": value} if isinstance(value, str) else value


def _printable(text: str) -> str:
    if len(text) > 2000 or not text.replace("\n", "").replace("\t", "").isprintable():
        rule = "a text has at most 2,000 characters and none that controls a terminal"
        raise PydanticCustomError("name", "{rule}", {"rule": rule})
    return text


Sentence = Annotated[str, AfterValidator(_printable)]
Name = Annotated[str, AfterValidator(named)]


class Part(BaseModel):
    """A piece of a scenario: frozen, with no unknown keys, and with no silent conversion of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Words(Part):
    """A text for people in English, Spanish or both. A plain text in the file is the English one."""

    en: Sentence | None = Field(None, description="in English")
    es: Sentence | None = Field(None, description="in Spanish")

    def said(self, language: str = "en") -> str:
        """The text in a language, or in the other one where this is missing."""
        first, second = (self.es, self.en) if language == "es" else (self.en, self.es)
        return first or second or ""


Text = Annotated[Words, BeforeValidator(_words)]

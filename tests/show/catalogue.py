"""Texts in the source and in the catalogues. As a command, it brings the catalogues up to date::

    python -m tests.show.catalogue

New texts are added at the end of each ``.po`` to be translated there, and each ``.mo``, which the program reads, is
compiled from its ``.po``.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from babel.messages import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from sim.show.language import CATALOGUES, DOMAIN, LANGUAGES

SOURCE = CATALOGUES.parent
TRANSLATED = [code for code in LANGUAGES if code != "en"]
Wording = tuple[str, ...]
"""A text, or the two for one and for many."""


class Said(NamedTuple):
    """A call of a language: where it stands, what it says, and which values it gives."""

    where: str
    arguments: list[ast.expr]
    given: set[str]
    counted: bool

    @property
    def wording(self) -> Wording:
        """What is looked up in the catalogue; ``AssertionError`` where it is not written out."""
        texts = [
            text.value for text in self.arguments if isinstance(text, ast.Constant) and isinstance(text.value, str)
        ]
        assert all(texts), f"{self.where}: the empty text cannot be translated"
        assert len(texts) == (2 if self.counted else 1), f"{self.where}: a text must be written out where it is said"
        return tuple(texts)


def modules() -> dict[str, ast.Module]:
    """Every module that may say something, by its path."""
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
    }


def calls() -> Iterator[Said]:
    """Every ``say(text, …)`` and ``say.counted(one, many, n, …)``, also of ``self.say``."""
    for path, module in modules().items():
        for call in ast.walk(module):
            if not isinstance(call, ast.Call):
                continue
            counted = isinstance(call.func, ast.Attribute) and call.func.attr == "counted"
            speaker = call.func.value if isinstance(call.func, ast.Attribute) and counted else call.func
            if "say" in (getattr(speaker, "id", ""), getattr(speaker, "attr", "")):
                given = {keyword.arg or "**" for keyword in call.keywords}
                yield Said(f"{path}:{call.lineno}", call.args, given, counted)


def wordings() -> set[Wording]:
    """All that is said anywhere."""
    return {said.wording for said in calls()}


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def po_file(code: str) -> Path:
    """The catalogue that people write."""
    return CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def catalogue(code: str) -> Catalog:
    """What people wrote."""
    with po_file(code).open("rb") as file:
        return read_po(file, code, abort_invalid=True)


def compiled(code: str) -> Catalog:
    """What the program reads."""
    with po_file(code).with_suffix(".mo").open("rb") as file:
        return read_mo(file)


def translations(found: Catalog) -> dict[Wording, Wording]:
    """Each text of a catalogue with its translation."""
    return {_each(message.id): _each(message.string) for message in found if message.id}


def missing(code: str) -> str:
    """Entries for what the catalogue lacks, ready to be translated."""
    lacking = sorted(wordings() - translations(catalogue(code)).keys())
    return "".join(f"\n{_entry(wording)}" for wording in lacking)


def _each(texts: str | tuple[str, ...] | list[str]) -> Wording:
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _entry(wording: Wording) -> str:
    quoted = ['"' + text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n") + '"' for text in wording]
    if len(wording) == 1:
        return f'msgid {quoted[0]}\nmsgstr ""\n'
    return f'msgid {quoted[0]}\nmsgid_plural {quoted[1]}\nmsgstr[0] ""\nmsgstr[1] ""\n'


def _update(code: str) -> None:
    with po_file(code).open("a", encoding="utf-8", newline="\n") as file:
        file.write(missing(code))
    with po_file(code).with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue(code))


if __name__ == "__main__":
    for language in TRANSLATED:
        _update(language)

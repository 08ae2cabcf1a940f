"""Everything that charts and tables say is in the catalogue of every language, and nothing else is."""

import ast

import pytest

from tests.show.catalogue import (
    TRANSLATED,
    calls,
    catalogue,
    compiled,
    missing,
    modules,
    placeholders,
    translations,
    wordings,
)

COMMAND = "python -m tests.show.catalogue"


def test_a_language_is_always_called_say() -> None:
    for path, module in modules().items():
        for node in ast.walk(module):
            if isinstance(node, ast.arg) and isinstance(node.annotation, ast.Name) and node.annotation.id == "Language":
                assert node.arg == "say", f"{path}:{node.lineno}: its texts would not be found"


def test_every_placeholder_is_given_a_value() -> None:
    for said in calls():
        needed = set().union(*map(placeholders, said.wording))
        assert said.given | ({"n"} & needed if said.counted else set()) == needed, said.where


@pytest.mark.parametrize("code", TRANSLATED)
class TestCatalogue:
    def test_has_every_text(self, code: str) -> None:
        assert not missing(code), f"run {COMMAND} and translate:\n{missing(code)}"

    def test_has_no_text_that_nobody_says(self, code: str) -> None:
        unused = translations(catalogue(code)).keys() - wordings()
        assert not unused, "take these entries out"

    def test_is_translated_with_the_same_placeholders(self, code: str) -> None:
        for wording, translation in translations(catalogue(code)).items():
            assert all(translation), f"not translated: {wording[0]}"
            assert list(map(placeholders, translation)) == list(map(placeholders, wording)), wording[0]

    def test_has_nothing_uncertain(self, code: str) -> None:
        assert not [message.id for message in catalogue(code) if message.id and message.fuzzy]

    def test_is_compiled(self, code: str) -> None:
        assert translations(compiled(code)) == translations(catalogue(code)), f"run {COMMAND}"
        assert compiled(code).plural_forms == catalogue(code).plural_forms

"""Every parameter that nobody measured has a phrase of its own, short enough for a table."""

import pytest

from sim.scenario.parameters import Laws
from sim.show.compare.parameter_words import parameter_words
from sim.show.language import LANGUAGES, speaking

LONGEST = {"en": 60, "es": 75}
"""Letters."""


def unmeasured() -> list[str]:
    found = {name: field.json_schema_extra for name, field in Laws.model_fields.items()}
    return [
        f"laws.{name}" for name, about in found.items() if isinstance(about, dict) and about["confidence"] == "choice"
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_choice_has_a_short_phrase_of_its_own(code: str) -> None:
    said = {key: parameter_words(key, speaking(code)) for key in unmeasured()}
    assert len(said) > 90
    assert not [key for key, phrase in said.items() if phrase == key]
    assert len(set(said.values())) == len(said)
    assert not [phrase for phrase in said.values() if len(phrase) > LONGEST[code]]
    assert not [phrase for phrase in said.values() if "_" in phrase or phrase[0].isupper() or phrase.endswith(".")]


def test_only_parameters_that_nobody_measured_have_a_phrase() -> None:
    measured = {f"laws.{name}" for name in Laws.model_fields} - set(unmeasured())
    assert all(parameter_words(key, speaking("en")) == key for key in measured)

"""What the user wrote in a scenario file, as charts show it."""

from typing import Final

from sim.scenario.parts import Department
from sim.scenario.schema import Scenario
from sim.show.language import Language

LONGEST_NAME: Final = 32


def names_of(scenario: Scenario, say: Language) -> dict[str, str]:
    """What charts call each department, by its name in the tables."""
    return {department.name: name_of(department, say) for department in scenario.departments}


def name_of(department: Department, say: Language) -> str:
    """What charts call a department."""
    return shortened(department.title.said(say.code) or department.name)


def value_text(value: object, say: Language) -> str:
    """A value of a scenario file, as a text for people."""
    if isinstance(value, float):
        return f"{value:g}".replace(".", "," if say.code == "es" else ".")
    return shortened(str(value))


def shortened(text: str, longest: int = LONGEST_NAME) -> str:
    """A user's text on one line, with an ellipsis where it is too long."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"

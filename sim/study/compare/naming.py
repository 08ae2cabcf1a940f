"""What was typed for a comparison: names that tell scenarios apart, and half-widths."""

from collections.abc import Sequence
from math import isfinite
from pathlib import Path

from pydantic_core import PydanticCustomError

from sim.scenario.part import named
from sim.scenario.problems import shown
from sim.scenario.schema import Scenario
from sim.study.compare.asked import ComparisonError


def apart(given: Sequence[tuple[str, Scenario]]) -> list[Scenario]:
    """Scenarios with the words they were loaded by; those of equal names take their file's as a name, without .yaml.

    ``ComparisonError`` if two are still called the same, or a file's name cannot be a scenario's.
    """
    names = [scenario.name for _, scenario in given]
    told = [
        scenario.model_copy(update={"name": _of_file(word)}) if names.count(scenario.name) > 1 else scenario
        for word, scenario in given
    ]
    taken: dict[str, str] = {}
    for (word, _), scenario in zip(given, told, strict=True):
        if scenario.name in taken:
            raise ComparisonError(
                f"{shown(word)}: is called {shown(scenario.name)}, as {shown(taken[scenario.name])} is: "
                "give one of them a name of its own"
            )
        taken[scenario.name] = word
    return told


def _of_file(word: str) -> str:
    path = Path(word)
    name = path.stem if path.suffix in {".yaml", ".yml"} else path.name
    try:
        return named(name)
    except PydanticCustomError as error:
        raise ComparisonError(
            f"{shown(word)}: another scenario has its name too, and its file's cannot be one: {shown(name)} is not "
            f"allowed: {error.message()}: give it a name of its own"
        ) from None


def precision_of(typed: Sequence[str]) -> dict[str, float]:
    """Half-widths by outcome, from ``OUTCOME=HALFWIDTH``; ``ComparisonError`` for anything else."""
    found = {}
    for text in typed:
        outcome, _, number = text.partition("=")
        try:
            half = float(number)
        except ValueError:
            half = float("nan")
        if not outcome or not (isfinite(half) and half > 0.0):
            raise ComparisonError(
                f"--precision {shown(text)}: is not OUTCOME=HALFWIDTH with a number above 0, "
                "as in customer_satisfaction=0.5"
            )
        found[outcome] = half
    return found

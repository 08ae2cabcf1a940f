"""What was typed for a comparison: names that tell scenarios apart, and half-widths."""

from collections.abc import Sequence
from math import isfinite
from pathlib import Path

from sim.scenario.problems import shown
from sim.scenario.schema import Scenario
from sim.study.compare.comparison import ComparisonError


def apart(given: Sequence[tuple[str, Scenario]]) -> list[Scenario]:
    """Scenarios with the words they were loaded by; those of equal names take their file's stem as a name.

    ``ComparisonError`` if two are still called the same.
    """
    names = [scenario.name for _, scenario in given]
    named = [
        scenario.model_copy(update={"name": Path(word).stem}) if names.count(scenario.name) > 1 else scenario
        for word, scenario in given
    ]
    taken: dict[str, str] = {}
    for (word, _), scenario in zip(given, named, strict=True):
        if scenario.name in taken:
            raise ComparisonError(
                f"{shown(word)}: is called {shown(scenario.name)}, as {shown(taken[scenario.name])} is: "
                "give one of them a name of its own"
            )
        taken[scenario.name] = word
    return named


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

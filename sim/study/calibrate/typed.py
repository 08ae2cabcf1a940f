"""A scenario from its text, as if it had been read from a file."""

from sim.scenario.load import validated
from sim.scenario.reading import parse
from sim.scenario.schema import Scenario


def scenario_of(text: str) -> Scenario:
    """The scenario that a text says; ``ScenarioError`` if it is not right."""
    return validated(parse(text, "scenario.yaml"), "scenario")

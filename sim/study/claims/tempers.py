"""The same company with people of another temper. Nobody's temper changes on a day, so no dotted key can set it."""

from collections.abc import Mapping

from sim.scenario.schema import Scenario


def with_tempers(scenario: Scenario, tempers: Mapping[str, float]) -> Scenario:
    """The company with another mean temper in some departments, by name."""
    plain = scenario.model_dump(exclude_unset=True)
    for part in plain["departments"]:
        if part["name"] in tempers:
            part["people"] = part.get("people", {}) | {"temper": tempers[part["name"]]}
    return type(scenario).model_validate(plain)

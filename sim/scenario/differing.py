"""In what two scenarios differ: the keys, as a dated change would name them, with the value in each."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from sim.scenario.parts import IDENTITY, item_name
from sim.scenario.schema import Scenario
from sim.scenario.writing import resolved

_NOT_THE_COMPANY: Final = {"name", "title", "question", "source", "extends"}
ABSENT: Final = None
"""The value of a key that a scenario does not have, and of a department or link that is not there."""


class Differing(NamedTuple):
    """A dotted key, and what it says in each scenario; a department or link in one of them alone is one key."""

    key: str
    base: Any
    other: Any


def differing(base: Scenario, other: Scenario) -> list[Differing]:
    """Every key that says something else, in the order of the file; a practice that a department does not say itself is
    the company's.
    """
    found = _between("", _plain(base), _plain(other))
    inherited = [
        item._replace(base=_inherited(item.key, item.base, base), other=_inherited(item.key, item.other, other))
        for item in found
    ]
    return [item for item in inherited if item.base != item.other]


def _inherited(key: str, value: Any, scenario: Scenario) -> Any:
    """The company's value of a department's practice that is not said there."""
    head, _, rest = key.partition(".")
    name, _, leaf = rest.rpartition(".practices.")
    if value is not ABSENT or head != "departments" or not name:
        return value
    return getattr(scenario.practices, leaf) if name in scenario.department_names else value


def _plain(scenario: Scenario) -> dict[str, Any]:
    """Keys without what only names the company; departments, links and teams by their names."""
    plain = {key: value for key, value in resolved(scenario).items() if key not in _NOT_THE_COMPANY}
    for part in IDENTITY:
        plain[part] = {
            item_name(item, part): {key: value for key, value in item.items() if key != "title"} for item in plain[part]
        }
    return plain


def _between(where: str, base: Any, other: Any) -> Iterator[Differing]:
    if base == other:
        return
    if isinstance(base, Mapping) and isinstance(other, Mapping):
        for key in dict.fromkeys((*base, *other)):
            yield from _between(f"{where}.{key}" if where else str(key), base.get(key, ABSENT), other.get(key, ABSENT))
        return
    yield Differing(where, base, other)

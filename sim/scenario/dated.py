"""Dated changes: a scenario with changes is a row of scenarios, each valid from its day."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from sim.scenario.parameters import Laws
from sim.scenario.parts import IDENTITY, Change, Department, Link, Management, Market, item_name
from sim.scenario.people import Contract, Money, People
from sim.scenario.practices import Practices
from sim.scenario.problems import nearest, shown
from sim.scenario.wording import worded

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

_CHANGEABLE: dict[str, frozenset[str]] = {
    "market": frozenset(Market.model_fields) - {"customers"},
    "departments": frozenset(Department.model_fields) - {"name", "title", "people"},
    "links": frozenset(Link.model_fields) - {"supplier", "customer"},
    "quality_teams": frozenset({"hours_per_month"}),
    "management": frozenset(Management.model_fields),
    "practices": frozenset(Practices.model_fields),
    "money": frozenset(Money.model_fields),
    "laws": frozenset(Laws.model_fields),
}
_INNER = {("departments", "practices"): frozenset(Practices.model_fields)}
"""Keys that have keys of their own, each of which a change can set."""
_SETTABLE = _CHANGEABLE | {
    "market": frozenset(Market.model_fields),
    "departments": frozenset(Department.model_fields) - {"name", "title"},
}
_INNER_SETTABLE = _INNER | {
    ("departments", "people"): frozenset(People.model_fields),
    ("departments", "contract"): frozenset(Contract.model_fields),
}
_TOP = ("days", "warm_up_days", "psychology")
"""Keys of the whole company that ``with_values`` sets beside those of its parts."""


class Epoch(NamedTuple):
    """A stretch of days without changes: it begins on ``day`` (the first one at the warm-up's start)."""

    day: int
    scenario: "Scenario"


class KeyRefusedError(ValueError):
    """A dotted key that no change can set; ``near`` is the nearest that one can."""

    def __init__(self, rule: str, near: str = "") -> None:
        super().__init__(rule)
        self.near = near


def epochs(scenario: "Scenario") -> tuple[Epoch, ...]:
    """The scenario as it stands from each day on; changes of one day make one epoch."""
    row = [Epoch(-scenario.warm_up_days, _without_changes(scenario))]
    for day, changes in groupby(scenario.changes, key=_day):
        plain = _plain(row[-1].scenario)
        for change in changes:
            for key, value in change.set.items():
                _set(plain, key, value)
        row.append(Epoch(day, type(scenario).model_validate(plain)))
    return tuple(row)


def altered(scenario: "Scenario", keys: Mapping[str, Any]) -> "Scenario":
    """The same company with other values at dotted keys, from its first day on; ``KeyRefusedError`` names a wrong key.

    What a dated change of the scenario sets on its day stays as it is.
    """
    plain = _plain(scenario)
    for key, value in keys.items():
        _set(plain, key, value)
    return type(scenario).model_validate(plain | {"changes": [change.model_dump() for change in scenario.changes]})


def with_values(scenario: "Scenario", keys: Mapping[str, Any]) -> "Scenario":
    """As ``altered``, of any key but names and texts."""
    plain = _plain(scenario)
    for key, value in keys.items():
        if key in _TOP:
            plain[key] = value
        else:
            _set(plain, key, value, _SETTABLE, _INNER_SETTABLE, "is no key that a factor can move")
    return type(scenario).model_validate(plain | {"changes": [change.model_dump() for change in scenario.changes]})


def value_at(scenario: "Scenario", key: str) -> Any:
    """What holds at a dotted key that ``with_values`` can set; ``KeyRefusedError`` if it is none."""
    if key in _TOP:
        return getattr(scenario, key)
    _set(_plain(scenario), key, None, _SETTABLE, _INNER_SETTABLE, "is no key that a factor can move")
    head, _, rest = key.partition(".")
    at: Any = getattr(scenario, head)
    if head in IDENTITY:
        name, _, rest = rest.partition(".")
        at = next(part for part in at if item_name(part.model_dump(), head) == name)
    for word in rest.split("."):
        at = getattr(at, word, None)
    return at


def refusals(scenario: "Scenario", try_them: bool) -> Iterator[tuple[int, str, str, str]]:
    """What is wrong with the changes of a scenario: index of the change, key, rule, nearest valid key."""
    if not scenario.changes:
        return
    before = _plain(scenario)
    for _, changes in groupby(enumerate(scenario.changes), key=lambda pair: pair[1].day):
        settable: dict[str, int] = {}
        after = deepcopy(before)
        for index, change in changes:
            for key, value in change.set.items():
                if key in settable:
                    yield index, key, f"is set twice on day {change.day}", ""
                try:
                    _set(after, key, value)
                    settable[key] = index
                except KeyRefusedError as error:
                    yield index, key, str(error), error.near
        try:
            if try_them:
                type(scenario).model_validate(after)
            before = after
        except ValidationError as error:
            for key, rule in _blamed(error, type(scenario), settable):
                yield settable.get(key, 0), key, rule, ""


def _day(change: Change) -> int:
    return change.day


def _without_changes(scenario: "Scenario") -> "Scenario":
    return type(scenario).model_validate(_plain(scenario)) if scenario.changes else scenario


def _plain(scenario: "Scenario") -> dict[str, Any]:
    return scenario.model_dump(exclude_unset=True, exclude={"changes"})


def _set(  # noqa: PLR0913, PLR0917 - what, where, and who says what may be set
    plain: dict[str, Any],
    key: str,
    value: Any,
    known: Mapping[str, frozenset[str]] = _CHANGEABLE,
    known_inside: Mapping[tuple[str, str], frozenset[str]] = _INNER,
    refused: str = "cannot change on a day",
) -> None:
    """Write a value at a dotted key of a plain scenario (none: the default again), or raise ``KeyRefusedError``."""
    head, _, rest = key.partition(".")
    if head not in known:
        raise KeyRefusedError(f"{shown(head)} {refused}; these can: {', '.join(known)}", nearest(head, known))
    if head in IDENTITY:
        name, _, rest = rest.partition(".")
        parts = {item_name(part, head): part for part in plain.get(head, ())}
        if name not in parts:
            near = nearest(name, parts)
            raise KeyRefusedError(f"there is no {shown(name)} among the {head}", near and f"{head}.{near}.{rest}")
        target, prefix = parts[name], f"{head}.{name}."
    else:
        target, prefix = plain.setdefault(head, {}), f"{head}."
    leaf = rest.partition(".")[0]
    if leaf not in known[head]:
        near = nearest(leaf, known[head])
        what = f"{shown(rest)} {refused}" if rest else f"name one key: {prefix}{', '.join(sorted(known[head]))}"
        raise KeyRefusedError(what, near and prefix + near)
    if leaf != rest and (head, leaf) in known_inside:
        inner, inside = rest.removeprefix(f"{leaf}."), known_inside[head, leaf]
        if inner not in inside:
            near = nearest(inner, inside)
            raise KeyRefusedError(f"{shown(inner)} is no key of {leaf}", near and f"{prefix}{leaf}.{near}")
        if target.get(leaf, {}) is None:
            raise KeyRefusedError(f"there is no {leaf} here whose {inner} could be set", prefix + leaf)
        target, leaf, rest = target.setdefault(leaf, {}), inner, inner
    if leaf != rest:
        raise KeyRefusedError(f"{shown(rest)} is no key; set {leaf} as a whole", prefix + leaf)
    if value is None:
        target.pop(leaf, None)
    else:
        target[leaf] = value


def _blamed(error: ValidationError, model: "type[Scenario]", settable: dict[str, int]) -> Iterator[tuple[str, str]]:
    """For each thing that a change makes wrong, the key of the change that is to blame: the one that ends alike."""
    for item in error.errors(include_url=False):
        for path, rule, _ in worded(item, model):
            leaf = str(path[-1]) if path else ""
            blamed = [key for key in settable if key.rpartition(".")[2] == leaf] or list(settable)
            elsewhere = "" if leaf and blamed and blamed[0].endswith(leaf) else f"makes {leaf or 'the company'} wrong: "
            yield (blamed[0] if blamed else ""), elsewhere + rule

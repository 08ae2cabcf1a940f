"""What the scenarios of a comparison differ in, row by row, in words, and with the key in the file."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sim.scenario.differing import ABSENT, differing
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario
from sim.scenario.writing import resolved
from sim.show.compare.document import Cell, Lines, Part, Section, Table, Text
from sim.show.language import Language
from sim.show.names import key_text, names_of, titled, value_text
from sim.study.compare.comparison import Comparison


class Row(NamedTuple):
    """A key, and its value in both; ``day`` is that of a dated change, and ``None`` from the beginning on."""

    key: str
    base: Any
    other: Any
    day: int | None = None


def differences(comparison: Comparison, say: Language) -> Section:
    """The section of the report."""
    rows: list[list[Cell]] = []
    for scenario in comparison.others:
        names = names_of(comparison.base, say) | names_of(scenario, say)
        rows += [
            [titled(scenario, say), _about(row, names, say), _value(row.base, say), _value(row.other, say), row.key]
            for row in what_differs(comparison.base, scenario)
        ]
    head = [say("scenario"), say("what"), titled(comparison.base, say), say("there"), say("key in the file")]
    parts: list[Part] = [Text(say("All scenarios are the same company but for this."))]
    questions = dict.fromkeys(
        question for item in comparison.others if (question := item.question.said(say.code)) is not None
    )
    if len(questions) > 1:
        parts.append(Lines(list(questions)))
    parts.append(Table(say("what differs"), head, rows))
    sources = dict.fromkeys(source for item in comparison.scenarios if (source := item.source.said(say.code)))
    parts += [Text(say("Where the figures come from: {source}", source=source)) for source in sources]
    return Section(say("What differs"), parts)


def what_differs(base: Scenario, other: Scenario) -> list[Row]:
    """Every key that says something else; of a contract or a team in one of them alone, all its keys."""
    return [row for item in differing(base, other) for row in _spelled(item.key, item.base, item.other, base, other)]


def _spelled(key: str, base: Any, other: Any, first: Scenario, second: Scenario) -> Iterator[Row]:
    if key == "changes":
        yield from _changes(base or [], other or [], first, second)
        return
    whole = key.count(".") == 1 and key.startswith(("departments.", "links."))
    sides = [side for side in (base, other) if side is not ABSENT]
    if whole or not all(isinstance(side, Mapping) for side in sides):
        yield Row(key, base, other)
        return
    for leaf in dict.fromkeys(leaf for side in sides for leaf in side if leaf != "name"):
        yield Row(f"{key}.{leaf}", *(side if side is ABSENT else side.get(leaf, ABSENT) for side in (base, other)))


def _changes(base: list[Any], other: list[Any], first: Scenario, second: Scenario) -> Iterator[Row]:
    """Each dated key; where only one changes, the other keeps what it had."""
    dated = sorted({(change["day"], key) for change in (*base, *other) for key in change["set"]})
    for day, key in dated:
        before, after = _on(day, key, base, first), _on(day, key, other, second)
        if before != after:
            yield Row(key, before, after, day)


def _on(day: int, key: str, changes: list[Any], scenario: Scenario) -> Any:
    """What a key says on a day: since the last change of it, or from the beginning on; absent where it is not said."""
    said = [change["set"][key] for change in changes if change["day"] <= day and key in change["set"]]
    if said:
        return said[-1]
    head, _, leaf = key.partition(".")
    inside = resolved(scenario).get(head)
    return inside.get(leaf, ABSENT) if isinstance(inside, Mapping) else ABSENT


def _about(row: Row, names: dict[str, str], say: Language) -> str:
    """Where and what, such as ``IT: handling hours``."""
    head, _, rest = row.key.partition(".")
    if head in {"departments", "links", "quality_teams"}:
        place, _, leaf = rest.partition(".")
        where = _place(head, place, names, say)
        text = f"{where}: {key_text(leaf.rpartition('.')[2], say)}" if leaf else where
        if ".contract." in f".{leaf}":
            text = say("{where}: contract, {what}", where=where, what=key_text(leaf.rpartition(".")[2], say))
    else:
        text = key_text(row.key.rpartition(".")[2], say)
    return say("from day {day} on: {what}", day=str(row.day), what=text) if row.day is not None else text


def _place(head: str, place: str, names: dict[str, str], say: Language) -> str:
    if head == "quality_teams":
        return say("quality team “{name}”", name=place)
    if head == "links":
        supplier, _, customer = place.partition(">")
        served = say("customers") if customer == MARKET else names.get(customer, customer)
        return say("{supplier} for {customer}", supplier=names.get(supplier, supplier), customer=served)
    return names.get(place, place)


def _value(value: Any, say: Language) -> str:
    if value is ABSENT:
        return say("not there")
    if isinstance(value, Mapping):
        return say("there")
    if isinstance(value, list | tuple):
        return ", ".join(value_text(item, say) for item in value)
    return value_text(value, say)

"""Where the difference in profit comes from, told, and what it would be at other prices and wages."""

from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.show.compare.document import Cell, Part, Table, Text
from sim.show.compare.numbers import amounts, between
from sim.show.language import Language
from sim.show.names import names_of
from sim.study.compare.comparison import Comparison
from sim.study.compare.intervals import Estimate, mean_of_known
from sim.study.compare.money import STEP, MoneyIf, MoneyPart, profit_if, profit_parts

_UNIT = "money/year"


def where_profit_comes_from(comparison: Comparison, scenario: Scenario, say: Language) -> list[Part]:
    """The tables under a heading; nothing where no part differs."""
    parts = profit_parts(comparison, scenario)
    if all(part.difference.is_nothing for part in parts):
        return []
    names = names_of(comparison.base, say) | names_of(scenario, say)
    rows = [_row(_said(part, names, say), part.base, part.other, part.difference, say) for part in parts]
    before, after = (comparison.values(item, "profit") for item in (comparison.base, scenario))
    rows.append(_row(say("profit"), before, after, comparison.difference(scenario, "profit"), say))
    head = [say("thousand a year"), say("base"), say("there"), say("difference"), say("from"), say("to")]
    caption = say(
        "Costs below zero. The interval of each part holds alone with 95 %. Not counted: what the change itself costs, "
        "such as severance pay."
    )
    found: list[Part] = [Text(say("Where the profit comes from"), "heading")]
    found.append(Table(say("profit of {name}", name=scenario.name), head, rows, caption))
    return [*found, *_at_other_prices(comparison, scenario, say)]


def _at_other_prices(comparison: Comparison, scenario: Scenario, say: Language) -> list[Part]:
    asked = profit_if(comparison, scenario)
    if not asked:
        return []
    rows: list[list[Cell]] = [[_asked(item, say), *_cells(item.less, say), *_cells(item.more, say)] for item in asked]
    share = say.percent(STEP)
    less, more = say("{share} less", share=share), say("{share} more", share=share)
    head = [say("if these were"), less, say("from … to"), more, say("from … to")]
    caption = say(
        "The difference in profit, in thousand a year, if all scenarios had other prices. Nobody in the model reacts "
        "to a price or a wage, so this is exact for the same lives."
    )
    return [Table(say("profit if, {name}", name=scenario.name), head, rows, caption)]


def _cells(found: Estimate, say: Language) -> list[Cell]:
    mean, low, high = amounts((found.mean, found.low, found.high), _UNIT, say, signed=True)
    return [mean, between(low, high, say)]


def _row(name: str, base: Floats, other: Floats, difference: Estimate, say: Language) -> list[Cell]:
    levels = amounts(map(mean_of_known, (base, other)), _UNIT, say)
    return [name, *levels, *amounts((difference.mean, difference.low, difference.high), _UNIT, say, signed=True)]


def _asked(item: MoneyIf, say: Language) -> str:
    return {
        "price": say("what customers pay"),
        "wages": say("wages and other costs of its own"),
        "contracts": say("what contracts cost"),
    }[item.what]


def _said(part: MoneyPart, names: dict[str, str], say: Language) -> str:
    if part.what == "sales":
        return say("what customers pay")
    if part.what == "rest":
        return say("all other costs")
    return names.get(part.where, part.where) if part.where else say("managers and surveys")

"""Page one of a comparison: what is asked about, before and after, in one small table, and what luck hides of it."""

import math

from sim.scenario.schema import Scenario
from sim.show.amounts import capital, unit_said
from sim.show.compare.document import Cell, Mark, Table
from sim.show.compare.numbers import amounts, between
from sim.show.compare.sentences import hidden_by_luck, hidden_said, in_a_sentence, sorted_by_verdict
from sim.show.compare.table import verdicts_said
from sim.show.language import Language
from sim.show.names import titled
from sim.show.tables import outcomes_said
from sim.study.compare.comparison import Comparison


def overview(comparison: Comparison, say: Language) -> Table:
    """Each stated outcome in the base and in the others; with one other also by how much it changes, and how surely."""
    alone = len(comparison.others) == 1
    head = [say("on average"), titled(comparison.base, say), *(titled(item, say) for item in comparison.others)]
    if alone:
        head += [say("change"), say("95 % interval"), say("shown?")]
    rows: list[list[Cell]] = []
    for outcome in comparison.stated:
        unit = comparison.unit(outcome)
        spoken = unit_said(unit, say)
        name = capital(outcomes_said(say).get(outcome, outcome))
        row: list[Cell] = [f"{name} ({spoken})" if spoken else name]
        base, *levels = amounts((comparison.mean(item, outcome) for item in comparison.scenarios), unit, say)
        row.append(base)
        if alone:
            row += [*levels, *_change(comparison, comparison.others[0], outcome, say)]
        else:
            pairs = zip(comparison.others, levels, strict=True)
            row += [_marked(comparison, scenario, outcome, level.text, say) for scenario, level in pairs]
        rows.append(row)
    caption = "" if alone else say("≈: luck hides whether it differs from “{base}”.", base=titled(comparison.base, say))
    return Table(say("in short"), head, rows, caption)


def open_points(comparison: Comparison, scenario: Scenario, say: Language) -> str:
    """What is not shown of a scenario: what luck can hide, what is equal or unknown; empty where all is shown."""
    silent = sorted_by_verdict(comparison, scenario).get("not distinguishable", [])
    found = {outcome: comparison.difference(scenario, outcome) for outcome in silent}
    equal = [in_a_sentence(outcome, say) for outcome, item in found.items() if item.is_nothing]
    unknown = [in_a_sentence(outcome, say) for outcome, item in found.items() if math.isnan(item.low)]
    told = []
    if hidden := hidden_by_luck(comparison, scenario):
        named = ", ".join(hidden_said(comparison, scenario, outcome, say) for outcome in hidden)
        told.append(say("luck hides whether it changes {outcomes}", outcomes=named))
    if equal:
        told.append(say("in no replication does it change {outcomes}", outcomes=", ".join(equal)))
    if unknown:
        told.append(say("nothing can be told of {outcomes}", outcomes=", ".join(unknown)))
    return f"{titled(scenario, say)}: {'; '.join(told)}." if told else ""


def _change(comparison: Comparison, scenario: Scenario, outcome: str, say: Language) -> list[Cell]:
    found = comparison.difference(scenario, outcome)
    mean, low, high = amounts((found.mean, found.low, found.high), comparison.unit(outcome), say, signed=True)
    return [mean, between(low, high, say), _verdict(comparison, scenario, outcome, say)]


def _marked(comparison: Comparison, scenario: Scenario, outcome: str, level: str, say: Language) -> Mark:
    said = comparison.verdict(scenario, outcome)
    word = "≈" if said == "not distinguishable" else verdicts_said(say)[said]
    return Mark(f"{level} {word}", said if said in {"better", "worse"} else "")


def _verdict(comparison: Comparison, scenario: Scenario, outcome: str, say: Language) -> Mark:
    said = comparison.verdict(scenario, outcome)
    return Mark(verdicts_said(say)[said], said if said in {"better", "worse"} else "")

"""Assumptions that nobody measured, told: which could turn the result, and where the forecast is another one."""

from typing import Final

from sim.scenario.schema import Scenario
from sim.show.amounts import capital
from sim.show.compare.document import Amount, Cell, Part, Section, Table, Text
from sim.show.compare.numbers import difference_cell, difference_said
from sim.show.compare.parameter_words import parameter_words
from sim.show.language import Language
from sim.show.names import titled, value_text
from sim.study.compare.comparison import Comparison
from sim.study.compare.whatif import Assumptions

MOST: Final = 8
_OUTCOME: Final = "customer_satisfaction"


def assumptions(comparison: Comparison, found: dict[str, Assumptions], say: Language) -> Section:
    """The section of the report, from what ``what_if`` found of each scenario."""
    head = say("Assumptions, and what if they are wrong")
    if not all(scenario.feels for scenario in comparison.scenarios):
        return Section(head, [Text(say("Nobody feels anything here: only queues are simulated."))])
    parts: list[Part] = [
        Text(
            say(
                "Most parameters of the laws are choices: nobody has measured them. Each was made a quarter "
                "smaller and a quarter larger, or as far as it can go, one at a time; the forecast of the steady state "
                "then tells another difference of satisfaction. The {n} that matter most:",
                n=MOST,
            )
        )
    ]
    for scenario in comparison.others:
        if scenario.name in found:
            parts += _asked(comparison, scenario, found[scenario.name], say)
        else:
            text = say("{title}: no forecast, as a company here cannot keep up.", title=titled(scenario, say))
            parts.append(Text(text))
    return Section(head, parts)


def _asked(comparison: Comparison, scenario: Scenario, found: Assumptions, say: Language) -> list[Part]:
    forecast = say(
        "{title}: the forecast difference is {points} points. {verdict}",
        title=titled(scenario, say),
        points=difference_said(found.difference, "points", say),
        verdict=_verdict(found, say),
    )
    simulated = comparison.difference(scenario, _OUTCOME)
    if scenario.changes or comparison.base.changes:
        forecast += " " + say(
            "That is where it settles long after the change; the results are means of the observed days."
        )
    elif found.contradicts(simulated):
        forecast += " " + say(
            "The simulation says otherwise, {points} ({low} to {high}): trust it more than the forecast.",
            points=difference_said(simulated.mean, "points", say),
            low=difference_said(simulated.low, "points", say),
            high=difference_said(simulated.high, "points", say),
        )
    rows: list[list[Cell]] = [
        [
            capital(parameter_words(item.key, say)),
            Amount(item.low, value_text(item.low, say)),
            difference_cell(item.difference_low, "points", say),
            Amount(item.high, value_text(item.high, say)),
            difference_cell(item.difference_high, "points", say),
            item.key,
        ]
        for item in found.asked[:MOST]
    ]
    head = [say("choice"), say("smaller"), say("difference"), say("larger"), say("difference"), say("key in the file")]
    return [Text(forecast), Table(say("what if of {name}", name=scenario.name), head, rows)]


def _verdict(found: Assumptions, say: Language) -> str:
    if found.difference == 0.0:
        return say("It has no sign that an assumption could turn.")
    turning = [item for item in found.asked if item.turns(found.difference)]
    if not turning:
        return say("None of {n} turns the sign.", n=len(found.asked))
    return say.counted(
        "One assumption turns the sign: {keys}.",
        "{n} assumptions turn the sign: {keys}.",
        len(turning),
        keys="; ".join(parameter_words(item.key, say) for item in turning[:MOST]),
    )

"""What a comparison found, in sentences: true of its verdicts, and nothing more."""

import math

from sim.scenario.schema import Scenario
from sim.show.amounts import amount, bound
from sim.show.compare.numbers import amounts
from sim.show.language import Language
from sim.show.names import titled
from sim.show.tables import number, outcomes_said
from sim.show.typed import typed_number
from sim.study.compare.comparison import Comparison


def in_a_sentence(outcome: str, say: Language) -> str:
    """An outcome in the middle of a sentence, singular."""
    said = {
        "customer_satisfaction": say("customers’ satisfaction"),
        "panel_satisfaction": say("the satisfaction of the first customers"),
        "customer_ceiling": say("the satisfaction that morale allows"),
        "morale": say("staff morale"),
        "orientation": say("orientation towards customers"),
        "internal_service": say("colleagues’ experience of one another"),
        "right_first_time": say("work right first time"),
        "messages_intact_share": say("the share of customers’ words that arrive intact"),
        "customer_delay_hours": say("a customer’s wait"),
        "request_delay_hours": say("a colleague’s wait"),
        "decision_delay_hours": say("the wait for a decision"),
        "avoided_share": say("the share of needs not asked for"),
        "staff_turnover": say("the share of staff who leave"),
        "sales": say("what the company sells"),
        "cost": say("the cost"),
        "profit": say("the profit"),
    }
    return said.get(outcome) or outcomes_said(say).get(outcome, outcome.replace("_", " "))


def effect_said(
    comparison: Comparison, scenario: Scenario, outcome: str, say: Language, *, levels: bool = False
) -> str:
    """What a scenario does to an outcome, from where to where if asked: rises, falls, nothing, or luck hides it."""
    found = comparison.difference(scenario, outcome)
    name, unit = in_a_sentence(outcome, say), comparison.unit(outcome)
    if found.is_nothing:
        return say("{outcome} does not change in any replication", outcome=name)
    if math.isnan(found.low):
        return say("nothing can be told of {outcome}", outcome=name)
    if not found.is_seen:
        most = bound(max(-found.low, found.high), unit, say)
        return say("luck hides whether {outcome} changes; if so, by less than {amount}", outcome=name, amount=most)
    size = amount(found.mean, unit, say)
    text = (
        say("{outcome} rises by {amount}", outcome=name, amount=size)
        if found.mean > 0
        else say("{outcome} falls by {amount}", outcome=name, amount=size)
    )
    if not levels:
        return text
    before, after = amounts((comparison.mean(item, outcome) for item in (comparison.base, scenario)), unit, say)
    return say("{change}, from {before} to {after}", change=text, before=before.text, after=after.text)


def hidden_said(comparison: Comparison, scenario: Scenario, outcome: str, say: Language) -> str:
    """An outcome that luck hides, with how little it can be."""
    found = comparison.difference(scenario, outcome)
    most = bound(max(-found.low, found.high), comparison.unit(outcome), say)
    return say("{outcome} (if so, by less than {amount})", outcome=in_a_sentence(outcome, say), amount=most)


def hidden_by_luck(comparison: Comparison, scenario: Scenario) -> list[str]:
    """Stated outcomes whose interval has zero inside; not those that are equal in every replication."""
    found = {outcome: comparison.difference(scenario, outcome) for outcome in comparison.stated}
    return [outcome for outcome, item in found.items() if not (item.is_seen or item.is_nothing or math.isnan(item.low))]


def sorted_by_verdict(comparison: Comparison, scenario: Scenario) -> dict[str, list[str]]:
    """The stated outcomes by their verdict."""
    found: dict[str, list[str]] = {}
    for outcome in comparison.stated:
        found.setdefault(comparison.verdict(scenario, outcome), []).append(outcome)
    return found


def missed_said(comparison: Comparison, say: Language) -> list[str]:
    """Each precision that was asked for and not reached."""
    texts = []
    for outcome, missed in comparison.missed.items():
        unit = comparison.unit(outcome)
        name, half = outcomes_said(say).get(outcome, outcome), typed_number(missed.asked, say, unit)
        texts.append(
            say("{outcome}: asked for ± {half}, but there is no interval", outcome=name, half=half)
            if math.isnan(missed.reached)
            else say(
                "{outcome}: asked for ± {half}, reached ± {widest} at the most replications allowed",
                outcome=name,
                half=half,
                widest=number(missed.reached, say, unit),
            )
        )
    return texts


def quoted(scenarios: list[Scenario], say: Language) -> str:
    """Scenarios by their titles, in a row."""
    return ", ".join(say("“{title}”", title=titled(item, say)) for item in scenarios)

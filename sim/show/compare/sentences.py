"""What a comparison found, in sentences: true of its verdicts, and nothing more."""

from sim.scenario.schema import Scenario
from sim.show.amounts import amount
from sim.show.language import Language
from sim.show.names import titled
from sim.show.tables import outcomes_said
from sim.study.compare.comparison import Comparison
from sim.study.compare.stated import BETTER


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


def effect_said(comparison: Comparison, scenario: Scenario, outcome: str, say: Language) -> str:
    """What a scenario does to an outcome: rises, falls, or luck hides it."""
    found = comparison.difference(scenario, outcome)
    name = in_a_sentence(outcome, say)
    if comparison.verdict(scenario, outcome) == "not distinguishable":
        return say("luck hides whether {outcome} changes", outcome=name)
    size = amount(found.mean, comparison.unit(outcome), say)
    if found.mean > 0:
        return say("{outcome} rises by {amount}", outcome=name, amount=size)
    return say("{outcome} falls by {amount}", outcome=name, amount=size)


def sorted_by_verdict(comparison: Comparison, scenario: Scenario) -> dict[str, list[str]]:
    """The stated outcomes by their verdict."""
    found: dict[str, list[str]] = {}
    for outcome in comparison.stated:
        found.setdefault(comparison.verdict(scenario, outcome), []).append(outcome)
    return found


def candidates(comparison: Comparison) -> list[Scenario]:
    """Scenarios better in something stated and worse in nothing, those that do most for customers first."""
    chosen = [
        scenario
        for scenario in comparison.others
        if "better" in (verdicts := sorted_by_verdict(comparison, scenario)) and "worse" not in verdicts
    ]
    outcome = comparison.leading
    direction = BETTER.get(outcome, 1)
    return sorted(chosen, key=lambda scenario: -direction * comparison.difference(scenario, outcome).mean)


def recommendation(comparison: Comparison, say: Language) -> str:
    """What the verdicts speak for, in one sentence."""
    good = candidates(comparison)
    if good:
        best = good[0]
        better = sorted_by_verdict(comparison, best)["better"]
        outcome = comparison.leading
        told = outcome if outcome in better else better[0]
        return say(
            "“{title}” does better, and worse in nothing that was asked: {effect}",
            title=titled(best, say),
            effect=effect_said(comparison, best, told, say),
        )
    mixed = [item for item in comparison.others if "better" in sorted_by_verdict(comparison, item)]
    if mixed:
        first = sorted_by_verdict(comparison, mixed[0])
        return say(
            "Whoever chooses must weigh: with “{title}” {gain}, but {loss}",
            title=titled(mixed[0], say),
            gain=effect_said(comparison, mixed[0], first["better"][0], say),
            loss=effect_said(comparison, mixed[0], first["worse"][0], say),
        )
    if any("worse" in sorted_by_verdict(comparison, item) for item in comparison.others):
        return say("Stay with “{base}”: nothing else does better", base=titled(comparison.base, say))
    return say(
        "Luck hides what would do better than “{base}”: no choice can be founded on this",
        base=titled(comparison.base, say),
    )


def choice_said(comparison: Comparison, say: Language) -> str:
    """Which scenario is best by ranking and selection, or how many replications that would take; empty if not asked."""
    found = comparison.chosen()
    if found is None:
        return ""
    titles = {scenario.name: titled(scenario, say) for scenario in comparison.scenarios}
    zone = amount(found.zone, comparison.unit(found.outcome), say)
    outcome = in_a_sentence(found.outcome, say)
    share = say.percent(found.probability)
    if found.guaranteed:
        return say(
            "Of all, “{title}” is best for {outcome}: chosen with at least {share} probability if it leads by {zone} "
            "or more (Kim and Nelson’s procedure).",
            title=titles[found.left[0]],
            outcome=outcome,
            share=share,
            zone=zone,
        )
    left = ", ".join(f"“{titles[name]}”" for name in found.left)
    return say(
        "Which is best for {outcome} is not decided between {titles}: with differences of {zone} or more worth telling "
        "apart, about {n} replications are needed.",
        outcome=outcome,
        titles=left,
        zone=zone,
        n=found.needed,
    )

"""What the verdicts of a comparison speak for: who does better in something and worse in nothing, if anybody does."""

import math

from sim.scenario.schema import Scenario
from sim.show.compare.sentences import effect_said, hidden_by_luck, in_a_sentence, quoted, sorted_by_verdict
from sim.show.language import Language
from sim.show.names import titled
from sim.study.compare.comparison import Comparison
from sim.study.compare.stated import BETTER


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
    if len(good) == 1:
        return _one(comparison, good[0], say)
    if good:
        return _several(comparison, good, say)
    mixed = [item for item in comparison.others if "better" in sorted_by_verdict(comparison, item)]
    if mixed:
        first = sorted_by_verdict(comparison, mixed[0])
        gain, loss = (effect_said(comparison, mixed[0], first[verdict][0], say) for verdict in ("better", "worse"))
        title = titled(mixed[0], say)
        if len(mixed) == 1:
            return say(
                "Whoever chooses must weigh: with “{title}” {gain}, but {loss}", title=title, gain=gain, loss=loss
            )
        return say(
            "Whoever chooses must weigh: {titles} each bring gains and losses; with “{title}” {gain}, but {loss}",
            titles=quoted(mixed, say),
            title=title,
            gain=gain,
            loss=loss,
        )
    return _none(comparison, say)


def _one(comparison: Comparison, scenario: Scenario, say: Language) -> str:
    better = sorted_by_verdict(comparison, scenario)["better"]
    told = comparison.leading if comparison.leading in better else better[0]
    title, effect = titled(scenario, say), effect_said(comparison, scenario, told, say, levels=True)
    hidden = ", ".join(in_a_sentence(outcome, say) for outcome in hidden_by_luck(comparison, scenario))
    if not hidden:
        return say(
            "“{title}” is shown to be better, and in nothing that was asked worse: {effect}",
            title=title,
            effect=effect,
        )
    return say(
        "“{title}” is shown to be better ({effect}) and in nothing shown to be worse; luck hides what it does to "
        "{outcomes}",
        title=title,
        effect=effect,
        outcomes=hidden,
    )


def _several(comparison: Comparison, good: list[Scenario], say: Language) -> str:
    """All that do better; the first is put before the others only where it is shown to do more."""
    outcome = comparison.leading
    direction = BETTER.get(outcome, 0)
    pairs = len(good) * (len(good) - 1) // 2
    apart = [comparison.apart(item, good[0], outcome, pairs) for item in good[1:]]
    first = all(direction * found.mean > 0.0 and found.is_seen for found in apart)
    titles, name = quoted(good, say), in_a_sentence(outcome, say)
    if first:
        return say(
            "Shown to be better, and in nothing shown to be worse: {titles}; “{title}” does most for {outcome}",
            titles=titles,
            title=titled(good[0], say),
            outcome=name,
        )
    if direction == 0 or all(found.is_nothing for found in apart):
        return say("Shown to be better, and in nothing shown to be worse: {titles}", titles=titles)
    return say(
        "Shown to be better, and in nothing shown to be worse: {titles}; luck hides which does most for {outcome}",
        titles=titles,
        outcome=name,
    )


def _none(comparison: Comparison, say: Language) -> str:
    """Why nothing is recommended."""
    base = titled(comparison.base, say)
    verdicts = {verdict for item in comparison.others for verdict in sorted_by_verdict(comparison, item)}
    found = [comparison.difference(item, outcome) for item in comparison.others for outcome in comparison.stated]
    if "worse" in verdicts:
        return say("Stay with “{base}”: nothing else is shown to do better", base=base)
    if verdicts & {"higher", "lower"}:
        return say("Nothing that was asked is shown to get better or worse than with “{base}”", base=base)
    if all(item.is_nothing for item in found):
        return say("Nothing that was asked differs from “{base}” in any replication", base=base)
    if all(math.isnan(item.low) for item in found):
        return say("Nothing can be told yet: only several replications tell a difference from luck")
    return say("Luck hides what would do better than “{base}”: no choice can be founded on this", base=base)

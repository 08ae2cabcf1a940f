"""What to bear in mind about a comparison, told beside its summary."""

from collections.abc import Iterator

from sim.scenario.schema import Scenario
from sim.show.amounts import capital
from sim.show.compare.sentences import in_a_sentence, missed_said
from sim.show.compare.welch import states_said, still_apart, welch_title
from sim.show.language import Language
from sim.show.names import titled
from sim.study.compare.comparison import Comparison
from sim.study.compare.start import Start
from sim.study.compare.stated import BETTER


def cautions(comparison: Comparison, starts: list[Start], say: Language) -> Iterator[str]:
    """What to bear in mind: a precision not reached, stories that differ, a start not behind, lopsided pairs."""
    yield from (f"{capital(text)}." for text in missed_said(comparison, say))
    if all(scenario.feels for scenario in comparison.scenarios):
        for scenario in comparison.others:
            first = _side(comparison, scenario, "customer_satisfaction")
            for outcome in ("panel_satisfaction", "open_requests"):
                other = _side(comparison, scenario, outcome)
                if first * other < 0:
                    yield say(
                        "With “{title}” those who still buy and {outcome} tell different stories: "
                        "customers’ satisfaction gets {one}, {outcome} gets {two}.",
                        title=titled(scenario, say),
                        outcome=in_a_sentence(outcome, say),
                        one=say("better") if first > 0 else say("worse"),
                        two=say("better") if other > 0 else say("worse"),
                    )
    if any(start.settled == "moving" for start in starts):
        yield welch_title(comparison, starts, say) + "."
    yield from _still_moving(comparison, starts, say)
    if lopsided := _lopsided(comparison, say):
        yield say(
            "Few pairs, and lopsided ones or one far out: intervals are rough for {what}.", what="; ".join(lopsided)
        )
    if comparison.failed:
        yield say.counted(
            "{n} replication failed and is left out everywhere; failures.csv names it.",
            "{n} replications failed and are left out everywhere; failures.csv names them.",
            len({item.replication for item in comparison.failed}),
        )


def _still_moving(comparison: Comparison, starts: list[Start], say: Language) -> Iterator[str]:
    """Differences that are not yet what they will be."""
    found: dict[str, list[str]] = {}
    for name, state in still_apart(starts):
        found.setdefault(name, []).append(states_said(say)[state])
    for scenario in comparison.others:
        if scenario.name in found:
            yield say(
                "With “{title}” the difference in {states} still moves while it is observed: it holds for these "
                "days, not for later ones.",
                title=titled(scenario, say),
                states=", ".join(found[scenario.name]),
            )


def _lopsided(comparison: Comparison, say: Language) -> list[str]:
    """Scenarios with the outcomes whose pairs are lopsided."""
    texts = []
    for scenario in comparison.others:
        names = [
            in_a_sentence(outcome, say) for outcome in comparison.stated if comparison.is_lopsided(scenario, outcome)
        ]
        if names:
            texts.append(f"{titled(scenario, say)}: {', '.join(names)}")
    return texts


def _side(comparison: Comparison, scenario: Scenario, outcome: str) -> int:
    """1 if an outcome gets better beyond luck, −1 if worse, 0 if luck hides it."""
    found = comparison.difference(scenario, outcome)
    up = int(found.low > 0.0) - int(found.high < 0.0)
    return up * BETTER.get(outcome, 0)

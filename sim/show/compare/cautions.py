"""What to bear in mind about a comparison, told beside its summary."""

from collections.abc import Iterator, Mapping

from sim.scenario.schema import Scenario
from sim.show.amounts import capital
from sim.show.compare.differences import what_differs
from sim.show.compare.sentences import in_a_sentence, missed_said
from sim.show.compare.welch import states_said, still_apart, welch_title
from sim.show.language import Language
from sim.show.names import titled
from sim.study.compare.comparison import Comparison
from sim.study.compare.start import Start
from sim.study.compare.stated import BETTER
from sim.study.compare.whatif import Assumptions


def cautions(
    comparison: Comparison, starts: list[Start], assumed: Mapping[str, Assumptions], say: Language
) -> Iterator[str]:
    """What to bear in mind: levers that come together, assumptions that turn the result, a precision not reached,
    stories that differ, a start not behind, lopsided pairs.
    """
    yield from _together(comparison, say)
    yield from _turning(comparison, assumed, say)
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


def _together(comparison: Comparison, say: Language) -> Iterator[str]:
    """Scenarios that alter several things at once, and so cannot tell which of them it was."""
    for scenario in comparison.others:
        rows = what_differs(comparison.base, scenario)
        if len({_lever(row.key) for row in rows}) > 1:
            yield say(
                "“{title}” alters several things at once: which of them does it, only scenarios with one of them alone "
                "can tell.",
                title=titled(scenario, say),
            )


def _lever(key: str) -> str:
    """A contract or a quality team is one lever, whatever it says."""
    head, *rest = key.split(".")
    if head == "quality_teams":
        return ".".join((head, *rest[:1]))
    return key.partition(".contract.")[0]


def _turning(comparison: Comparison, assumed: Mapping[str, Assumptions], say: Language) -> Iterator[str]:
    """Scenarios of which a shown effect on satisfaction would turn if an assumption were a quarter off."""
    for scenario in comparison.others:
        found = assumed.get(scenario.name)
        if found is None or not comparison.difference(scenario, "customer_satisfaction").is_seen:
            continue
        turning = [item for item in found.asked if item.turns(found.difference)]
        if turning:
            yield say.counted(
                "With “{title}” customers’ satisfaction may go the other way if one assumption is a quarter off: see "
                "“Assumptions”.",
                "With “{title}” customers’ satisfaction may go the other way if one of {n} assumptions is a quarter "
                "off: see “Assumptions”.",
                len(turning),
                title=titled(scenario, say),
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

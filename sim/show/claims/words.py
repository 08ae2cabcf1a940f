"""The words of claims: outcomes in the middle of a sentence, amounts with their unit, what an effect comes to."""

from typing import Final

from sim.model.measures import COMPANY
from sim.show.amounts import amount, factor
from sim.show.language import Language
from sim.study.claims.trial import Trial
from sim.study.claims.verdict import Tried
from sim.study.together import Difference

_MORE_IS_WORSE: Final = frozenset({"customer_delay_hours", "queue_hours", "avoided_share"})


def outcome_said(trial: Trial, where: str, say: Language) -> str:
    """An outcome as it stands in a sentence, singular; ``where`` is what charts call its department, or empty."""
    said = {
        "customer_satisfaction": say("customers’ satisfaction"),
        "panel_satisfaction": say("customers’ opinion"),
        "customer_ceiling": say("the satisfaction that morale allows"),
        "morale": say("staff morale"),
        "mood": say("the mood"),
        "orientation": say("orientation towards customers"),
        "right_first_time": say("work right first time"),
        "messages_intact_share": say("the share of customers’ words that arrive intact"),
        "respect": say("the respect shown"),
        "agility": say("the agility shown"),
        "care": say("the care shown"),
        "customer_delay_hours": say("a customer’s wait"),
        "queue_hours": say("the wait in line"),
        "avoided_share": say("the share of needs not asked for"),
        "sales": say("what the company sells"),
    }
    text = said.get(trial.outcome, trial.outcome.replace("_", " "))
    return text if trial.level == COMPANY or not where else say("{outcome} in {name}", outcome=text, name=where)


def with_interval(effect: Difference, unit: str, say: Language) -> str:
    """A difference and how far chance moves it: ``−2.5 points (−3.8 to −1.1)``."""
    size = amount(effect.mean, unit, say)
    mean = ("+" if effect.mean > 0 else "\N{MINUS SIGN}" if effect.mean < 0 else "") + size
    if effect.n < 2:
        return mean
    low, high = (say.brief(value * factor(unit)) for value in (effect.low, effect.high))
    return say("{mean} ({low} to {high})", mean=mean, low=low, high=high)


def direction(effect: Difference) -> int:
    """1 or −1 where the whole interval lies on one side of zero, else 0."""
    return int(effect.is_beyond_zero(1)) - int(effect.is_beyond_zero(-1))


def better(item: Tried) -> int:
    """1 where the effect is good for customers or staff, −1 where it is bad, 0 where it cannot be told from luck."""
    return direction(item.effect) * (-1 if item.trial.outcome in _MORE_IS_WORSE else 1)


def change_said(item: Tried, where: str, say: Language) -> str:
    """What an effect comes to, in half a sentence."""
    outcome = outcome_said(item.trial, where, say)
    size = amount(item.effect.mean, item.unit, say)
    if direction(item.effect) > 0:
        return say("{outcome} rises by {amount}", outcome=outcome, amount=size)
    if direction(item.effect) < 0:
        return say("{outcome} falls by {amount}", outcome=outcome, amount=size)
    return say("luck hides whether {outcome} changes", outcome=outcome)

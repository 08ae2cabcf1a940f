"""What a dated change does in time, told: the effect of the last weeks, the day half-way, a dip, money that is back."""

import math

from sim.scenario.schema import Scenario
from sim.show.amounts import amount, capital, signed
from sim.show.compare.document import Lines, Part, Text
from sim.show.compare.sentences import in_a_sentence
from sim.show.language import Language
from sim.study.compare.after import After, PayBack, after, change_days, pay_back
from sim.study.compare.asked import LEAST
from sim.study.compare.comparison import Comparison


def in_time(comparison: Comparison, scenario: Scenario, say: Language) -> list[Part]:
    """The part of the report on a dated change; nothing without one."""
    days = change_days(comparison, scenario)
    if not days:
        return []
    outcomes = [outcome for outcome in comparison.stated if not outcome.startswith("open_")]
    found = [item for outcome in outcomes if (item := after(comparison, scenario, outcome)) is not None]
    lines = [_told(comparison, item, say) for item in found if item.untold != "start"]
    if any(item.untold == "start" for item in found):
        lines.append(say("The two differ from the start, too: no week tells what the change alone does."))
    money = pay_back(comparison, scenario)
    pairs = len(comparison.replications)
    if money is not None and pairs >= LEAST:
        lines.append(_money(money, days[0], say))
    if pairs < LEAST and any(item.untold != "start" for item in found):
        lines.append(
            say(
                "The day half-way and when money is back are told from {n} replications on: {more} more.",
                n=LEAST,
                more=LEAST - pairs,
            )
        )
    note = [say("95 % intervals, each for itself.")]
    if len(days) > 1:
        note.append(say("Days are counted from the first of {n} changes.", n=len(days)))
    heading = Text(say("After the change of day {day}", day=str(days[0])), "heading")
    return [heading, Text(" ".join(note)), Lines(lines)]


def _told(comparison: Comparison, found: After, say: Language) -> str:
    name, unit = capital(in_a_sentence(found.outcome, say)), comparison.unit(found.outcome)
    effect = found.effect
    if effect.is_nothing:
        return say("{outcome}: no difference in the last weeks of any replication.", outcome=name)
    if math.isnan(effect.low):
        return say("{outcome}: nothing can be told of the weeks after the change.", outcome=name)
    size = say(
        "{effect} in the last {n} weeks ({low} to {high})",
        effect=("+" if effect.mean > 0 else "−") + amount(effect.mean, unit, say),
        n=found.weeks,
        low=signed(effect.low, unit, say),
        high=signed(effect.high, unit, say),
    )
    if found.untold == "luck" or not effect.is_seen:
        return say("{outcome}: {effect}, which luck can explain.", outcome=name, effect=size)
    if found.half is None:
        return say("{outcome}: {effect}; too few weeks follow to tell half-way.", outcome=name, effect=size)
    return f"{name}: {size}." if effect.n < LEAST else _half_way(found, name, size, unit, say)


def _half_way(found: After, name: str, size: str, unit: str, say: Language) -> str:
    """The day half-way, and a dip before it."""
    assert found.half is not None
    text = say(
        "{outcome}: {effect}; half of it after {days} days ({low} to {high}).",
        outcome=name,
        effect=size,
        days=_days(found.half.days, say),
        low=_days(found.half.low, say),
        high=_days(found.half.high, say),
    )
    if found.dip is None:
        return text
    return f"{text} " + say(
        "Before it gets better it gets worse: by up to {depth}, {days} days after the change.",
        depth=amount(found.dip.depth.mean, unit, say),
        days=_days(found.dip.days, say),
    )


def _money(money: PayBack, day: int, say: Language) -> str:
    if money.is_nothing:
        return say("Money: no difference in any replication.")
    if money.is_hidden:
        return say("Money: luck hides whether it costs or brings any.")
    if money.high == day:
        return say("Money: it never costs more than it brings.")
    if math.isinf(money.low):
        return say("Money: it has not paid back by the last day.")
    late = say("later than the last day")
    day_said, low, high = (
        late if math.isinf(value) else say("day {day}", day=say.number(value))
        for value in (money.day, money.low, money.high)
    )
    return say("Money: paid back {day} ({low} to {high}).", day=day_said, low=low, high=high)


def _days(value: float, say: Language) -> str:
    return "–" if math.isnan(value) else say.number(value)

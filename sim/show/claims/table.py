"""The table of claims for a terminal: what was claimed, what was found, and what is left with the mechanism off."""

import textwrap

from sim.show.language import ENGLISH, SPACE, Language
from sim.show.tables import outcomes_said, table
from sim.study.claims.verdict import Findings, Tried

WIDEST = 118
"""Letters on one line."""
_UNITS = {"share": "%", "hours": "h"}


def claims_table(findings: Findings, say: Language = ENGLISH) -> str:
    """One row for each trial, the sentence of the claim above its first one."""
    header = (
        say("claim"),
        say("outcome"),
        say("effect"),
        say("95 % interval"),
        say("pairs"),
        say("verdict"),
        say("off"),
    )
    rows = [_row(item, say) for item in findings.tried]
    lines = table(header, rows, words=2).split("\n")
    parts = lines[:2]
    claim = ""
    for item, line in zip(findings.tried, lines[2:], strict=True):
        if item.trial.claim != claim:
            claim = item.trial.claim
            parts += ["", *textwrap.wrap(f"{claim}  {item.sentence.said(say.code)}", WIDEST)]
        parts.append(line)
    parts += ["", *textwrap.wrap(_legend(findings, say), WIDEST)]
    return "\n".join(parts)


def verdicts_said(say: Language) -> dict[str, str]:
    """What each verdict is called."""
    return {"shown": say("shown"), "not shown": say("not shown"), "depends": say("depends")}


def _row(item: Tried, say: Language) -> tuple[str, ...]:
    trial, effect = item.trial, item.effect
    where = f" ({trial.where})" if trial.where else ""
    return (
        trial.id,
        f"{_outcome_said(trial.outcome, say)}{where}",
        _signed(effect.mean, item.unit, say),
        say("{low} to {high}", low=_signed(effect.low, item.unit, say), high=_signed(effect.high, item.unit, say)),
        say.number(effect.n),
        verdicts_said(say)[item.verdict],
        "–" if item.off is None else _signed(item.off, item.unit, say),
    )


def _outcome_said(outcome: str, say: Language) -> str:
    """What an outcome of a trial is called."""
    return (outcomes_said(say) | departments_said(say)).get(outcome, outcome)


def departments_said(say: Language) -> dict[str, str]:
    """What outcomes of departments are called, where the company has none of that name."""
    return {
        "departments on a path": say("departments that the customer hears of"),
        "respect": say("respect shown"),
        "agility": say("agility shown"),
        "care": say("care shown"),
        "mood": say("mood"),
        "queue_hours": say("wait in line"),
    }


def _signed(value: float, unit: str, say: Language) -> str:
    """A difference with its sign and unit; what is exactly nothing is 0."""
    if value == 0.0:
        return "0"
    size = 100.0 * value if unit == "share" else value
    text = say.number(size, 0 if abs(size) >= 100 else 2)
    signed = f"+{text}" if size > 0 else text
    return f"{signed}{SPACE}{_UNITS.get(unit, '')}".rstrip(SPACE)


def _legend(findings: Findings, say: Language) -> str:
    """How to read the columns, and how far the table goes."""
    how = say(
        "Effect: the company of the claim against its twin on the same luck, in points of 100, % of a share, hours (h) "
        "or money a year; off: the same with the mechanism switched off."
    )
    if findings.quick:
        how += " " + say("Quick form: few pairs, wide intervals; what is not shown here may be in the full form.")
    return how

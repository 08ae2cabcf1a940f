"""A study in words on a terminal: what it costs, and what it found."""

import math
from typing import Final

from sim.show.amounts import amount, capital
from sim.show.language import Language
from sim.show.sweep.sheet import named, response_said
from sim.show.tables import number, table
from sim.study.sweep.study import Cost, Found

_MOST: Final = 5
"""Factors that are named."""


def cost_said(cost: Cost, say: Language) -> str:
    """What a study has still to run, and what that takes."""
    minutes = 60.0 * cost.hours
    time = say("{n} hours", n=say.brief(cost.hours)) if minutes > 90 else say("{n} minutes", n=say.brief(minutes))
    if minutes < 1.0:
        time = say("{n} seconds", n=say.number(60.0 * minutes))
    return say(
        "{points} points, {runs} runs, of which {missing} are missing: about {time} of one processor, {size} MB",
        points=cost.points,
        runs=cost.runs,
        missing=cost.missing,
        time=time,
        size=say.brief(cost.megabytes),
    )


def _factors(found: Found, say: Language) -> str:
    names = list(found.designed.factors)
    if len(names) > _MOST:
        return say.counted("{n} factor", "{n} factors", len(names))
    return ", ".join(named(found, name, say) for name in names)


def _precision(found: Found, response: str, wanted: float, say: Language) -> str:
    """Whether the precision that was asked for is reached."""
    reached, unit, of = found.precision[response], found.units[response], capital(response_said(response, say))
    runs = int(found.table["replication"].max()) + 1
    if math.isnan(reached):
        return say("{response}: how precise points' means are is not known, since runs failed.", response=of)
    half, limit = amount(reached, unit, say), amount(wanted, unit, say)
    if reached <= wanted:
        return say(
            "{response}: points' means are known to ±{half} (root mean square; asked: {limit}) after {n} replications.",
            response=of,
            half=half,
            limit=limit,
            n=runs,
        )
    return say(
        "{response}: points' means are known to ±{half} (root mean square), not {limit}, with all {n} replications.",
        response=of,
        half=half,
        limit=limit,
        n=runs,
    )


def found_said(found: Found, say: Language) -> str:
    """Each response over all points, failures, and where the rest lies."""
    good = found.table[found.table["error"] == ""]
    rows = []
    for response in (one.column for one in found.asked.question.responses):
        means, unit = good.groupby("point")[response].mean(), found.units[response]
        cells = (means.mean(), means.min(), means.max()) if len(means) else (float("nan"),) * 3
        rows.append((f"{response_said(response, say)} ({unit})", *(number(float(value), say, unit) for value in cells)))
    parts = [
        say(
            "{points} points of {factors}, {runs} runs",
            points=len(found.designed.different),
            factors=_factors(found, say),
            runs=len(found.table),
        ),
        table((say("response, mean of each point"), say("mean"), say("least"), say("most")), rows),
    ]
    parts += [_precision(found, response, wanted, say) for response, wanted in found.asked.question.precision.items()]
    if found.sentences:
        parts.append("\n".join(f"- {text}." for text in found.sentences))
    if found.failed:
        first = found.table[found.table["error"] != ""].iloc[0]
        parts.append(
            say.counted(
                "{n} run failed, first point {point}, replication {replication}: {why}",
                "{n} runs failed, first point {point}, replication {replication}: {why}",
                found.failed,
                point=str(first["point"]),
                replication=str(first["replication"]),
                why=str(first["error"]),
            )
        )
    parts.append(say("Everything is in {folder}.", folder=str(found.folder)))
    return "\n\n".join(parts)

"""The table of a comparison for a terminal: each stated outcome, scenario by scenario, and what it means."""

import textwrap

from sim.scenario.schema import Scenario
from sim.show.compare.chosen import choice_said
from sim.show.compare.numbers import difference_said, times_said
from sim.show.compare.sentences import missed_said
from sim.show.language import ENGLISH, SPACE, Language
from sim.show.names import titled
from sim.show.tables import number, outcomes_said, table, units_said
from sim.study.compare.comparison import Comparison

WIDEST = 118
"""Letters on one line."""


def comparison_table(comparison: Comparison, say: Language = ENGLISH) -> str:
    """For each stated outcome the base's mean, and the others' differences to it with interval and verdict."""
    header = ("", say("mean"), say("difference"), say("95 % interval"), say("verdict"), say("luck saved"))
    rows = [row for outcome in comparison.stated for row in _rows(comparison, outcome, say)]
    parts = [_origin(comparison, say), table(header, rows), *_notes(comparison, say)]
    if comparison.folder is not None:
        parts.append(say("Everything is in {folder}.", folder=str(comparison.folder)))
    return "\n\n".join(parts)


def verdicts_said(say: Language) -> dict[str, str]:
    """What each verdict is called."""
    return {
        "better": say("better"),
        "worse": say("worse"),
        "higher": say("higher"),
        "lower": say("lower"),
        "not distinguishable": say("not distinguishable"),
    }


def _origin(comparison: Comparison, say: Language) -> str:
    lines = [
        say(
            "{n} on the same luck, seed {seed}; the base: {base}",
            n=say.counted("{n} replication", "{n} replications", len(comparison.replications)),
            seed=str(comparison.seed),
            base=f"{comparison.base.name} ({titled(comparison.base, say)})",
        )
    ]
    lines += [f"  {scenario.name}: {titled(scenario, say)}" for scenario in comparison.others]
    return "\n".join(lines)


def _rows(comparison: Comparison, outcome: str, say: Language) -> list[tuple[str, ...]]:
    unit = comparison.unit(outcome)
    name = outcomes_said(say).get(outcome, outcome)
    spoken = units_said(say).get(unit, unit)
    heading = f"{name} ({spoken})" if spoken else name
    rows: list[tuple[str, ...]] = [(heading, "", "", "", "", "")]
    rows.append((f"  {comparison.base.name}", _mean(comparison, comparison.base, outcome, unit, say), "", "", "", ""))
    for scenario in comparison.others:
        found = comparison.difference(scenario, outcome)
        low, high = (difference_said(value, unit, say) for value in (found.low, found.high))
        rows.append(
            (
                f"  {scenario.name}",
                _mean(comparison, scenario, outcome, unit, say),
                difference_said(found.mean, unit, say),
                say("{low} to {high}", low=low, high=high),
                verdicts_said(say)[comparison.verdict(scenario, outcome)],
                times_said(comparison.luck_bought(scenario, outcome), say),
            )
        )
    return rows


def _mean(comparison: Comparison, scenario: Scenario, outcome: str, unit: str, say: Language) -> str:
    return number(comparison.mean(scenario, outcome), say, unit)


def _notes(comparison: Comparison, say: Language) -> list[str]:
    texts = [
        say(
            "All {n} intervals of differences cover the true ones at once with 95 %; a difference is told only where "
            "its interval leaves out zero. Luck saved: how many times more replications independent luck would need.",
            n=comparison.family,
        )
    ]
    texts += [choice] if (choice := choice_said(comparison, say)) else []
    texts += [say("note: {text}", text=text) for text in missed_said(comparison, say)]
    for item in comparison.failed[:5]:
        texts.append(
            say(
                "note: replication {n} of {scenario} failed and is left out everywhere: {message}",
                n=say.number(item.replication),
                scenario=item.scenario,
                message=item.failure.message,
            )
        )
    return ["\n".join(textwrap.wrap(text.replace(SPACE, " "), WIDEST)) for text in texts]

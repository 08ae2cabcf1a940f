"""Where the departments of two companies differ beyond luck: how they feel, serve and wait."""

from typing import Final

from sim.scenario.schema import Scenario
from sim.show.compare.document import Cell, Part, Table, Text
from sim.show.compare.numbers import difference_cell, mean_said
from sim.show.language import Language
from sim.show.names import names_of
from sim.study.compare.comparison import Comparison
from sim.study.compare.why import STATES, states
from sim.study.compare.why import Part as Difference

MOST_STATES: Final = 12


def departments(comparison: Comparison, scenario: Scenario, say: Language) -> list[Part]:
    """Where the departments differ beyond luck."""
    names = names_of(comparison.base, say) | names_of(scenario, say)
    labels = {
        "morale": say("morale"),
        "orientation": say("customer orientation"),
        "experience_received": say("how colleagues serve it"),
        "experience_given": say("how it serves others"),
        "queue_hours": say("wait in line"),
        "right_first_time": say("jobs right first time"),
        "avoided_share": say("needs of others that avoid it"),
        "flaws": say("flaws in how it works"),
    }
    looked = states(comparison, scenario)
    seen = [item for item in looked if item.difference.is_seen]
    if looked and all(item.difference.is_nothing for item in looked):
        return [Text(say("Every department feels, serves and waits the same in every replication."))]
    if not seen:
        return [Text(say("No department differs beyond luck in how it feels, serves or waits."))]
    rows: list[list[Cell]] = []
    for item in largest_of_each(seen, MOST_STATES):
        unit = comparison.unit(item.outcome, "department", item.where)
        rows.append(
            [
                names[item.where],
                labels[item.outcome],
                mean_said(item.base, unit, say),
                mean_said(item.other, unit, say),
                *(
                    difference_cell(value, unit, say)
                    for value in (item.difference.mean, item.difference.low, item.difference.high)
                ),
            ]
        )
    head = [say("department"), say("what"), say("base"), say("there"), say("difference"), say("from"), say("to")]
    caption = say(
        "Looked at: {all} differences; shown to be there: {seen}; here: the largest of each kind, {n} in all. 95 % "
        "intervals that cover all {all} at once",
        n=len(rows),
        seen=len(seen),
        all=len(looked),
    )
    return [Table(say("departments of {name}", name=scenario.name), head, rows, caption)]


def largest_of_each(seen: list[Difference], most: int) -> list[Difference]:
    """The largest of each outcome in turn, as sizes of different units cannot be put in one order; by outcome."""
    ranked: list[tuple[int, int, Difference]] = []
    for place, outcome in enumerate(STATES):
        of_it = [item for item in seen if item.outcome == outcome]
        of_it.sort(key=lambda item: (-abs(item.difference.mean), item.difference.half_width))
        ranked += [(rank, place, item) for rank, item in enumerate(of_it)]
    chosen = sorted(ranked, key=lambda item: item[:2])[:most]
    return [item for *_, item in sorted(chosen, key=lambda item: (item[1], item[0]))]

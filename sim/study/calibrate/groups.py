"""Who has the work: a group for every event, also where the log does not name one."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.scenario.problems import Problem, ScenarioError, nearest, shown
from sim.study.calibrate.log import NOBODY, Codes, Log
from sim.study.calibrate.notes import Notes


def with_groups(
    table: dict[str, Codes], names: dict[str, Sequence[str]], departments: Mapping[str, str] | None, notes: Notes
) -> None:
    """A group for every event: the chart's where the log has none; else that of the case's event before."""
    case = table["case"]
    if "group" not in table:
        people, departments = names["person"], departments or {}
        words = sorted(set(departments.values()))
        place = {word: number for number, word in enumerate(words)}
        lookup = np.array([place.get(departments.get(person, ""), NOBODY) for person in people] + [NOBODY], np.int32)
        table["group"] = lookup[table.get("person", np.full(len(case), NOBODY, np.int32))]
        names["group"] = words
        if len(lookup) > 1 and (lookup < 0).all():
            rule = f"none of the log's people, such as {shown(people[0])}, stands in the organisation chart"
            raise ScenarioError([Problem("--org", 0, "", rule, nearest(people[0], departments))])
    group = table["group"]
    lacking = group < 0
    if not lacking.any():
        return
    first = names["case"][case[int(np.argmax(lacking))]]
    table["group"], unknown = _carried(case, group)
    carried = int(lacking.sum()) - int(unknown.sum())
    if carried:
        notes.mend(
            "event without a group: taken as of the group before, or after, it in its case",
            f"case {first}",
            carried,
        )
    if unknown.any():
        first = names["case"][case[int(np.argmax(unknown))]]
        notes.mend("case without any group: taken as of a group 'no group'", f"case {first}", int(unknown.sum()))
        names["group"] = [*names["group"], "no group"]
        table["group"][unknown] = len(names["group"]) - 1


def look_for_the_odd(log: Log, notes: Notes) -> None:
    """What is as it was written and tells little: cases of one event, groups of which nobody is named."""
    events = np.bincount(log.case)
    alone = np.flatnonzero(events == 1)
    if len(alone):
        rule = "case of one event: asked for, and open since"
        notes.mend(rule, f"case {log.names['case'][int(alone[0])]}", len(alone))
    if "person" in log.has:
        named = np.bincount(log.group, log.person >= 0, len(log.names["group"]))
        there = np.bincount(log.group, minlength=len(log.names["group"]))
        nobody = np.flatnonzero((named == 0) & (there > 0))
        if len(nobody):
            rule = "group of which nobody is named: as many people as are at work at once"
            notes.mend(rule, log.names["group"][int(nobody[0])], len(nobody))


def _carried(case: Codes, group: Codes) -> tuple[Codes, NDArray[np.bool_]]:
    """Groups with gaps filled within each case: from before, else from after; and where none is known at all."""
    filled = _from_before(case[::-1], _from_before(case, group)[::-1])[::-1].copy()
    return filled, filled < 0


def _from_before(case: Codes, group: Codes) -> Codes:
    begins = np.r_[True, case[1:] != case[:-1]]
    return np.asarray(group[np.maximum.accumulate(np.where((group >= 0) | begins, np.arange(len(group)), 0))])

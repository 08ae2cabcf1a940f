"""What was understood of a log, in a table, before anything is estimated from it."""

from collections.abc import Iterator

import numpy as np

from sim.show.language import Language
from sim.show.tables import table
from sim.study.calibrate.calibrated import Seen
from sim.study.calibrate.chart import Chart
from sim.study.calibrate.log import Log
from sim.study.calibrate.survey import Survey

Row = tuple[str, str]
_LONGEST = 100
_MOST_HOLIDAYS = 6


def understood_table(seen: Seen, say: Language) -> str:
    """The same as ``understood``, for a terminal."""
    parts = [table((say("what"), say("understood as")), _cut(understood(seen, say)), numbers=False)]
    mended = list(mended_rows(seen, say))
    if mended:
        parts.append(table((say("what was not right"), say("how often"), say("first")), mended, numbers=False))
    else:
        parts.append(say("Nothing had to be mended or left out."))
    return "\n\n".join(parts)


def _cut(rows: Iterator[Row]) -> list[Row]:
    return [(one, other if len(other) <= _LONGEST else other[: _LONGEST - 1] + "…") for one, other in rows]


def understood(seen: Seen, say: Language) -> Iterator[Row]:
    """Row by row: the file, its columns, statuses, times, people, groups, hours."""
    log = seen.log
    told = log.understood
    first, last = seen.days
    yield say("file"), f"{told.file} ({told.form})"
    yield (
        say("events"),
        say(
            "{events} of {cases} cases, {first} to {last}",
            events=len(log),
            cases=seen.cases,
            first=first,
            last=last,
        ),
    )
    roles = roles_said(say)
    for role, column in told.columns.items():
        yield f"  {roles[role]}", column
    if told.unused:
        yield say("columns that are not used"), ", ".join(told.unused)
    yield say("how times are written"), told.time + (f", {told.zone}" if told.zone else "")
    phases = phases_said(say)
    by_phase: dict[str, list[str]] = {}
    for word, (count, phase) in sorted(told.statuses.items(), key=lambda item: -item[1][0]):
        by_phase.setdefault(phase, []).append(f"{word} ({say.number(count)})")
    for phase, words in by_phase.items():
        yield f"  {phases[phase]}", ", ".join(words)
    if not told.statuses:
        yield say("status"), _without_status(log, say)
    yield say("working hours"), _hours(seen, say)
    people = len(np.unique(log.person[log.person >= 0]))
    yield say("people"), say.number(people) if people else say("not named: as many as are at work at once")
    yield say("departments"), _departments(seen, say)
    if seen.chart is not None:
        yield say("organisation chart"), _chart(seen.chart, say)
    if seen.survey is not None:
        yield say("survey"), _survey(seen.survey, say)


def mended_rows(seen: Seen, say: Language) -> Iterator[tuple[str, str, str]]:
    """What was not right in any of the files, and what was done about it; how often; where first."""
    others = [*(seen.chart.notes if seen.chart else ()), *(seen.survey.notes if seen.survey else ())]
    for found in [*seen.log.mended.values(), *others]:
        yield _rule_said(found.rule, found.detail, say), say.number(found.count), ", ".join(found.places)


def _rule_said(rule: str, detail: str, say: Language) -> str:
    """A rule by which something was mended, in words; those of other languages stand here so that they can be found."""
    return {
        "not UTF-8: read as Windows-1252": say("not UTF-8: read as Windows-1252"),
        "{detail} that cannot be read: left out": say("{detail} that cannot be read: left out", detail=detail),
        "{detail} that is no number: left out": say("{detail} that is no number: left out", detail=detail),
        "time without a zone among others with one: taken as of {detail}": say(
            "time without a zone among others with one: taken as of {detail}", detail=detail
        ),
        "time of another zone: told in that of most, {detail}": say(
            "time of another zone: told in that of most, {detail}", detail=detail
        ),
        "end before its start: put at the start": say("end before its start: put at the start"),
        "begun before it was asked for, or after its end: put there": say(
            "begun before it was asked for, or after its end: put there"
        ),
        "parent that is no task of this log: taken as none": say("parent that is no task of this log: taken as none"),
        "event without a task, in a log of tasks: left out": say("event without a task, in a log of tasks: left out"),
        "status that is not known: taken as a remark": say("status that is not known: taken as a remark"),
        "event without a status: taken as a remark": say("event without a status: taken as a remark"),
        "no case: left out": say("no case: left out"),
        "no time: left out": say("no time: left out"),
        "time before 1990 or after 2090: taken as none": say("time before 1990 or after 2090: taken as none"),
        "task that was made for its own child: taken as made for none": say(
            "task that was made for its own child: taken as made for none"
        ),
        "byte that is no letter: read as a sign for none": say("byte that is no letter: read as a sign for none"),
        "event outside of any case: left out": say("event outside of any case: left out"),
        "answer that is no number: left out": say("answer that is no number: left out"),
        "event that is written twice: counted once": say("event that is written twice: counted once"),
        "event without a group: taken as of the group before, or after, it in its case": say(
            "event without a group: taken as of the group before, or after, it in its case"
        ),
        "case without any group: taken as of a group 'no group'": say(
            "case without any group: taken as of a group 'no group'"
        ),
        "line with more or fewer columns than the header: left out": say(
            "line with more or fewer columns than the header: left out"
        ),
        "case without an event: left out": say("case without an event: left out"),
        "case of one event: asked for, and open since": say("case of one event: asked for, and open since"),
        "group of which nobody is named: as many people as are at work at once": say(
            "group of which nobody is named: as many people as are at work at once"
        ),
        "manager without a line in the chart: taken as the top": say(
            "manager without a line in the chart: taken as the top"
        ),
        "several people who answer to nobody: taken as one level below a chief": say(
            "several people who answer to nobody: taken as one level below a chief"
        ),
        "empty answer in the survey: left out": say("empty answer in the survey: left out"),
        "answer of a department that is not in the log: left out": say(
            "answer of a department that is not in the log: left out"
        ),
        "department with fewer than {detail} answers: taken as the company": say(
            "department with fewer than {detail} answers: taken as the company", detail=detail
        ),
    }[rule]


def roles_said(say: Language) -> dict[str, str]:
    """What each role of a column is called."""
    return {
        "case": say("the case"),
        "task": say("the task"),
        "parent": say("the task it was made for"),
        "time": say("when"),
        "opened": say("when asked for"),
        "started": say("when begun"),
        "resolved": say("when finished"),
        "status": say("the status"),
        "group": say("the group"),
        "person": say("the person"),
        "requester": say("who asked"),
        "rating": say("how satisfied"),
        "outcome": say("how it turned out"),
        "agreed": say("agreed hours"),
    }


def phases_said(say: Language) -> dict[str, str]:
    """What each phase of work is called."""
    return {
        "waiting": say("waits for somebody"),
        "working": say("is worked on"),
        "held": say("waits for others"),
        "done": say("is finished"),
        "note": say("a remark"),
    }


def _without_status(log: Log, say: Language) -> str:
    if "time" in log.has:
        return say("none: a group works from its first event of a case to its last")
    if "started" in log.has:
        return say("none: three times a line")
    return say("none: all time from asked for to finished counts as in progress")


def _hours(seen: Seen, say: Language) -> str:
    office = seen.office
    how = say("inferred from what people did") if office.inferred else say("as given")
    if not office.inferred and (seen.log.seconds % 86_400 == 0).all():
        how = say("usual, since no clock is told")
    own = sum(str(one) != str(office) for one in seen.offices)
    parts = [f"{office}, {how}"]
    if office.holidays:
        days = ", ".join(str(np.datetime64(day, "D")) for day in office.holidays[:_MOST_HOLIDAYS])
        told = say.counted("{n} holiday", "{n} holidays", len(office.holidays))
        parts.append(f"{told} ({days}{' …' if len(office.holidays) > _MOST_HOLIDAYS else ''})")
    if own:
        parts.append(say.counted("{n} department has hours of its own", "{n} departments have hours of their own", own))
    parts.append(say("{share} of the events outside them", share=say.percent(seen.outside_hours)))
    return "; ".join(parts)


def _departments(seen: Seen, say: Language) -> str:
    chosen = seen.teams
    names = ", ".join(chosen.names)
    groups = sum(chosen.groups)
    if groups == len(chosen.names):
        return names
    return say("{names}; of {groups} groups, the small ones merged by line of support", names=names, groups=groups)


def _chart(chart: Chart, say: Language) -> str:
    return say(
        "{people} people, {managers} managers, {layers} managers above most people",
        people=chart.people,
        managers=chart.managers,
        layers=round(chart.layers.value),
    )


def _survey(survey: Survey, say: Language) -> str:
    low, high = survey.scale
    return say(
        "{answers} answers ({columns}) from {departments} departments, on a scale from {low} to {high}",
        columns=", ".join(survey.columns),
        answers=sum(survey.answers.values()),
        departments=len(survey.answers),
        low=f"{low:g}",
        high=f"{high:g}",
    )

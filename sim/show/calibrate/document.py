"""The page of a calibration: how far to trust it first, then what was judged, found, fitted and understood."""

from collections.abc import Iterator

import numpy as np

from sim.show.calibrate.cells import amount, interval, picture, plain
from sim.show.calibrate.charts import draw_queues, draw_throughput, draw_waits
from sim.show.calibrate.fitted import doubt_parts, fitted_parts
from sim.show.calibrate.found import found_parts
from sim.show.calibrate.understood import mended_rows, understood
from sim.show.calibrate.verdict import cautions, kinds_said, reproduced, verdict_said
from sim.show.compare.document import Amount, Cell, Document, Lines, Mark, Part, Section, Table, Text
from sim.show.language import Language
from sim.study.calibrate.calibrated import Calibration
from sim.study.calibrate.drawn_up import outside_name
from sim.study.calibrate.judging import Compared


def document(found: Calibration, say: Language, next_steps: list[str]) -> Document:
    """The whole page."""
    scenario = found.scenario
    first, last = found.seen.days
    return Document(
        language=say.code,
        title=say("{name}: a scenario from data, and how far to trust it", name=scenario.name),
        origin=scenario.source.said(say.code),
        recommendation=verdict_said(found.judged, say),
        overview=_overview(found, say, first, last),
        summary=list(reproduced(found.judged, say)),
        cautions=list(cautions(found, say)),
        sections=[
            Section(say("Observed and simulated"), list(_judging(found, say))),
            Section(say("What to do next"), list(_next(next_steps, say))),
            Section(say("What was found"), list(found_parts(found, say))),
            Section(say("What was fitted, and how well it is known"), list(fitted_parts(found, say))),
            Section(say("What would reduce the doubt most"), list(doubt_parts(found, say))),
            Section(say("What was understood of the data"), list(_understood(found, say))),
            Section(say("How it was done"), [Lines(list(_method(found, say)))]),
        ],
    )


def _overview(found: Calibration, say: Language, first: str, last: str) -> Table:
    counted = found.found
    rows: list[list[Cell]] = [
        [say("cases a working day"), amount(counted.purchases, say), interval(counted.purchases, say)],
        [say("departments"), Amount(len(counted.departments), say.number(len(counted.departments))), ""],
        [
            say("people"),
            plain(sum(round(part.staff.value) for part in counted.departments), say),
            "",
        ],
        [say("working days of the log that were used"), plain(counted.days, say), f"{first} – {last}"],
    ]
    return Table("overview", ["", say("value"), say("95 % interval")], rows)


def _judging(found: Calibration, say: Language) -> Iterator[Part]:
    yield Text(
        say(
            "The scenario was fitted to the first two thirds of the time and simulated for as long as the last third"
            " lasts. What was observed there should lie where nine of ten runs lie, or within a fifth of their median."
            " The scenario in the folder is fitted in the same way, to all of the time."
        )
    )
    if not found.judged.compared:
        yield Text(say("The last third of the log holds too little to judge the scenario by."))
        return
    for name, draw in (("throughput", draw_throughput), ("waits", draw_waits), ("queues", draw_queues)):
        yield picture(name, draw, found, say)
    kinds = kinds_said(say)
    rows: list[list[Cell]] = []
    at = ""
    for item in found.judged.compared:
        if kinds[item.kind] != at:
            at = kinds[item.kind]
            rows.append([at])
        rows.append(
            [
                _what(item, say),
                plain(item.observed, say),
                plain(item.middle, say),
                f"{say.brief(item.low)} – {say.brief(item.high)}" if not np.isnan(item.low) else "–",
                _mark(item, say),
            ]
        )
    head = ["", say("observed"), say("simulated"), say("nine of ten runs"), ""]
    yield Table("judged", head, rows)


def _mark(item: Compared, say: Language) -> Cell:
    if not item.tells:
        return say("too wide to tell")
    return Mark(say("as simulated"), "better") if item.inside else Mark(say("not as simulated"), "worse")


def _what(item: Compared, say: Language) -> str:
    where = f"{item.where}, " if item.where else ""
    match item.kind:
        case "wait" | "throughput":
            return where + say("{share} of them within, h", share=say.percent(item.at))
        case "handed":
            return say("{n} requests in the case, median h", n=_so_many(item.at))
        case "requests":
            return say("{n} requests in the case, share", n=_so_many(item.at))
        case _:
            return item.where


def _so_many(at: float) -> str:
    return "5+" if at == 5 else str(int(at))


def _next(steps: list[str], say: Language) -> Iterator[Part]:
    yield Text(
        say(
            "Change one thing in a file of its own and compare it with the scenario on the same luck. variant.yaml"
            " is such a file: read what it changes, and put in your own question."
        )
    )
    yield Text("\n".join(steps), "code")


def _understood(found: Calibration, say: Language) -> Iterator[Part]:
    yield Table(
        "understood",
        [say("what"), say("understood as")],
        [[one.strip(), other] for one, other in understood(found.seen, say)],
    )
    mended = list(mended_rows(found.seen, say))
    if not mended:
        yield Text(say("Nothing had to be mended or left out."))
        return
    yield Table(
        "mended",
        [say("what was not right"), say("how often"), say("first")],
        [[rule, count, places] for rule, count, places in mended],
    )


def _method(found: Calibration, say: Language) -> Iterator[str]:
    yield say(
        "Where the log says which task was made for which, a task is a job. Else a case goes from group to group:"
        " handing it to a group that has not had it is a request, giving it back is the answer."
    )
    yield say(
        "Who has several tickets in progress at once works on each for an equal share of the time; the rest of it is"
        " waiting."
    )
    yield say(
        "Hours are working hours, eight a day, by the hours that the events show. The numbers of people are those"
        " there on the median day."
    )
    yield say(
        "{runs} runs of the fast engine fitted the queueing network, {more} the company with morale; all with fixed"
        " seeds.",
        runs=found.fit.runs,
        more=found.felt.runs,
    )
    yield say(
        "Whoever is waited for and is not in the log stands in the scenario as the department “{name}”, with a"
        " contract.",
        name=outside_name(found.found),
    )
    chosen = found.seen.teams
    if chosen.merged:
        yield say(
            "The {kept} groups with most cases (at least {least}) are departments; the other {merged}, in which"
            " {share} of the visits were, are one for each line of support.",
            kept=len(chosen.names) - sum(size > 1 for size in chosen.groups),
            least=chosen.least,
            merged=chosen.merged,
            share=say.percent(chosen.merged_share),
        )

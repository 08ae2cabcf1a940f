"""Plain sentences on what a calibrated company reproduces, and what it does not."""

from collections import Counter
from collections.abc import Iterator
from math import isnan

from sim.show.language import Language
from sim.study.calibrate.calibrated import Calibration
from sim.study.calibrate.fitting import log_hours
from sim.study.calibrate.judging import Compared, Judged

_MUCH = 0.2
_FAR = 0.5
"""Choice: of the logarithm, a factor of 1.65."""
_UNFINISHED = 0.05


def verdict_said(judged: Judged, say: Language) -> str:
    """One sentence: how far to trust the scenario."""
    numbers = len(judged.told)
    good = sum(item.inside for item in judged.told)
    match judged.verdict:
        case "fits":
            return say(
                "The scenario fits: it foretells {good} of {numbers} numbers of a time that it was not fitted to.",
                good=good,
                numbers=numbers,
            )
        case "in part":
            return say(
                "The scenario fits in part: it foretells {good} of {numbers} numbers of a time that it was not"
                " fitted to.",
                good=good,
                numbers=numbers,
            )
        case "does not fit":
            return say(
                "The scenario does not fit: it foretells only {good} of {numbers} numbers of a time that it was not"
                " fitted to. Do not compare by it what it gets wrong.",
                good=good,
                numbers=numbers,
            )
        case _:
            return say("The last third of the log holds too little to judge the scenario by.")


def reproduced(judged: Judged, say: Language) -> Iterator[str]:
    """What is reproduced and what is not, kind by kind."""
    kinds = kinds_said(say)
    wrong: dict[str, list[Compared]] = {}
    of = Counter(item.kind for item in judged.told)
    for item in judged.told:
        if not item.inside:
            wrong.setdefault(item.kind, []).append(item)
    for kind, count in of.items():
        missed = wrong.get(kind, [])
        if not missed:
            yield say("Reproduced: {what} (all {count}).", what=kinds[kind], count=count)
            continue
        told = say("Not reproduced: {what}, {missed} of {count}", what=kinds[kind], missed=len(missed), count=count)
        yield f"{told}: {_directions(missed, say)}."


def _directions(missed: list[Compared], say: Language) -> str:
    """Which are simulated too large and which too small; for one department both, at different quantiles, may be."""
    parts = []
    for words, chosen in (
        (say("simulated too much"), [item for item in missed if item.middle > item.observed]),
        (say("simulated too little"), [item for item in missed if item.middle <= item.observed]),
        (say("nothing simulated"), [item for item in missed if isnan(item.middle)]),
    ):
        if chosen:
            where = ", ".join(dict.fromkeys(item.where for item in chosen if item.where))
            parts.append(f"{words} ({where})" if where else words)
    return "; ".join(parts)


def kinds_said(say: Language) -> dict[str, str]:
    """What is compared."""
    return {
        "wait": say("hours until a job is begun"),
        "throughput": say("hours from asking to the answer"),
        "handed": say("hours of cases by hand-overs"),
        "requests": say("how often cases are handed over"),
        "queue": say("jobs in line"),
    }


def questions_said(say: Language) -> dict[str, str]:
    """What somebody can ask the client for, and what it would tell."""
    return {
        "survey": say("a staff survey with the name of the team: morale, and how managers treat people"),
        "style": say("how managers treat people, asked in the survey"),
        "chart": say("an organisation chart: how many managers stand above people"),
        "decisions": say("who decides what: how many tickets wait for a manager, and of what importance"),
        "outcome": say("how work turned out: a column that says right, repaired or wrong, or tickets opened again"),
        "rating": say("ratings by those who asked"),
        "agreed": say("agreed times until the answer"),
        "time": say("what share of their time people give to these tickets, by group"),
    }


def cautions(found: Calibration, say: Language) -> Iterator[str]:
    """What somebody who uses the scenario must know: of the log, of the fit, of what is not known."""
    yield from _of_the_log(found, say)
    yield from _of_the_fit(found, say)
    if found.seen.survey is None:
        yield say("Morale and attitude are choices: no survey was given. So are delegation, and who decides what.")
    if found.doubts and found.doubts[0].points > 0:
        first = found.doubts[0]
        yield say(
            "What would reduce the doubt most: {question} ({points} points of satisfaction either way).",
            question=questions_said(say)[first.question],
            points=say.brief(first.points),
        )


def _of_the_log(found: Calibration, say: Language) -> Iterator[str]:
    if found.window.is_selection:
        yield say(
            "The log is whole for {weeks} of its {all} weeks only: it is a selection, such as all cases closed in some"
            " month. Rates are those of these weeks, and may be nobody's usual ones.",
            weeks=found.window.weeks,
            all=found.window.all_weeks,
        )
    shared = [part.name for part in found.found.departments if part.shared > _MUCH]
    if shared:
        yield say(
            "In {departments} people have several tickets in progress at once: how long one takes is an equal share of"
            " their time, and the wait for it is seen as a line.",
            departments=", ".join(shared),
        )
    unfinished = [part.name for part in found.found.departments if part.open_share > _UNFINISHED]
    if unfinished:
        yield say(
            "Of {departments} more than one job in twenty was not finished: long ones are missing from the means.",
            departments=", ".join(unfinished),
        )
    if found.found.open_jobs:
        yield say.counted(
            "{n} job was open at the log's end.", "{n} jobs were open at the log's end.", found.found.open_jobs
        )


def _of_the_fit(found: Calibration, say: Language) -> Iterator[str]:
    few = [
        part.name
        for part in found.found.departments
        if found.felt.company.people.get(part.name, 1) < max(1, round(part.staff.value))
    ]
    if few:
        yield say(
            "In {departments} people seem to have other work: as many are counted as make the waits what they are.",
            departments=", ".join(few),
        )
    far = [
        target.where
        for target, given in zip(found.fit.targets, found.felt.simulated, strict=True)
        if abs(log_hours(given) - log_hours(target.observed)) > _FAR
    ]
    if far:
        yield say(
            "The fit did not come near the hours in line of {departments}: do not compare what hangs on them.",
            departments=", ".join(far),
        )
    unsure = [parameter.where for parameter in found.fit.parameters if not parameter.determined]
    if unsure:
        yield say(
            "The data do not determine how busy these departments are: {departments}.", departments=", ".join(unsure)
        )
    if found.felt.unlike:
        yield say(
            "The survey's morale cannot be reached in {departments}: colleagues around them feel too differently.",
            departments=", ".join(found.felt.unlike),
        )

"""From a client's files to a scenario, its doubts, and how far to trust it: the whole way, step by step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np

from sim.model.calendar import HOURS_PER_DAY
from sim.scenario.part import named
from sim.scenario.problems import Problem, ScenarioError, shown
from sim.scenario.schema import Scenario
from sim.study.calibrate.chart import Chart, read_chart, units
from sim.study.calibrate.course import Course, observed
from sim.study.calibrate.doubts import Doubt, doubts
from sim.study.calibrate.drawn_up import Company, drawn_up
from sim.study.calibrate.estimates import Found, found
from sim.study.calibrate.feeling import Felt, felt
from sim.study.calibrate.fitting import BUDGET, Fit, fit, targets
from sim.study.calibrate.jobs import Jobs, jobs, within
from sim.study.calibrate.judging import Judged, judged
from sim.study.calibrate.log import HELD, WORKING, Log
from sim.study.calibrate.office_hours import OfficeHours, Seconds, given, inferred
from sim.study.calibrate.options import Options
from sim.study.calibrate.pseudonyms import pseudonymous
from sim.study.calibrate.ratings import Rated, rated
from sim.study.calibrate.reading import read_log
from sim.study.calibrate.spells import spells
from sim.study.calibrate.survey import Survey, read_survey
from sim.study.calibrate.teams import MOST, Teams, fit_name, teams
from sim.study.calibrate.typed import scenario_of
from sim.study.calibrate.window import Window, window

FITTED_SHARE: Final = 2.0 / 3.0
_LEAST_CASES: Final = 50
"""Choice: fewer cases tell too little of anything."""
_SECONDS_PER_DAY: Final = 86_400
_FEW_EVENTS: Final = 200
_USUAL_HOURS: Final = "Mon-Fri 09:00-17:00"
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Asked:
    """What a user asks for beside the log: its reading, other files, the number of departments, the fit."""

    options: Options = field(default_factory=Options)
    org: Path | None = None
    survey: Path | None = None
    scale: tuple[float, float] | None = None
    departments: int = MOST
    calendar: str | None = None
    pseudonyms: bool = False
    name: str | None = None
    seed: int = 1
    budget: int = BUDGET


@dataclass(frozen=True)
class Seen:
    """What was understood of all files before anything is estimated. ``outside_hours``: share of events at night."""

    log: Log
    teams: Teams
    office: OfficeHours
    offices: tuple[OfficeHours, ...]
    outside_hours: float
    chart: Chart | None
    survey: Survey | None
    places: Mapping[str, str]

    @property
    def cases(self) -> int:
        """How many cases the log holds."""
        return len(np.unique(self.log.case))

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day of the log."""
        seconds = self.log.seconds
        first, last = (
            str(np.datetime64(int(at), "s").astype("datetime64[D]")) for at in (seconds.min(), seconds.max())
        )
        return first, last


@dataclass(frozen=True)
class Calibration:
    """A scenario from data: its ``text`` with every doubt, and how it stood the test of the last third.

    ``found``, ``fit`` and ``felt`` are of the whole window; ``judged`` holds what the first two thirds gave against the
    last, of which ``last`` is the course. ``doubts``: what is not known, that which matters most first.
    """

    seen: Seen
    window: Window
    found: Found
    fit: Fit
    felt: Felt
    rated: Rated | None
    text: str
    scenario: Scenario
    judged: Judged
    last: Course
    doubts: tuple[Doubt, ...]


def seen(log_file: str | Path, asked: Asked) -> Seen:
    """Read all files and say what was understood; ``ScenarioError`` if they cannot be."""
    if asked.name is not None:
        _checked(asked.name)
    chart = read_chart(Path(asked.org)) if asked.org is not None else None
    options = replace(asked.options, departments=chart.department if chart is not None and chart.department else None)
    log = read_log(log_file, options)
    chosen = teams(log, asked.departments)
    real = list(log.names["group"])
    if asked.pseudonyms:
        log, _ = pseudonymous(log)
        chosen = replace(chosen, names=_renamed(chosen, log))
    places = {name: chosen.names[chosen.of[place]] for place, name in enumerate(real) if chosen.of[place] >= 0}
    office = _office(log, asked)
    department = chosen.of[log.group]
    working = np.isin(log.phase, (WORKING, HELD))
    offices = tuple(
        inferred(log.seconds[(department == place) & working], office) if office.inferred else office
        for place in range(len(chosen.names))
    )
    survey = (
        read_survey(Path(asked.survey), places | {name: name for name in places.values()}, chosen.names, asked.scale)
        if asked.survey is not None
        else None
    )
    outside = float(np.mean(office.outside(log.seconds)))
    return Seen(log, chosen, office, offices, outside, chart, survey, places)


def _renamed(chosen: Teams, log: Log) -> tuple[str, ...]:
    """The departments under their groups' new names; those of merged groups name nobody anyway."""
    names = list(chosen.names)
    for place, size in enumerate(chosen.groups):
        if size == 1:
            names[place] = log.names["group"][int(np.flatnonzero(chosen.of == place)[0])]
    return tuple(names)


def _office(log: Log, asked: Asked) -> OfficeHours:
    """When people work: as given, else as the events show that are not requests; nine to five if no clock is told."""
    if asked.calendar is not None:
        return given(asked.calendar, log.seconds, _by_people(log))
    if (log.seconds % _SECONDS_PER_DAY == 0).all():
        return given(_USUAL_HOURS, log.seconds, log.seconds)
    return _over_all(inferred(_by_people(log)), log)


def _by_people(log: Log) -> Seconds:
    """When people did something. Requests come at any time, and tickets may close by themselves."""
    chosen = log.seconds[np.isin(log.phase, (WORKING, HELD))]
    return chosen if len(chosen) >= _FEW_EVENTS else log.seconds


def _over_all(office: OfficeHours, log: Log) -> OfficeHours:
    """The same hours over all days of a log: requests come also before anybody works."""
    days = log.seconds // _SECONDS_PER_DAY
    return replace(office, first=int(days.min()), last=int(days.max()))


def calibrated(what: Seen, asked: Asked, progress: Progress | None = None) -> Calibration:
    """Estimate, fit and judge. ``progress`` is told the step, and how much of it is done."""

    def told(step: str) -> Callable[[float], None]:
        return lambda share: progress(step, share) if progress is not None else None

    told("jobs")(0.0)
    whole = jobs(spells(what.log, what.teams.of[what.log.group]), what.teams.names, what.offices)
    first = (whole.parent < 0) & ~whole.own
    if first.sum() < _LEAST_CASES:
        rule = f"holds {int(first.sum())} cases; at least {_LEAST_CASES} are needed to tell anything"
        raise ScenarioError([Problem(what.log.understood.file, 0, "", rule)])
    span = window(whole.asked[first], what.office.working_days * HOURS_PER_DAY)
    cut = span.begin + FITTED_SHARE * (span.end - span.begin)
    company = _company(what, asked, span)
    early = _made(within(whole, span.begin, cut), what, asked, company, told("fit"))
    last = observed(whole, cut, span.end)
    verdict = judged(last, early.scenario, seed=asked.seed + 1, progress=told("judge"))
    company = replace(company, source=_with_verdict(company.source, verdict))
    made = _made(within(whole, span.begin, span.end), what, asked, company, told("fit again"))
    return Calibration(
        seen=what,
        window=span,
        found=made.found,
        fit=made.fit,
        felt=made.felt,
        rated=made.rated,
        text=made.text,
        scenario=made.scenario,
        judged=verdict,
        last=last,
        doubts=doubts(made.scenario, made.fit, _known(what, made)),
    )


def _known(what: Seen, made: "_Made") -> frozenset[str]:
    """Which questions the files have answered."""
    answered = {
        "survey": what.survey is not None,
        "chart": what.chart is not None,
        "outcome": any(part.right.how == "outcomes told" for part in made.found.departments),
        "rating": made.rated is not None,
        "agreed": any(link.acceptable.how == "agreed" for link in made.found.links),
    }
    return frozenset(question for question, known in answered.items() if known)


_VERDICTS: Final = {
    "fits": ("it fits", "se ajusta"),
    "in part": ("it fits in part", "se ajusta en parte"),
    "does not fit": ("it does not fit", "no se ajusta"),
    "too little": ("there is too little to judge it by", "hay demasiado poco para juzgarlo"),
}
"""In English and in Spanish: it goes where the scenario goes, into every report."""


def _with_verdict(source: Mapping[str, str], verdict: Judged) -> dict[str, str]:
    good, all_of = sum(item.inside for item in verdict.told), len(verdict.told)
    english, spanish = _VERDICTS[verdict.verdict]
    return {
        "en": f"{source['en']}. Held against a time that it was not fitted to, {english}: {good} of {all_of} numbers.",
        "es": f"{source['es']}. Frente a un periodo al que no se ajustó, {spanish}: {good} de {all_of} cifras.",
    }


@dataclass(frozen=True)
class _Made:
    found: Found
    fit: Fit
    felt: Felt
    rated: Rated | None
    text: str
    scenario: Scenario


def _made(part: Jobs, what: Seen, asked: Asked, company: Company, progress: Callable[[float], None]) -> _Made:
    chosen = what.teams
    lines = dict(zip(chosen.names, chosen.line, strict=True))
    counted = found(part, lines, dict(zip(chosen.names, chosen.groups, strict=True)))
    best = fit(
        counted,
        company,
        targets(part),
        budget=asked.budget,
        seed=asked.seed,
        progress=lambda share: progress(0.7 * share),
    )
    morale = {name: estimate.value for name, estimate in company.morale.items()}
    marks = rated(part, counted)
    if marks is not None:
        best = replace(best, company=replace(best.company, agility=marks.agility))
    feels = felt(
        counted,
        best,
        morale,
        marks.satisfaction.value if marks is not None else None,
        seed=asked.seed,
        progress=lambda share: progress(0.7 + 0.3 * share),
    )
    text = drawn_up(counted, feels.company)
    return _Made(counted, best, feels, marks, text, scenario_of(text))


def _company(what: Seen, asked: Asked, span: Window) -> Company:
    """What the other files tell, and what the user chose."""
    log = what.log
    begin, end = what.days
    weeks = f"; {span.weeks} of its {span.all_weeks} weeks were used" if span.is_selection else ""
    semanas = f"; se usaron {span.weeks} de sus {span.all_weeks} semanas" if span.is_selection else ""
    source = {
        "en": f"{log.understood.file}: {what.cases} cases, {len(log)} events from {begin} to {end}{weeks}",
        "es": f"{log.understood.file}: {what.cases} casos, {len(log)} sucesos del {begin} al {end}{semanas}",
    }
    chart = what.chart
    layers = chart.layers if chart is not None else None
    tree = {}
    if chart is not None and layers is not None:
        department_of = {
            person: what.places[group] for person, group in chart.department.items() if group in what.places
        }
        placed = set(department_of.values()) == set(what.teams.names)
        tree = units(chart, department_of, round(layers.value)) if placed else {}
    return Company(
        name=asked.name or _name(log.understood.file),
        source=source,
        layers=layers,
        units=tree,
        morale=what.survey.morale if what.survey is not None else {},
    )


def _checked(name: str) -> None:
    try:
        named(name)
    except ValueError as error:
        raise ScenarioError([Problem("--name", 0, "", f"{shown(name)} is not allowed: {error}")]) from None


def _name(file: str) -> str:
    stem = file
    for ending in (".gz", ".xes", ".csv", ".xml", ".txt"):
        stem = stem.removesuffix(ending)
    return fit_name(stem)

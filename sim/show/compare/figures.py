"""Every figure of a comparison in tables for the workbook: outcomes, replications, parts, departments, links, weeks."""

import math
from collections.abc import Iterator

from sim.model.measures import COMPANY, DEPARTMENT, LINK
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario
from sim.show.compare.courses import course
from sim.show.compare.document import Amount, Cell, Table
from sim.show.compare.numbers import difference_cell, mean_said
from sim.show.compare.waterfall import Fall, satisfaction_fall, time_fall
from sim.show.language import Language
from sim.show.names import names_of, titled
from sim.show.tables import outcomes_said, units_said
from sim.study.compare.comparison import Comparison
from sim.study.compare.intervals import Estimate, mean_of_known
from sim.study.compare.why import states


def figures(comparison: Comparison, say: Language) -> list[Table]:
    """All of them, each with the name of its sheet."""
    return [
        _company(comparison, say),
        _replications(comparison, say),
        _parts(comparison, say),
        _places(comparison, DEPARTMENT, say),
        _places(comparison, LINK, say),
        _weeks(comparison, say),
    ]


def _known(comparison: Comparison, scenario: Scenario, level: str) -> dict[tuple[str, str], str]:
    """The unit of each outcome and place of a level in a scenario."""
    units = comparison.together.observed(scenario, comparison.replications[0]).units
    return {(outcome, where): unit for (outcome, found, where), unit in units.items() if found == level}


def _interval(say: Language) -> tuple[str, ...]:
    return say("difference"), say("from"), say("to"), say("intervals that hold at once")


def _estimated(found: Estimate, unit: str, at_once: int, say: Language) -> list[Cell]:
    cells: list[Cell] = [difference_cell(value, unit, say) for value in (found.mean, found.low, found.high)]
    return [*cells, Amount(float(at_once), str(at_once))]


def _company(comparison: Comparison, say: Language) -> Table:
    """Every outcome of the company in every scenario, with its difference to the base."""
    head = [say("outcome"), say("unit"), say("scenario"), say("mean"), *_interval(say), say("name in the tables")]
    rows: list[list[Cell]] = []
    for (outcome, _), unit in _known(comparison, comparison.base, COMPANY).items():
        at_once = comparison.family if outcome in comparison.stated else 1
        for scenario in comparison.scenarios:
            mean = mean_said(comparison.mean(scenario, outcome), unit, say)
            found: list[Cell] = ["", "", "", ""]
            if scenario is not comparison.base:
                found = _estimated(comparison.difference(scenario, outcome), unit, at_once, say)
            rows.append([_outcome(outcome, say), _unit(unit, say), titled(scenario, say), mean, *found, outcome])
    return Table(say("all outcomes"), head, rows)


def _replications(comparison: Comparison, say: Language) -> Table:
    """A row for each replication of each scenario, a column for each outcome of the company."""
    known = _known(comparison, comparison.base, COMPANY)
    spoken = {key: f"{_outcome(key[0], say)} ({_unit(unit, say)})" for key, unit in known.items()}
    rows: list[list[Cell]] = []
    for scenario in comparison.scenarios:
        values = {key: comparison.values(scenario, key[0]) for key in known}
        for place, number in enumerate(comparison.replications):
            cells = [mean_said(float(values[key][place]), unit, say) for key, unit in known.items()]
            rows.append([titled(scenario, say), Amount(float(number), str(number)), *cells])
    return Table(say("replications"), [say("scenario"), say("replication"), *spoken.values()], rows)


def _parts(comparison: Comparison, say: Language) -> Table:
    """The parts that add up to a difference, also those that the chart gathers in one step."""
    head = [say("scenario"), say("outcome"), say("part"), say("in the chart"), *_interval(say)]
    rows: list[list[Cell]] = []
    feels = all(item.feels for item in comparison.scenarios)
    for scenario in comparison.others:
        for of in (time_fall, satisfaction_fall) if feels else (time_fall,):
            fall = of(comparison, scenario, say)
            if not math.isnan(fall.base):
                rows += _parts_of(comparison, scenario, fall, say)
    return Table(say("parts of differences"), head, rows)


def _parts_of(comparison: Comparison, scenario: Scenario, fall: Fall, say: Language) -> Iterator[list[Cell]]:
    unit = comparison.unit(fall.outcome)
    about: list[Cell] = [titled(scenario, say), _outcome(fall.outcome, say)]
    shown = {step.name for step in fall.steps}
    gathered = [step.name for step in fall.steps if step.gathers > 1]
    for step in fall.parts:
        where = step.name if step.name in shown else gathered[0]
        yield [*about, step.name, where, *_estimated(step.found, unit, len(fall.parts), say)]
    for step in fall.steps:
        if step.gathers > 1:
            yield [*about, step.name, step.name, *_estimated(step.found, unit, len(fall.parts), say)]
    whole = comparison.difference(scenario, fall.outcome)
    at_once = comparison.family if fall.outcome in comparison.stated else 1
    yield [*about, say("the whole difference"), "", *_estimated(whole, unit, at_once, say)]


def _places(comparison: Comparison, level: str, say: Language) -> Table:
    """Every outcome of every department, or of every link, in the base and in each other scenario."""
    where = say("department") if level == DEPARTMENT else say("link")
    head = [say("scenario"), where, say("outcome"), say("unit"), say("base"), say("there"), *_interval(say)]
    rows: list[list[Cell]] = []
    of_base = _known(comparison, comparison.base, level)
    for scenario in comparison.others:
        names = names_of(comparison.base, say) | names_of(scenario, say) | {MARKET: say("the customer")}
        at_once = {}
        if level == DEPARTMENT:
            looked = states(comparison, scenario)
            at_once = {(part.outcome, part.where): part.difference for part in looked}
        for (outcome, place), unit in (of_base | _known(comparison, scenario, level)).items():
            sides = (comparison.values(item, outcome, level, place) for item in (comparison.base, scenario))
            means = [mean_said(mean_of_known(values), unit, say) for values in sides]
            alone = comparison.difference(scenario, outcome, level, place)
            found = at_once.get((outcome, place), alone)
            family = len(at_once) if (outcome, place) in at_once else 1
            spoken = " → ".join(names[name] for name in place.split(">"))
            about: list[Cell] = [titled(scenario, say), spoken, _outcome(outcome, say), _unit(unit, say)]
            rows.append([*about, *means, *_estimated(found, unit, family, say)])
    return Table(say("all departments") if level == DEPARTMENT else say("all links"), head, rows)


def _weeks(comparison: Comparison, say: Language) -> Table:
    """What the chart of the courses draws: smoothed differences week by week, each interval for itself."""
    head = [say("scenario"), say("outcome"), say("unit"), say("week"), say("difference"), say("from"), say("to")]
    rows: list[list[Cell]] = []
    for scenario in comparison.others:
        for outcome in comparison.stated:
            if outcome.startswith("open_"):
                continue
            unit = comparison.unit(outcome)
            about: list[Cell] = [titled(scenario, say), _outcome(outcome, say), _unit(unit, say)]
            for week, *values in zip(*course(comparison, scenario, outcome), strict=True):
                cells = [difference_cell(float(value), unit, say) for value in values]
                rows.append([*about, Amount(math.floor(week), str(math.floor(week))), *cells])
    return Table(say("week by week"), head, rows)


def _unit(unit: str, say: Language) -> str:
    more = {"share": say("share"), "jobs": say("jobs"), "flaws": say("flaws"), "messages": say("messages")}
    return (units_said(say) | more).get(unit, unit)


def _outcome(outcome: str, say: Language) -> str:
    more = {
        "load": say("load"),
        "queue_hours": say("wait in line"),
        "waiting_share": say("jobs that wait in line"),
        "queue_length": say("jobs in line"),
        "jobs": say("jobs"),
        "mood": say("mood"),
        "respect": say("respect shown"),
        "agility": say("agility shown"),
        "care": say("care shown"),
        "experience": say("experience of those served"),
        "experience_given": say("how it serves others"),
        "experience_received": say("how colleagues serve it"),
        "flaws": say("flaws in how it works"),
        "messages": say("customers' messages about it"),
        "wrong_decision_share": say("decisions that are wrong"),
        "purchase_handling_hours": say("work, in hours of a purchase"),
        "purchase_queueing_hours": say("waiting in line, in hours of a purchase"),
        "purchase_deciding_hours": say("waiting for decisions, in hours of a purchase"),
        "purchase_repair_hours": say("repair of errors, in hours of a purchase"),
    }
    return (outcomes_said(say) | more).get(outcome, outcome.replace("_", " "))

"""From the queueing network that a log shows to a company of people that waits as long and is as often right.

People who feel work slower or faster, meet, leave, err and mend; what a log measured contains all of that already. So
the loads are fitted once more, in the company itself, from the network's on: by the network's slopes, which a few
rounds of runs need not know exactly; the hours of a job are what gives those loads where the company settles. The share
that is right, and morale and satisfaction where a survey or ratings tell them, are met there too, in the mean field.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.model.steady import Rest, rest
from sim.scenario.dated import with_values
from sim.scenario.schema import Scenario
from sim.study.calibrate.drawn_up import Company, drawn_up, moved_odds
from sim.study.calibrate.estimates import Found
from sim.study.calibrate.fitting import LEAST, Fit, line_hours, log_hours
from sim.study.calibrate.office_hours import Floats
from sim.study.calibrate.typed import scenario_of
from sim.study.observed import observe

_ROUNDS: Final = 10
_REPLICATIONS: Final = 4
_JOBS: Final = 150_000
_STEP: Final = 0.1
"""Choice: no load moves by more than a tenth in one round."""
_WIDE: Final = 4.0
"""Choice: a miss by more errors than this counts as this: slopes hold near by only."""
_INNER: Final = 40
_LATER: Final = 12
_DAMPED: Final = 0.25
"""Choice: feelings feed on one another, so that a quarter of what is missing is much of the way."""
_NEAR: Final = 0.005
_MOST_LOAD: Final = 0.97
_MOST_FACTOR: Final = 4.0
_LEAST_LOAD: Final = 0.1
"""Choice: what people who have next to nothing to do give to meetings is not worth the hours of a job."""
_UNLIKE: Final = 0.02


@dataclass(frozen=True)
class Felt:
    """A company that feels, and how near it came: hours in line by target, as simulated, and the share right.

    ``unlike``: departments whose morale no inclination brings to where the survey found it.
    """

    company: Company
    simulated: tuple[float, ...]
    chi_square: float
    right: float
    right_observed: float
    unlike: tuple[str, ...]
    runs: int


def felt(  # noqa: PLR0913 - what was found, and what it is to meet
    found: Found,
    fit: Fit,
    morale: Mapping[str, float],
    satisfaction: float | None = None,
    *,
    seed: int = 1,
    progress: Callable[[float], None] | None = None,
) -> Felt:
    """The company with morale and attitude whose jobs are in line as long as the log's.

    ``morale``: by department in [0, 1], where a survey tells it; it becomes what the people there incline to.
    ``satisfaction`` in [0, 1], where ratings tell it; it becomes what customers expect.
    """
    doubt = {item.where: (np.log(item.high / item.low) / 2.0, item.determined) for item in fit.parameters}
    company = replace(fit.company, feels=True, doubt=doubt)
    loads = _loads(rest(scenario_of(drawn_up(found, replace(fit.company, feels=False)))))
    best: tuple[float, Company, Floats] | None = None
    names = [target.where for target in fit.targets]
    for turn in range(_ROUNDS):
        company = _met(
            found, company, morale, satisfaction, {name: loads[name] for name in names}, _INNER if turn == 0 else _LATER
        )
        hours = _line(found, company, names, seed)
        misses = np.array(
            [
                (log_hours(value) - log_hours(target.observed)) / target.error
                for value, target in zip(hours, fit.targets, strict=True)
            ]
        )
        chi_square = float(np.sum(misses**2))
        if best is None or chi_square < best[0]:
            best = chi_square, company, hours
        if progress is not None:
            progress((turn + 1) / _ROUNDS)
        if not names or np.all(np.abs(misses) < 1.0):
            break
        answer, *_ = np.linalg.lstsq(fit.slopes, -np.clip(misses, -_WIDE, _WIDE), rcond=1e-3)
        steps = np.exp(np.clip(answer, -_STEP, _STEP))
        loads |= {name: min(_MOST_LOAD, loads[name] * float(step)) for name, step in zip(names, steps, strict=True)}
    if best is None:
        raise AssertionError("there is at least one round")
    now = rest(scenario_of(drawn_up(found, best[1])))
    names_there = now.net.scenario.department_names
    settles = dict(zip(names_there, map(float, now.last.mind.morale), strict=True))
    unlike = tuple(name for name, told in morale.items() if abs(settles[name] - told) > _UNLIKE)
    shown, wanted = _rightness(found, now)
    return Felt(best[1], tuple(map(float, best[2])), best[0], shown, wanted, unlike, (turn + 1) * _REPLICATIONS)


def _line(found: Found, company: Company, names: "list[str]", seed: int) -> Floats:
    """By department, hours in line in the median week of several runs."""
    jobs_a_day = sum(part.jobs for part in found.departments) / found.days
    days = int(np.clip(_JOBS / max(jobs_a_day, 1e-6), 60, 1_000))
    scenario = scenario_of(drawn_up(found, replace(company, days=days)))
    runs = [observe(scenario, seed, replication) for replication in range(_REPLICATIONS)]
    return np.array([float(np.median([line_hours(run, name, found.days) for run in runs])) for name in names])


def _met(  # noqa: PLR0913, PLR0917 - what is to be met, and how hard it is tried
    found: Found,
    company: Company,
    morale: Mapping[str, float],
    satisfaction: float | None,
    loads: Mapping[str, float],
    rounds: int,
) -> Company:
    """The company that settles where what was observed is: hours for ``loads``, errors, inclinations, expectation."""
    drawn = scenario_of(drawn_up(found, company))
    for _ in range(rounds):
        scenario = _with(company, found, drawn)
        now = rest(scenario)
        shown, wanted = _rightness(found, now)
        lean = _inclinations(now, company, morale)
        moved = max((abs(lean[name] - company.inclination.get(name, 0.0)) for name in lean), default=0.0)
        expected = company.expectation
        if satisfaction is not None:
            before = scenario.market.expectation
            # A point of expectation costs about a point of satisfaction, by the law of disappointment.
            missing = float(now.last.mind.market.satisfaction) - satisfaction
            expected = float(np.clip(before + _DAMPED * missing, 0.0, 1.0))
            moved = max(moved, abs(expected - before))
        there = _loads(now)
        busier = {name: load / max(there[name], 1e-9) for name, load in loads.items() if load > _LEAST_LOAD}
        moved = max([moved / _DAMPED, *(abs(factor - 1.0) for factor in busier.values())])
        if moved < 2 * _NEAR and not abs(shown - wanted) >= _NEAR:
            break
        odds = _odds(wanted) / max(_odds(shown), 1e-9) if not np.isnan(wanted) else 1.0
        errors = float(np.clip(company.errors * odds**_DAMPED, 1e-3, 1e3))
        handling = {
            name: float(np.clip(company.handling.get(name, 1.0) * factor**_DAMPED, LEAST, _MOST_FACTOR))
            for name, factor in busier.items()
        }
        company = replace(
            company,
            errors=errors,
            inclination=lean,
            expectation=expected,
            handling=dict(company.handling) | handling,
        )
    return company


def _with(company: Company, found: Found, drawn: Scenario) -> Scenario:
    """The scenario of a company, from one that was drawn up of it with other hours, errors and feelings."""
    values: dict[str, float] = {}
    for part in found.departments:
        key = f"departments.{part.name}."
        if part.name in company.handling and part.handling_hours.count:
            values[f"{key}handling_hours"] = min(10_000.0, part.handling_hours.value * company.handling[part.name])
        if part.right.count:
            values[f"{key}right_first_time"] = max(0.01, moved_odds(part.right.value, company.errors))
        if part.name in company.inclination:
            values[f"{key}people.inclination"] = company.inclination[part.name]
    if company.expectation is not None:
        values["market.expectation"] = company.expectation
    return with_values(drawn, values)


def _loads(now: Rest) -> dict[str, float]:
    return dict(zip(now.net.scenario.department_names, map(float, now.last.load), strict=True))


def _rightness(found: Found, now: Rest) -> tuple[float, float]:
    """The share of jobs right the first time where the company settles, and that of the log, over the same jobs."""
    scenario: Scenario = now.net.scenario
    first = dict(zip(scenario.department_names, map(float, now.last.work.first), strict=True))
    told = [part for part in found.departments if part.right.count and part.jobs]
    if not told:
        return np.nan, np.nan
    jobs = [part.jobs for part in told]
    shown = float(np.average([first[part.name] for part in told], weights=jobs))
    return shown, float(np.average([part.right.value for part in told], weights=jobs))


def _odds(right: float) -> float:
    return (1.0 - right) / max(right, 1e-9)


def _inclinations(now: Rest, company: Company, morale: Mapping[str, float]) -> dict[str, float]:
    """By department, what its people would have to incline to for the survey's morale."""
    found = {}
    for place, part in enumerate(now.net.scenario.departments):
        if part.name in morale:
            step = morale[part.name] - float(now.last.mind.morale[place])
            found[part.name] = float(np.clip(company.inclination.get(part.name, 0.0) + _DAMPED * step, -0.5, 0.5))
    return found

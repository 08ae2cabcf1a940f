"""What cannot be read off a log, fitted: how busy people are.

How long jobs wait tells how busy a department is; its tickets alone do not, since people have other work. One number
for each department, its ``load`` against the one measured, is fitted to the mean hours that a job is in line in the
median week (a post that stood empty for a month must not pass for other work all year). It multiplies the hours of a
job: below 1, not all of the time that a ticket is in progress is work on it; above 1, other work comes between.
It is fitted in the queueing network that the log shows, in which nobody feels anything; ``feeling.py`` then finds the
company with morale and attitude that is as busy.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import DAYS_PER_WEEK, HOURS_PER_DAY, HOURS_PER_WEEK
from sim.model.steady import rest
from sim.scenario.dated import with_values
from sim.scenario.schema import Scenario
from sim.study.calibrate.availability import available, busy_enough
from sim.study.calibrate.drawn_up import Company, drawn_up
from sim.study.calibrate.estimates import DepartmentFound, Found
from sim.study.calibrate.intervals import batched
from sim.study.calibrate.jobs import Jobs
from sim.study.calibrate.office_hours import Floats
from sim.study.calibrate.typed import scenario_of
from sim.study.observed import Observed, observe

BUDGET: Final = 150
"""Choice: runs of the fast engine that a fit may take."""
_FLOOR_HOURS: Final = 0.02
"""Choice: waits of about a minute and none are the same."""
_SLACK: Final = 0.05
"""Choice: a mean wait need not be nearer than a twentieth to the one measured; no model of a company is."""
LEAST: Final = 0.1
_MOST: Final = 3.0
"""Choice: work is taken to be between a tenth and three times what tickets show."""
_MOST_LOAD: Final = 0.97
"""Choice: nobody is busier than this for good, else lines would grow without end."""
_JOBS: Final = 300_000
"""Choice: so many jobs in one run keep its own chance small beside that slack."""
_STEP: Final = 0.08
_KNOWN: Final = 0.35
"""Choice: a load is known if the standard error of its logarithm is less than this."""
_RISES: Final = 1.0
"""Choice: and if the misfit at both ends of its profile, two standard errors away, is above the least by so much."""
_FEW: Final = 20
_WEEKS: Final = 8
_NORMAL_MAD: Final = 1.4826
_MEDIAN_ERROR: Final = 1.2533
"""The standard deviation from the median distance to the median, and the error of a median, of normal scatter."""
_PROFILE: Final = (-2.0, -1.0, 1.0, 2.0)


@dataclass(frozen=True)
class Target:
    """What a fit is to come near: a department's mean hours in line, with the standard ``error`` of their logarithm."""

    where: str
    observed: float
    error: float


@dataclass(frozen=True)
class Parameter:
    """A department's load against the one measured, with a 95 % interval, and whether the data ``determine`` it.

    ``profile``: values, and by how much the misfit (χ²) is above its least there with all others fitted anew.
    """

    where: str
    value: float
    low: float
    high: float
    determined: bool
    profile: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Fit:
    """A fit: what was aimed at, and how near it came; ``chi_square`` over all targets; ``runs`` of the engine.

    ``slopes``: how many errors each target moves for one unit of the logarithm of each load; ``most``: the largest
    factor with which each can keep up.
    """

    company: Company
    targets: tuple[Target, ...]
    simulated: tuple[float, ...]
    slopes: NDArray[np.float64]
    most: tuple[float, ...]
    parameters: tuple[Parameter, ...]
    chi_square: float
    runs: int


def fit(  # noqa: PLR0913 - what was found, and how long it may take
    found: Found,
    company: Company,
    waits: Mapping[str, tuple[float, float]],
    *,
    budget: int = BUDGET,
    seed: int = 1,
    progress: Callable[[float], None] | None = None,
) -> Fit:
    """Fit the loads of departments to hours in line: by department, their mean and the error of its logarithm."""
    return _Problem(found, company, waits, budget, seed, progress).solved()


class _Problem:
    """The factors of a company, what a run of the engine makes of them, and how far that is from what was observed."""

    def __init__(  # noqa: PLR0913, PLR0917 - what is known, and how long it may take
        self,
        found: Found,
        company: Company,
        waits: Mapping[str, tuple[float, float]],
        budget: int,
        seed: int,
        progress: Callable[[float], None] | None,
    ) -> None:
        self._parts = [
            part
            for part in found.departments
            if part.name in waits and part.handling_hours.count and part.handling_hours.value > 0.0 and part.load > 0.0
        ]
        people = {part.name: available(part, waits[part.name][0], found.days) for part in self._parts}
        jobs_a_day = sum(part.jobs for part in found.departments) / found.days
        days = int(np.clip(_JOBS / max(jobs_a_day, 1e-6), 60, 2_500))
        company = replace(company, people=people)
        base = scenario_of(drawn_up(found, replace(company, days=days, feels=False)))
        loads = dict(zip(base.department_names, map(float, rest(base).last.load), strict=True))
        # Of too few waits nothing can be fitted; but nobody works more than all of the time.
        fitted = {part.name for part in self._parts}
        self._within = {
            name: _MOST_LOAD / load for name, load in loads.items() if load > _MOST_LOAD and name not in fitted
        }
        self._found, self._company = found, replace(company, handling=self._within)
        self._base = scenario_of(drawn_up(found, replace(self._company, days=days, feels=False)))
        self._budget, self._seed, self._progress = budget, seed, progress
        self._runs = 0
        self._known: dict[bytes, Floats] = {}
        self.start = np.log(
            [busy_enough(part, waits[part.name][0], people[part.name], found.days) for part in self._parts]
        )
        self.targets = [
            Target(part.name, waits[part.name][0], float(np.hypot(waits[part.name][1], _SLACK))) for part in self._parts
        ]
        busy = np.array([max(loads[part.name], 1e-6) for part in self._parts])
        self.high = np.log(np.clip(_MOST_LOAD / busy, 2 * LEAST, _MOST))
        self.low = np.full(len(busy), np.log(LEAST))

    def company(self, factors: Floats) -> Company:
        """The company with these logarithms of factors."""
        names = (part.name for part in self._parts)
        fitted = dict(zip(names, map(float, np.exp(factors)), strict=True))
        return replace(self._company, handling=self._within | fitted)

    def scenario(self, factors: Floats) -> Scenario:
        """That company."""
        company = self.company(factors)
        return with_values(
            self._base,
            {
                f"departments.{part.name}.handling_hours": part.handling_hours.value * company.handling[part.name]
                for part in self._parts
            },
        )

    def means(self, factors: Floats) -> Floats:
        """What a run gives for each target."""
        key = np.round(factors, 10).tobytes()
        if key not in self._known:
            self._runs += 1
            run = observe(self.scenario(factors), self._seed, 0)
            self._known[key] = np.array([line_hours(run, target.where, self._found.days) for target in self.targets])
            if self._progress is not None:
                self._progress(min(1.0, self._runs / self._budget))
        return self._known[key]

    def misses(self, factors: Floats) -> Floats:
        """By how many errors each target is missed."""
        found = self.means(factors)
        return np.array(
            [
                (log_hours(value) - log_hours(target.observed)) / target.error
                for target, value in zip(self.targets, found, strict=True)
            ]
        )

    def solved(self) -> Fit:
        """The best factors within the budget, and how sure they are."""
        start = np.clip(self.start, self.low + 1e-6, self.high - 1e-6)
        best = start
        if len(self.targets):
            from scipy.optimize import least_squares  # noqa: PLC0415 - takes a while to load

            most = max(2, (self._budget - 5 * len(start)) // (len(start) + 1))
            best = least_squares(
                self.misses,
                start,
                bounds=(self.low, self.high),
                x_scale=0.3,
                max_nfev=most,
                jac=self._slopes,
                xtol=1e-3,
                ftol=1e-3,
            ).x
        slopes = self._slopes(best) if len(best) else np.empty((0, 0))
        misses = self.misses(best) if len(best) else np.empty(0)
        return Fit(
            self.company(best),
            tuple(self.targets),
            tuple(map(float, self.means(best))) if len(best) else (),
            slopes,
            tuple(map(float, np.exp(self.high))),
            tuple(self._parameters(best, slopes, misses)),
            float(np.sum(misses**2)),
            self._runs,
        )

    def _slopes(self, factors: Floats) -> NDArray[np.float64]:
        """How each miss moves with each factor: a step of eight percent, towards where there is room."""
        middle = self.misses(factors)
        slopes = np.empty((len(middle), len(factors)))
        for place in range(len(factors)):
            moved = factors.copy()
            step = -_STEP if factors[place] + _STEP > self.high[place] else _STEP
            moved[place] += step
            slopes[:, place] = (self.misses(moved) - middle) / step
        return slopes

    def _parameters(self, best: Floats, slopes: NDArray[np.float64], misses: Floats) -> "list[Parameter]":
        information = slopes.T @ slopes
        spread = np.sqrt(np.diag(np.linalg.pinv(information + 1e-9 * np.eye(len(best)))))
        least = float(np.sum(misses**2))
        found = []
        for place, part in enumerate(self._parts):
            low, high = best[place] - 1.96 * spread[place], best[place] + 1.96 * spread[place]
            inside = low > self.low[place] and high < self.high[place]
            profile = tuple(self._profile(best, slopes, place, float(spread[place]), least))
            found.append(
                Parameter(
                    part.name,
                    float(np.exp(best[place])),
                    float(np.exp(max(low, self.low[place]))),
                    float(np.exp(min(high, self.high[place]))),
                    self._is_determined(part, inside=bool(inside), spread=float(spread[place]), profile=profile),
                    profile,
                )
            )
        return found

    def _is_determined(
        self, part: DepartmentFound, *, inside: bool, spread: float, profile: tuple[tuple[float, float], ...]
    ) -> bool:
        """Whether the waits tell the load: its interval is short and within bounds, and the misfit grows both ways.

        Not where the same waits have had to tell already how many people are there for the work.
        """
        ends = [profile[0][1], profile[-1][1]] if len(profile) > 2 else []
        alone = self._company.people.get(part.name, 0) >= max(1, round(part.staff.value))
        return inside and alone and spread < _KNOWN and all(misfit > _RISES for misfit in ends)

    def _profile(
        self, best: Floats, slopes: NDArray[np.float64], place: int, spread: float, least: float
    ) -> "list[tuple[float, float]]":
        """The misfit with one factor held elsewhere, the others moved as the slopes say is best; each is simulated."""
        others = np.delete(np.arange(len(best)), place)
        values: list[tuple[float, float]] = [(float(np.exp(best[place])), 0.0)]
        for steps in _PROFILE:
            if self._runs >= self._budget:
                break
            moved = best.copy()
            moved[place] = np.clip(best[place] + steps * min(spread, 0.5), self.low[place], self.high[place])
            shift = slopes[:, place] * (moved[place] - best[place])
            if len(others):
                answer, *_ = np.linalg.lstsq(slopes[:, others], -shift, rcond=None)
                moved[others] = np.clip(best[others] + answer, self.low[others], self.high[others])
            values.append((float(np.exp(moved[place])), float(np.sum(self.misses(moved) ** 2)) - least))
        return sorted(values)


def line_hours(run: Observed, department: str, days: int) -> float:
    """The hours that a job of a department is in line, by Little's law, as ``targets`` of a log of so many days.

    In the median week, or beside a log that is too short for that in the mean.
    """
    place = "department", department
    jobs, line = run.weekly["jobs", *place], run.weekly["queue_length", *place]
    seen = (jobs > 0) & (np.array(run.weeks) >= 0)
    if days < _WEEKS * DAYS_PER_WEEK:
        return float(line[seen].sum() * HOURS_PER_WEEK / jobs[seen].sum()) if seen.any() else 0.0
    return float(np.median(line[seen] * HOURS_PER_WEEK / jobs[seen])) if seen.any() else 0.0


def log_hours(hours: float) -> float:
    """The logarithm in which waits are compared."""
    return float(np.log(hours + _FLOOR_HOURS))


def targets(jobs: Jobs) -> dict[str, tuple[float, float]]:
    """What a log says of hours in line in the median week, by department, with the standard error of their logarithm.

    That error is from the scatter of the weeks: waits within one are alike. In a log of less than eight weeks it is the
    mean of all jobs, with an error from the days' sums.
    """
    found = {}
    for place, name in enumerate(jobs.names):
        here = (jobs.department == place) & ~jobs.open & ~np.isnan(jobs.wait)
        if here.sum() < _FEW:
            continue
        hours = jobs.wait[here] + jobs.again[here]
        if jobs.days < _WEEKS * DAYS_PER_WEEK:
            estimate = batched(hours, (jobs.asked[here] // HOURS_PER_DAY).astype(np.int64), "measured")
            found[name] = (estimate.value, estimate.error / (estimate.value + _FLOOR_HOURS))
            continue
        week = (jobs.asked[here] // HOURS_PER_WEEK).astype(np.int64)
        count = np.bincount(week)
        logs = np.log(np.bincount(week, hours)[count > 0] / count[count > 0] + _FLOOR_HOURS)
        middle = float(np.median(logs))
        scatter = _NORMAL_MAD * float(np.median(np.abs(logs - middle)))
        error = _MEDIAN_ERROR * scatter / np.sqrt(len(logs)) if len(logs) > 3 else 1.0
        found[name] = (float(np.exp(middle)) - _FLOOR_HOURS, float(error))
    return found

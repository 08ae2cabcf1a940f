"""Tipping points: where a small change of one factor takes a company from one lasting state into another.

Both branches are followed in the mean field (``steady.py``): from the good end of the factor's range towards the bad
one, each state beginning where the last one settled, and back again. Where the two differ the company has two lasting
states, and which one it lives in depends on where it came from (hysteresis). Simulated companies are set beside them.

How early a survey would have warned: the factor drifts from its value in the base to the bad end; a survey asks some
people every so many weeks; and the last moment at which putting the factor back still helps is looked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from sim.model.calendar import DAYS_PER_WEEK
from sim.model.engines import Engine, simulate
from sim.model.measures import COMPANY, measured
from sim.model.record import Floats
from sim.model.steady import Rest, SteadyState, rest, state_of
from sim.scenario.dated import KeyRefusedError, with_values
from sim.scenario.parts import Change
from sim.scenario.schema import Scenario
from sim.study.sweep.asked import Asked, Survey
from sim.study.sweep.designs import tried
from sim.study.sweep.expressions import ExpressionError, Value
from sim.study.sweep.runs import refusal
from sim.study.sweep.study import StudyError
from sim.study.workers import Failure, carried_out

if TYPE_CHECKING:
    import pandas as pd

SHOWN: Final = ("customer_satisfaction", "morale")
"""Outcomes whose branches are followed; points of 100."""
APART: Final = 5.0
"""Choice: states are two where morale differs by more points than this."""
_HALVINGS: Final = 6
"""Choice: a step at which the company tips is halved so often."""
LAST_WEEKS: Final = 13
"""Choice: a simulated company is judged by its last quarter of a year."""
DRIFT_STEP: Final = 4
"""Choice: a drifting factor moves every so many weeks."""
BEFORE_WEEKS: Final = 52
"""Choice: a survey gets to know the company in the year before the factor begins to drift."""
AFTER_WEEKS: Final = 104
"""Choice: a company must be back so many weeks after the factor was put back, and falls within as many after it."""
Z: Final = 1.959963984540054
"""Standard normal quantile of 97.5 %."""
LIMIT: Final = 3.0
"""Shewhart's limit: a survey warns when it lies so many standard errors below what it knew (1931; three is his)."""


@dataclass(frozen=True)
class Tipping:
    """The branches of a company over a factor.

    ``branches``: value, way (``there``: towards the bad end; ``back``), an outcome a column in points, settled,
    overloaded (somebody cannot keep up: the equations then take waits of a load of .98, so they are rough).
    ``simulated``: the same of single runs, with replication. ``falls`` and ``returns``: the values beyond which a
    company falls on its way there, and comes back on its way back; NaN where it does not within the range.
    """

    branches: "pd.DataFrame"
    simulated: "pd.DataFrame"
    falls: float
    returns: float

    @property
    def tips(self) -> bool:
        """Whether there are two lasting states anywhere in the range."""
        return not (np.isnan(self.falls) and np.isnan(self.returns))


@dataclass(frozen=True)
class Warned:
    """What a survey would have seen while the factor drifts; weeks are counted from the drift's first.

    ``table``: by replication, ``warned`` and ``fell`` (weeks, NaN where it did not happen), ``back_if_acted``: whether
    putting the factor back at the warning brings the company back; ``warned_without_drift``: whether the survey would
    have warned, in as many weeks, of nothing. ``put_back``: the share of companies that come back
    by the week in which it is put back, with low and high. ``paths``: the morale of the company, replications ×
    ``weeks``, in points; ``surveys``: week, replication, seen; ``steps``: the drift, days of the runs and values.
    """

    table: "pd.DataFrame"
    put_back: "pd.DataFrame"
    weeks: Floats
    paths: Floats
    surveys: "pd.DataFrame"
    steps: Sequence[tuple[int, Value]]

    @property
    def week(self) -> float:
        """The median week of the warning; infinite where fewer than half of the companies are warned of."""
        return float(self.table["warned"].fillna(np.inf).median())


class _State(NamedTuple):
    value: Value
    found: Rest

    def outcome(self, name: str) -> float:
        """In points."""
        mind = self.found.last.mind
        if name == "customer_satisfaction":
            return 100.0 * float(mind.market.satisfaction)
        parts = self.found.net.departments
        return 100.0 * float(np.average(mind.morale, weights=np.where(parts.in_house, parts.staff, 0.0)))


class _Run(NamedTuple):
    """A company to be simulated, and where it starts from, if not from its own steady state."""

    scenario: Scenario
    seed: int
    replication: int
    engine: Engine
    before: SteadyState | None = None


class _Drift:
    """The company of a study while its one factor takes this or that value."""

    def __init__(self, asked: Asked) -> None:
        [self.name] = asked.question.factors
        self._asked = asked
        self.is_whole = asked.is_whole(self.name)
        self.is_even = asked.question.factors[self.name].range is not None and not self.is_whole
        """Whether any value between two others may be tried."""
        self.base = asked.base.model_copy(update={"changes": ()})

    def keys(self, value: Value) -> dict[str, Value]:
        """What the factor sets."""
        arithmetic = self._asked.arithmetic[self.name]
        try:
            return {key: expression.value({self.name: value}) for key, expression in arithmetic.items()}
        except ExpressionError as error:
            raise StudyError(f"{self.name} {value}: {error}") from None

    def company(self, value: Value) -> Scenario:
        """With this value from the first day on; ``StudyError`` if there is no such company."""
        try:
            return with_values(self.base, self.keys(value))
        except (ValidationError, KeyRefusedError) as error:
            raise StudyError(f"{self.name} {value}: no such company: {refusal(error)}") from None

    def drifting(self, days: int, steps: Sequence[tuple[int, Value]]) -> Scenario:
        """The base, in which the factor takes values on some days, for so many days."""
        changes = [Change(day=day, set=self.keys(value)).model_dump() for day, value in steps]
        plain = self.base.model_dump(exclude_unset=True) | {"days": days, "changes": changes}
        try:
            return type(self.base).model_validate(plain)
        except ValidationError as error:
            raise StudyError(f"{self.name} cannot drift: {refusal(error)}") from None


def tipping(asked: Asked, engine: Engine = "fast", jobs: int = 1) -> Tipping:
    """Follow both branches over the one factor of a study, and let companies live beside them.

    ``StudyError`` if nobody feels anything, or if some value makes a company that cannot be.
    """
    import pandas as pd  # noqa: PLC0415 - takes a while to load

    drift = _Drift(asked)
    if not drift.base.feels:
        raise StudyError("a company in which nobody feels anything has no two states")
    values = _from_good_to_bad(drift, sorted(set(tried(asked, drift.name)), key=float))
    there = list(_followed(drift, values))
    back = list(_followed(drift, values[::-1], there[-1].found))[::-1]
    two = [_differ(one, other) for one, other in zip(there, back, strict=True)]
    falls = returns = float("nan")
    if any(two):
        first, last = two.index(True), len(two) - 1 - two[::-1].index(True)
        if last + 1 < len(values):
            falls = _edge(drift, there[last], back[last], values[last + 1])
        if first > 0:
            returns = _edge(drift, there[first], back[first], values[first - 1])
    rows = [
        (state.value, way, *map(state.outcome, SHOWN), state.found.settled, state.found.overloaded)
        for way, branch in (("there", there), ("back", back))
        for state in branch
    ]
    branches = pd.DataFrame(rows, columns=[drift.name, "way", *SHOWN, "settled", "overloaded"])
    simulated = _simulated(asked, drift, (there[0], back[-1]), values, engine, jobs)
    return Tipping(branches, simulated, falls, returns)


def _from_good_to_bad(drift: _Drift, values: Sequence[Value]) -> list[Value]:
    """The values in the order in which an ordinary company gets worse."""
    ends = [_State(value, rest(drift.company(value))) for value in (values[0], values[-1])]
    first, last = (sum(map(end.outcome, SHOWN)) for end in ends)
    return list(values if first >= last else values[::-1])


def _followed(drift: _Drift, values: Sequence[Value], begin: Rest | None = None) -> Iterator[_State]:
    """Where a company settles at each value that comes from the one before."""
    for value in values:
        begin = _from(drift, value, begin)
        yield _State(value, begin)


def _from(drift: _Drift, value: Value, begin: Rest | None) -> Rest:
    """Where a company settles that was in another state before."""
    scenario = drift.company(value)
    if begin is None:
        return rest(scenario)
    same = len(begin.net.managers.names) == len(_names(scenario))
    return rest(scenario, begin.last.mind if same else state_of(begin))


def _names(scenario: Scenario) -> Sequence[str]:
    from sim.model.hierarchy import management_tree  # noqa: PLC0415 - only where a factor may move it

    return list(management_tree(scenario))


def _differ(one: _State, other: _State) -> bool:
    return abs(one.outcome("morale") - other.outcome("morale")) > APART


def _edge(drift: _Drift, high: _State, low: _State, beyond: Value) -> float:
    """Between a value with two states and one with a single state: the last that has two, as nearly as can be tried."""
    inside, outside = float(high.value), float(beyond)
    for _ in range(_HALVINGS * drift.is_even):
        middle = 0.5 * (inside + outside)
        above, below = (_State(middle, _from(drift, middle, state.found)) for state in (high, low))
        if _differ(above, below):
            inside, high, low = middle, above, below
        else:
            outside = middle
    return inside


def _simulated(  # noqa: PLR0913, PLR0917 - what is asked, where companies begin, and by whom
    asked: Asked,
    drift: _Drift,
    ends: tuple[_State, _State],
    values: Sequence[Value],
    engine: Engine,
    jobs: int,
) -> "pd.DataFrame":
    """Companies that lived at one end of the range, and then at each value, as they are in their last weeks."""
    import pandas as pd  # noqa: PLC0415

    question = asked.question
    wanted, rows = [], []
    for way, end in zip(("there", "back"), ends, strict=True):
        before = state_of(end.found)
        for value in values:
            scenario = drift.company(value)
            for number in range(question.replications):
                wanted.append(_Run(scenario, question.seed, number, engine, before))
                rows.append((value, way, number))
    found = _lived(wanted, jobs)
    outcomes = np.array([[weekly[name][-LAST_WEEKS:].mean() for name in SHOWN] for weekly in found])
    table = pd.DataFrame(rows, columns=[drift.name, "way", "replication"])
    return table.assign(**{name: outcomes[:, place] for place, name in enumerate(SHOWN)})


def warned(asked: Asked, found: Tipping, engine: Engine = "fast", jobs: int = 1) -> Warned:
    """Let the factor drift, ask a survey, and look how long putting the factor back helps.

    Survey answers scatter by ``spread`` around the company's morale in that week; a survey warns when it lies ``LIMIT``
    standard errors below the mean of those before the drift, the company's own ups and downs within a year included.
    The same companies without any drift show how often it warns of nothing. ``StudyError`` if the company does not tip
    on the way.
    """
    import pandas as pd  # noqa: PLC0415

    survey, drift = asked.question.warning, _Drift(asked)
    assert survey is not None
    start = float(asked.in_the_base(drift.name))
    end = float(found.branches[found.branches["way"] == "there"][drift.name].iloc[-1])
    if not min(start, end) <= found.falls <= max(start, end):
        raise StudyError(f"{drift.name} does not tip between {start:g}, its value in the base, and {end:g}")
    middle, steps = _halfway(found, drift.name, start), _steps(survey, start, end, drift.is_whole)
    numbers = range(asked.question.replications)
    weeks = BEFORE_WEEKS + survey.weeks + AFTER_WEEKS

    def live(companies: Sequence[tuple[int, Scenario]]) -> list[Floats]:
        """Morale week by week of companies, each in a replication."""
        runs = [_Run(company, asked.question.seed, number, engine) for number, company in companies]
        return [weekly["morale"] for weekly in _lived(runs, jobs)]

    def come_back(trials: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
        """Whether each company is back if its factor is put back in a week (replication, week)."""
        companies = [(number, _put_back(drift, steps, week, start)) for number, week in trials]
        return np.array([path[-LAST_WEEKS:].mean() > middle for path in live(companies)], dtype=np.bool_)

    whole = drift.drifting(weeks * DAYS_PER_WEEK, steps)
    paths = np.array(live([(one, whole) for one in numbers]))[:, -weeks:]
    asked_in = np.arange(survey.every_weeks, weeks + 1, survey.every_weeks, dtype=np.int64) - 1
    calm = np.array(live([(one, drift.drifting(weeks * DAYS_PER_WEEK, [])) for one in numbers]))[:, -weeks:]
    own = float(np.sqrt(np.mean(np.var(calm[:, :BEFORE_WEEKS], axis=1, ddof=1))))
    seen, unmoved = (
        np.array([_seen(path[asked_in], survey, asked.question.seed, one) for one, path in enumerate(rows)])
        for rows in (paths, calm)
    )
    alarms = [_alarm(row, asked_in, survey, own) for row in seen]
    in_time = asked_in < BEFORE_WEEKS + survey.weeks
    false = [not np.isnan(_alarm(row[in_time], asked_in[in_time], survey, own)) for row in unmoved]
    tries = range(0, survey.weeks + AFTER_WEEKS // 2 + 1, survey.every_weeks)
    trials = [(number, week) for week in tries for number in numbers]
    back = come_back(trials).reshape(len(tries), -1)
    heard = [(number, int(week)) for number, week in enumerate(alarms) if not np.isnan(week)]
    acted = {number: bool(good) for (number, _), good in zip(heard, come_back(heard), strict=True)}
    table = pd.DataFrame(
        {
            "replication": list(numbers),
            "warned": alarms,
            "fell": [_fell(path, middle) - BEFORE_WEEKS + 1 for path in paths],
            "back_if_acted": [acted.get(number, False) for number in numbers],
            "warned_without_drift": false,
        }
    )
    counted = np.arange(weeks, dtype=np.float64) - BEFORE_WEEKS + 1.0
    surveys = pd.DataFrame(
        {
            "week": np.tile(counted[asked_in], len(seen)).astype(int),
            "replication": np.repeat(np.arange(len(seen)), len(asked_in)),
            "seen": seen.ravel(),
        }
    )
    return Warned(table, _back(list(tries), back), counted, paths, surveys, steps)


def _put_back(drift: _Drift, steps: Sequence[tuple[int, Value]], week: int, start: float) -> Scenario:
    """The factor drifts until a week, and is then what it was."""
    until = (BEFORE_WEEKS + week) * DAYS_PER_WEEK
    before = [step for step in steps if step[0] < until]
    return drift.drifting(until + AFTER_WEEKS * DAYS_PER_WEEK, [*before, (until, start)])


def _halfway(found: Tipping, factor: str, start: float) -> float:
    """Morale halfway between both states at the value to which the factor is put back.

    Where there is only one state, between it and the worst one.
    """
    ends = []
    for way in ("there", "back"):
        line = found.branches[found.branches["way"] == way].sort_values(factor)
        ends.append(float(np.interp(start, line[factor].to_numpy(float), line["morale"].to_numpy(float))))
    if abs(ends[0] - ends[1]) <= APART:
        ends[1] = float(found.branches["morale"].min())
    return 0.5 * (ends[0] + ends[1])


def _steps(survey: Survey, start: float, end: float, is_whole: bool) -> list[tuple[int, Value]]:
    """Days and values of a factor that drifts evenly; of a whole number, the days on which it moves."""
    values = np.linspace(start, end, max(1, survey.weeks // DRIFT_STEP) + 1)[1:]
    steps: list[tuple[int, Value]] = []
    last: Value = start
    for place, exact in enumerate(values):
        value: Value = round(float(exact)) if is_whole else float(exact)
        if value != last:
            steps.append(((BEFORE_WEEKS + place * DRIFT_STEP) * DAYS_PER_WEEK, value))
        last = value
    return steps


def _fell(path: Floats, middle: float) -> float:
    """The first week from which morale stays below; NaN if it never does."""
    above = np.flatnonzero(path > middle)
    first = int(above[-1]) + 1 if len(above) else 0
    return float(first) if first < len(path) else float("nan")


def _seen(morale: Floats, survey: Survey, seed: int, number: int) -> Floats:
    """What surveys see of morale: the mean of so many answers, on luck of their own."""
    luck = np.random.default_rng([seed, number]).standard_normal(len(morale))
    return np.asarray(morale + survey.spread / np.sqrt(survey.people) * luck)


def _alarm(seen: Floats, asked_in: NDArray[np.int64], survey: Survey, own: float = 0.0) -> float:
    """The week of the first survey that warns, from the drift's first on; NaN if none does.

    ``own``: by how much the company's morale itself goes up and down within a year, points.
    """
    known = seen[asked_in < BEFORE_WEEKS]
    error = np.hypot(survey.spread / np.sqrt(survey.people), own) * np.sqrt(1.0 + 1.0 / len(known))
    low = (asked_in >= BEFORE_WEEKS) & (seen < known.mean() - LIMIT * error)
    return float(asked_in[low][0] - BEFORE_WEEKS + 1) if low.any() else float("nan")


def _back(weeks: Sequence[int], back: NDArray[np.bool_]) -> "pd.DataFrame":
    """By week in which the factor is put back, the share of companies that come back, with Wilson's 95 % interval."""
    import pandas as pd  # noqa: PLC0415

    n, share = back.shape[1], back.mean(axis=1)
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * np.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return pd.DataFrame({"week": weeks, "back": share, "low": middle - half, "high": middle + half})


def _lived(runs: Sequence[_Run], jobs: int) -> list[dict[str, Floats]]:
    """Weekly outcomes of each run, in points; ``StudyError`` if one fails."""
    found: list[dict[str, Floats]] = [{}] * len(runs)
    for place, answer in carried_out(_weekly, runs, jobs, threads=not runs or runs[0].engine == "fast"):
        if isinstance(answer, Failure):
            raise StudyError(f"replication {runs[place].replication}: {answer.message}")
        found[place] = answer
    return found


def _weekly(run: _Run) -> dict[str, Floats]:
    record = simulate(run.scenario, run.seed, run.replication, before=run.before, engine=run.engine)
    return {item.outcome: item.weekly for item in measured(record) if item.level == COMPANY and item.outcome in SHOWN}

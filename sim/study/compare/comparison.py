"""Scenarios against a base, on common luck: how many replications, what differs, and by how much."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from sim.model.engines import Engine
from sim.model.measures import COMPANY, Measured
from sim.model.record import Floats
from sim.scenario.schema import Scenario
from sim.scenario.writing import fingerprint
from sim.study.compare.asked import LEAST, ComparisonError, check_asked, most_allowed
from sim.study.compare.best import FIRST, Best, best
from sim.study.compare.intervals import Estimate, luck_bought, mean_of_known, next_count, paired, skewness
from sim.study.compare.stated import BETTER, LEADING, STATED, STATED_WITHOUT_PSYCHOLOGY, ZONE, Verdict, verdict
from sim.study.observed import Kept
from sim.study.problems import RunFailedError
from sim.study.replicate import Replicated, outcomes_table, summary_table, weekly_table
from sim.study.together import Together
from sim.study.workers import Failure

if TYPE_CHECKING:
    import pandas as pd

LOPSIDED: Final = 1.0
"""Choice: from this skewness of fewer than ``MANY`` pairs on, Student's t is rough."""
MANY: Final = 30


@dataclass(frozen=True, slots=True)
class Failed:
    """A replication that could not be simulated; it is left out of every scenario."""

    scenario: str
    replication: int
    failure: Failure


class Missed(NamedTuple):
    """A precision that was not reached: the half-width asked for, and the widest that came of it, NaN without any."""

    asked: float
    reached: float


Unchosen = Literal["direction", "zone", "replications", "values"]
"""Why nobody is selected: no way is better, no difference matters by default, too few replications, or no value."""


@dataclass(frozen=True)
class Comparison:
    """What a comparison found; the first scenario is the base.

    ``precision``: half-widths that were asked for. ``zone``: the smallest difference that matters in ``leading``.
    """

    scenarios: tuple[Scenario, ...]
    stated: tuple[str, ...]
    seed: int
    replications: tuple[int, ...]
    precision: Mapping[str, float]
    failed: tuple[Failed, ...]
    together: Together = field(repr=False)
    folder: Path | None = None
    zone: float | None = None

    @property
    def base(self) -> Scenario:
        """What the others are compared with."""
        return self.scenarios[0]

    @property
    def others(self) -> tuple[Scenario, ...]:
        """All but the base."""
        return self.scenarios[1:]

    @property
    def attempted(self) -> int:
        """How many replications were asked of each scenario, with those that failed."""
        return 1 + max([*self.replications, *(item.replication for item in self.failed)])

    @property
    def leading(self) -> str:
        """The stated outcome that the best is chosen by: customers' satisfaction, their wait, or the first stated."""
        return next((outcome for outcome in LEADING if outcome in self.stated), self.stated[0])

    def chosen(self) -> Best | None:
        """Which scenario is best in ``leading``; ``None`` where nobody can be selected, as ``unchosen`` tells."""
        zone = self.zone or ZONE.get(self.leading)
        return None if zone is None or self.unchosen else self.best(self.leading, zone)

    @property
    def unchosen(self) -> Unchosen | None:
        """Why nobody is selected in ``leading``; ``None`` if the procedure can be asked."""
        if self.leading not in BETTER:
            return "direction"
        if not (self.zone or ZONE.get(self.leading)):
            return "zone"
        if len(self.replications) < FIRST:
            return "replications"
        values = [self.values(scenario, self.leading) for scenario in self.scenarios]
        return "values" if any(math.isnan(value) for row in values for value in row) else None

    def is_near(self, found: Best) -> bool:
        """Whether all others are shown to lie within the zone around the one selected.

        The one selected is known only afterwards, so intervals of all pairs hold at once.
        """
        first, *others = sorted(self.scenarios, key=lambda item: item.name != found.left[0])
        pairs = len(self.scenarios) * len(others) // 2
        return all(self.apart(first, item, found.outcome, pairs).lies_within(found.zone) for item in others)

    @property
    def missed(self) -> dict[str, Missed]:
        """Outcomes whose intervals are wider than was asked for, or are none."""
        found = {}
        for outcome, half in self.precision.items():
            widths = [self.difference(scenario, outcome).half_width for scenario in self.others]
            widest = math.nan if any(map(math.isnan, widths)) else max(widths)
            if not widest <= half:
                found[outcome] = Missed(half, widest)
        return found

    @property
    def family(self) -> int:
        """How many intervals cover all at once."""
        return len(self.others) * len(self.stated)

    def values(self, scenario: Scenario, outcome: str, level: str = COMPANY, where: str = "") -> Floats:
        """An outcome in each replication that all scenarios have."""
        import numpy as np  # noqa: PLC0415

        place = (outcome, level, where)
        found = [self.together.observed(scenario, number).totals.get(place, math.nan) for number in self.replications]
        return np.array(found)

    def mean(self, scenario: Scenario, outcome: str) -> float:
        """An outcome of the company in the mean of the replications that know it."""
        return mean_of_known(self.values(scenario, outcome))

    def unit(self, outcome: str, level: str = COMPANY, where: str = "") -> str:
        """In what an outcome is counted."""
        return self.together.observed(self.base, self.replications[0]).units[outcome, level, where]

    def difference(self, scenario: Scenario, outcome: str, level: str = COMPANY, where: str = "") -> Estimate:
        """How much higher an outcome is than in the base; simultaneous for stated outcomes of the company."""
        simultaneous = outcome in self.stated and level == COMPANY
        base, other = (self.values(item, outcome, level, where) for item in (self.base, scenario))
        return paired(base, other, self.family if simultaneous else 1)

    def apart(self, one: Scenario, two: Scenario, outcome: str, family: int) -> Estimate:
        """How much higher an outcome is in the second of any two scenarios, as one of ``family`` intervals."""
        return paired(self.values(one, outcome), self.values(two, outcome), family)

    def is_lopsided(self, scenario: Scenario, outcome: str) -> bool:
        """Whether few pairs lean so far to one side, or one stands so far out, that its interval is rough."""
        differences = self.values(scenario, outcome) - self.values(self.base, outcome)
        known = differences[differences == differences]  # noqa: PLR0124 - NaN is not itself
        return 2 < len(known) < MANY and abs(skewness(known)) > LOPSIDED

    def verdict(self, scenario: Scenario, outcome: str) -> Verdict:
        """What the simultaneous interval of a stated outcome says."""
        found = self.difference(scenario, outcome)
        return verdict(outcome, found.low, found.high)

    def luck_bought(self, scenario: Scenario, outcome: str) -> float:
        """How many times more replications independent luck would have needed."""
        return luck_bought(self.values(self.base, outcome), self.values(scenario, outcome))

    def best(self, outcome: str, zone: float) -> Best:
        """Which scenario is best in an outcome, if differences below ``zone`` do not matter.

        ``ComparisonError`` for an outcome of which neither more nor less is better.
        """
        if outcome not in BETTER:
            raise ComparisonError(f"{outcome!r} has no better and no worse: nothing can be best in it")
        values = {scenario.name: self.values(scenario, outcome) for scenario in self.scenarios}
        return best(outcome, values, zone, BETTER[outcome])

    def tables(self) -> "tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]":
        """Outcomes, weekly and summary, tidy; their columns are described in the README."""
        lived = [self._replicated(scenario) for scenario in self.scenarios]
        outcomes = outcomes_table(lived)
        summary = summary_table(outcomes)
        named = {scenario.name: scenario for scenario in self.others}
        for row, (name, outcome) in enumerate(zip(summary["scenario"], summary["outcome"], strict=True)):
            if name in named:
                found = self.difference(named[name], outcome)
                stated = outcome in self.stated
                said = self.verdict(named[name], outcome) if stated else ""
                columns = ["difference", "difference_low", "difference_high", "intervals_at_once", "verdict"]
                at_once = self.family if stated else 1
                summary.loc[row, columns] = [found.mean, found.low, found.high, at_once, said]
        return outcomes, weekly_table(lived), summary

    def _replicated(self, scenario: Scenario) -> Replicated:
        runs = {number: self.together.observed(scenario, number) for number in self.replications}
        weeks = next(iter(runs.values())).weeks
        outcomes = {
            number: tuple(
                Measured(*place, run.units[place], run.totals[place], run.weekly[place]) for place in run.totals
            )
            for number, run in runs.items()
        }
        return Replicated(scenario, weeks, outcomes)


def compare_scenarios(  # noqa: PLR0913 - one argument for each option of the command
    scenarios: Sequence[Scenario],
    seed: int = 1,
    *,
    replications: int | None = None,
    precision: Mapping[str, float] | None = None,
    most: int | None = None,
    stated: Sequence[str] = (),
    zone: float | None = None,
    jobs: int | None = None,
    kept: Kept | None = None,
    progress: Callable[[float], None] | None = None,
    engine: Engine = "fast",
) -> Comparison:
    """Let all scenarios live through the same replications, and compare them with the first.

    With ``precision`` (outcome: half-width in its unit) replications are added, the same for all, until the intervals
    of the differences to the base are that narrow, but at least ``LEAST`` and at most ``most`` (``MOST``, or as many as
    ``replications`` if that is more). ``stated`` are the outcomes whose intervals cover all at once; differences of the
    leading one below ``zone`` do not matter when the best is chosen. ``ComparisonError`` at once for what cannot be
    compared as asked, ``RunFailedError`` if nothing could be simulated.
    """
    check_asked(scenarios, replications=replications, precision=precision, most=most, stated=stated, zone=zone)
    most = most_allowed(most, replications)
    together = Together(seed, jobs, progress, kept, engine)
    wanted = dict(precision or {})
    count = max(replications or LEAST, LEAST if wanted else 1)
    while True:
        together.try_to_live([(scenario, count) for scenario in scenarios])
        comparison = _so_far(scenarios, together, count, stated, wanted)
        more = _more(comparison, count, max(most, count))
        if more == count:
            return replace(comparison, zone=zone)
        count = more


def _more(comparison: Comparison, count: int, most: int) -> int:
    """How many replications there are next; an interval of fewer than ``LEAST`` pairs is never narrow enough."""
    widths, few = [], 0
    for outcome, half in comparison.precision.items():
        for scenario in comparison.others:
            found = comparison.difference(scenario, outcome)
            # No pair differs from another: this is known for sure only where nothing differs at all.
            is_fixed = found.half_width == 0.0 and not found.is_nothing
            widths.append((math.nan if is_fixed else found.half_width, half))
            few = max(few, LEAST - found.n)
    return max(next_count(count, widths, most), min(count + few, most))


def _so_far(
    scenarios: Sequence[Scenario], together: Together, count: int, stated: Sequence[str], precision: Mapping[str, float]
) -> Comparison:
    marks = {fingerprint(scenario): scenario.name for scenario in scenarios}
    failed = tuple(Failed(marks[mark], number, failure) for (mark, number), failure in sorted(together.failed.items()))
    gone = {item.replication for item in failed}
    left = tuple(number for number in range(count) if number not in gone)
    if not left:
        raise RunFailedError(f"every replication failed, the first with: {failed[0].failure.message}")
    feels = all(scenario.feels for scenario in scenarios)
    chosen = tuple(stated) or (STATED if feels else STATED_WITHOUT_PSYCHOLOGY)
    chosen = tuple(dict.fromkeys((*chosen, *precision)))
    return Comparison(tuple(scenarios), chosen, together.seed, left, dict(precision), failed, together)

"""What may be asked of a comparison; all of it is checked before anything is simulated or written."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from math import isfinite
from typing import Final

from sim.model.measures import COMPANY, measured
from sim.model.record import Record
from sim.scenario.problems import shown
from sim.scenario.schema import Scenario

LEAST: Final = 10
"""Replications that an adaptive comparison has at least: a variance from fewer says little."""
MOST: Final = 200
"""Choice: replications at which an adaptive comparison gives up, unless told otherwise."""


class ComparisonError(ValueError):
    """A comparison that cannot be made as asked."""


def check_asked(  # noqa: PLR0913 - what can be asked
    scenarios: Sequence[Scenario],
    *,
    replications: int | None = None,
    precision: Mapping[str, float] | None = None,
    most: int | None = None,
    stated: Sequence[str] = (),
    zone: float | None = None,
) -> None:
    """``ComparisonError`` for the first thing that is not right."""
    _names(scenarios)
    _days(scenarios)
    wanted = dict(precision or {})
    _outcomes("--outcome", stated, scenarios)
    _outcomes("--precision", wanted, scenarios)
    for outcome, half in wanted.items():
        _positive(f"--precision {outcome}", half)
    if zone is not None:
        _positive("--zone", zone)
    if most is not None:
        _enough(most, replications, adaptive=bool(wanted))


def most_allowed(most: int | None, replications: int | None) -> int:
    """How many replications an adaptive comparison may have: what was asked, or ``MOST`` and never fewer than given."""
    return max(MOST, replications or 0) if most is None else most


def _names(scenarios: Sequence[Scenario]) -> None:
    names = [scenario.name for scenario in scenarios]
    if len(names) < 2:
        raise ComparisonError("at least two scenarios: a base and another")
    for name in names:
        if names.count(name) > 1:
            raise ComparisonError(f"{name!r} names two scenarios: give each a name of its own")


def _days(scenarios: Sequence[Scenario]) -> None:
    for key, way in (("days", " (--days N gives all the same)"), ("warm_up_days", "")):
        for scenario in scenarios[1:]:
            first, other = getattr(scenarios[0], key), getattr(scenario, key)
            if first != other:
                raise ComparisonError(
                    f"{scenario.name}: {key}: {other} is not allowed: scenarios of a comparison live through the same "
                    f"days, and {scenarios[0].name} has {first}{way}"
                )


def _outcomes(place: str, outcomes: Iterable[str], scenarios: Sequence[Scenario]) -> None:
    for scenario in scenarios:
        known = {item.outcome for item in measured(Record(scenario, 0)) if item.level == COMPANY}
        for outcome in outcomes:
            if outcome not in known:
                near = get_close_matches(outcome, sorted(known), 1)
                hint = f" (nearest: {near[0]})" if near else ""
                raise ComparisonError(f"{place}: {shown(outcome)} is no outcome of {scenario.name}{hint}")


def _positive(place: str, value: float) -> None:
    if not (isfinite(value) and value > 0.0):
        raise ComparisonError(f"{place}: {value} is not allowed: a finite number above 0")


def _enough(most: int, replications: int | None, *, adaptive: bool) -> None:
    if adaptive and most < LEAST:
        raise ComparisonError(
            f"--most: {most} is not allowed: at least {LEAST} with --precision, as a variance from fewer says little"
        )
    first = LEAST if replications is None else replications
    if most < first:
        raise ComparisonError(f"--most: {most} is not allowed: at least as many as --replications, {first}")

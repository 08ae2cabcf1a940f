"""Where two companies on the same luck part: the first request that goes another way, and how it reaches a customer.

The same request has the same key in every scenario, so two traces can be laid side by side. A request has parted when
who served it, when it was asked or answered, how it turned out or felt, or whether it was made at all differs. Both
companies start as the base does, without a warm-up, as if it had become the other on day 0; where only dated changes
differ, both live as they do in the comparison.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from typing import Any, Final, NamedTuple

from sim.model import laws
from sim.model.calendar import HOURS_PER_DAY
from sim.model.engines import Engine, simulate
from sim.model.steady import SteadyState, steady_state
from sim.model.trace import COLUMNS, Trace
from sim.scenario.dated import epochs
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario

DAYS: Final = 30
"""Choice: days from the first difference on that are looked at; few companies take longer to reach a customer."""
_HOURS, _POINTS = 0.25, 0.01
"""Choice: how much longer, or worse on a scale of 1, an answer must be for whoever asked to notice."""


class Request(NamedTuple):
    """What became of one request; ``outcome`` is answered, avoided or open, ``right`` how the work turned out."""

    key: int
    id: int
    parent: int | None
    supplier: str
    customer: str
    asker: str | None
    server: str | None
    asked: float
    started: float | None
    finished: float | None
    wait_hours: float | None
    work_hours: float | None
    right: str | None
    experience: float | None
    outcome: str

    @property
    def hours(self) -> float | None:
        """From asking to the answer."""
        return None if self.finished is None else self.finished - self.asked

    @property
    def course(self) -> tuple[Any, ...]:
        """All that is compared."""
        return (
            self.server,
            self.asked,
            self.started,
            self.finished,
            self.work_hours,
            self.right,
            self.experience,
            self.outcome,
        )


@dataclass(frozen=True, slots=True)
class Step:
    """The same request in both companies; ``None`` where it was not made."""

    base: Request | None
    other: Request | None

    @property
    def either(self) -> Request:
        """One of the two."""
        found = self.base or self.other
        assert found is not None
        return found

    @property
    def at(self) -> float:
        """When it began to go another way, in hours from day 0."""
        base, other = self.base, self.other
        if base is None or other is None:
            return self.either.asked
        for one, two in ((base.asked, other.asked), (base.started, other.started)):
            if one != two:
                return min(moment for moment in (one, two) if moment is not None)
        return min((moment for moment in (base.finished, other.finished) if moment is not None), default=base.asked)

    @property
    def can_be_felt(self) -> bool:
        """Whether who asked can tell the difference: made or not, right or wrong, by ``_HOURS`` or ``_POINTS``."""
        base, other = self.base, self.other
        if base is None or other is None:
            return True
        if (base.outcome, base.right) != (other.outcome, other.right):
            return True
        if base.hours is None or other.hours is None:
            return False
        colder = base.experience is not None and other.experience is not None
        return abs(base.hours - other.hours) > _HOURS or (
            colder and abs((base.experience or 0.0) - (other.experience or 0.0)) > _POINTS
        )


@dataclass(frozen=True, slots=True)
class Parting:
    """``first`` is the first request that goes another way; ``way`` leads from the first that matters to a customer.

    Each step of ``way`` asked for the one before it, the last is a purchase; it begins where the difference can be felt
    and is empty if no customer notices within ``DAYS``. ``parted``: how many requests had parted by then, or in all.
    """

    scenario: str
    replication: int
    first: Step
    way: tuple[Step, ...]
    parted: int


def parting(
    base: Scenario, other: Scenario, seed: int, replication: int = 0, engine: Engine = "fast"
) -> Parting | None:
    """Where two companies part in a replication; ``None`` if they do not, or not within ``DAYS``."""
    sides = [_lived(scenario, seed, replication, before, engine) for scenario, before in _as_told(base, other)]
    steps = {
        key: Step(*(side.get(key) for side in sides)) for key in dict.fromkeys(key for side in sides for key in side)
    }
    apart = {key: step for key, step in steps.items() if _differs(step)}
    if not apart:
        return None
    in_time = sorted(apart.values(), key=lambda step: (step.at, step.either.key))
    way: list[Step] = []
    asked_for = _askers(apart.values())
    for step in in_time:
        way = list(_up(step, asked_for))
        if way[-1].either.customer == MARKET and way[-1].can_be_felt:
            break
    else:
        way = []
    ends = [request.finished or 0.0 for step in way[-1:] for request in (step.base, step.other) if request is not None]
    until = max(ends, default=math.inf)
    parted = sum(step.at <= until for step in in_time)
    felt = tuple(dropwhile(lambda step: not step.can_be_felt, way))
    return Parting(other.name, replication, in_time[0], felt, parted)


def _as_told(base: Scenario, other: Scenario) -> list[tuple[Scenario, SteadyState | None]]:
    """Both companies for as long as is looked at, each with the state that it starts from if not its own."""
    both = (base, other)
    dated = [change.day for scenario in both for change in scenario.changes]
    first = min(dated, default=0) if _undated(base) == _undated(other) else 0
    days = min(base.days, other.days, first + DAYS)
    told = {"days": days} if first else {"days": days, "warm_up_days": 0}
    before = None if first else steady_state(epochs(base)[0].scenario)
    return [
        (
            scenario.model_copy(
                update={**told, "changes": tuple(change for change in scenario.changes if change.day < days)}
            ),
            before,
        )
        for scenario in both
    ]


def _undated(scenario: Scenario) -> dict[str, Any]:
    return scenario.model_dump(exclude={"name", "title", "question", "source", "changes", "days"})


def _lived(
    scenario: Scenario, seed: int, replication: int, before: SteadyState | None, engine: Engine
) -> dict[int, Request]:
    """All requests of a replication by key, in the order in which they were done with."""
    found: dict[int, Request] = {}
    keys = scenario.laws
    weights = keys.weight_respect, keys.weight_agility, keys.weight_care

    def take(block: Mapping[str, Sequence[Any]]) -> None:
        for values in zip(*(block[column] for column in COLUMNS), strict=True):
            row = dict(zip(COLUMNS, values, strict=True))
            felt = row["respect"], row["agility"], row["care"]
            row["experience"] = None if None in felt else laws.experience(*felt, *weights)
            found[row["key"]] = Request(**{name: row[name] for name in Request._fields})

    simulate(scenario, seed, replication, Trace(take), before=before, engine=engine)
    return found


def _differs(step: Step) -> bool:
    """Whether it went another way; what is still open in one of them says nothing yet."""
    if step.base is None or step.other is None:
        return True
    if "open" in (step.base.outcome, step.other.outcome):
        return False
    return step.base.course != step.other.course


def _askers(apart: Iterable[Step]) -> dict[tuple[int, int], Step]:
    """Each request that parted by company (0 or 1) and number."""
    return {
        (side, request.id): step
        for step in apart
        for side, request in enumerate((step.base, step.other))
        if request is not None
    }


def _up(step: Step, asked_for: Mapping[tuple[int, int], Step]) -> Iterator[Step]:
    """A request, whoever needed it, and so on, as long as they have parted too."""
    now: Step | None = step
    while now is not None:
        yield now
        parents = (
            asked_for.get((side, request.parent))
            for side, request in enumerate((now.base, now.other))
            if request is not None and request.parent is not None
        )
        now = next((parent for parent in parents if parent is not None), None)


def day_of(hours: float) -> int:
    """The day of an hour, negative in the warm-up."""
    return int(hours // HOURS_PER_DAY)

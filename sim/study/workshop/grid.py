"""A grid of companies for a file that cannot simulate.

Layers, delegation and style in full; every other lever alone, and with each of these three.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from sim.scenario.schema import Scenario
from sim.study.workers import Failure, carried_out
from sim.study.workshop.attempt import Run, Workshop
from sim.study.workshop.levers import Lever, State, Value, busiest, levers, moved
from sim.study.workshop.story import could_be_avoided, demonstrated

IN_FULL: Final = ("layers", "delegation", "style")
OF_A_DEPARTMENT: Final = ("staff", "temper", "outsourced")
_MOST_DEPARTMENTS: Final = 12
"""Choice: in a larger company only so many departments can be moved in a file, those with most people."""
_STEPS: Final = 4
"""Choice: a slider stands at its ends and three places between, and where the base is."""
_STAFF: Final = (-1, 0, 2)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where each lever may stand, and every combination that is there, the base first."""

    values: dict[str, tuple[Value, ...]]
    states: tuple[State, ...]


def grid(base: Scenario) -> Grid:
    """The grid of a company, a ``prepared`` one."""
    known = {lever.id: lever for lever in levers(base)}
    values = {name: _places(lever) for name, lever in known.items()}
    values["department"] = _departments(base)
    return Grid(values, tuple(_states(base, known, values)))


def _places(lever: Lever) -> tuple[Value, ...]:
    if lever.kind != "slider":
        return lever.values
    if lever.id == "staff":
        return _STAFF
    low, high, step = (float(one) for one in lever.values)
    if lever.id == "layers":
        return tuple(range(int(low), int(high) + 1))
    ends = (low, high) if lever.id == "temper" else (low + (high - low) * part / _STEPS for part in range(_STEPS + 1))
    near = (low + round((value - low) / step) * step for value in ends)
    found = {lever.checked(round(value, 6)) for value in near} | {lever.now, *lever.of.values()}
    return tuple(sorted(found, key=float))


def _departments(base: Scenario) -> tuple[str, ...]:
    """All in a small company; in a large one those of the story and those with most people."""
    told = {busiest(base).name, *(part.name for part in (could_be_avoided(base),) if part is not None)}
    order = sorted(base.departments, key=lambda part: (part.name not in told, -part.staff))
    some = {part.name for part in order[:_MOST_DEPARTMENTS]}
    return tuple(name for name in base.department_names if name in some)


def _states(base: Scenario, known: dict[str, Lever], values: dict[str, tuple[Value, ...]]) -> Iterator[State]:
    def off(name: str) -> list[Value]:
        return [value for value in values[name] if value != known[name].now]

    yield {}
    for together in product(*(values[name] for name in IN_FULL)):
        state = canonical(known, dict(zip(IN_FULL, together, strict=True)))
        if state:
            yield state
    yield from (canonical(known, state) for state in demonstrated(base))
    beside: list[State] = [{}, *({name: value} for name in IN_FULL for value in off(name))]
    for name, lever in known.items():
        if name in {*IN_FULL, "department"}:
            continue
        where: list[State] = [{"department": part} for part in values["department"]]
        for more, part in product(beside, where if name in OF_A_DEPARTMENT else [{}]):
            now = lever.now_in(str(part.get("department", known["department"].now)))
            for value in values[name]:
                smallest = next((one.staff for one in base.departments if one.name == part.get("department")), 1)
                if value != now and (name != "staff" or smallest + int(value) >= 1):
                    yield canonical(known, {**more, **part, name: value})


def canonical(known: dict[str, Lever], state: State) -> State:
    """A state without what is as in the base, so that two of the same company are equal."""
    part = str(state.get("department", known["department"].now))
    kept = {
        name: state[name]
        for name, lever in known.items()
        if name in state and name != "department" and state[name] != lever.now_in(part)
    }
    if any(name in kept for name in OF_A_DEPARTMENT):
        kept["department"] = part
    return kept


def simulated(
    workshop: Workshop, states: Sequence[State], replications: int, move: Callable[[float], None]
) -> Iterator[tuple[int, list[Run] | Failure]]:
    """Of each state its place and its replications, or why there are none; ``move`` is told the share that is done."""

    def lived(state: State) -> list[Run]:
        company = moved(workshop.base, state)
        return [workshop.run(company, number) for number in range(replications)]

    for done, (place, runs) in enumerate(carried_out(lived, states, workshop.jobs, threads=True), 1):
        move(done / len(states))
        yield place, runs

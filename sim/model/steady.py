"""The steady state: where a company settles if nothing changes, from the laws alone, without simulating.

Where a run starts, the forecast that ``check`` prints, and an independent check of the engine. A mean-field iteration:
``rounds.py`` says where one state of minds leads; rounds follow on one another until nothing moves. Where a company has
two such states (a spiral that feeds itself), they lead to the one nearest to where they begin.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np

from sim.model.array_laws import laws
from sim.model.network import Network, network
from sim.model.queueing import Floats
from sim.model.rounds import Customers, Mind, Round, one_round, ordinary_mind
from sim.model.words import Ways, ways
from sim.scenario.schema import Scenario

MOST_ROUNDS: Final = 500
NEAR: Final = 1e-6
"""Choice: the largest change of anything in a round at which a company counts as settled."""
PART: Final = 0.4
"""Choice: of the way that a round points out, the part that is gone."""
_ALMOST: Final = 0.1
"""Choice: below this change rounds are no longer followed one by one, but extrapolated."""
_REMEMBERED: Final = 8
"""Choice: from so many rounds before."""
_MOST_KEPT: Final = 100
"""Choice: so many companies' steady states are kept at the same time."""


@dataclass(frozen=True, slots=True)
class TeamState:
    """The people of a department in the mean, their flaws, and their load (hours asked / hours staffed)."""

    morale: float
    mood: float
    orientation: float
    flaws: float
    load: float


@dataclass(frozen=True, slots=True)
class LinkState:
    """A customer's memory of a supplier's treatment, what it expects to get, and how far a quality team has come."""

    memory: float
    will: float
    teamwork: float = 0.0


@dataclass(frozen=True, slots=True)
class MarketState:
    """What a customer expects to get, and their satisfaction."""

    will: float
    satisfaction: float


@dataclass(frozen=True, slots=True)
class SteadyState:
    """A company at rest, by department and by link."""

    teams: dict[str, TeamState]
    links: dict[str, LinkState]
    market: MarketState

    def where_known(self, before: "SteadyState") -> "SteadyState":
        """As it was before; only what was not there then as here."""
        return SteadyState(
            {name: before.teams.get(name, state) for name, state in self.teams.items()},
            {name: before.links.get(name, state) for name, state in self.links.items()},
            before.market,
        )


@dataclass(frozen=True)
class Rest:
    """A company at rest, as arrays: the last round, whether it led back to where it began, and after how many."""

    net: Network
    ways: Ways
    last: Round
    settled: bool
    rounds: int

    @property
    def overloaded(self) -> bool:
        """Whether some department or manager cannot keep up: waits are then those of a load of ``BUSIEST``."""
        return bool((self.last.load >= 1.0).any() or (self.last.manager_load >= 1.0).any())

    @property
    def experience_given(self) -> Floats:
        """By department, the mean experience of those whom it serves; NaN where it serves nobody."""
        flow = self.last.work.flow
        answers = self.net.by_supplier(flow)
        felt = self.net.by_supplier(flow * self.last.treatments.mean)
        return np.divide(felt, answers, out=np.full_like(answers, np.nan), where=answers > 0.0)


_kept: dict[str, SteadyState] = {}
_one_at_a_time = threading.Lock()


def steady_state(scenario: Scenario) -> SteadyState:
    """Where a run starts: where a company settles that begins in an ordinary state.

    Everything ordinary where nobody feels anything; and where a company does not settle or cannot keep up, since such a
    run is a transient, from the ordinary on. It is the same for every replication, and takes longer than a run: it is
    found once and kept.
    """
    if not scenario.feels:
        return ordinary_state(scenario)
    mark = scenario.model_dump_json()
    with _one_at_a_time:
        if mark not in _kept:
            if len(_kept) == _MOST_KEPT:
                _kept.clear()
            found = rest(scenario)
            _kept[mark] = state_of(found) if found.settled and not found.overloaded else ordinary_state(scenario)
        return _kept[mark]


def ordinary_state(scenario: Scenario) -> SteadyState:
    """Everything ordinary."""
    keys = scenario.laws
    team = TeamState(keys.ordinary_condition, 0.0, keys.ordinary_orientation, 0.0, keys.ordinary_load)
    return SteadyState(
        teams={part.name: team for part in scenario.departments},
        links={link.name: LinkState(keys.memory_neutral, keys.owed) for link in scenario.links},
        market=MarketState(scenario.market.expectation, keys.ordinary_satisfaction),
    )


def low_state(scenario: Scenario, morale: float) -> SteadyState:
    """A bad beginning: this morale, a bad mood, and as little remembered and expected."""
    ordinary = ordinary_state(scenario)
    team = replace(next(iter(ordinary.teams.values())), morale=morale, mood=-0.5)
    return SteadyState(
        teams=dict.fromkeys(ordinary.teams, team),
        links=dict.fromkeys(ordinary.links, LinkState(morale, morale)),
        market=MarketState(morale, morale),
    )


def rest(scenario: Scenario, begin: SteadyState | Mind | None = None, near: float = NEAR) -> Rest:
    """Follow rounds until nothing moves, or so many that it seems never to.

    They begin in an ordinary state, or in a given one: a mind is that of a company of the same departments and links.
    """
    net = network(scenario)
    known = ways(net)
    if begin is None:
        mind = ordinary_mind(net)
    elif isinstance(begin, Mind):
        mind = begin
    else:
        mind = _from(net, begin, ordinary_mind(net))
    with np.errstate(all="ignore"):  # both sides of every choice are computed
        mind, count, moved = _settle(lambda now: one_round(net, known, now).mind, mind, near)
        return Rest(net, known, one_round(net, known, mind), moved < near, count)


def state_of(found: Rest) -> SteadyState:
    """What a run starts from: rounded, so that what differs in nothing that matters starts alike to the last bit."""
    scenario, mind = found.net.scenario, found.last.mind
    teamed = laws.team_strength(found.net.links.team_hours, scenario.laws.team_hours) * scenario.feels
    columns = zip(mind.morale, mind.mood, mind.orientation, mind.flaws, found.last.load, strict=True)
    return SteadyState(
        teams={
            name: TeamState(*map(_rounded, row)) for name, row in zip(scenario.department_names, columns, strict=True)
        },
        links={
            link.name: LinkState(_rounded(memory), _rounded(will), _rounded(team))
            for link, memory, will, team in zip(scenario.links, mind.memory, mind.will, teamed, strict=True)
        },
        market=MarketState(_rounded(float(mind.market.will)), _rounded(float(mind.market.satisfaction))),
    )


def _rounded(value: float) -> float:
    """To a tenth of a point: far finer than the forecast, far coarser than the rounds."""
    return round(float(value), 3)


def _from(net: Network, begin: SteadyState, ordinary: Mind) -> Mind:
    """Minds in a given state; what is not said of it is ordinary."""
    teams = [begin.teams[name] for name in net.scenario.department_names]
    links = [begin.links[link.name] for link in net.scenario.links]
    moods = np.array([team.mood for team in teams])
    return replace(
        ordinary,
        morale=np.array([team.morale for team in teams]),
        mood=moods,
        evening=moods,
        orientation=np.array([team.orientation for team in teams]),
        flaws=np.array([team.flaws for team in teams]),
        load=np.array([team.load for team in teams]),
        memory=np.array([link.memory for link in links]),
        will=np.array([link.will for link in links]),
        market=Customers(*map(np.asarray, (begin.market.will, begin.market.satisfaction, 0.0))),
    )


def _settle(follow: Callable[[Mind], Mind], start: Mind, near: float) -> tuple[Mind, int, float]:
    """The fixed point near a start, after how many rounds, and how far a round still moves it.

    Each round goes a part of the way, so that a company goes down or up as it would and does not leap over a state in
    which it would stay. Near the end the way is extrapolated from the last rounds (Anderson's acceleration; the form
    of Walker & Ni 2011, SIAM J. Numer. Anal. 49:1715).
    """
    now, mind, moved = flattened(start), start, np.inf
    points: list[Floats] = []
    steps: list[Floats] = []
    for count in range(1, MOST_ROUNDS + 1):
        mind = follow(unflattened(now, start))
        scale = 1.0 + np.abs(now)
        step = flattened(mind) - now
        moved = float(np.max(np.abs(step / scale)))
        if moved < near:
            return mind, count, moved
        if moved > _ALMOST:
            points, steps = [], []
            now = now + PART * step
            continue
        points, steps = [*points[-_REMEMBERED:], now], [*steps[-_REMEMBERED:], step]
        now = now + PART * step
        if len(steps) > 1:
            differences = np.diff(np.array(steps), axis=0)
            weights, *_ = np.linalg.lstsq((differences / scale).T, step / scale, rcond=1e-6)
            now = now - weights @ (np.diff(np.array(points), axis=0) + PART * differences)
    return mind, MOST_ROUNDS, moved


def flattened(mind: Any) -> Floats:
    """All numbers of a state one after another."""
    return np.concatenate(
        [
            value.ravel() if isinstance(value, np.ndarray) else flattened(value)
            for value in (getattr(mind, field.name) for field in fields(mind))
        ]
    )


def unflattened(numbers: Floats, like: Any) -> Any:
    """A state of such numbers, in the shapes of another one."""
    place, values = 0, {}
    for field in fields(like):
        value = getattr(like, field.name)
        size = value.size if isinstance(value, np.ndarray) else flattened(value).size
        part = numbers[place : place + size]
        values[field.name] = part.reshape(value.shape) if isinstance(value, np.ndarray) else unflattened(part, value)
        place += size
    return replace(like, **values)

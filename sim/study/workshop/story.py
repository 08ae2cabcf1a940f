"""The story of a workshop: seven questions to a room, and what this company answers.

Each chapter moves levers, simulates, and measures one thing that the room has foretold. What is asked depends on the
company: a chapter that cannot be told of it (nobody can be avoided, the lever stands at its end) is left out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import networkx as nx
import numpy as np

from sim.model.calendar import DAYS_PER_WEEK
from sim.model.graph import company_graph, distances
from sim.model.record import Floats
from sim.scenario.parts import MARKET, Department
from sim.scenario.schema import Scenario
from sim.study.lag import course, later
from sim.study.paths import Paths, band, running_mean
from sim.study.replicate import interval
from sim.study.workshop.attempt import LAST_WEEKS, Run, Workshop, changed, last_of, last_quarter
from sim.study.workshop.levers import State, Value, busiest, has_room, on_day_0, requests_an_hour, style_of_chief

Lived: TypeAlias = Callable[[State], Sequence[Run]]
"""The replications of the company in which levers were moved."""
Triple: TypeAlias = tuple[float, float, float]
"""A mean with its 95 % interval, low and high."""
_HALF_YEAR: Final = 25
_SMOOTHED: Final = 5
"""Choice: requests of a week are few, so paths are means of five weeks."""
_TALL, _FLAT, _TALL_ALREADY = 6, 1, 4
"""Choice: words travel through six layers, or, in a company that has five already, through one."""
_A_TEAM: Final = 5
"""Choice: from so many people on two may go, else one."""
_TWO: Final = 2
"""Choice: more people for the same money, here or there."""
_SEED: Final = 1
"""Of the bootstrap: a story is told twice in the same way."""
NOBODY: Final = "none"
"""The answer to a choice when luck hides which of them it is."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Something measured of several things, by the word that names each; ``is_change``: differences, with a sign."""

    rows: Mapping[str, Triple]
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """Something week by week of several things, by the word that names each; ``mark``: a value with its own line."""

    weeks: tuple[int, ...]
    rows: Mapping[str, Floats]
    mark: float | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the company answers: ``truth`` is a number with its interval, or the word of a choice.

    A number is NaN where this company does not tell it within a year. ``facts``: numbers that the text mentions.
    """

    truth: Triple | str
    facts: Mapping[str, float] = field(default_factory=dict)
    figure: Bars | Lines | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A question to a room.

    ``left`` and ``right``: the levers of the two companies that are shown. ``scale``: lowest, highest and step of the
    number that is asked for; or ``choices``, words of which one is asked for. ``facts``: what the text says of the
    company before anything is simulated, numbers and departments by name.
    """

    id: str
    left: State
    right: State
    told: Callable[[Lived], Told]
    scale: Triple | None = None
    choices: tuple[str, ...] = ()
    facts: Mapping[str, float | str] = field(default_factory=dict)


def chapters(base: Scenario) -> tuple[Chapter, ...]:
    """The story of a company, a ``prepared`` one, in its order."""
    made = (_customers, _temper, _ceiling, _layers, _avoided, _chief, _inside)
    return tuple(chapter for make in made if (chapter := make(base)) is not None)


def told(workshop: Workshop, chapter: Chapter, replications: int, is_wanted: Callable[[], bool] = lambda: True) -> Told:
    """What a company answers to a chapter; ``NoLongerWantedError`` as soon as ``is_wanted`` says so."""
    return chapter.told(lambda state: workshop.lived(state, replications, is_wanted))


def _customers(base: Scenario) -> Chapter:
    graph = company_graph(base)
    served = sum(1 for name in base.department_names if graph.out_degree(name) > 0)
    away = distances(graph)
    front = [name for name in base.department_names if away[name] == 1]
    farthest = max(base.department_names, key=lambda name: away[name])
    total = len(base.departments)
    facts: dict[str, float | str] = {
        "n": total,
        "people": sum(part.staff for part in base.departments),
        "front": len(front),
        "farthest": farthest,
        "steps": away[farthest],
    }
    truth = (float(served),) * 3
    return Chapter("customers", {}, {}, lambda _: Told(truth), (0.0, float(total), 1.0), facts=facts)


def _temper(base: Scenario) -> Chapter | None:
    part = busiest(base)
    graph = company_graph(base)
    away = {
        name: steps for name, steps in nx.single_source_shortest_path_length(graph, part.name).items() if name != MARKET
    }
    rings: dict[str, list[str]] = {"here": [part.name], "next": [], "beyond": []}
    for name, steps in away.items():
        if steps:
            rings["next" if steps == 1 else "beyond"].append(name)
    state: State = {"department": part.name, "temper": 0.0}
    if part.people.temper <= 0.0 or not has_room(part):
        return None
    staff = {one.name: one.staff for one in base.departments if one.contract is None}
    rings = {ring: mine for ring, names in rings.items() if (mine := [name for name in names if name in staff])}

    def morale(runs: Sequence[Run], names: Sequence[str]) -> Floats:
        weights = np.array([staff[name] for name in names], dtype=float)
        rows = np.array([last_quarter(np.array([run.morale[name] for run in runs])) for name in names])
        return np.asarray(weights @ rows / weights.sum(), dtype=np.float64)

    def found(lived: Lived) -> Told:
        left, right = lived({}), lived(state)
        ends = {ring: (morale(left, names), morale(right, names)) for ring, names in rings.items()}
        ends["customers"] = (last_of(left, "customer_satisfaction"), last_of(right, "customer_satisfaction"))
        sure = 1.0 - 0.05 / len(ends)  # so many are looked at, and none is to be named by luck (Bonferroni)
        reached = [name for name, (before, after) in ends.items() if changed(before, after, sure)[2] < 0.0]
        truth = reached[-1] if reached else "nowhere"
        bars = {name: changed(before, after) for name, (before, after) in ends.items()}
        return Told(truth, {"satisfaction": bars["customers"][0]}, Bars(bars, is_change=True))

    facts: dict[str, float | str] = {"department": part.name, "staff": part.staff}
    return Chapter("temper", {}, state, found, choices=("nowhere", *rings, "customers"), facts=facts)


def _ceiling(base: Scenario) -> Chapter | None:
    state: State = {"recognition": 0.0, "style": 1.0}
    today = on_day_0(base)
    if today.practices.recognition <= 0.0 and style_of_chief(today) >= 1.0:
        return None

    def found(lived: Lived) -> Told:
        left, right = lived({}), lived(state)
        rows = {
            f"{what}_{which}": band(np.array([run.company[f"customer_{what}"] for run in runs])).mean
            for which, runs in (("left", left), ("right", right))
            for what in ("satisfaction", "ceiling")
        }
        facts = {
            "morale": _mean(left, "morale"),
            "satisfaction": _mean(left, "customer_satisfaction"),
            "morale_tried": _mean(right, "morale"),
            "satisfaction_tried": _mean(right, "customer_satisfaction"),
            "ceiling_tried": _mean(right, "customer_ceiling"),
        }
        truth = interval(last_of(left, "customer_ceiling"))[:3]
        return Told(truth, facts, Lines(left[0].weeks, rows))

    return Chapter("ceiling", {}, state, found, (0.0, 100.0, 1.0))


def _layers(base: Scenario) -> Chapter:
    now = on_day_0(base).management.layers
    to = _TALL if now <= _TALL_ALREADY else _FLAT
    left: State = {"talk": 0.0}
    right: State = {"talk": 0.0, "layers": to}
    talking: State = {"talk": 1.0, "layers": to}

    def intact(runs: Sequence[Run]) -> Triple:
        shares = [interval(run.company["messages_intact_share"][-_HALF_YEAR:])[0] for run in runs]
        return interval(100.0 * np.array(shares))[:3]

    def found(lived: Lived) -> Told:
        bars = {"before": intact(lived(left)), "after": intact(lived(right)), "talking": intact(lived(talking))}
        facts = {"before": bars["before"][0], "talking": bars["talking"][0]}
        return Told(bars["after"], facts, Bars(bars))

    return Chapter("layers", left, right, found, (0.0, 100.0, 1.0), facts={"layers": now, "to": to})


def _avoided(base: Scenario) -> Chapter | None:
    part = could_be_avoided(base)
    if part is None:
        return None
    fewer = min(2 if part.staff >= _A_TEAM else 1, part.staff - 1)
    if not fewer:
        return None
    state: dict[str, Value] = {"department": part.name, "staff": -fewer}
    if part.people.temper > 0.0 and has_room(part, -fewer):
        state["temper"] = 0.0
    links = [link for link in base.inner_links if link.supplier == part.name]

    def requests(runs: Sequence[Run]) -> Floats:
        return np.array([sum(run.requests[link.name] for link in links) for run in runs], dtype=np.float64)

    def line(runs: Sequence[Run]) -> float:
        return interval(last_quarter(np.array([run.line[part.name] for run in runs])))[0]

    def found(lived: Lived) -> Told:
        left, right = lived({}), lived(state)
        before, after = requests(left), requests(right)
        asked = before[:, -LAST_WEEKS:].sum(axis=1)
        shares = np.divide(
            100.0 * after[:, -LAST_WEEKS:].sum(axis=1), asked, out=np.full(len(asked), np.nan), where=asked > 0
        )
        share = 100.0 * _smooth(after.mean(axis=0), left) / _smooth(before.mean(axis=0), left)
        rows = {"today": np.full(len(share), 100.0), "after": share}
        satisfaction = changed(last_of(left, "customer_satisfaction"), last_of(right, "customer_satisfaction"))
        facts = {"line": line(left), "line_tried": line(right), "satisfaction": satisfaction[0]}
        return Told(interval(shares)[:3], facts, Lines(left[0].weeks, rows))

    facts: dict[str, float | str] = {
        "department": part.name,
        "staff": part.staff,
        "fewer": fewer,
        "customers": len({link.customer for link in links}),
    }
    return Chapter("avoided", {}, state, found, (0.0, 150.0, 5.0), facts=facts)


def could_be_avoided(base: Scenario) -> Department | None:
    """The department that is asked most by others who could also do without; ``None`` if there is none."""
    asked = requests_an_hour(base)
    together: dict[str, float] = {}
    own = {part.name for part in on_day_0(base).departments if part.contract is None}
    for link in base.inner_links:
        if link.avoidable and link.supplier in own:
            together[link.supplier] = together.get(link.supplier, 0.0) + asked[link.name]
    name = max(together, key=lambda one: together[one], default=None)
    return next((part for part in on_day_0(base).departments if part.name == name), None)


def _chief(base: Scenario) -> Chapter | None:
    state: State = {"style": 1.0, "recognition": 0.0, "clarity": 0.0}
    if style_of_chief(on_day_0(base)) >= 1.0:
        return None

    def found(lived: Lived) -> Told:
        left, right = lived({}), lived(state)
        weeks = np.array(left[0].weeks)
        of = {
            name: Paths(weeks, *(np.array([run.company[name] for run in runs]) for runs in (left, right)))
            for name in ("morale", "sales")
        }
        (morale_days, morale_rise), (sales_days, sales_rise) = (course(paths, 0) for paths in of.values())
        rows = {"morale": 100.0 * morale_rise, "sales": 100.0 * sales_rise}
        is_told = changed(last_of(left, "sales"), last_of(right, "sales"))[2] < 0.0
        facts = {
            "morale": changed(last_of(left, "morale"), last_of(right, "morale"))[0],
            "morale_weeks": morale_days / DAYS_PER_WEEK,
            "sales_weeks": sales_days / DAYS_PER_WEEK,
        }
        unknown = (np.nan,) * 3
        mean, low, high = later(of["morale"], of["sales"], 0, _SEED) if is_told else unknown
        truth = (mean / DAYS_PER_WEEK, low / DAYS_PER_WEEK, high / DAYS_PER_WEEK)
        return Told(truth, facts, Lines(left[0].weeks, rows if is_told else {"morale": rows["morale"]}, mark=50.0))

    return Chapter("chief", {}, state, found, (0.0, 40.0, 1.0))


def _inside(base: Scenario) -> Chapter | None:
    away = distances(company_graph(base))
    front = max(
        (part for part in on_day_0(base).departments if away[part.name] == 1),
        key=lambda part: part.staff * part.handling_hours,
    )
    hub = could_be_avoided(base) or busiest(base)
    has_contract = front.contract is not None or hub.contract is not None
    if hub.name == front.name or has_contract or on_day_0(base).practices.recognition >= 1.0:
        return None
    states: dict[str, State] = {
        "front": {"department": front.name, "staff": _TWO},
        "hub": {"department": hub.name, "staff": _TWO},
        "recognition": {"recognition": 1.0},
    }

    def found(lived: Lived) -> Told:
        left = lived({})
        ends = {name: last_of(lived(state), "customer_satisfaction") for name, state in states.items()}
        today = last_of(left, "customer_satisfaction")
        bars = {name: changed(today, end) for name, end in ends.items()}
        best, second = sorted(bars, key=lambda name: -bars[name][0])[:2]
        lead, low, high = changed(ends[second], ends[best], 1.0 - 0.05 / len(ends))  # best of three pairs
        profit = last_of(left, "profit")
        facts = {"lead": lead, "lead_low": low, "lead_high": high} | {
            f"profit_{name}": changed(profit, last_of(lived(state), "profit"))[0] for name, state in states.items()
        }
        truth = best if low > 0.0 else NOBODY
        return Told(truth, facts, Bars(bars, is_change=True))

    facts: dict[str, float | str] = {"front": front.name, "hub": hub.name}
    return Chapter("inside", states["front"], states["recognition"], found, choices=(*states, NOBODY), facts=facts)


def _smooth(row: Floats, runs: Sequence[Run]) -> Floats:
    """Means of some weeks, none of them over day 0, on which everything changes."""
    since = np.searchsorted(runs[0].weeks, 0)
    parts = [running_mean(part[np.newaxis], _SMOOTHED)[0] for part in (row[:since], row[since:])]
    return np.concatenate(parts)


def demonstrated(base: Scenario) -> tuple[State, ...]:
    """Combinations that the trainer's notes ask for, beside those of the chapters: where a hand is missing."""
    front = next((chapter.facts["front"] for chapter in chapters(base) if chapter.id == "inside"), None)
    return () if front is None else ({"department": str(front), "staff": -1, "recognition": 1.0},)


def _mean(runs: Sequence[Run], outcome: str) -> float:
    return interval(last_of(runs, outcome))[0]

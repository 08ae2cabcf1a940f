"""Both engines live through the same company; the first line in which they differ is named.

Compared to the last bit: every moment (when, of which kind, of whom), as each day begins the state of everybody and
everything, every request, and all tallies of every week.
"""

from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import numpy as np

from sim.model.company import Company
from sim.model.record import Record
from sim.model.trace import COLUMNS, Trace
from sim.model.twin import diary, engine
from sim.scenario.schema import Scenario
from tests.worlds import on_a_grid

KINDS = {
    1: "a day begins", 2: "work is done", 3: "a manager has decided", 4: "a relay arrives", 5: "a duty is done",
    6: "something is asked", 7: "a flaw comes", 8: "a candidate comes", diary.MANAGER: "a manager's state",
    diary.LOAD: "a department's load", diary.LINE: "a line", diary.MIND: "somebody's mind",
    diary.CONDUCT: "somebody's conduct", diary.LINK: "a link's memory", diary.CUSTOMER: "a customer's view",
}  # fmt: skip
LEDGERS = ("departments", "links", "managers", "market", "company")
Line = tuple[float, int, int, float, float, float, float]


@dataclass
class Told:
    """What one engine told of a run: lines of the diary, requests, tallies."""

    lines: list[Line] = field(default_factory=list)
    requests: list[tuple[Any, ...]] = field(default_factory=list)
    record: Record | None = None

    def trace(self) -> Trace:
        def take(block: dict[str, list[Any]]) -> None:
            self.requests += zip(*(block[name] for name in COLUMNS), strict=True)

        return Trace(take)


def by_reference(scenario: Scenario, seed: int = 1, replication: int = 0, grid: float = 0.0) -> Told:
    """SimPy's steps are looked at from outside: nothing in the reference knows of it."""
    told = Told()

    def say(company: Company, kind: int, key: int, *states: float, at: float | None = None) -> None:
        told.lines.append((company.env.now if at is None else at, kind, key, *states))  # type: ignore[arg-type]

    begin_day = Company._begin_day

    def begin_and_say(company: Company, day: int) -> None:
        begin_day(company, day)
        _say_states(company, say)

    with on_a_grid(grid), patch.object(Company, "_begin_day", begin_and_say):
        company = Company(scenario, seed, replication, told.trace(), lambda day: None)
        env, step = company.env, company.env.step

        def step_and_say() -> None:
            time, priority, _, event = env._queue[0]
            if priority >= 1 << 64 and event.callbacks:
                market = company.market
                kind, key = priority >> 64, priority & 0xFFFF_FFFF_FFFF_FFFF
                states = (market.active, market._satisfaction, market.tally.satisfaction, market.tally.ceiling)
                say(company, kind, key, *states, at=time)
            step()

        with patch.object(env, "step", step_and_say):
            told.record = company.live()
    return told


def _say_states(company: Company, say: Any) -> None:
    for manager in company.management.managers.values():
        key, line = company_key(company, manager), manager.line
        say(company, diary.MANAGER, key, manager.style, line.staff, len(line.waiting), len(line.at_work))
    for of in company.departments.values():
        say(company, diary.LOAD, of.key, of.load, of.pressure, len(of.flaws), of.team.pace)
        waiting, working = len(of.line.waiting), len(of.line.at_work)
        say(company, diary.LINE, of.key, of.line.staff, waiting, working, of.line.waited_hours)
        for one in of.team:
            say(company, diary.MIND, one.key, one.morale, one.mood, one.orientation, one.skill)
            say(company, diary.CONDUCT, one.key, one.attitude, one.manner, one.pace, one.shown)
    for link in company.services.values():
        say(company, diary.LINK, link.key, link.memory, link.will, link.teamwork, link.last_used)
    for buyer in company.market.customers:
        say(company, diary.CUSTOMER, buyer.key, buyer.will, buyer.satisfaction, buyer.served, buyer.active)


def company_key(company: Company, manager: Any) -> int:
    from sim.model.luck import name_key  # noqa: PLC0415

    return company.key ^ name_key("manager", manager.name)


def by_twin(scenario: Scenario, seed: int = 1, replication: int = 0, grid: float = 0.0) -> Told:
    told = Told()
    names = ("time", "kind", "key", "first", "second", "third", "fourth")

    def take(block: Any) -> None:
        told.lines += zip(*(block[name].tolist() for name in names), strict=True)

    told.record = engine.Life(scenario, seed, replication, told.trace(), grid=grid, diary=take).live()
    return told


def difference(one: Told, other: Told) -> str:
    """The first thing in which two runs differ, in words; empty if in nothing."""
    return _in_the_diary(one, other) or _in_the_requests(one, other) or _in_the_tallies(one, other)


def _in_the_diary(one: Told, other: Told) -> str:
    for number, (first, second) in enumerate(zip(one.lines, other.lines, strict=False)):
        if first != second:
            return f"line {number}: {_said(first)}, but {_said(second)}"
    if len(one.lines) != len(other.lines):
        longer = max(one.lines, other.lines, key=len)[min(len(one.lines), len(other.lines))]
        return f"only one goes on with {_said(longer)}"
    return ""


def _in_the_requests(one: Told, other: Told) -> str:
    for number, (asked, again) in enumerate(zip(one.requests, other.requests, strict=False)):
        if asked != again:
            parts = [f"{name} {a!r} or {b!r}" for name, a, b in zip(COLUMNS, asked, again, strict=True) if a != b]
            return f"request {number} (key {asked[0]}): {', '.join(parts)}"
    if len(one.requests) != len(other.requests):
        return f"{len(one.requests)} requests or {len(other.requests)}"
    return ""


def _in_the_tallies(one: Told, other: Told) -> str:
    assert one.record is not None
    assert other.record is not None
    for name in LEDGERS:
        here, there = getattr(one.record, name), getattr(other.record, name)
        if here.names != there.names:
            return f"{name}: {here.names} or {there.names}"
        for week, place, column in np.argwhere(~np.isclose(here.rows, there.rows, 0.0, 0.0, equal_nan=True)):
            what = list(here.columns)[column]
            return f"week {week} of {here.names[place]}: {what} {here.rows[week, place, column]!r} or not"
    return ""


def _said(line: Line) -> str:
    time, kind, key, *states = line
    return f"at {time!r} {KINDS[kind]} (key {key}: {', '.join(map(repr, states))})"

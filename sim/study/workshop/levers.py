"""The levers of a workshop: what a room may move, in its own words, and which keys of the company that sets.

A company is the base until day 0, when what was moved changes; so both companies are the same up to that day, and one
sees them part. What a lever cannot be is refused with the lever's name, its value and the rule.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from pydantic import ValidationError

from sim.model.flow import jobs_per_hour
from sim.model.network import network
from sim.scenario.dated import epochs, with_values
from sim.scenario.parts import Change, Department
from sim.scenario.problems import nearest, shown
from sim.scenario.schema import Scenario
from sim.scenario.wording import worded

Value: TypeAlias = float | int | bool | str
State: TypeAlias = Mapping[str, Value]
"""By lever, what it was moved to; what is missing is as in the base."""
Sets: TypeAlias = Callable[[Value, State], dict[str, Any]]
"""Keys that a lever sets on day 0, given its value and all others."""
Kind: TypeAlias = Literal["slider", "choice", "switch"]
TEAM: Final = "workshop"
_CONTRACT_HOURS: Final = 1.5
"""Choice: a contractor takes so many times the hours that the department's people work on a job, and asks their wage
for as long."""


class LeverError(ValueError):
    """A lever that is not there, or cannot be so."""


@dataclass(frozen=True, slots=True)
class Lever:
    """What a room may move: ``values`` are the lowest, the highest and the step of a number, or words, or no and yes.

    ``now`` is what the base has on day 0, and ``of`` the same by department where that differs. ``dated``: keys that it
    sets on day 0, given its value and all other levers.
    """

    id: str
    values: tuple[Value, ...]
    now: Value
    kind: Kind
    dated: Sets
    of: Mapping[str, Value] = field(default_factory=dict)

    def now_in(self, department: str) -> Value:
        """What the base has while a department is looked at."""
        return self.of.get(department, self.now)

    def checked(self, value: object) -> Value:
        """The value, if the lever can be moved there; ``LeverError`` if not."""
        if self.kind == "choice":
            if value not in self.values:
                near = nearest(str(value), list(map(str, self.values)))
                hint = f"; did you mean {near}?" if near else ""
                raise LeverError(f"{self.id}: {shown(value)} is none of {', '.join(map(str, self.values))}{hint}")
            return value
        if self.kind == "switch":
            if not isinstance(value, bool):
                raise LeverError(f"{self.id}: {shown(value)} is not allowed: true or false")
            return value
        low, high, step = (float(one) for one in self.values)
        if not isinstance(value, bool) and value == self.now:
            return self.now
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise LeverError(f"{self.id}: {shown(value)} is not allowed: {low:g} to {high:g}")
        return round(value) if step == round(step) and low == round(low) else float(value)


def levers(base: Scenario) -> tuple[Lever, ...]:
    """What may be moved in a company, a ``prepared`` one, and how it stands there on day 0."""
    today = on_day_0(base)
    management, practices = today.management, today.practices
    focus = busiest(base)
    style = style_of_chief(today)

    def key(name: str) -> Sets:
        return lambda value, _: {name: value}

    def practice(name: str) -> Sets:
        own = [part.name for part in today.departments if name in part.practices.model_fields_set]
        return lambda value, _: {
            f"practices.{name}": value,
            **{f"departments.{part}.practices.{name}": value for part in own},
        }

    def at(*values: Value) -> tuple[Value, ...]:
        return values

    share = at(0.0, 1.0, 0.1)
    rows: tuple[tuple[str, Kind, tuple[Value, ...], Value, Sets], ...] = (
        ("layers", "slider", at(1, 6, 1), management.layers, _layers),
        ("delegation", "slider", share, management.delegation, key("management.delegation")),
        ("recognition", "slider", share, practices.recognition, practice("recognition")),
        ("clarity", "slider", share, practices.role_clarity, practice("role_clarity")),
        ("team", "slider", at(0, 20, 2), 0, key(f"quality_teams.{TEAM}.hours_per_month")),
        ("talk", "slider", share, practices.informal_communication, practice("informal_communication")),
        ("surveys", "slider", at(0.0, 0.5, 0.02), practices.survey_share, practice("survey_share")),
        ("reviews", "slider", at(0, 12, 1), practices.reviews_per_year, practice("reviews_per_year")),
        (
            "contact",
            "slider",
            at(0, 12, 1),
            practices.customer_contacts_per_year,
            practice("customer_contacts_per_year"),
        ),
        ("style", "slider", share, style, key("management.chief_authoritarian")),
        ("department", "choice", base.department_names, focus.name, _nothing),
        ("staff", "slider", at(-2, 5, 1), 0, lambda value, state: _staffed(_looked_at(today, state), value)),
        ("temper", "slider", share, round(focus.people.temper, 2), _nothing),
        (
            "outsourced",
            "switch",
            at(False, True),
            focus.contract is not None,
            lambda value, state: _bought(today, _looked_at(today, state), value),
        ),
    )
    of: dict[str, dict[str, Value]] = {
        "temper": {part.name: round(part.people.temper, 2) for part in today.departments},
        "outsourced": {part.name: part.contract is not None for part in today.departments},
    }
    return tuple(
        Lever(name, _reaching(values, now, kind), now, kind, dated, of.get(name, {}))
        for name, kind, values, now, dated in rows
        if name != "team" or any(team.name == TEAM for team in base.quality_teams)
    )


def _reaching(values: tuple[Value, ...], now: Value, kind: Kind) -> tuple[Value, ...]:
    """A slider reaches what the base has, however far that is."""
    if kind != "slider":
        return values
    low, high, step = values
    return min(low, now), max(high, now), step


def _nothing(value: Value, state: State) -> dict[str, Any]:
    return {}


def _layers(value: Value, state: State) -> dict[str, Any]:
    return {"management.layers": value, "management.units": {}}


def style_of_chief(base: Scenario) -> float:
    """How authoritarian the chief is, who is like all managers if nothing else is said."""
    management = base.management
    return management.authoritarian if management.chief_authoritarian is None else management.chief_authoritarian


def on_day_0(base: Scenario) -> Scenario:
    """The company as it stands on the day on which levers move."""
    return [epoch.scenario for epoch in epochs(base) if epoch.day <= 0][-1]


def busiest(base: Scenario) -> Department:
    """The department of its own that is asked most by others inside; the front line is for customers."""
    asked = requests_an_hour(base)
    answers = {part.name: 0.0 for part in base.departments}
    for link in base.inner_links:
        answers[link.supplier] += asked[link.name]
    today = on_day_0(base).departments
    return max([part for part in today if part.contract is None] or today, key=lambda part: answers[part.name])


def prepared(base: Scenario) -> Scenario:
    """The base with what levers need: a quality team that does not meet yet, on the link inside that is used most."""
    plain = base.model_dump(exclude_unset=True)
    asked = requests_an_hour(base)
    if asked and all(team.name != TEAM for team in base.quality_teams):
        team = {"name": TEAM, "links": [max(asked, key=lambda name: asked[name])], "hours_per_month": 0.0}
        plain["quality_teams"] = [*plain.get("quality_teams", ()), team]
    return Scenario.model_validate(plain)


def requests_an_hour(base: Scenario) -> dict[str, float]:
    """By link inside, requests an hour if all are made and everybody keeps up."""
    net = network(base)
    jobs = jobs_per_hour(net, np.ones(len(base.links)))
    place = {name: number for number, name in enumerate(base.department_names)}
    return {link.name: link.requests_per_job * float(jobs[place[link.customer]]) for link in base.inner_links}


def moved(base: Scenario, state: Mapping[str, object]) -> Scenario:
    """The company in which levers were moved on day 0; the base is a ``prepared`` one.

    ``LeverError`` if there cannot be such a company.
    """
    known = {lever.id: lever for lever in levers(base)}
    unknown = [name for name in state if name not in known]
    if unknown:
        near = nearest(unknown[0], list(known))
        raise LeverError(f"{shown(unknown[0])} is no lever{f'; did you mean {near}?' if near else ''}")
    wanted = {name: known[name].checked(value) for name, value in state.items()}
    looked_at = str(wanted.get("department", known["department"].now))
    keys: dict[str, Any] = {}
    for name, value in wanted.items():
        if value != known[name].now_in(looked_at):
            keys |= known[name].dated(value, wanted)
    part = _looked_at(base, wanted)
    try:
        company = base
        now = known["temper"].now_in(part.name)
        temper = wanted.get("temper", now)
        if temper != now:
            if not has_room(part, int(min(0, wanted.get("staff", 0)))):
                raise LeverError(f"temper: every post of {part.name} is that of somebody described in the file")
            people = [person.model_dump(exclude_unset=True) for person in part.people.list]
            newcomer = {"temper": temper, "arrives_day": 0}
            company = with_values(base, {f"departments.{part.name}.people.list": [*people, newcomer]})
        plain = company.model_dump(exclude_unset=True)
        changes = [change.model_dump() for change in company.changes]
        if keys:
            for change in changes:  # what the base itself sets on that day gives way
                if change["day"] == 0:
                    change["set"] = {key: value for key, value in change["set"].items() if key not in keys}
            first = Change(day=0, set=keys).model_dump()
            plain["changes"] = [first, *(change for change in changes if change["set"])]
        return Scenario.model_validate(plain)
    except ValidationError as error:
        [rule, *_] = [rule for item in error.errors(include_url=False) for _, rule, _ in worded(item, Scenario)]
        raise LeverError(f"there is no such company: {rule}") from None


def _looked_at(base: Scenario, state: State) -> Department:
    name = state.get("department", busiest(base).name)
    return next(part for part in base.departments if part.name == name)


def has_room(part: Department, more: int = 0) -> bool:
    """Whether there is a post for a newcomer, apart from those of people whom the file describes one by one."""
    return len(part.people.list) < part.staff + more


def _staffed(part: Department, more: Value) -> dict[str, Any]:
    if part.staff + int(more) < 1:
        raise LeverError(f"staff: {part.name} has {part.staff}; the last one stays")
    return {f"departments.{part.name}.staff": part.staff + int(more)}


def _bought(base: Scenario, part: Department, is_bought: Value) -> dict[str, Any]:
    """A contract whose price is the wage of the hours of an ordinary job."""
    if not is_bought:
        return {f"departments.{part.name}.contract": None}
    price = base.money.worker_hour * part.handling_hours
    contract = {"hours": _CONTRACT_HOURS * part.handling_hours, "price_per_request": price}
    return {f"departments.{part.name}.contract": contract}

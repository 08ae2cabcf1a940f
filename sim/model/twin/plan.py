"""A scenario as the twin reads it: what holds in each epoch, and who is there when a run begins, in rows of memory."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.model import distributions, record
from sim.model.calendar import HOURS_PER_DAY, HOURS_PER_YEAR
from sim.model.hierarchy import ManagementTree, heads, management_tree, spans, superiors
from sim.model.luck import name_key
from sim.model.market import CANDIDATES
from sim.model.steady import SteadyState
from sim.model.twin import things
from sim.model.twin.company import STREAM
from sim.model.twin.memory import LINE_OF_CACHE, layout
from sim.scenario.dated import Epoch
from sim.scenario.parameters import Laws
from sim.scenario.parts import MARKET, Department, Link
from sim.scenario.practices import Practices
from sim.scenario.schema import Scenario

Rows: TypeAlias = NDArray[np.void]
FAR = 1 << 40
"""A day that never comes; before it, negative, one that lies behind all."""


def rows(declared: type, count: int) -> Rows:
    """Room for some things, all zero; never none, so that there is something to point to."""
    kind = layout(declared)
    room = np.zeros(max(count, 1) * kind.itemsize + LINE_OF_CACHE, np.uint8)
    begin = -room.ctypes.data % LINE_OF_CACHE
    return room[begin : begin + max(count, 1) * kind.itemsize].view(kind)


def address(of: Rows, place: int = 0) -> int:
    """Where a thing lies."""
    return of.ctypes.data + place * of.itemsize


def addresses(of: Rows) -> NDArray[np.uint64]:
    """Where each of some things lies."""
    return np.uint64(of.ctypes.data) + np.arange(len(of), dtype=np.uint64) * np.uint64(of.itemsize)


class Plan:
    """All rows of one company but for those that come and go; ``company`` points to all others."""

    def __init__(self, scenario: Scenario, epochs: Sequence[Epoch], start: SteadyState, key: int) -> None:
        self.scenario = scenario
        self.key = key
        self._all: list[Rows] = []
        first = epochs[0].scenario
        self.names = list(scenario.department_names)
        self.links_by_name = {link.name: place for place, link in enumerate(first.links)}
        self._trees = [management_tree(epoch.scenario) for epoch in epochs]
        feels = any(epoch.scenario.feels for epoch in epochs)
        self.managed = feels or any(epoch.scenario.management.decision_share > 0 for epoch in epochs)
        self.manager_names = list(dict.fromkeys(name for tree in self._trees for name in _from_the_top(tree)))
        self.departments = self._rows(things.Department, len(self.names))
        self.links = self._rows(things.Link, len(first.links))
        self.managers = self._rows(things.Manager, len(self.manager_names))
        self.market_tally = self._rows(record.MarketTally, 1)
        self.company_tally = self._rows(record.CompanyTally, 1)
        self.department_figures = self._figures(self.departments["tally"], record.LINE)
        self.link_figures = self._figures(self.links["tally"])
        self.manager_figures = self._figures(self.managers["tally"], record.LINE)
        self.market_figures = self._figures(self.market_tally)
        self.company_figures = self._figures(self.company_tally)
        self.streams = self._rows(things.Arrivals, 2 * len(self.names) + len(self.manager_names) + 2)
        self.streams["what"] = STREAM
        self._place_of = {name: place for place, name in enumerate(self.names)}
        self._place_of_manager = {name: place for place, name in enumerate(self.manager_names)}
        self.staff = self._staff(epochs)
        self._people_of(first, start)
        self._links_of(first, start)
        self._managers_of()
        self.customers = [self._place_of.get(link.customer, len(self.names)) for link in first.links]
        self.link_keys: list[Rows] = []
        self.practices: list[Rows] = []
        self.epochs = self._rows(things.Epoch, len(epochs))
        for place, epoch in enumerate(epochs):
            self._fill_epoch(self.epochs[place], epoch, self._trees[place])
        self.company = self._rows(things.Company, 1)
        self._fill_company(first, start)

    def _rows(self, declared: type, count: int) -> Rows:
        made = rows(declared, count)
        self._all.append(made)
        return made

    def _figures(self, tallies: Rows, more: Sequence[str] = ()) -> NDArray[np.float64]:
        """Room for the figures of a week: things × columns."""
        return np.zeros((len(tallies), len(tallies.dtype.names or ()) + len(more)))

    def _pointers(self, declared: type, field: str, to: Sequence[int] | NDArray[np.uint64]) -> Rows:
        made = self._rows(declared, len(to))
        made[field][: len(to)] = np.asarray(to, dtype=np.uint64)
        return made

    def _staff(self, epochs: Sequence[Epoch]) -> list[int]:
        """The most posts that each department has at any time."""
        most = dict.fromkeys(self.names, 0)
        for epoch in epochs:
            for part in epoch.scenario.departments:
                if part.contract is None:
                    most[part.name] = max(most[part.name], part.staff)
        return [most[name] for name in self.names]

    def _people_of(self, first: Scenario, start: SteadyState) -> None:
        department, count = self.departments, len(self.names)
        states = [start.teams[name] for name in self.names]
        for column in ("morale", "mood", "orientation", "load"):
            department[column][:count] = [getattr(state, column) for state in states]
        department["flaw_count"][:count] = [round(state.flaws) for state in states]
        department["key"][:count] = [self.key ^ name_key("department", name) for name in self.names]
        department["place"] = np.arange(len(department))
        department["temper"][:count] = [part.people.temper for part in first.departments]
        department["skill"][:count] = [part.people.skill for part in first.departments]
        department["inclination"][:count] = [part.people.inclination for part in first.departments]
        streams = addresses(self.streams)
        department["own_work"][:count] = streams[:count]
        department["own_flaws"][:count] = streams[count : 2 * count]
        self.streams["department"][: 2 * count] = np.tile(addresses(department)[:count], 2)
        department["most_posts"][:count] = self.staff
        posts = self._rows(things.Post, sum(self.staff))
        ends = np.cumsum(self.staff)
        department["posts"][:count] = addresses(posts)[0] + (ends - self.staff).astype(np.uint64) * np.uint64(
            posts.itemsize
        )
        for part, begins in zip(first.departments, ends - self.staff, strict=True):
            for post, one in enumerate(part.people.list[: self.staff[self._place_of[part.name]]]):
                row = posts[begins + post]
                row["differs"] = True
                row["has_temper"], row["temper"] = one.temper is not None, one.temper or 0.0
                row["has_skill"], row["skill"] = one.skill is not None, one.skill or 0.0
                row["arrives_day"] = -FAR if one.arrives_day is None else one.arrives_day
                row["leaves_day"] = FAR if one.leaves_day is None else one.leaves_day

    def _links_of(self, first: Scenario, start: SteadyState) -> None:
        link, count = self.links, len(first.links)
        states = [start.links[keys.name] for keys in first.links]
        for column in ("memory", "will", "teamwork"):
            link[column][:count] = [getattr(state, column) for state in states]
        link["key"][:count] = [name_key("link", keys.supplier, keys.customer) for keys in first.links]
        link["place"] = np.arange(len(link))
        of = addresses(self.departments)
        link["supplier"][:count] = [of[self._place_of[keys.supplier]] for keys in first.links]
        link["to_market"][:count] = [keys.to_market for keys in first.links]
        link["customer"][:count] = [0 if keys.to_market else of[self._place_of[keys.customer]] for keys in first.links]
        served: dict[str, list[int]] = {name: [] for name in (*self.names, MARKET)}
        for place, keys in enumerate(first.links):
            served[keys.customer].append(place)
        for place, name in enumerate(self.names):
            self.departments["suppliers"][place] = address(self._suppliers(served[name]))
            self.departments["supplier_count"][place] = len(served[name])
        self.front_line = self._suppliers(served[MARKET])

    def _suppliers(self, places: Sequence[int]) -> Rows:
        made = self._rows(things.Supplier, len(places))
        for row, place in zip(made, places, strict=False):
            row["link"], row["key"], row["place"] = address(self.links, place), self.links["key"][place], place
        return made

    def _managers_of(self) -> None:
        manager, names = self.managers, self.manager_names
        manager["key"][: len(names)] = [self.key ^ name_key("manager", name) for name in names]
        manager["place"] = np.arange(len(manager))
        streams = addresses(self.streams)
        own = 2 * len(self.names)
        manager["duties"][: len(names)] = streams[own : own + len(names)]
        self.streams["manager"][own : own + len(names)] = addresses(manager)[: len(names)]

    def _fill_epoch(self, row: np.void, epoch: Epoch, tree: ManagementTree) -> None:
        scenario = epoch.scenario
        row["day"] = epoch.day
        row["feels"] = scenario.feels
        row["laws"] = address(self._copied(Laws, [scenario.laws]))
        row["departments"] = address(self._department_keys(scenario, tree))
        row["links"] = address(self._link_keys(scenario))
        row["managers"] = address(self._manager_keys(scenario, tree))
        top = [address(self.managers, self._place_of_manager[name]) for name in _from_the_top(tree)]
        row["from_the_top"] = address(self._pointers(things.Superior, "manager", top))
        row["in_office_count"] = len(tree)
        management, market, money = scenario.management, scenario.market, scenario.money
        for name in ("layers", "delegation", "decision_share", "decision_hours", "relay_hours", "duty_hours"):
            row[name] = getattr(management, name)
        row["duties_per_hour"] = management.other_duties_share / management.duty_hours
        chief = management.chief_authoritarian
        row["authoritarian"] = management.authoritarian
        row["chief_authoritarian"] = management.authoritarian if chief is None else chief
        for name in ("hire", "worker_hour", "manager_hour", "survey"):
            row[name] = getattr(money, name)
        row["price"] = market.price
        row["expectation"], row["rising"] = market.expectation, market.rising_expectation_per_year
        row["purchases_per_hour"] = market.purchases_per_year / HOURS_PER_YEAR
        row["newcomers_per_hour"] = scenario.feels * CANDIDATES * market.new_customers_per_year / HOURS_PER_YEAR

    def _copied(self, declared: type, values: Sequence[Any]) -> Rows:
        made = self._rows(declared, len(values))
        for name in layout(declared).names or ():
            made[name][: len(values)] = [getattr(value, name) for value in values]
        return made

    def _department_keys(self, scenario: Scenario, tree: ManagementTree) -> Rows:
        parts = scenario.departments
        made = self._rows(things.DepartmentKeys, len(parts))
        over, span = superiors(tree), spans(tree, scenario)
        self.practices.append(self._copied(Practices, [scenario.practices_of(part) for part in parts]))
        practices = addresses(self.practices[-1])
        around = _neighbours(scenario.links, self.names)
        for place, part in enumerate(parts):
            row, contract = made[place], part.contract
            in_house = contract is None
            row["bought"], row["staff"], row["intake_share"] = not in_house, part.staff, part.intake_share
            row["errors_noticed"] = part.errors_noticed if in_house else 0.0
            row["right"] = part.right_first_time
            row["jobs_per_hour"] = in_house * part.background_jobs_per_day / HOURS_PER_DAY
            row["flaws_per_hour"] = in_house * scenario.laws.flaws_per_year / HOURS_PER_YEAR
            if contract is not None:
                row["right"], row["respect"] = contract.right_first_time, contract.respect
                row["price"], row["relays"] = contract.price_per_request, contract.relays
            row["span"] = span[over[part.name][0]]
            row["way"], row["own_way"] = _distributed(_way(part)), _distributed(_own_way(part))
            row["practices"] = practices[place]
            above = [address(self.managers, self._place_of_manager[name]) for name in over[part.name]]
            row["superiors"] = address(self._pointers(things.Superior, "manager", above))
            linked = [address(self.departments, self._place_of[name]) for name in around[part.name]]
            row["neighbours"] = address(self._pointers(things.Neighbour, "department", linked))
            row["neighbour_count"] = len(linked)
        return made

    def _link_keys(self, scenario: Scenario) -> Rows:
        made = self._rows(things.LinkKeys, len(scenario.links))
        self.link_keys.append(made)
        for name in ("share", "blocking", "avoidable", "priority", "acceptable_wait_hours"):
            made[name][: len(scenario.links)] = [getattr(link, name) for link in scenario.links]
        for place, link in enumerate(scenario.links):
            row = made[place]
            row["surely"] = int(link.requests_per_job)
            row["perhaps"] = link.requests_per_job - int(link.requests_per_job)
            row["carries"] = _carries(link)
            row["team_hours"] = sum(team.hours_per_month for team in scenario.quality_teams if link.name in team.links)
        return made

    def _manager_keys(self, scenario: Scenario, tree: ManagementTree) -> Rows:
        made = self._rows(things.ManagerKeys, len(self.manager_names))
        head, span = heads(tree), spans(tree, scenario)
        for place, name in enumerate(self.manager_names):
            if name not in tree:
                continue
            row, above = made[place], head[name]
            row["in_office"] = True
            row["head"] = 0 if above is None else address(self.managers, self._place_of_manager[above])
            row["is_chief"] = above is None
            row["span"] = span[name]
            unit = [address(self.departments, self._place_of[part]) for part in tree.nodes[name]["departments"]]
            row["unit"] = address(self._pointers(things.Member, "department", unit))
            row["unit_count"] = len(unit)
        return made

    def _fill_company(self, first: Scenario, start: SteadyState) -> None:
        row = self.company[0]
        row["key"] = self.key
        row["now"] = -self.scenario.warm_up_days * HOURS_PER_DAY
        row["end"] = self.scenario.days * HOURS_PER_DAY
        row["day"] = -self.scenario.warm_up_days
        row["feels"], row["managed"] = first.feels, self.managed
        row["epochs"], row["epoch_count"] = address(self.epochs), len(self.epochs)
        row["tally"], row["market_tally"] = address(self.company_tally), address(self.market_tally)
        row["department_figures"] = self.department_figures.ctypes.data
        row["link_figures"] = self.link_figures.ctypes.data
        row["manager_figures"] = self.manager_figures.ctypes.data
        row["market_figures"] = self.market_figures.ctypes.data
        row["figures"] = self.company_figures.ctypes.data
        row["departments"], row["department_count"] = address(self.departments), len(self.names)
        row["links"], row["link_count"] = address(self.links), len(first.links)
        row["front_line"] = address(self.front_line)
        row["front_line_count"] = sum(link.to_market for link in first.links)
        row["managers"] = address(self.managers)
        row["manager_count"] = len(self.manager_names) if self.managed else 0
        self.days = self._rows(things.Task, 1)
        row["days"] = address(self.days)
        streams = addresses(self.streams)
        row["purchases"], row["newcomers"] = streams[-2], streams[-1]
        row["start_satisfaction"], row["start_will"] = start.market.satisfaction, start.market.will


def _from_the_top(tree: ManagementTree) -> list[str]:
    return sorted(tree, key=lambda name: -int(tree.nodes[name]["tier"]))


def _way(part: Department) -> tuple[str, float, float]:
    if part.contract is not None:
        return "lognormal", part.contract.hours, part.contract.spread
    return _own_way(part)


def _own_way(part: Department) -> tuple[str, float, float]:
    return part.handling_distribution, part.handling_hours, part.handling_spread


def _distributed(way: tuple[str, float, float]) -> tuple[int, float, float]:
    distribution, mean, spread = way
    kind = distributions.KINDS[distribution]
    return kind, mean, distributions.shape_of(kind, spread)


def _carries(link: Link) -> bool:
    return not link.to_market and link.requests_per_job > 0.0


def _neighbours(links: Sequence[Link], names: Sequence[str]) -> Mapping[str, list[str]]:
    """As ``Company._meet_neighbours``."""
    linked: dict[str, set[str]] = {name: set() for name in names}
    for link in links:
        if _carries(link):
            linked[link.customer].add(link.supplier)
            linked[link.supplier].add(link.customer)
    return {name: sorted(others) for name, others in linked.items()}

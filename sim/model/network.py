"""A company as arrays, for the steady state: departments, links and managers by position, each key an array.

Nothing here changes while the steady state is sought.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.model import laws
from sim.model.calendar import HOURS_PER_DAY, HOURS_PER_YEAR
from sim.model.hierarchy import heads, management_tree, spans, superiors
from sim.model.line import ORDINARY_PRIORITY
from sim.model.practice_days import hours_a_month, managers_hours_a_month
from sim.model.queueing import Floats, slices
from sim.scenario.parts import Department
from sim.scenario.practices import Practices
from sim.scenario.schema import Scenario

Places = NDArray[np.intp]
Truths = NDArray[np.bool_]
_TEMPERS = slices(6)


@dataclass(frozen=True)
class Departments:
    """By department, in the order of names. Times in hours; ``tempers`` of its people (departments × kinds)."""

    in_house: Truths
    staff: Floats
    handling: Floats
    spread: Floats
    right: Floats
    noticed: Floats
    intake: Floats
    own_jobs: Floats
    monthly_hours: Floats
    managers_monthly_hours: Floats
    practice: dict[str, Floats]
    inclination: Floats
    tempers: Floats
    temper_shares: Floats
    contract_respect: Floats
    contract_relays: Floats


@dataclass(frozen=True)
class Links:
    """By link, as the scenario lists them; ``customer`` of a link to the market is −1."""

    supplier: Places
    customer: Places
    to_market: Truths
    requests: Floats
    share: Floats
    blocking: Truths
    avoidable: Truths
    acceptable: Floats
    priority: Places
    team_hours: Floats


@dataclass(frozen=True)
class Managers:
    """By manager, lowest tier first; ``over`` (departments × tiers) who is above a department, from the lowest up."""

    names: tuple[str, ...]
    style: Floats
    span: Floats
    over: Places
    units: tuple[Places, ...]


@dataclass(frozen=True)
class Network:
    """A company as it stands on its first day."""

    scenario: Scenario
    departments: Departments
    links: Links
    managers: Managers

    @cached_property
    def neighbours(self) -> tuple[Places, Places]:
        """Pairs of departments in house whose people talk with one another: each, and one linked to it."""
        links = self.links
        talk = self.inner[links.requests[self.inner] > 0.0]
        ends = np.stack([links.supplier[talk], links.customer[talk]])
        pairs = np.unique(np.concatenate([ends, ends[::-1]], axis=1), axis=1)
        pairs = pairs[:, self.departments.in_house[pairs].all(axis=0)]
        return pairs[0], pairs[1]

    @cached_property
    def classes(self) -> tuple[Places, Places, Places]:
        """Classes of jobs in lines, in the order of suppliers and priorities.

        Of each link and, in the second array, of each department's own work; in the third, each department's first.
        """
        links, count = self.links, len(self.departments.staff)
        many = max(int(links.priority.max()), ORDINARY_PRIORITY) + 1
        own = np.arange(count) * many + ORDINARY_PRIORITY
        found, place = np.unique(np.concatenate([links.supplier * many + links.priority, own]), return_inverse=True)
        first = np.searchsorted(found // many, np.arange(count))
        return place[: -count or None], place[-count:], first

    @cached_property
    def inner(self) -> Places:
        """The links between departments."""
        return np.flatnonzero(~self.links.to_market)

    @cached_property
    def front(self) -> Places:
        """The links to the market."""
        return np.flatnonzero(self.links.to_market)

    @cached_property
    def managers_monthly_hours(self) -> Floats:
        """By manager, hours a month for each person who answers to them, in the mean of their departments."""
        hours = self.departments.managers_monthly_hours
        return np.array([hours[unit].mean() for unit in self.managers.units])

    def by_supplier(self, of_links: Floats, links: Places | None = None) -> Floats:
        """Sums over the links (or some of them) of each supplier."""
        suppliers = self.links.supplier if links is None else self.links.supplier[links]
        return np.asarray(np.bincount(suppliers, of_links, len(self.departments.staff)), np.float64)

    def by_customer(self, of_inner_links: Floats) -> Floats:
        """Sums over the inner links of each customer."""
        customers = self.links.customer[self.inner]
        return np.asarray(np.bincount(customers, of_inner_links, len(self.departments.staff)), np.float64)


def network(scenario: Scenario) -> Network:
    """A scenario's arrays."""
    return Network(scenario, _departments(scenario), _links(scenario), _managers(scenario))


def _departments(scenario: Scenario) -> Departments:
    parts = scenario.departments
    practices = [scenario.practices_of(part) for part in parts]
    tempers, shares = _tempers(scenario)
    return Departments(
        in_house=np.array([part.contract is None for part in parts]),
        staff=np.array([float(part.staff) for part in parts]),
        handling=np.array([part.contract.hours if part.contract else part.handling_hours for part in parts]),
        spread=np.array([_spread(part) for part in parts]),
        right=np.array([(part.contract or part).right_first_time for part in parts]),
        noticed=np.array([part.errors_noticed for part in parts]),
        intake=np.array([part.intake_share for part in parts]),
        inclination=np.array([part.people.inclination for part in parts]),
        own_jobs=np.array([own_jobs_per_hour(part) for part in parts]),
        monthly_hours=np.array([hours_a_month(item, scenario.laws) for item in practices]),
        managers_monthly_hours=np.array([managers_hours_a_month(item, scenario.laws) for item in practices]),
        practice={name: np.array([getattr(item, name) for item in practices]) for name in Practices.model_fields},
        tempers=tempers,
        temper_shares=shares,
        contract_respect=np.array([part.contract.respect if part.contract else 0.0 for part in parts]),
        contract_relays=np.array([float(part.contract.relays) if part.contract else 0.0 for part in parts]),
    )


def own_jobs_per_hour(part: Department) -> float:
    """Work of its own; a contractor has none that is the company's."""
    return 0.0 if part.contract is not None else part.background_jobs_per_day / HOURS_PER_DAY


def purchases_per_hour(scenario: Scenario) -> float:
    """Mean purchases of all customers in an hour."""
    return scenario.market.customers * scenario.market.purchases_per_year / HOURS_PER_YEAR


def _spread(part: Department) -> float:
    """The coefficient of variation that the distribution has."""
    if part.contract is not None:
        return part.contract.spread
    kind, spread = part.handling_distribution, part.handling_spread
    if kind == "erlang":
        return float(1.0 / np.sqrt(round(1.0 / (spread * spread))))
    return {"constant": 0.0, "exponential": 1.0, "lognormal": spread}[kind]


def _tempers(scenario: Scenario) -> tuple[Floats, Floats]:
    """Tempers and the shares of people who have them: those of the team, and individuals who are there at first."""
    spread, first_day = scenario.laws.temper_spread, -scenario.warm_up_days
    own = [
        [
            person.temper
            for person in part.people.list[: part.staff]
            if person.temper is not None and (person.arrives_day is None or person.arrives_day <= first_day)
        ]
        for part in scenario.departments
    ]
    most, kinds = max(map(len, own)), len(_TEMPERS)
    tempers = np.zeros((len(own), kinds + most))
    shares = np.zeros_like(tempers)
    for row, (part, individuals) in enumerate(zip(scenario.departments, own, strict=True)):
        tempers[row, :kinds] = np.clip(part.people.temper + spread * _TEMPERS, 0.0, 1.0)
        shares[row, :kinds] = (1.0 - len(individuals) / part.staff) / kinds
        tempers[row, kinds : kinds + len(individuals)] = individuals
        shares[row, kinds : kinds + len(individuals)] = 1.0 / part.staff
    return tempers, shares


def _links(scenario: Scenario) -> Links:
    place = {name: index for index, name in enumerate(scenario.department_names)}
    links = scenario.links
    team_hours: dict[str, float] = {}
    for team in scenario.quality_teams:
        for name in team.links:
            team_hours[name] = team_hours.get(name, 0.0) + team.hours_per_month
    return Links(
        supplier=np.array([place[link.supplier] for link in links], np.intp),
        customer=np.array([place.get(link.customer, -1) for link in links], np.intp),
        to_market=np.array([link.to_market for link in links]),
        requests=np.array([0.0 if link.to_market else link.requests_per_job for link in links]),
        share=np.array([link.share if link.to_market else 0.0 for link in links]),
        blocking=np.array([link.blocking and not link.to_market for link in links]),
        avoidable=np.array([link.avoidable for link in links]),
        acceptable=np.array([link.acceptable_wait_hours for link in links]),
        priority=np.array([link.priority for link in links], np.intp),
        team_hours=np.array([team_hours.get(link.name, 0.0) for link in links]),
    )


def _managers(scenario: Scenario) -> Managers:
    tree, keys = management_tree(scenario), scenario.management
    names = tuple(tree)
    place = {name: index for index, name in enumerate(names)}
    above = heads(tree)
    style: dict[str, float] = {}
    for name in reversed(names):
        head = above[name]
        chief = head is None and keys.chief_authoritarian is not None
        leaning = keys.chief_authoritarian if chief else keys.authoritarian
        assert leaning is not None
        upper = leaning if head is None else style[head]
        style[name] = laws.style_tomorrow(leaning, upper, leaning, scenario.laws.style_passed, 0.0)
    number = {name: index for index, name in enumerate(scenario.department_names)}
    ways, span = superiors(tree), spans(tree, scenario)
    return Managers(
        names=names,
        style=np.array([style[name] for name in names]),
        span=np.array([float(span[name]) for name in names]),
        over=np.array([[place[manager] for manager in ways[name]] for name in scenario.department_names], np.intp),
        units=tuple(np.array([number[part] for part in tree.nodes[name]["departments"]], np.intp) for name in names),
    )

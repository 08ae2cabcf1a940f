"""What no single key can say: the rules that hold between the parts of a company.

A breach names the part by names, not by position, so that a reader of files can find its line.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from sim.scenario.dated import refusals
from sim.scenario.parts import MARKET
from sim.scenario.problems import nearest as nearest_of
from sim.scenario.problems import shown

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

_TIERS = {str(tier) for tier in range(2, 12)}
LinkName = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken, at a path of names such as ``("links", "it>sales", "supplier")``."""

    path: tuple[str | int, ...]
    rule: str
    nearest: str = ""

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path))}: {self.rule}"


def breaches(scenario: "Scenario") -> Iterator[Breach]:
    """All rules that a scenario breaks; ``Scenario`` calls this, so none that exists breaks any."""
    names = scenario.department_names
    found = list(names_in_order(names, [(link.supplier, link.customer) for link in scenario.links]))
    found += _shares(scenario)
    found += _breeding(scenario)
    found += _units(scenario)
    found += _teams(scenario)
    found += _individuals(scenario)
    yield from found
    yield from _changes(scenario, whole=not found)


def names_in_order(names: Sequence[str], links: Sequence[LinkName]) -> Iterator[Breach]:
    """The rules that need names only: they can be tried on a file whose numbers are still wrong."""
    yield from _twice(names, links)
    yield from _dangling(names, links)
    yield from _nobody_served(names, links)


def _twice(names: Sequence[str], links: Sequence[LinkName]) -> Iterator[Breach]:
    for name in sorted(name for name, times in Counter(names).items() if times > 1):
        yield Breach(("departments", name), "stands twice in the list of departments; names are unique")
    for supplier, customer in sorted(link for link, times in Counter(links).items() if times > 1):
        rule = "stands twice in the list of links; there is one from a supplier to a customer"
        yield Breach(("links", f"{supplier}>{customer}"), rule)


def _dangling(names: Sequence[str], links: Sequence[LinkName]) -> Iterator[Breach]:
    known = set(names)
    for supplier, customer in dict.fromkeys(links):
        path = ("links", f"{supplier}>{customer}")
        if supplier == MARKET:
            yield Breach((*path, "supplier"), "the market buys; it serves no department")
        elif supplier not in known:
            rule = f"there is no department {shown(supplier)}"
            yield Breach((*path, "supplier"), rule, nearest_of(supplier, known))
        if customer not in known and customer != MARKET:
            rule = f"there is no department {shown(customer)}"
            yield Breach((*path, "customer"), rule, nearest_of(customer, [*known, MARKET]))
        if supplier == customer:
            yield Breach(path, "a department cannot be its own customer; its own work is background_jobs_per_day")


def _nobody_served(names: Sequence[str], links: Sequence[LinkName]) -> Iterator[Breach]:
    """Everybody has customers, and a path leads from everybody to the market."""
    if not any(customer == MARKET for _, customer in links):
        yield Breach(("links",), "nobody serves the market: at least one link needs customer: market")
    suppliers = {supplier for supplier, _ in links}
    suppliers_of: dict[str, list[str]] = {}
    for supplier, customer in links:
        suppliers_of.setdefault(customer, []).append(supplier)
    reach, next_ones = {MARKET}, [MARKET]
    while next_ones:
        more = [supplier for supplier in suppliers_of.get(next_ones.pop(), ()) if supplier not in reach]
        reach.update(more)
        next_ones += more
    for name in dict.fromkeys(names):
        if name not in suppliers:
            rule = "serves nobody; everybody has a customer: add a link with this supplier"
            yield Breach(("departments", name), rule)
        elif name not in reach and len(reach) > 1:
            yield Breach(("departments", name), "no path of links leads from here to the market")


def _shares(scenario: "Scenario") -> Iterator[Breach]:
    total = sum(link.share for link in scenario.front_line)
    if scenario.front_line and abs(total - 1) > 1e-6:
        rule = f"the shares of the links to the market sum to {total:g}; they must sum to 1"
        yield Breach(("links", scenario.front_line[0].name, "share"), rule)


def _breeding(scenario: "Scenario") -> Iterator[Breach]:
    """Requests must die out: the spectral radius of requests per job stays below 1 on every cycle."""
    import networkx as nx  # noqa: PLC0415 - heavy, and only needed here
    import numpy as np  # noqa: PLC0415

    flows: nx.DiGraph[str] = nx.DiGraph()
    for link in scenario.inner_links:
        if link.requests_per_job > 0:
            flows.add_edge(link.customer, link.supplier, requests=link.requests_per_job)
    for circle in nx.strongly_connected_components(flows):
        if len(circle) < 2:
            continue
        inside = sorted(circle)
        matrix = nx.to_numpy_array(flows, nodelist=inside, weight="requests")
        values, vectors = np.linalg.eig(matrix)
        strongest = int(np.argmax(values.real))
        radius = float(values[strongest].real)
        if radius >= 1 - 1e-12:
            cycle = _strongest_cycle(inside, matrix, np.abs(vectors[:, strongest].real))
            rule = (
                f"requests breed faster than they die out on the cycle {' > '.join(cycle)}: "
                f"each round of requests begets {radius:.3g} times as many; it must be fewer than 1"
            )
            yield Breach(("links", f"{cycle[0]}>{cycle[1]}", "requests_per_job"), rule)


def _strongest_cycle(names: list[str], matrix: "object", weight: "object") -> list[str]:
    """From supplier to customer along the links that breed most, as the leading eigenvector weighs them."""
    import numpy as np  # noqa: PLC0415

    asked = np.asarray(matrix) * np.asarray(weight)[None, :]
    seen: list[int] = []
    at = int(np.argmax(asked.sum(axis=1)))
    while at not in seen:
        seen.append(at)
        at = int(np.argmax(asked[at]))
    circle = [*seen[seen.index(at) :], at]
    return [names[index] for index in reversed(circle)]


def _teams(scenario: "Scenario") -> Iterator[Breach]:
    """Quality teams have names of their own and work on links that there are between departments."""
    names = [team.name for team in scenario.quality_teams]
    for name in sorted(name for name, times in Counter(names).items() if times > 1):
        yield Breach(("quality_teams", name), "stands twice in the list of quality teams; names are unique")
    links = [link.name for link in scenario.inner_links]
    for team in scenario.quality_teams:
        for place, link in enumerate(team.links):
            if link not in links:
                rule = f"there is no link {shown(link)} between departments"
                yield Breach(("quality_teams", team.name, "links", place), rule, nearest_of(link, links))


def _individuals(scenario: "Scenario") -> Iterator[Breach]:
    """Individuals who differ come before the end."""
    for part in scenario.departments:
        path = ("departments", part.name, "people", "list")
        for place, who in enumerate(part.people.list):
            if who.arrives_day is not None and who.arrives_day >= scenario.days:
                rule = f"{who.arrives_day} is at or beyond the end; the observed days are 0 to {scenario.days - 1}"
                yield Breach((*path, place, "arrives_day"), rule)


def _units(scenario: "Scenario") -> Iterator[Breach]:
    """Units of a tier hold every department once, and a tier's units are whole within those above."""
    management = scenario.management
    names = set(scenario.department_names)
    tiers: list[tuple[int, dict[str, tuple[str, ...]]]] = []
    for tier, units in management.units.items():
        path = ("management", "units", tier)
        number = int(tier) if tier in _TIERS else 0
        if not 2 <= number < max(management.layers, 2):
            between = "a tier from 2 to layers - 1" if management.layers > 2 else "left out with fewer than 3 layers"
            yield Breach(path, f"{shown(tier)} is not allowed: must be {between}; tier 1 heads one department each")
            continue
        yield from _units_of_tier(path, units, names)
        tiers.append((number, units))
    tiers.sort(key=lambda pair: pair[0])
    for expected, (given, _) in enumerate(tiers, start=2):
        if given != expected:
            rule = f"is given, but tier {expected} is not: units of a tier need those of all tiers below it, from 2 on"
            yield Breach(("management", "units", str(given)), rule)
            return
    for (below, lower), (above, upper) in pairwise(tiers):
        head = {member: unit for unit, members in upper.items() for member in members}
        for unit, members in lower.items():
            if len({head.get(member) for member in members}) > 1:
                rule = f"its departments answer to several units of tier {above}; a unit has one head"
                yield Breach(("management", "units", str(below), unit), rule)


def _units_of_tier(path: tuple[str, ...], units: dict[str, tuple[str, ...]], names: Iterable[str]) -> Iterator[Breach]:
    missing = set(names)
    seen: set[str] = set()
    for unit, members in units.items():
        if not members:
            yield Breach((*path, unit), "has no department; a unit heads at least one")
        for member in members:
            if member not in missing | seen:
                rule = f"there is no department {shown(member)}"
                yield Breach((*path, unit), rule, nearest_of(member, names))
            elif member in seen:
                yield Breach((*path, unit), f"{member} stands twice among the units of this tier; it has one head")
            missing.discard(member)
            seen.add(member)
    if missing:
        yield Breach(path, f"every department needs a unit; missing: {', '.join(sorted(missing))}")


def _changes(scenario: "Scenario", whole: bool) -> Iterator[Breach]:
    """Days and keys of the changes; and, where the company is right without them, what they would make of it."""
    for index, change in enumerate(scenario.changes):
        if change.day >= scenario.days:
            rule = f"day {change.day} is at or beyond the end; the observed days are 0 to {scenario.days - 1}"
            yield Breach(("changes", index, "day"), rule)
    for index, key, rule, near in refusals(scenario, try_them=whole):
        yield Breach(("changes", index, "set", key), rule, near)

"""How many requests a year go along each link, and which links are worth an arrow."""

import math
from typing import Final, NamedTuple

from sim.model.calendar import DAYS_PER_YEAR
from sim.scenario.parts import MARKET
from sim.study.results import Results

FEW_LINKS: Final = 24
MOST_LINKS: Final = 48
"""More arrows than these nobody can follow."""
ENOUGH: Final = 0.9
"""When the arrows carry this share of all requests, there are enough of them."""
LinkName = tuple[str, str]


class Drawn(NamedTuple):
    """The links that are drawn: requests a year by supplier and customer, most first, and their share of all."""

    flows: dict[LinkName, float]
    share: float


def requests_a_year(results: Results) -> dict[LinkName, float]:
    """Measured requests, or purchases, of each supplier and customer, as for a whole year."""
    measured = results.means("link")
    per_year = DAYS_PER_YEAR / results.scenario.days
    return {
        (link.supplier, link.customer): measured[link.name]["requests"] * per_year for link in results.scenario.links
    }


def drawn_links(results: Results) -> Drawn:
    """The strongest links of all.

    Where there is room, first those to the market and the strongest of each supplier; few links are drawn all.
    """
    flows = requests_a_year(results)
    ordered = sorted(flows, key=lambda link: (-flows[link], link))
    kept = set({link[0]: link for link in reversed(ordered)}.values()) | {link for link in flows if MARKET in link}
    if len(kept) > MOST_LINKS:
        kept = set()
    whole = math.fsum(flows.values())
    for link in ordered:
        enough = math.fsum(flows[other] for other in kept) >= ENOUGH * whole and len(flows) > FEW_LINKS
        if len(kept) >= MOST_LINKS or (enough and whole > 0):
            break
        kept.add(link)
    chosen = {link: flows[link] for link in ordered if link in kept}
    return Drawn(chosen, math.fsum(chosen.values()) / whole if whole else 0.0)

"""How does a ripple depend on the shape of the network? Run from the folder of the project::

    python -m experiments.shapes.shapes

Twelve departments of four people each, all equally busy, in five shapes: a chain, a hub that all others serve and ask,
a hierarchy, random links, a small world. Each job asks for .8 others, shared evenly by its suppliers. In one department
after another people lose their temper; what becomes of customers and of colleagues is compared on the same luck.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import networkx as nx
import numpy as np
from matplotlib.ticker import MaxNLocator

from sim.scenario.schema import Scenario
from sim.show import style
from sim.study.together import Together

HERE = Path(__file__).parent
COUNT, STAFF, LOAD, ASKED = 12, 4, 0.6, 0.8
PURCHASES_A_DAY, OWN_A_DAY, HOURS = 16.0, 8.0, 8.0
EVEN, BAD = 0.7, 0.3
DRAWN = 4
"""Networks of each shape that is drawn by lot."""
REPLICATIONS = 12
LEAST = 0.05
"""Points of satisfaction: about the half width of an interval."""
REACHED = 0.5
"""Choice: points of morale from which on a department counts as reached."""


class Ripple(NamedTuple):
    """What a bad temper in one department does, in points, with the 95 % interval of what customers feel."""

    shape: str
    network: int
    origin: int
    distance: int
    asked_a_purchase: float
    satisfaction: float
    low: float
    high: float
    morale_of_others: float
    reached: float


def shapes() -> Iterator[tuple[str, int, "nx.DiGraph[int]"]]:
    """Networks whose links run from the supplier to the customer; department 0 serves the market."""
    yield "chain", 0, nx.DiGraph((place + 1, place) for place in range(COUNT - 1))
    spokes = [(place, 1) for place in range(2, COUNT)]
    yield "hub", 0, nx.DiGraph([(1, 0), *spokes, *((hub, spoke) for spoke, hub in spokes)])
    yield "hierarchy", 0, nx.DiGraph((place, (place - 1) // 2) for place in range(1, COUNT))
    for number in range(DRAWN):
        yield "random", number, directed(nx.gnm_random_graph(COUNT, 22, seed=100 + number))
        yield "small world", number, directed(nx.connected_watts_strogatz_graph(COUNT, 4, 0.2, seed=200 + number))


def directed(drawn: "nx.Graph[int]") -> "nx.DiGraph[int]":
    """Each link towards whoever is nearer to department 0, and on a tie to the lower number; all are joined to it."""
    parts = list(nx.connected_components(drawn))
    for part in parts:
        if 0 not in part:
            drawn.add_edge(min(part), 0)
    away = nx.single_source_shortest_path_length(drawn, 0)
    return nx.DiGraph(
        (max(pair, key=lambda one: (away[one], one)), min(pair, key=lambda one: (away[one], one)))
        for pair in drawn.edges
    )


def company(shape: str, network: "nx.DiGraph[int]", origin: int | None = None) -> Scenario:
    """A company of this shape in which all are equally busy; in ``origin`` people lose their temper."""
    asked = {(supplier, customer): ASKED / network.in_degree(customer) for supplier, customer in network.edges}
    requests = np.zeros((COUNT, COUNT))
    for (supplier, customer), number in asked.items():
        requests[supplier, customer] = number
    begin = np.full(COUNT, OWN_A_DAY) + np.where(np.arange(COUNT) == 0, PURCHASES_A_DAY, 0.0)
    jobs = np.linalg.solve(np.eye(COUNT) - requests, begin)
    handling = LOAD * STAFF * HOURS / jobs
    return Scenario.model_validate(
        {
            "name": f"{shape}-{'calm' if origin is None else origin}".replace(" ", "-"),
            "days": 250,
            "warm_up_days": 60,
            "market": {"customers": 1000, "purchases_per_year": PURCHASES_A_DAY / 4.0, "new_customers_per_year": 110},
            "departments": [
                {
                    "name": f"d{place}",
                    "staff": STAFF,
                    "handling_hours": float(handling[place]),
                    "background_jobs_per_day": OWN_A_DAY,
                    "people": {"temper": BAD if place == origin else EVEN},
                }
                for place in range(COUNT)
            ],
            "links": [
                {"supplier": "d0", "customer": "market", "acceptable_wait_hours": 32.0},
                *(
                    {
                        "supplier": f"d{supplier}",
                        "customer": f"d{customer}",
                        "requests_per_job": number,
                        "acceptable_wait_hours": 8.0,
                    }
                    for (supplier, customer), number in asked.items()
                ),
            ],
            "laws": {"disposition_spread": 0.03, "temper_spread": 0.03, "private_mood": 0.05},
        }
    )


def ripples(shape: str, number: int, network: "nx.DiGraph[int]") -> Iterator[Ripple]:
    """One for each department that loses its temper."""
    together = Together(seed=1)
    calm = company(shape, network)
    upset = [company(shape, network, origin) for origin in range(COUNT)]
    together.live([(scenario, REPLICATIONS) for scenario in (calm, *upset)])
    away = nx.single_source_shortest_path_length(network.reverse(), 0)
    visits = asked_a_purchase(network)
    for origin, scenario in enumerate(upset):
        felt = together.difference(calm, scenario, "customer_satisfaction", REPLICATIONS)
        others = [
            together.difference(calm, scenario, "morale", REPLICATIONS, "department", f"d{place}")
            for place in range(COUNT)
            if place != origin
        ]
        moved = [other.mean for other in others]
        reached = float(np.mean([other.mean < -REACHED and other.high < 0.0 for other in others]))
        yield Ripple(
            shape,
            number,
            origin,
            away[origin],
            visits[origin],
            felt.mean,
            felt.low,
            felt.high,
            float(np.mean(moved)),
            reached,
        )


def asked_a_purchase(network: "nx.DiGraph[int]") -> np.ndarray:
    """How many jobs of each department a purchase calls for."""
    requests = np.zeros((COUNT, COUNT))
    for supplier, customer in network.edges:
        requests[supplier, customer] = ASKED / network.in_degree(customer)
    return np.linalg.solve(np.eye(COUNT) - requests, np.eye(COUNT)[0])


def draw(rows: list[Ripple]) -> None:
    """What customers lose, by how far from them the temper was lost."""
    with style.look():
        _draw(rows)


def _draw(rows: list[Ripple]) -> None:
    names = list(dict.fromkeys(row.shape for row in rows))
    title = "A ripple fades at every link: the first lets most through at a hub, least where many share the work"
    sheet = style.figure()
    below = style.sentence(sheet, title, 0.965)
    below = style.note(
        sheet, f"Logarithmic; what is less than {LEAST:g} points is not told from luck and not drawn.", below
    )
    axes = sheet.add_axes((0.08, 0.13, 0.88, below - 0.2))
    colours = (style.BLUE, style.VERMILION, style.GREEN, style.ORANGE, style.INK)
    for name, colour, mark in zip(names, colours, "osD^v", strict=True):
        mine = [row for row in rows if row.shape == name]
        means = {
            away: -float(np.mean([row.satisfaction for row in mine if row.distance == away]))
            for away in sorted({row.distance for row in mine})
        }
        seen = [lost if lost >= LEAST else np.nan for lost in means.values()]
        axes.plot(list(means)[:6], seen[:6], f"{mark}-", color=colour, markersize=10, label=name)
    axes.set_yscale("log")
    axes.set_ylim(LEAST, 20.0)
    axes.set_yticks([0.1, 1.0, 10.0], [".1", "1", "10"])
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y")
    axes.set_xlabel("links between that department and the customers' front line")
    axes.set_ylabel("lost satisfaction, points of 100")
    axes.legend()
    style.save(sheet, HERE / "shapes.png")


def main() -> None:
    rows = [row for shape, number, network in shapes() for row in ripples(shape, number, network)]
    with (HERE / "findings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Ripple._fields)
        writer.writerows([f"{cell:.6g}" if isinstance(cell, float) else cell for cell in row] for row in rows)
    draw(rows)
    print(
        "| shape | satisfaction lost, mean over origins | worst origin | morale of the others | departments reached |"
    )
    print("| --- | --- | --- | --- | --- |")
    for name in dict.fromkeys(row.shape for row in rows):
        mine = [row for row in rows if row.shape == name]
        lost = -float(np.mean([row.satisfaction for row in mine]))
        worst = max(mine, key=lambda row: -row.satisfaction)
        others, reached = (
            float(np.mean([getattr(row, name) for row in mine])) for name in ("morale_of_others", "reached")
        )
        at = f"{-worst.satisfaction:.2f} ({worst.distance} links away)"
        print(f"| {name} | {lost:.2f} | {at} | {others:.2f} | {reached:.0%} |".replace("-", "−"))
    share = np.corrcoef([row.asked_a_purchase for row in rows], [-row.satisfaction for row in rows])[0, 1]
    print(f"\nr of what a purchase asks of a department and what its temper costs: {share:.2f}")


if __name__ == "__main__":
    main()

"""Everybody has customers: the way from each department to the customer outside (A1)."""

import itertools

import networkx as nx
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from sim.model.graph import company_graph, distances
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario
from sim.show import style
from sim.show.arrows import LINK_COLOUR, Node, Routes, arrow
from sim.show.claims.sheet import About, begun
from sim.show.language import Language
from sim.show.layout import Box, layout
from sim.show.lettering import LINE, text_width
from sim.show.names import names_of
from sim.study.claims.verdict import Tried

_RADIUS, _LETTERS = 36.0, 19.0


def longest_way(scenario: Scenario) -> list[str]:
    """The shortest way to the market of the department that is farthest from it."""
    graph = company_graph(scenario)
    away = distances(graph)
    farthest = max(scenario.department_names, key=lambda name: (away.get(name, 0), name == "cleaning"))
    return list(nx.shortest_path(graph, farthest, MARKET))


def reach_title(scenario: Scenario, found: Tried, say: Language) -> str:
    """How many departments have customers, and how far the farthest is away."""
    n, share = found.effect.n, found.effect.mean
    way = longest_way(scenario)
    name = names_of(scenario, say)[way[0]]
    if share == 1.0:
        return say(
            "The work of all {n} departments reaches the customer outside; that of {name}, here, in {steps} steps",
            n=n,
            name=name,
            steps=len(way) - 1,
        )
    return say("The work of {share} of {n} departments reaches the customer outside", share=say.percent(share), n=n)


def draw_reach(about: About, scenario: Scenario, found: Tried, say: Language) -> Figure:
    """The chart: who serves whom, with the longest way."""
    with style.look():
        note = say("Arrows run from supplier to customer; the strong ones: the way of those who are farthest away")
        sheet, below = begun(about, reach_title(scenario, found, say), [note], say)
        axes = sheet.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, style.WIDTH), ylim=(0, style.HEIGHT))
        axes.set_axis_off()
        edge = style.MARGIN * style.WIDTH
        box = Box(edge, 90, style.WIDTH - edge, below * style.HEIGHT - 20)
        _draw_company(axes, scenario, box, say)
        return sheet


def _draw_company(axes: Axes, scenario: Scenario, box: Box, say: Language) -> None:
    flows = {(link.supplier, link.customer): 1.0 for link in scenario.links}
    places = layout(scenario, flows, box._replace(bottom=box.bottom + LINE)).places
    way = longest_way(scenario)
    strong = set(itertools.pairwise(way))
    names = names_of(scenario, say) | {MARKET: say("Customer")}
    nodes = {
        name: Node(Box(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS), _name_box(names[name], x, y))
        for name, (x, y) in places.items()
    }
    routes = Routes(box, nodes.values())
    for pair in sorted(flows, key=lambda pair: pair not in strong):
        curve = routes.between(nodes[pair[0]], nodes[pair[1]])
        on_way = pair in strong
        shape = arrow(
            curve,
            12.0 if on_way else 4.0,
            facecolor=style.VERMILION if on_way else LINK_COLOUR,
            alpha=1.0 if on_way else 0.6,
            zorder=2 if on_way else 1,
        )
        if shape is not None:
            axes.add_patch(shape)
    for name, (x, y) in places.items():
        colour = style.INK if name == MARKET else style.VERMILION if name in way else style.BLUE
        axes.add_patch(Circle((x, y), _RADIUS, facecolor=colour, edgecolor=style.INK, linewidth=1.5, zorder=3))
        axes.text(
            x,
            y - _RADIUS - 6,
            names[name],
            ha="center",
            va="top",
            size=_LETTERS,
            weight="bold" if name in way or name == MARKET else "normal",
            path_effects=style.halo(),
            zorder=4,
        )


def _name_box(name: str, x: float, y: float) -> Box:
    half, top = text_width(name, _LETTERS, "bold") / 2 + 10, y - _RADIUS - 2
    return Box(x - half, top - 1.4 * LINE, x + half, top)

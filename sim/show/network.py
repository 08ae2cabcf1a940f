"""The company as a network: who serves whom, how much, and how busy everybody is."""

from math import sqrt
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from sim.model.calendar import DAYS_PER_YEAR
from sim.scenario.schema import MARKET, Scenario
from sim.show import key, style
from sim.show.arrows import LINK_COLOUR, Node, Routes, arrow
from sim.show.labels import Label, Text, placed
from sim.show.layout import CROWD, Box, Layout, layout
from sim.show.lettering import LINE, text_width
from sim.show.means import filled, means
from sim.show.words import names_of, number, percent, said
from sim.study.results import Results

MOST_LINKS = 48
"""More arrows than these nobody can follow."""
ENOUGH_REQUESTS = 0.9
"""The strongest links that carry this share of all requests are drawn, up to ``MOST_LINKS``."""
SOME_NAMES = 30
"""How many names are tried in a crowd."""

_HEADER = 44.0
_ROOM_FOR_DETAILS = 150.0
_SMALLEST_CIRCLE, _LARGEST_CIRCLE = 4.0, key.LARGEST_CIRCLE
_THICKEST, _THINNEST = 15.0, 1.2
_MARKET_CIRCLE = 34.0
LinkName = tuple[str, str]


class Drawn(NamedTuple):
    """What is drawn of the links: requests a year of each, strongest first, and how much of all that is."""

    flows: dict[LinkName, float]
    share: float


def drawn_links(results: Results) -> Drawn:
    """In a small company the strongest link of every supplier, and then the strongest of all."""
    flows = _requests_a_year(results)
    ordered = sorted(flows, key=lambda link: (-flows[link], link))
    first = {supplier: link for link in reversed(ordered) for supplier in link[:1]}
    kept = set(first.values()) if len(first) < MOST_LINKS else set()
    enough = ENOUGH_REQUESTS * sum(flows.values())
    for link in ordered:
        if len(kept) >= MOST_LINKS or sum(flows[other] for other in kept) >= enough > 0:
            break
        kept.add(link)
    chosen = {link: flows[link] for link in ordered if link in kept}
    return Drawn(chosen, sum(chosen.values()) / (sum(flows.values()) or 1.0))


def network_title(results: Results, language: str = "en") -> str:
    """What the chart says, in a sentence."""
    busy = filled(means(results, "department", "utilisation"))
    busiest = max(busy, key=lambda name: busy[name])
    if busy[busiest] == 0:
        return said("network at rest", language)
    front, n = len(results.scenario.front_line), len(busy)
    return said(
        "network of one" if n == 1 else "network of all" if front == n else "network",
        language,
        front=front,
        n=n,
        name=names_of(results.scenario, language)[busiest],
        busy=percent(busy[busiest], language),
    )


def draw_network(results: Results, language: str = "en") -> Figure:
    """The chart."""
    with style.look():
        sheet = style.figure()
        below = style.heading(sheet, network_title(results, language), results, language)
        drawn = drawn_links(results)
        below = style.note(sheet, _note(results.scenario, drawn, language), below)
        axes = sheet.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, style.WIDTH), ylim=(0, style.HEIGHT))
        axes.set_axis_off()
        edge = style.MARGIN * style.WIDTH
        box = Box(edge, key.HEIGHT, style.WIDTH - edge, below * style.HEIGHT - _HEADER)
        _Picture(results, drawn, box, language).draw(axes)
        return sheet


class _Picture:
    """Everything between the title and the footer."""

    def __init__(self, results: Results, drawn: Drawn, box: Box, language: str) -> None:
        self.scenario = results.scenario
        self.language = language
        self.box = box
        self.drawn = drawn.flows
        self.busy = filled(means(results, "department", "utilisation"))
        self.staff = {department.name: department.staff for department in results.scenario.departments}
        inner = box._replace(bottom=box.bottom + 1.2 * LINE + 10, top=box.top - 8)
        self.layout: Layout = layout(results.scenario, _requests_a_year(results), inner)
        cell_width, cell_height = self.layout.cell_width, self.layout.cell_height
        beside_name = (cell_height - 2 * LINE - 14) / 2
        self.largest_circle = min(max(beside_name, 0.25 * cell_height), 0.3 * cell_width, _LARGEST_CIRCLE)
        self.most_requests = max(self.drawn.values(), default=0.0)
        as_many_as_the_most = sum(self.drawn.values()) / (self.most_requests or 1.0)
        self.thickest = min(_THICKEST, self.largest_circle / 2, 12 * _THICKEST / max(as_many_as_the_most, 1.0))
        self.radii = {name: self.radius(staff) for name, staff in self.staff.items()} | {MARKET: _MARKET_CIRCLE}
        self.circles = {name: self.around(name) for name in self.layout.places}

    def radius(self, staff: float) -> float:
        """The area of a circle grows with the staff."""
        return max(_SMALLEST_CIRCLE, self.largest_circle * sqrt(staff / max(self.staff.values())))

    def width(self, flow: float) -> float:
        """The width of an arrow grows with the requests."""
        if self.most_requests == 0:
            return _THINNEST
        return max(_THINNEST, self.thickest * flow / self.most_requests)

    def around(self, name: str) -> Box:
        """The square around a circle."""
        x, y = self.layout.places[name]
        radius = self.radii[name]
        return Box(x - radius, y - radius, x + radius, y + radius)

    def draw(self, axes: Axes) -> None:
        """Columns behind, then arrows, circles and names, and the key below."""
        labels = placed(self.names(), self.circles, self.layout.cell_width, self.box)
        self.draw_columns(axes)
        nodes = {
            name: Node(circle, labels[name].box if name in labels else None) for name, circle in self.circles.items()
        }
        routes = Routes(self.box, nodes.values())
        for (supplier, customer), flow in self.drawn.items():
            curve = routes.between(nodes[supplier], nodes[customer])
            shape = arrow(
                curve, self.width(flow), facecolor=LINK_COLOUR, alpha=0.5 if len(self.staff) > CROWD else 0.75
            )
            if shape is not None:
                axes.add_patch(shape)
        for name, place in self.layout.places.items():
            colour = style.INK if name == MARKET else style.STATES(min(self.busy[name], 1.0))
            edge = 1.5 if name in labels else 0.3
            circle = Circle(place, self.radii[name], facecolor=colour, edgecolor=style.INK, linewidth=edge, zorder=3)
            axes.add_patch(circle)
        for label in labels.values():
            self.write(axes, label)
        self.draw_key(axes)

    def write(self, axes: Axes, label: Label) -> None:
        """A name and what is below it, over whatever lies there."""
        x, _ = label.box.middle
        y = label.box.top - LINE / 2
        for line in label.lines:
            axes.text(x, y, line, ha="center", va="center", path_effects=style.halo(), zorder=4)
            y -= LINE
        axes.text(x, y, label.detail, ha="center", va="center", color=style.SOFT, path_effects=style.halo(), zorder=4)

    def names(self) -> dict[str, Text]:
        """Whose name is written, the most important first: the large and the busy."""
        by_staff = sorted(self.staff, key=lambda name: -self.staff[name])
        by_load = sorted(self.busy, key=lambda name: -self.busy[name])
        in_turn = list(dict.fromkeys(name for pair in zip(by_load, by_staff, strict=True) for name in pair))
        if len(in_turn) > CROWD:
            del in_turn[SOME_NAMES:]
        texts = names_of(self.scenario, self.language)
        details = self.layout.cell_height > _ROOM_FOR_DETAILS
        shares = {name: percent(self.busy[name], self.language) if details else "" for name in in_turn}
        return {MARKET: Text(said("customer", self.language))} | {
            name: Text(texts[name], shares[name]) for name in in_turn
        }

    def draw_columns(self, axes: Axes) -> None:
        """Pale bands, each with its distance to the customer above."""
        box = self.box
        for column in self.layout.columns:
            shade = "#f4f5f7" if column.distance % 2 else style.BACKGROUND
            corner, width = (column.left, box.bottom), column.right - column.left
            axes.add_patch(Rectangle(corner, width, box.height + _HEADER, facecolor=shade, linewidth=0, zorder=0))
            if column.distance == 0:
                continue
            text = self.header(column.distance, width)
            middle = (column.left + column.right) / 2
            axes.text(middle, box.top + _HEADER / 2, text, ha="center", va="center", color=style.SOFT)

    def header(self, steps: int, width: float) -> str:
        """How far a column is from the customer, in the longest words that fit."""
        key = "step" if steps == 1 else "steps"
        long, short = (said(word, self.language, n=steps) for word in (key, f"{key}, short"))
        return next((text for text in (long, short) if text_width(text) < width - 10), str(steps))

    def draw_key(self, axes: Axes) -> None:
        """What colours, sizes and widths mean."""
        left, width = self.box.left, self.box.width
        key.draw_states(axes, left, self.language)
        key.draw_sizes(axes, left + 0.31 * width, max(self.staff.values()), self.radius, self.language)
        key.draw_widths(axes, left + 0.6 * width, self.most_requests, self.width, self.language)


def _requests_a_year(results: Results) -> dict[LinkName, float]:
    measured = filled(means(results, "link", "requests"))
    per_year = DAYS_PER_YEAR / results.scenario.days
    return {(link.supplier, link.customer): measured[link.name] * per_year for link in results.scenario.links}


def _note(scenario: Scenario, drawn: Drawn, language: str) -> str:
    if len(drawn.flows) == len(scenario.links):
        text = said("all links drawn", language)
    else:
        share = percent(drawn.share, language)
        text = said("links drawn", language, n=len(drawn.flows), all=number(len(scenario.links), language), share=share)
    return f"{text}; {said('names shown', language)}" if len(scenario.departments) > CROWD else text

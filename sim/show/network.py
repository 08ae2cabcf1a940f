"""The company as a network: who serves whom, how much, and how busy everybody is."""

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from sim.scenario.parts import MARKET
from sim.show import key, style
from sim.show.arrows import LINK_COLOUR, Node, Routes, arrow
from sim.show.flows import Drawn, drawn_links, requests_a_year
from sim.show.labels import Label, Text, placed
from sim.show.language import ENGLISH, Language
from sim.show.layout import CROWD, Box, layout
from sim.show.lettering import LINE, text_width
from sim.show.names import names_of
from sim.study.results import Results

SOME_NAMES = 30
"""How many names are tried in a crowd."""

_HEADER = 44.0
_ROOM_FOR_DETAILS = 150.0
_SMALLEST_CIRCLE, _MARKET_CIRCLE = 4.0, 34.0
_THINNEST, _THICKEST, _FULL_WIDTHS = 1.2, 15.0, 12.0
_OPACITY, _IN_A_CROWD = 0.75, 0.5


def network_title(results: Results, say: Language = ENGLISH) -> str:
    """What the chart says, in a sentence."""
    busy = _busy(results)
    busiest = max(busy, key=lambda name: busy[name])
    if busy[busiest] == 0:
        return say("Nobody is at work in any department")
    flows = requests_a_year(results)
    front, n = sum(flows[link] > 0 for link in flows if MARKET in link), len(busy)
    name, share = names_of(results.scenario, say)[busiest], say.percent(busy[busiest])
    if n == 1:
        return say(
            "One department, {name}, serves the customer; it is at work {share} of its time", name=name, share=share
        )
    if front == n:
        return say(
            "Customers deal with all {n} departments; the busiest, {name}, is at work {share} of its time",
            n=n,
            name=name,
            share=share,
        )
    return say(
        "Customers deal with {front} of {n} departments; the busiest of all, {name}, is at work {share} of its time",
        front=front,
        n=n,
        name=name,
        share=share,
    )


def draw_network(results: Results, say: Language = ENGLISH) -> Figure:
    """The chart."""
    with style.look():
        sheet = style.figure()
        below = style.heading(sheet, network_title(results, say), results, say)
        drawn = drawn_links(results)
        below = style.note(sheet, _note(results, drawn, say), below)
        axes = sheet.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, style.WIDTH), ylim=(0, style.HEIGHT))
        axes.set_axis_off()
        edge = style.MARGIN * style.WIDTH
        box = Box(edge, key.HEIGHT, style.WIDTH - edge, below * style.HEIGHT - _HEADER)
        _Picture(results, drawn, box, say).draw(axes)
        return sheet


def _busy(results: Results) -> dict[str, float]:
    """The utilisation of each department; 0 where nobody was there to work."""
    found = {name: outcomes["utilisation"] for name, outcomes in results.means("department").items()}
    return {name: 0.0 if math.isnan(share) else share for name, share in found.items()}


def _note(results: Results, drawn: Drawn, say: Language) -> str:
    texts = [say("Arrows run from supplier to customer")]
    links = results.scenario.links
    if len(drawn.flows) < len(links):
        n, of_all, share = len(drawn.flows), len(links), say.percent(drawn.share)
        texts.append(say("drawn: {n} of {all}, with {share} of all requests", n=n, all=of_all, share=share))
    if len(results.scenario.departments) > CROWD:
        texts.append(say("named: the largest and the busiest"))
    return "; ".join(texts)


class _Picture:
    """Everything between the title and the footer."""

    def __init__(self, results: Results, drawn: Drawn, box: Box, say: Language) -> None:
        self.scenario = results.scenario
        self.say = say
        self.box = box
        self.flows = drawn.flows
        self.busy = _busy(results)
        self.staff = {department.name: department.staff for department in results.scenario.departments}
        self.crowded = len(self.staff) > CROWD
        inner = box._replace(bottom=box.bottom + 1.2 * LINE + 10, top=box.top - 8)
        self.layout = layout(results.scenario, requests_a_year(results), inner)
        cell_width, cell_height = self.layout.cell_width, self.layout.cell_height
        beside_name = (cell_height - 2 * LINE - 14) / 2
        self.largest_circle = min(max(beside_name, 0.25 * cell_height), 0.3 * cell_width, key.LARGEST_CIRCLE)
        self.most_requests = max(self.flows.values(), default=0.0)
        as_many_as_the_most = sum(self.flows.values()) / (self.most_requests or 1.0)
        self.thickest = _THICKEST * min(1.0, _FULL_WIDTHS / max(as_many_as_the_most, 1.0))
        self.thickest = min(self.thickest, self.largest_circle / 2)
        self.radii = {name: self.radius(staff) for name, staff in self.staff.items()} | {MARKET: _MARKET_CIRCLE}
        self.circles = {name: self.around(name) for name in self.layout.places}

    def radius(self, staff: float) -> float:
        """The area of a circle grows with the staff."""
        return max(_SMALLEST_CIRCLE, self.largest_circle * math.sqrt(staff / max(self.staff.values())))

    def width(self, flow: float) -> float:
        """The width of an arrow grows with the requests."""
        return max(_THINNEST, self.thickest * flow / self.most_requests) if self.most_requests else _THINNEST

    def around(self, name: str) -> Box:
        """The square around a circle."""
        x, y = self.layout.places[name]
        radius = self.radii[name]
        return Box(x - radius, y - radius, x + radius, y + radius)

    def draw(self, axes: Axes) -> None:
        """Columns behind, then arrows, circles and names, and the key below."""
        labels = placed(self.names(), self.circles, self.layout.cell_width, self.box)
        self.draw_columns(axes)
        self.draw_arrows(axes, labels)
        for name, place in self.layout.places.items():
            colour = style.INK if name == MARKET else style.STATES(min(self.busy[name], 1.0))
            edge = 1.5 if name in labels else 0.3
            circle = Circle(place, self.radii[name], facecolor=colour, edgecolor=style.INK, linewidth=edge, zorder=3)
            axes.add_patch(circle)
        for label in labels.values():
            self.write(axes, label)
        self.draw_key(axes)

    def draw_columns(self, axes: Axes) -> None:
        """Pale bands, each with its distance to the customer above."""
        box = self.box
        for column in self.layout.columns:
            shade = style.PALE if column.distance % 2 else style.BACKGROUND
            corner, width = (column.left, box.bottom), column.right - column.left
            axes.add_patch(Rectangle(corner, width, box.height + _HEADER, facecolor=shade, linewidth=0, zorder=0))
            if column.distance:
                middle, text = (column.left + column.right) / 2, self.header(column.distance, width)
                axes.text(middle, box.top + _HEADER / 2, text, ha="center", va="center", color=style.SOFT)

    def header(self, steps: int, width: float) -> str:
        """How far a column is from the customer, in the longest words that fit."""
        texts = (
            self.say.counted("{n} step from the customer", "{n} steps from the customer", steps),
            self.say.counted("{n} step", "{n} steps", steps),
        )
        return next((text for text in texts if text_width(text) < width - 10), str(steps))

    def draw_arrows(self, axes: Axes, labels: dict[str, Label]) -> None:
        """The strongest first: it has the choice of ways, and the others lie on it."""
        names = {name: label.box for name, label in labels.items()}
        nodes = {name: Node(circle, names.get(name)) for name, circle in self.circles.items()}
        routes = Routes(self.box, nodes.values())
        opacity = _IN_A_CROWD if self.crowded else _OPACITY
        for (supplier, customer), flow in self.flows.items():
            curve = routes.between(nodes[supplier], nodes[customer])
            shape = arrow(curve, self.width(flow), facecolor=LINK_COLOUR, alpha=opacity)
            if shape is not None:
                axes.add_patch(shape)

    def names(self) -> dict[str, Text]:
        """Whose name is written, the most important first: the busiest, the largest, the second busiest ..."""
        by_staff = sorted(self.staff, key=lambda name: -self.staff[name])
        by_load = sorted(self.busy, key=lambda name: -self.busy[name])
        in_turn = list(dict.fromkeys(name for pair in zip(by_load, by_staff, strict=True) for name in pair))
        if self.crowded:
            del in_turn[SOME_NAMES:]
        known = names_of(self.scenario, self.say)
        texts = {MARKET: Text(self.say("Customer"))}
        roomy = self.layout.cell_height > _ROOM_FOR_DETAILS
        for name in in_turn:
            texts[name] = Text(known[name], self.say.percent(self.busy[name]) if roomy else "")
        return texts

    def write(self, axes: Axes, label: Label) -> None:
        """A name and what is below it, over whatever lies there."""
        x, _ = label.box.middle
        y = label.box.top - LINE / 2
        lines = [(line, style.INK) for line in label.lines] + [(label.detail, style.SOFT)]
        for row, (line, colour) in enumerate(lines):
            place = (x, y - row * LINE)
            axes.text(*place, line, ha="center", va="center", color=colour, path_effects=style.halo(), zorder=4)

    def draw_key(self, axes: Axes) -> None:
        """What colours, sizes and widths mean."""
        left, width = self.box.left, self.box.width
        key.draw_states(axes, left, self.say)
        key.draw_sizes(axes, left + 0.31 * width, max(self.staff.values()), self.radius, self.say)
        key.draw_widths(axes, left + 0.6 * width, self.most_requests, self.width, self.say)

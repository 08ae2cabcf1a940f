"""Two companies side by side on one scale: the same departments, coloured by morale, and who serves whom how much."""

from typing import Any, Final

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from sim.model.calendar import DAYS_PER_YEAR
from sim.model.measures import DEPARTMENT, LINK
from sim.model.record import Floats
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario
from sim.show import key, style
from sim.show.amounts import signed
from sim.show.arrows import LINK_COLOUR, Node, Routes, arrow
from sim.show.compare.sheet import begun
from sim.show.flows import LinkName
from sim.show.labels import Label, Text, below
from sim.show.language import Language
from sim.show.layout import Box, common_layout
from sim.show.lettering import DPI, LINE, SMALLEST, balanced
from sim.show.names import names_of, titled
from sim.study.compare.comparison import Comparison
from sim.study.compare.why import states

STATE: Final = "morale"
SHADES: Final = matplotlib.colormaps["cividis"]
_MOST_LINKS: Final = 30
_WIDER: Final = (2.2, 1.9, 1.6, 1.45, 1.3, 1.15)
"""Cells that a name may take where its own is too narrow, as many as nothing else is in."""
_UNDER_NAMES: Final = 26.0
_SMALLEST, _MARKET_CIRCLE, _WHITE = 7.0, 26.0, 15.0
_THINNEST, _THICKEST = 0.8, 9.0
_LIFT: Final = 0.25
"""How far above the middle of its cell a circle stands, as a share of the cell's height: its name is under it."""


def networks_title(comparison: Comparison, scenario: Scenario, say: Language) -> str:
    """Where morale differs most beyond luck, by the intervals of the departments' table."""
    names = names_of(comparison.base, say) | names_of(scenario, say)
    looked = {part.where: part.difference for part in states(comparison, scenario) if part.outcome == STATE}
    found = {name: difference for name, difference in looked.items() if difference.is_seen}
    title = titled(scenario, say)
    if looked and all(difference.is_nothing for difference in looked.values()):
        return say("With “{title}” morale is the same in every department and replication", title=title)
    if not found:
        return say("With “{title}” morale differs in no department beyond luck", title=title)
    most = max(found, key=lambda name: abs(found[name].mean))
    return say.counted(
        "With “{title}” morale differs in {n} department, most in {name} ({points} points)",
        "With “{title}” morale differs in {n} departments, most in {name} ({points} points)",
        len(found),
        title=title,
        name=names[most],
        points=signed(found[most].mean, "points", say),
    )


def draw_networks(comparison: Comparison, scenario: Scenario, say: Language) -> Figure:
    """The chart of the base and one scenario: what both have stands at the same place, with its name under it."""
    with style.look():
        pair = _Pair(comparison, (comparison.base, scenario))
        sheet, below = begun(comparison, networks_title(comparison, scenario, say), [_note(pair, say)], say)
        axes = sheet.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, style.WIDTH), ylim=(0, style.HEIGHT))
        axes.set_axis_off()
        edge = style.MARGIN * style.WIDTH
        half = (style.WIDTH - 3 * edge) / 2
        top = below * style.HEIGHT - 8
        names = [balanced(titled(item, say), half, 2, weight="bold") for item in pair.scenarios]
        box = Box(edge, key.HEIGHT, edge + half, top - max(map(len, names)) * LINE - _UNDER_NAMES)
        picture = _Picture(pair, box, say)
        for side, (item, lines) in enumerate(zip(pair.scenarios, names, strict=True)):
            axes.text(edge + side * (half + edge), top, "\n".join(lines), weight="bold", va="top", linespacing=1.2)
            picture.draw(axes, item, side * (half + edge))
        picture.draw_key(axes)
        return sheet


class _Pair:
    """What both sides are drawn from: morale, requests a year and people of each department, on common scales."""

    def __init__(self, comparison: Comparison, scenarios: tuple[Scenario, Scenario]) -> None:
        self.scenarios = scenarios
        self.states = {item.name: _states(comparison, item) for item in scenarios}
        self.flows = {item.name: _flows(comparison, item) for item in scenarios}
        self.staff = {
            item.name: {part.name: 0 if part.contract else part.staff for part in item.departments}
            for item in scenarios
        }
        known = [value for state in self.states.values() for value in state.values() if not np.isnan(value)]
        low, high = min(known, default=0.0), max(known, default=1.0)
        self.scale = Normalize(low, high if high > low else low + 1.0)
        links = dict.fromkeys(link for part in self.flows.values() for link in part)
        both = {link: sum(part.get(link, 0.0) for part in self.flows.values()) / 2 for link in links}
        self.links = dict(sorted(both.items(), key=lambda item: (-item[1], item[0]))[:_MOST_LINKS])
        self.all_links = both

    def largest(self, name: str) -> int:
        """The most people that a department has on either side."""
        return max(part.get(name, 0) for part in self.staff.values())


def _note(pair: _Pair, say: Language) -> str:
    texts = [say("Arrows run from supplier to customer; numbers: morale")]
    if len(pair.links) < len(pair.all_links):
        texts.append(say("drawn: the {n} with the most requests, of {all}", n=len(pair.links), all=len(pair.all_links)))
    return "; ".join(texts)


class _Picture:
    """One arrangement of the departments of both sides, drawn twice."""

    def __init__(self, pair: _Pair, box: Box, say: Language) -> None:
        self.pair = pair
        self.say = say
        self.box = box
        self.plan = common_layout(pair.scenarios, pair.all_links, box)
        self.names = {MARKET: say("Customer")}
        for item in reversed(pair.scenarios):
            self.names |= names_of(item, say)
        line = 1.2 * SMALLEST / 72 * DPI
        height = self.plan.cell_height
        room = min(0.3 * self.plan.cell_width, max((height - 2 * line - 12) / 2, (height - line - 12) / 2.4))
        self.most_radius = max(_SMALLEST, min(room, key.LARGEST_CIRCLE))
        self.most_people = max([1, *(count for part in pair.staff.values() for count in part.values())])
        self.most_requests = max([1.0, *(flow for part in pair.flows.values() for flow in part.values())])
        self.circles = {name: self.around(name, self.radius(pair.largest(name))) for name in self.plan.places}
        self.circles[MARKET] = self.around(MARKET, _MARKET_CIRCLE)
        self.labels = {item.name: self.labelled(item) for item in pair.scenarios}
        self.curves = self.routed()

    def radius(self, people: float) -> float:
        """The area of a circle grows with the people."""
        return float(max(_SMALLEST, self.most_radius * np.sqrt(people / self.most_people)))

    def width(self, flow: float) -> float:
        """The width of an arrow grows with the requests."""
        return max(_THINNEST, _THICKEST * flow / self.most_requests)

    def around(self, name: str, radius: float) -> Box:
        """The square around a circle."""
        x, y = self.plan.places[name]
        y += min(_LIFT * self.plan.cell_height, self.plan.cell_height / 2 - radius) if name != MARKET else 0.0
        return Box(x - radius, y - radius, x + radius, y + radius)

    def labelled(self, item: Scenario) -> dict[str, Label]:
        """The names of one side: each in the room of its own cell, and wider than that where nothing is in the way."""
        labels = {name: label for name in self.plan.places if (label := self.label(item, name)) is not None}
        beyond = style.MARGIN * style.WIDTH / 2
        left, right = self.box.left - beyond, self.box.right + beyond
        for name in [name for name, label in labels.items() if any("…" in line for line in label.lines)]:
            others = [label.box for other, label in labels.items() if other != name]
            others += [circle for other, circle in self.circles.items() if other != name]
            for wider in _WIDER:
                label = self.label(item, name, wider)
                if label is None or label.box.left < left or label.box.right > right:
                    continue
                if not any(label.box.meets(other) for other in others):
                    labels[name] = label
                    break
        return labels

    def label(self, item: Scenario, name: str, wider: float = 1.0) -> Label | None:
        """A name and the morale there, under the circle; ``None`` where there is no room for any."""
        if name != MARKET and name not in self.pair.staff[item.name]:
            return None
        state = self.pair.states[item.name].get(name, float("nan"))
        text = Text(self.names[name], "" if np.isnan(state) else self.say.number(state))
        x, y = self.plan.places[name]
        if name == MARKET:
            width = 2 * (self.box.right - x) + style.MARGIN * style.WIDTH  # half a margin more on either side
            return below(text, self.circles[name], width, self.box.bottom, SMALLEST)
        width, bottom = wider * self.plan.cell_width, y - self.plan.cell_height / 2
        return below(text, self.circles[name], width, bottom, SMALLEST)

    def routed(self) -> dict[LinkName, Floats]:
        """The way of each arrow, the same on both sides: round the circles and the names of both."""
        nodes = {}
        for name, circle in self.circles.items():
            boxes = [label.box for part in self.labels.values() if (label := part.get(name)) is not None]
            nodes[name] = Node(circle, max(boxes, key=lambda box: box.width * box.height) if boxes else None)
        routes = Routes(self.box, nodes.values())
        return {link: routes.between(nodes[link[0]], nodes[link[1]]) for link in self.pair.links}

    def draw(self, axes: Axes, item: Scenario, shift: float) -> None:
        """One side, moved to the right by ``shift``: arrows behind, then circles and names."""
        pair = self.pair
        flows, states, staff = pair.flows[item.name], pair.states[item.name], pair.staff[item.name]
        for link, curve in self.curves.items():
            if link not in flows:
                continue
            shape = arrow(curve + np.array((shift, 0.0)), self.width(flows[link]), facecolor=LINK_COLOUR, alpha=0.6)
            if shape is not None:
                axes.add_patch(shape)
        for name in (MARKET, *staff):
            x, y = self.circles[name].middle
            look = {"facecolor": style.INK} if name == MARKET else self.look(states[name])
            radius = _MARKET_CIRCLE if name == MARKET else self.radius(staff[name])
            if np.isnan(states.get(name, 0.0)):
                radius = max(radius, _WHITE)
            axes.add_patch(Circle((x + shift, y), radius, edgecolor=style.INK, linewidth=1.2, zorder=3, **look))
        for label in self.labels[item.name].values():
            x, y = label.box.middle[0] + shift, label.box.top - label.box.height / len(label.lines) / 2
            for row, text in enumerate(label.lines):
                place = (x, y - row * label.box.height / len(label.lines))
                axes.text(*place, text, ha="center", va="center", path_effects=style.halo(), zorder=4, size=SMALLEST)

    def look(self, state: float) -> dict[str, Any]:
        """The colour of a morale; white and dashed where there is none."""
        if np.isnan(state):
            return {"facecolor": style.BACKGROUND, "linestyle": "--"}
        return {"facecolor": SHADES(self.pair.scale(state))}

    def draw_key(self, axes: Axes) -> None:
        """The colours, from the lowest morale on the sheet to the highest, white, sizes and widths."""
        left, width, say = self.box.left, style.WIDTH - 2 * self.box.left, self.say
        ends = [say.number(end or 0.0) for end in (self.pair.scale.vmin, self.pair.scale.vmax)]
        key.draw_shades(axes, left, SHADES, ends, say("colour: morale, points of 100"))
        key.draw_sizes(axes, left + 0.3 * width, self.most_people, self.radius, say)
        key.draw_widths(axes, left + 0.52 * width, self.most_requests, self.width, say)
        if any(np.isnan(value) for part in self.pair.states.values() for value in part.values()):
            key.draw_white(axes, left + 0.81 * width, _WHITE, say("white: bought outside"))


def _states(comparison: Comparison, scenario: Scenario) -> dict[str, float]:
    found = {}
    for name in scenario.department_names:
        values = comparison.values(scenario, STATE, DEPARTMENT, name)
        known = values[~np.isnan(values)]
        found[name] = float(known.mean()) if len(known) else float("nan")
    return found


def _flows(comparison: Comparison, scenario: Scenario) -> dict[LinkName, float]:
    """Requests a year by supplier and customer."""
    found = {
        (link.supplier, link.customer): float(comparison.values(scenario, "requests", LINK, link.name).mean())
        for link in scenario.links
    }
    return {link: flow * DAYS_PER_YEAR / scenario.days for link, flow in found.items()}

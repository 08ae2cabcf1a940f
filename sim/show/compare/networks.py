"""Two companies side by side on one scale: the same departments, coloured by morale, and who serves whom how much."""

from typing import Final

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from sim.model.calendar import DAYS_PER_YEAR
from sim.model.measures import DEPARTMENT, LINK
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario
from sim.show import style
from sim.show.amounts import signed
from sim.show.arrows import LINK_COLOUR, Node, Routes, arrow
from sim.show.compare.sheet import begun
from sim.show.flows import LinkName
from sim.show.labels import Label, Text, placed
from sim.show.language import Language
from sim.show.layout import Box, layout
from sim.show.lettering import LINE, SMALL, wrapped
from sim.show.names import names_of, titled
from sim.study.compare.comparison import Comparison
from sim.study.compare.why import states

STATE: Final = "morale"
SHADES: Final = matplotlib.colormaps["cividis"]
_MOST_LINKS, _MOST_NAMES = 30, 16
_KEY, _HEADER = 0.175, 0.055
_SMALLEST, _LARGEST, _MARKET_CIRCLE = 7.0, 34.0, 26.0
_THICKEST = 9.0


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
    """The chart of the base and one scenario."""
    with style.look():
        notes = [say("Colour: morale; circle area: people; arrows run from supplier to customer")]
        sheet, below = begun(comparison, networks_title(comparison, scenario, say), notes, say)
        both = (comparison.base, scenario)
        states = {item.name: _states(comparison, item) for item in both}
        known = [value for state in states.values() for value in state.values() if not np.isnan(value)]
        scale = Normalize(min(known, default=0.0), max(known, default=1.0) if len(set(known)) > 1 else min(known) + 1.0)
        flows = {item.name: _flows(comparison, item) for item in both}
        most = max((flow for part in flows.values() for flow in part.values()), default=1.0) or 1.0
        largest = max(part.staff for item in both for part in item.departments)
        axes = sheet.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, style.WIDTH), ylim=(0, style.HEIGHT))
        axes.set_axis_off()
        for side, item in enumerate(both):
            edge = style.MARGIN * style.WIDTH
            half = (style.WIDTH - 3 * edge) / 2
            left = edge + side * (half + edge)
            top = below * style.HEIGHT - 8
            [name] = wrapped(titled(item, say), half, 1, weight="bold")
            axes.text(left, top, name, weight="bold", va="top")
            box = Box(left, _KEY * style.HEIGHT, left + half, top - _HEADER * style.HEIGHT)
            _draw(axes, item, box, (states[item.name], flows[item.name]), (scale, most, largest), say)
        _draw_key(axes, scale, say)
        return sheet


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


def _draw(  # noqa: PLR0913, PLR0917 - what is drawn, where, on which scales
    axes: Axes,
    scenario: Scenario,
    box: Box,
    found: tuple[dict[str, float], dict[LinkName, float]],
    scales: tuple[Normalize, float, int],
    say: Language,
) -> None:
    states, flows = found
    scale, most, largest = scales
    plan = layout(scenario, flows, box)
    staff = {part.name: part.staff for part in scenario.departments}
    room = 0.3 * min(plan.cell_width, plan.cell_height)
    radii = {name: max(_SMALLEST, min(room, _LARGEST) * np.sqrt(count / largest)) for name, count in staff.items()}
    radii[MARKET] = _MARKET_CIRCLE
    circles = {
        name: Box(x - radii[name], y - radii[name], x + radii[name], y + radii[name])
        for name, (x, y) in plan.places.items()
    }
    known = names_of(scenario, say)
    first = sorted(staff, key=lambda name: -staff[name])[:_MOST_NAMES]
    texts = {MARKET: Text(say("Customer"))} | {
        name: Text(known[name], "" if np.isnan(states[name]) else say.number(states[name])) for name in first
    }
    labels = placed(texts, circles, plan.cell_width, box)
    nodes = {name: Node(circle, labels[name].box if name in labels else None) for name, circle in circles.items()}
    routes = Routes(box, nodes.values())
    for (supplier, customer), flow in sorted(flows.items(), key=lambda item: (-item[1], item[0]))[:_MOST_LINKS]:
        shape = arrow(
            routes.between(nodes[supplier], nodes[customer]),
            max(0.8, _THICKEST * flow / most),
            facecolor=LINK_COLOUR,
            alpha=0.6,
        )
        if shape is not None:
            axes.add_patch(shape)
    for name, place in plan.places.items():
        state = states.get(name, float("nan"))
        colour = style.INK if name == MARKET else style.BACKGROUND if np.isnan(state) else SHADES(scale(state))
        axes.add_patch(Circle(place, radii[name], facecolor=colour, edgecolor=style.INK, linewidth=1.2, zorder=3))
    for label in labels.values():
        _write(axes, label)


def _write(axes: Axes, label: Label) -> None:
    x, _ = label.box.middle
    y = label.box.top - LINE / 2
    for row, line in enumerate([*label.lines, *([label.detail] if label.detail else [])]):
        axes.text(
            x, y - row * LINE, line, ha="center", va="center", path_effects=style.halo(), zorder=4, size=SMALL - 2
        )


def _draw_key(axes: Axes, scale: Normalize, say: Language) -> None:
    """The colours, from the lowest morale on the sheet to the highest."""
    left, width, middle = style.MARGIN * style.WIDTH, 420.0, 112.0
    extent = (left, left + width, middle - 8, middle + 20)
    axes.imshow(np.linspace(0, 1, 256)[None, :], cmap=SHADES, extent=extent, aspect="auto")
    for share, side in ((0.0, "left"), (1.0, "right")):
        value = (scale.vmin or 0.0) + share * ((scale.vmax or 0.0) - (scale.vmin or 0.0))
        axes.text(left + share * width, middle - 12, say.number(value), ha=side, va="top")
    axes.text(left + width / 2, middle - 12, say("morale, points of 100"), ha="center", va="top", color=style.SOFT)

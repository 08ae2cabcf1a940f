"""A customer's word on its way through the tree of managers, in two companies of few and of many layers (A11)."""

import itertools
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from sim.scenario.schema import Scenario
from sim.show import style
from sim.show.claims.cause import Pair, title
from sim.show.claims.sheet import LINE_HEIGHT, About, Room, begun, written
from sim.show.claims.words import direction
from sim.show.language import Language
from sim.show.lettering import wrapped
from sim.show.names import names_of
from sim.study.claims.relays import Told, Way, tree_of, ways

_WORD = style.VERMILION
_SIDEWAYS = style.GREEN


class Heard(NamedTuple):
    """A company, what the simulation says of its departments, and the share of all words that arrive intact."""

    scenario: Scenario
    told: list[Told]
    intact: float


def relays_title(found: Pair, few: Heard, many: Heard, say: Language) -> str:
    """How many words arrive in each company."""
    layers = [heard.scenario.management.layers for heard in (few, many)]
    if direction(found.found.effect) < 0:
        return say(
            "Of 100 words of customers, {more} arrive intact through {few} layers of managers, {less} through {many}",
            few=layers[0],
            many=layers[1],
            more=round(100 * few.intact),
            less=round(100 * many.intact),
        )
    return say(
        "{few} layers of managers or {many}: luck hides where more words of customers arrive intact",
        few=layers[0],
        many=layers[1],
    )


def draw_relays(about: About, found: Pair, heard: tuple[Heard, Heard], say: Language) -> Figure:
    """The chart: a tree for each company, with the longest way."""
    with style.look():
        note = say("Numbers: of 100 words that set out, those still intact after each relay, by the laws of the model")
        sheet, below = begun(about, relays_title(found, *heard, say), [note], say)
        for place, item in enumerate(heard):
            left, width = style.MARGIN + place * 0.485, 0.465
            top = below - 0.4 * LINE_HEIGHT
            way = ways(item.scenario)[0]
            head = f"{title(item.scenario, say)}: " + say.counted("{n} relay", "{n} relays", way.relays)
            [line] = wrapped(head, width * style.WIDTH, 1, 19, "bold")
            sheet.text(left, top, line, size=19, weight="bold", va="top")
            under = Room(left, width, top - 1.35 * LINE_HEIGHT)
            written(sheet, _counted(item, way, say), under, color=style.SOFT)
            bottom = 0.075
            axes = sheet.add_axes((left, bottom, width, top - 2.5 * LINE_HEIGHT - bottom))
            _draw_tree(axes, item, way, say)
        return sheet


def _draw_tree(axes: Axes, heard: Heard, way: Way, say: Language) -> None:
    scenario = heard.scenario
    tree, layers = tree_of(scenario), scenario.management.layers
    order = [way.front, *sorted((name for name in scenario.department_names if name != way.front), reverse=True)]
    across = {name: float(place) for place, name in enumerate(order)}
    across[way.about], across[order[-1]] = across[order[-1]], across[way.about]
    where = {
        manager: (_mean([across[name] for name in about["departments"]]), float(about["tier"]))
        for manager, about in tree.nodes(data=True)
    }
    for superior, subordinate in tree.edges:
        axes.plot(*zip(where[superior], where[subordinate], strict=True), color=style.FAINT, linewidth=3, zorder=1)
    for name, x in across.items():
        lowest = next(manager for manager in tree if manager == f"1:{name}") if layers > 1 else "1:company"
        if lowest in where:
            axes.plot([x, where[lowest][0]], [0, where[lowest][1]], color=style.FAINT, linewidth=3, zorder=1)
    for manager, (x, y) in where.items():
        axes.plot([x], [y], "o", color=style.FAINT if manager not in way.managers else _WORD, markersize=15, zorder=3)
    for name, x in across.items():
        ends = name in {way.front, way.about}
        axes.plot([x], [0], "s", color=_WORD if ends else style.FAINT, markersize=16, zorder=3)
    _draw_way(axes, way, where, across, say)
    _draw_sideways(axes, heard, way, across, say)
    names = names_of(scenario, say)
    axes.text(across[way.front], -0.06 * layers, names[way.front], ha="center", va="top", weight="bold")
    axes.text(across[way.about], -0.06 * layers, names[way.about], ha="center", va="top", weight="bold")
    axes.set_xlim(-1.3, len(across) + 0.3)
    axes.set_ylim(-0.42 * layers, layers * 1.2)
    axes.set_axis_off()


def _draw_way(
    axes: Axes, way: Way, where: dict[str, tuple[float, float]], across: dict[str, float], say: Language
) -> None:
    """The word climbs and descends; the line is as thick as what is left of it."""
    stops = [(across[way.front], 0.0), *(where[name] for name in way.managers), (across[way.about], 0.0)]
    top = max(range(len(stops)), key=lambda place: stops[place][1])
    for place, (begin, end) in enumerate(itertools.pairwise(stops)):
        axes.add_patch(
            FancyArrowPatch(
                begin,
                end,
                arrowstyle="-|>",
                mutation_scale=24,
                shrinkA=9,
                shrinkB=9,
                color=_WORD,
                zorder=2,
                linewidth=1.5 + 9 * way.intact[place + 1],
            )
        )
    for place, (x, y) in enumerate(stops):
        climbing = place < top
        text = say.number(round(100 * way.intact[place]))
        last = place == len(stops) - 1
        offset = (-16, 10) if climbing else (0, 16) if place == top else (16, 10)
        axes.annotate(
            text,
            (x, y),
            offset,
            textcoords="offset points",
            ha="right" if climbing else "center" if place == top else "left",
            va="bottom",
            size=24 if last or place == 0 else 20,
            weight="bold",
            color=style.INK,
            path_effects=style.halo(),
            zorder=5,
        )


def _draw_sideways(axes: Axes, heard: Heard, way: Way, across: dict[str, float], say: Language) -> None:
    """From colleague to colleague, past the hierarchy; and what was counted."""
    layers = heard.scenario.management.layers
    begin, end = across[way.front], across[way.about]
    axes.add_patch(
        FancyArrowPatch(
            (begin, -0.145 * layers),
            (end, -0.145 * layers),
            connectionstyle="arc3,rad=0.13",
            arrowstyle="-|>",
            mutation_scale=24,
            shrinkA=12,
            shrinkB=12,
            color=_SIDEWAYS,
            linewidth=1.5 + 9 * 0.9,
            zorder=2,
            clip_on=False,
        )
    )
    kept = say.number(round(100 * heard.scenario.laws.message_kept_sideways))
    text = say("from colleague to colleague, past the managers: {kept}", kept=kept)
    axes.text(
        (begin + end) / 2,
        -0.39 * layers,
        text,
        ha="center",
        va="center",
        weight="bold",
        color=_SIDEWAYS,
        path_effects=style.halo(),
    )


def _counted(heard: Heard, way: Way, say: Language) -> str:
    """What the simulation found at the end of such ways."""
    counted = next((item for item in heard.told if item.relays == way.relays), None)
    if counted is None:
        return ""
    share, n = round(100 * counted.intact), round(counted.messages)
    return say(
        "simulated: {share} of 100 arrive intact over {relays} relays ({n} words)", share=share, relays=way.relays, n=n
    )


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)

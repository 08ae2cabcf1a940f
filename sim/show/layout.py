"""Where the departments stand in the picture of a company: columns by their distance to the market.

Within a column the order is chosen so that few links cross (barycenter sweeps). All places are in pixels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.graph import company_graph, distances
from sim.model.record import Floats
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario

CROWD: Final = 48
"""With more departments than this not every name fits: rows are then aligned, and names stand between them."""
_SWEEPS = 24
_SHAPE_OF_A_CELL, _IN_A_CROWD = 1.6, 1.0
"""Width to height: names are wider than high; in a crowd most have none."""
_MARKET_WIDTH = 0.1


class Box(NamedTuple):
    """A rectangle, in pixels."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    @property
    def middle(self) -> tuple[float, float]:
        """The centre."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def meets(self, other: "Box") -> bool:
        """Whether two rectangles overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top


class Column(NamedTuple):
    """The departments at one distance to the market, or (distance 0) the market."""

    distance: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of all nodes, the columns, and how much room each node has."""

    places: dict[str, tuple[float, float]]
    columns: tuple[Column, ...]
    cell_width: float
    cell_height: float


def layout(scenario: Scenario, flows: Mapping[tuple[str, str], float], box: Box) -> Layout:
    """Arrange a company in a box; ``flows``, by supplier and customer, weigh the links."""
    return common_layout((scenario,), flows, box)


def common_layout(scenarios: Sequence[Scenario], flows: Mapping[tuple[str, str], float], box: Box) -> Layout:
    """One arrangement for several companies: a department stands where the first that has it puts it."""
    away: dict[str, int] = {}
    for scenario in reversed(scenarios):
        away |= distances(company_graph(scenario))
    layers = [sorted(name for name in away if away[name] == step) for step in sorted(set(away.values()))]
    _order(layers, flows)
    inner = box._replace(right=box.right - _MARKET_WIDTH * box.width)
    lanes = _lanes([len(layer) for layer in layers[1:]], inner)
    cell_width = inner.width / sum(lanes)
    rows = max(ceil(len(layer) / lane) for layer, lane in zip(layers[1:], lanes, strict=True))
    places = {MARKET: ((inner.right + box.right) / 2, (box.bottom + box.top) / 2)}
    columns = [Column(0, inner.right, box.right)]
    right = inner.right
    crowded = sum(map(len, layers)) > CROWD
    for step, (layer, lane) in enumerate(zip(layers[1:], lanes, strict=True), start=1):
        left = right - lane * cell_width
        columns.append(Column(step, left, right))
        for rank, name in enumerate(layer):
            x = left + (_scattered(rank % lane, lane) + 0.5) * cell_width
            share = (rank + 0.5) / len(layer)
            if crowded:
                share = (rank // lane + 0.5 + (rows - ceil(len(layer) / lane)) // 2) / rows
            places[name] = (x, box.top - share * box.height)
        right = left
    return Layout(places, tuple(columns), cell_width, box.height / rows)


def _lanes(counts: list[int], box: Box) -> list[int]:
    """Into how many lanes each column is dealt, so that a cell gets the shape that suits a circle with a name."""
    wanted = _IN_A_CROWD if sum(counts) > CROWD else _SHAPE_OF_A_CELL
    lanes = [1] * len(counts)
    tried = []
    while True:
        rows = [ceil(count / lane) for count, lane in zip(counts, lanes, strict=True)]
        shape = (box.width / sum(lanes)) / (box.height / max(rows))
        tried.append((abs(log(shape / wanted)), list(lanes)))
        if max(rows) == 1 or shape < wanted:
            return min(tried)[1]
        lanes[rows.index(max(rows))] += 1


def _scattered(lane: int, lanes: int) -> int:
    """Neighbours in rank stand in lanes far from each other: even lanes first, then odd ones."""
    even = (lanes + 1) // 2
    return 2 * lane if lane < even else 2 * (lane - even) + 1


def _order(layers: list[list[str]], flows: Mapping[tuple[str, str], float]) -> None:
    """Sort each layer by where its neighbours are, outwards and inwards in turn; the best order is kept."""
    names = [name for layer in layers for name in layer]
    index = {name: place for place, name in enumerate(names)}
    layer_of = np.repeat(np.arange(len(layers)), [len(layer) for layer in layers])
    pull = np.zeros((len(names), len(names)))
    for (supplier, customer), flow in flows.items():
        pull[index[supplier], index[customer]] += np.sqrt(flow) + 1e-9
    ends = np.argwhere(pull > 0)
    ends = ends[np.argsort(-pull[ends[:, 0], ends[:, 1]], kind="stable")][:300]
    weight = pull[ends[:, 0], ends[:, 1]]
    pull += pull.T
    members = [np.flatnonzero(layer_of == step) for step in range(len(layers))]
    height = np.zeros(len(names))
    for places in members:
        height[places] = (np.arange(len(places)) + 0.5) / len(places)
    best, least = height.copy(), _crossings(ends, weight, layer_of, height)
    for sweep in range(_SWEEPS):
        for places in members if sweep % 2 == 0 else reversed(members):
            _sort_layer(places, pull, height)
        crossings = _crossings(ends, weight, layer_of, height)
        if crossings < least:
            best, least = height.copy(), crossings
    for layer in layers:
        layer.sort(key=lambda name: best[index[name]])


def _sort_layer(layer: NDArray[np.int64], pull: Floats, height: Floats) -> None:
    total = pull[layer].sum(axis=1)
    wanted = np.where(total > 0, pull[layer] @ height / np.where(total > 0, total, 1), height[layer])
    order = np.lexsort((height[layer], wanted))
    height[layer[order]] = (np.arange(len(layer)) + 0.5) / len(layer)


def _crossings(ends: NDArray[np.int64], weight: Floats, layer_of: NDArray[np.int64], height: Floats) -> float:
    """The weight of all pairs of links that cross between the same two layers."""
    near, far = ends[:, 0], ends[:, 1]
    swapped = layer_of[near] < layer_of[far]
    near, far = np.where(swapped, far, near), np.where(swapped, near, far)
    span = layer_of[near] * (layer_of.max() + 1) + layer_of[far]
    below_near = height[near][:, None] - height[near][None, :]
    below_far = height[far][:, None] - height[far][None, :]
    cross = (below_near * below_far < 0) & (span[:, None] == span[None, :])
    return float((cross * np.outer(weight, weight)).sum())

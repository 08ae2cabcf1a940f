"""What a study found, beside what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from matplotlib.axes import Axes

from sim.model.record import Floats
from sim.show import style

FOLDER = Path(__file__).parent
Verdict = Literal["yes", "near", "no"]
PUBLISHED, SIMULATED, BAND = style.ORANGE, style.BLUE, "#cfe3f2"


@dataclass(frozen=True, slots=True)
class Finding:
    """One published figure and the simulated one with its 95 % interval.

    ``met``: *yes*, the same sign and order (within a factor of 1.5, or inside the published range); *near*, within a
    factor of 3; *no*.
    """

    id: str
    what: str
    published: str
    simulated: float
    low: float
    high: float
    unit: str
    met: Verdict
    source: str


def ratio_interval(above: Floats, below: Floats, seed: int = 1, draws: int = 4000) -> tuple[float, float, float]:
    """The quotient of two means over the same pairs, with a bootstrap interval over pairs."""
    rows = np.random.default_rng(seed).integers(len(above), size=(draws, len(above)))
    low, high = np.quantile(above[rows].mean(axis=1) / below[rows].mean(axis=1), (0.025, 0.975))
    return float(above.mean() / below.mean()), float(low), float(high)


def correlation_interval(x: Floats, y: Floats) -> tuple[float, float, float]:
    """Pearson's r with Fisher's interval."""
    r = float(np.corrcoef(x, y)[0, 1])
    half = 1.96 / np.sqrt(len(x) - 3)
    return r, float(np.tanh(np.arctanh(r) - half)), float(np.tanh(np.arctanh(r) + half))


def chart(name: str, title: str, across: str, up: Sequence[str]) -> tuple[list[Axes], "Path"]:
    """An empty sheet with a column of axes for each label of ``up``; and where it is to be saved."""
    sheet = style.figure()
    sheet.subplots_adjust(left=0.08, right=0.97, top=0.84, bottom=0.12, wspace=0.25)
    style.sentence(sheet, title, 0.965)
    axes = [sheet.add_subplot(1, len(up), place + 1) for place in range(len(up))]
    for one, label in zip(axes, up, strict=True):
        one.set_xlabel(across)
        one.set_ylabel(label)
        one.grid(axis="y")
    return axes, FOLDER / f"{name}.png"


def save(axes: list[Axes], path: Path) -> None:
    style.save(axes[0].figure, path)  # type: ignore[arg-type]

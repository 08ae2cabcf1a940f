"""Scenario discovery: in which part of the factors' space do companies come out as one fears, or hopes?

The patient rule induction method (Friedman & Fisher 1999, Stat. Comput. 9:123) as Bryant & Lempert 2010 (Technol.
Forecast. Soc. Change 77:34) use it, by the EMA workbench: a box that is peeled until most companies in it are such.
"""

import logging
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.study.sweep.asked import Discover
from sim.study.sweep.expressions import Value
from sim.study.sweep.study import Found, StudyError

if TYPE_CHECKING:
    import pandas as pd

_PEELS: Final = (0.05, 0.1)
"""Shares that are peeled off at a time: the ends of what Friedman and Fisher advise."""
_SUCH: Final = 1e-9
"""To the workbench, what lies above it is such; boxes of any density are given back."""
_FAR: Final = (-np.inf, np.inf)
_LEAST: Final = 0.05
"""Choice: a box holds at least this share of all companies."""
_FOLDS: Final = 5
"""Choice: the usual number of parts, each left out once."""
SURE: Final = 0.05
"""Choice: a restriction that luck alone would bring more often than this (quasi-p value) is let go."""


@dataclass(frozen=True)
class Box:
    """Where companies are such. ``limits``: by factor that matters, lowest and highest value, or the words.

    ``coverage``: of the companies that are such, the share inside; ``density``: of those inside, the share that are
    such; ``left_out_coverage`` and ``left_out_density``: of companies that the box was not fitted to (five parts, each
    left out once; NaN where there were none). ``share``: of all companies, those that are such; ``companies``: their
    factors, and ``such``. ``trail``: a row for each box on the way, from all companies inwards.
    """

    limits: Mapping[str, tuple[float, float] | tuple[str, ...]]
    coverage: float
    density: float
    left_out_coverage: float
    left_out_density: float
    share: float
    companies: "pd.DataFrame"
    trail: "pd.DataFrame"

    def table(self) -> "pd.DataFrame":
        """Tidy: factor, low, high (of words, the words), and the figures, the same in each row."""
        import pandas as pd  # noqa: PLC0415 - takes a while to load

        rows = [
            (factor, limits[0], limits[1], "")
            if not isinstance(limits[0], str)
            else (factor, np.nan, np.nan, " ".join(map(str, limits)))
            for factor, limits in self.limits.items()
        ]
        table = pd.DataFrame(rows, columns=["factor", "low", "high", "words"])
        return table.assign(
            coverage=self.coverage,
            density=self.density,
            left_out_coverage=self.left_out_coverage,
            left_out_density=self.left_out_density,
            share=self.share,
        )


def discovered(found: Found, wanted: Discover) -> Box:
    """The box of companies whose mean response lies beyond a limit. ``StudyError`` if there is none to be told."""
    import pandas as pd  # noqa: PLC0415

    good = found.table[found.table["error"] == ""]
    means = good.groupby("point", sort=True)[wanted.response].mean().dropna()
    points = [found.designed.different[str(name)] for name in means.index]
    such = np.asarray(means < wanted.below if wanted.below is not None else means > wanted.above, dtype=bool)
    if such.all() or not such.any():
        raise StudyError(f"{wanted.response}: {'all' if such.all() else 'no'} companies are {wanted.said}")
    factors = list(found.designed.factors)
    space = pd.DataFrame(
        {name: _column([point.values[place] for point in points]) for place, name in enumerate(factors)}
    )
    limits, trail = _peeled(space, such)
    inside = _inside(space, limits)
    coverage, density = _figures(inside, such)
    out_coverage, out_density = _figures_left_out(space, such)
    return Box(limits, coverage, density, out_coverage, out_density, float(such.mean()), space.assign(such=such), trail)


def _figures_left_out(space: "pd.DataFrame", such: NDArray[np.bool_]) -> tuple[float, float]:
    """Coverage and density of boxes among the companies that each was not fitted to; NaN where one cannot be fitted."""
    order, left_out = np.random.default_rng(1).permutation(len(such)), np.zeros(len(such), dtype=bool)
    try:
        for fold in range(_FOLDS):
            out = order[fold::_FOLDS]
            rest = np.setdiff1d(order, out)
            left_out[out] = _inside(space.iloc[out], _peeled(space.iloc[rest].reset_index(drop=True), such[rest])[0])
    except StudyError:
        return float("nan"), float("nan")
    return _figures(left_out, such)


def _column(values: list[Value]) -> "list[str] | NDArray[np.float64]":
    """Words and truths as words, numbers as real ones: the workbench cannot always widen a box of whole ones again."""
    if any(isinstance(value, str | bool) for value in values):
        return list(map(str, values))
    return np.array(values, dtype=float)


def _peeled(space: "pd.DataFrame", such: NDArray[np.bool_]) -> tuple[dict[str, Any], "pd.DataFrame"]:
    """Limits of the box that is best in both, coverage and density (their harmonic mean), and the way to it.

    Of all boxes on both ways, one for each share that is peeled off; restrictions that luck would bring are let go.
    """
    if such.all() or not such.any():
        raise StudyError("all companies are alike")
    found: tuple[float, int, dict[str, Any], pd.DataFrame] | None = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what else the workbench could use
        from ema_workbench.analysis import prim  # noqa: PLC0415 - an extra, and slow to load

        logging.getLogger("EMA").setLevel(logging.ERROR)
        for peel in _PEELS:
            box = prim.Prim(space.copy(), such, threshold=_SUCH, peel_alpha=peel, mass_min=_LEAST).find_box()
            trail = box.peeling_trajectory[["coverage", "density", "mass", "res_dim"]].astype(float)
            for ends, sure in zip(box.box_lims, box.qp, strict=True):
                limits = _limits(space, ends, sure)
                coverage, density = _figures(_inside(space, limits), such)
                both = 2.0 * coverage * density / (coverage + density) if coverage > 0.0 else 0.0
                if found is None or (both, -len(limits)) > found[:2]:
                    found = both, -len(limits), limits, trail.reset_index(drop=True)
    assert found is not None
    return found[2:]


def _limits(space: "pd.DataFrame", ends: "pd.DataFrame", sure: Mapping[str, list[float]]) -> dict[str, Any]:
    """Of a box, the ends that luck alone would seldom bring."""
    limits: dict[str, Any] = {}
    for name, values in sure.items():
        kept = [0.0 <= value <= SURE for value in values]
        if not any(kept):
            continue
        column = ends[name]
        if isinstance(column.iloc[0], set):
            limits[name] = tuple(sorted(map(str, column.iloc[0])))
        else:
            low, high = (float(end) if keep else far for end, keep, far in zip(column, kept, _FAR, strict=True))
            limits[name] = _met(space[name], low, high)
    return limits


def _met(values: "pd.Series[float]", low: float, high: float) -> tuple[float, float]:
    """The least and the greatest value between two ends that some company has."""
    inside = values[(values >= low) & (values <= high)]
    return float(inside.min()), float(inside.max())


def _inside(space: "pd.DataFrame", limits: Mapping[str, Any]) -> NDArray[np.bool_]:
    inside = np.ones(len(space), dtype=bool)
    for name, ends in limits.items():
        if isinstance(ends[0], str):
            inside &= space[name].astype(str).isin(ends).to_numpy()
        else:
            values = space[name].to_numpy(dtype=float)
            inside &= (values >= ends[0]) & (values <= ends[1])
    return inside


def _figures(inside: NDArray[np.bool_], such: NDArray[np.bool_]) -> tuple[float, float]:
    """Coverage and density."""
    both = float((inside & such).sum())
    return both / float(such.sum()), both / float(inside.sum()) if inside.any() else float("nan")

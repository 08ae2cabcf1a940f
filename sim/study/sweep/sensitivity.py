"""What moves a response, and by how much: screening, variance-based indices, main effects, noise told apart.

All points live through the same replications, so what a replication does to all of them alike is no noise between
points. What is noise is the rest: how differently luck treats different points (the interaction of points and
replications in a two-way analysis of variance).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.model.record import Floats
from sim.study.replicate import interval
from sim.study.sweep.designs import levels_of, problem_of
from sim.study.sweep.study import Found, StudyError

if TYPE_CHECKING:
    import pandas as pd

_RESAMPLES: Final = 1000
"""Choice: bootstrap samples for an interval, as SALib's examples take."""
_BINS: Final = 8
"""Choice: of a factor with a range, the means of so many groups of points are shown."""
_Z: Final = 1.959963984540054
"""Standard normal quantile of 97.5 %."""


@dataclass(frozen=True)
class Answers:
    """A response of a design: ``values`` (points in the design's order × replications), and its variance that is noise.

    ``noise``: the variance of the mean over replications of a point that is due to luck's treating points differently;
    NaN with one replication.
    """

    values: Floats

    @property
    def means(self) -> Floats:
        """By point."""
        return np.asarray(self.values.mean(axis=1))

    @property
    def noise(self) -> float:
        """Mean square of the interaction of points and replications, over the number of replications."""
        points, replications = self.values.shape
        if replications < 2 or points < 2:
            return float("nan")
        rest = self.values - self.values.mean(axis=1, keepdims=True) - self.values.mean(axis=0) + self.values.mean()
        return float((rest**2).sum() / ((points - 1) * (replications - 1) * replications))


def answers(found: Found, response: str) -> Answers:
    """A response of a study at the points of its design; ``StudyError`` where a run failed, since a hole spoils it."""
    table = found.table
    bad = table[(table["error"] != "") | table[response].isna()]
    if len(bad):
        first = bad.iloc[0]
        why = first["error"] or f"{response} is not known there"
        raise StudyError(
            f"{len(bad)} of {len(table)} runs have no {response}, so these indices cannot be had: "
            f"point {first['point']}, replication {first['replication']}: {why}"
        )
    wide = table.pivot_table(index="point", columns="replication", values=response, sort=True)
    names = [point.name for point in found.designed.points]
    return Answers(wide.loc[names].to_numpy(dtype=float))


def sobol_indices(found: Found, response: str) -> "pd.DataFrame":
    """First-order and total indices of each factor, second order of pairs, with 95 % intervals; and the noise.

    As ``sobol_table``, of a study whose design is ``sobol_indices``.
    """
    design = found.asked.question.design
    return sobol_table(found.designed.factors, answers(found, response), second_order=design.second_order is not False)


def sobol_table(factors: tuple[str, ...], of: Answers, *, second_order: bool) -> "pd.DataFrame":
    """Tidy: order (``first``, ``total``, ``second``, ``noise``), factor, other, value, low, high.

    Saltelli's and Jansen's estimators (Saltelli et al. 2010, Comput. Phys. Commun. 181:259) by SALib, of the means over
    replications, relative to the variance that factors cause: noise is taken out of the variances (it inflates that of
    a response and Jansen's numerator alike), and stands in the last row as a share of the whole variance. Intervals
    are normal, from SALib's bootstrap over the design and a jackknife over replications.
    """
    import pandas as pd  # noqa: PLC0415 - takes a while to load

    noise = 0.0 if np.isnan(of.noise) else of.noise
    whole, spread = _analysed(factors, of.means, second_order), _of_design(factors, of.means, second_order)
    parts = _corrected(whole, noise, of.means, factors, second_order)
    replications = of.values.shape[1]
    jackknife = np.zeros(len(parts))
    if replications > 1:
        left = np.array(
            [
                _corrected(
                    _analysed(factors, mean, second_order),
                    noise * replications / (replications - 1),
                    mean,
                    factors,
                    second_order,
                )
                for number in range(replications)
                for mean in [np.delete(of.values, number, axis=1).mean(axis=1)]
            ]
        )
        jackknife = (replications - 1) / replications * ((left - left.mean(axis=0)) ** 2).sum(axis=0)
    half = _Z * np.sqrt(spread**2 + jackknife)
    rows: list[tuple[str, str, str, float, float, float]] = [
        (order, factor, other, float(value), float(value - width), float(value + width))
        for (order, factor, other), value, width in zip(_names(factors, second_order), parts, half, strict=True)
    ]
    share = noise / float(np.var(of.means)) if replications > 1 else float("nan")
    rows.append(("noise", "", "", share, float("nan"), float("nan")))
    return pd.DataFrame(rows, columns=["order", "factor", "other", "value", "low", "high"])


def _names(factors: tuple[str, ...], second_order: bool) -> list[tuple[str, str, str]]:
    singles = [(order, factor, "") for order in ("first", "total") for factor in factors]
    pairs = [("second", one, other) for place, one in enumerate(factors) for other in factors[place + 1 :]]
    return singles + (pairs if second_order else [])


def _said(factors: tuple[str, ...], means: Floats, second_order: bool, resamples: int) -> Any:
    from SALib.analyze import sobol  # noqa: PLC0415 - an extra

    return sobol.analyze(
        problem_of(factors), means, calc_second_order=second_order, num_resamples=resamples, conf_level=0.95, seed=1
    )


def _flat(said: Any, names: tuple[str, str, str], count: int, second_order: bool) -> Floats:
    first, total, second = names
    pairs = (
        [said[second][one, other] for one in range(count) for other in range(one + 1, count)] if second_order else []
    )
    return np.array([*said[first], *said[total], *pairs], dtype=float)


def _analysed(factors: tuple[str, ...], means: Floats, second_order: bool) -> Floats:
    return _flat(_said(factors, means, second_order, 2), ("S1", "ST", "S2"), len(factors), second_order)


def _of_design(factors: tuple[str, ...], means: Floats, second_order: bool) -> Floats:
    """Standard errors from the bootstrap over the design."""
    said = _said(factors, means, second_order, _RESAMPLES)
    return _flat(said, ("S1_conf", "ST_conf", "S2_conf"), len(factors), second_order) / _Z


def _corrected(indices: Floats, noise: float, means: Floats, factors: tuple[str, ...], second_order: bool) -> Floats:
    """Relative to the variance without noise."""
    block = 2 * len(factors) + 2 if second_order else len(factors) + 2
    rows = means.reshape(-1, block)
    variance = float(np.var(np.concatenate([rows[:, 0], rows[:, -1]])))
    of_factors = max(variance - noise, 1e-12 * max(variance, 1e-300))
    totals = np.zeros(len(indices))
    totals[len(factors) : 2 * len(factors)] = noise
    return np.asarray((indices * variance - totals) / of_factors)


def morris_table(found: Found, response: str) -> "pd.DataFrame":
    """Morris' screening: by factor μ*, its 95 % half width, μ and σ of elementary effects, in the response's unit.

    An elementary effect is the change over the whole way of a factor (Morris 1991, Technometrics 33:161; μ* of
    Campolongo et al. 2007), computed by SALib.
    """
    import pandas as pd  # noqa: PLC0415
    from SALib.analyze import morris  # noqa: PLC0415 - an extra

    of = answers(found, response)
    factors, shares = found.designed.factors, found.designed.shares
    levels = levels_of(found.asked.question.design)
    said = morris.analyze(
        problem_of(factors), shares, of.means, num_resamples=_RESAMPLES, conf_level=0.95, num_levels=levels, seed=1
    )
    return pd.DataFrame(
        {
            "factor": factors,
            "mu_star": np.asarray(said["mu_star"], float),
            "mu_star_half_width": np.asarray(said["mu_star_conf"], float),
            "mu": np.asarray(said["mu"], float),
            "sigma": np.asarray(said["sigma"], float),
        }
    )


def main_effects(found: Found, response: str) -> "pd.DataFrame":
    """Tidy: factor, level, mean, low, high, points; of a factor with many values, the means of groups of points.

    Means over the points with this level. Intervals are 95 % Student's t. Where points were chosen, over replications,
    of the difference to the mean over all points in the same replication: what luck leaves open. Where they were drawn,
    over points: what else varies too. Failed runs are left out.
    """
    import pandas as pd  # noqa: PLC0415

    good, factors = found.table[found.table["error"] == ""], list(found.designed.factors)
    drawn = found.asked.question.design.kind not in {"grid", "points", "tipping"}
    if good[response].isna().all():
        raise StudyError(f"{response}: no run gave it")
    rows: list[tuple[str, Any, float, float, float, int]] = []
    for factor in factors:
        for level, runs in good.groupby(_levels(good, factor), sort=True):
            by_point = runs.groupby("point")[response].mean()
            label = level if runs[factor].nunique() == 1 else float(runs[factor].mean())
            mean, low, high, _ = interval(by_point.to_numpy())
            if not drawn:
                apart = runs.groupby("replication")[response].mean() - good.groupby("replication")[response].mean()
                middle, least, most, _ = interval(apart.to_numpy())
                low, high = mean + least - middle, mean + most - middle
            rows.append((factor, label, mean, low, high, len(by_point)))
    return pd.DataFrame(rows, columns=["factor", "level", "mean", "low", "high", "points"])


def differences(found: Found, response: str) -> "pd.DataFrame":
    """Tidy, of ``one_at_a_time``: factor, level, difference, low, high; what one factor alone changes in the base.

    Means over replications of the difference to the base on the same luck, with 95 % intervals (Student's t over
    pairs). Failed runs, and pairs of which one failed, are left out.
    """
    import pandas as pd  # noqa: PLC0415

    good, factors = found.table[found.table["error"] == ""], list(found.designed.factors)
    first = found.designed.points[0]
    base = good[good["point"] == first.name].set_index("replication")[response]
    rows: list[tuple[str, Any, float, float, float]] = []
    seen = {first.name}
    for point in found.designed.points:
        moved = [place for place in range(len(factors)) if point.values[place] != first.values[place]]
        if point.name in seen or len(moved) != 1:
            continue
        seen.add(point.name)
        runs = good[good["point"] == point.name].set_index("replication")[response]
        mean, low, high, _ = interval((runs - base).dropna().to_numpy())
        rows.append((factors[moved[0]], point.values[moved[0]], mean, low, high))
    if all(np.isnan(row[2]) for row in rows):
        raise StudyError(f"{response}: no factor alone could be tried, since runs failed")
    return pd.DataFrame(rows, columns=["factor", "level", "difference", "low", "high"])


def interactions(found: Found, response: str) -> "pd.DataFrame":
    """Tidy, of a ``grid``: factor, other, share, low, high; what two factors do together and neither does alone.

    ``share``: of the variance of point means, the part that a pair's table of means has beyond its rows and columns
    (two-way analysis of variance; in a whole grid the parts are orthogonal). Intervals are 95 % Student's t on the
    jackknife over replications, cut at 0; luck alone makes a small share, so what lies near 0 is none.
    """
    from itertools import combinations  # noqa: PLC0415 - only here

    import pandas as pd  # noqa: PLC0415

    good, factors = found.table[found.table["error"] == ""], [*found.designed.factors]
    replications = sorted(good["replication"].unique())
    without = [good[good["replication"] != left] for left in replications] if len(replications) > 1 else []
    means, left = _means(good, factors, response), [_means(runs, factors, response) for runs in without]
    rows = []
    for one, other in combinations(factors, 2):
        share = _together(means, one, other, response)
        shares = np.array([_together(runs, one, other, response) for runs in left])
        half = half_width_of(shares)
        rows.append((one, other, share, max(0.0, share - half), share + half))
    table = pd.DataFrame(rows, columns=["factor", "other", "share", "low", "high"])
    return table.sort_values("share", ascending=False, kind="stable").reset_index(drop=True)


def _means(runs: "pd.DataFrame", factors: list[str], response: str) -> "pd.DataFrame":
    return runs.groupby(factors)[response].mean().reset_index()


def half_width_of(left: Floats) -> float:
    """Half width of a 95 % interval from what an estimate is without each replication; NaN without any."""
    from scipy.special import stdtrit  # noqa: PLC0415 - takes a while to load

    n = len(left)
    if n < 2:
        return float("nan")
    return float(stdtrit(n - 1, 0.975) * np.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum()))


def _together(runs: "pd.DataFrame", one: str, other: str, response: str) -> float:
    cells = runs.groupby([one, other])[response].mean().unstack()
    values = cells.to_numpy(dtype=float)
    rest = values - values.mean(axis=1, keepdims=True) - values.mean(axis=0) + values.mean()
    whole = float(np.var(runs[response].to_numpy()))
    return float((rest**2).mean()) / whole if whole > 0.0 else 0.0


def _levels(runs: "pd.DataFrame", factor: str) -> Any:
    """To which level each run belongs: the value, or one of a few groups of points that lie near one another."""
    from pandas.api.types import is_bool_dtype, is_numeric_dtype  # noqa: PLC0415

    column = runs[factor]
    if column.nunique() <= _BINS or is_bool_dtype(column) or not is_numeric_dtype(column):
        return column
    values = np.sort(column.unique())
    groups = {value: place * _BINS // len(values) for place, value in enumerate(values)}
    return column.map(groups)

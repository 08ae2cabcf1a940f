"""A surrogate: a formula learnt from the points of a study, quick enough to be asked a hundred thousand times.

A Gaussian process (Rasmussen & Williams 2006) by scikit-learn, of the means over replications. It is checked on points
that it was not taught; only if it foretells those does it say what moves the response.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.record import Floats
from sim.study.sweep.designs import problem_of, valued
from sim.study.sweep.expressions import Value
from sim.study.sweep.sensitivity import Answers, answers, sobol_table
from sim.study.sweep.study import Found, StudyError

if TYPE_CHECKING:
    import pandas as pd

ENOUGH: Final = 0.7
"""Choice: a surrogate that explains a smaller share of what it was not taught says nothing about factors."""
_TAUGHT: Final = 400
"""Choice: points that it is taught at most; time goes with their third power."""
_FEWEST: Final = 20
"""Choice: of fewer points nothing is learnt."""
_FOLDS: Final = 5
"""Choice: the usual number of parts, each left out once."""
_ASKED: Final = 2048
"""Choice: base points at which it is asked for indices."""


@dataclass(frozen=True)
class Surrogate:
    """How well it foretells, and what it says.

    ``taught``: points that it learnt from. ``left_out``: point, simulated, foretold, in the response's unit, of points
    that were not taught. ``explained``: the share of their variance (Q²); ``possible``: the share that is not luck (NaN
    with one replication). ``indices``: as ``sobol_table``, first and total, with intervals of the sampling only; none
    where it explains too little.
    """

    taught: int
    left_out: "pd.DataFrame"
    explained: float
    possible: float
    indices: "pd.DataFrame | None"


def surrogate(found: Found, response: str) -> Surrogate:
    """Teach a surrogate, check it, ask it. ``StudyError`` if a run failed or nothing moves the response."""
    import pandas as pd  # noqa: PLC0415 - takes a while to load

    whole, names = answers(found, response), [point.name for point in found.designed.points]
    once = sorted(names.index(name) for name in set(names))  # a point that comes twice is one point
    of, points = Answers(whole.values[once]), [found.designed.points[place] for place in once]
    if len(points) < _FEWEST:
        raise StudyError(f"{response}: {len(points)} different points are too few to learn from: at least {_FEWEST}")
    if np.ptp(of.means) == 0.0:
        raise StudyError(f"{response} is the same at all points: there is nothing to be learnt")
    coded = _Code(found).coded([point.values for point in points])
    taught = np.arange(len(points))[:_TAUGHT]
    foretold = np.full(len(points), np.nan)
    if len(points) > len(taught):
        foretold[len(taught) :] = _learnt(coded[taught], of.means[taught]).predict(coded[len(taught) :])
    else:
        order = np.random.default_rng(1).permutation(len(points))
        for fold in range(_FOLDS):
            out = order[fold::_FOLDS]
            rest = np.setdiff1d(taught, out)
            foretold[out] = _learnt(coded[rest], of.means[rest]).predict(coded[out])
    known = ~np.isnan(foretold)
    wrong, spread = foretold[known] - of.means[known], of.means[known] - of.means[known].mean()
    explained = float(1.0 - np.sum(wrong**2) / np.sum(spread**2))
    left_out = pd.DataFrame(
        {
            "point": [point.name for point, is_known in zip(points, known, strict=True) if is_known],
            "simulated": of.means[known],
            "foretold": foretold[known],
        }
    )
    possible = 1.0 - of.noise / float(np.var(of.means))
    indices = _indices(found, _learnt(coded[taught], of.means[taught])) if explained >= ENOUGH else None
    return Surrogate(len(taught), left_out, explained, possible, indices)


class _Code:
    """Values of factors as numbers in [0, 1]; words each as a column of their own."""

    def __init__(self, found: Found) -> None:
        self._columns: list[tuple[int, Any]] = []
        for place in range(len(found.designed.factors)):
            values = [point.values[place] for point in found.designed.points]
            if any(isinstance(value, str) for value in values):
                self._columns += [(place, word) for word in sorted(set(map(str, values)))]
            else:
                numbers = np.array(values, dtype=float)
                self._columns.append((place, (float(numbers.min()), float(np.ptp(numbers)) or 1.0)))

    def coded(self, rows: Sequence[Sequence[Value]]) -> Floats:
        """Rows of factors' values, coded (rows × columns)."""
        columns = [
            [float(row[place] == how) for row in rows]
            if isinstance(how, str)
            else (np.array([row[place] for row in rows], dtype=float) - how[0]) / how[1]
            for place, how in self._columns
        ]
        return np.column_stack(columns)


def _learnt(coded: Floats, means: NDArray[np.float64]) -> Any:
    """Matérn 5/2 with a length for each column, and noise; lengths by maximum likelihood."""
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415 - an extra, and slow to load
    from sklearn.gaussian_process import GaussianProcessRegressor  # noqa: PLC0415
    from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel  # noqa: PLC0415

    lengths = Matern(np.ones(coded.shape[1]), (1e-2, 1e3), nu=2.5)
    kernel = ConstantKernel(1.0, (1e-3, 1e3)) * lengths + WhiteKernel(0.1, (1e-6, 10.0))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a length at its bound is a factor that moves nothing
        return GaussianProcessRegressor(kernel, normalize_y=True, random_state=1).fit(coded, means)


def _indices(found: Found, learnt: Any) -> "pd.DataFrame":
    from SALib.sample import sobol  # noqa: PLC0415 - an extra

    factors = found.designed.factors
    shares = sobol.sample(problem_of(factors), _ASKED, calc_second_order=False, scramble=True, seed=1)
    foretold = learnt.predict(_Code(found).coded(valued(found.asked, np.asarray(shares))))
    table = sobol_table(factors, Answers(np.asarray(foretold)[:, None]), second_order=False)
    return table[table["order"] != "noise"].reset_index(drop=True)

"""Which points a study tries: designs as tables of factors, one row a point.

Space-filling designs come from SciPy (``qmc``), Morris' and Saltelli's from SALib; a factor's share of the way through
its range, its levels or its distribution is a number in [0, 1).
"""

import csv
import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.record import Floats
from sim.scenario.problems import Problem, ScenarioError, nearest, shown
from sim.scenario.writing import fingerprint
from sim.study.sweep.asked import Asked, Design, Factor
from sim.study.sweep.expressions import ExpressionError, Value

STEPS: Final = {"one_at_a_time": 2, "grid": 3, "morris": 4, "tipping": 21}
"""Choice: values of a factor with a range, unless told otherwise; Morris' usual four levels."""
NEEDS_SALIB: Final = ("morris", "sobol_indices")
MOST: Final = 20_000_000
"""Choice: points of a design at the most; more would not fit into memory."""


@dataclass(frozen=True, slots=True)
class Point:
    """One company of a study: the values of its factors, and what they set. There may be very many.

    ``name`` tells it from all others, whatever study asks for it: a hash of the base and of what it sets.
    ``impossible`` says why no company has such values, where that is known already.
    """

    name: str
    values: tuple[Value, ...]
    where: tuple[str, ...]
    settings: tuple[Value, ...]
    impossible: str = ""

    @property
    def keys(self) -> Mapping[str, Value]:
        """What it sets, by dotted key."""
        return dict(zip(self.where, self.settings, strict=True))


@dataclass(frozen=True)
class Designed:
    """The points of a design in its order, in which some may come twice; ``shares`` (points × factors) where it has."""

    factors: tuple[str, ...]
    points: tuple[Point, ...]
    shares: Floats | None

    @cached_property
    def different(self) -> dict[str, Point]:
        """Each point once, by its name."""
        return {point.name: point for point in self.points}


def designed(asked: Asked, rows: Sequence[Sequence[Value]] | None = None) -> Designed:
    """The points that a study asks for, or those of some ``rows`` with a value for each factor.

    ``ScenarioError`` if its table of points is not right or it is too large.
    """
    factors = tuple(asked.question.factors)
    count = size(asked) if rows is None else len(rows)
    if count > MOST:
        raise asked.problem(("design",), f"{count:,} points, more than {MOST:,}")
    shares: Floats | None = None
    if rows is not None:
        pass
    elif asked.question.design.kind == "points":
        rows = _from_table(asked)
    elif asked.question.design.kind == "tipping":
        rows = [[value] for value in tried(asked, factors[0])]
    elif asked.question.design.kind in {"one_at_a_time", "grid"}:
        rows = list(_one_at_a_time(asked) if asked.question.design.kind == "one_at_a_time" else _grid(asked))
    else:
        shares = _shares(asked, factors)
        rows = valued(asked, shares)
    return Designed(factors, tuple(_points(asked, factors, rows)), shares)


def size(asked: Asked) -> int:
    """How many points a design has, without making it (0 for a table of points)."""
    design, factors = asked.question.design, list(asked.question.factors.values())
    count = len(factors)
    match design.kind:
        case "one_at_a_time":
            return 1 + sum(_steps(design, factor) for factor in factors)
        case "grid":
            return int(np.prod([float(_steps(design, factor)) for factor in factors])) // (design.fraction or 1)
        case "tipping":
            return len(tried(asked, next(iter(asked.question.factors))))
        case "morris":
            return (design.trajectories or 0) * (count + 1)
        case "sobol_indices":
            return (design.points or 0) * (2 * count + 2 if design.second_order is not False else count + 2)
    return design.points or 0


def problem_of(factors: Sequence[str]) -> dict[str, Any]:
    """What SALib calls a problem: names and bounds; here every factor is its share in [0, 1]."""
    return {"num_vars": len(factors), "names": list(factors), "bounds": [[0.0, 1.0]] * len(factors)}


def levels_of(design: Design) -> int:
    """Levels of Morris' grid."""
    return design.steps or STEPS["morris"]


def _shares(asked: Asked, factors: Sequence[str]) -> Floats:
    design = asked.question.design
    seed = 1 if design.seed is None else design.seed
    if design.kind in NEEDS_SALIB and find_spec("SALib") is None:
        rule = f'{design.kind} needs SALib: python -m pip install "customer-chain[sensitivity]"'
        raise asked.problem(("design", "kind"), rule)
    match design.kind:
        case "latin_hypercube" | "sobol_sequence":
            from scipy.stats import qmc  # noqa: PLC0415 - takes seconds to load

            if design.kind == "latin_hypercube":
                return np.asarray(qmc.LatinHypercube(len(factors), rng=seed).random(design.points or 0))
            sequence = qmc.Sobol(len(factors), rng=seed)
            return np.asarray(sequence.random_base2(int(np.ceil(np.log2(design.points or 1))))[: design.points])
        case "morris":
            from SALib.sample import morris  # noqa: PLC0415 - an extra

            found = morris.sample(problem_of(factors), design.trajectories, levels_of(design), seed=seed)
            return np.asarray(found)
        case _:
            from SALib.sample import sobol  # noqa: PLC0415 - an extra

            pairs = design.second_order is not False
            return np.asarray(
                sobol.sample(problem_of(factors), design.points, calc_second_order=pairs, scramble=True, seed=seed)
            )


def _steps(design: Design, factor: Factor) -> int:
    return len(factor.levels) or design.steps or STEPS[design.kind]


def tried(asked: Asked, name: str) -> list[Value]:
    """A factor's levels; of a range or a distribution, equal steps from end to end (middles of equal shares)."""
    factor, design = asked.question.factors[name], asked.question.design
    if factor.levels:
        return list(factor.levels)
    steps = _steps(design, factor)
    if factor.range is not None:
        low, high = factor.range
        values = [low + (high - low) * step / (steps - 1) for step in range(steps)]
        return list(dict.fromkeys(map(round, values))) if asked.is_whole(name) else list(values)
    return _values(asked, name, (np.arange(steps) + 0.5) / steps)


def _one_at_a_time(asked: Asked) -> Iterator[list[Value]]:
    names = list(asked.question.factors)
    base = [asked.in_the_base(name) for name in names]
    yield base
    for place, name in enumerate(names):
        for value in tried(asked, name):
            yield [*base[:place], value, *base[place + 1 :]]


def _grid(asked: Asked) -> Iterator[list[Value]]:
    """All combinations; of a fraction those whose levels' numbers add up to a multiple of it, a regular design."""
    values = [list(enumerate(tried(asked, name))) for name in asked.question.factors]
    fraction = asked.question.design.fraction or 1
    for row in itertools.product(*values):
        if sum(number for number, _ in row) % fraction == 0:
            yield [value for _, value in row]


def valued(asked: Asked, shares: Floats) -> list[tuple[Value, ...]]:
    """Factors' values at shares of their ways (points × factors)."""
    columns = [_values(asked, name, shares[:, place]) for place, name in enumerate(asked.question.factors)]
    return list(zip(*columns, strict=True))


def _values(asked: Asked, name: str, shares: NDArray[np.float64]) -> list[Value]:
    """A factor's values at shares of its way."""
    factor = asked.question.factors[name]
    shares = np.minimum(shares, np.nextafter(1.0, 0.0))
    if factor.levels:
        return [factor.levels[int(share * len(factor.levels))] for share in shares]
    if factor.range is not None:
        low, high = factor.range
        if asked.is_whole(name):
            return [int(value) for value in np.floor(low + shares * (high - low + 1.0))]
        return [float(value) for value in low + shares * (high - low)]
    found = _quantiles(factor, shares)
    return [round(value) for value in found] if asked.is_whole(name) else [float(value) for value in found]


def _quantiles(factor: Factor, shares: NDArray[np.float64]) -> Floats:
    from scipy import stats  # noqa: PLC0415 - takes seconds to load

    believed = factor.distribution
    assert believed is not None
    shares = np.clip(shares, 1e-12, 1.0 - 1e-12)  # where an end lies at infinity
    match believed.model_dump(exclude_none=True):
        case {"uniform": (low, high)}:
            found = low + shares * (high - low)
        case {"triangular": (low, mode, high)}:
            found = stats.triang((mode - low) / (high - low), low, high - low).ppf(shares)
        case {"normal": (mean, spread)}:
            found = stats.norm(mean, spread).ppf(shares)
        case {"lognormal": (mean, spread)}:
            sigma = np.sqrt(np.log1p(spread * spread))
            found = stats.lognorm(sigma, scale=mean * np.exp(-0.5 * sigma * sigma)).ppf(shares)
        case {"beta": (one, other, low, high)}:
            found = stats.beta(one, other, low, high - low).ppf(shares)
        case other:
            raise AssertionError(other)
    return np.asarray(found, np.float64)


def _from_table(asked: Asked) -> list[list[Value]]:
    """The rows of a CSV table with a column for each factor."""
    written = str(asked.question.design.file)
    path = next((one for one in (asked.path.parent / written, Path(written)) if one.is_file()), None)
    if path is None:
        rule = f"{shown(written)}: there is no such file, beside the study or here"
        raise asked.problem(("design", "file"), rule)
    names = list(asked.question.factors)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except (OSError, ValueError, csv.Error) as error:
        raise ScenarioError([Problem(str(path), 0, "", f"is no CSV table: {error}", "")]) from None
    columns = list(rows[0]) if rows else []
    problems = [
        Problem(str(path), 1, name, "there is no such column", nearest(name, columns))
        for name in names
        if name not in columns
    ]
    problems += [
        Problem(str(path), 1, str(column), "is no factor of the study", nearest(str(column), names))
        for column in columns
        if column not in names
    ]
    if problems:
        raise ScenarioError(problems)
    if not rows:
        raise ScenarioError([Problem(str(path), 0, "", "has no points", "")])
    return [[_read(row[name]) for name in names] for row in rows]


def _read(text: str | None) -> Value:
    """A cell as YAML reads a scalar: a whole number, a number, true or false, else a word."""
    text = (text or "").strip()
    if text in {"true", "false"}:
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


def _points(asked: Asked, factors: tuple[str, ...], rows: Sequence[Sequence[Value]]) -> Iterator[Point]:
    base = fingerprint(asked.base)
    arithmetic = {key: text for texts in asked.arithmetic.values() for key, text in texts.items()}
    where = tuple(arithmetic)
    for row in rows:
        values = dict(zip(factors, row, strict=True))
        try:
            settings = tuple(expression.value(values) for expression in arithmetic.values())
            yield Point(_name(base, where, settings), tuple(row), where, settings)
        except ExpressionError as error:
            yield Point(_name(base, factors, tuple(row)), tuple(row), (), (), str(error))


def _name(base: str, where: tuple[str, ...], settings: tuple[Value, ...]) -> str:
    said = json.dumps([base, dict(zip(where, settings, strict=True))], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]

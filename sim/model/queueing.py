"""Waits in closed form: lines of people with priorities, lines of managers, and the answer that comes last of several.

Pure maths on arrays; times in hours. A line of c people, jobs coming as a Poisson process, handling times of any
spread, nobody interrupted: the wait is that of exponential handling times (Erlang C), corrected for their spread as
Allen and Cunneen do (exact for one person: Pollaczek–Khinchine), and shared among priorities as Cobham 1954 does
(Oper. Res. 2:70; exact for one person and for equal exponential handling times; else Bondi & Buzen 1984).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincc, gammaln, ndtr, ndtri

Floats = NDArray[np.float64]

BUSIEST: Final = 0.98
"""Choice: a line that cannot keep up waits as one of this load does; its true wait has no end to be foretold."""


def chance_to_wait(people: Floats, load: Floats) -> Floats:
    """Erlang C: the share of jobs that find everybody at work; ``load`` of each of the ``people`` (any number > 0).

    Through Erlang B as the quotient of the Poisson probability of c and that of at most c, so c need not be whole.
    """
    offered = np.maximum(people * load, 1e-12)
    log_mass = people * np.log(offered) - offered - gammaln(people + 1.0)
    blocked = np.exp(log_mass) / gammaincc(people + 1.0, offered)
    return np.asarray(blocked / (1.0 - load * (1.0 - blocked)))


def residual_hours(people: Floats, load: Floats, squares: Floats) -> Floats:
    """Mean hours until somebody is free for the first in line: chance to wait · (S²/2S) / people.

    ``squares``: hours of handling, squared, of all that comes in an hour.
    """
    offered = np.maximum(people * load, 1e-12)
    return np.asarray(chance_to_wait(people, load) * squares / (2.0 * offered * people))


def wait_hours(residual: Floats, load_before: Floats, load_up_to: Floats) -> Floats:
    """Mean wait of a class: behind those of better priority (their load), and those up to its own."""
    return np.asarray(residual / ((1.0 - load_before) * (1.0 - load_up_to)))


def wait_variance(mean: Floats, chance: Floats) -> Floats:
    """Of a wait that is 0 but for a ``chance``, and then exponential."""
    return np.asarray(mean * mean * (2.0 / np.maximum(chance, 1e-9) - 1.0))


class Lognormal:
    """Hours that are lognormal with these means and variances, each > 0."""

    def __init__(self, mean: Floats, variance: Floats) -> None:
        mean = np.maximum(mean, 1e-9)
        self._sigma = np.sqrt(np.log1p(np.maximum(variance / (mean * mean), 1e-9)))
        self._middle = np.log(mean) - 0.5 * self._sigma * self._sigma

    def within(self, hours: Floats) -> Floats:
        """The share of at most so many hours."""
        return np.asarray(ndtr((np.log(hours) - self._middle) / self._sigma))

    def quantile(self, share: Floats) -> Floats:
        """The hours within which a share lies."""
        return np.asarray(np.exp(self._middle + self._sigma * ndtri(share)))


def slices(count: int) -> Floats:
    """Standard normal numbers that stand for equal shares: the mean of each slice, stretched to variance 1."""
    edges = ndtri(np.arange(1, count) / count)
    heights = np.concatenate([[0.0], np.exp(-0.5 * edges * edges) / np.sqrt(2.0 * np.pi), [0.0]])
    means = count * (heights[:-1] - heights[1:])
    return np.asarray(means / np.sqrt(np.mean(means * means)))


def integral(values: Floats, at: Floats) -> Floats:
    """Over the last axis, by trapezoids."""
    return np.asarray(np.sum(0.5 * (values[..., 1:] + values[..., :-1]) * np.diff(at, axis=-1), axis=-1))

"""Luck is a pure function of its key, the same on every machine, and as good as independent."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pytest
from scipy import stats

from sim.model.luck import ARRIVAL, GAP, HANDLING, NEED, REQUEST, derived, name_key, replication_key, uniform

# Each statistical test here rejects a perfect generator with probability 1e-4; seeds are fixed.
REJECT_BELOW = 1e-4
COUNT = 40_000


ROOT = replication_key(1, 0)
CUSTOMER = derived(ROOT, ARRIVAL, 7)


def _chain() -> Iterator[float]:
    key = ROOT
    for _ in range(COUNT):
        key = derived(key, REQUEST)
        yield uniform(key, HANDLING)


DIRECTIONS: dict[str, Callable[[], Iterable[float]]] = {
    "occurrences of one key": lambda: (uniform(CUSTOMER, GAP, n) for n in range(COUNT)),
    "neighbouring customers": lambda: (uniform(derived(ROOT, ARRIVAL, n), HANDLING) for n in range(COUNT)),
    "neighbouring seeds": lambda: (uniform(replication_key(n, 0), HANDLING) for n in range(COUNT)),
    "neighbouring replications": lambda: (uniform(replication_key(1, n), HANDLING) for n in range(COUNT)),
    "neighbouring integers as keys": lambda: (uniform(n, HANDLING) for n in range(COUNT)),
    "names": lambda: (uniform(ROOT ^ name_key("department", f"d{n}"), HANDLING) for n in range(COUNT)),
    "a chain of requests": _chain,
}
"""Every direction in which the model walks from one key to the next."""


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_uniforms_are_uniform_and_neighbours_independent(direction: str) -> None:
    drawn = np.array(list(DIRECTIONS[direction]()))
    assert drawn.min() > 0.0
    assert stats.kstest(drawn, "uniform").pvalue > REJECT_BELOW
    cells = np.histogram2d(drawn[:-1], drawn[1:], bins=16, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(cells.ravel()).pvalue > REJECT_BELOW
    for lag in (1, 2, 3, 10):
        correlation = np.corrcoef(drawn[:-lag], drawn[lag:])[0, 1]
        assert abs(correlation) < 4 / np.sqrt(COUNT)
    lowest_bits = (drawn * 2**52).astype(np.int64) & 0xFF
    assert stats.chisquare(np.bincount(lowest_bits, minlength=256)).pvalue > REJECT_BELOW


def test_draws_for_different_purposes_are_independent() -> None:
    root = replication_key(3, 5)
    keys = [derived(root, REQUEST, n) for n in range(COUNT)]
    handling, need = (np.array([uniform(key, purpose) for key in keys]) for purpose in (HANDLING, NEED))
    cells = np.histogram2d(handling, need, bins=16, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(cells.ravel()).pvalue > REJECT_BELOW


def test_one_flipped_bit_of_a_key_changes_half_of_the_bits() -> None:
    changed = [
        (derived(key, REQUEST) ^ derived(key ^ (1 << bit), REQUEST)).bit_count()
        for key in (derived(1, ARRIVAL, n) for n in range(500))
        for bit in range(64)
    ]
    assert abs(np.mean(changed) - 32) < 4 * 4 / np.sqrt(len(changed))  # 64 fair bits: mean 32, sd 4


def test_keys_do_not_collide() -> None:
    root = replication_key(1, 0)
    keys = {derived(derived(root, ARRIVAL, customer), ARRIVAL, n) for customer in range(400) for n in range(500)}
    assert len(keys) == 200_000


def test_uniforms_never_reach_1() -> None:
    everything_but_the_last_step = (0xFFFF_FFFF_FFFF_FFFF >> 12) + 0.5
    assert everything_but_the_last_step * 2.0**-52 < 1.0


def test_uniforms_are_the_same_on_every_machine() -> None:
    # A snapshot: these numbers are part of every published result, and must never change.
    assert derived(1, REQUEST) == 7455107161863376737
    assert uniform(replication_key(1, 0), HANDLING) == 0.12490535547601189
    assert name_key("link", "it", "sales") == 2520245160824376609


def test_keys_come_from_the_published_generator() -> None:
    # SplitMix64 seeded with 1234567, as its author publishes it: the n-th number is the mix of seed + n · golden.
    published = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    assert [derived(1234567, purpose) for purpose in (1, 2, 3)] == published


def test_uniform_is_the_high_bits_of_derived() -> None:
    for key in range(100):
        assert uniform(key, HANDLING, 3) == ((derived(key, HANDLING, 3) >> 12) + 0.5) * 2.0**-52

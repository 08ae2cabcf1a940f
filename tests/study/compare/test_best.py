"""Selection: the published procedure, on numbers with a known answer."""

import numpy as np
import pytest

from sim.study.compare.best import best


def draws(seed: int, n: int, gap: float, common: float = 0.0) -> dict[str, "np.typing.NDArray[np.float64]"]:
    """Three scenarios; c is ahead of the others by the gap. ``common``: share of the luck that all have."""
    luck = np.random.default_rng(seed)
    shared = luck.normal(size=n)
    return {
        name: mean + np.sqrt(common) * shared + np.sqrt(1 - common) * luck.normal(size=n)
        for name, mean in (("a", 0.0), ("b", 0.0), ("c", gap))
    }


def test_the_best_is_found_at_least_as_often_as_promised() -> None:
    found = [best("x", draws(seed, 400, 0.5), zone=0.5, probability=0.9) for seed in range(300)]
    settled = [item for item in found if item.guaranteed]
    assert len(settled) == 300
    right = sum(item.left == ("c",) for item in settled) / 300
    assert right >= 0.9 - 2 * np.sqrt(0.9 * 0.1 / 300)


def test_few_replications_leave_several_and_say_how_many_are_needed() -> None:
    found = best("x", draws(1, 10, 0.05), zone=0.1)
    assert not found.guaranteed
    assert found.needed > 100
    assert set(found.left) <= {"a", "b", "c"}
    enough = best("x", draws(1, found.needed, 0.05), zone=0.1)
    assert enough.guaranteed


def test_common_luck_needs_fewer_replications() -> None:
    alone, together = (best("x", draws(3, 10, 0.2, common), zone=0.2).needed for common in (0.0, 0.95))
    assert together < alone / 3


def test_less_is_best_where_the_direction_says_so() -> None:
    values = draws(2, 200, 2.0)
    assert best("x", values, zone=1.0).ranking[0] == "c"
    assert best("x", values, zone=1.0, direction=-1).ranking[-1] == "c"


@pytest.mark.parametrize(("count", "n", "zone"), [(1, 20, 1.0), (3, 9, 1.0), (3, 20, 0.0)])
def test_what_cannot_be_selected_is_refused(count: int, n: int, zone: float) -> None:
    values = dict(list(draws(1, n, 1.0).items())[:count])
    with pytest.raises(ValueError, match="needs two scenarios"):
        best("x", values, zone)


def test_what_is_equal_in_every_replication_is_tied_and_asks_for_no_more() -> None:
    values = draws(1, 30, 0.0)
    found = best("x", {"a": values["a"], "b": values["a"].copy()}, zone=0.1)
    assert found.tied
    assert not found.guaranteed
    assert (set(found.left), found.needed) == ({"a", "b"}, 30)
    behind = best("x", {"a": values["a"], "b": values["a"].copy(), "c": values["a"] - 5.0}, zone=0.1)
    assert (behind.tied, set(behind.left)) == (True, {"a", "b"})
    assert not best("x", draws(1, 10, 0.05), zone=0.1).tied


def test_a_replication_without_a_value_is_refused() -> None:
    values = draws(1, 20, 1.0)
    values["a"][3] = np.nan
    with pytest.raises(ValueError, match="has no value"):
        best("x", values, zone=1.0)

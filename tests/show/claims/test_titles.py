"""The sentence above a chart is true of what was found."""

import numpy as np
import pytest

from sim.scenario.part import Words
from sim.show.amounts import amount
from sim.show.claims.crossover import crossover_title
from sim.show.claims.lag import Followed, lag_title
from sim.show.claims.layers import layers_title
from sim.show.claims.ripple import ripple_title
from sim.show.claims.titles import title_of
from sim.show.claims.words import better, change_said, with_interval
from sim.show.language import ENGLISH, speaking
from sim.study.claims.crossover import Crossover
from sim.study.claims.layers import LayerMap
from sim.study.claims.ripple import Ring, Ripple
from sim.study.claims.trial import Trial
from sim.study.claims.verdict import Tried
from sim.study.lag import Lag
from sim.study.paths import Band
from sim.study.together import Difference
from tests.show.claims.pretend import pretended

SPANISH = speaking("es")


def found(low: float, high: float, outcome: str = "morale", unit: str = "points") -> Tried:
    effect = Difference((low + high) / 2, low, high, 8)
    return Tried(Trial("X", "a", "b", outcome, 1), Words(), effect, unit, "shown", 0.0)


def test_a_change_has_its_direction_and_size() -> None:
    assert change_said(found(1, 3), "", ENGLISH) == "staff morale rises by 2.0 points"
    assert change_said(found(-3, -1), "", SPANISH) == "la moral del personal baja 2,0 puntos"


def test_what_luck_hides_is_not_claimed() -> None:
    assert change_said(found(-1, 3), "", ENGLISH) == "luck hides whether staff morale changes"


def test_shares_are_said_in_percentage_points() -> None:
    assert amount(-0.0312, "share", ENGLISH) == "3.1 percentage points"
    assert with_interval(Difference(0.03, 0.02, 0.04, 3), "share", SPANISH) == "+3,0 puntos porcentuales (de 2,0 a 4,0)"


def test_a_longer_wait_is_worse() -> None:
    assert better(found(1, 3, "customer_delay_hours", "hours")) == -1
    assert better(found(1, 3)) == 1
    assert better(found(-1, 3)) == 0


def test_claims_of_several_trials_count_those_that_came_out() -> None:
    tried = [item for item in pretended("as claimed").tried if item.trial.claim == "A5"]
    other = [item for item in pretended("the other way round").tried if item.trial.claim == "A5"]
    causes, places = ["a", "b", "c"], ["", "", ""]
    assert title_of("A5", tried, causes, places, ENGLISH).startswith("Involvement and recognition lift morale")
    hidden = [item for item in pretended("hidden by luck").tried if item.trial.claim == "A5"]
    title = title_of("A5", [tried[0], *hidden[1:]], causes, places, ENGLISH)
    assert title == "1 of 3 differences came out as claimed; luck hides the rest"
    title = title_of("A5", [tried[0], *other[1:]], causes, places, ENGLISH)
    assert title == "1 of 3 differences came out as claimed, and 2 the other way round"


def test_the_map_says_what_cutting_to_one_layer_costs() -> None:
    cells = np.full((5, 5), 60.0)
    cells[1] = 70.0
    cells[0, -1] = 69.0
    assert layers_title(LayerMap(cells), ENGLISH) == (
        "Cutting 2 layers to 1 costs 10 points of satisfaction without delegation, 1.0 with full delegation"
    )
    cells[0] = 80.0
    assert layers_title(LayerMap(cells), ENGLISH).startswith("Even without delegation, one layer")


def followed(days: float, low: float, high: float, outcome: str) -> Followed:
    return Followed(found(-3, -1, outcome), Lag(days, low, high, -1.0, np.ones(3), np.ones(3)))


def test_the_lag_says_only_after_where_intervals_are_apart() -> None:
    morale = followed(50, 40, 60, "morale")
    apart = lag_title([morale, followed(200, 150, 250, "sales")], ENGLISH)
    assert apart.endswith("staff morale is half-way down after 50 days, what the company sells only after 200")
    assert lag_title([morale, followed(70, 30, 250, "sales")], ENGLISH).endswith("luck may turn it")
    assert lag_title([morale, followed(np.nan, np.nan, np.nan, "sales")], ENGLISH).startswith("Not every outcome")


@pytest.fixture
def weeks() -> "np.typing.NDArray[np.int64]":
    return np.arange(-4, 40)


def ripple_of(weeks: "np.typing.NDArray[np.int64]", *losses: float) -> Ripple:
    """What was lost in each ring, and last at the customers, in the weeks 0 to 24, in three pairs."""
    here = ((weeks >= 0) & (weeks < 25)).astype(float)
    rows = [-loss * here * np.array([[0.9], [1.0], [1.1]]) for loss in losses]
    rings = tuple(Ring((f"d{place}",), row) for place, row in enumerate(rows[:-1]))
    return Ripple(weeks, rings, rows[-1], 0, 125)


def test_the_ripple_goes_as_far_as_luck_does_not_explain(weeks: "np.typing.NDArray[np.int64]") -> None:
    assert "to the customer" in ripple_title(ripple_of(weeks, 3, 2, 1, 0.5), ENGLISH)
    assert "luck hides whether customers notice" in ripple_title(ripple_of(weeks, 3, 2, 1, 0), ENGLISH)
    assert "not felt along the whole chain" in ripple_title(ripple_of(weeks, 3, 0, 0, 0), ENGLISH)
    assert ripple_title(ripple_of(weeks, 0, 0, 0, 0), ENGLISH).startswith("Luck hides")


def test_the_contract_helps_and_harms_only_where_both_pairs_say_so() -> None:
    inside = np.array([50.0, 55.0, 65.0, 70.0])
    both = Crossover(("it",), Band(inside, inside, inside), 60.0)
    assert "harms where they are kind" in crossover_title(both, [found(1, 3), found(-3, -1)], ENGLISH)
    assert "luck hides how much" in crossover_title(both, [found(1, 3), found(-3, 1)], ENGLISH)
    better_outside = Crossover(("it",), Band(inside, inside, inside), 90.0)
    assert "contract is better" in crossover_title(better_outside, [found(1, 3), found(1, 3)], ENGLISH)

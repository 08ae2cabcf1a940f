"""What a survey finds besides practices: a team may incline to more or less morale than they sustain."""

import pytest

from sim import load
from sim.model.engines import ENGINES
from sim.scenario.dated import with_values
from sim.scenario.schema import Scenario
from sim.study.check import check
from sim.study.observed import observe


def inclined(by: float) -> Scenario:
    return with_values(load("plant"), {"days": 40, "warm_up_days": 20, "departments.it.people.inclination": by})


def test_both_engines_live_the_same_life_with_it() -> None:
    one, other = (observe(inclined(0.1), 1, 0, engine).totals for engine in ENGINES)
    assert one == pytest.approx(other, abs=0.0, nan_ok=True)


def test_it_lifts_its_team_most_and_those_around_a_little() -> None:
    plain, lifted = ({part.name: part.morale or 0.0 for part in check(inclined(by)).departments} for by in (0.0, 0.1))
    gained = {name: lifted[name] - plain[name] for name in plain}
    assert gained["it"] == max(gained.values())
    assert gained["it"] > 0.05
    assert 0.0 < gained["sales"] < gained["it"] / 3
    simulated = [observe(inclined(by), 1, 0).totals["morale", "department", "it"] for by in (0.0, 0.1)]
    assert simulated[1] - simulated[0] == pytest.approx(100 * gained["it"], abs=4.0)

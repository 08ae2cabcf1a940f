"""Queueing networks whose answers are known exactly, the psychology off.

Each exact value must lie inside the simulation's own 99 % interval, and that interval must be narrower than 5 % of the
value. A correct engine fails each comparison with probability 1 % for a new seed, one of all with about 17 %; the seeds
are fixed. Both engines give the same bits, so one of them speaks for the other but in one case. M/G/1 with a squared
variation of 4 needs millions of requests: it is a study, ``experiments/exact/``.
"""

import math

import pytest

from sim.model.engines import ENGINES, Engine
from tests.model.exact import Estimate, estimates, in_system
from tests.worlds import CONSTANT, EXPONENTIAL, company, queue

WAIT = ("queue_hours", "department", "desk")
SOJOURN = ("customer_delay_hours", "company", "")


def one(*args: object, **keys: object) -> Estimate:
    return estimates(*args, **keys)[0]  # type: ignore[arg-type]


def test_mm1() -> None:
    desk = queue(0.8, 2500, acceptable_wait_hours=10.0, **EXPONENTIAL)
    figures = [
        WAIT,
        SOJOURN,
        in_system({"desk": 1}),
        lambda run: 1 - run["customer_in_time_share", "company", ""].total,
    ]
    wait, sojourn, number, beyond_ten_hours = estimates(desk, figures, 125)
    assert wait.agrees_with(4.0)
    assert sojourn.agrees_with(5.0)
    assert number.agrees_with(4.0)
    assert beyond_ten_hours.agrees_with(0.135335)


def test_mm3() -> None:
    figures = [WAIT, ("waiting_share", "department", "desk"), in_system({"desk": 3})]
    wait, must_wait, number = estimates(queue(2.4, 1500, staff=3, **EXPONENTIAL), figures, 60)
    assert wait.agrees_with(1.078652)
    assert must_wait.agrees_with(0.647191)  # Erlang's C
    assert number.agrees_with(4.988764)


def test_mm2_half_loaded() -> None:
    # Erlang's C for two servers at ρ = .5 is 1/3, so Wq = C / (2μ − λ) = 1/3.
    assert one(queue(1.0, 1500, staff=2, **EXPONENTIAL), [WAIT], 32).agrees_with(1 / 3)


@pytest.mark.parametrize("engine", ENGINES)
def test_md1(engine: Engine) -> None:
    assert one(queue(0.8, 1500, **CONSTANT), [WAIT], 48, engine=engine).agrees_with(2.0)


@pytest.mark.parametrize(("phases", "exact"), [(4, 2.5), (2, 3.0)])
def test_m_erlang_1(phases: int, exact: float) -> None:
    spread = 1 / math.sqrt(phases)
    desk = queue(0.8, 2000, handling_distribution="erlang", handling_spread=spread)
    assert one(desk, [WAIT], 66).agrees_with(exact)


def test_m_lognormal_1_at_half_load() -> None:
    # Pollaczek–Khinchine: λ E[S²] / (2(1 − ρ)) = .5 · 1.64 / 1.
    assert one(queue(0.5, 2500, handling_spread=0.8), [WAIT], 30).agrees_with(0.82)


def test_rework() -> None:
    # Repaired until right: λ = .6 with p = .25 is an M/M/1 of rate .75.
    desk = queue(0.6, 2500, right_first_time=0.75, **EXPONENTIAL)
    figures = [SOJOURN, in_system({"desk": 1}), ("utilisation", "department", "desk")]
    sojourn, number, utilisation = estimates(desk, figures, 80)
    assert sojourn.agrees_with(20 / 3)
    assert number.agrees_with(4.0)
    assert utilisation.agrees_with(0.8)


def test_tandem() -> None:
    parts = [
        {"name": name, "handling_hours": 1 / rate, "intake_share": 1.0, **EXPONENTIAL}
        for name, rate in (("a", 1.0), ("b", 0.9), ("c", 1.4))
    ]
    links = [
        {"supplier": "a", "customer": "market"},
        {"supplier": "b", "customer": "a"},
        {"supplier": "c", "customer": "b"},
    ]
    market = {"customers": 100, "purchases_per_year": 0.7 * 2000 / 100}
    tandem = company(parts, links, days=2500, warm_up_days=100, market=market)
    sojourn, number = estimates(tandem, [SOJOURN, in_system({"a": 1, "b": 1, "c": 1})], 24)
    assert sojourn.agrees_with(9.761905)
    assert number.agrees_with(6.833333)


def test_non_preemptive_priority() -> None:
    parts = [
        {"name": "desk", **EXPONENTIAL},
        {"name": "first", "handling_hours": 0},
        {"name": "second", "handling_hours": 0},
    ]
    links = [
        {"supplier": "first", "customer": "market", "share": 0.375},
        {"supplier": "second", "customer": "market", "share": 0.625},
        {"supplier": "desk", "customer": "first", "priority": 0},
        {"supplier": "desk", "customer": "second", "priority": 1},
    ]
    market = {"customers": 100, "purchases_per_year": 0.8 * 2000 / 100}
    scenario = company(parts, links, days=2500, warm_up_days=100, market=market)
    delay = "request_delay_hours"
    first, second, all_together = estimates(
        scenario, [(delay, "link", "desk>first"), (delay, "link", "desk>second"), WAIT], 44
    )
    assert first.agrees_with(1 + 8 / 7)
    assert second.agrees_with(1 + 40 / 7)
    assert all_together.agrees_with(4.0)

"""Where two companies part: nowhere if they are the same, never before the cause, and then on to a customer."""

import pytest

from sim import load
from sim.model.calendar import HOURS_PER_DAY
from sim.scenario.dated import altered
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario
from sim.study.compare.parting import Parting, parting


def workshop() -> Scenario:
    return load("claims/b03-it")


def part(base: Scenario, other: Scenario) -> Parting:
    found = parting(base, other, seed=1)
    assert found is not None
    return found


def test_the_same_company_does_not_part() -> None:
    assert parting(workshop(), workshop().model_copy(update={"name": "twin"}), seed=1) is None


def test_a_slow_supplier_is_where_it_begins() -> None:
    found = part(workshop(), load("claims/b03-slow-it"))
    assert found.first.either.supplier == "it"
    assert found.first.base is not None
    assert found.first.other is not None
    assert found.first.other.work_hours == pytest.approx(1.25 * (found.first.base.work_hours or 0.0))
    assert found.first.at >= 0.0


@pytest.mark.parametrize("other", ["a02-rude-logistics", "b03-slow-it", "a05-recognition"])
def test_the_way_leads_from_need_to_need_to_a_customer(other: str) -> None:
    found = part(workshop(), load(f"claims/{other}"))
    assert found.way[-1].either.customer == MARKET
    for need, asker in zip(found.way, found.way[1:], strict=False):
        parents = [
            request.parent == above.id
            for request, above in ((need.base, asker.base), (need.other, asker.other))
            if request is not None and above is not None
        ]
        assert any(parents)
    assert found.first.at <= min(step.at for step in found.way)
    assert found.way[0].can_be_felt
    assert found.parted >= len(found.way)


def test_nothing_parts_before_a_dated_change() -> None:
    base, other = load("claims/b05-same-chief"), load("claims/b05-authoritarian-chief")
    day = other.changes[0].day
    assert part(base, other).first.at >= day * HOURS_PER_DAY


def test_a_request_may_be_made_in_one_company_alone() -> None:
    base = workshop()
    other = altered(base, {"links.it>sales.requests_per_job": 0.0})
    found = part(base, other)
    assert found.first.other is None
    assert found.first.either.supplier == "it"

"""The steady state: what it foretells the simulation finds, and closed forms where channels are cut."""

import inspect
import math
from random import Random
from typing import Any

import numpy as np
import pytest

from sim.model import laws
from sim.model.array_laws import laws as array_laws
from sim.model.gain import gain
from sim.model.record import Record
from sim.model.steady import low_state, ordinary_state, rest, steady_state
from sim.scenario.schema import Scenario
from tests.engine import simulate

ALIKE = {"disposition_spread": 0.0, "temper_spread": 0.0, "loss_per_purchase": 0.0}
"""People and the number of customers as the forecast has them: means of a law, not of forty people drawn."""


def large_company(seed: int, days: int = 150, **law: float) -> Scenario:
    """Five departments of 20 to 60 people, the first one serving the market, at loads of .6 to .85."""
    draw = Random(seed)
    names = ["front", "goods", "help", "books", "plans"]
    rates = dict.fromkeys(names, 0.0)
    rates["front"] = 6.0
    links: list[dict[str, Any]] = [
        {"supplier": "front", "customer": "market", "acceptable_wait_hours": draw.uniform(6.0, 24.0)}
    ]
    for place, supplier in enumerate(names[1:], 1):
        for customer in draw.sample(names[:place], min(place, 2)):
            requests = draw.uniform(0.3, 0.9)
            rates[supplier] += requests * rates[customer]
            links.append(
                {
                    "supplier": supplier,
                    "customer": customer,
                    "requests_per_job": requests,
                    "blocking": draw.random() < 0.6,
                    "avoidable": draw.random() < 0.3,
                    "priority": draw.randint(0, 2),
                    "acceptable_wait_hours": draw.uniform(2.0, 10.0),
                }
            )
    departments = []
    for name in names:
        staff, load = draw.randint(20, 60), draw.uniform(0.6, 0.8)
        hours = load * staff / rates[name] / 1.08  # besides repairs and meetings
        departments.append({"name": name, "staff": staff, "handling_hours": hours, "handling_spread": 0.8})
    return Scenario.model_validate(
        {
            "name": "large",
            "days": days,
            "departments": departments,
            "links": links,
            "market": {"customers": 3000, "purchases_per_year": 4.0, "new_customers_per_year": 0.0},
            "management": {
                "layers": 2,
                "delegation": 0.8,
                "decision_share": 0.05,
                "authoritarian": draw.uniform(0, 0.5),
            },
            "laws": ALIKE | law,
        }
    )


def mean(record: Record, above: str, below: str, first: int = 0, last: int = 10_000) -> float:
    weeks = (record.weeks >= first) & (record.weeks < last)
    ledger = record.market if above == "satisfaction" else record.departments
    return float(ledger[above][weeks].sum() / ledger[below][weeks].sum())


@pytest.mark.parametrize("seed", range(4))
def test_simulation_finds_what_is_foretold_of_large_departments(seed: int) -> None:
    """Bounds of ``experiments/steady/``: half a point of morale, two of satisfaction, .04 of load."""
    company = large_company(seed)
    found, record = rest(company), simulate(company, seed=seed, replication=0)
    assert found.settled
    staff = found.net.departments.staff
    foretold = np.average(found.last.mind.morale, weights=staff)
    assert mean(record, "morale", "person_days") == pytest.approx(foretold, abs=0.005)
    assert mean(record, "satisfaction", "delivered") == pytest.approx(
        float(found.last.mind.market.satisfaction), abs=0.02
    )
    observed = record.observed
    loads = record.departments["offered_hours"][observed].sum(0) / record.departments["staffed_hours"][observed].sum(0)
    assert np.max(np.abs(loads - found.last.load)) < 0.04


def test_run_begins_where_it_stays() -> None:
    """Four standard deviations (.0011) of this difference over eight such companies: ``experiments/steady/``."""
    record = simulate(large_company(1, days=250), seed=5, replication=0)
    early, late = (mean(record, "morale", "person_days", first, first + 10) for first in (0, 40))
    assert early == pytest.approx(late, abs=0.0044)


def test_without_psychology_everything_is_ordinary() -> None:
    plain = large_company(1).model_dump(exclude_unset=True) | {"psychology": "none"}
    company = Scenario.model_validate(plain)
    assert steady_state(company) == ordinary_state(company)


def test_company_that_cannot_keep_up_begins_in_an_ordinary_state() -> None:
    plain = large_company(1).model_dump(exclude_unset=True)
    plain["departments"][1]["handling_hours"] *= 2.0
    company = Scenario.model_validate(plain)
    assert rest(company).overloaded
    assert steady_state(company) == ordinary_state(company)


def test_morale_without_moods_is_the_level_sustained() -> None:
    cut = {"mood_from_service": 0.0, "mood_from_manner": 0.0, "morale_from_overload": 0.0, "informal_reach": 0.0}
    company = large_company(2, **cut)
    keys, practices, management = company.laws, company.practices, company.management
    head = rest(company).net.managers
    for team, span in zip(steady_state(company).teams.values(), head.span[head.over[:, 0]], strict=True):
        level = (
            keys.base_morale
            + keys.morale_from_delegation * management.delegation
            + keys.morale_from_involvement * practices.involvement
            + keys.morale_from_recognition * practices.recognition
            + keys.morale_from_clarity * practices.role_clarity
            + keys.morale_from_interaction * practices.interaction * min(1.0, keys.ordinary_span / span)
            - keys.morale_from_style * management.authoritarian
        )
        assert team.mood == pytest.approx(0.0, abs=1e-3)
        assert team.morale == pytest.approx(level, abs=1e-3)


def test_gain_is_nothing_where_nobody_feels_how_they_are_treated() -> None:
    assert gain(rest(large_company(2, mood_from_service=0.0, mood_from_manner=0.0, morale_from_overload=0.0))) == 0.0


def test_gain_is_nothing_where_nobody_inside_is_served() -> None:
    """One department and its customers outside, whose satisfaction is held: nothing comes back."""
    company = Scenario.model_validate(
        {
            "name": "desk",
            "departments": [{"name": "desk", "staff": 20}],
            "links": [{"supplier": "desk", "customer": "market"}],
            "laws": {"pace_needs_condition": 0.0, "morale_from_overload": 0.0},
        }
    )
    assert gain(rest(company)) == pytest.approx(0.0, abs=1e-3)


def test_gain_grows_with_loss_aversion() -> None:
    gains = [gain(rest(large_company(3, loss_aversion=aversion))) for aversion in (1.0, 2.0, 3.0)]
    assert gains == sorted(gains)
    assert gains[0] < gains[2]


def test_link_without_requests_tells_its_customer_nothing() -> None:
    plain = large_company(3).model_dump(exclude_unset=True)
    for link in plain["links"]:
        if link["customer"] != "market":
            link["requests_per_job"] = 0.0
    found = rest(Scenario.model_validate(plain))
    assert found.settled
    behind = [place for place, name in enumerate(found.net.scenario.department_names) if name != "front"]
    assert np.all(found.last.load[behind] < 0.05)  # nobody asks them for anything: they only meet
    assert gain(found) == pytest.approx(0.0, abs=0.1)


def test_state_that_is_stable_is_found_from_a_bad_beginning_too() -> None:
    company = large_company(1)
    usual, from_below = rest(company), rest(company, low_state(company, 0.3))
    assert gain(usual) < 1.0
    assert from_below.last.mind.morale == pytest.approx(usual.last.mind.morale, abs=1e-4)


@pytest.mark.parametrize("name", [name for name, law in vars(laws).items() if inspect.isfunction(law)])
def test_law_for_arrays_is_the_scalar_law(name: str) -> None:
    law = getattr(laws, name)
    draw = Random(name)
    cases = [[draw.uniform(0.01, 0.99) for _ in inspect.signature(law).parameters] for _ in range(200)]
    with np.errstate(all="ignore"):
        together = getattr(array_laws, name)(*np.array(cases).T)
    for case, value in zip(cases, together, strict=True):
        assert math.isclose(law(*case), value, rel_tol=1e-12, abs_tol=1e-15)


@pytest.mark.parametrize("seed", range(3))
def test_settling_from_where_another_company_rests_leads_to_the_same_state(seed: int) -> None:
    calm, other = large_company(seed), large_company(seed, mood_from_service=0.9, owed=0.6)
    near = rest(other, rest(calm).last.mind, 1e-4)
    far = rest(other)
    assert near.settled
    assert near.rounds < far.rounds
    assert near.last.mind.market.satisfaction == pytest.approx(far.last.mind.market.satisfaction, abs=1e-4)
    assert near.last.mind.morale == pytest.approx(far.last.mind.morale, abs=1e-3)


def test_the_steady_state_of_a_company_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    company = large_company(7)
    first = steady_state(company)
    monkeypatch.setattr("sim.model.steady.rest", None)  # would be called if it were sought again
    assert steady_state(company.model_copy()) == first
    with pytest.raises(TypeError):
        steady_state(large_company(8))

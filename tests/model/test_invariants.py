"""Laws of conservation, at every instant, over random companies: cycles, zero rates, deep chains, tied times."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.model.company import Company, simulate
from sim.scenario.schema import Scenario
from tests.worlds import TinyWorld, company, watched

PATIENT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@st.composite
def companies(draw: st.DrawFn) -> Scenario:
    """Companies of one to six departments in which everything that the schema allows may happen."""
    names = [f"d{number}" for number in range(draw(st.integers(1, 6)))]
    kinds = st.sampled_from(["lognormal", "exponential", "constant", "erlang"])
    parts = []
    for name in names:
        kind = draw(kinds)
        part: dict[str, Any] = {
            "name": name,
            "staff": draw(st.integers(1, 3)),
            "handling_hours": draw(st.sampled_from([0.0, 0.25, 1.0, 3.0])),
            "handling_distribution": kind,
            "right_first_time": draw(st.sampled_from([1.0, 0.8, 0.3])),
            "errors_noticed": draw(st.sampled_from([1.0, 0.5, 0.0])),
            "intake_share": draw(st.sampled_from([0.0, 0.3, 1.0])),
            "background_jobs_per_day": draw(st.sampled_from([0.0, 2.0])),
        }
        if kind in {"lognormal", "erlang"}:
            part["handling_spread"] = draw(st.sampled_from([0.5, 1.0]))
        parts.append(part)
    links: list[dict[str, Any]] = [{"supplier": names[0], "customer": "market"}]
    for place, supplier in enumerate(names[1:], start=1):
        customers = draw(st.sets(st.integers(0, len(names) - 1).filter(lambda n, own=place: n != own), min_size=1))
        for customer in sorted(customers | {draw(st.integers(0, place - 1))}):
            links.append(
                {
                    "supplier": supplier,
                    "customer": names[customer],
                    "requests_per_job": draw(st.sampled_from([0.0, 0.2, 1.0, 1.5] if customer < place else [0.0, 0.1])),
                    "blocking": draw(st.booleans()),
                    "priority": draw(st.integers(0, 2)),
                }
            )
    management = {
        "layers": draw(st.integers(1, 4)),
        "delegation": draw(st.sampled_from([0.0, 0.5, 1.0])),
        "decision_share": draw(st.sampled_from([0.0, 0.4])),
        "relay_hours": draw(st.sampled_from([0.0, 1.0])),
    }
    changes = draw(
        st.lists(
            st.sampled_from(
                [
                    {"day": 2, "set": {"departments.d0.staff": 3}},
                    {"day": 4, "set": {"departments.d0.staff": 1}},
                    {"day": 3, "set": {"management.layers": 2, "management.delegation": 0.2}},
                    {"day": 5, "set": {"market.purchases_per_year": 0.0}},
                    {"day": 1, "set": {"links.d0>market.priority": 0, "management.layers": 1}},
                    {"day": 3, "set": {"departments.d0.background_jobs_per_day": 5.0}},
                ]
            ),
            max_size=3,
            unique_by=lambda change: change["day"],
        )
    )
    keys = {
        "days": draw(st.integers(1, 12)),
        "warm_up_days": draw(st.integers(0, 7)),
        "market": {"customers": draw(st.sampled_from([0, 5, 30])), "purchases_per_year": 100.0},
        "management": management,
    }
    keys["changes"] = [change for change in changes if change["day"] < keys["days"]]
    try:
        return company(parts, links, **keys)
    except ValidationError:  # requests that breed: not a company
        return company(parts[:1], **keys)


class Watch:
    """Looks at a company before every event, and keeps its own account of hours."""

    def __init__(self) -> None:
        self.waiting: Counter[str] = Counter()
        self.busy: Counter[str] = Counter()
        self.staffed: Counter[str] = Counter()

    def __call__(self, alive: Company, hours: float) -> None:
        lines = {department.name: department.line for department in alive.departments.values()}
        lines |= {manager.name: manager.line for manager in alive.management.managers.values()}
        for name, line in lines.items():
            assert not (line.idle and line.waiting), "somebody idle while others wait"
            assert not (line.waiting and not line.staff), "somebody waits where nobody will ever serve"
            assert len(line.idle) + len(line.at_work) == line.staff
            assert not {worker.number for worker in line.idle} & set(line.at_work)
            self.waiting[name] += hours * len(line.waiting)
            self.busy[name] += hours * len(line.at_work)
            self.staffed[name] += hours * line.staff
        _each_serves_one(alive)
        _asked_is_answered_and_open(alive)


def _each_serves_one(alive: Company) -> None:
    assert alive.trace is not None
    held = [(job.department, job.worker) for job in alive.trace.unanswered() if job.worker is not None]
    assert len({id(worker) for _, worker in held}) == len(held), "somebody serves two at once"
    for department, worker in held:
        assert department.line.at_work[worker.number] is worker


def _asked_is_answered_and_open(alive: Company) -> None:
    assert alive.trace is not None
    still_open = Counter(job.service.name for job in alive.trace.unanswered() if job.service is not None)
    links = alive.record.links
    for place, (name, service) in enumerate(alive.services.items()):
        asked = links["asked"][:, place].sum() + service.tally.asked
        answered = links["answered"][:, place].sum() + service.tally.answered
        assert asked == answered + still_open[name]


@PATIENT
@given(companies(), st.sampled_from([0.0, 0.25]))
def test_hours_and_requests_are_conserved_at_every_instant(scenario: Scenario, grid: float) -> None:
    watch = Watch()
    record, log = watched(scenario, watch, grid=grid)
    for ledger in (record.departments, record.managers):
        for place, name in enumerate(ledger.names):
            # Little's law as a sample path: the area under the queue is the hours waited, week by week.
            assert ledger["waiting_area"][:, place].sum() == pytest.approx(watch.waiting[name])
            assert ledger["busy_hours"][:, place].sum() == pytest.approx(watch.busy[name])
            assert ledger["staffed_hours"][:, place].sum() == pytest.approx(watch.staffed[name])
            assert ledger["waited_hours"][:, place].sum() <= watch.waiting[name] + 1e-6
    assert (record.departments["busy_hours"] <= record.departments["staffed_hours"] + 1e-9).all()
    _requests_are_conserved(record, log)


def _requests_are_conserved(record: Any, log: list[dict[str, Any]]) -> None:
    assert len({row["id"] for row in log}) == len(log)
    asked = Counter(f"{row['supplier']}>{row['customer']}" for row in log if row["customer"])
    answered = Counter(
        f"{row['supplier']}>{row['customer']}" for row in log if row["customer"] and row["outcome"] == "answered"
    )
    for place, name in enumerate(record.links.names):
        assert record.links["asked"][:, place].sum() == asked[name]
        assert record.links["answered"][:, place].sum() == answered[name]
    for row in log:
        if row["outcome"] == "answered":
            assert row["asked"] <= row["finished"]
            assert row["wait_hours"] >= -1e-9
        assert row["parent"] is None or row["root"] != row["id"]


@PATIENT
@given(companies())
def test_purchase_time_is_told_to_the_last_hour(scenario: Scenario) -> None:
    record = simulate(scenario, 2, 0)
    parts = ("purchase_handling", "purchase_queueing", "purchase_repair", "purchase_deciding")
    told = sum(record.departments[part].sum() for part in parts)
    market = [link.to_market for link in scenario.links]
    assert told == pytest.approx(record.links["delay_hours"][:, market].sum())


@PATIENT
@given(companies(), st.randoms(use_true_random=False), st.sampled_from([0.0, 0.25]))
def test_order_in_the_file_changes_nothing(scenario: Scenario, order: Any, grid: float) -> None:
    plain = scenario.model_dump(exclude_unset=True)
    shuffled = plain | {key: order.sample(plain[key], len(plain[key])) for key in ("departments", "links")}
    first, second = (
        watched(Scenario.model_validate(keys), lambda *_: None, grid=grid)[1] for keys in (plain, shuffled)
    )
    assert first == second


@PATIENT
@given(companies())
def test_department_that_nobody_asks_changes_nothing_for_the_rest(scenario: Scenario) -> None:
    flat = scenario.model_dump(exclude_unset=True)
    flat["management"] = flat["management"] | {"layers": 1}
    flat["changes"] = []
    added = flat | {
        "departments": [*flat["departments"], {"name": "a new one"}],
        "links": [*flat["links"], {"supplier": "a new one", "customer": "d0", "requests_per_job": 0.0}],
    }
    first, second = (simulate(Scenario.model_validate(keys), 1, 0) for keys in (flat, added))
    assert np.array_equal(first.departments.rows, second.departments.rows[:, 1:])
    assert np.array_equal(first.managers.rows, second.managers.rows)


@PATIENT
@given(companies())
def test_same_seed_same_numbers_and_another_seed_others(scenario: Scenario) -> None:
    first, second = (simulate(scenario, 1, 0) for _ in range(2))
    assert np.array_equal(first.departments.rows, second.departments.rows)
    assert np.array_equal(first.links.rows, second.links.rows)
    other = simulate(scenario, 2, 0)
    if first.departments["offered_hours"].sum() > 0 and other.departments["offered_hours"].sum() > 0:
        assert not np.array_equal(first.departments.rows, other.departments.rows)


def test_chain_of_two_hundred_departments_without_work_of_their_own_is_walked_to_its_end() -> None:
    parts = [{"name": f"d{number:03}", "handling_hours": 0} for number in range(199)]
    parts.append({"name": "d199", "handling_hours": 2.0, "handling_distribution": "constant"})
    links = [{"supplier": f"d{number + 1:03}", "customer": f"d{number:03}"} for number in range(199)]
    world = TinyWorld(company(parts, [*links, {"supplier": "d000", "customer": "market"}], days=2))
    world.request("d000>market", 1.0, key=1)
    log = world.live()
    assert len(log) == 200
    assert {row["finished"] for row in log} == {3.0}

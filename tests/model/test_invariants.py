"""Laws of conservation, at every instant, over random companies: cycles, zero rates, deep chains, tied times.

Half of them are networks of queues; in the others people feel, and every practice and law may stand at an extreme.
"""

from collections import Counter
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.model.company import Company, simulate
from sim.model.job import Job
from sim.model.line import Line
from sim.model.measures import measured
from sim.model.service import Service
from sim.scenario.parameters import Laws
from sim.scenario.part import Part
from sim.scenario.parts import Management, Market
from sim.scenario.practices import Practices
from sim.scenario.schema import Scenario
from tests.worlds import TinyWorld, company, watched

PATIENT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)

ROUNDING = 1e-9


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


def extreme(draw: st.DrawFn, part: type[Part], names: list[str]) -> dict[str, Any]:
    """Some keys of a part, each at an end of its range."""
    values: dict[str, Any] = {}
    for name in names:
        field = part.model_fields[name]
        bounds = {type(item).__name__: item for item in field.metadata}
        low = bounds["Ge"].ge if "Ge" in bounds else 0.01
        ends = [low, min(bounds["Le"].le, HIGHEST.get(name, bounds["Le"].le))]
        values[name] = draw(st.sampled_from(ends if field.annotation is int else [float(end) for end in ends]))
    return values


HIGHEST = {"leaving_per_year": 20.0, "vacancy_days": 3, "reviews_per_year": 50.0}
"""Where the end of a range would leave nobody to look at."""
LAWS = [name for name in Laws.model_fields if not name.startswith("weight_")]
WEIGHTS = [(0.4, 0.3, 0.3), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)]
BOUGHT = {"hours": 2.0, "right_first_time": 0.5, "respect": 0.4, "price_per_request": 3.0}


@st.composite
def feeling_companies(draw: st.DrawFn) -> Scenario:
    """The same companies, of people who feel: practices, laws, contracts, individuals, teams and their changes."""
    scenario = draw(companies())
    plain = scenario.model_dump(exclude_unset=True)
    days = scenario.days
    some_days = st.integers(0, days - 1)
    for part in plain["departments"]:
        part["practices"] = extreme(draw, Practices, draw(st.lists(st.sampled_from(list(Practices.model_fields)))))
        part["contract"] = draw(st.sampled_from([None, None, None, BOUGHT]))
        individual = st.fixed_dictionaries(
            {}, optional={"temper": st.sampled_from([0.0, 1.0]), "skill": st.just(0.0), "arrives_day": some_days}
        )
        part["people"] = {"list": draw(st.lists(individual, max_size=part["staff"]))}
        for one in part["people"]["list"]:
            if draw(st.booleans()):
                one["leaves_day"] = one.get("arrives_day", 0) + draw(st.integers(1, 3))
    inner = [f"{link['supplier']}>{link['customer']}" for link in plain["links"] if link["customer"] != "market"]
    for link in plain["links"]:
        link["acceptable_wait_hours"] = draw(st.sampled_from([0.1, 8.0]))
        if link["customer"] != "market":
            link["avoidable"] = draw(st.booleans())
    if inner:
        teams = draw(st.lists(st.lists(st.sampled_from(inner), min_size=1, max_size=2), max_size=2))
        plain["quality_teams"] = [
            {"name": f"team {number}", "links": links, "hours_per_month": 6.0} for number, links in enumerate(teams)
        ]
    weights = dict(
        zip(("weight_respect", "weight_agility", "weight_care"), draw(st.sampled_from(WEIGHTS)), strict=True)
    )
    plain["psychology"] = "full"
    plain["practices"] = extreme(draw, Practices, draw(st.lists(st.sampled_from(list(Practices.model_fields)))))
    plain["laws"] = weights | extreme(draw, Laws, draw(st.lists(st.sampled_from(LAWS), max_size=20, unique=True)))
    plain["market"] |= extreme(draw, Market, ["expectation", "rising_expectation_per_year"])
    plain["market"]["new_customers_per_year"] = draw(st.sampled_from([0.0, 500.0]))
    plain["management"] |= extreme(draw, Management, ["authoritarian", "other_duties_share"])
    more = [
        {"departments.d0.contract": BOUGHT},
        {"departments.d0.contract": None},
        {"departments.d0.practices.recognition": 1.0, "practices.informal_communication": 1.0},
        {"laws.leaving_per_year": 20.0, "laws.flaws_per_year": 1000.0, "laws.complaint_share": 1.0},
        {"management.chief_authoritarian": 1.0, "management.layers": 3},
        {"departments.d0.staff": 2},
    ]
    changes = draw(st.lists(st.tuples(st.integers(0, days - 1), st.sampled_from(more)), max_size=4))
    by_day = {change["day"]: change for change in plain["changes"]} | {
        day: {"day": day, "set": keys} for day, keys in changes
    }
    plain["changes"] = list(by_day.values())
    return Scenario.model_validate(plain)


ANY = st.one_of(companies(), feeling_companies())


class Watch:
    """Looks at a company before every event, and keeps its own account of hours."""

    def __init__(self) -> None:
        self.waiting: Counter[str] = Counter()
        self.busy: Counter[str] = Counter()
        self.staffed: Counter[str] = Counter()

    def __call__(self, alive: Company, hours: float) -> None:
        lines: dict[str, Line[Any]] = {name: department.line for name, department in alive.departments.items()}
        without_people = {name for name, part in alive.departments.items() if None in part.team.posts}
        lines |= {manager.name: manager.line for manager in alive.management.managers.values()}
        for name, line in lines.items():
            assert not (line.idle and line.waiting), "somebody idle while others wait"
            unserved = line.waiting and not line.staff and name not in without_people
            assert not unserved, "somebody waits where nobody will ever serve"
            assert len(line.idle) + len(line.at_work) == line.staff
            assert not {worker.number for worker in line.idle} & set(line.at_work)
            self.waiting[name] += hours * len(line.waiting)
            self.busy[name] += hours * len(line.at_work)
            self.staffed[name] += hours * line.staff
        _each_serves_one(alive)
        _asked_is_answered_and_open(alive)
        _posts_are_held_by_those_who_serve(alive)
        _states_stay_in_their_ranges(alive)


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


def _posts_are_held_by_those_who_serve(alive: Company) -> None:
    """Nobody is there but who holds a post, and who finishes a job in hand."""
    for department in alive.departments.values():
        holders = {person.number for person in department.team}
        there = {person.number for person in department.line.idle} | set(department.line.at_work)
        assert holders <= there
        finishing = there - holders
        assert finishing <= set(department.line.at_work)
        if department.contract is None:
            assert all(department.line.at_work[number].leaving for number in finishing)
        else:
            assert not holders


def _states_stay_in_their_ranges(alive: Company) -> None:
    for department in alive.departments.values():
        for person in department.team:
            for state in ("morale", "orientation", "skill", "temper", "condition", "ceiling", "manner"):
                assert 0.0 <= getattr(person, state) <= 1.0, state
            assert -1.0 <= person.mood <= 1.0
            assert person.pace >= 0.0
        assert department.pressure > 0.0
        assert department.load >= 0.0
    for service in alive.services.values():
        for state in ("memory", "will", "teamwork"):
            assert -ROUNDING <= getattr(service, state) <= 1.0 + ROUNDING, state
        assert 0.0 <= service.asking(alive.market._laws) <= 1.0
    for customer in alive.market.customers:
        assert -ROUNDING <= customer.satisfaction <= 1.0 + ROUNDING
        assert -ROUNDING <= customer.will <= 1.0 + ROUNDING
    assert alive.market.active == sum(customer.active for customer in alive.market.customers)
    assert all(0.0 <= manager.style <= 1.0 for manager in alive.management.managers.values())


@PATIENT
@given(ANY, st.sampled_from([0.0, 0.25]))
def test_hours_and_requests_are_conserved_at_every_instant(scenario: Scenario, grid: float) -> None:
    watch = Watch()
    needs: Counter[str] = Counter()
    plain = Service.ask

    def counted(service: Service, parent: Job, requests: int) -> None:
        needs[service.name] += requests
        plain(service, parent, requests)

    with patch.object(Service, "ask", counted):
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
    for place, name in enumerate(record.links.names):
        if not name.endswith(">market"):
            asked, avoided = (record.links[column][:, place].sum() for column in ("asked", "avoided"))
            assert needs[name] == asked + avoided
            assert avoided == sum(row["outcome"] == "avoided" for row in log if _link(row) == name)


def _link(row: dict[str, Any]) -> str:
    return f"{row['supplier']}>{row['customer']}"


def _requests_are_conserved(record: Any, log: list[dict[str, Any]]) -> None:
    assert len({row["id"] for row in log}) == len(log)
    asked = Counter(_link(row) for row in log if row["customer"] and row["outcome"] != "avoided")
    answered = Counter(_link(row) for row in log if row["customer"] and row["outcome"] == "answered")
    for place, name in enumerate(record.links.names):
        assert record.links["asked"][:, place].sum() == asked[name]
        assert record.links["answered"][:, place].sum() == answered[name]
    for row in log:
        if row["outcome"] == "answered":
            assert row["asked"] <= row["finished"]
            assert row["wait_hours"] >= -1e-9
        assert row["parent"] is None or row["root"] != row["id"]


@PATIENT
@given(ANY)
def test_purchase_time_is_told_to_the_last_hour(scenario: Scenario) -> None:
    record = simulate(scenario, 2, 0)
    parts = ("purchase_handling", "purchase_queueing", "purchase_repair", "purchase_deciding")
    told = sum(record.links[part].sum() for part in parts)
    market = [link.to_market for link in scenario.links]
    assert told == pytest.approx(record.links["delay_hours"][:, market].sum())


@PATIENT
@given(ANY)
def test_what_satisfaction_lacks_is_told_to_the_last_point(scenario: Scenario) -> None:
    record = simulate(scenario, 2, 0)
    parts = ("lost_respect", "lost_agility", "lost_care", "lost_expectation")
    told = sum(record.links[part].sum() for part in parts)
    market = record.market
    if scenario.feels:
        assert told == pytest.approx(market["delivered"].sum() - market["satisfaction"].sum(), abs=1e-6)
    assert all(record.links[part].min() >= -1e-9 for part in parts)


@PATIENT
@given(ANY, st.randoms(use_true_random=False), st.sampled_from([0.0, 0.25]))
def test_order_in_the_file_changes_nothing(scenario: Scenario, order: Any, grid: float) -> None:
    plain = scenario.model_dump(exclude_unset=True)
    shuffled_keys = [key for key in ("departments", "links", "quality_teams") if key in plain]
    shuffled = plain | {key: order.sample(plain[key], len(plain[key])) for key in shuffled_keys}
    first, second = (
        watched(Scenario.model_validate(keys), lambda *_: None, grid=grid)[1] for keys in (plain, shuffled)
    )
    assert first == second


@PATIENT
@given(ANY)
def test_department_that_nobody_asks_changes_nothing_for_the_rest(scenario: Scenario) -> None:
    flat = scenario.model_dump(exclude_unset=True)
    flat["management"] = flat["management"] | {"layers": 1}
    flat["changes"] = []
    # One person more takes a share of the chief's time and attention: that is the model.
    of_the_chief = {"recognition": 0.0, "interaction": 0.0, "reviews_per_year": 0.0}
    flat["practices"] = flat.get("practices", {}) | of_the_chief
    flat["departments"] = [
        part | {"practices": part.get("practices", {}) | of_the_chief} for part in flat["departments"]
    ]
    added = flat | {
        "departments": [*flat["departments"], {"name": "a new one"}],
        "links": [*flat["links"], {"supplier": "a new one", "customer": "d0", "requests_per_job": 0.0}],
    }
    first, second = (simulate(Scenario.model_validate(keys), 1, 0) for keys in (flat, added))
    assert np.array_equal(first.departments.rows, second.departments.rows[:, 1:])
    assert np.array_equal(first.managers.rows, second.managers.rows)
    assert np.array_equal(first.market.rows, second.market.rows, equal_nan=True)


@PATIENT
@given(ANY)
def test_same_seed_same_numbers_and_another_seed_others(scenario: Scenario) -> None:
    first, second = (simulate(scenario, 1, 0) for _ in range(2))
    assert np.array_equal(first.departments.rows, second.departments.rows)
    assert np.array_equal(first.links.rows, second.links.rows)
    assert np.array_equal(first.market.rows, second.market.rows, equal_nan=True)
    other = simulate(scenario, 2, 0)
    if all((run.departments["offered_hours"] - run.departments["practice_hours"]).sum() > 0 for run in (first, other)):
        assert not np.array_equal(first.departments.rows, other.departments.rows)


@PATIENT
@given(feeling_companies())
def test_nobody_shows_more_than_their_ceiling_and_no_company_satisfies_beyond_its_own(scenario: Scenario) -> None:
    record, log = watched(scenario, lambda *_: None)
    for row in log:
        if row["customer"] and row["outcome"] == "answered":
            assert 0.0 <= row["respect"] <= row["ceiling"] <= 1.0
            assert 0.0 <= row["care"] <= row["ceiling"]
            assert 0.0 <= row["agility"] <= 1.0
    market = record.market
    assert (market["satisfaction"] <= market["experience"] + 1e-9).all()
    assert (market["experience"] <= market["ceiling"] + 1e-9).all()
    totals = {item.outcome: item.total for item in measured(record) if item.level == "company"}
    if market["delivered"][record.observed].sum() > 0:
        assert totals["customer_satisfaction"] <= totals["customer_ceiling"] + 1e-9


@PATIENT
@given(feeling_companies())
def test_customers_and_money_add_up(scenario: Scenario) -> None:
    record = simulate(scenario, 1, 0)
    market = record.market
    came_and_went = (market["joined"] - market["lost"]).cumsum()
    assert np.array_equal(market["active"][:, 0], scenario.market.customers + came_and_went)
    totals = {item.outcome: item.total for item in measured(record) if item.level == "company"}
    assert totals["profit"] == pytest.approx(totals["sales"] - totals["cost"])
    years = scenario.days / 250
    observed = record.observed
    spent = sum(ledger["cost"][observed].sum() for ledger in (record.departments, record.company))
    assert totals["cost"] * years == pytest.approx(spent)
    assert totals["sales"] * years == pytest.approx(market["sales"][observed].sum())


def test_chain_of_two_hundred_departments_without_work_of_their_own_is_walked_to_its_end() -> None:
    parts = [{"name": f"d{number:03}", "handling_hours": 0} for number in range(199)]
    parts.append({"name": "d199", "handling_hours": 2.0, "handling_distribution": "constant"})
    links = [{"supplier": f"d{number + 1:03}", "customer": f"d{number:03}"} for number in range(199)]
    world = TinyWorld(company(parts, [*links, {"supplier": "d000", "customer": "market"}], days=2))
    world.request("d000>market", 1.0, key=1)
    log = world.live()
    assert len(log) == 200
    assert {row["finished"] for row in log} == {3.0}

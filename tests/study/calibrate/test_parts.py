"""The steps between jobs and a scenario, each on data whose truth is known."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim import load, run
from sim.scenario.schema import Scenario
from sim.study.calibrate.availability import available, busy_enough
from sim.study.calibrate.course import Course, observed, simulated
from sim.study.calibrate.doubts import doubts
from sim.study.calibrate.estimates import DepartmentFound, found
from sim.study.calibrate.fitting import Fit
from sim.study.calibrate.intervals import Estimate
from sim.study.calibrate.jobs import Jobs, jobs
from sim.study.calibrate.judging import Compared, judged
from sim.study.calibrate.office_hours import given
from sim.study.calibrate.priorities import MARKET, priorities
from sim.study.calibrate.ratings import rated
from sim.study.calibrate.reading import read_log
from sim.study.calibrate.spells import spells
from sim.study.calibrate.teams import teams
from sim.study.calibrate.window import window

COMPANY = """\
psychology: none
days: 150
warm_up_days: 20
market: {customers: 100, purchases_per_year: 20}
departments:
  - {name: desk, staff: 2, handling_hours: 0.8}
  - {name: shop, staff: 2, handling_hours: 0.6, background_jobs_per_day: 5}
  - {name: net, staff: 2, handling_hours: 0.9, background_jobs_per_day: 4}
links:
  - {supplier: desk, customer: market, share: 0.6}
  - {supplier: shop, customer: market, share: 0.4}
  - {supplier: net, customer: desk, requests_per_job: 0.7, blocking: true, priority: 0}
  - {supplier: net, customer: shop, requests_per_job: 0.5, blocking: true, priority: 2}
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    path = tmp_path_factory.mktemp("parts") / "small.yaml"
    path.write_text(COMPANY, encoding="utf-8")
    return load(path)


@pytest.fixture(scope="module")
def own(company: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Jobs:
    out = tmp_path_factory.mktemp("parts") / "run"
    run(company, replications=1, seed=3, out=out, event_log=True)
    return read(out / "events.csv")


def read(path: Path) -> Jobs:
    log = read_log(path)
    chosen = teams(log)
    office = given("Mon-Fri 09:00-17:00", log.seconds)
    return jobs(spells(log, chosen.of[log.group]), chosen.names, [office] * len(chosen.names))


def test_who_is_served_first_is_told_by_waits_week_by_week(own: Jobs) -> None:
    names = own.names
    told = priorities(own)
    assert told[names.index("net"), names.index("desk")] == 0
    assert told[names.index("net"), names.index("shop")] == 2
    assert told[names.index("desk"), MARKET] == 1


def test_a_log_and_its_company_are_measured_alike(company: Scenario, own: Jobs) -> None:
    """The same run, through its event log and from the engine itself: every wait and every hand-over."""
    through_log = observed(own, 20 * 8.0, 170 * 8.0)
    direct = simulated(company, own.names, 3, 0)
    for place in range(len(own.names)):
        one, other = (np.sort(course.waits(place)) for course in (through_log, direct))
        assert len(one) == len(other)
        assert one == pytest.approx(other, abs=2.0 / 3600.0)
    assert np.bincount(through_log.handed_over()[0]).tolist() == np.bincount(direct.handed_over()[0]).tolist()
    assert through_log.queue(0)[:20] == pytest.approx(direct.queue(0)[:20], abs=0.01)


def test_a_company_fits_its_own_log_and_a_busier_one_does_not(company: Scenario, own: Jobs) -> None:
    last = observed(own, 70 * 8.0, 170 * 8.0)
    assert judged(last, company, replications=19).verdict == "fits"
    busier = company.model_dump(exclude_unset=True)
    for part in busier["departments"]:
        part["staff"] = 1
    assert judged(last, Scenario.model_validate(busier), replications=19).verdict == "does not fit"


def test_of_too_little_no_verdict_is_given(company: Scenario) -> None:
    none = np.empty(0)
    empty = Course(
        ("desk",), 40.0, none.astype(np.int32), none.astype(np.int32), none.astype(bool), none, none, none,
        none.astype(np.int8), none.astype(bool),
    )  # fmt: skip
    assert judged(empty, company, replications=2).verdict == "too little"


def test_whole_weeks_are_found_among_remnants() -> None:
    luck = np.random.default_rng(5)
    remnants, whole = luck.uniform(0, 30 * 40, 60), luck.uniform(30 * 40, 38 * 40, 2_000)
    found_window = window(np.r_[remnants, whole], 38 * 40.0)
    assert (found_window.begin, found_window.weeks, found_window.is_selection) == (1200.0, 8, True)
    assert not window(luck.uniform(0, 38 * 40, 2_000), 38 * 40.0).is_selection


def test_a_team_that_is_hardly_busy_and_yet_keeps_jobs_waiting_is_small(own: Jobs) -> None:
    part = found(own, dict.fromkeys(own.names, 1), dict.fromkeys(own.names, 1)).departments[0]
    assert available(part, part.wait_hours.value, own.days) == round(part.staff.value)
    many = replace(part, staff=Estimate(60.0, 60.0, 60.0, 60, "people seen"), load=part.load * part.staff.value / 60.0)
    assert available(many, part.wait_hours.value, own.days) <= 4
    assert available(many, 0.0, own.days) == 60


def test_how_busy_a_team_is_is_foretold_from_its_waits(own: Jobs) -> None:
    """The start of the fit: of two people who work .5 of the time exponentially, M/M/2 foretells the wait."""
    part = found(own, dict.fromkeys(own.names, 1), dict.fromkeys(own.names, 1)).departments[0]
    one = Estimate(1.0, 1.0, 1.0, 9, "work on jobs")
    plain = replace(part, staff=Estimate(2.0, 2.0, 2.0, 2, "people seen"), load=0.5, jobs=400, handling_spread=one)
    hours = 0.5 * 2 / (400 / (50 * 8.0))
    wait = (2 * 0.5**2 / 1.5) * hours / (2 * 0.5)  # Erlang C of two people at .5 is 1/3
    assert busy_enough(plain, wait, 2, 50) == pytest.approx(1.0, abs=0.02)
    assert busy_enough(plain, 20.0 * wait, 2, 50) > 1.5


def test_a_band_that_holds_anything_says_nothing() -> None:
    near = Compared("wait", "desk", 0.5, 1.0, 0.1, 1.1, 90.0)
    vague = Compared("wait", "desk", 0.5, 3.0, 0.1, 1.1, 90.0)
    beyond = Compared("wait", "desk", 0.5, 95.0, 0.1, 1.1, 90.0)
    rare = Compared("requests", "", 4, 0.2, 0.0, 0.1, 0.12)
    assert [item.tells for item in (near, vague, beyond, rare)] == [True, False, True, True]
    assert [item.inside for item in (near, beyond, rare)] == [True, False, False]


def test_ratings_tell_how_much_waiting_matters(own: Jobs) -> None:
    """Ratings made to fall as a power of the wait give that power back, over what a disappointment weighs."""
    counted = found(own, dict.fromkeys(own.names, 1), dict.fromkeys(own.names, 1))
    accepted = {link.supplier: link.acceptable.value for link in counted.links if link.customer == "market"}
    limits = np.array([accepted.get(own.names[place], np.nan) for place in own.department])
    late = np.maximum(1.0, (own.finished - own.asked) / np.maximum(limits, 0.1))
    rating = np.where(np.isnan(limits), np.nan, 100 * 0.8 * late**-0.6).astype(np.float32)
    marks = rated(replace(own, spells=replace(own.spells, rating=rating)), counted)
    assert marks is not None
    assert marks.scale == (0.0, 100.0)
    felt = 1.0 + 0.5 * 2.0 * 0.7 / marks.satisfaction.value
    assert marks.agility is not None
    assert marks.agility.value == pytest.approx(0.6 / (0.3 * felt), rel=0.02)
    assert rated(own, counted) is None


def test_the_question_that_matters_most_comes_first() -> None:
    plant = load("plant")
    none = Fit(None, (), (), np.empty((0, 0)), (), (), 0.0, 0)  # type: ignore[arg-type]
    every = doubts(plant, none, frozenset())
    assert [doubt.points for doubt in every] == sorted((doubt.points for doubt in every), reverse=True)
    assert sum(doubt.share for doubt in every) == pytest.approx(1.0)
    assert {doubt.question for doubt in every} == {
        "survey",
        "chart",
        "decisions",
        "outcome",
        "rating",
        "agreed",
        "time",
    }
    known = doubts(plant, none, frozenset({"survey", "agreed"}))
    assert {doubt.question for doubt in known} == {"style", "chart", "decisions", "outcome", "rating", "time"}


def test_departments_of_the_log_hold_what_a_scenario_needs(own: Jobs) -> None:
    for part in found(own, dict.fromkeys(own.names, 1), dict.fromkeys(own.names, 1)).departments:
        assert isinstance(part, DepartmentFound)
        assert 0.0 < part.load < 1.0
        assert part.wait_hours.low <= part.wait_hours.value <= part.wait_hours.high

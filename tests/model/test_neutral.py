"""A neutral lever changes nothing: with its effects and its hours at 0, no number of the record moves by a bit.

And what a back office is like reaches the market through the requests it answers, or not at all.
"""

from typing import Any

import numpy as np
import pytest

from sim.model.job import Job
from sim.model.record import Record
from sim.scenario.schema import Scenario
from tests.engine import simulate
from tests.worlds import TinyWorld, company, feeling

LIVELY = {"flaws_per_year": 20.0, "leaving_per_year": 1.0, "vacancy_days": 5, "complaint_share": 0.5}
BAD_MEMORY = {"avoiding_below": 0.6, "avoiding_slope": 12.0}


def living(
    laws: dict[str, Any] | None = None,
    practices: dict[str, Any] | None = None,
    management: dict[str, Any] | None = None,
    back: dict[str, Any] | None = None,
    requests: float = 0.5,
    **keys: Any,
) -> Scenario:
    """A company in which everything happens: errors, decisions, flaws, words, avoiding, leaving, moods, chance."""
    parts = [
        {"name": "sales", "staff": 3, "handling_hours": 1.0, "right_first_time": 0.9},
        {"name": "it", "staff": 2, "handling_hours": 0.8, "right_first_time": 0.8, "background_jobs_per_day": 2.0,
         **(back or {})},
        {"name": "stores", "staff": 2, "handling_hours": 0.5, "right_first_time": 0.8, "errors_noticed": 0.5},
    ]  # fmt: skip
    links = [
        {"supplier": "sales", "customer": "market"},
        {"supplier": "it", "customer": "sales", "requests_per_job": requests, "avoidable": True},
        {"supplier": "stores", "customer": "sales", "requests_per_job": 0.8},
        {"supplier": "it", "customer": "stores", "requests_per_job": requests / 2, "avoidable": True},
    ]
    market = {"customers": 300, "purchases_per_year": 12.0, "new_customers_per_year": 200.0}
    return company(
        parts,
        links,
        psychology="full",
        laws=LIVELY | BAD_MEMORY | (laws or {}),
        practices={"informal_communication": 0.5, "survey_share": 0.2, **(practices or {})},
        management={"layers": 2, "decision_share": 0.3, **(management or {})},
        **{"days": 60, "warm_up_days": 10, "market": market, **keys},
    )


def numbers(record: Record, but: tuple[str, ...] = ()) -> dict[tuple[str, str], Any]:
    """Every column of the record, but for those named."""
    ledgers = {
        "departments": record.departments,
        "links": record.links,
        "managers": record.managers,
        "market": record.market,
        "company": record.company,
    }
    return {
        (kind, column): ledger[column]
        for kind, ledger in ledgers.items()
        for column in ledger.columns
        if column not in but
    }


def differing(first: Scenario, second: Scenario, but: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    """The columns in which two companies are not the same to the last bit."""
    ours, theirs = (numbers(simulate(scenario, 1, 0), but) for scenario in (first, second))
    return {name for name, ours_of in ours.items() if not np.array_equal(ours_of, theirs[name], equal_nan=True)}


NO_WORDS = {"complaint_share": 0.0}
LEVERS = {
    "involvement": ({"involvement_hours": 0.0, "morale_from_involvement": 0.0}, {}),
    "recognition": ({"recognition_hours": 0.0, "morale_from_recognition": 0.0}, {}),
    "role_clarity": (
        {"clarity_hours": 0.0, "morale_from_clarity": 0.0, "orientation_from_clarity": 0.0, "decision_error": 0.0},
        {},
    ),
    "interaction": ({"interaction_hours": 0.0, "morale_from_interaction": 0.0}, {}),
    "informal_communication": (
        NO_WORDS | {"informal_hours": 0.0, "informal_reach": 0.0, "memory_talk": 0.0},
        {"survey_share": 0.0},
    ),
    "reviews_per_year": (
        {"review_hours": 0.0, "review_effect": 0.0, "review_spread": 0.0, "correction": 0.0, "blame": 0.0},
        {},
    ),
    "customer_contacts_per_year": (
        {"contact_hours": 0.0, "orientation_from_contact": 0.0, "contact_reveals": 0.0},
        {},
    ),
}


@pytest.mark.parametrize("lever", LEVERS)
def test_practice_without_effects_and_hours_changes_no_number(lever: str) -> None:
    laws, practices = LEVERS[lever]
    none, full = (living(laws, practices | {lever: value}) for value in (0.0, 10.0 if "year" in lever else 1.0))
    assert differing(none, full) == set()


@pytest.mark.parametrize("lever", LEVERS)
def test_practice_with_its_effects_and_hours_changes_something(lever: str) -> None:
    """So that no test above is true only because nothing reads the lever."""
    none, full = (living(practices={lever: value}) for value in (0.0, 10.0 if "year" in lever else 1.0))
    assert differing(none, full)


def test_survey_whose_words_do_nothing_changes_only_the_count_of_surveys_and_words() -> None:
    nothing = {
        "flaws_per_year": 0.0,
        "mending_hours": 0.0,
        "orientation_from_message": 0.0,
        "message_hours": 0.0,
        "message_kept": 0.0,
    }
    laws = nothing | {"message_kept_sideways": 0.0, "message_distorted": 1.0}
    none, all_ = (living(laws, {"survey_share": share}, money={"survey": 0.0}) for share in (0.0, 1.0))
    words = {("departments", f"message{end}") for end in ("s", "s_intact", "s_distorted", "_hours")}
    assert differing(none, all_) == {("market", "surveys")} | words


def test_delegation_without_decisions_and_effect_on_morale_changes_no_number() -> None:
    laws = {"morale_from_delegation": 0.0}
    none, full = (living(laws, management={"decision_share": 0.0, "delegation": share}) for share in (0.0, 1.0))
    assert differing(none, full) == set()


def test_style_that_nobody_minds_changes_no_number_but_the_style() -> None:
    laws = {"morale_from_style": 0.0, "fear": 0.0, "review_fear": 0.0, "blame": 0.0}
    practices = {"reviews_per_year": 4.0}
    mild, harsh = (living(laws, practices, management={"authoritarian": style}) for style in (0.0, 1.0))
    assert differing(mild, harsh) == {("managers", "style")}


def test_quality_team_without_effect_and_hours_changes_no_number() -> None:
    laws = {"team_effect": 0.0, "team_repairs_memory": 0.0, "team_reveals": 0.0}
    for keys, hours in (({}, 0.0), ({"team_time": 0.0}, 6.0)):
        team = {"name": "uptime", "links": ["it>sales", "stores>sales"], "hours_per_month": hours}
        assert differing(living(laws | keys), living(laws | keys, quality_teams=[team])) == set()


def test_quality_team_that_takes_no_errors_away_leaves_every_chance_to_the_last_bit() -> None:
    for percent in range(1, 101):
        parts = [{"name": "sales"}, {"name": "it", "right_first_time": percent / 100}]
        service = TinyWorld(feeling(parts, laws={"team_effect": 0.0})).company.services["it>sales"]
        job = Job(service.supplier, percent, service, None)
        alone = job._chance(0)
        service.teamwork = 0.7
        assert job._chance(0) == alone


def test_temper_that_costs_no_respect_changes_no_number() -> None:
    laws = {"respect_needs_temper": 0.0}
    for temper in (0.0, 1.0):
        people = {"people": {"temper": temper, "list": [{"temper": 1.0 - temper}]}}
        assert differing(living(laws), living(laws, back=people)) == set()


OTHER_WAYS = {"informal_communication": 0.0, "recognition": 0.0, "interaction": 0.0, "reviews_per_year": 0.0}
"""By which a back office that nobody asks could reach the rest: talk (moods, memories) and the chief's time."""
MARKET_LINK = "sales>market"


@pytest.mark.parametrize(
    "back",
    [
        {"people": {"temper": 0.0, "skill": 0.0}},
        {"practices": {"involvement": 1.0, "role_clarity": 1.0, "customer_contacts_per_year": 20.0}},
        {"staff": 5},
        {"right_first_time": 0.3, "errors_noticed": 0.1},
        {"people": {"list": [{"temper": 0.0, "arrives_day": 3, "leaves_day": 9}]}},
        {"contract": {"respect": 0.1, "hours": 50.0}},
    ],
)
def test_back_office_that_nobody_asks_leaves_the_market_as_it_is(back: dict[str, Any]) -> None:
    # Its own work needs no decisions: a manager's time would be another way.
    management = {"decision_share": 0.0}
    laws = NO_WORDS
    practices = OTHER_WAYS | {"survey_share": 0.0}
    first, second = (
        simulate(living(laws, practices, management, back=keys, requests=0.0), 1, 0) for keys in (None, back)
    )
    it = first.departments.names.index("it")
    assert not np.array_equal(first.departments.rows[:, it], second.departments.rows[:, it])
    assert np.array_equal(first.market.rows, second.market.rows, equal_nan=True)
    assert np.array_equal(first.links.rows, second.links.rows)


def test_back_office_that_is_asked_reaches_the_market() -> None:
    rude = {"people": {"temper": 0.0}}
    management = {"decision_share": 0.0}
    practices = OTHER_WAYS | {"survey_share": 0.0}
    polite, other = (living(NO_WORDS, practices, management, back=back, requests=0.5) for back in (None, rude))
    assert ("market", "satisfaction") in differing(polite, other)

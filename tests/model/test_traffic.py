"""The traffic equations against loads worked out by hand."""

import pytest

from sim.model.traffic import traffic
from tests.worlds import company


def test_jobs_are_own_work_purchases_and_requests_of_customers() -> None:
    flow = traffic(
        company(
            [
                {"name": "sales", "staff": 2, "handling_hours": 1.5, "right_first_time": 0.9, "errors_noticed": 0.5},
                {"name": "it", "handling_hours": 0.5, "background_jobs_per_day": 4},
            ],
            [
                {"supplier": "sales", "customer": "market"},
                {"supplier": "it", "customer": "sales", "requests_per_job": 1.5},
            ],
            market={"customers": 500, "purchases_per_year": 4},  # 8 purchases a day
        )
    )
    assert flow.jobs_per_hour == pytest.approx({"sales": 1.0, "it": 0.5 + 1.5})
    assert flow.load == pytest.approx({"sales": 1.5 / (1 - 0.5 * 0.1) / 2, "it": 1.0})


def test_requests_on_a_cycle_multiply_until_they_die_out() -> None:
    flow = traffic(
        company(
            [{"name": "it"}, {"name": "hr"}],
            [
                {"supplier": "it", "customer": "market"},
                {"supplier": "hr", "customer": "it", "requests_per_job": 0.5},
                {"supplier": "it", "customer": "hr", "requests_per_job": 0.5},
            ],
            market={"customers": 2000, "purchases_per_year": 1},
        )
    )
    assert flow.jobs_per_hour == pytest.approx({"it": 4 / 3, "hr": 2 / 3})  # 1 + ¼ + 1/16 + …


def test_managers_are_loaded_by_duties_and_by_what_is_not_delegated() -> None:
    flow = traffic(
        company(
            [{"name": "sales", "staff": 10}, {"name": "it", "staff": 10}],
            [
                {"supplier": "sales", "customer": "market"},
                {"supplier": "it", "customer": "sales", "requests_per_job": 0.5},
            ],
            market={"customers": 4000, "purchases_per_year": 1},  # 2 purchases an hour
            management={
                "layers": 2,
                "delegation": 0.5,
                "decision_share": 0.4,
                "decision_hours": 0.5,
                "other_duties_share": 0.3,
            },
        )
    )
    # Of 2 jobs an hour .4 need a decision, half of them climb, half of those to each tier, half an hour each.
    assert flow.manager_load == pytest.approx({"1:sales": 0.3 + 0.1, "1:it": 0.3 + 0.05, "2:company": 0.3 + 0.15})
    # What the worker decides alone is work too: 2 · .4 · .5 · .5 h for 10 people.
    assert flow.load["sales"] == pytest.approx((2 * 1.0 + 0.2) / 10)

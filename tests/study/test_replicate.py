"""Intervals over replications, and what tables say."""

import math

import numpy as np
import pytest
from scipy import stats

from sim import run
from sim.study.replicate import interval
from tests.worlds import company, queue, watched


def test_interval_is_students() -> None:
    values = [3.1, 2.7, 4.0, 3.3, 2.9]
    exact = stats.t.interval(0.95, 4, loc=np.mean(values), scale=stats.sem(values))
    assert interval(values) == (pytest.approx(np.mean(values)), *map(pytest.approx, exact), 5)


def test_one_value_has_a_mean_and_no_interval() -> None:
    mean, low, high, n = interval([2.0, math.nan])
    assert (mean, n) == (2.0, 1)
    assert math.isnan(low)
    assert math.isnan(high)


def test_interval_covers_the_truth_as_often_as_it_says() -> None:
    # 95 % of 1,000 repetitions: 950 ± 3 standard errors of 6.9, so this fails a right interval with probability .003.
    rng = np.random.default_rng(1)
    covered = sum(low <= 5 <= high for _, low, high, _ in (interval(rng.normal(5, 2, 10)) for _ in range(1000)))
    assert 929 <= covered <= 971


def test_year_is_the_mean_over_requests_and_the_sum_of_its_weeks() -> None:
    results = run(queue(0.5, 60, warm_up_days=10), replications=2)
    weekly = results.weekly[(results.weekly["level"] == "company") & (results.weekly["replication"] == 0)]
    assert set(weekly["week"]) == set(range(-2, 12))
    observed = weekly[weekly["week"] >= 0].pivot_table(index="week", columns="outcome", values="value")
    first = results.outcomes[(results.outcomes["replication"] == 0) & (results.outcomes["level"] == "company")]
    year = first.set_index("outcome")["value"]
    assert year["purchases"] == observed["purchases"].sum()
    # Every week has 40 staffed hours, so here the mean of the weeks is the year's; weeks of few purchases weigh less.
    assert year["utilisation"] == pytest.approx(observed["utilisation"].mean())
    assert year["customer_delay_hours"] != pytest.approx(observed["customer_delay_hours"].mean(), rel=1e-6)


def test_queue_length_is_over_the_hours_that_were_simulated() -> None:
    parts = [{"name": "desk", "handling_hours": 1000.0, "handling_distribution": "constant"}]
    market = {"customers": 1000, "purchases_per_year": 100.0}
    results = run(company(parts, days=7, warm_up_days=3, market=market), 1)  # weeks of 3, 5 and 2 days
    length = results.weekly[results.weekly["outcome"] == "queue_length"]["value"].to_numpy()
    # 50 purchases an hour come and stay: on half of the way through each stretch 600, 2200 and 3600 of them wait.
    assert length == pytest.approx([600, 2200, 3600], rel=0.1)


def test_scenarios_name_changes_no_number() -> None:
    plain = queue(0.5, 30)
    renamed = type(plain).model_validate(plain.model_dump(exclude_unset=True) | {"name": "another"})
    first, second = run(plain, 1), run(renamed, 1)
    assert np.array_equal(first.outcomes["value"], second.outcomes["value"], equal_nan=True)


def test_same_customers_have_the_same_luck_when_a_department_is_changed() -> None:
    def shop(staff: int) -> set[tuple[str, float, float]]:
        parts = [{"name": "sales", "staff": staff}, {"name": "it"}]
        links = [
            {"supplier": "sales", "customer": "market"},
            {"supplier": "it", "customer": "sales", "requests_per_job": 0.5},
        ]
        scenario = company(parts, links, days=40, market={"customers": 100, "purchases_per_year": 10})
        log = watched(scenario, lambda *_: None)[1]
        done = {row["id"]: row for row in log if row["outcome"] == "answered"}
        bought = {row["id"]: (row["asker"], row["asked"]) for row in log if row["customer"] == "market"}
        return {
            (row["supplier"], bought[row["root"]], round(row["work_hours"], 9))
            for row in done.values()
            if row["asked"] < 200
        }

    few, many = shop(2), shop(5)
    assert len(few & many) > 0.9 * len(few)  # all but those still open at the end in one of the two


def test_unknown_outcome_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nonsense"):
        run(queue(0.5, 5), 1).value("nonsense")


@pytest.mark.parametrize("keys", [{"replications": 0}, {"replications": 1, "trace": True}])
def test_arguments_that_cannot_be_are_refused(keys: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"replications|trace"):
        run(queue(0.5, 5), **keys)  # type: ignore[arg-type]

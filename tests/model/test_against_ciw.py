"""A network with several sources, beside Ciw, a queueing simulator that nobody here wrote.

Two front lines and own work meet in one back office with two people; some of its jobs go on to a third department.
Handling times are lognormal, so no closed form is at hand. Each figure's difference must lie inside the 99 % interval
of the difference of two independent means, and that interval must be narrower than a fifth of the figure.
"""

import math
from collections.abc import Iterator

import ciw
import numpy as np
import pytest
from scipy.special import stdtrit

from sim.model.measures import measured
from tests.engine import simulate
from tests.worlds import company

REPLICATIONS = 30
DAYS, WARM_UP_DAYS = 500, 50
MEAN = {"counter": 0.9, "phone": 0.5, "office": 1.2, "stock": 0.7}
SPREAD = {"counter": 0.8, "phone": 0.6, "office": 0.5, "stock": 0.8}
STAFF = {"counter": 1, "phone": 1, "office": 2, "stock": 1}
PURCHASES_PER_HOUR, PHONE_SHARE, OWN_PER_HOUR = 1.5, 0.6, 0.3


def test_waits_agree_in_every_department() -> None:
    ours, theirs = np.array(list(_ours())), np.array(list(_theirs()))
    for place, name in enumerate(MEAN):
        a, b = ours[:, place], theirs[:, place]
        error = math.sqrt((a.var(ddof=1) + b.var(ddof=1)) / REPLICATIONS)
        half = float(stdtrit(2 * REPLICATIONS - 2, 0.995)) * error
        assert 2 * half < 0.2 * b.mean(), f"{name}: interval too wide: {half} for {b.mean()}"
        assert a.mean() == pytest.approx(b.mean(), abs=half), name


def _ours() -> Iterator[list[float]]:
    parts = [
        {"name": n, "staff": STAFF[n], "handling_hours": MEAN[n], "handling_spread": SPREAD[n], "intake_share": 1.0}
        for n in MEAN
    ]
    parts[2]["background_jobs_per_day"] = OWN_PER_HOUR * 8
    links = [
        {"supplier": "counter", "customer": "market", "share": 1 - PHONE_SHARE},
        {"supplier": "phone", "customer": "market", "share": PHONE_SHARE},
        {"supplier": "office", "customer": "counter", "requests_per_job": 1.0},
        {"supplier": "office", "customer": "phone", "requests_per_job": 0.4},
        {"supplier": "stock", "customer": "office", "requests_per_job": 0.7},
    ]
    market = {"customers": 500, "purchases_per_year": PURCHASES_PER_HOUR * 2000 / 500}
    scenario = company(parts, links, days=DAYS, warm_up_days=WARM_UP_DAYS, market=market)
    for replication in range(REPLICATIONS):
        outcomes = measured(simulate(scenario, 3, replication))
        waits = {item.where: item.total for item in outcomes if item.outcome == "queue_hours"}
        yield [waits[name] for name in MEAN]


def _theirs() -> Iterator[list[float]]:
    def lognormal(name: str) -> ciw.dists.Lognormal:
        variance = math.log1p(SPREAD[name] ** 2)
        return ciw.dists.Lognormal(math.log(MEAN[name]) - variance / 2, math.sqrt(variance))

    network = ciw.create_network(
        arrival_distributions=[
            ciw.dists.Exponential(PURCHASES_PER_HOUR * (1 - PHONE_SHARE)),
            ciw.dists.Exponential(PURCHASES_PER_HOUR * PHONE_SHARE),
            ciw.dists.Exponential(OWN_PER_HOUR),
            None,
        ],
        service_distributions=[lognormal(name) for name in MEAN],
        number_of_servers=list(STAFF.values()),
        routing=[[0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.4, 0.0], [0.0, 0.0, 0.0, 0.7], [0.0] * 4],
    )
    begin, end = WARM_UP_DAYS * 8.0, (WARM_UP_DAYS + DAYS) * 8.0
    for replication in range(REPLICATIONS):
        ciw.seed(100 + replication)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(end)
        waits: list[list[float]] = [[] for _ in MEAN]
        for record in simulation.get_all_records(only=["service"]):
            if record.service_start_date >= begin:
                waits[record.node - 1].append(record.waiting_time)
        yield [float(np.mean(of_one)) for of_one in waits]

"""Does calibration give back what is true: companies at random, their logs, and what the logs give. Some minutes::

    python -m experiments.recovery [--psychology full]

Each company is simulated for a year, its event log is written as CSV and read again as a client's would be; the 95 %
intervals of rates, hours, requests and staff are held against what was put in. Writes ``findings-none.csv`` (or
``-full``) beside this file and prints the table of ``README.md``. With ``--judge`` each company is also fitted and
judged, which takes half an hour.
"""

import argparse
import csv
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import networkx as nx
import numpy as np

from sim import Scenario, run
from sim.model.calendar import HOURS_PER_DAY
from sim.show.calibrate.command import calibrate
from sim.study.calibrate.calibrated import Asked, seen
from sim.study.calibrate.estimates import Found, found
from sim.study.calibrate.intervals import Estimate
from sim.study.calibrate.jobs import jobs
from sim.study.calibrate.spells import spells

COMPANIES = 20
SEED = 8
FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Try:
    """One number of one company: what was put in, and what the log gave."""

    company: int
    quantity: str
    where: str
    true: float
    value: float
    low: float
    high: float

    @property
    def covered(self) -> bool:
        return self.low - 1e-9 <= self.true <= self.high + 1e-9


def company(number: int, psychology: str) -> Scenario:
    """A company at random: three to seven departments, each of which serves somebody, at work half the time or more."""
    luck = np.random.default_rng([SEED, number])
    names = [f"team {letter}" for letter in "abcdefg"[: luck.integers(3, 8)]]
    links = [(names[0], "market", 0.0)]
    graph = nx.DiGraph()
    graph.add_node(names[0])
    for place, name in enumerate(names[1:], start=1):
        for customer in luck.choice(names[:place], size=min(place, int(luck.integers(1, 3))), replace=False):
            links.append((name, str(customer), float(np.round(luck.uniform(0.05, 1.3), 2))))
    rate = float(luck.uniform(8, 40))
    own = {name: float(np.round(luck.uniform(1, 10), 1)) if luck.random() < 0.6 else 0.0 for name in names}
    arriving = dict.fromkeys(names, 0.0)
    arriving[names[0]] = rate
    for name in names:
        arriving[name] += own[name]
        for supplier, customer, requests in links[1:]:
            if customer == name:
                arriving[supplier] += requests * arriving[name]
    departments = []
    for name in names:
        kind = str(luck.choice(["lognormal", "exponential", "erlang"]))
        hours = float(np.round(luck.uniform(0.3, 3.0), 2))
        staff = max(1, int(np.ceil(arriving[name] * hours * 1.1 / HOURS_PER_DAY / luck.uniform(0.5, 0.85))))
        part = {
            "name": name,
            "staff": staff,
            "handling_hours": hours,
            "handling_distribution": kind,
            "intake_share": float(np.round(luck.uniform(0.2, 0.8), 2)),
            "right_first_time": float(np.round(luck.uniform(0.85, 0.99), 3)),
            "background_jobs_per_day": own[name],
        }
        if kind != "exponential":
            part["handling_spread"] = float(np.round(luck.uniform(0.3, 0.9 if kind == "erlang" else 1.3), 2))
        departments.append(part)
    return Scenario.model_validate(
        {
            "name": f"company {number}",
            "psychology": psychology,
            "days": 250,
            "market": {"customers": 1000, "purchases_per_year": rate * 250 / 1000, "new_customers_per_year": 0.0},
            "departments": departments,
            "links": [
                {"supplier": supplier, "customer": customer, "share": 1.0}
                if customer == "market"
                else {
                    "supplier": supplier,
                    "customer": customer,
                    "requests_per_job": requests,
                    "blocking": bool(luck.random() < 0.7),
                }
                for supplier, customer, requests in links
            ],
            "laws": {"loss_per_purchase": 0.0},
        }
    )


def tries(number: int, true: Scenario, given: Found) -> Iterator[Try]:
    """Every number that was put in and can be read off."""

    def one(quantity: str, where: str, value: float, estimate: Estimate) -> Try:
        return Try(number, quantity, where, value, estimate.value, estimate.low, estimate.high)

    market = true.market
    yield one("rate of cases", "", market.customers * market.purchases_per_year / 250, given.purchases)
    parts = {part.name: part for part in given.departments}
    for part in true.departments:
        estimates = parts[part.name]
        yield one("handling time", part.name, part.handling_hours, estimates.handling_hours)
        if part.handling_distribution == "lognormal":
            yield one("spread of lognormal work", part.name, part.handling_spread, estimates.handling_spread)
        yield one("staff", part.name, part.staff, estimates.staff)
        if part.background_jobs_per_day:
            yield one("rate of own work", part.name, part.background_jobs_per_day, estimates.own)
        yield one("right first time", part.name, part.right_first_time, estimates.right)
        yield one("errors noticed", part.name, part.errors_noticed, estimates.noticed)
    links = {(link.supplier, link.customer): link for link in given.links}
    for link in true.inner_links:
        estimate = links[link.supplier, link.customer]
        yield one("requests per job", link.name, link.requests_per_job, estimate.requests)
        blocks = float(link.blocking)
        yield Try(number, "blocking or not", link.name, blocks, *(float(estimate.blocking),) * 3)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--psychology", choices=["none", "full"], default="none")
    parser.add_argument("--judge", action="store_true")
    asked = parser.parse_args()
    every: list[Try] = []
    shapes, verdicts = [], []
    for number in range(COMPANIES):
        true = company(number, asked.psychology)
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "run"
            run(true, replications=1, seed=number + 1, out=out, event_log=True)
            what = seen(out / "events.csv", Asked())
            whole = jobs(spells(what.log, what.teams.of[what.log.group]), what.teams.names, what.offices)
            names = what.teams.names
            given = found(whole, dict.fromkeys(names, 1), dict.fromkeys(names, 1))
            every += tries(number, true, given)
            kinds = {part.name: part.shape for part in given.departments}
            shapes += [kinds[part.name] == part.handling_distribution for part in true.departments]
            if asked.judge:
                verdicts.append(calibrate(out / "events.csv").calibration.judged.verdict)
            print(number, len(what.log), verdicts[-1:] or "", flush=True)
    with (FOLDER / f"findings-{asked.psychology}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["company", "quantity", "where", "true", "value", "low", "high", "covered"])
        for item in every:
            numbers = [f"{number:.6g}" for number in (item.value, item.low, item.high)]
            writer.writerow([item.company, item.quantity, item.where, item.true, *numbers, item.covered])
    print("| quantity | tries | covered | mean error |\n| --- | --- | --- | --- |")
    for quantity in dict.fromkeys(item.quantity for item in every):
        these = [item for item in every if item.quantity == quantity]
        error = np.mean([item.value / item.true - 1 if item.true else item.value for item in these])
        print(f"| {quantity} | {len(these)} | {np.mean([item.covered for item in these]):.1%} | {error:+.1%} |")
    print(f"| distribution of handling times | {len(shapes)} | {np.mean(shapes):.1%} | – |")
    for verdict in dict.fromkeys(verdicts):
        print(f"verdict {verdict}: {verdicts.count(verdict)} of {len(verdicts)}")


if __name__ == "__main__":
    main()

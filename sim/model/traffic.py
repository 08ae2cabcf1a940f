"""The traffic equations: every load, before anything is simulated.

A department's jobs come from its own background work, from the market, and from the jobs of its customers:
λ = b + Rλ, where R[i, j] is the mean number of requests that one job of j makes to i. Hours offered are the jobs'
hours with what is repaired and what the worker decides alone.
"""

from dataclasses import dataclass

from sim.model.calendar import HOURS_PER_DAY, HOURS_PER_YEAR
from sim.model.hierarchy import management_tree
from sim.scenario.parts import Department
from sim.scenario.schema import Scenario


@dataclass(frozen=True, slots=True)
class Traffic:
    """What flows through a company in its long-run mean, if it can keep up.

    By department: ``jobs_per_hour``, ``offered_hours`` of work that arrive in an hour, and ``load``, the share of the
    staffed time that they fill. ``manager_load`` the same for managers, other duties included. A load of 1 or more
    cannot be kept up with.
    """

    jobs_per_hour: dict[str, float]
    offered_hours: dict[str, float]
    load: dict[str, float]
    manager_load: dict[str, float]


def traffic(scenario: Scenario) -> Traffic:
    """Solve the traffic equations of a scenario as it stands on its first day."""
    jobs = _jobs_per_hour(scenario)
    offered = {part.name: jobs[part.name] * hours_per_job(scenario, part) for part in scenario.departments}
    return Traffic(
        jobs_per_hour=jobs,
        offered_hours=offered,
        load={part.name: offered[part.name] / part.staff for part in scenario.departments},
        manager_load=_manager_load(scenario, jobs),
    )


def mean_passes(department: Department) -> float:
    """How often a job is worked through until no error is noticed any more: 1 / (1 − noticed · (1 − right))."""
    return 1.0 / (1.0 - department.errors_noticed * (1.0 - department.right_first_time))


def hours_per_job(scenario: Scenario, department: Department) -> float:
    """Mean hours of work on one job: handling with repairs, and the decisions that the worker takes alone."""
    management = scenario.management
    own_decisions = management.decision_share * management.delegation * management.decision_hours
    return department.handling_hours * mean_passes(department) + own_decisions


def purchases_per_hour(scenario: Scenario) -> float:
    """Mean purchases of all customers in an hour."""
    return scenario.market.customers * scenario.market.purchases_per_year / HOURS_PER_YEAR


def _jobs_per_hour(scenario: Scenario) -> dict[str, float]:
    import numpy as np  # noqa: PLC0415 - scipy's sparse solver takes a while to load
    from scipy.sparse import csc_array, eye_array  # noqa: PLC0415
    from scipy.sparse.linalg import spsolve  # noqa: PLC0415

    place = {name: index for index, name in enumerate(scenario.department_names)}
    outside = np.array([part.background_jobs_per_day / HOURS_PER_DAY for part in scenario.departments])
    for link in scenario.front_line:
        outside[place[link.supplier]] += purchases_per_hour(scenario) * link.share
    inner = scenario.inner_links
    rows = [place[link.supplier] for link in inner]
    columns = [place[link.customer] for link in inner]
    requests = csc_array(
        ([link.requests_per_job for link in inner], (rows, columns)), shape=(len(place), len(place)), dtype=float
    )
    jobs = spsolve((eye_array(len(place), format="csc") - requests).tocsc(), outside)
    return {name: float(jobs[index]) for name, index in place.items()}


def _manager_load(scenario: Scenario, jobs: dict[str, float]) -> dict[str, float]:
    management = scenario.management
    share_of_tier = management.decision_share * (1.0 - management.delegation) / management.layers
    return {
        manager: management.other_duties_share
        + sum(jobs[name] for name in about["departments"]) * share_of_tier * management.decision_hours
        for manager, about in management_tree(scenario).nodes(data=True)
    }

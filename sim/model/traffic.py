"""What flows through a company in which everybody is ordinary: jobs and loads, before anybody feels anything."""

from dataclasses import dataclass

import numpy as np

from sim.model.network import network
from sim.model.rounds import one_round, ordinary_mind
from sim.model.words import ways
from sim.scenario.schema import Scenario


@dataclass(frozen=True, slots=True)
class Traffic:
    """What flows through a company in its long-run mean, if it can keep up.

    By department: ``jobs_per_hour``, and ``load``, the share of the staffed time that their hours fill.
    ``manager_load`` the same for managers, other duties included. A load of 1 or more cannot be kept up with.
    """

    jobs_per_hour: dict[str, float]
    load: dict[str, float]
    manager_load: dict[str, float]


def traffic(scenario: Scenario) -> Traffic:
    """The traffic equations of a scenario as it stands on its first day."""
    net = network(scenario)
    with np.errstate(all="ignore"):
        now = one_round(net, ways(net), ordinary_mind(net))
    names = scenario.department_names
    return Traffic(
        jobs_per_hour=dict(zip(names, map(float, now.work.jobs), strict=True)),
        load=dict(zip(names, map(float, now.load), strict=True)),
        manager_load=dict(zip(net.managers.names, map(float, now.manager_load), strict=True)),
    )

"""What flows through the network, before anything is simulated: jobs that ask for jobs, words that are passed on."""

from typing import Final

import numpy as np

from sim.model.network import Network, Places, purchases_per_hour
from sim.model.queueing import Floats

_DENSE: Final = 200
"""Choice: up to so many departments the equations are solved in full; SciPy's sparse solver takes a while to load."""


def jobs_per_hour(net: Network, asking: Floats) -> Floats:
    """By department, if it can keep up; ``asking``: by link, the share of requests that are made, not avoided.

    A department's jobs come from its own background work, from the market, and from the jobs of its customers, each of
    which makes a mean number of requests: the traffic equations.
    """
    links, inner = net.links, net.inner
    outside = net.departments.own_jobs + net.by_supplier(purchases_per_hour(net.scenario) * links.share)
    return passed_on(outside, (links.requests * asking)[inner], links.customer[inner], links.supplier[inner])


def passed_on(begin: Floats, share: Floats, source: Places, goal: Places) -> Floats:
    """What passes each place in all: what begins there, and of what passes every source its share, x = begin + Sx."""
    count = len(begin)
    if count <= _DENSE:
        shares = np.asarray(np.bincount(goal * count + source, share, count * count), np.float64)
        passing = np.linalg.solve(np.eye(count) - shares.reshape(count, count), begin)
    else:
        from scipy.sparse import csc_array, eye_array  # noqa: PLC0415
        from scipy.sparse.linalg import spsolve  # noqa: PLC0415

        sparse = csc_array((share, (goal, source)), shape=(count, count))
        passing = np.asarray(spsolve((eye_array(count, format="csc") - sparse).tocsc(), begin)).reshape(count)
    return np.asarray(np.maximum(passing, 0.0))  # rounding may leave less than none

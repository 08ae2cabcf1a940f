"""The traffic equations: how many jobs come to every department, before anything is simulated.

A department's jobs come from its own background work, from the market, and from the jobs of its customers:
λ = b + Rλ, where R[i, j] is the mean number of requests that one job of j makes to i.
"""

import numpy as np

from sim.model.network import Network, purchases_per_hour
from sim.model.queueing import Floats


def jobs_per_hour(net: Network, asking: Floats) -> Floats:
    """By department, if it can keep up; ``asking``: by link, the share of requests that are made, not avoided."""
    from scipy.sparse import csc_array, eye_array  # noqa: PLC0415 - scipy's sparse solver takes a while to load
    from scipy.sparse.linalg import spsolve  # noqa: PLC0415

    links, inner, count = net.links, net.inner, len(net.departments.staff)
    outside = net.departments.own_jobs + net.by_supplier(purchases_per_hour(net.scenario) * links.share)
    each = (links.requests * asking)[inner]
    requests = csc_array((each, (links.supplier[inner], links.customer[inner])), shape=(count, count))
    jobs = np.asarray(spsolve((eye_array(count, format="csc") - requests).tocsc(), outside)).reshape(count)
    return np.maximum(jobs, 0.0)  # rounding may leave less than none

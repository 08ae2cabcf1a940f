"""How long answers take: wait, work, and waiting for the answers and decisions that the job itself needs.

A job that waits for nobody is quick: one wait, one piece of work. One that is parked is slow: two waits, and between
them the last of its answers. Both are taken as lognormal with their own mean and variance; which answer comes last
follows from the product of their distributions, as if answers were independent.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.model.network import Network, Places
from sim.model.queueing import (
    BUSIEST,
    Floats,
    Lognormal,
    chance_to_wait,
    integral,
    residual_hours,
    wait_hours,
    wait_variance,
)
from sim.model.work import Work, climbing

_GRID: Final = np.geomspace(0.005, 40.0, 40)
"""Hours at which distributions of answers are compared, relative to the slowest answer's mean."""
_SHORTEST: Final = 1e-6
"""Hours of an answer that takes no time."""


@dataclass(frozen=True)
class Answers:
    """By link: hours of a quick and of a slow answer (mean, variance), and the share of slow ones.

    ``last``: the share of the customer's jobs for which this answer is the one that they wait for; ``own_hours`` and
    ``own_variance`` the supplier's own part. By department ``waited``: mean hours that a parked job is parked.
    """

    quick: Floats
    quick_variance: Floats
    slow: Floats
    slow_variance: Floats
    parked: Floats
    last: Floats
    own_hours: Floats
    own_variance: Floats
    waited: Floats

    @property
    def mean(self) -> Floats:
        """Mean hours from asking to the answer."""
        return self.quick + self.parked * (self.slow - self.quick)

    def within(self, links: Places, hours: Floats) -> Floats:
        """For some links (an index array), the share of answers within hours (links × any)."""
        quick = Lognormal(self.quick[links, None], self.quick_variance[links, None]).within(hours)
        slow = Lognormal(self.slow[links, None], self.slow_variance[links, None]).within(hours)
        return quick + self.parked[links, None] * (slow - quick)


@dataclass(frozen=True)
class Visits:
    """By department: what comes to its line in an hour, per person of ``people``; each load is a share of their time.

    New jobs by link and own ones are whole, or (``parked``) begin with the intake and come back ``resumed``.
    """

    people: Floats
    load: Floats
    resumed: Floats
    squares: Floats
    new_hours: Floats
    new_own_hours: Floats


def parked_share(net: Network, asking: Floats) -> Floats:
    """By department, the share of jobs that wait for an answer or a decision."""
    links = net.links
    whole = np.floor(links.requests)
    none = (1.0 - asking) ** whole * (1.0 - (links.requests - whole) * asking)
    logs = np.log(np.maximum(np.where(links.blocking, none, 1.0), 1e-300))[net.inner]
    return np.asarray(1.0 - np.exp(net.by_customer(logs)) * (1.0 - climbing(net)))


def job_hours(net: Network, now: Work, place: Places, repairs: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of the hours of jobs at some departments (``place``): handling, extra, so many repairs.

    Of an ordinary person under an ordinary load.
    """
    handling, spread = net.departments.handling[place], net.departments.spread[place]
    mean = handling * (1.0 + repairs) + now.extra[place]
    variance = handling**2 * (spread**2 + repairs * (1.0 + spread**2)) + now.extra_squares[place]
    return mean, variance


def visits(net: Network, now: Work, stretch: Floats, people: Floats) -> Visits:
    """What comes to the lines. ``stretch``: hours taken for one of an ordinary person (pace · pressure)."""
    parts, links = net.departments, net.links
    supplier = links.supplier
    parked = parked_share(net, now.asking)
    intake = parts.intake * parts.handling
    squares, resumed = now.meeting_squares.copy(), np.zeros(len(parked))
    new_hours = []
    own = np.arange(len(parked))
    for place, flow, repairs in ((supplier, now.flow, now.repairs), (own, parts.own_jobs, now.own_repairs)):
        hours, spread = job_hours(net, now, place, repairs)
        share, begun = parked[place], intake[place]
        rest = hours - begun
        new = flow * ((1.0 - share) * hours + share * begun)
        parts_of_it = np.divide(rest, hours, out=np.zeros_like(hours), where=hours > 0.0)
        new_squares = (1.0 - share) * (hours**2 + spread) + share * begun**2 * (1.0 + parts.spread[place] ** 2)
        back_squares = share * (rest**2 + parts_of_it * spread)
        z = stretch[place]
        squares += np.bincount(place, flow * (new_squares + back_squares) * z * z, len(parked))
        resumed += np.bincount(place, flow * share * rest * z, len(parked))
        new_hours.append(new * z)
    load = (resumed + net.by_supplier(new_hours[0]) + new_hours[1] + now.meetings) / people
    return Visits(people, load, resumed, squares, new_hours[0], new_hours[1])


def waits(net: Network, now: Work, come: Visits) -> tuple[Floats, Floats, Floats]:
    """Mean wait of new jobs by link, and of resumed ones and the chance to wait by department."""
    links, in_house, people = net.links, net.departments.in_house, come.people
    of_link, of_own, first = net.classes
    used = np.minimum(come.load, BUSIEST)
    scale = np.divide(used, come.load, out=np.ones_like(used), where=come.load > 0.0)
    residual = np.where(in_house, residual_hours(people, used, scale * come.squares), 0.0)
    chance = np.where(in_house, chance_to_wait(people, used), 0.0)
    supplier_scale = (scale / people)[links.supplier]
    classes = int(max(of_link.max(initial=0), of_own.max())) + 1
    loads = np.bincount(of_link, come.new_hours * supplier_scale, classes)
    loads += np.bincount(of_own, (come.new_own_hours + now.meetings) * scale / people, classes)
    up_to = np.cumsum(np.asarray(loads, np.float64))
    before_first = (up_to - loads)[first]
    resumed = come.resumed * scale / people
    back = wait_hours(residual, np.zeros_like(residual), np.minimum(resumed, BUSIEST))
    behind = (resumed - before_first)[links.supplier]
    reach = np.clip(up_to[of_link] + behind, 0.0, BUSIEST)
    before = np.clip(up_to[of_link] - loads[of_link] + behind, 0.0, reach)
    new = wait_hours(residual[links.supplier], before, reach)
    return new, back, chance


def answers(  # noqa: PLR0913, PLR0917 - work, lines, and what was known of answers before
    net: Network, now: Work, come: Visits, stretch: Floats, managers_hours: Floats, known: Answers
) -> Answers:
    """How long answers take, given how long those take (``known``) that they wait for themselves."""
    links, parts = net.links, net.departments
    supplier = links.supplier
    parked = parked_share(net, now.asking)
    waited, waited_variance, last = _last_answer(net, now, managers_hours, known, parked)
    new, back, chance = waits(net, now, come)
    new_variance = wait_variance(new, chance[supplier])
    back_variance = wait_variance(back, chance)
    hours, variance = job_hours(net, now, supplier, now.repairs)
    z = stretch[supplier]
    hours, variance = hours * z, variance * z * z
    has_rest = (parts.intake < 1.0) | (now.extra > 0.0)
    has_intake = parts.intake > 0.0
    again = (back * has_rest)[supplier]
    slow_own = new * has_intake[supplier] + again + hours
    slow_own_variance = new_variance + (back_variance * has_rest)[supplier] + variance
    share = parked[supplier]
    return Answers(
        quick=np.maximum(new + hours, _SHORTEST),
        quick_variance=new_variance + variance,
        slow=np.maximum(slow_own + waited[supplier], _SHORTEST),
        slow_variance=slow_own_variance + waited_variance[supplier],
        parked=share,
        last=last,
        own_hours=np.maximum(new + hours + share * again, _SHORTEST),
        own_variance=new_variance + variance + share * (back_variance * has_rest)[supplier],
        waited=waited,
    )


def _last_answer(
    net: Network, now: Work, managers_hours: Floats, known: Answers, parked: Floats
) -> tuple[Floats, Floats, Floats]:
    """By department, mean and variance of how long a parked job is parked; by link, how often it is the last.

    The distribution of the longest of several is the product of theirs, on a grid of hours of each department's own.
    """
    links, management, managers = net.links, net.scenario.management, net.managers
    count, points = len(parked), len(_GRID)
    asked = np.flatnonzero(links.blocking & (links.requests > 0.0))
    customer = links.customer[asked]
    scale = np.full(count, 1e-3)
    np.maximum.at(scale, customer, np.maximum(known.quick, known.slow)[asked])
    climbs = climbing(net)
    tiers = np.arange(1, management.layers + 1)
    if climbs.any():
        way = 2.0 * management.relay_hours * tiers
        np.maximum(scale, np.max(way + managers_hours[managers.over], axis=1), out=scale)
    hours = scale[:, None] * _GRID
    missing = now.asking[asked, None] * (1.0 - known.within(asked, hours[customer]))
    whole = np.floor(links.requests[asked])[:, None]
    none_left = np.log(np.maximum(1.0 - missing, 1e-12)) * whole
    none_left += np.log(np.maximum(1.0 - (links.requests[asked][:, None] - whole) * missing, 1e-12))
    cells = (customer[:, None] * points + np.arange(points)).ravel()
    logs = np.zeros((count, points)) + np.bincount(cells, none_left.ravel(), count * points).reshape(count, points)
    if climbs.any():
        out = np.zeros_like(hours)
        for tier in tiers:
            beyond = np.maximum(hours - way[tier - 1], 0.0) / managers_hours[managers.over[:, tier - 1], None]
            out += np.exp(-beyond) / len(tiers)
        logs += np.log1p(-np.minimum(climbs[:, None] * out, 1.0 - 1e-12))
    all_there = np.exp(logs)
    still = np.maximum(1.0 - all_there, 0.0)
    mean = integral(still, hours) + hours[:, 0] * 0.5 * (parked + still[:, 0])
    squares = 2.0 * integral(still * hours, hours)
    often = np.maximum(parked, 1e-12)
    mean, squares = mean / often, squares / often
    last = np.zeros(len(links.supplier))
    middle = 0.5 * (all_there[:, 1:] + all_there[:, :-1])
    last[asked] = np.sum(middle[customer] * np.diff(none_left, axis=1), axis=1)
    waits_at_all = parked > 0.0
    return np.where(waits_at_all, mean, 0.0), np.where(waits_at_all, np.maximum(squares - mean**2, 0.0), 0.0), last


def first_guess(net: Network) -> Answers:
    """Answers that come after the supplier's handling hours, at once."""
    hours = np.maximum(net.departments.handling[net.links.supplier], _SHORTEST)
    zeros = np.zeros_like(hours)
    waited = np.zeros(len(net.departments.staff))
    return Answers(hours, hours**2, hours, hours**2, zeros, zeros, hours, hours**2, waited)

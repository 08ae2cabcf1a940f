"""The work that comes and how it turns out: jobs by the traffic equations, their hours, errors and repairs."""

from dataclasses import dataclass

import numpy as np

from sim.model.array_laws import laws
from sim.model.calendar import DAYS_PER_YEAR, HOURS_PER_DAY, HOURS_PER_MONTH, HOURS_PER_YEAR
from sim.model.conduct import Conduct
from sim.model.flow import jobs_per_hour
from sim.model.laws import LEAST_CHANCE
from sim.model.network import Network, purchases_per_hour
from sim.model.queueing import Floats


@dataclass(frozen=True)
class Work:
    """By department ``jobs`` an hour, the hours of one and what they vary by, of an ordinary person.

    ``extra`` hours are workarounds and decisions of one's own. By link ``flow``, answers an hour; ``right``,
    ``repaired`` and ``wrong``, how they turn out; ``repairs`` of one answer. ``first`` is a department's chance to be
    right at first, all that spoils it included; ``meetings`` hours that are not jobs, in an hour, with ``squares``.
    """

    jobs: Floats
    flow: Floats
    asking: Floats
    extra: Floats
    extra_squares: Floats
    first: Floats
    repairs: Floats
    own_repairs: Floats
    right: Floats
    repaired: Floats
    wrong: Floats
    meetings: Floats
    meeting_squares: Floats


def work(  # noqa: PLR0913, PLR0917 - people, and what of the round before returns as work
    net: Network, people: Conduct, asking: Floats, flaws: Floats, wrong_used: Floats, messages: Floats
) -> Work:
    """What comes and how it turns out.

    ``wrong_used``: by link, the share of answers that are wrong and come before the job is done; ``messages``: words of
    customers that reach a department in an hour.
    """
    parts, links = net.departments, net.links
    jobs = jobs_per_hour(net, asking)
    flow = purchases_per_hour(net.scenario) * links.share
    inner = net.inner
    flow[inner] = jobs[links.customer[inner]] * (links.requests * asking)[inner]
    later = np.maximum(LEAST_CHANCE, people.right * laws.spoilt(net.scenario.laws.flaw_harm, flaws))
    first = later * _unspoilt(net, people, asking, wrong_used)
    keys = net.scenario.laws
    teamwork = laws.team_strength(links.team_hours, keys.team_hours) * net.scenario.feels
    kept = 1.0 - keys.team_effect * teamwork
    supplier = links.supplier
    at_first, at_last = 1.0 - (1.0 - first[supplier]) * kept, 1.0 - (1.0 - later[supplier]) * kept
    repairs = _repairs(parts.noticed[supplier], at_first, at_last)
    wrong = (1.0 - parts.noticed[supplier]) * (1.0 - at_first + repairs * (1.0 - at_last))
    extra, squares = _extra(net, asking)
    meetings, meeting_squares = _meetings(net, people, messages)
    return Work(
        jobs=jobs,
        flow=flow,
        asking=asking,
        extra=extra,
        extra_squares=squares,
        first=first,
        repairs=repairs,
        own_repairs=_repairs(parts.noticed, first, later),
        right=at_first,
        repaired=1.0 - at_first - wrong,
        wrong=wrong,
        meetings=meetings,
        meeting_squares=meeting_squares,
    )


def climbing(net: Network) -> Floats:
    """By department, the share of jobs that need a decision of a manager."""
    keys = net.scenario.management
    return np.asarray(net.departments.in_house * keys.decision_share * (1.0 - keys.delegation))


def _repairs(noticed: Floats, at_first: Floats, at_last: Floats) -> Floats:
    """Mean repairs of a job: until no error is noticed any more."""
    return np.asarray(noticed * (1.0 - at_first) / (1.0 - noticed * (1.0 - at_last)))


def _unspoilt(net: Network, people: Conduct, asking: Floats, wrong_used: Floats) -> Floats:
    """What wrong decisions, wrong answers and workarounds leave of a job's chance, in the mean."""
    keys, management, links = net.scenario.laws, net.scenario.management, net.links
    clarity = net.departments.practice["role_clarity"]
    by_worker = laws.decision_error(
        0.5 * management.delegation,  # its mean below the delegated importance; the law is linear in it
        people.skill,
        clarity,
        keys.decision_error,
        keys.decision_needs_skill,
        keys.decision_needs_clarity,
    )
    tiers = np.arange(1, management.layers + 1)
    by_manager = np.mean(laws.erring_above(tiers, keys.decision_kept, keys.manager_error))
    erring = management.delegation * by_worker + (1.0 - management.delegation) * by_manager
    decided = net.departments.in_house * management.decision_share * erring
    harms = asking * np.log(laws.spoilt(keys.wrong_answer_harm * wrong_used, 1.0))
    harms += (1.0 - asking) * np.log(np.maximum(laws.spoilt(keys.workaround_harm, 1.0), 1e-12))
    answers = np.exp(net.by_customer((links.requests * harms)[net.inner]))
    return np.asarray((1.0 - keys.wrong_decision_harm * decided) * answers)


def _extra(net: Network, asking: Floats) -> tuple[Floats, Floats]:
    """Hours a job takes besides its own: decisions that the worker takes, and what is done without the supplier."""
    management, parts, links, inner = net.scenario.management, net.departments, net.links, net.inner
    taken = parts.in_house * management.decision_share * management.delegation
    alone = (links.requests * (1.0 - asking))[inner]
    handling = parts.handling[links.supplier[inner]] * net.scenario.laws.workaround_hours
    spread = parts.spread[links.supplier[inner]]
    mean = taken * management.decision_hours + net.by_customer(alone * handling)
    squares = taken * 2.0 * management.decision_hours**2 + net.by_customer(alone * handling**2 * (1.0 + spread**2))
    return mean, squares


def _meetings(net: Network, people: Conduct, messages: Floats) -> tuple[Floats, Floats]:
    """Hours of practices, quality teams and mending, in an hour; and the same with each squared."""
    keys, parts, links, inner = net.scenario.laws, net.departments, net.links, net.inner
    team = parts.in_house * parts.staff * people.present
    occasions: list[tuple[Floats, Floats]] = [
        (team / HOURS_PER_MONTH, parts.monthly_hours),
        (team * parts.practice["customer_contacts_per_year"] / HOURS_PER_YEAR, np.asarray(keys.contact_hours)),
        (team * parts.practice["reviews_per_year"] / HOURS_PER_YEAR, np.asarray(keys.review_hours)),
        (parts.in_house * messages, np.asarray(keys.mending_hours)),
    ]
    hours, squares = np.zeros_like(team), np.zeros_like(team)
    for rate, each in occasions:
        hours += rate * each
        squares += rate * each**2
    if net.scenario.feels and links.team_hours.any():
        at_team = keys.team_time * links.team_hours[inner]
        hours += parts.in_house * (net.by_supplier(at_team, inner) + net.by_customer(at_team)) / HOURS_PER_MONTH
        at_team = at_team**2
        squares += parts.in_house * (net.by_supplier(at_team, inner) + net.by_customer(at_team)) / HOURS_PER_MONTH
    return hours, squares


def managers_time(net: Network, people: Conduct, jobs: Floats, messages: Floats) -> tuple[Floats, Floats]:
    """By manager, hours of duties, decisions, people and words in an hour; and the same with each squared.

    ``messages``: by manager, words of customers to relay in an hour.
    """
    keys, management, parts, managers = net.scenario.laws, net.scenario.management, net.departments, net.managers
    to_each = jobs * climbing(net) / management.layers
    decisions = sum(np.bincount(tier, to_each, len(managers.names)) for tier in managers.over.T)
    duties = management.other_duties_share / management.duty_hours
    hours = management.other_duties_share + decisions * management.decision_hours
    squares = duties * 2.0 * management.duty_hours**2 + decisions * 2.0 * management.decision_hours**2
    if net.scenario.feels:
        weekly = net.managers_monthly_hours * np.minimum(managers.span, keys.ordinary_span) / 4.0
        weeks = 1.0 / (5.0 * HOURS_PER_DAY)
        hours = hours + weekly * weeks + messages * keys.message_hours
        squares = squares + weekly**2 * weeks + messages * keys.message_hours**2
    reviews = parts.in_house * parts.staff * people.present * parts.practice["reviews_per_year"]
    if net.scenario.feels and reviews.any():
        reviews = np.bincount(managers.over[:, 0], reviews, len(managers.names)) / (DAYS_PER_YEAR * HOURS_PER_DAY)
        hours, squares = hours + reviews * keys.review_hours, squares + reviews * keys.review_hours**2
    return np.asarray(hours), np.asarray(squares)

"""What customers' words do: who is blamed for what disappointed them, whether they hear of it, and flaws then.

A word is about whoever made the error that the purchase carries, else about whoever took longest on the way. Both are
followed as streams of words that pass from a department to those that serve it, or stay.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtr

from sim.model.answers import Answers
from sim.model.array_laws import laws
from sim.model.calendar import HOURS_PER_MONTH, HOURS_PER_YEAR
from sim.model.conduct import Conduct
from sim.model.flow import passed_on
from sim.model.network import Network, Places
from sim.model.queueing import Floats
from sim.model.treatments import Treatments
from sim.model.work import Work

_MOST_FRONTS: Final = 20
"""Choice: the ways of words are averaged over so many front departments, the busiest."""
_MOST_LIKELY: Final = 0.95
_AROUND: Final = 0.3
"""Choice: customers' expectations, and experiences around each case, differ by this share of the whole spread."""


@dataclass(frozen=True)
class Ways:
    """By department, for a word about it: shares that arrive, and intact, from its own front line and from others'.

    ``passes``: managers × departments, sparse: how often a manager relays a word from others.
    """

    own_arrive: Floats
    own_intact: Floats
    arrive: Floats
    intact: Floats
    passed_manager: Places
    passed_department: Places
    passed_share: Floats


def ways(net: Network) -> Ways:
    """How words travel through a company; managers' styles do not depend on what is said."""
    keys, parts, managers = net.scenario.laws, net.departments, net.managers
    relays = parts.contract_relays
    plain = laws.relayed(keys.message_kept, keys.fear, 0.0)
    by_manager = laws.relayed(keys.message_kept, keys.fear, managers.style)

    def survives(kept: Floats | float) -> Floats:
        return np.asarray(kept + (1.0 - kept) * keys.message_distorted)

    sideways = keys.message_kept_sideways
    first = np.where(relays > 0, sideways * plain ** np.maximum(relays - 1.0, 0.0), 1.0)
    first_here = np.where(relays > 0, survives(sideways) * survives(plain) ** np.maximum(relays - 1.0, 0.0), 1.0)
    shares = net.by_supplier(net.links.share)
    fronts = np.argsort(-shares, kind="stable")[:_MOST_FRONTS]
    fronts = fronts[shares[fronts] > 0.0]
    count = len(relays)
    intact, arrive, total = np.zeros(count), np.zeros(count), np.zeros(count)
    passed: list[tuple[Places, Places, Floats]] = []
    for front in fronts:
        share = shares[front] * (np.arange(count) != front)
        talk = parts.practice["informal_communication"][front]
        whole, heard = _one_way(managers.over, front, by_manager, survives, share * (1.0 - talk), passed)
        total += share
        intact += share * ((1.0 - talk) * whole * plain ** (1.0 + relays) + talk * sideways * plain**relays)
        arrive += share * (1.0 - talk) * heard * survives(plain) ** (1.0 + relays)
        arrive += share * talk * survives(sideways) * survives(plain) ** relays
    often = np.maximum(total, 1e-12)
    passed_manager = np.concatenate([manager for manager, _, _ in passed])
    passed_department = np.concatenate([department for _, department, _ in passed])
    passed_share = np.concatenate([share for _, _, share in passed])
    return Ways(
        own_arrive=first_here,
        own_intact=first,
        arrive=arrive / often,
        intact=intact / often,
        passed_manager=passed_manager,
        passed_department=passed_department,
        passed_share=passed_share / often[passed_department],
    )


def _one_way(  # noqa: PLR0913, PLR0917 - the tree, where from, what each relay leaves, and where to note it
    over: Places,
    front: int,
    kept: Floats,
    survives: Callable[[Floats], Floats],
    share: Floats,
    passed: list[tuple[Places, Places, Floats]],
) -> tuple[Floats, Floats]:
    """Up to the first common manager and down: the shares intact, and arriving, before the last step."""
    count, layers = over.shape
    common = np.argmax(over == over[front], axis=1)
    whole, heard = np.ones(count), np.ones(count)
    everybody = np.arange(count)
    for tier in range(layers):
        manager, there = over[front, tier], tier <= common
        whole = whole * np.where(there, kept[manager], 1.0)
        heard = heard * np.where(there, survives(kept[manager]), 1.0)
        passed.append((np.full(count, manager), everybody, share * heard * there))
    for tier in reversed(range(layers)):
        manager, there = over[:, tier], tier < common
        whole = whole * np.where(there, kept[manager], 1.0)
        heard = heard * np.where(there, survives(kept[manager]), 1.0)
        passed.append((manager, everybody, share * heard * there))
    return whole, heard


@dataclass(frozen=True)
class Words:
    """By department, words an hour that arrive, and intact; by manager, words to relay in an hour."""

    arriving: Floats
    intact: Floats
    relayed: Floats


def words(  # noqa: PLR0913, PLR0917 - what was done, how it was felt, and the ways of words
    net: Network, known: Ways, people: Conduct, now: Work, took: Answers, felt: Treatments, expected: float
) -> Words:
    """What customers say in an hour, and what becomes of it."""
    links, front, inner = net.links, net.front, net.inner
    keys = net.scenario.laws
    supplier = links.supplier[front]
    survey = net.departments.practice["survey_share"][supplier]
    says = 1.0 - (1.0 - survey) * (1.0 - keys.complaint_share)
    cases = len(front), people.attitude.shape[1], 3, -1
    spread = np.sqrt(felt.mean_of((felt.experience - felt.mean[:, None]) ** 2))[front, None]
    short = ndtr((expected - felt.experience[front]) / (_AROUND * spread + 1e-9))
    disappointed = (felt.shares[front] * short).reshape(cases).sum(axis=(1, 3))
    said = (now.flow[front] * says)[:, None] * disappointed
    inherits, after_failing = _inherited(net, people, now)
    failing = net.by_supplier(said[:, 1:].sum(axis=1), front)
    right = net.by_supplier(said[:, 0], front)
    any_fault = net.by_customer(inherits) * (1.0 - keys.wrong_answer_harm)
    each = np.divide(
        inherits, net.by_customer(inherits)[links.customer[inner]], out=np.zeros_like(inherits), where=inherits > 0.0
    )
    after_errors = np.minimum(net.by_customer(after_failing), _MOST_LIKELY)[links.customer[inner]] * each
    own, others = _stream(net, failing, after_errors)
    at_once = net.by_supplier(
        (right * np.minimum(any_fault, 1.0))[links.customer[inner]] * each, inner
    )  # a wrong answer that did no harm
    more = sum(_stream(net, at_once, after_errors))
    slow_own, slow_others = _stream(net, right * (1.0 - np.minimum(any_fault, 1.0)), _slower(net, took))
    own, others = own + slow_own, others + more + slow_others
    return Words(
        arriving=own * known.own_arrive + others * known.arrive,
        intact=own * known.own_intact + others * known.intact,
        relayed=np.asarray(
            np.bincount(
                known.passed_manager, others[known.passed_department] * known.passed_share, len(net.managers.names)
            ),
            np.float64,
        ),
    )


def _inherited(net: Network, people: Conduct, now: Work) -> tuple[Floats, Floats]:
    """By inner link, the share of the customer's jobs that get a wrong answer from it; and of those that then fail."""
    links, inner = net.links, net.inner
    customer = links.customer[inner]
    wrong = np.minimum((links.requests * now.asking * now.wrong)[inner], 1.0)
    harmed = 1.0 - people.right * (1.0 - net.scenario.laws.wrong_answer_harm)
    times = harmed / np.maximum(1.0 - now.first, 1e-9)
    return wrong, wrong * times[customer]


def _slower(net: Network, took: Answers) -> Floats:
    """By inner link, how often it answers last and its supplier took longer than the customer itself."""
    links, inner = net.links, net.inner
    hours = np.log(took.own_hours**2 / np.sqrt(took.own_variance + took.own_hours**2))
    spread = np.log1p(took.own_variance / took.own_hours**2)
    count = len(net.departments.staff)
    times = np.maximum(net.by_supplier(np.ones(len(hours))), 1.0)
    own, own_spread = net.by_supplier(hours) / times, net.by_supplier(spread) / times
    customer = links.customer[inner]
    longer = ndtr((hours[inner] - own[customer]) / np.sqrt(spread[inner] + own_spread[customer] + 1e-12))
    passed = took.last[inner] * longer
    total = np.bincount(customer, passed, count)
    return np.asarray(passed * np.minimum(1.0, _MOST_LIKELY / np.maximum(total, 1e-12))[customer])


def _stream(net: Network, begin: Floats, shares: Floats) -> tuple[Floats, Floats]:
    """Words an hour that stay where they begin, and that stay elsewhere, if inner links pass on these shares."""
    links, inner = net.links, net.inner
    stays = np.maximum(1.0 - net.by_customer(shares), 0.0)
    passing = passed_on(begin, shares, links.customer[inner], links.supplier[inner])
    return begin * stays, (passing - begin) * stays


def flaws(net: Network, now: Words) -> Floats:
    """Mean flaws of a department: a birth and death process, each vanishing of itself, the oldest when heard of."""
    keys, parts, links, inner = net.scenario.laws, net.departments, net.links, net.inner
    strength = 1.0 - np.exp(-links.team_hours[inner] / keys.team_hours)
    contacts = parts.staff * parts.practice["customer_contacts_per_year"] * keys.contact_reveals / HOURS_PER_YEAR
    mending = now.intact + contacts + net.by_supplier(keys.team_reveals * strength, inner) / HOURS_PER_MONTH
    born, gone = keys.flaws_per_year / HOURS_PER_YEAR, 1.0 / (keys.flaw_years * HOURS_PER_YEAR)
    usual = born / gone
    if usual == 0.0:
        return np.zeros_like(mending)
    if usual > 1000.0:  # so many that there is always one to be mended
        return np.asarray(parts.in_house * np.maximum(usual - mending / gone, 0.0))
    numbers = np.arange(1, int(usual + 8.0 * np.sqrt(usual)) + 10)
    logs = np.cumsum(np.log(born / (numbers * gone + mending[:, None])), axis=1)
    weights = np.exp(logs - np.maximum(logs.max(axis=1, keepdims=True), 0.0))
    none = np.exp(-np.maximum(logs.max(axis=1), 0.0))
    return np.asarray(parts.in_house * (weights @ numbers) / (none + weights.sum(axis=1)))

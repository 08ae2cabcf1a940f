"""One round of the mean field: from minds the work and the waits, from these the treatments, and where these lead.

A state of everybody that one round leads back to is a steady one (see ``steady.py``).
"""

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.model import habits
from sim.model.answers import Answers, answers, first_guess, visits
from sim.model.array_laws import laws
from sim.model.calendar import DAYS_PER_YEAR, HOURS_PER_DAY, HOURS_PER_MONTH, HOURS_PER_YEAR
from sim.model.conduct import Conduct, conduct
from sim.model.network import Network
from sim.model.queueing import BUSIEST, Floats, slices
from sim.model.treatments import Treatments, treatments
from sim.model.words import Ways, flaws, words
from sim.model.work import Work, managers_time, work

_LUCK: Final = slices(5)


@dataclass(frozen=True)
class Customers:
    """What customers expect to get, their satisfaction, and its standard deviation between them: numbers."""

    will: Floats
    satisfaction: Floats
    spread: Floats


@dataclass(frozen=True)
class Mind:
    """All that the iteration moves, as arrays: by department, by link (memory, will, wrong answers used), by manager.

    ``load`` is that of the round before, ``messages`` words of customers in an hour, ``relayed`` those that a manager
    passes on, ``managers_hours`` how long a decision lies with one.
    """

    morale: Floats
    mood: Floats
    evening: Floats
    mood_spread: Floats
    orientation: Floats
    flaws: Floats
    load: Floats
    load_spread: Floats
    messages: Floats
    memory: Floats
    will: Floats
    wrong_used: Floats
    managers_hours: Floats
    relayed: Floats
    market: Customers
    answers: Answers


@dataclass(frozen=True)
class Round:
    """What one state of minds leads to."""

    mind: Mind
    people: Conduct
    work: Work
    load: Floats
    manager_load: Floats
    treatments: Treatments


def one_round(net: Network, known: Ways, mind: Mind) -> Round:
    """From a state of minds: what people give, the work, the waits, the treatments, and where these would lead."""
    found = one_day(net, mind)
    if not net.scenario.feels:
        return found
    return replace(found, mind=_felt(net, known, found))


def one_day(net: Network, mind: Mind) -> Round:
    """From a state of minds: what people give, the work, the waits and the treatments; minds stay as they are."""
    keys = net.scenario.laws
    day_mood = 0.5 * (mind.mood + mind.evening)
    people = conduct(net, mind.morale, day_mood, mind.mood_spread, mind.orientation)
    asking = np.where(net.links.avoidable, laws.asking(mind.memory, keys.avoiding_slope, keys.avoiding_below), 1.0)
    now = work(net, people, asking, mind.flaws, mind.wrong_used, mind.messages)
    in_house = net.departments.in_house
    loads = mind.load[:, None] + mind.load_spread[:, None] * _LUCK
    pressure = laws.pressure(loads, keys.pressure, keys.pressure_peak, keys.ordinary_load).mean(axis=1)
    stretch = np.where(in_house, people.pace * pressure, 1.0)
    present = net.departments.staff * people.present
    come = visits(net, now, stretch, present)
    load = np.where(in_house, come.load, 0.0)
    kept = laws.kept(keys.pressure_half_life_days)
    daily = come.squares / (HOURS_PER_DAY * present**2)
    load_spread = np.where(in_house, np.sqrt(daily * (1.0 - kept) / (1.0 + kept)), 0.0)
    manager_load, squares = managers_time(net, people, now.jobs, mind.relayed)
    managers_hours = _managers_hours(net, manager_load, squares)
    took = answers(net, now, come, stretch, managers_hours, mind.answers)
    after = replace(
        mind,
        load=load,
        load_spread=load_spread,
        managers_hours=managers_hours,
        answers=took,
        wrong_used=now.wrong * _in_time(net, now, took, stretch),
    )
    return Round(after, people, now, load, manager_load, treatments(net, people, now, took))


def moods_and_morale(net: Network, found: Round, feeling: Floats, talks: int = 1) -> Mind:
    """Where moods and morale settle if everybody is treated like that; ``feeling`` that of one review."""
    mind, in_house = found.mind, net.departments.in_house
    sway = _sway(net, mind, found.people, found.work, found.treatments)
    reviews = net.departments.practice["reviews_per_year"] / DAYS_PER_YEAR * feeling
    spread = habits.mood_spread(net, sway, mind.mood)
    morning, evening = habits.mood(net, sway, reviews, spread, mind.mood, talks)
    morale = habits.morale(net, evening, mind.load, mind.load_spread, mind.morale, talks)
    return replace(
        mind,
        mood=np.where(in_house, morning, mind.mood),
        evening=np.where(in_house, evening, mind.evening),
        mood_spread=spread,
        morale=np.where(in_house, morale, mind.morale),
    )


def _managers_hours(net: Network, load: Floats, squares: Floats) -> Floats:
    """How long a decision lies with each manager: Pollaczek and Khinchine's wait, and the deciding."""
    used = np.minimum(load, BUSIEST)
    busier = np.divide(used, load, out=np.ones_like(used), where=load > 0.0)
    wait = busier * squares / (2.0 * (1.0 - used))
    return np.maximum(wait + net.scenario.management.decision_hours, 1e-6)


def _in_time(net: Network, now: Work, took: Answers, stretch: Floats) -> Floats:
    """By link, the share of answers that come before the job is done that asked: all that it waits for, else some."""
    links, parts = net.links, net.departments
    rest = ((1.0 - parts.intake) * parts.handling + now.extra) * stretch + took.waited
    rest = np.where(links.to_market, 0.0, rest[links.customer])
    return np.where(links.blocking, 1.0, rest / (rest + took.mean))


def _felt(net: Network, known: Ways, found: Round) -> Mind:
    """Where minds settle if they are treated like that."""
    keys, mind, now, felt = net.scenario.laws, found.mind, found.work, found.treatments
    expected = laws.expectation(mind.market.will, net.scenario.market.expectation, keys.will_weight)
    said = words(net, known, found.people, now, mind.answers, felt, float(expected))
    effects, feeling = habits.reviews(net, found.people)
    orientation = habits.orientation(net, effects, said, mind.orientation)
    return replace(
        moods_and_morale(net, found, feeling),
        orientation=np.where(net.departments.in_house, orientation, mind.orientation),
        flaws=flaws(net, said),
        messages=said.arriving,
        relayed=said.relayed,
        memory=habits.memory(net, felt.remembered, now.flow, mind.memory),
        will=_will(net, mind, now, felt),
        market=_market(net, mind, now, felt),
    )


def _sway(net: Network, mind: Mind, people: Conduct, now: Work, felt: Treatments) -> habits.Sway:
    """By department: how far being served, doing without and serving sway a person's mood in a day, and where to."""
    keys, links, inner = net.scenario.laws, net.links, net.inner
    customer = links.customer[inner]
    expected = laws.expectation(mind.will[inner], keys.owed, keys.will_weight)
    feeling = laws.between(laws.felt(felt.experience[inner] - expected[:, None], keys.loss_aversion), -1.0, 1.0)
    alone = laws.between(laws.felt(keys.workaround_experience - expected, keys.loss_aversion), -1.0, 1.0)
    times = now.flow[inner]
    avoided = now.jobs[customer] * (links.requests * (1.0 - now.asking))[inner]
    shares = felt.shares[inner]
    served = net.by_customer(times * np.sum(shares * feeling, axis=1) + avoided * alone)
    served_squares = net.by_customer(times * np.sum(shares * feeling**2, axis=1) + avoided * alone**2)
    shown = people.attitude * people.manner[:, None]
    manner = laws.between(laws.felt(shown - keys.ordinary_respect, keys.loss_aversion), -1.0, 1.0)
    content = mind.market.satisfaction + mind.market.spread * _LUCK - keys.ordinary_satisfaction
    outside = laws.between(laws.felt(content, keys.loss_aversion), -1.0, 1.0)
    met, met_squares = np.full(len(links.supplier), outside.mean()), np.full(len(links.supplier), (outside**2).mean())
    met[inner], met_squares[inner] = manner.mean(axis=1)[customer], (manner**2).mean(axis=1)[customer]
    of_persons = np.where(links.to_market, True, net.departments.in_house[links.customer])
    serving = net.by_supplier(now.flow * met * of_persons)
    serving_squares = net.by_supplier(now.flow * met_squares * of_persons)
    a_day = HOURS_PER_DAY / (net.departments.staff * people.present)
    times_served = net.by_customer(times + avoided)
    times_serving = net.by_supplier(now.flow * of_persons)
    return habits.Sway(
        times=a_day * (_share_swayed(keys.mood_from_service) * times_served)
        + a_day * (_share_swayed(keys.mood_from_manner) * times_serving),
        pull=a_day * (keys.mood_from_service * served + keys.mood_from_manner * serving),
        squares=a_day * (keys.mood_from_service**2 * served_squares + keys.mood_from_manner**2 * serving_squares),
    )


def _share_swayed(sensitivity: float) -> float:
    """The rate at which repeated encounters sway a mood: −ln of what one of them leaves of it."""
    return -math.log1p(-min(sensitivity, 0.999))


def _will(net: Network, mind: Mind, now: Work, felt: Treatments) -> Floats:
    """By link, a step towards what one comes to expect: faster up than down, so above the mean."""
    keys, links = net.scenario.laws, net.links
    needs = np.zeros(len(links.supplier))
    needs[net.inner] = now.jobs[links.customer[net.inner]] * links.requests[net.inner]
    months = np.minimum(1.0 / np.maximum(needs * HOURS_PER_MONTH, 1e-9), 1000.0)
    up, down = keys.expectation_up, keys.expectation_down
    moved = felt.mean_of(laws.adapted(mind.will[:, None], felt.experience, months[:, None], up, down))
    alone = laws.adapted(mind.will, keys.workaround_experience, months, up, down)
    moved = now.asking * moved + (1.0 - now.asking) * alone
    fastest = max(up, down, 1e-9)
    whole = laws.adapted(0.0, 1.0, months, fastest, fastest)
    return np.where(needs > 0.0, mind.will + (moved - mind.will) / whole, mind.will)


def _market(net: Network, mind: Mind, now: Work, felt: Treatments) -> Customers:
    """What customers come to expect, their satisfaction, and its standard deviation between them."""
    keys, front = net.scenario.laws, net.front
    will = mind.market.will
    experience, shares = felt.experience[front], felt.shares[front] * net.links.share[front, None]
    expected = laws.expectation(will, net.scenario.market.expectation, keys.will_weight)
    content = laws.satisfaction(experience, expected, keys.disappointment, keys.loss_aversion)
    mean = float(np.sum(shares * content))
    spread = np.sqrt(max(0.0, float(np.sum(shares * content**2)) - mean**2))
    memory = keys.satisfaction_memory
    up, down = keys.expectation_up, keys.expectation_down
    months = HOURS_PER_YEAR / HOURS_PER_MONTH / max(net.scenario.market.purchases_per_year, 1e-6)
    moved = float(np.sum(shares * laws.adapted(will, experience, months, up, down)))
    fastest = max(up, down, 1e-9)
    whole = laws.adapted(0.0, 1.0, months, fastest, fastest)
    return Customers(
        will=np.asarray(will + (moved - will) / whole),
        satisfaction=np.asarray(mean),
        spread=np.asarray(spread * np.sqrt(memory / (2.0 - memory))),
    )


def ordinary_mind(net: Network) -> Mind:
    """Everything ordinary."""
    scenario, count, links = net.scenario, len(net.departments.staff), len(net.links.supplier)
    keys, managers = scenario.laws, len(net.managers.names)
    none, nobody = np.zeros(count), np.zeros(links)
    return Mind(
        morale=np.full(count, keys.ordinary_condition),
        mood=none,
        evening=none,
        mood_spread=none,
        orientation=np.full(count, keys.ordinary_orientation),
        flaws=none,
        load=np.full(count, keys.ordinary_load),
        load_spread=none,
        messages=none,
        memory=np.full(links, keys.memory_neutral),
        will=np.full(links, keys.owed),
        wrong_used=nobody,
        managers_hours=np.full(managers, max(scenario.management.decision_hours, 1e-6)),
        relayed=np.zeros(managers),
        market=Customers(*map(np.asarray, (scenario.market.expectation, keys.ordinary_satisfaction, 0.0))),
        answers=first_guess(net),
    )

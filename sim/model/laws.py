"""The laws: how people feel, how they treat one another, and what customers make of it. Pure scalar functions.

Plain floats in and out, ``math`` only, so that a compiler can take them unchanged. States lie in [0, 1], moods in
[−1, 1]; all that is not said to be a time or a count has no unit. Parameters have the names they have under ``laws``
in a scenario (``sim/scenario/parameters.py``: default, range, source, confidence). Each docstring says where the form
comes from; *choice* means that nobody has measured it.
"""

import math

LN_2 = math.log(2.0)
LEAST_CHANCE = 0.01
"""Nobody is right less often than this, however bad things are: repairs end."""


def between(value: float, low: float, high: float) -> float:
    """A value, or the nearest bound."""
    return low if value < low else high if value > high else value


# What a person can give


def condition(morale: float, mood: float, mood_weight: float) -> float:
    """How somebody feels today: slow morale and fast mood together. Two speeds: choice, needed for lasting effects."""
    return between(morale + mood_weight * mood, 0.0, 1.0)


def ceiling(condition: float, ceiling_slack: float) -> float:
    """The most respect or care that somebody can show: what their condition allows, and a little more by effort.

    An assumption about individuals (choice). How often and how hard it binds the company is for the model to say.
    """
    return min(1.0, condition + ceiling_slack)


def attitude(ceiling: float, professional_norm: float) -> float:
    """What somebody brings to those they serve: as much as the job asks, or as their ceiling allows if that is less.

    A first form brought all that the ceiling allows. Then five points of morale made nearly five of customers'
    satisfaction, where Sears saw 1.3 (Rucci, Kirn & Quinn 1998): who feels better than ordinary need not show it. The
    norm is set by that figure (``experiments/validation``); with a norm of 1 the ceiling alone counts.
    """
    return min(ceiling, professional_norm)


def manner(
    orientation: float, temper: float, respect_needs_orientation: float, respect_needs_temper: float, even_temper: float
) -> float:
    """The part of the attitude that is shown as respect: less of those who forget that they serve, or are bad-tempered.

    Respect shown = attitude · manner. A temper at or above ``even_temper`` does no harm. Choice.
    """
    forgetting = 1.0 - respect_needs_orientation * (1.0 - orientation)
    return forgetting * (1.0 - respect_needs_temper * max(0.0, even_temper - temper))


def right_first_time(
    base: float,
    attitude: float,
    orientation: float,
    skill: float,
    quality_needs_attitude: float,
    quality_needs_orientation: float,
    quality_needs_skill: float,
    ordinary_attitude: float,
    ordinary_orientation: float,
) -> float:
    """Probability that a job is right first time, by who does it; what spoils it besides is multiplied on (``spoilt``).

    ``base`` is what ordinary people (of ordinary attitude and orientation, who know the job) achieve: what a client
    measures. A first form took it for the best that anybody can; then every figure of a client had to be raised first.
    Never below ``LEAST_CHANCE``.
    """
    by_attitude = 1.0 + quality_needs_attitude * (attitude - ordinary_attitude)
    by_orientation = 1.0 + quality_needs_orientation * (orientation - ordinary_orientation)
    return between(base * by_attitude * by_orientation * (1.0 - quality_needs_skill * (1.0 - skill)), LEAST_CHANCE, 1.0)


def spoilt(harm: float, times: float) -> float:
    """What is left of the chance to be right after a number of harms: flaws, wrong decisions, wrong answers used."""
    return float((1.0 - harm) ** times)


def pace(
    condition: float, skill: float, pace_needs_condition: float, pace_needs_skill: float, ordinary: float
) -> float:
    """Hours on a job, relative to those of an ordinary person (of ``ordinary`` condition) who knows it."""
    return (1.0 + pace_needs_condition * (ordinary - condition)) * (1.0 + pace_needs_skill * (1.0 - skill))


def pressure(load: float, pressure: float, pressure_peak: float, ordinary_load: float) -> float:
    """Hours on a job under a load (hours asked / hours staffed), relative to those under an ordinary load.

    People speed up until the peak, then slow down: an inverted U (KC & Terwiesch 2009, Manag. Sci. 55:1486; peak
    after Berry Jaeker & Tucker 2017, Manag. Sci. 63:1042). A parabola in load / peak; beyond twice the peak it is flat.
    """
    return (1.0 - pressure * _haste(load / pressure_peak)) / (1.0 - pressure * _haste(ordinary_load / pressure_peak))


def _haste(share_of_peak: float) -> float:
    x = between(share_of_peak, 0.0, 2.0)
    return x * (2.0 - x)


# What somebody receives


def agility(wait_hours: float, acceptable_wait_hours: float, agility_exponent: float) -> float:
    """1 up to the acceptable wait, then a power of it (form: Antonides, Verhoef & van Aalst 2002)."""
    if wait_hours <= acceptable_wait_hours:
        return 1.0
    return float((acceptable_wait_hours / wait_hours) ** agility_exponent)


def experience(
    respect: float, agility: float, care: float, weight_respect: float, weight_agility: float, weight_care: float
) -> float:
    """One judgement of the three: a weighted geometric mean, so no dimension makes up for the lack of another."""
    return float(respect**weight_respect * agility**weight_agility * care**weight_care)


def expectation(will: float, should: float, will_weight: float) -> float:
    """What an experience is measured by: what one expects to get and what one is owed (Boulding et al. 1993)."""
    return will_weight * will + (1.0 - will_weight) * should


def adapted(will: float, experience: float, months: float, expectation_up: float, expectation_down: float) -> float:
    """What one expects to get, after an experience ``months`` after the last: rates a month, faster up than down."""
    rate = expectation_up if experience > will else expectation_down
    return float(will + (1.0 - (1.0 - rate) ** months) * (experience - will))


def felt(difference: float, loss_aversion: float) -> float:
    """A loss weighs more than a gain of the same size (Tversky & Kahneman 1992)."""
    return difference if difference >= 0.0 else loss_aversion * difference


def moved(mood: float, feeling: float, sensitivity: float) -> float:
    """A mood after something felt; the nearer its bounds, the less it moves, so it never passes them."""
    return between(mood + sensitivity * feeling * (1.0 - abs(mood)), -1.0, 1.0)


def swayed(mood: float, feeling: float, sensitivity: float) -> float:
    """A mood goes a share of the way to what was just felt, so one of many encounters moves it less than one of few.

    A first form added each feeling to the mood: people with many encounters a day were then tossed about, and every
    busy company spiralled. Choice.
    """
    return mood + sensitivity * (between(feeling, -1.0, 1.0) - mood)


# A day's end


def of_late(before: float, today: float, kept: float) -> float:
    """What has been so of late: each day counts less by a half-life."""
    return before + (1.0 - kept) * (today - before)


def kept(half_life_days: float) -> float:
    """The share that is left after a day of what fades with a half-life."""
    return math.exp(-LN_2 / half_life_days)


def mood_tomorrow(mood: float, mean_around: float, mood_contagion: float, kept: float) -> float:
    """Moods are caught from those around, the same up and down (Barsade 2002), and fade."""
    return kept * (mood + mood_contagion * (mean_around - mood))


def morale_tomorrow(
    morale: float,
    mean_around: float,
    sustained: float,
    mood: float,
    contagion: float,
    morale_return: float,
    morale_from_mood: float,
) -> float:
    """Morale moves towards that of those around, towards the level that practices sustain, and with the mood."""
    drift = contagion * (mean_around - morale) + morale_return * (sustained - morale)
    return between(morale + drift + morale_from_mood * mood, 0.0, 1.0)


def sustained(
    base_morale: float,
    delegation: float,
    involvement: float,
    recognition: float,
    clarity: float,
    interaction: float,
    style: float,
    overload: float,
) -> float:
    """The level that morale returns to: what each lever raises (lever · its effect), less style and overload. Additive.

    Effects of single levers were measured; that they add up is a choice.
    """
    raised = base_morale + delegation + involvement + recognition + clarity + interaction
    return between(raised - style - overload, 0.0, 1.0)


def thinned(span: float, ordinary_span: float) -> float:
    """How much of a manager's attention each of ``span`` people gets, at most all that does good. Choice."""
    return min(1.0, ordinary_span / span) if span > 0.0 else 1.0


def overload(load: float, overload_from: float) -> float:
    """How far a load lies above what people take lightly, as a share of the way to full load; at most twice."""
    return between((load - overload_from) / (1.0 - overload_from), 0.0, 2.0)


def style_tomorrow(style: float, superior: float, leaning: float, style_passed: float, kept: float) -> float:
    """A manager's style moves towards a mixture of the superior's and the own leaning (Mawritz et al. 2012)."""
    aim = style_passed * superior + (1.0 - style_passed) * leaning
    return aim + kept * (style - aim)


def orientation_tomorrow(orientation: float, floor: float, kept: float) -> float:
    """People settle down and forget that they serve, down to a floor that clarity about their role sets."""
    return floor + kept * (orientation - floor) if orientation > floor else orientation


def lifted(value: float, share: float) -> float:
    """A share of the way to 1 (or, if negative, to 0): the nearer, the less."""
    return value + share * (1.0 - value) if share >= 0.0 else value + share * value


def learnt(skill: float, kept: float) -> float:
    """What a newcomer cannot yet do shrinks from day to day by half-life."""
    return 1.0 - kept * (1.0 - skill)


def feedback(review_effect: float, review_spread: float, review_fear: float, style: float, normal: float) -> float:
    """What one review does: a mean and a spread, so that more than a third do harm (Kluger & DeNisi 1996, 607 effects).

    The mean is the lower, the more the manager blames (choice). ``normal``: a standard normal number.
    """
    return between(review_effect * (1.0 - review_fear * style) + review_spread * normal, -1.0, 1.0)


# Asking, deciding, telling


def asking(memory: float, avoiding_slope: float, avoiding_below: float) -> float:
    """Probability that a supplier is asked, where one can do without: logistic in the memory of its treatment.

    With a slope of 0 nobody avoids anybody.
    """
    if avoiding_slope == 0.0:
        return 1.0
    return 1.0 / (1.0 + math.exp(-avoiding_slope * (memory - avoiding_below)))


def remembered(memory: float, respect: float, agility: float, memory_gain: float) -> float:
    """The memory of how one was treated, after another time: of respect and agility, as their geometric mean."""
    return memory + memory_gain * (math.sqrt(respect * agility) - memory)


def decision_error(
    importance: float,
    skill: float,
    clarity: float,
    decision_error: float,
    decision_needs_skill: float,
    decision_needs_clarity: float,
) -> float:
    """Probability that a worker's decision is wrong: grows with what is at stake, falls with skill and clarity. Choice.

    ``decision_error`` is that of the most important decision, by somebody who has neither.
    """
    unskilled = 1.0 - decision_needs_skill * skill
    return decision_error * importance * unskilled * (1.0 - decision_needs_clarity * clarity)


def erring_above(tiers: float, decision_kept: float, manager_error: float) -> float:
    """Probability that a decision is wrong that climbs some tiers: bent on the way, or wrong when taken. Choice."""
    return float(1.0 - decision_kept**tiers * (1.0 - manager_error))


def relayed(message_kept: float, fear: float, style: float) -> float:
    """Probability that a relay passes bad news on intact; under a style that blames, less (Milliken et al. 2003)."""
    return message_kept * (1.0 - fear * style)


def team_strength(hours: float, team_hours: float) -> float:
    """What a quality team that works so many hours a month sustains, of all that one could; saturating. Choice."""
    return 1.0 - math.exp(-hours / team_hours)


def leaving(
    morale: float, leaving_per_year: float, leaving_slope: float, ordinary: float, days_per_year: float
) -> float:
    """Probability that somebody leaves today; ``leaving_per_year`` is the rate at ordinary morale."""
    return 1.0 - math.exp(-leaving_per_year / days_per_year * math.exp(leaving_slope * (ordinary - morale)))


# Customers


def satisfaction(experience: float, expectation: float, disappointment: float, loss_aversion: float) -> float:
    """What a customer makes of a purchase: the experience, less what it falls short of expectation; never above it."""
    return max(0.0, experience - disappointment * loss_aversion * max(0.0, expectation - experience))


def lost(satisfaction: float, loss_per_purchase: float, loyalty_power: float) -> float:
    """Probability that a customer leaves after a purchase; staying is convex in satisfaction (Heskett et al. 1994)."""
    return float(loss_per_purchase * (1.0 - satisfaction**loyalty_power))


def word_of_mouth(mean_satisfaction: float, ordinary_satisfaction: float, word_of_mouth: float) -> float:
    """How many new customers come, relative to usual: linear in what the present ones say, between 0 and 2."""
    return between(1.0 + word_of_mouth * (mean_satisfaction - ordinary_satisfaction), 0.0, 2.0)

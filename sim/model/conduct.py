"""What people are able to give, department by department: their spread around a mean, and what follows by the laws."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.model.array_laws import laws
from sim.model.calendar import DAYS_PER_YEAR
from sim.model.network import Network
from sim.model.queueing import Floats, slices

PEOPLE: Final = slices(5)
"""Kinds of people, of equal shares, by how far their condition lies from the mean."""


@dataclass(frozen=True)
class Conduct:
    """By department. ``attitude`` and ``morale``: departments × kinds of people; ``present``: share of posts filled."""

    morale: Floats
    attitude: Floats
    manner: Floats
    pace: Floats
    right: Floats
    skill: Floats
    present: Floats

    @property
    def people_share(self) -> float:
        """Of one kind of people."""
        return 1.0 / len(PEOPLE)


def conduct(net: Network, morale: Floats, mood: Floats, mood_spread: Floats, orientation: Floats) -> Conduct:
    """What people of these means give. ``mood``: of the day; ``mood_spread``: its standard deviation among them."""
    keys, parts = net.scenario.laws, net.departments
    feels = net.scenario.feels
    of_kind = morale[:, None] + feels * keys.disposition_spread * PEOPLE
    spread = feels * np.hypot(keys.disposition_spread, keys.mood_weight * mood_spread)
    condition = laws.condition(morale[:, None] + spread[:, None] * PEOPLE, mood[:, None], keys.mood_weight)
    attitude = laws.attitude(laws.ceiling(condition, keys.ceiling_slack), keys.professional_norm)
    leaving = laws.leaving(
        of_kind, keys.leaving_per_year, keys.leaving_slope, keys.ordinary_condition, float(DAYS_PER_YEAR)
    ).mean(axis=1)
    skill = _skill(net, leaving)
    by_person = laws.right_first_time(
        parts.right[:, None],
        attitude,
        orientation[:, None],
        skill[:, None],
        keys.quality_needs_attitude,
        keys.quality_needs_orientation,
        keys.quality_needs_skill,
        keys.ordinary_attitude,
        keys.ordinary_orientation,
    ).mean(axis=1)
    pace = laws.pace(
        condition, skill[:, None], keys.pace_needs_condition, keys.pace_needs_skill, keys.ordinary_condition
    ).mean(axis=1)
    return Conduct(
        morale=of_kind,
        attitude=np.where(parts.in_house[:, None], attitude, parts.contract_respect[:, None]),
        manner=np.where(parts.in_house, _manner(net, orientation), 1.0),
        pace=np.where(parts.in_house, pace, 1.0),
        right=np.where(parts.in_house, by_person, parts.right),
        skill=skill,
        present=1.0 / (1.0 + leaving * keys.vacancy_days),
    )


def _skill(net: Network, leaving: Floats) -> Floats:
    """Mean skill where some leave each day and newcomers learn: the sum over those who came so many days ago."""
    keys = net.scenario.laws
    learnt = 1.0 - laws.learnt(0.0, laws.kept(keys.learning_half_life_days))  # of what is missing, left after a day
    return np.asarray(1.0 - (1.0 - keys.newcomer_skill) * leaving / (1.0 - (1.0 - leaving) * learnt))


def _manner(net: Network, orientation: Floats) -> Floats:
    """The manner whose power ``weight_respect`` is the mean of that of its people: what an experience sees of it."""
    keys, parts = net.scenario.laws, net.departments
    each = laws.manner(
        orientation[:, None],
        parts.tempers,
        keys.respect_needs_orientation,
        keys.respect_needs_temper,
        keys.even_temper,
    )
    power = max(keys.weight_respect, 1e-6)
    return np.asarray(np.sum(parts.temper_shares * each**power, axis=1) ** (1.0 / power))

"""Where what a day does settles: moods, morale, orientation, memories and expectations, if the days go on alike.

Each habit is the fixed point of the laws' own daily step. The steps are almost straight lines, so one step of Newton's
method leads there; what bends a little is mended in the next round.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from sim.model.array_laws import laws
from sim.model.calendar import DAYS_PER_MONTH, DAYS_PER_YEAR
from sim.model.conduct import PEOPLE, Conduct
from sim.model.network import Network
from sim.model.queueing import Floats, slices
from sim.model.words import Words

_NUDGE: Final = 1e-4
TALKS: Final = 200
"""Choice: steps in which departments that have one another around them are made to agree, at most."""
_LUCK: Final = slices(5)
Around: TypeAlias = Callable[[Floats], Floats]


def settled(day: Callable[[Floats], Floats], start: Floats, lowest: float = 0.0, highest: float = 1.0) -> Floats:
    """Where a daily step leads, each element for itself; one that nothing draws back stays where the day leaves it."""
    after = day(start)
    slope = (day(start + _NUDGE) - after) / _NUDGE
    left = 1.0 - slope
    return np.clip(np.where(left > 1e-9, start + (after - start) / np.maximum(left, 1e-9), after), lowest, highest)


def together(net: Network, habit: Callable[[Around, Floats], Floats], start: Floats, talks: int) -> Floats:
    """Where departments settle that have one another around them, or so many steps towards it.

    ``habit(around, start)``: where each settles if the linked departments stay as they are; ``around`` says what its
    people have around them, the team and through informal talk those departments, when its own mean is given.
    """
    mine, other = net.neighbours
    met = np.bincount(mine, minlength=len(start))
    reach = net.scenario.laws.informal_reach * net.departments.practice["informal_communication"] * (met > 0)
    value = start
    for _ in range(talks):
        theirs = np.bincount(mine, value[other], len(start)) / np.maximum(met, 1)

        def around(own: Floats, theirs: Floats = theirs) -> Floats:
            return np.asarray(own + reach * (theirs - own))

        after = habit(around, value)
        if np.max(np.abs(after - value), initial=0.0) < 1e-10:
            return after
        value = after
    return value


@dataclass(frozen=True, slots=True)
class Sway:
    """What a day's encounters do to a mood: e^−times of it is left, and it goes the rest of the way to pull / times.

    ``pull``: sum of sensitivity · feeling over the encounters; ``squares``: of its square.
    """

    times: Floats
    pull: Floats
    squares: Floats

    @property
    def left(self) -> Floats:
        """The share of the morning's mood that is left in the evening."""
        return np.exp(-self.times)

    @property
    def towards(self) -> Floats:
        """The feeling to which the encounters lead."""
        return np.divide(self.pull, self.times, out=np.zeros_like(self.pull), where=self.times > 0.0)


def mood(  # noqa: PLR0913, PLR0917 - encounters, reviews and luck
    net: Network, sway: Sway, reviews: Floats, spread: Floats, start: Floats, talks: int = 1
) -> tuple[Floats, Floats]:
    """Mean mood in the morning and in the evening; ``reviews``: what they move a mood of 0 in a day."""
    keys = net.scenario.laws
    kept = laws.kept(keys.mood_half_life_days)
    luck = spread[:, None] * _LUCK

    def evening(morning: Floats) -> Floats:
        moods = np.clip(morning[:, None] + luck, -1.0, 1.0)
        reviewed = np.mean(laws.moved(moods, reviews[:, None], 1.0) - moods, axis=1)
        return np.asarray(sway.left * morning + (1.0 - sway.left) * sway.towards + reviewed)

    def habit(around: Around, value: Floats) -> Floats:
        def day(morning: Floats) -> Floats:
            return np.asarray(laws.mood_tomorrow(evening(morning), around(morning), keys.mood_contagion, kept))

        return settled(day, value, -1.0, 1.0)

    morning = together(net, habit, start, talks)
    return morning, evening(morning)


def mood_spread(net: Network, sway: Sway, mean: Floats) -> Floats:
    """Standard deviation of moods between people and days."""
    keys = net.scenario.laws
    left = laws.mood_tomorrow(1.0, 0.0, keys.mood_contagion, laws.kept(keys.mood_half_life_days))
    private = (keys.private_mood * (1.0 - np.abs(mean))) ** 2
    return np.asarray(np.sqrt((private + left**2 * sway.squares) / np.maximum(1e-9, 1.0 - (left * sway.left) ** 2)))


def morale(  # noqa: PLR0913, PLR0917 - moods and loads with their spread
    net: Network, evening_mood: Floats, load: Floats, load_spread: Floats, start: Floats, talks: int = 1
) -> Floats:
    """Mean morale, from the level that practices sustain, moods, and those around."""
    keys, practice, management = net.scenario.laws, net.departments.practice, net.scenario.management
    head = net.managers.over[:, 0]
    over = laws.overload(load[:, None] + load_spread[:, None] * _LUCK, keys.overload_from).mean(axis=1)
    level = laws.sustained(
        keys.base_morale + net.departments.inclination,
        keys.morale_from_delegation * management.delegation,
        keys.morale_from_involvement * practice["involvement"],
        keys.morale_from_recognition * practice["recognition"],
        keys.morale_from_clarity * practice["role_clarity"],
        keys.morale_from_interaction
        * practice["interaction"]
        * laws.thinned(net.managers.span[head], keys.ordinary_span),
        keys.morale_from_style * net.managers.style[head],
        keys.morale_from_overload * over,
    )
    own = keys.disposition_spread * PEOPLE
    levels = laws.between(level[:, None] + own, 0.0, 1.0)

    def habit(around: Around, value: Floats) -> Floats:
        def day(mean: Floats) -> Floats:
            people = mean[:, None] + own
            after = laws.morale_tomorrow(
                people,
                around(mean)[:, None] + own,
                levels,
                evening_mood[:, None],
                keys.contagion,
                keys.morale_return,
                keys.morale_from_mood,
            )
            return np.asarray(mean + np.mean(after - np.clip(people, 0.0, 1.0), axis=1))

        return settled(day, value)

    return together(net, habit, start, talks)


def reviews(net: Network, people: Conduct) -> tuple[Floats, Floats]:
    """By department, kinds of lifts that one review gives (departments × cases), and its mean feeling."""
    keys = net.scenario.laws
    style = net.managers.style[net.managers.over[:, 0]][:, None, None]
    effect = laws.feedback(keys.review_effect, keys.review_spread, keys.review_fear, style, _LUCK[:, None])
    shown = (people.attitude * people.manner[:, None])[:, None, :]
    shortfall = np.maximum(0.0, keys.ordinary_respect - shown)
    lift = laws.between(effect + keys.correction * shortfall, -1.0, 1.0)
    feeling = laws.felt(effect - keys.blame * style * shortfall, keys.loss_aversion)
    return lift.reshape(len(style), -1), np.mean(feeling, axis=(1, 2))


def orientation(net: Network, effects: Floats, now: Words, start: Floats) -> Floats:
    """Mean orientation: it fades to its floor, and contacts, reviews and customers' words lift it."""
    keys, practice = net.scenario.laws, net.departments.practice
    floor = keys.orientation_floor + keys.orientation_from_clarity * practice["role_clarity"]
    kept = laws.kept(keys.orientation_half_life_days)
    contacts = practice["customer_contacts_per_year"] / DAYS_PER_YEAR
    reviewed = practice["reviews_per_year"] / DAYS_PER_YEAR
    heard = now.intact * 8.0

    def day(value: Floats) -> Floats:
        lifted = value + contacts * (laws.lifted(value, keys.orientation_from_contact) - value)
        lifted = lifted + heard * (laws.lifted(value, keys.orientation_from_message) - value)
        lifted = lifted + reviewed * (np.mean(laws.lifted(value[:, None], effects), axis=1) - value)
        return np.asarray(laws.orientation_tomorrow(lifted, floor, kept))

    return settled(day, np.maximum(start, floor))


def memory(net: Network, remembered: Floats, flow: Floats, start: Floats) -> Floats:
    """By link, the memory of treatment: used it moves, unused it fades, and others who are served tell theirs."""
    keys, links, inner = net.scenario.laws, net.links, net.inner
    a_day = flow * 8.0
    used = 1.0 - np.exp(-a_day)
    gain = 1.0 - np.exp(-keys.memory_gain * a_day)
    faded = 1.0 - laws.kept(keys.memory_half_life_days)
    served = (~links.to_market & (links.requests > 0.0)).astype(float)
    told = np.maximum(net.by_supplier(served), 1.0)
    talk = np.zeros(len(served))
    talk[inner] = keys.memory_talk * net.departments.practice["informal_communication"][links.customer[inner]]
    strength = 1.0 - np.exp(-links.team_hours / keys.team_hours)

    def day(value: Floats) -> Floats:
        after = laws.remembered(value, remembered, remembered, gain)
        after = after + (1.0 - used) * faded * (keys.memory_neutral - value)
        others = (net.by_supplier(served * start) / told)[links.supplier]
        repaired = keys.team_repairs_memory * strength * np.maximum(0.0, keys.memory_neutral - value) / DAYS_PER_MONTH
        return np.asarray(after + served * talk * (others - value) + repaired)

    return settled(day, start)

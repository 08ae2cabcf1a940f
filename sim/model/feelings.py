"""What somebody feels, can do and therefore shows: the state of a person, and what moves it.

Plain numbers and the laws, no more: whom they work with and when is for those who hold them to say. Both engines move
people by these same lines.
"""

from typing import Protocol

from sim.model import laws, luck
from sim.model.calendar import DAYS_PER_YEAR
from sim.model.distributions import standard_normal
from sim.model.luck import uniform
from sim.model.surroundings import Surroundings
from sim.scenario.parameters import Laws


class Colleagues(Protocol):
    """Those whom somebody joins, in the mean."""

    morale: float
    mood: float
    orientation: float


class Feelings:
    """Morale, mood, temper, orientation and skill are a person's own; the rest follows from these.

    What follows is kept ready: condition, ceiling, attitude and pace (see ``feel``), and the manner (see ``mind``).
    ``shown`` and ``served`` sum up the respect of a period between reviews.
    """

    __slots__ = (
        "attitude",
        "ceiling",
        "condition",
        "disposition",
        "key",
        "manner",
        "mood",
        "morale",
        "orientation",
        "pace",
        "served",
        "shown",
        "skill",
        "temper",
    )

    key: int
    morale: float
    mood: float
    temper: float
    disposition: float
    orientation: float
    skill: float
    condition: float
    ceiling: float
    attitude: float
    pace: float
    manner: float
    shown: float
    served: int

    def join(self, colleagues: Colleagues, newcomer: bool, keys: Laws) -> None:
        """Begin among others, of whom a newcomer takes over all but the mood."""
        self.morale = laws.between(colleagues.morale + (0.0 if newcomer else self.disposition), 0.0, 1.0)
        self.mood = 0.0 if newcomer else colleagues.mood
        self.orientation = colleagues.orientation
        self.feel(keys)
        self.mind(keys)

    def feel(self, keys: Laws) -> None:
        """After morale, mood or skill have changed: what they are able to give now."""
        self.condition = laws.condition(self.morale, self.mood, keys.mood_weight)
        self.ceiling = laws.ceiling(self.condition, keys.ceiling_slack)
        self.attitude = laws.attitude(self.ceiling, keys.professional_norm)
        self.pace = laws.pace(
            self.condition, self.skill, keys.pace_needs_condition, keys.pace_needs_skill, keys.ordinary_condition
        )

    def mind(self, keys: Laws) -> None:
        """After orientation has changed: which part of the attitude they show as respect."""
        self.manner = laws.manner(
            self.orientation,
            self.temper,
            keys.respect_needs_orientation,
            keys.respect_needs_temper,
            keys.even_temper,
        )

    def feel_something(self, feeling: float, sensitivity: float, keys: Laws) -> None:
        """An encounter sways the mood."""
        self.mood = laws.swayed(self.mood, feeling, sensitivity)
        self.feel(keys)

    def hear_of_customers(self, share: float, keys: Laws) -> None:
        """A contact with customers, or what one of them said: they remember whom they serve."""
        self.orientation = laws.lifted(self.orientation, share)
        self.mind(keys)

    def be_reviewed(self, style: float, key: int, keys: Laws) -> None:
        """Those served have said how they were treated: it helps or hurts, and whoever fell short is told so."""
        normal = standard_normal(uniform(key, luck.REVIEW))
        effect = laws.feedback(keys.review_effect, keys.review_spread, keys.review_fear, style, normal)
        shortfall = 0.0
        if self.served > 0:
            shortfall = max(0.0, keys.ordinary_respect - self.shown / self.served)
            self.shown = 0.0
            self.served = 0
        self.orientation = laws.lifted(self.orientation, laws.between(effect + keys.correction * shortfall, -1.0, 1.0))
        hurt = effect - keys.blame * style * shortfall
        self.mood = laws.moved(self.mood, laws.felt(hurt, keys.loss_aversion), 1.0)
        self.mind(keys)
        self.feel(keys)

    def live_through(self, day: int, around: Surroundings, keys: Laws) -> None:
        """A day ends: moods and morale are caught from those around, orientation fades, skill grows."""
        mood = laws.mood_tomorrow(self.mood, around.mood, keys.mood_contagion, laws.kept(keys.mood_half_life_days))
        if keys.private_mood > 0.0:
            private = standard_normal(uniform(self.key, luck.PRIVATE, day))
            mood = laws.moved(mood, private, keys.private_mood)
        self.morale = laws.morale_tomorrow(
            self.morale,
            around.morale + self.disposition,
            laws.between(around.sustained + self.disposition, 0.0, 1.0),
            self.mood,
            keys.contagion,
            keys.morale_return,
            keys.morale_from_mood,
        )
        self.mood = mood
        orientation_kept = laws.kept(keys.orientation_half_life_days)
        self.orientation = laws.orientation_tomorrow(self.orientation, around.floor, orientation_kept)
        self.mind(keys)
        self.learn(keys)

    def learn(self, keys: Laws) -> None:
        """Another day at work."""
        self.skill = laws.learnt(self.skill, laws.kept(keys.learning_half_life_days))
        self.feel(keys)

    def leaves(self, day: int, keys: Laws) -> bool:
        """Whether they leave today."""
        if keys.leaving_per_year == 0.0:
            return False
        hazard = laws.leaving(
            self.morale, keys.leaving_per_year, keys.leaving_slope, keys.ordinary_condition, float(DAYS_PER_YEAR)
        )
        return uniform(self.key, luck.LEAVING, day) < hazard

    def right_first_time(self, usual: float, flaws: int, keys: Laws) -> float:
        """Probability that a job in their hands is right, in a department with some flaws."""
        chance = laws.right_first_time(
            usual,
            self.attitude,
            self.orientation,
            self.skill,
            keys.quality_needs_attitude,
            keys.quality_needs_orientation,
            keys.quality_needs_skill,
            keys.ordinary_attitude,
            keys.ordinary_orientation,
        )
        if flaws == 0:
            return chance
        return max(laws.LEAST_CHANCE, chance * laws.spoilt(keys.flaw_harm, float(flaws)))


def drawn_temper(mean: float, key: int, keys: Laws) -> float:
    """The temper of one of a team."""
    temper = mean
    if keys.temper_spread > 0.0:
        temper += keys.temper_spread * standard_normal(uniform(key, luck.TEMPER))
    return laws.between(temper, 0.0, 1.0)


def drawn_disposition(key: int, keys: Laws) -> float:
    """How much happier somebody is by nature than others."""
    if keys.disposition_spread == 0.0:
        return 0.0
    return keys.disposition_spread * standard_normal(uniform(key, luck.DISPOSITION))

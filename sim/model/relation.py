"""What a customer department makes of a supplier: a memory of its treatment, and what it expects to get.

Plain numbers and the laws, no more; both engines move them by these same lines.
"""

from sim.model import laws
from sim.model.calendar import HOURS_PER_MONTH
from sim.model.treatment import Treatment
from sim.scenario.parameters import Laws


class Relation:
    """``memory`` of the treatment and what one expects to get (``will``) belong to the customer.

    ``teamwork`` is how far a quality team on this link has come, 0 to 1; ``last_used`` the hour of the last experience.
    """

    memory: float
    will: float
    teamwork: float
    last_used: float

    def asking(self, keys: Laws) -> float:
        """Probability that a request is made rather than avoided."""
        return laws.asking(self.memory, keys.avoiding_slope, keys.avoiding_below)

    def remember(self, how: Treatment, keys: Laws) -> None:
        """An answer has come."""
        self.memory = laws.remembered(self.memory, how.respect, how.agility, keys.memory_gain)

    def forget(self, keys: Laws) -> None:
        """A day without an answer."""
        self.memory = laws.of_late(self.memory, keys.memory_neutral, laws.kept(keys.memory_half_life_days))

    def hear_others(self, mean_memory: float, talk: float) -> None:
        """What other customers of this supplier tell."""
        self.memory += talk * (mean_memory - self.memory)

    def come_together(self, hours: float, keys: Laws) -> float:
        """A quality team has met: what it sustains, of all that one could."""
        strength = laws.team_strength(hours, keys.team_hours)
        self.teamwork += keys.team_settles * (strength - self.teamwork)
        self.memory += keys.team_repairs_memory * strength * max(0.0, keys.memory_neutral - self.memory)
        return strength

    def surprise(self, experience: float, now: float, keys: Laws) -> float:
        """How an experience of the customer's compares with what it expected; what it expects next time moves too."""
        expected = laws.expectation(self.will, keys.owed, keys.will_weight)
        months = (now - self.last_used) / HOURS_PER_MONTH
        self.last_used = now
        self.will = laws.adapted(self.will, experience, months, keys.expectation_up, keys.expectation_down)
        return laws.felt(experience - expected, keys.loss_aversion)

    def fall_apart(self, keys: Laws) -> None:
        """A day after the quality team has ended."""
        self.teamwork *= laws.kept(keys.orientation_half_life_days)

    def fewer_errors(self, chance: float, keys: Laws) -> float:
        """A chance to be right, after what a quality team spares of the errors."""
        return laws.lifted(chance, keys.team_effect * self.teamwork) if self.teamwork > 0.0 else chance

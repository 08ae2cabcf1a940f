"""Who works in a department: the team, individuals who differ, or a contractor instead; and what people cost."""

from typing import Annotated, Self

from pydantic import Field, Strict, model_validator

from sim.scenario.defaults import quantity
from sim.scenario.part import Part, misfit


class Individual(Part):
    """Somebody who differs from the team; holds one post of it between two observed days."""

    temper: float | None = quantity(None, "share", "0 the worst, 1 the best; else as the team's", low=0, high=1)
    skill: float | None = quantity(None, "share", "0 knows nothing, 1 all; else as the team's", low=0, high=1)
    arrives_day: int | None = quantity(
        None, "day", "takes the post over on that day; else is there from the beginning", low=0, high=100_000
    )
    leaves_day: int | None = quantity(
        None, "day", "leaves on that day, and is replaced as anybody; else stays on", low=0, high=100_000
    )

    @model_validator(mode="after")
    def _comes_before_going(self) -> Self:
        if self.arrives_day is not None and self.leaves_day is not None and self.leaves_day <= self.arrives_day:
            raise misfit("leaves_day", f"{self.leaves_day} is not after arrives_day {self.arrives_day}")
        return self


class People(Part):
    """A team: temper and skill of its people, and those who differ."""

    temper: float = quantity(0.7, "share", "mean temper: 0 the worst, 1 the best", low=0, high=1)
    skill: float = quantity(1.0, "share", "of those who are there at the start: 1 has learnt the job", low=0, high=1)
    inclination: float = quantity(
        0.0,
        "share",
        "by how much the morale that they return to is above what practices sustain: what a survey finds besides",
        low=-0.5,
        high=0.5,
        neutral=0.0,
    )
    list: Annotated[tuple[Individual, ...], Strict(False)] = Field(
        (), description="individuals who differ; the first holds the first post, and so on"
    )


class Contract(Part):
    """The work of a department bought outside: no staff, no line, no morale; a service level and a price."""

    hours: float = quantity(8.0, "hours", "mean time from asking to the answer, lognormal", low=0, high=10_000)
    spread: float = quantity(0.5, "sd/mean", "coefficient of variation of that time", low=0, high=5)
    right_first_time: float = quantity(0.95, "share", "answers without an error", low=0.01, high=1)
    respect: float = quantity(
        0.75, "share", "attitude of the contractor's people, whatever the company's morale", low=0, high=1
    )
    price_per_request: float = quantity(0.0, "money", "what one answer costs", low=0, high=1e9)
    relays: int = quantity(
        2, "relays", "more that a customer's word passes on its way to the contractor", low=0, high=20
    )


class Money(Part):
    """What people cost. Sales come from ``market.price``; contracts have a price of their own."""

    worker_hour: float = quantity(25.0, "money/hour", "wage of a worker, all included", low=0, high=1e6)
    manager_hour: float = quantity(50.0, "money/hour", "wage of a manager, all included", low=0, high=1e6)
    hire: float = quantity(5000.0, "money", "to fill a post that somebody has left or that is new", low=0, high=1e9)
    survey: float = quantity(5.0, "money", "to ask one customer after a purchase", low=0, high=1e6)

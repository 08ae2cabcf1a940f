"""The parts of a company: every key of a scenario file, with its default, unit, range, source and confidence.

The models are frozen: a scenario never changes. A dated change makes another scenario (see ``dated.py``).
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from sim.scenario.defaults import quantity
from sim.scenario.part import Name, Part, Text, Words, misfit, named
from sim.scenario.people import Contract, People
from sim.scenario.practices import Practices

MARKET = "market"
"""The name of the external customer in links: the sink of the graph."""
IDENTITY = {"departments": ("name",), "links": ("supplier", "customer"), "quality_teams": ("name",)}
"""By which keys the items of a list are told apart."""


def item_name(item: Mapping[str, Any], kind: str) -> str:
    """What an item of such a list is called: its name, or ``supplier>customer``."""
    return ">".join(str(item.get(key, "?")) for key in IDENTITY[kind])


def _department_name(name: str) -> str:
    if name == MARKET:
        raise PydanticCustomError("name", "{rule}", {"rule": "'market' is the customer outside, not a department"})
    return named(name)


DepartmentName = Annotated[str, AfterValidator(_department_name)]


class Market(Part):
    """The customers outside: individuals, each of whom buys in a rhythm of their own, as a Poisson process."""

    customers: int = quantity(1000, "customers", "customers at the start", low=0, high=1_000_000)
    purchases_per_year: float = quantity(
        4.0, "purchases/(customer·year)", "mean purchases of each customer in a year of 250 days", low=0, high=1e6
    )
    new_customers_per_year: float = quantity(
        120.0,
        "customers/year",
        "who come where word of mouth is as good as usual",
        low=0,
        high=1e6,
        neutral=0.0,
    )
    price: float = quantity(100.0, "money", "what a purchase brings when it is delivered", low=0, high=1e9)
    expectation: float = quantity(0.7, "share", "what customers feel they are owed, of the best", low=0, high=1)
    rising_expectation_per_year: float = quantity(
        0.0, "share/year", "how fast that rises, from the first observed day on", low=-1, high=1
    )


class Department(Part):
    """People who do one kind of work for others, with one line of jobs that wait for them."""

    name: DepartmentName = Field(description="what links and reports call it")
    title: Text = Field(default_factory=Words, description="the name on charts, in English and Spanish")
    staff: int = quantity(1, "people", "people who serve, each one job at a time", low=1, high=100_000)
    handling_hours: float = quantity(1.0, "hours", "mean work on one job", low=0, high=10_000)
    handling_spread: float = quantity(
        0.8, "sd/mean", "coefficient of variation of that work; not for exponential and constant", low=0, high=5
    )
    handling_distribution: Literal["lognormal", "exponential", "constant", "erlang"] = quantity(
        "lognormal", "", "its distribution; erlang has the shape round(1/spread²)"
    )
    right_first_time: float = quantity(
        0.95,
        "share",
        "jobs without an error in ordinary circumstances; an error that is noticed is repaired at once",
        low=0.01,
        high=1,
        neutral=1.0,
    )
    errors_noticed: float = quantity(
        0.7,
        "share",
        "errors noticed before delivery, and repaired; the others are delivered wrong",
        low=0,
        high=1,
        neutral=1.0,
    )
    intake_share: float = quantity(
        0.3, "share", "part of the work that comes before the needs of a job are known", low=0, high=1
    )
    background_jobs_per_day: float = quantity(
        0.0, "jobs/day", "work of its own that nobody in the model asked for, as a Poisson process", low=0, high=1e6
    )
    practices: Practices = Field(Practices(), description="its own, where they are not the company's")
    people: People = Field(People(), description="the team, and individuals who differ")
    contract: Contract | None = Field(
        None, description="the work is bought outside: while there is a contract, staff and all about them rest"
    )

    @property
    def without_meaning(self) -> tuple[str, ...]:
        """Keys that say nothing about this department."""
        return ("handling_spread",) if self.handling_distribution in {"exponential", "constant"} else ()

    @model_validator(mode="after")
    def _spread_fits_the_distribution(self) -> Self:
        kind, spread = self.handling_distribution, self.handling_spread
        if self.model_fields_set.intersection(self.without_meaning):
            raise misfit("handling_spread", f"has no meaning with handling_distribution: {kind}; leave it out")
        if kind == "erlang" and not 0.05 <= spread <= 1:
            raise misfit("handling_spread", f"{spread:g} is not allowed with erlang: 0.05 to 1 (sd/mean)")
        return self


class Link(Part):
    """Who serves whom: jobs of the customer make requests to the supplier."""

    supplier: str = Field(description="the department that serves")
    customer: str = Field(description="the department that asks, or market")
    requests_per_job: float = quantity(
        1.0, "requests/job", "mean requests of one job of the customer; not for the market", low=0, high=1000
    )
    share: float = quantity(1.0, "share", "part of the market's purchases; only for the market", low=0, high=1)
    blocking: bool = quantity(True, "", "the job waits for the answer; not for the market, who always waits")
    priority: int = quantity(1, "", "place in the supplier's line: lower first, not pre-empting", low=0, high=1000)
    acceptable_wait_hours: float = quantity(
        8.0, "hours", "how long the customer finds it right to wait for the answer", above=0, high=100_000
    )
    avoidable: bool = quantity(
        False, "", "the customer can do without asking (advice, repair, support; not the flow of goods)"
    )

    @property
    def name(self) -> str:
        """What reports call it: ``supplier>customer``."""
        return item_name({"supplier": self.supplier, "customer": self.customer}, "links")

    @property
    def to_market(self) -> bool:
        """Whether the customer is the one outside."""
        return self.customer == MARKET

    @property
    def without_meaning(self) -> tuple[str, ...]:
        """Keys that say nothing about this link."""
        return ("requests_per_job", "blocking", "avoidable") if self.to_market else ("share",)

    @model_validator(mode="after")
    def _keys_fit_the_customer(self) -> Self:
        for key in self.without_meaning:
            if key in self.model_fields_set:
                raise misfit(key, "is not for links to " + ("the market" if self.to_market else "a department"))
        return self


class Management(Part):
    """The tree of managers above the departments, and what climbs it."""

    layers: int = quantity(
        2, "managers", "managers on the path from a worker to the chief; 1: all answer to the chief", low=1, high=12
    )
    delegation: float = quantity(0.4, "share", "importance below which a worker decides alone", low=0, high=1)
    decision_share: float = quantity(0.1, "share", "jobs that need a decision", low=0, high=1, neutral=0.0)
    decision_hours: float = quantity(
        0.3, "hours", "mean work on one decision, exponential, of the worker or the manager", low=0, high=1000
    )
    relay_hours: float = quantity(4.0, "hours", "time that each step up or down the tree takes", low=0, high=1000)
    other_duties_share: float = quantity(
        0.4, "share", "part of a manager's time that goes to other duties", low=0, high=0.99
    )
    duty_hours: float = quantity(1.0, "hours", "mean length of one of those duties, exponential", low=0.05, high=100)
    authoritarian: float = quantity(
        0.3, "share", "style to which managers lean: 0 asks and listens, 1 commands and blames", low=0, high=1
    )
    chief_authoritarian: float | None = quantity(
        None, "share", "the chief's own leaning, where it is not that of the others", low=0, high=1
    )
    units: dict[str, dict[Name, Annotated[tuple[str, ...], Strict(False)]]] = Field(
        default_factory=dict,
        description="who heads whom, where it is not cut from the sorted list: tier: {unit: [departments]}",
    )


class Change(Part):
    """What is altered on the way, at the beginning of an observed day."""

    day: int = Field(ge=0, le=100_000, description="observed day, counted from 0")
    set: dict[str, Any] = Field(description="dotted keys and their new values")

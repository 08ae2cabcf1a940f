"""What a company is, whole: a scenario. Its parts with all their keys stand in ``parts.py``."""

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sim.scenario.defaults import neutralised, quantity
from sim.scenario.parameters import Laws
from sim.scenario.part import Name, Part, Text, Words
from sim.scenario.parts import Change, Department, Link, Management, Market
from sim.scenario.people import Money
from sim.scenario.practices import Practices, QualityTeam
from sim.scenario.rules import breaches


class Scenario(Part):
    """A company, whole: what one file says, or a file and those that it extends."""

    name: Name = Field(description="what results and their files call it; the file's stem if missing")
    title: Text = Field(default_factory=Words, description="the name on charts and reports")
    question: Text = Field(default_factory=Words, description="what one wants to know from it")
    source: Text = Field(default_factory=Words, description="where the figures come from")
    days: int = quantity(250, "days", "observed working days", low=1, high=100_000)
    warm_up_days: int = quantity(60, "days", "days before them that count in no result", low=0, high=100_000)
    psychology: Literal["full", "none"] = quantity(
        "full", "", "none: a network of queues, without morale and attitude, but for what the file itself sets"
    )
    market: Market = Market()
    departments: tuple[Department, ...] = Field(strict=False, min_length=1)
    links: tuple[Link, ...] = Field(strict=False, min_length=1)
    management: Management = Management()
    practices: Practices = Practices()
    quality_teams: tuple[QualityTeam, ...] = Field((), strict=False)
    money: Money = Money()
    laws: Laws = Laws()
    changes: tuple[Change, ...] = Field((), strict=False)

    @model_validator(mode="after")
    def _sorted_by_name(self) -> Self:
        # The order in which a file lists its parts must not change a result.
        object.__setattr__(self, "departments", tuple(sorted(self.departments, key=lambda part: part.name)))
        object.__setattr__(self, "links", tuple(sorted(self.links, key=lambda part: (part.supplier, part.customer))))
        object.__setattr__(self, "quality_teams", tuple(sorted(self.quality_teams, key=lambda team: team.name)))
        object.__setattr__(self, "changes", tuple(sorted(self.changes, key=lambda change: change.day)))
        return self

    @model_validator(mode="after")
    def _neutral_without_psychology(self) -> Self:
        if self.psychology == "none":
            for key in ("market", "management", "practices", "laws"):
                object.__setattr__(self, key, neutralised(getattr(self, key)))
            object.__setattr__(self, "departments", tuple(neutralised(part) for part in self.departments))
        return self

    @model_validator(mode="after")
    def _obeys_the_rules(self) -> Self:
        found = list(breaches(self))
        if found:
            raise PydanticCustomError("rules", "{text}", {"text": "; ".join(map(str, found)), "breaches": found})
        return self

    @property
    def feels(self) -> bool:
        """Whether people have morale and attitude."""
        return self.psychology == "full"

    def practices_of(self, department: Department) -> Practices:
        """The practices that hold in a department: its own, else the company's."""
        return self.practices.with_own(department.practices)

    @property
    def department_names(self) -> tuple[str, ...]:
        """The names, sorted."""
        return tuple(department.name for department in self.departments)

    @property
    def front_line(self) -> tuple[Link, ...]:
        """The links to the market."""
        return tuple(link for link in self.links if link.to_market)

    @property
    def inner_links(self) -> tuple[Link, ...]:
        """The links between departments."""
        return tuple(link for link in self.links if not link.to_market)

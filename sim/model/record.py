"""What is recorded: sums by week of what happened, for every department, link and manager.

Those who act add to the tally of the week under way; at a week's end it becomes a row of numbers and begins anew.
So memory grows with weeks and with the size of the company, never with the number of requests.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import HOURS_PER_DAY, HOURS_PER_WEEK, week_of
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from sim.model.treatment import Treatment

Floats = NDArray[np.float64]


@dataclass(slots=True)
class DepartmentTally:
    """A department's week.

    Morale, mood and orientation are sums over its people and days; what was felt are sums over the answers it gave.
    """

    offered_hours: float = 0.0
    jobs: int = 0
    right: int = 0
    repaired: int = 0
    wrong: int = 0
    decisions: int = 0
    decision_hours: float = 0.0
    practice_hours: float = 0.0
    decisions_wrong: int = 0
    cost: float = 0.0
    contract_answers: int = 0
    leavers: int = 0
    days: int = 0
    flaw_days: int = 0
    person_days: int = 0
    morale: float = 0.0
    mood: float = 0.0
    orientation: float = 0.0
    felt_answers: int = 0
    respect: float = 0.0
    agility: float = 0.0
    care: float = 0.0
    experience_given: float = 0.0
    received: int = 0
    experience_received: float = 0.0
    messages: int = 0
    messages_intact: int = 0
    messages_distorted: int = 0
    messages_lost: int = 0
    message_hours: float = 0.0

    def felt(self, how: "Treatment") -> None:
        """Somebody was treated by this department."""
        self.felt_answers += 1
        self.respect += how.respect
        self.agility += how.agility
        self.care += how.care
        self.experience_given += how.experience


@dataclass(slots=True)
class LinkTally:
    """A link's week: requests asked, avoided and answered, hours from asking to answer, answers in acceptable time.

    Hours of purchases are those of requests for which a delivered purchase had to wait; what is lost is what these
    requests cost the satisfaction of customers.
    """

    asked: int = 0
    avoided: int = 0
    answered: int = 0
    delay_hours: float = 0.0
    in_time: int = 0
    experience: float = 0.0
    purchase_handling: float = 0.0
    purchase_queueing: float = 0.0
    purchase_repair: float = 0.0
    purchase_deciding: float = 0.0
    lost_respect: float = 0.0
    lost_agility: float = 0.0
    lost_care: float = 0.0
    lost_expectation: float = 0.0


@dataclass(slots=True)
class ManagerTally:
    """A manager's week: decisions taken; the sum of their style over its days."""

    decisions: int = 0
    days: int = 0
    style: float = 0.0


@dataclass(slots=True)
class MarketTally:
    """The market's week. Sums over purchases delivered; who came and went; at its end, who is there and the panel."""

    delivered: int = 0
    sales: float = 0.0
    satisfaction: float = 0.0
    experience: float = 0.0
    expectation: float = 0.0
    ceiling: float = 0.0
    surveys: int = 0
    joined: int = 0
    lost: int = 0
    active: int = 0
    panel: float = 0.0


@dataclass(slots=True)
class CompanyTally:
    """What a week cost that is no department's: wages of managers, surveys."""

    cost: float = 0.0


LINE: Final = ("visits", "waits", "waited_hours", "waiting_area", "busy_hours", "staffed_hours")
"""What a line of people adds to a department's or manager's row at a week's end."""


class Ledger:
    """The rows of one kind of thing: an array of weeks × things × columns."""

    def __init__(self, names: Sequence[str], columns: Sequence[str], weeks: int) -> None:
        self.names = list(names)
        self.columns = {column: place for place, column in enumerate(columns)}
        self._weeks = weeks
        self.rows: Floats = np.zeros((weeks, len(names), len(columns)))

    def place(self, name: str) -> int:
        """The position of a thing; one that appears on the way (a manager in a new tree) gets a new one."""
        if name not in self.names:
            self.names.append(name)
            self.rows = np.concatenate([self.rows, np.zeros((self._weeks, 1, len(self.columns)))], axis=1)
        return self.names.index(name)

    def __getitem__(self, column: str) -> Floats:
        """One column: weeks × things."""
        return self.rows[:, :, self.columns[column]]


def columns_of(tally: type[Any]) -> tuple[str, ...]:
    """The names of a tally's numbers, in order."""
    return tuple(field.name for field in fields(tally))


def emptied(tally: Any) -> list[float]:
    """The numbers of a tally, which then begins anew."""
    numbers = []
    for column in columns_of(type(tally)):
        numbers.append(getattr(tally, column))
        setattr(tally, column, 0)
    return numbers


class Record:
    """All that is kept of one replication."""

    def __init__(self, scenario: Scenario, replication: int) -> None:
        self.scenario = scenario
        self.replication = replication
        self.weeks = np.arange(week_of(-scenario.warm_up_days), week_of(scenario.days - 1) + 1)
        count = len(self.weeks)
        self.departments = Ledger(scenario.department_names, (*columns_of(DepartmentTally), *LINE), count)
        self.links = Ledger([link.name for link in scenario.links], columns_of(LinkTally), count)
        self.managers = Ledger([], (*columns_of(ManagerTally), *LINE), count)
        self.market = Ledger([""], columns_of(MarketTally), count)
        self.company = Ledger([""], columns_of(CompanyTally), count)
        self.hours: Floats = np.zeros(count)
        """Hours of each week that were simulated: 40, fewer where a week is cut by the beginning or the end."""

    @property
    def observed(self) -> NDArray[np.bool_]:
        """Which weeks count: the warm-up is filtered out."""
        return np.asarray(self.weeks >= 0)

    def began(self, row: int) -> float:
        """The hour at which the week of a row began: the first one may begin late, with the warm-up."""
        return max(-self.scenario.warm_up_days * HOURS_PER_DAY, float(self.weeks[row]) * HOURS_PER_WEEK)

    def row_of(self, now: float) -> int:
        """The row of the week that ends at ``now`` or is under way."""
        return int(np.ceil(now / HOURS_PER_WEEK)) - 1 - int(self.weeks[0])

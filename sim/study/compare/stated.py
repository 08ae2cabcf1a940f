"""What a comparison is about: outcomes stated beforehand, and which way each is better."""

from collections.abc import Mapping
from typing import Final, Literal

Verdict = Literal["better", "worse", "higher", "lower", "not distinguishable"]

BETTER: Final[Mapping[str, int]] = {
    "customer_satisfaction": 1,
    "panel_satisfaction": 1,
    "customer_experience": 1,
    "customer_ceiling": 1,
    "active_customers": 1,
    "customers_lost": -1,
    "customers_won": 1,
    "morale": 1,
    "orientation": 1,
    "internal_service": 1,
    "customer_delay_hours": -1,
    "customer_in_time_share": 1,
    "request_delay_hours": -1,
    "decision_delay_hours": -1,
    "in_time_share": 1,
    "right_first_time": 1,
    "wrong_share": -1,
    "avoided_share": -1,
    "open_requests": -1,
    "open_purchases": -1,
    "messages_intact_share": 1,
    "staff_turnover": -1,
    "sales": 1,
    "cost": -1,
    "profit": 1,
}
"""1 where more is better, −1 where less is; all others have no direction."""

STATED: Final = ("customer_satisfaction", "panel_satisfaction", "morale", "customer_delay_hours", "profit")
"""Choice: what a company is asked about first. A comparison may state others instead."""
LEADING: Final = ("customer_satisfaction", "panel_satisfaction", "customer_delay_hours")
"""What the best is chosen by, the first of these that is stated."""
STATED_WITHOUT_PSYCHOLOGY: Final = ("customer_delay_hours", "request_delay_hours", "open_purchases", "profit")


ZONE: Final[Mapping[str, float]] = {
    "customer_satisfaction": 0.5,
    "panel_satisfaction": 0.5,
    "customer_delay_hours": 0.25,
}
"""Choice: differences below these do not matter when the best is chosen, in the outcome's unit."""


def verdict(outcome: str, low: float, high: float) -> Verdict:
    """What an interval of a difference says: nothing if zero lies in it, or if there is none."""
    if not (low > 0.0 or high < 0.0):
        return "not distinguishable"
    up = low > 0.0
    direction = BETTER.get(outcome, 0)
    if direction == 0:
        return "higher" if up else "lower"
    return "better" if up == (direction > 0) else "worse"

"""When practices take place, and the hours they take: whoever meets cannot serve."""

import math
from collections.abc import Iterator

from sim.model.calendar import DAYS_PER_YEAR
from sim.scenario.parameters import Laws
from sim.scenario.practices import Practices


def hours_a_month(practices: Practices, keys: Laws) -> float:
    """Hours that one person of the staff gives in a month of 20 days to the practices of meeting and talking."""
    return (
        practices.involvement * keys.involvement_hours
        + practices.role_clarity * keys.clarity_hours
        + practices.interaction * keys.interaction_hours
        + practices.informal_communication * keys.informal_hours
    )


def managers_hours_a_month(practices: Practices, keys: Laws) -> float:
    """Hours that a manager gives in a month to each person who answers to them."""
    return practices.recognition * keys.recognition_hours + practices.interaction * keys.interaction_hours / 4.0


def hours_a_year(practices: Practices, keys: Laws) -> float:
    """All hours of practices of one person of the staff in a year of 250 days."""
    return (
        hours_a_month(practices, keys) * 12.5
        + practices.reviews_per_year * keys.review_hours
        + practices.customer_contacts_per_year * keys.contact_hours
    )


def times_on(day: int, per_year: float, offset: float) -> Iterator[int]:
    """Which occurrences of something that comes ``per_year`` times a year, evenly, fall on a day."""
    if per_year > 0.0:
        yield from range(times_before(day, per_year, offset), times_before(day + 1, per_year, offset))


def times_before(day: int, per_year: float, offset: float) -> int:
    """How many of them fall before a day."""
    return math.floor(day * per_year / DAYS_PER_YEAR + offset)

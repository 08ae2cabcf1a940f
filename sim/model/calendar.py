"""Working time: hours are the only clock; a day has 8 of them, a week 5 days, a month 20, a year 250."""

from typing import Final

HOURS_PER_DAY: Final = 8.0
DAYS_PER_WEEK: Final = 5
HOURS_PER_WEEK: Final = HOURS_PER_DAY * DAYS_PER_WEEK
DAYS_PER_MONTH: Final = 20
HOURS_PER_MONTH: Final = HOURS_PER_DAY * DAYS_PER_MONTH
DAYS_PER_YEAR: Final = 250
HOURS_PER_YEAR: Final = HOURS_PER_DAY * DAYS_PER_YEAR


def week_of(day: int) -> int:
    """The week of a day: day 0 begins week 0, the weeks of the warm-up are negative."""
    return day // DAYS_PER_WEEK

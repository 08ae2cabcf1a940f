"""What somebody typed is said as they typed it."""

import pytest

from sim.show.language import speaking
from sim.show.typed import typed_number


@pytest.mark.parametrize(
    ("value", "unit", "english", "spanish"),
    [
        (0.125, "hours", "0.125", "0,125"),
        (0.5, "points", "0.5", "0,5"),
        (2.0, "points", "2", "2"),
        (1e-6, "points", "0.000001", "0,000001"),
        (0.005, "share", "0.5%", "0,5 %"),
        (25000, "money/year", "25,000", "25\N{NO-BREAK SPACE}000"),
    ],
)
def test_every_digit_and_no_more(value: float, unit: str, english: str, spanish: str) -> None:
    assert typed_number(value, speaking("en"), unit) == english
    assert typed_number(value, speaking("es"), unit) == spanish

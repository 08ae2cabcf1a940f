"""Numbers as the tables and sentences of a comparison write them: differences with their sign, days, times."""

import math

from sim.show.compare.document import Amount
from sim.show.language import Language
from sim.show.tables import number


def mean_said(value: float, unit: str, say: Language) -> Amount:
    """A mean in a table."""
    return Amount(value, number(value, say, unit))


def difference_said(value: float, unit: str, say: Language) -> str:
    """A difference in a table, with its sign; of shares in percentage points."""
    if unit == "share" and not math.isnan(value):
        return say("{number} pp", number=f"{'−' if value < 0 else '+'}{say.number(100.0 * abs(value), 2)}")
    text = number(abs(value), say, unit)
    return text if text == "–" else f"{'−' if value < 0 else '+'}{text}"


def difference_cell(value: float, unit: str, say: Language) -> Amount:
    """The same as a cell."""
    return Amount(value, difference_said(value, unit, say))


def times_said(value: float, say: Language) -> str:
    """Such as ``×18``: a quotient of variances from a few pairs has no more than two digits that count."""
    if math.isnan(value):
        return "–"
    rounded = float(f"{value:.2g}")
    return f"×{say.number(rounded, 0 if rounded >= 10.0 else 1 if rounded >= 1.0 else 2)}"

"""Numbers as the tables and sentences of a comparison write them: differences with their sign, days, times."""

import math
from collections.abc import Iterable

from sim.show.amounts import factor
from sim.show.compare.document import Amount
from sim.show.language import SPACE, Language
from sim.show.tables import number

_MANY, _FEW = 100.0, 0.95
"""From where on no decimal is written, and one."""


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


def amounts(values: Iterable[float], unit: str, say: Language, *, signed: bool = False) -> list[Amount]:
    """Cells under a head that names the unit, in that unit: a share in per cent, money in thousands.

    All with as many decimals: none for money, one else, more where all are small.
    """
    scaled = [value * factor(unit) for value in values]
    most = max((abs(value) for value in scaled if not math.isnan(value)), default=0.0)
    digits = 0 if most >= _MANY else 1 if most >= _FEW or most == 0.0 else 2
    texts = ["–" if math.isnan(value) else say.number(value, digits) for value in scaled]
    signs = ["+" if signed and value > 0.0 else "" for value in scaled]
    return [Amount(value, sign + text) for value, sign, text in zip(scaled, signs, texts, strict=True)]


def between(low: Amount, high: Amount, say: Language) -> str:
    """An interval in one cell, on one line; nothing where there is none."""
    if math.isnan(low.value):
        return "–"
    return say("{low} to {high}", low=low.text, high=high.text).replace(" ", SPACE)


def times_said(value: float, say: Language) -> str:
    """Such as ``×18``: a quotient of variances from a few pairs has no more than two digits that count."""
    if math.isnan(value):
        return "–"
    rounded = float(f"{value:.2g}")
    return f"×{say.number(rounded, 0 if rounded >= 10.0 else 1 if rounded >= 1.0 else 2)}"

"""Amounts as people read them: a unit beside an axis, the size of a difference, its sign."""

import math

from sim.show.language import SPACE, Language


def unit_said(unit: str, say: Language) -> str:
    """A unit as it stands beside an axis."""
    said = {
        "points": say("points of 100"),
        "share": say("%"),
        "hours": say("working hours"),
        "money/year": say("thousand a year"),
    }
    return said.get(unit, unit)


def difference_unit_said(unit: str, say: Language) -> str:
    """The unit of a difference, as it stands below an axis."""
    return say("percentage points") if unit == "share" else unit_said(unit, say)


def factor(unit: str) -> float:
    """What a value is multiplied by to be shown in ``unit_said``."""
    return {"share": 100.0, "money/year": 0.001}.get(unit, 1.0)


def amount(value: float, unit: str, say: Language) -> str:
    """The size of a difference, such as ``2.5 points``."""
    size = say.brief(abs(value) * factor(unit))
    if unit == "points":
        return say("{size} points", size=size)
    if unit == "share":
        return say("{size} percentage points", size=size)
    if unit == "hours":
        return say("{size} hours", size=size)
    if unit == "money/year":
        return say("{size} thousand a year", size=size)
    return f"{size}{SPACE}{unit}"


def bound(value: float, unit: str, say: Language) -> str:
    """An amount that nothing exceeds: as ``amount`` writes it, rounded up."""
    size = abs(value) * factor(unit)
    step = 1.0 if size >= 9.95 else 0.1 if size >= 0.95 else 0.01
    return amount(math.ceil(size / step - 1e-9) * step / factor(unit), unit, say)


def signed(value: float, unit: str, say: Language) -> str:
    """A difference as a number with its sign, without the unit; exactly nothing is 0."""
    if value == 0.0:
        return "0"
    text = say.brief(value * factor(unit))
    return f"+{text}" if value > 0 else text


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]

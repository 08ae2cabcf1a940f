"""Numbers that somebody typed, with the digits that they typed."""

from decimal import Decimal

from sim.show.language import Language


def typed_number(value: float, say: Language, unit: str = "") -> str:
    """Every digit and no more, a share in per cent: 0.125, 0.5%."""
    exact = Decimal(repr(float(value)))
    exact = exact * 100 if unit == "share" else exact
    text = f"{exact.normalize():f}"
    digits = len(text.partition(".")[2])
    written = say.number(float(exact), digits)
    return say("{number}%", number=written) if unit == "share" else written

"""Numbers, intervals and charts as the page of a calibration shows them."""

import io
from collections.abc import Callable

import numpy as np
from matplotlib.figure import Figure

from sim.show.compare.document import Amount, Picture
from sim.show.language import Language
from sim.study.calibrate.calibrated import Calibration
from sim.study.calibrate.intervals import Estimate


def picture(name: str, draw: Callable[[Calibration, Language], Figure], found: Calibration, say: Language) -> Picture:
    """A chart, whose sentence is its title."""
    figure = draw(found, say)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})
    title = figure.texts[0].get_text().replace("\n", " ") if figure.texts else name
    return Picture(name, title, stream.getvalue())


def plain(value: float, say: Language) -> Amount:
    """A number, with about two digits that count."""
    return Amount(float(value), say.brief(float(value)) if not np.isnan(value) else "–")


def amount(estimate: Estimate, say: Language) -> Amount:
    """An estimate's value; nothing where nothing was measured."""
    return plain(estimate.value if estimate.count else np.nan, say)


def share(estimate: Estimate, say: Language) -> Amount:
    """A share, in per cent."""
    return Amount(estimate.value, say.percent(estimate.value) if estimate.count else "–")


def interval(estimate: Estimate, say: Language) -> str:
    """A 95 % interval."""
    return f"{say.brief(estimate.low)} – {say.brief(estimate.high)}" if not np.isnan(estimate.low) else "–"

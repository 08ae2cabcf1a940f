"""Which distribution the hours of jobs follow best, of those that a scenario can have."""

from typing import Final, Literal

import numpy as np

from sim.study.calibrate.office_hours import Floats

Shape = Literal["lognormal", "exponential", "constant", "erlang"]
_LIKE_EXPONENTIAL: Final = (0.75, 1.33)
"""Choice: hours that vary by less or more than this are not exponential, whatever their likelihood says."""
_CONSTANT: Final = 0.02
"""Choice: hours that vary by less than this are the same."""


def shape(hours: Floats) -> Shape:
    """The distribution with the least AIC; lognormal where there are too few to tell."""
    hours = hours[hours > 0.0]
    if len(hours) < 30:
        return "lognormal"
    middle, deviation = float(np.mean(hours)), float(np.std(hours))
    if deviation <= _CONSTANT * middle:
        return "constant"
    from scipy import stats  # noqa: PLC0415 - takes a while to load

    logs = np.log(hours)
    found: dict[Shape, float] = {
        "lognormal": 4 - 2 * float(np.sum(stats.norm.logpdf(logs, np.mean(logs), np.std(logs)) - logs)),
    }
    if _LIKE_EXPONENTIAL[0] <= deviation / middle <= _LIKE_EXPONENTIAL[1]:
        found["exponential"] = 2 - 2 * float(np.sum(stats.expon.logpdf(hours, scale=middle)))
    ratio = (middle / deviation) ** 2
    if 1.5 <= ratio <= 400:
        phases = round(ratio)
        found["erlang"] = 4 - 2 * float(np.sum(stats.gamma.logpdf(hours, phases, scale=middle / phases)))
    return min(found, key=lambda name: found[name])

"""The start of the base: morale and queues from the first simulated week on, to see when they have settled."""

import numpy as np
from matplotlib.figure import Figure

from sim.model.calendar import DAYS_PER_WEEK
from sim.model.measures import COMPANY, DEPARTMENT
from sim.model.record import Floats
from sim.show import style
from sim.show.compare.sheet import begun
from sim.show.language import Language
from sim.study.compare.comparison import Comparison
from sim.study.compare.start import Start
from sim.study.paths import running_mean

SMOOTHED_WEEKS = 5
_LEFT, _BOTTOM, _BETWEEN = 0.075, 0.15, 0.09


def welch_title(start: Start, say: Language) -> str:
    """Whether the start is behind the company when observing begins."""
    if start.warm_up_is_short or any(drift.is_seen for drift in start.drifts):
        return say("The company has not settled when observing begins: read levels with care, differences less so")
    return say("When observing begins, the start is behind the company")


def draw_welch(comparison: Comparison, start: Start, say: Language) -> Figure:
    """The chart (Welch 1983): means over replications, smoothed over weeks; the warm-up is shaded."""
    with style.look():
        notes = [
            say(
                "Base; thin: means over {n} replications, thick: over {weeks} weeks",
                n=len(comparison.replications),
                weeks=SMOOTHED_WEEKS,
            )
        ]
        sheet, below = begun(comparison, welch_title(start, say), notes, say)
        rows = [(say("Jobs waiting in line, all departments"), say("jobs"), _queues(comparison))]
        if comparison.base.feels:
            rows.append((say("Morale"), say("points of 100"), _company(comparison, "morale")))
        width = (1 - style.MARGIN - _LEFT - _BETWEEN * (len(rows) - 1)) / len(rows)
        weeks = np.array(comparison.together.observed(comparison.base, comparison.replications[0]).weeks)
        for place, (title, unit, values) in enumerate(rows):
            axes = sheet.add_axes((_LEFT + place * (width + _BETWEEN), _BOTTOM, width, below - 0.09 - _BOTTOM))
            mean = np.nanmean(values, axis=0)
            axes.plot(weeks + 0.5, mean, color=style.BLUE, linewidth=1, alpha=0.6)
            axes.plot(weeks + 0.5, running_mean(mean[None, :], SMOOTHED_WEEKS)[0], color=style.BLUE, linewidth=3.5)
            axes.axvspan(-comparison.base.warm_up_days / DAYS_PER_WEEK, 0.0, color=style.WARM_UP, linewidth=0, zorder=0)
            axes.set_xlim(weeks[0], weeks[-1] + 1)
            axes.grid(axis="y", color=style.FAINT)
            axes.set_title(title, pad=10)
            axes.set_ylabel(unit)
            axes.set_xlabel(say("week (observed from week 0)"))
            style.number_axis(axes.xaxis, say, 6, whole=True)
            style.number_axis(axes.yaxis, say, 5)
        return sheet


def _queues(comparison: Comparison) -> Floats:
    names = [part.name for part in comparison.base.departments if part.contract is None]
    runs = [comparison.together.observed(comparison.base, number).weekly for number in comparison.replications]
    return np.array([np.nansum([run["queue_length", DEPARTMENT, name] for name in names], axis=0) for run in runs])


def _company(comparison: Comparison, outcome: str) -> Floats:
    runs = [comparison.together.observed(comparison.base, number).weekly for number in comparison.replications]
    return np.array([run[outcome, COMPANY, ""] for run in runs])

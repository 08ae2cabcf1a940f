"""The start of the base: morale and queues from the first simulated week on, to see when they have settled."""

import numpy as np
from matplotlib.figure import Figure

from sim.model.calendar import DAYS_PER_WEEK
from sim.model.measures import COMPANY, DEPARTMENT
from sim.model.record import Floats
from sim.show import style
from sim.show.compare.sheet import begun
from sim.show.language import Language
from sim.show.names import titled
from sim.study.compare.comparison import Comparison
from sim.study.compare.start import Start
from sim.study.paths import running_mean

SMOOTHED_WEEKS = 5
_LEFT, _BOTTOM, _BETWEEN = 0.075, 0.15, 0.09


def welch_title(comparison: Comparison, starts: list[Start], say: Language) -> str:
    """Whether the start is behind the companies when observing begins, and which look told."""
    moving = [start for start in starts if start.settled == "moving"]
    if moving:
        titles = {scenario.name: titled(scenario, say) for scenario in comparison.scenarios}
        named = say("“{title}”", title=titles[moving[0].scenario])
        if len(moving) > 1:
            named = say("{n} of {all} companies", n=len(moving), all=len(starts))
        if len(moving) == len(starts):
            named = say("all companies")
        looks = [say("drift of {what}", what=states_said(say)[name]) for name in _drifting(moving)]
        looks += [say("MSER-5 on the queues")] if any(start.warm_up_is_short for start in moving) else []
        return say(
            "May not have settled when observing begins: {titles} ({looks}); read levels with care",
            titles=named,
            looks=", ".join(looks),
        )
    found = {start.settled for start in starts}
    if found == {"behind"}:
        return say("When observing begins, the start is behind all companies")
    if found == {"not examined"}:
        return say("Whether the start is behind was not examined: too few weeks before a change, or replications")
    return say("Whether the start is behind cannot be told: nothing is seen, but luck could hide a drift")


def still_apart(starts: list[Start]) -> list[tuple[str, str]]:
    """Scenarios and states whose difference to the base still moves while they are observed."""
    return [(start.scenario, drift.outcome) for start in starts for drift in start.apart if drift.is_seen]


def states_said(say: Language) -> dict[str, str]:
    """What a drift is looked for in."""
    return {
        "morale": say("morale"),
        "orientation": say("customer orientation"),
        "flaws": say("flaws of a department"),
    }


def _drifting(starts: list[Start]) -> list[str]:
    return list(dict.fromkeys(drift.outcome for start in starts for drift in start.drifts if drift.is_seen))


def draw_welch(comparison: Comparison, starts: list[Start], say: Language) -> Figure:
    """The chart (Welch 1983): means over replications, smoothed over weeks; the warm-up is shaded."""
    with style.look():
        notes = [
            say(
                "“{base}”; thin: means over {n} replications, thick: also over {weeks} weeks; shaded: not observed yet",
                base=titled(comparison.base, say),
                n=len(comparison.replications),
                weeks=SMOOTHED_WEEKS,
            )
        ]
        sheet, below = begun(comparison, welch_title(comparison, starts, say), notes, say)
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

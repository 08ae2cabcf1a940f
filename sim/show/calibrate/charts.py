"""Observed beside simulated: hours until the answer, hand-overs against time, waits by department, queues by week."""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.show import style
from sim.show.language import Language
from sim.show.lettering import SMALL, wrapped
from sim.study.calibrate.calibrated import Calibration
from sim.study.calibrate.judging import HANDED, Compared, Judged
from sim.study.calibrate.office_hours import Floats

_OBSERVED, _SIMULATED = style.VERMILION, style.BLUE
_MOST_QUEUES: Final = 6
_MOST_PROFILES: Final = 12
_LIKELY: Final = 3.84
"""Within this of the least misfit lie 95 % of what the data allow (χ², one degree of freedom)."""
_SHARES: Final = np.linspace(0.02, 0.98, 97)


def draw_throughput(found: Calibration, say: Language) -> Figure:
    """How many cases were answered within so many hours, and their median by how often they were handed over."""
    judged = found.judged
    with style.look():
        sheet, below = _begun(found, _throughput_title(judged, say), say)
        left = sheet.add_axes((0.08, 0.15, 0.4, below - 0.24))
        right = sheet.add_axes((0.58, 0.15, 0.39, below - 0.24))
        for hours, colour, name in (
            (judged.throughput[1], _SIMULATED, say("simulated")),
            (judged.throughput[0], _OBSERVED, say("observed")),
        ):
            if len(hours):
                left.plot(np.maximum(np.quantile(hours, _SHARES), 0.01), _SHARES * 100, color=colour, label=name)
        left.set_xscale("log")
        left.xaxis.set_major_formatter(lambda value, _: say.brief(value))
        left.set_xlabel(say("working hours from asking to the answer"))
        left.set_title(say("cases answered within them, %"), size=SMALL, weight="normal", color=style.SOFT)
        left.set_ylim(0, 100)
        left.grid()
        left.legend(loc="upper left")
        _draw_handed(right, judged, say)
        return sheet


def _draw_handed(axes: Axes, judged: Judged, say: Language) -> None:
    items = {int(item.at): item for item in judged.compared if item.kind == "handed"}
    for at, item in items.items():
        axes.plot([at, at], [item.low, item.high], color=_SIMULATED, linewidth=9, alpha=0.35, solid_capstyle="butt")
        axes.plot(at, item.middle, "o", color=_SIMULATED, markersize=11)
        axes.plot(at, item.observed, "D", color=_OBSERVED, markersize=11)
    axes.set_xticks(HANDED, [*map(str, HANDED[:-1]), f"{HANDED[-1]}+"])
    axes.set_xlim(-0.5, HANDED[-1] + 0.5)
    if items:
        most = max(max(item.observed, 2 * item.middle) for item in items.values())
        axes.set_ylim(0, 1.1 * most)
    else:
        style.nothing(axes, say)
    axes.set_xlabel(say("requests between departments in a case"))
    axes.set_title(say("median hours of the case"), size=SMALL, weight="normal", color=style.SOFT)
    axes.grid(axis="y")
    axes.yaxis.set_major_formatter(lambda value, _: say.brief(value))


def _throughput_title(judged: Judged, say: Language) -> str:
    half = next((item for item in judged.compared if item.kind == "throughput" and item.at == 0.5), None)
    if half is None:
        return say("Too few cases were answered to compare their hours")
    return say(
        "Half of the cases took {observed} or less; simulated: {simulated}",
        observed=say.hours(half.observed),
        simulated=say.hours(half.middle),
    )


def draw_waits(found: Calibration, say: Language) -> Figure:
    """By department, half, four fifths and nineteen twentieths of the waits: observed, and what the runs span."""
    judged = found.judged
    names = list(dict.fromkeys(item.where for item in judged.compared if item.kind == "wait"))
    with style.look():
        good = sum(item.inside for item in judged.compared if item.kind == "wait")
        count = sum(item.kind == "wait" for item in judged.compared)
        title = say("Waits until work begins: {good} of {count} as simulated", good=good, count=count)
        sheet, below = _begun(found, title, say)
        bottom = 0.15
        axes = sheet.add_axes((0.3, bottom, 0.66, below - 0.09 - bottom))
        for place, name in enumerate(names):
            for step, item in enumerate(_of("wait", name, judged)):
                _draw_wait(axes, -place - 0.25 * (step - 1), item)
        axes.set_xscale("symlog", linthresh=0.1)
        axes.set_xlim(left=0)
        axes.xaxis.set_major_formatter(lambda value, _: say.brief(value))
        axes.set_ylim(-len(names) + 0.5, 0.5)
        axes.set_yticks([-place for place in range(len(names))])
        axes.set_yticklabels([wrapped(name, 0.26 * style.WIDTH, 1)[0] for name in names])
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(say("hours; from above: the median, 80 % and 95 % of the waits"))
        axes.grid(axis="x")
        axes.plot([], [], "D", color=_OBSERVED, markersize=9, label=say("observed"))
        axes.plot([], [], color=_SIMULATED, linewidth=7, alpha=0.4, label=say("simulated, 9 of 10 runs"))
        axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, borderaxespad=0.1)
        return sheet


def _draw_wait(axes: Axes, height: float, item: Compared) -> None:
    axes.plot([item.low, item.high], [height, height], color=_SIMULATED, linewidth=7, alpha=0.4, solid_capstyle="butt")
    axes.plot(item.middle, height, "|", color=_SIMULATED, markersize=12, markeredgewidth=3)
    axes.plot(item.observed, height, "D", color=_OBSERVED, markersize=7)


def draw_queues(found: Calibration, say: Language) -> Figure:
    """Jobs in line by week in the departments where most wait: observed, and what the runs span."""
    judged = found.judged
    busiest = sorted(judged.queues, key=lambda name: -float(np.mean(judged.queues[name][0])))[:_MOST_QUEUES]
    with style.look():
        within = [_within(*judged.queues[name]) for name in busiest]
        share = say.percent(float(np.mean(np.concatenate(within))) if within else 0.0)
        title = (
            say("Jobs in line lie where nine of ten runs lie in {share} of the weeks", share=share)
            if judged.by_week
            else say("Jobs in line lie where nine of ten runs lie on {share} of the days", share=share)
        )
        across = say("week of the last third") if judged.by_week else say("day of the last third")
        sheet, below = _begun(found, title, say)
        columns, rows = (3, 2) if len(busiest) > 3 else (max(1, len(busiest)), 1)
        width, height = 0.9 / columns - 0.05, (below - 0.14 - 0.11 * rows) / rows
        for place, name in enumerate(busiest):
            row, column = divmod(place, columns)
            low = 0.15 + (rows - 1 - row) * (height + 0.13)
            axes = sheet.add_axes((0.07 + column * (width + 0.05), low, width, height))
            _draw_queue(axes, judged.queues[name], wrapped(name, width * style.WIDTH, 1)[0], say)
            if row == rows - 1:
                axes.set_xlabel(across)
        return sheet


def _draw_queue(axes: Axes, courses: tuple[Floats, Floats, Floats, Floats], name: str, say: Language) -> None:
    observed, low, middle, high = courses
    weeks = np.arange(1, len(observed) + 1)
    axes.fill_between(weeks, low, high, color=_SIMULATED, alpha=0.25, linewidth=0, label=say("simulated"))
    axes.plot(weeks, middle, color=_SIMULATED, linewidth=1.5)
    axes.plot(weeks, observed, color=_OBSERVED, label=say("observed"))
    axes.set_title(name, size=SMALL)
    axes.set_ylim(0, 1.15 * max(float(observed.max(initial=0.0)), 2.0 * float(middle.max(initial=0.0)), 1.0))
    style.number_axis(axes.xaxis, say, 5, whole=True)
    style.number_axis(axes.yaxis, say, 4)
    axes.grid(axis="y")


def draw_profiles(found: Calibration, say: Language) -> Figure:
    """By department, how much worse the fit is if the work of its people is held to be more or less."""
    parameters = found.fit.parameters[:_MOST_PROFILES]
    with style.look():
        known = sum(item.determined for item in found.fit.parameters)
        title = say(
            "Of {known} of {count} departments the data tell how busy they are",
            known=known,
            count=len(found.fit.parameters),
        )
        sheet = style.figure()
        below = style.sentence(sheet, title, 0.965)
        note = say("The misfit if one department is held to be busier or less busy, and all others are fitted anew")
        below = style.note(sheet, note, below)
        style.footer(sheet, found.scenario.title.said(say.code) or found.scenario.name, [])
        columns = min(4, max(1, len(parameters)))
        rows = max(1, -(-len(parameters) // columns))
        width, height = 0.92 / columns - 0.045, (below - 0.2 - 0.12 * (rows - 1)) / rows
        for place, item in enumerate(parameters):
            row, column = divmod(place, columns)
            low = 0.15 + (rows - 1 - row) * (height + 0.12)
            axes = sheet.add_axes((0.06 + column * (width + 0.045), low, width, height))
            values, misfits = zip(*item.profile, strict=True)
            axes.axhspan(0.0, _LIKELY, color=style.FAINT, alpha=0.5, linewidth=0)
            axes.plot(values, np.maximum(misfits, 0.0), "o-", color=_SIMULATED if item.determined else _OBSERVED)
            axes.set_ylim(0, 4.0 * _LIKELY)
            axes.set_title(wrapped(item.where, width * style.WIDTH, 1)[0], size=SMALL)
            style.number_axis(axes.xaxis, say, 3)
            style.number_axis(axes.yaxis, say, 3)
            if row == rows - 1:
                axes.set_xlabel(say("work, of that measured"))
        return sheet


def _within(observed: Floats, low: Floats, _: Floats, high: Floats) -> Floats:
    return ((observed >= low) & (observed <= high)).astype(np.float64)


def _of(kind: str, where: str, judged: Judged) -> list[Compared]:
    return [item for item in judged.compared if item.kind == kind and item.where == where]


def _begun(found: Calibration, title: str, say: Language) -> tuple[Figure, float]:
    sheet = style.figure()
    below = style.sentence(sheet, title, 0.965)
    note = say("Blue: simulated, fitted to the first two thirds. Orange: observed in the last third.")
    below = style.note(sheet, note, below)
    about = found.scenario.title.said(say.code) or found.scenario.name
    facts = [
        say.counted("{n} case", "{n} cases", found.judged.cases),
        say.counted("{n} day", "{n} days", found.judged.days),
    ]
    style.footer(sheet, about, facts)
    return sheet, below

"""The ceiling: random companies by their morale and their customers' satisfaction, with a ceiling and without (A4)."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.scenario.parameters import Laws
from sim.show import style
from sim.show.claims.sheet import LINE_HEIGHT, About, begun
from sim.show.language import Language
from sim.study.claims.cloud import Cloud, ceiling_curve
from sim.study.claims.necessary import effect_size


def cloud_title(cloud: Cloud, keys: Laws, say: Language) -> str:
    """How many companies give more than their morale allows."""
    above, n = cloud.above(keys), len(cloud.morale)
    if above == 0:
        return say("Of {n} random companies, none gives its customers more than its morale allows", n=n)
    return say("Of {n} random companies, {above} give their customers more than their morale allows", n=n, above=above)


def draw_cloud(about: About, keys: Laws, cloud: Cloud, free: Cloud, say: Language) -> Figure:
    """The chart: as the laws say on the left, without a ceiling on the right."""
    with style.look():
        notes = [
            say("Each dot: a company with practices, style of managers, tempers and staff drawn at random"),
            say("d: share of the room that is empty above the dots (necessary condition analysis); r: correlation"),
        ]
        sheet, below = begun(about, cloud_title(cloud, keys, say), notes, say)
        everything = np.concatenate([cloud.morale, free.morale])
        ends = float(np.floor(everything.min() / 10) * 10), float(np.ceil(everything.max() / 10) * 10)
        titles = (say("Nobody shows more than morale allows"), say("The same companies with that law switched off"))
        for place, (one, heading) in enumerate(zip((cloud, free), titles, strict=True)):
            left = 0.075 + place * 0.48
            axes = sheet.add_axes((left, 0.145, 0.42, below - 4.0 * LINE_HEIGHT - 0.145))
            _draw_points(axes, one, keys, ends, above=place == 1)
            facts = say(
                "d = {d}, r = {r}", d=_two(effect_size(one.morale, one.satisfaction), say), r=_two(one.correlation, say)
            )
            axes.set_title(f"{heading}\n{facts}", pad=14)
            axes.set_xlabel(say("morale of the staff, in points of 100"))
            axes.set_ylabel(say("customers’ satisfaction, points"))
            style.number_axis(axes.xaxis, say, 6)
            style.number_axis(axes.yaxis, say, 6)
            if place == 0:
                _name_curve(axes, keys, ends, say)
        return sheet


def _draw_points(axes: Axes, cloud: Cloud, keys: Laws, ends: tuple[float, float], *, above: bool) -> None:
    across = np.linspace(*ends, 200)
    curve = ceiling_curve(across, keys)
    axes.fill_between(across, curve, 102.0, color=style.FAINT, linewidth=0, alpha=0.35 if above else 0.8)
    axes.plot(across, curve, color=style.INK, linewidth=3.5, linestyle="--" if above else "-")
    over = cloud.satisfaction > ceiling_curve(cloud.morale, keys)
    for chosen, colour in ((~over, style.BLUE), (over, style.VERMILION)):
        axes.plot(
            cloud.morale[chosen],
            cloud.satisfaction[chosen],
            "o",
            color=colour,
            markersize=11,
            alpha=0.75,
            markeredgecolor=style.BACKGROUND,
        )
    axes.set_xlim(*ends)
    axes.set_ylim(0, 102)
    axes.grid(color=style.FAINT)


def _name_curve(axes: Axes, keys: Laws, ends: tuple[float, float], say: Language) -> None:
    middle = (ends[0] + ends[1]) / 2
    height = float(ceiling_curve(np.array([middle]), keys)[0])
    axes.annotate(
        say("the most that\nthis morale allows"),
        (middle, height),
        (0.03, 0.965),
        textcoords="axes fraction",
        va="top",
        weight="bold",
        arrowprops={"arrowstyle": "-", "color": style.INK, "linewidth": 2},
    )


def _two(value: float, say: Language) -> str:
    return "–" if np.isnan(value) else say.number(value, 2)

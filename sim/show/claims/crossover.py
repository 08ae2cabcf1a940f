"""Inside or by contract: customers' satisfaction by the temper of the people inside (B7)."""

import numpy as np
from matplotlib.figure import Figure

from sim.show import style
from sim.show.claims.cause import Pair
from sim.show.claims.sheet import LINE_HEIGHT, About, Room, begun, line_key
from sim.show.claims.words import direction
from sim.show.language import Language
from sim.show.names import names_of
from sim.study.claims.crossover import TEMPERS, Crossover
from sim.study.claims.verdict import Tried

_CONTRACT = "#b07800"
"""Orange, dark enough for letters."""


def crossover_title(found: Crossover, tried: list[Tried], say: Language) -> str:
    """On which side the contract is better, as far as the claim's own pairs tell."""
    if {direction(item.effect) for item in tried} == {-1, 1} and not np.isnan(found.crossing):
        return say("Buying support outside helps where the people inside are rude, and harms where they are kind")
    ahead = found.inside.mean - found.contract
    if not np.isnan(found.crossing):
        return say("The kinder the people inside, the less a contract has to offer; luck hides how much")
    if (ahead < 0).all():
        return say("Here the contract is better whatever the temper of the people inside")
    return say("Here keeping support inside is better whatever the temper of the people")


def draw_crossover(about: About, pair: Pair, found: Crossover, tried: list[Tried], say: Language) -> Figure:
    """The chart: a curve for inside, a level for the contract."""
    with style.look():
        note = say("Band: 95 % interval of the difference from the contract")
        sheet, below = begun(about, crossover_title(found, tried, say), [note], say)
        keys = [(style.BLUE, say("kept inside")), (_CONTRACT, say("bought by contract"))]
        top = line_key(sheet, keys, Room(style.MARGIN, 0.6, below - 0.4 * LINE_HEIGHT))
        axes = sheet.add_axes((0.075, 0.185, 1 - style.MARGIN - 0.075, top - 0.185))
        inside, level = found.inside, found.contract
        across = np.array(TEMPERS)
        axes.fill_between(across, inside.low, inside.high, color=style.BLUE, alpha=0.2, linewidth=0)
        axes.axhline(level, color=_CONTRACT, linewidth=5)
        axes.plot(across, inside.mean, "o-", color=style.BLUE, linewidth=4, markersize=12)
        if not np.isnan(found.crossing):
            axes.axvline(found.crossing, color=style.INK, linestyle=":", linewidth=2.5)
            axes.plot([found.crossing], [level], "D", color=style.INK, markersize=13)
        span = float(max(inside.mean.max(), level) - min(inside.mean.min(), level)) or 1.0
        axes.set_ylim(min(inside.mean.min(), level) - 0.25 * span, max(inside.mean.max(), level) + 0.25 * span)
        axes.set_xlim(TEMPERS[0] - 0.03, TEMPERS[-1] + 0.03)
        axes.grid(axis="y", color=style.FAINT)
        axes.set_xticks(TEMPERS, [_temper(value, say) for value in TEMPERS])
        style.number_axis(axes.yaxis, say, 6)
        names = ", ".join(names_of(pair.base, say)[name] for name in found.departments)
        axes.set_xlabel(say("temper of the people inside ({names})", names=names))
        axes.set_ylabel(say("customers’ satisfaction, points"))
        return sheet


def _temper(value: float, say: Language) -> str:
    text = say.number(value, 1)
    if value == 0.0:
        return f"{text}\n{say('rude')}"
    return f"{text}\n{say('kind')}" if value == TEMPERS[-1] else text

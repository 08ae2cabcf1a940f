"""The gain of the chain: how much of a change in everybody's morale and mood comes back to them through one another.

Condition → respect, care, pace → experience → mood → morale, to those who are served and to those who serve. Below 1
a change dies out; from 1 on the company spirals, up or down. It is the spectral radius of the map from everybody's
morale and mood now to those at which they would settle if everybody went on to treat the others like that (a next
generation operator), at the steady state. What people expect, remember and have got used to is held as it is there.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from sim.model import habits
from sim.model.queueing import Floats
from sim.model.rounds import Mind, moods_and_morale, one_day
from sim.model.steady import Rest

_NUDGE: Final = 1e-4
_MOST_STEPS: Final = 60
_EXACT: Final = 1e-3
"""Choice: relative change of the gain in a step at which it is known well enough."""


def gain(found: Rest) -> float:
    """The spectral radius by power iteration, the map's slope by differences: no matrix is ever written down.

    The map is positive (who feels better treats others better), so its largest eigenvalue is real and has a direction
    in which everybody feels better. Waits depend on one another along the chain; they follow from step to step.
    """
    if not found.net.scenario.feels:
        return 0.0
    net, rest = found.net, found.last.mind
    in_house = np.tile(net.departments.in_house, 2)
    with np.errstate(all="ignore"):
        still, base = _next(found, rest, np.zeros(len(in_house)))
        size, value = in_house / np.sqrt(max(1, in_house.sum())), 0.0
        waits = still
        for step in range(_MOST_STEPS):
            waits, after = _next(found, waits, _NUDGE * size)
            slope = (after - base) / _NUDGE * in_house
            before, value = value, float(np.linalg.norm(slope))
            if value < 1e-9 or (step > 5 and abs(value - before) < _EXACT * value):
                break
            size = slope / value
    return value


def _next(found: Rest, waits: Mind, nudge: Floats) -> tuple[Mind, Floats]:
    """Morale and mood at which everybody settles whose present ones are nudged; and the waits that go with it."""
    net, rest = found.net, found.last.mind
    count = len(rest.morale)
    moved = replace(
        rest,
        morale=rest.morale + nudge[:count],
        mood=rest.mood + nudge[count:],
        evening=rest.evening + nudge[count:],
        answers=waits.answers,
        load=waits.load,
        load_spread=waits.load_spread,
        wrong_used=waits.wrong_used,
        managers_hours=waits.managers_hours,
    )
    day = one_day(net, moved)
    _, feeling = habits.reviews(net, day.people)
    # Where they settle does not depend on where the search for it begins.
    begun = replace(day, mind=replace(day.mind, morale=rest.morale, mood=rest.mood, mood_spread=rest.mood_spread))
    after = moods_and_morale(net, begun, feeling, habits.TALKS)
    return day.mind, np.concatenate([after.morale, after.mood])

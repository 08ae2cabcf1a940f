"""When things happen: points in time, in an order that does not depend on who scheduled first.

At equal times, moments come by kind, then by the key of whom they concern. What follows from a moment at once happens
before the next moment: first what begins (a job that was asked), then what wakes (a job whose turn or answer has come),
each in the order of its causes. Those are SimPy's plain events, whose priorities lie below every rank given here.
"""

from typing import Final

import simpy

# Kinds, in the order in which they come at equal times: work ends before new work arrives.
DAY: Final = 1 << 64
WORK: Final = 2 << 64
DECIDING: Final = 3 << 64
RELAY: Final = 4 << 64
DUTY: Final = 5 << 64
ARRIVAL: Final = 6 << 64
FLAW: Final = 7 << 64
NEWCOMER: Final = 8 << 64


class Moment(simpy.Event):
    """A point in time, ``delay`` hours ahead, as ``simpy.Timeout`` is, but with a rank among those at the same time."""

    def __init__(self, env: simpy.Environment, delay: float, kind: int, key: int) -> None:
        self.env = env
        self.callbacks = []
        self._ok = True
        self._value = None
        env.schedule(self, kind | key, delay)  # type: ignore[arg-type]  # any number orders as SimPy's own priorities do

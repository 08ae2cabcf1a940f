"""Arrivals: sources that each act as a Poisson process, on a clock whose speed may change on the way.

Each source has its own row of unit exponential gaps, drawn by its key. They are measured on a clock that advances by
``rate`` in an hour: when the rate changes, what was to come comes sooner or later, but stays the same luck.
"""

from collections.abc import Callable, Generator, Sequence
from heapq import heapify, heapreplace

import simpy

from sim.model.distributions import exponential
from sim.model.luck import GAP, uniform
from sim.model.moment import Moment


class Arrivals:
    """Independent Poisson streams of one kind; ``happen(source, occurrence)`` is called for every arrival."""

    def __init__(
        self, env: simpy.Environment, keys: Sequence[int], rate: float, kind: int, happen: Callable[[int, int], None]
    ) -> None:
        self._env = env
        self._keys = keys
        self._rate = rate
        self._kind = kind
        self._happen = happen
        self._clock = 0.0
        self._set_at = env.now
        self._due = [(exponential(1.0, uniform(key, GAP, 0)), key, source, 0) for source, key in enumerate(keys)]
        heapify(self._due)
        self._process = env.process(self._live()) if keys else None

    def set_rate(self, rate: float) -> None:
        """From now on each source brings ``rate`` arrivals in an hour, in the mean."""
        if rate == self._rate or self._process is None:
            return
        self._clock += self._rate * (self._env.now - self._set_at)
        self._set_at = self._env.now
        self._rate = rate
        self._process.interrupt()

    def _live(self) -> Generator[simpy.Event, None, None]:
        while True:
            due, key, source, occurrence = self._due[0]
            try:
                yield self._until(due, key)
            except simpy.Interrupt:
                continue
            gap = exponential(1.0, uniform(self._keys[source], GAP, occurrence + 1))
            heapreplace(self._due, (due + gap, key, source, occurrence + 1))
            self._happen(source, occurrence)

    def _until(self, due: float, key: int) -> simpy.Event:
        if self._rate == 0.0:
            return self._env.event()  # nothing comes until the rate changes
        moment = self._set_at + (due - self._clock) / self._rate
        return Moment(self._env, max(0.0, moment - self._env.now), self._kind, key)

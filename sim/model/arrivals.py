"""Arrivals: sources that each act as a Poisson process, on a clock whose speed may change on the way.

Each source has its own row of unit exponential gaps, drawn by its key. They are measured on a clock that advances by
``rate`` in an hour: when the rate changes, what was to come comes sooner or later, but stays the same luck.
"""

from collections.abc import Callable, Generator, Sequence
from heapq import heapify, heappop, heappush, heapreplace

import simpy

from sim.model.distributions import exponential
from sim.model.luck import GAP, uniform
from sim.model.moment import Moment


class Arrivals:
    """Independent Poisson streams of one kind; ``happen(source, occurrence)`` is called for every arrival.

    A source for which ``happen`` returns ``False`` is silent from then on.
    """

    def __init__(
        self,
        env: simpy.Environment,
        keys: Sequence[int],
        rate: float,
        kind: int,
        happen: Callable[[int, int], bool | None],
    ) -> None:
        self._env = env
        self._keys = list(keys)
        self._rate = rate
        self._kind = kind
        self._happen = happen
        self._clock = 0.0
        self._set_at = env.now
        self._due = [(exponential(1.0, uniform(key, GAP, 0)), key, source, 0) for source, key in enumerate(keys)]
        heapify(self._due)
        self._process = env.process(self._live())

    def set_rate(self, rate: float) -> None:
        """From now on each source brings ``rate`` arrivals in an hour, in the mean."""
        if rate == self._rate:
            return
        self._clock = self._clock_now()
        self._set_at = self._env.now
        self._rate = rate
        self._look_again()

    def add(self, key: int) -> int:
        """Another source begins now; its number."""
        source = len(self._keys)
        self._keys.append(key)
        due = self._clock_now() + exponential(1.0, uniform(key, GAP, 0))
        heappush(self._due, (due, key, source, 0))
        if self._due[0][2] == source:
            self._look_again()
        return source

    def _clock_now(self) -> float:
        return self._clock + self._rate * (self._env.now - self._set_at)

    def _look_again(self) -> None:
        if self._process is not self._env.active_process:
            self._process.interrupt()

    def _live(self) -> Generator[simpy.Event, None, None]:
        while True:
            try:
                yield self._until_next()
            except simpy.Interrupt:
                continue
            _, key, source, occurrence = self._due[0]
            if self._happen(source, occurrence) is False:
                heappop(self._due)
                continue
            due = self._due[0][0]
            gap = exponential(1.0, uniform(self._keys[source], GAP, occurrence + 1))
            heapreplace(self._due, (due + gap, key, source, occurrence + 1))

    def _until_next(self) -> simpy.Event:
        if self._rate == 0.0 or not self._due:
            return self._env.event()  # nothing comes until the rate changes, or another source begins
        due, key, _, _ = self._due[0]
        moment = self._set_at + (due - self._clock) / self._rate
        return Moment(self._env, max(0.0, moment - self._env.now), self._kind, key)

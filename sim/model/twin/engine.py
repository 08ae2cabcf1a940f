"""The fast engine: a company lives in compiled code, which comes back here for room and to be read."""

from collections.abc import Callable

import numpy as np

from sim.model.calendar import HOURS_PER_DAY
from sim.model.luck import name_key, replication_key
from sim.model.record import Record
from sim.model.steady import SteadyState, steady_state
from sim.model.trace import Trace
from sim.model.twin.company import END, ROOM
from sim.model.twin.machine_code import loop
from sim.model.twin.plan import Plan, Rows, address
from sim.model.twin.pools import Pools
from sim.model.twin.reading import Reader
from sim.scenario.dated import epochs
from sim.scenario.parts import MARKET
from sim.scenario.schema import Scenario


def simulate(
    scenario: Scenario,
    seed: int,
    replication: int,
    trace: Trace | None = None,
    progress: Callable[[float], None] | None = None,
    before: SteadyState | None = None,
) -> Record:
    """As ``simulate`` in ``../company.py``, to the last bit."""
    return Life(scenario, seed, replication, trace, before).live(progress)


class Life:
    """One replication, made ready to be lived.

    For those who compare: with a ``grid`` everything happens at multiples of so many hours; ``diary`` is given what is
    said of every moment and state, in blocks.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        replication: int,
        trace: Trace | None = None,
        before: SteadyState | None = None,
        grid: float = 0.0,
        diary: Callable[[Rows], None] | None = None,
    ) -> None:
        row = epochs(scenario)
        start = steady_state(row[0].scenario)
        if before is not None:
            start = start.where_known(before)
        self._customers = row[0].scenario.market.customers
        self._plan = plan = Plan(scenario, row, start, replication_key(seed, replication))
        self._company = company = plan.company[0]
        company["traced"] = trace is not None
        company["watched"] = diary is not None
        company["grid"] = grid
        if grid > 0.0:
            hours = company["end"] - company["now"]
            company["end"] = company["now"] + np.ceil(hours / grid - 1e-9) * grid
        self._pools = Pools(plan)
        self._pools.make_room(self._customers)
        self._reader = Reader(plan, self._pools, Record(scenario, replication), trace, diary)

    def live(self, progress: Callable[[float], None] | None = None) -> Record:
        """Run to the end of the last day; once."""
        advance, where, reader = loop(), address(self._plan.company), self._reader
        market_key = self._plan.key ^ name_key(MARKET)
        customers = self._customers
        while True:
            why = advance(where, customers, market_key)
            customers = -1
            if why == ROOM:
                reader.hand_on()
                self._pools.make_room()
            else:
                reader.end_week()
                if progress is not None:
                    progress(float(self._company["now"]) / HOURS_PER_DAY)
                if why == END:
                    reader.end()
                    return reader.record

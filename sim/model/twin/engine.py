"""The fast engine: a company lives in compiled code, which comes back here for room and to be read."""

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.model.calendar import HOURS_PER_DAY
from sim.model.luck import name_key, replication_key
from sim.model.record import Record
from sim.model.steady import SteadyState, steady_state
from sim.model.trace import Trace
from sim.model.twin.company import END, ROOM, ROWS
from sim.model.twin.machine_code import loop
from sim.model.twin.plan import Plan, address
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
    grid: float = 0.0,
    diary: Callable[[Any], None] | None = None,
) -> Record:
    """As ``simulate`` in ``../company.py``, to the last bit.

    With a ``grid``, everything happens at multiples of so many hours; ``diary`` is given blocks of lines to compare.
    """
    row = epochs(scenario)
    start = steady_state(row[0].scenario)
    if before is not None:
        start = start.where_known(before)
    plan = Plan(scenario, row, start, replication_key(seed, replication))
    company = plan.company[0]
    company["grid"] = grid
    company["traced"] = trace is not None
    company["watched"] = diary is not None
    if grid > 0.0:
        hours = company["end"] - company["now"]
        company["end"] = company["now"] + np.ceil(hours / grid - 1e-9) * grid
    pools = Pools(plan)
    reader = Reader(plan, pools, Record(scenario, replication), trace, diary)
    go_on, where = loop(), address(plan.company)
    market_key = plan.key ^ name_key(MARKET)
    customers = row[0].scenario.market.customers
    pools.make_room(customers)
    while True:
        why = go_on(where, customers, market_key)
        customers = -1
        if why == ROOM:
            pools.make_room()
            reader.hand_on()
        elif why == ROWS:
            reader.hand_on()
        else:
            reader.end_week()
            if progress is not None:
                progress(float(company["now"]) / HOURS_PER_DAY)
            if why == END:
                reader.end()
                return reader.record

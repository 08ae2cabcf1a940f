"""A workshop's server that answers while a test asks, and a grid that is soon simulated."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sim.scenario.schema import Scenario
from sim.show.workshop.server import Server
from sim.study.workshop.attempt import Workshop
from sim.study.workshop.grid import Grid, grid


@contextmanager
def serving(shop: Workshop, host: str = "127.0.0.1") -> Iterator[Server]:
    made = Server(shop, host)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield made
    finally:
        made.shutdown()
        thread.join()
        made.server_close()


def few_states(base: Scenario) -> Grid:
    """A grid in which the levers have all their places, and few of the combinations are there."""
    return Grid(grid(base).values, ({}, {"contact": 12}, {"style": 1.0}, {"layers": 6}, {"layers": 6, "style": 1.0}))

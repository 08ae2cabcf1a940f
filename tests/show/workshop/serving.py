"""A workshop's server that answers while a test asks."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sim.show.workshop.server import Server
from sim.study.workshop.attempt import Workshop


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

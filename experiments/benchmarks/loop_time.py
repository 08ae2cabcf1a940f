"""How long the compiled loop alone takes within something else."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from sim.model.twin import engine
from sim.model.twin.machine_code import loop


@dataclass
class Inside:
    """Seconds of the processor in the loop so far."""

    seconds: float = 0.0


@contextmanager
def loop_time() -> Iterator[Inside]:
    """Adds up what lives that are lived in here spend in the loop."""
    advance, inside = loop(), Inside()

    def looked_at(*arguments: int) -> int:
        began = time.thread_time()
        why = advance(*arguments)
        inside.seconds += time.thread_time() - began
        return why

    with patch.object(engine, "loop", lambda: looked_at):
        yield inside

"""The engines that let a company live: SimPy processes that say what the model is, and their compiled twin.

``reference`` is the specification: ``company.py``, and ``job.py`` to begin with. ``fast`` lives the same lives to the
last bit, about a hundred times faster; whatever differs is its fault.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal, get_args

from sim.model.record import Record
from sim.model.trace import Trace
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from sim.model.steady import SteadyState

Engine = Literal["fast", "reference"]
ENGINES: Final[tuple[Engine, ...]] = get_args(Engine)


def simulate(  # noqa: PLR0913, PLR0917 - what is lived, on which luck, who looks on, and how
    scenario: Scenario,
    seed: int,
    replication: int,
    trace: Trace | None = None,
    progress: Callable[[float], None] | None = None,
    before: "SteadyState | None" = None,
    engine: Engine = "fast",
) -> Record:
    """Let a company live through its warm-up and its observed days; the same record by either engine.

    ``progress`` is called with the days done, week by week; ``trace``, if given, hears of every request. It starts from
    its own steady state, or from that of another company if ``before`` gives it.
    """
    if engine == "reference":
        from sim.model.company import simulate as by_reference  # noqa: PLC0415 - each engine loads what it needs

        return by_reference(scenario, seed, replication, trace, progress, before)
    from sim.model.twin.engine import simulate as by_twin  # noqa: PLC0415

    return by_twin(scenario, seed, replication, trace, progress, before)


def get_ready(engine: Engine, compiling: Callable[[], None], compiled: Callable[[float], None]) -> None:
    """Before the first run: the fast engine is compiled once for each version, and the callbacks say so."""
    if engine == "fast":
        from sim.model.twin.machine_code import loop  # noqa: PLC0415

        loop(compiling, compiled)

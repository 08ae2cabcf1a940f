"""The internal customer chain: a company as departments that serve one another, simulated.

Everything the command ``customer-chain`` does is one call from here::

    from sim import load, run

    results = run(load("plant"), replications=5, seed=1)
    results.summary
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.scenario.load import load as load
    from sim.scenario.problems import ScenarioError as ScenarioError
    from sim.scenario.schema import Scenario as Scenario
    from sim.show.calibrate.command import calibrate as calibrate
    from sim.show.compare.command import compare as compare
    from sim.show.run import run as run
    from sim.show.sweep.command import run_study as run_study

# Loaded when first asked for, so that ``customer-chain --help`` does not wait for pandas.
_PLACES = {
    "Scenario": "sim.scenario.schema",
    "ScenarioError": "sim.scenario.problems",
    "load": "sim.scenario.load",
    "calibrate": "sim.show.calibrate.command",
    "compare": "sim.show.compare.command",
    "run": "sim.show.run",
    "run_study": "sim.show.sweep.command",
}
__all__ = ["Scenario", "ScenarioError", "calibrate", "compare", "load", "run", "run_study"]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)

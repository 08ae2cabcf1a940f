"""Run one company: simulate it, and hand over numbers, charts and a folder. What ``customer-chain run`` does."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sim.model.engines import Engine
from sim.scenario.schema import Scenario
from sim.show.language import speaking
from sim.study.event_log import write_event_log
from sim.study.folder import filled
from sim.study.results import Results, run_replications, write


def run(  # noqa: PLR0913 - one argument for each option of the command
    scenario: Scenario,
    replications: int = 5,
    seed: int = 1,
    *,
    out: str | Path | None = None,
    trace: bool = False,
    event_log: bool = False,
    language: str = "en",
    progress: Callable[[float], None] | None = None,
    engine: Engine = "fast",
) -> Results:
    """Simulate a scenario and, with ``out``, write the folder of results with its charts.

    The folder appears whole or not at all: ``FolderError`` if it exists or cannot be made. ``trace`` adds every request
    (``requests.parquet``), ``event_log`` the same as events (``events.csv``); both need ``out``: ``ValueError`` else.
    ``language`` is that of the charts, en or es. ``progress`` is called with the days that all replications together
    have lived through; ``engine``: see ``sim/model/engines.py``.
    """
    if replications < 1:
        raise ValueError(f"replications: {replications} is not allowed: at least 1")
    say = speaking(language)
    if out is None:
        if trace or event_log:
            raise ValueError("trace, event_log: they need a folder to write to: set out")
        return run_replications(scenario, seed, replications, progress, None, engine)
    from sim.show.charts import draw_all  # noqa: PLC0415 - matplotlib takes a while to load

    options = {
        "replications": replications,
        "seed": seed,
        "days": scenario.days,
        "trace": trace,
        "event_log": event_log,
        "language": language,
    }
    with filled(Path(out)) as folder:
        requests = folder / "requests.parquet"
        results = run_replications(
            scenario, seed, replications, progress, requests if trace or event_log else None, engine
        )
        if event_log:
            intake = {part.name: part.intake_share for part in scenario.departments}
            write_event_log(requests, folder / "events.csv", intake)
            if not trace:
                requests.unlink()
        write(results, folder, options)
        draw_all(results, folder / "charts", say)
    return replace(results, folder=Path(out))

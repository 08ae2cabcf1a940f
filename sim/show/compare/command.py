"""Compare scenarios on common luck, and hand over tables and charts. What ``customer-chain compare`` does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from sim.model.engines import Engine
from sim.scenario.schema import Scenario
from sim.show.compare.handing_over import REPORT, hand_over
from sim.show.language import speaking
from sim.study.beside import Beside
from sim.study.compare.about import About, may_replace
from sim.study.compare.asked import check_asked, most_allowed
from sim.study.compare.comparison import Comparison, compare_scenarios
from sim.study.compare.results import write, write_how
from sim.study.compare.whatif import what_if
from sim.study.observed import Kept
from sim.study.unfinished import RUNS, resumed


def compare(  # noqa: PLR0913 - one argument for each option of the command
    base: Scenario,
    *others: Scenario,
    replications: int | None = None,
    precision: Mapping[str, float] | None = None,
    most: int | None = None,
    stated: Sequence[str] = (),
    zone: float | None = None,
    seed: int = 1,
    jobs: int | None = None,
    out: str | Path | None = None,
    report: bool = True,
    language: str = "en",
    progress: Callable[[float], None] | None = None,
    engine: Engine = "fast",
    get_ready: Callable[[], None] = lambda: None,
) -> Comparison:
    """Compare scenarios with a base on the same luck; see ``compare_scenarios`` for how many replications.

    With ``out`` the folder of results is written, with a ``report`` unless there is to be none. One that holds a
    comparison of the same seed, and of the same scenarios or fewer, gives its runs, so that only what is missing is
    simulated, and is replaced, but for files that are not its own; after an interruption the next call goes on where it
    stood. ``get_ready`` is called before the first run. ``ComparisonError`` for what cannot be compared,
    ``FolderError`` if ``out`` is something else or cannot be made, both before anything is written.
    """
    speaking(language)
    options = {
        "replications": replications,
        "precision": dict(precision or {}),
        "most": most_allowed(most, replications),
        "stated": list(stated),
        "zone": zone,
        "seed": seed,
        "language": language,
    }

    scenarios = (base, *others)
    check_asked(scenarios, replications=replications, precision=precision, most=most, stated=stated, zone=zone)

    def compared(kept: Kept | None) -> Comparison:
        return compare_scenarios(
            scenarios,
            seed,
            replications=replications,
            precision=precision,
            most=most,
            stated=stated,
            zone=zone,
            jobs=jobs,
            kept=kept,
            progress=progress,
            engine=engine,
        )

    if out is None:
        get_ready()
        return compared(None)
    about = About.of(scenarios, seed)
    with resumed(Path(out), about.written(), may_replace(about, None if report else REPORT)) as folder:
        # Forecasts need no simulation: they are made while code is compiled and the companies live.
        assumed = Beside(lambda: what_if(base, others, jobs)) if report else None
        get_ready()
        began = perf_counter()
        comparison = compared(Kept(folder / RUNS))
        counts = write(comparison, folder)
        seconds = perf_counter() - began
        if assumed is not None:
            hand_over(comparison, assumed.answer, folder, language)
        write_how(comparison, folder, options, counts, seconds)
    return replace(comparison, folder=Path(out))

"""Try the claims, and hand over a table, data and charts. What ``customer-chain claims`` does."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from sim.model.engines import Engine
from sim.show.language import speaking
from sim.study.claims.results import write
from sim.study.claims.verdict import Findings, chosen, try_claims
from sim.study.folder import filled


def claims(  # noqa: PLR0913 - one argument for each option of the command
    ids: Sequence[str] = (),
    seed: int = 1,
    *,
    quick: bool = False,
    replications: int | None = None,
    jobs: int | None = None,
    out: str | Path | None = None,
    language: str = "en",
    progress: Callable[[float], None] | None = None,
    engine: Engine = "fast",
) -> Findings:
    """Try claims on this model, all of them or those of the ids; ``UnknownClaimError`` for one that nobody made.

    ``replications`` pairs for each trial, else as many as each one needs (``quick``: fewer). With ``out`` a folder
    with ``claims.csv``, the weekly paths and one chart for each claim, in the ``language`` en or es; it appears whole
    or not at all.
    """
    wanted = chosen(ids)

    def tried() -> Findings:
        return try_claims(
            wanted, seed, quick=quick, replications=replications, jobs=jobs, progress=progress, engine=engine
        )

    if out is None:
        return tried()
    from sim.show.claims.charts import draw_claims  # noqa: PLC0415 - matplotlib takes a while to load

    with filled(Path(out)) as folder:
        findings = tried()
        write(findings, folder, {"ids": list(ids), "seed": seed, "quick": quick, "language": language})
        draw_claims(findings, folder / "charts", speaking(language))
    return replace(findings, folder=Path(out))

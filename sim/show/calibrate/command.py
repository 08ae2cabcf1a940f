"""From a client's data to a folder: a scenario, a variant to compare it with, a page. What ``calibrate`` does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.scenario.load import load
from sim.scenario.writing import fingerprint
from sim.show.calibrate.document import document
from sim.show.compare.page import page
from sim.show.language import speaking
from sim.study.calibrate.calibrated import Asked, Calibration, Progress, Seen, calibrated, seen
from sim.study.calibrate.fitting import BUDGET
from sim.study.calibrate.options import Options
from sim.study.calibrate.survey import given_scale
from sim.study.calibrate.table import estimates_table
from sim.study.calibrate.teams import MOST
from sim.study.calibrate.variant import variant
from sim.study.folder import filled
from sim.study.manifest import write_manifest
from sim.study.shell import shell_word

SCENARIO, VARIANT, PAGE, ESTIMATES = "scenario.yaml", "variant.yaml", "report.html", "estimates.csv"


@dataclass(frozen=True)
class Calibrated:
    """What a calibration gave, and the folder in which it lies (``None`` if none was asked for)."""

    calibration: Calibration
    folder: Path | None

    @property
    def next_command(self) -> str:
        """What to type next."""
        return _next_command(self.folder) if self.folder is not None else ""


def calibrate(  # noqa: PLR0913 - one argument for each option of the command
    log: str | Path,
    *,
    org: str | Path | None = None,
    survey: str | Path | None = None,
    out: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    statuses: Mapping[str, str] | None = None,
    time_format: str | None = None,
    zone: str | None = None,
    calendar: str | None = None,
    scale: str | None = None,
    departments: int = MOST,
    pseudonyms: bool = False,
    name: str | None = None,
    seed: int = 1,
    budget: int = BUDGET,
    language: str = "en",
    told: Callable[[Seen], None] | None = None,
    progress: Progress | None = None,
) -> Calibrated:
    """A scenario from a ticket log, an organisation chart and a survey, judged against the last third of the log.

    ``columns``: role → column and ``statuses``: word → phase, where they are not recognised (see
    ``sim/study/calibrate/log.py``); ``time_format`` in the codes of ``strptime``; ``zone`` by its IANA name;
    ``calendar`` such as ``Mon-Fri 09:00-17:00``; ``scale`` of the survey such as ``1-5``. ``told`` hears what was
    understood before anything is estimated. ``budget``: runs of the engine for each of two fits. With ``out`` a folder
    is written, whole or not at all. ``ScenarioError`` says what is wrong with the data, and where.
    """
    say = speaking(language)
    asked = Asked(
        options=Options(dict(columns or {}), dict(statuses or {}), time_format, zone),
        org=Path(org) if org is not None else None,
        survey=Path(survey) if survey is not None else None,
        scale=given_scale(scale) if scale is not None else None,
        departments=departments,
        calendar=calendar,
        pseudonyms=pseudonyms,
        name=name,
        seed=seed,
        budget=budget,
    )

    def made() -> Calibration:
        what = seen(log, asked)
        if told is not None:
            told(what)
        return calibrated(what, asked, progress)

    if out is None:
        return Calibrated(made(), None)
    with filled(Path(out)) as folder:
        found = made()
        _write(found, folder)
        steps = [_next_command(Path(out))]
        (folder / PAGE).write_text(page(document(found, say, steps)), encoding="utf-8", newline="\n")
        write_manifest(
            folder,
            {found.scenario.name: {"file": SCENARIO, "sha256": fingerprint(found.scenario)}},
            seed,
            _options(asked, found.seen) | {"language": language},
            {"events": len(found.seen.log), "cases": found.seen.cases, "runs": found.fit.runs + found.felt.runs},
        )
    return Calibrated(found, Path(out))


def _write(found: Calibration, folder: Path) -> None:
    (folder / SCENARIO).write_text(found.text, encoding="utf-8", newline="\n")
    (folder / VARIANT).write_text(variant(found), encoding="utf-8", newline="\n")
    load(folder / VARIANT)  # what is handed over can be read
    estimates_table(found).to_csv(folder / ESTIMATES, index=False, encoding="utf-8", lineterminator="\n")


def _options(asked: Asked, what: Seen) -> dict[str, Any]:
    """All that is needed to do it again with the same files; under pseudonyms, without the names of these."""
    files = {"org": asked.org, "survey": asked.survey}
    return {
        "log": what.log.understood.file,
        **{role: file and ("given" if asked.pseudonyms else file.name) for role, file in files.items()},
        "columns": dict(what.log.understood.columns),
        "statuses": dict(asked.options.statuses),
        "time_format": asked.options.time_format,
        "zone": asked.options.zone,
        "scale": asked.scale,
        "calendar": asked.calendar,
        "departments": asked.departments,
        "pseudonyms": asked.pseudonyms,
        "budget": asked.budget,
    }


def _next_command(folder: Path) -> str:
    files = " ".join(shell_word(str(folder / name)) for name in (SCENARIO, VARIANT))
    return f"customer-chain compare {files}"

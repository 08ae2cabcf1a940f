"""The command ``customer-chain``: reads what was typed, calls one function, prints what it gave.

Exit status 0 done, 1 the work failed, 2 the input was wrong.
"""

import errno
import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from click.core import ParameterSource

from sim.show.language import LANGUAGES, speaking

if TYPE_CHECKING:
    from sim.model.engines import Engine
    from sim.scenario.problems import Problem
    from sim.scenario.schema import Scenario
    from sim.study.calibrate.calibrated import Seen
    from sim.study.check import Outlook
    from sim.study.sweep.study import Cost

_WRONG_INPUT = 2
_WORK_FAILED = 1
_INTERRUPTED = 130

_language = click.option(
    "--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of charts and tables."
)

_engine = click.option(
    "--engine",
    type=click.Choice(["fast", "reference"]),
    default="fast",
    show_default=True,
    help="Compiled, or the SimPy processes that say what the model is; the same numbers.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="customer-chain")
def main() -> None:
    """Simulate the internal customer chain: how service between departments reaches the customer outside."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show a letter shows a question mark
            stream.reconfigure(errors="replace")


@main.command()
@click.argument("scenario")
@click.option(
    "--replications",
    type=click.IntRange(1, 1_000_000),
    default=5,
    show_default=True,
    help="Runs, each with luck of its own.",
)
@click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="Where all luck comes from."
)
@click.option("--days", type=click.IntRange(1, 100_000), help="Observed working days, instead of the scenario's.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder of results, which must not exist. [default: results/NAME]"
)
@click.option("--trace", is_flag=True, help="Also write every request, to requests.parquet.")
@click.option(
    "--event-log",
    is_flag=True,
    help="Also write every request as events, to events.csv, as ticket systems export them.",
)
@_language
@_engine
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def run(
    scenario: str,
    replications: int,
    seed: int,
    days: int | None,
    out: Path | None,
    trace: bool,
    event_log: bool,
    lang: str,
    engine: "Engine",
    quiet: bool,
) -> None:
    """One company: numbers, charts, a folder of results. SCENARIO is a file, or the name of one that ships."""
    from sim.study.folder import free_folder  # noqa: PLC0415 - each command loads what it needs

    folder = out
    with _errors_said(lambda: folder):
        company = _loaded(scenario, days)
        folder = out or free_folder(Path("results"), company.name)
        from sim.show.progress import get_ready, shown_progress  # noqa: PLC0415 - each command loads what it needs
        from sim.show.run import run as run_company  # noqa: PLC0415
        from sim.show.tables import concern_said, results_table  # noqa: PLC0415
        from sim.study.check import check as check_company  # noqa: PLC0415

        if not quiet:
            outlook, say = check_company(company), speaking(lang)
            for concern in outlook.warnings:
                click.echo(say("warning: {warning}", warning=concern_said(concern, outlook.first_day, say)), err=True)
        get_ready(engine, speaking(lang), quiet)
        with shown_progress(company, replications, quiet) as progress:
            results = run_company(
                company,
                replications,
                seed,
                out=folder,
                trace=trace,
                event_log=event_log,
                language=lang,
                progress=progress,
                engine=engine,
            )
    if not quiet:
        _say(results_table(results, speaking(lang)))


@main.command()
@click.argument("base")
@click.argument("others", nargs=-1, required=True)
@click.option(
    "--replications",
    type=click.IntRange(2, 1_000_000),
    help="Runs of each, on the same luck.  [default: 10, more with --precision]",
)
@click.option(
    "--precision",
    "precisions",
    multiple=True,
    metavar="OUTCOME=HALFWIDTH",
    help="Add replications until the interval of a difference is so narrow, in the outcome's unit.",
)
@click.option(
    "--most",
    type=click.IntRange(2, 1_000_000),
    help="Replications at the most.  [default: 200, or --replications if that is more]",
)
@click.option("--outcome", "stated", multiple=True, help="State this outcome, instead of the usual ones.")
@click.option(
    "--zone",
    type=click.FloatRange(min=0.0, min_open=True),
    help="Smallest difference that matters in choosing the best.  [default: 0.5 points, 0.25 hours]",
)
@click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="Where all luck comes from."
)
@click.option("--days", type=click.IntRange(1, 100_000), help="Observed working days, instead of the scenarios'.")
@click.option("--jobs", type=click.IntRange(1, 1024), help="Runs at the same time.  [default: one a core]")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder of results; a comparison there gives its runs.  [default: results/BASE-compared, BASE-compared-2 …]",
)
@click.option(
    "--report/--no-report", default=True, show_default=True, help="Write a page, a workbook, slides and charts too."
)
@_language
@_engine
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def compare(
    base: str,
    others: tuple[str, ...],
    replications: int | None,
    precisions: tuple[str, ...],
    most: int | None,
    stated: tuple[str, ...],
    zone: float | None,
    seed: int,
    days: int | None,
    jobs: int | None,
    out: Path | None,
    report: bool,
    lang: str,
    engine: "Engine",
    quiet: bool,
) -> None:
    """Several companies on the same luck: what differs from BASE, with honest intervals. Each is a file or a name."""
    folder = out
    with _errors_said(lambda: folder):
        from sim.show.compare.command import compare as compare_companies  # noqa: PLC0415
        from sim.show.compare.table import comparison_table  # noqa: PLC0415
        from sim.show.progress import get_ready, shown_share  # noqa: PLC0415
        from sim.study.compare.about import default_folder  # noqa: PLC0415
        from sim.study.compare.asked import ComparisonError  # noqa: PLC0415
        from sim.study.compare.naming import apart, precision_of  # noqa: PLC0415

        try:
            wanted = precision_of(precisions)
            companies = apart([(name, _loaded(name, days)) for name in (base, *others)])
            folder = out or default_folder(Path("results"), companies, seed)
            with shown_share(quiet) as progress:
                comparison = compare_companies(
                    *companies,
                    replications=replications,
                    precision=wanted,
                    most=most,
                    stated=stated,
                    zone=zone,
                    seed=seed,
                    jobs=jobs,
                    out=folder,
                    report=report,
                    language=lang,
                    progress=progress,
                    engine=engine,
                    get_ready=lambda: get_ready(engine, speaking(lang), quiet),
                )
        except ComparisonError as error:
            _refuse(str(error))
    if not quiet:
        _say(comparison_table(comparison, speaking(lang)))


@main.command()
@click.argument("log", type=click.Path(path_type=Path))
@click.option(
    "--org", type=click.Path(path_type=Path), help="Organisation chart: CSV with person, manager, department."
)
@click.option("--survey", type=click.Path(path_type=Path), help="Staff survey: CSV with department and scores.")
@click.option("--scale", metavar="LOW-HIGH", help="Scale of the survey, such as 1-5.  [default: the one that fits]")
@click.option(
    "--columns",
    "columns",
    multiple=True,
    metavar="ROLE=COLUMN",
    help="What a column of the log says: case, time, status, group, person, requester, rating …",
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    metavar="WORD=PHASE",
    help="What a status means: waiting, working, held, done, note.",
)
@click.option("--time-format", help="How times are written, such as '%d/%m/%Y %H:%M'.  [default: as they look]")
@click.option("--zone", help="Time zone of times that name none, and of the working day, such as Europe/Madrid.")
@click.option("--calendar", help="Working time, such as 'Mon-Fri 09:00-17:00'.  [default: from the log]")
@click.option(
    "--departments",
    type=click.IntRange(2, 1000),
    default=12,
    show_default=True,
    help="At the most; smaller groups are merged by line of support.",
)
@click.option("--pseudonyms", is_flag=True, help="Other names for groups and people in all that is written.")
@click.option("--name", help="Name of the scenario.  [default: the log's]")
@click.option(
    "--seed", type=click.IntRange(0, 2**63 - 2), default=1, show_default=True, help="Where all luck comes from."
)
@click.option(
    "--budget", type=click.IntRange(10, 100_000), default=150, show_default=True, help="Runs for each of two fits."
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder of results, which must not exist.  [default: results/NAME]"
)
@_language
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def calibrate(
    log: Path,
    org: Path | None,
    survey: Path | None,
    scale: str | None,
    columns: tuple[str, ...],
    statuses: tuple[str, ...],
    time_format: str | None,
    zone: str | None,
    calendar: str | None,
    departments: int,
    pseudonyms: bool,
    name: str | None,
    seed: int,
    budget: int,
    out: Path | None,
    lang: str,
    quiet: bool,
) -> None:
    """A scenario from a client's ticket LOG (CSV or XES), organisation chart and survey, judged on unseen data."""
    from sim.study.folder import free_folder  # noqa: PLC0415 - each command loads what it needs

    folder = out
    with _errors_said(lambda: folder):
        from sim.show.calibrate.command import calibrate as calibrate_log  # noqa: PLC0415
        from sim.show.calibrate.understood import understood_table  # noqa: PLC0415
        from sim.show.calibrate.verdict import cautions, reproduced, verdict_said  # noqa: PLC0415
        from sim.show.progress import get_ready, shown_steps  # noqa: PLC0415

        say = speaking(lang)
        pairs = _pairs("--columns", columns), _pairs("--status", statuses)
        folder = out or free_folder(Path("results"), log.name.partition(".")[0] or "calibrated")

        def told(seen: "Seen") -> None:
            if not quiet:
                _say(understood_table(seen, say))
            get_ready("fast", say, quiet)

        with shown_steps(quiet) as progress:
            done = calibrate_log(
                log,
                org=org,
                survey=survey,
                out=folder,
                columns=pairs[0],
                statuses=pairs[1],
                time_format=time_format,
                zone=zone,
                calendar=calendar,
                scale=scale,
                departments=departments,
                pseudonyms=pseudonyms,
                name=name,
                seed=seed,
                budget=budget,
                language=lang,
                told=told,
                progress=progress,
            )
    if not quiet:
        found = done.calibration
        lines = [verdict_said(found.judged, say), *reproduced(found.judged, say), *cautions(found, say)]
        _say("\n".join(["", *lines, "", say("Everything is in {folder}.", folder=str(folder)), done.next_command]))


def _pairs(option: str, typed: tuple[str, ...]) -> dict[str, str]:
    """``ROLE=COLUMN`` and the like, as they were typed."""
    pairs: dict[str, str] = {}
    for text in typed:
        word, equals, meaning = text.rpartition("=") if option == "--status" else text.partition("=")
        if not equals:
            _refuse(f"{option}: {text!r} is not allowed: two words with = between them")
        if word in pairs:
            _refuse(f"{option}: {word!r} is given twice")
        pairs[word] = meaning
    return pairs


@main.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the same as JSON, in English.")
@_language
def check(files: tuple[str, ...], as_json: bool, lang: str) -> None:
    """Is the file right, can the company keep up? Nothing is simulated, but of a study a pilot: what will it cost?"""
    from sim.scenario.load import load  # noqa: PLC0415
    from sim.scenario.problems import ScenarioError  # noqa: PLC0415
    from sim.show.sweep.said import cost_said  # noqa: PLC0415
    from sim.show.tables import outlook_table  # noqa: PLC0415
    from sim.study.check import check as check_company  # noqa: PLC0415
    from sim.study.sweep.asked import is_study  # noqa: PLC0415

    outlooks: list[Outlook] = []
    costs: dict[str, Cost] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            if is_study(file):
                costs[file] = _cost(file)
            else:
                outlooks.append(check_company(load(file)))
        except ScenarioError as error:
            problems += error.problems
    if as_json:
        said = {
            "scenarios": [outlook.as_dict() for outlook in outlooks],
            "studies": [{"file": file} | cost.as_dict() for file, cost in costs.items()],
            "problems": [
                {"file": item.file, "line": item.line, "key": item.key, "rule": item.rule, "nearest": item.nearest}
                for item in problems
            ],
        }
        _say(json.dumps(said, indent=2, ensure_ascii=False))
    else:
        for outlook in outlooks:
            _say(outlook_table(outlook, speaking(lang)))
        for file, cost in costs.items():
            _say(f"{file}: {cost_said(cost, speaking(lang))}")
        for problem in problems:
            click.echo(str(problem), err=True)
    if problems:
        sys.exit(_WRONG_INPUT)


@main.command()
@click.argument("file")
@click.option("--jobs", type=click.IntRange(1, 1024), help="Runs at the same time.  [default: one a core]")
@click.option("--threads", is_flag=True, help="In threads of one process instead of processes.")
@click.option("--cluster", metavar="ADDRESS", help="By the workers of a Dask scheduler, such as tcp://10.0.0.1:8786.")
@click.option("--retry-failed", is_flag=True, help="Run again what failed.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder of the runs; what is there is not run again.  [default: results/NAME]",
)
@_language
@_engine
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def study(
    file: str,
    jobs: int | None,
    threads: bool,
    cluster: str | None,
    retry_failed: bool,
    out: Path | None,
    lang: str,
    engine: "Engine",
    quiet: bool,
) -> None:
    """Many companies from one study FILE: factors, a design, a table with a row for each run, what moves what."""
    say = speaking(lang)
    folder = out

    def left() -> str:
        if folder is None or not any((folder / "runs").glob("*.parquet")):
            return "nothing was written"
        return f"runs that were done are kept in {folder}; the same command goes on from there"

    with _errors_said(left=left):
        from sim.show.progress import get_ready, shown_runs  # noqa: PLC0415 - each command loads what it needs
        from sim.show.sweep.command import folder_of, run_study  # noqa: PLC0415
        from sim.show.sweep.said import cost_said, found_said  # noqa: PLC0415
        from sim.study.sweep.asked import read_study  # noqa: PLC0415
        from sim.study.sweep.study import StudyError  # noqa: PLC0415

        folder = folder_of(read_study(file).question.name, out)
        try:
            with shown_runs(quiet) as progress:
                found = run_study(
                    file,
                    out=out,
                    jobs=jobs,
                    threads=threads,
                    cluster=cluster,
                    retry_failed=retry_failed,
                    language=lang,
                    engine=engine,
                    before=lambda cost: None if quiet else click.echo(cost_said(cost, say), err=True),
                    progress=progress,
                    get_ready=lambda: get_ready(engine, say, quiet),
                    told=lambda text: None if quiet else click.echo(text, err=True),
                )
        except StudyError as error:
            _refuse(str(error))
    for text in found.set_aside:
        click.echo(say("warning: {warning}", warning=text), err=True)
    if not quiet:
        _say(found_said(found, say))


@main.command()
@click.argument("scenario", default="plant")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; other than on this machine only with the token that is printed.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="Of the page; 0 takes any that is free."
)
@click.option("--no-browser", is_flag=True, help="Do not open the page, only print its address.")
@click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="Where all luck comes from."
)
@click.option("--jobs", type=click.IntRange(1, 1024), help="Runs at the same time.  [default: one a core]")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language to begin with.")
@click.option(
    "--export",
    type=click.Path(path_type=Path),
    help="Write story and levers into this one HTML file instead, which must not exist; the plant takes a quarter of "
    "an hour on two cores.",
)
@click.option(
    "--replications",
    type=click.IntRange(2, 100),
    help="Of each company in the file, with --export.  [default: 8]",
)
@_engine
def workshop(
    scenario: str,
    host: str,
    port: int,
    no_browser: bool,
    seed: int,
    jobs: int | None,
    lang: str,
    export: Path | None,
    replications: int | None,
    engine: "Engine",
) -> None:
    """A page for a room, without internet: levers, a story, the company beside itself as it is. Ctrl-C ends it."""
    say = speaking(lang)
    with _errors_said():
        from sim.show.progress import get_ready, shown_share  # noqa: PLC0415 - each command loads what it needs
        from sim.show.workshop import command  # noqa: PLC0415
        from sim.show.workshop.server import serve  # noqa: PLC0415

        of_a_page = [f"--{name.replace('_', '-')}" for name in ("host", "port", "no_browser") if _is_given(name)]
        if export is not None and of_a_page:
            _refuse(f"{', '.join(of_a_page)}: with --export there is no page to serve")
        if export is None and replications is not None:
            _refuse("--replications goes with --export: the page itself takes more the longer one looks")
        base = _loaded(scenario, None)
        try:
            if export is not None:
                command.writable(export, say)
            get_ready(engine, say, quiet=False)
            shop = command.workshop_of(base, seed, jobs, engine, say)
            if export is not None:
                with shown_share(quiet=False) as move:
                    made = command.write_exported(shop, export, replications or command.REPLICATIONS, say, move)
                click.echo(command.exported_said(made, export, say))
                return
            server = command.started(shop, host, port, say)
        except command.WorkshopError as error:
            _refuse(str(error))

    def opened(url: str) -> None:
        click.echo(command.opened_said(url, say))
        if not no_browser:
            click.launch(url)

    try:
        serve(server, opened)
    except KeyboardInterrupt:
        click.echo()


@main.command()
@click.argument("ids", nargs=-1)
@click.option("--quick", is_flag=True, help="Few pairs for each claim: about a minute for all on two cores.")
@click.option(
    "--replications",
    type=click.IntRange(2, 100_000),
    help="Pairs for each trial.  [default: as many as each one needs]",
)
@click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="Where all luck comes from."
)
@click.option("--jobs", type=click.IntRange(1, 1024), help="Runs at the same time.  [default: one a core]")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder for table, data and one chart a claim, which must not exist.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of all of it.")
@_engine
@click.option("--quiet", is_flag=True, help="Print nothing but the table.")
def claims(
    ids: tuple[str, ...],
    quick: bool,
    replications: int | None,
    seed: int,
    jobs: int | None,
    out: Path | None,
    lang: str,
    engine: "Engine",
    quiet: bool,
) -> None:
    """The claims of the texts, tried on this model: effect, interval, verdict. IDS such as A3; all without any."""
    with _errors_said(lambda: out):
        from sim.show.claims.command import claims as try_claims  # noqa: PLC0415 - each command loads what it needs
        from sim.show.claims.table import claims_table  # noqa: PLC0415
        from sim.show.progress import get_ready, shown_share  # noqa: PLC0415
        from sim.study.claims.verdict import UnknownClaimError  # noqa: PLC0415

        try:
            get_ready(engine, speaking(lang), quiet)
            with shown_share(quiet) as progress:
                findings = try_claims(
                    ids,
                    seed,
                    quick=quick,
                    replications=replications,
                    jobs=jobs,
                    out=out,
                    language=lang,
                    progress=progress,
                    engine=engine,
                )
        except UnknownClaimError as error:
            _refuse(str(error))
    _say(claims_table(findings, speaking(lang)))


@main.command()
@click.argument("name")
def new(name: str) -> None:
    """Write NAME.yaml, a commented scenario to start from."""
    from sim.scenario.load import validated  # noqa: PLC0415
    from sim.scenario.reading import parse  # noqa: PLC0415
    from sim.scenario.template import template  # noqa: PLC0415

    path = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    text = template(path.stem)
    with _errors_said():
        validated(parse(text, str(path)), path.stem)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        _refuse(f"{path}: exists already; choose another name")
    except OSError as error:
        path.unlink(missing_ok=True)
        _refuse(f"{path}: cannot be written: {error.strerror}")
    click.echo(f"Wrote {path}. Next: customer-chain check {path}")


@main.command()
@click.option(
    "--table", "as_table", is_flag=True, help="Print keys, defaults, units, ranges and sources as a table instead."
)
def schema(as_table: bool) -> None:
    """JSON Schema of scenario files, for completion in editors."""
    if as_table:
        from sim.show.tables import defaults_table  # noqa: PLC0415

        _say(defaults_table())
        return
    from sim.scenario.json_schema import json_schema  # noqa: PLC0415

    _say(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _loaded(scenario: str, days: int | None) -> "Scenario":
    from sim.scenario.load import load, with_days  # noqa: PLC0415

    company = load(scenario)
    return company if days is None else with_days(company, days)


def _cost(file: str) -> "Cost":
    """What a study would cost, by a pilot; it is refused here already if that is beyond its budget."""
    from sim.show.sweep.command import cost_of  # noqa: PLC0415
    from sim.study.sweep.study import StudyError  # noqa: PLC0415

    try:
        return cost_of(file)
    except StudyError as error:
        _refuse(str(error))


def _say(text: str) -> None:
    try:
        click.echo(text)
    except OSError as error:
        if error.errno == errno.EPIPE:  # nobody reads on, as in `| head`: click ends quietly
            raise
        _fail(f"the answer could not be printed: {error.strerror}")


@contextmanager
def _errors_said(
    folder: Callable[[], Path | None] = lambda: None, left: Callable[[], str] | None = None
) -> Iterator[None]:
    """Errors become one clear message and an exit status, never a traceback; ``left`` says what remains of the work."""
    from sim.scenario.problems import ScenarioError  # noqa: PLC0415
    from sim.study.folder import FolderError  # noqa: PLC0415
    from sim.study.problems import RunFailedError  # noqa: PLC0415
    from sim.study.unfinished import workplace  # noqa: PLC0415

    for name in ("SIGTERM", "SIGHUP"):  # to be stopped is to be stopped, whoever asks
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)

    def of_the_folder() -> str:
        whole = folder()
        if whole is not None and workplace(whole).is_dir():
            return f"what was done is kept in {workplace(whole)}, and the same command goes on from there"
        return f"{whole} is complete" if whole is not None and whole.is_dir() else "nothing was written"

    left = left or of_the_folder
    try:
        yield
    except (ScenarioError, FolderError) as error:
        _refuse(str(error))
    except (OSError, RunFailedError) as error:
        _fail(f"the work failed: {error}; {left()}")
    except MemoryError:
        _fail(f"the work failed: not enough memory; {left()}")
    except KeyboardInterrupt as stop:
        click.echo(f"{str(stop) or 'stopped'}; {left()}", err=True)
        sys.exit(_INTERRUPTED)


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(_WORK_FAILED)


def _is_given(option: str) -> bool:
    """Whether an option of the present command was typed, rather than taken from its default."""
    return click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE


def _refuse(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(_WRONG_INPUT)


if __name__ == "__main__":
    main()

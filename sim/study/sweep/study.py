"""A study from its file to its table: what is there is kept, what is missing is run, nothing is lost on the way."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic, process_time
from typing import TYPE_CHECKING, Final, TypeAlias

from sim.model.engines import Engine
from sim.model.mark import model_mark
from sim.scenario.dated import with_values
from sim.scenario.problems import nearest, shown
from sim.scenario.writing import fingerprint
from sim.study.problems import RunFailedError
from sim.study.sweep.asked import Asked
from sim.study.sweep.designs import Designed, designed
from sim.study.sweep.expressions import Value
from sim.study.sweep.home import RUNS, describe, owned
from sim.study.sweep.parts import Columns, Parts
from sim.study.sweep.precision import half_width, replications_needed
from sim.study.sweep.runs import Batch, Run, Wanted, carry_out, outcomes, wanted
from sim.study.workers import Failure, at_once, carried_out

if TYPE_CHECKING:
    import pandas as pd

_BATCH_SECONDS: Final = 2.0
"""Choice: a batch is about so much work, so that handing it over costs little and few runs are lost with a process."""
_BYTES: Final = 9.0
"""Measured: bytes of a cell of the table on the disk, most of them numbers that hardly compress."""
_KEEP_SECONDS: Final = 5.0
_KEEP_ROWS: Final = 5_000
"""Choice: runs are written when so many wait, or so long after the last ones."""

Answers: TypeAlias = Iterator[tuple[int, list[Run] | Failure]]
CarryOut: TypeAlias = Callable[[Callable[[Batch], list[Run]], Sequence[Batch]], Answers]
"""Carries out batches somewhere, and gives the place of each and its runs as they come."""


class StudyError(ValueError):
    """A study that cannot be made as asked."""


@dataclass(frozen=True)
class Cost:
    """What a study has still to run, of how much; seconds of a processor by the pilot, bytes on the disk.

    A point takes time once (``seconds_a_point``), and then each of its runs.
    """

    points: int
    runs: int
    missing_points: int
    missing: int
    seconds_a_point: float
    seconds_a_run: float
    bytes_a_run: float

    @property
    def hours(self) -> float:
        """Of a processor, for the missing runs."""
        return (self.missing_points * self.seconds_a_point + self.missing * self.seconds_a_run) / 3600.0

    @property
    def megabytes(self) -> float:
        """On the disk, of all runs."""
        return self.runs * self.bytes_a_run / 1e6

    def as_dict(self) -> dict[str, float]:
        """For JSON."""
        return {
            "points": self.points,
            "runs": self.runs,
            "missing": self.missing,
            "hours": self.hours,
            "megabytes": self.megabytes,
        }


@dataclass(frozen=True)
class Progress:
    """How far a study has come: runs of this call that are done, of how many, and how many of all have failed."""

    done: int
    wanted: int
    failed: int


@dataclass(frozen=True)
class Found:
    """A study that was carried out. ``table``: a row for each run, sorted by point and replication.

    ``units`` of its outcomes; ``precision``: half widths of the responses for which it was asked; ``sentences``: what
    its charts say.
    """

    asked: Asked
    designed: Designed
    units: Mapping[str, str]
    table: "pd.DataFrame"
    set_aside: tuple[str, ...]
    folder: Path
    precision: Mapping[str, float] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()

    @property
    def failed(self) -> int:
        """How many runs failed."""
        return int((self.table["error"] != "").sum())


class Study:
    """A study that was read, with its points (``rows`` of factors' values instead of its design); a pilot was run."""

    def __init__(self, asked: Asked, engine: Engine = "fast", rows: Sequence[Sequence[Value]] | None = None) -> None:
        self.asked = asked = asked if rows is None else asked.of_points()
        self.engine = engine
        self.designed = designed(asked, rows)
        self._finer = tuple(one for one in asked.question.responses if one.department or one.link)
        self.units: dict[str, str] = {}
        self.columns, self._seconds = self._pilot()
        self._check_responses()
        self._about = {
            "base": fingerprint(asked.base),
            "factors": {name: dict(factor.moves) for name, factor in asked.question.factors.items()},
            "kinds": self.columns.factors,
            "outcomes": list(self.columns.outcomes),
            "seed": asked.question.seed,
        }

    def cost(self, there: "pd.DataFrame | None" = None, replications: int | None = None) -> Cost:
        """What it would take, given the runs that are there, with the first replications or so many."""
        points, each = self.designed.different, replications or self.asked.question.replications
        runs = len(points) * each
        missing = list(self._missing(there, each))
        count = sum(len(one.replications) for one in missing)
        return Cost(len(points), runs, len(missing), count, *self._seconds, _BYTES * len(self.columns.schema))

    def check_budget(self, cost: Cost) -> None:
        """``ScenarioError`` if it costs more than its file allows."""
        for name, limit, needed in self._limits(cost):
            if needed > limit:
                have = f"{needed:,.0f}" if name == "runs" else f"{needed:,.2g}"
                rule = f"{limit:g}: the study needs {have}; raise it, or ask for fewer points or replications"
                raise self.asked.problem(("budget", name), rule)

    def _limits(self, cost: Cost) -> Iterator[tuple[str, float, float]]:
        """Name of a limit of the budget, the limit, and what is needed."""
        budget = self.asked.question.budget
        for name, limit, needed in (
            ("runs", budget.runs, float(cost.missing)),
            ("hours", budget.hours, cost.hours),
            ("megabytes", budget.megabytes, cost.megabytes),
        ):
            if limit is not None:
                yield name, limit, needed

    def carry_out(  # noqa: PLR0913 - where, by whom, and who is told
        self,
        folder: Path,
        carry: CarryOut,
        progress: Callable[[Progress], None] = lambda _: None,
        *,
        before: Callable[[Cost], None] = lambda _: None,
        jobs: int = 1,
        retry_failed: bool = False,
    ) -> Found:
        """Run what is missing in a folder, which is made if it is not there; ``before`` is told what it will cost.

        What was run stays, whatever ends this: the next call goes on. ``ScenarioError`` and ``FolderError`` before
        anything is run; ``RunFailedError`` if the runs themselves cannot be carried out.
        """
        with owned(folder, self._about):
            parts = Parts(folder / RUNS, self.columns, self._about | {"model": model_mark()})
            there = parts.table()
            if retry_failed:
                there = parts.drop_failures(there)
            cost = self.cost(there)
            self.check_budget(cost)
            before(cost)
            count, done = self.asked.question.replications, 0
            while True:
                batches, failed = list(self._batches(there, count, jobs)), int((there["error"] != "").sum())
                del there  # a table of a million runs is not kept twice
                done += sum(batch.runs for batch in batches)
                self._run(parts, batches, carry, progress, failed)
                there = parts.table()
                precision = self._precision(there, count)
                more = self._more(there, count, precision, done)
                if more == count:
                    break
                count = more
            parts.put_together(there)
            failed = int((there["error"] != "").sum())
            counts = {"points": len(self.designed.different), "runs": len(there), "failed": failed}
            describe(folder, self.asked, self.engine, counts | {"replications": count})
        table = self._asked_for(there, count)
        return Found(self.asked, self.designed, self.units, table, tuple(parts.set_aside), folder, precision)

    def _run(
        self,
        parts: Parts,
        batches: Sequence[Batch],
        carry: CarryOut,
        progress: Callable[[Progress], None],
        failed: int,
    ) -> None:
        total, done, waiting = sum(batch.runs for batch in batches), 0, list[Run]()
        values = {name: point.values for name, point in self.designed.different.items()}
        last = monotonic()

        def keep() -> None:
            nonlocal last
            runs, last = waiting.copy(), monotonic()
            waiting.clear()
            parts.write(runs, values, self.asked.question.seed)
            if parts.are_many:
                parts.put_together(parts.table())

        progress(Progress(0, total, failed))
        try:
            for place, answer in carry(carry_out, batches):
                runs = _all_failed(batches[place], answer.message) if isinstance(answer, Failure) else answer
                waiting += runs
                done += len(runs)
                failed += sum(bool(run.error) for run in runs)
                progress(Progress(done, total, failed))
                if len(waiting) >= _KEEP_ROWS or monotonic() - last > _KEEP_SECONDS:
                    keep()
        finally:
            keep()

    def _precision(self, table: "pd.DataFrame", count: int) -> dict[str, float]:
        """Half widths of the responses whose precision is asked for, with so many replications."""
        return {name: half_width(table, self.designed.different, count, name) for name in self.asked.question.precision}

    def _more(self, table: "pd.DataFrame", count: int, precision: Mapping[str, float], done: int) -> int:
        """With how many replications to go on; as many as there are if that is enough, or the budget allows no more.

        ``done``: runs of this call.
        """
        question = self.asked.question
        more = replications_needed(question.precision, precision, count, question.most_replications)
        while more > count:
            cost = self.cost(table, more)
            if all(needed <= limit for _, limit, needed in self._limits(replace(cost, missing=cost.missing + done))):
                break
            more = max(count, more - max(1, (more - count) // 2))
        return more

    def _missing(self, there: "pd.DataFrame | None", count: int) -> Iterator[Wanted]:
        """The runs that are wanted and not there, point by point."""
        known: set[tuple[str, int]] = set()
        if there is not None:
            known = set(zip(there["point"], there["replication"], strict=True))
        for point in self.designed.different.values():
            missing = [one for one in range(count) if (point.name, one) not in known]
            if missing:
                yield wanted(point, missing)

    def _batches(self, there: "pd.DataFrame", count: int, jobs: int) -> Iterator[Batch]:
        missing = list(self._missing(there, count))
        total = sum(len(one.replications) for one in missing)
        seconds = sum(self._seconds) if count == 1 else self._seconds[1]
        most = max(1, min(int(_BATCH_SECONDS / max(seconds, 1e-6)), -(-total // (4 * jobs))))
        batch: list[Wanted] = []
        runs = 0
        for one in missing:
            for first in range(0, len(one.replications), most):
                some = one._replace(replications=one.replications[first : first + most])
                batch.append(some)
                runs += len(some.replications)
                if runs >= most:
                    yield self._batch(batch)
                    batch, runs = [], 0
        if batch:
            yield self._batch(batch)

    def _batch(self, some: Sequence[Wanted]) -> Batch:
        return Batch(self.asked.base, self.asked.question.seed, self.engine, self._finer, tuple(some))

    def _pilot(self) -> tuple[Columns, tuple[float, float]]:
        """Runs of the base and of a point: which outcomes there are, and how long a point and a run of it take."""
        base, seed = self.asked.base, self.asked.question.seed
        moved = {key for factor in self.asked.question.factors.values() for key in factor.moves}
        if "psychology" in moved:
            base = with_values(base, {"psychology": "full"})
        try:
            found = outcomes(base, seed, 0, self.engine, self._finer)
        except Exception as error:
            raise RunFailedError(f"the base cannot be run: {type(error).__name__}: {error}") from error
        began = process_time()
        outcomes(base, seed, 1, self.engine, self._finer)
        a_run = process_time() - began
        began = process_time()
        some = next((point for point in self.designed.points[:5] if not point.impossible), None)
        if some is not None:
            carry_out(Batch(base, seed, self.engine, self._finer, (wanted(some, [0]),)))
        a_point = max(0.0, process_time() - began - a_run)
        self.units = {item.column: item.unit for item in found}
        clash = sorted(self.units.keys() & self.asked.question.factors.keys())
        if clash:
            raise self.asked.problem(("factors", clash[0]), "is the name of an outcome; choose another")
        return Columns(self._kinds(), list(self.units)), (a_point, a_run)

    def _kinds(self) -> dict[str, str]:
        kinds: dict[str, str] = {}
        for place, (name, factor) in enumerate(self.asked.question.factors.items()):
            values: Sequence[Value] = factor.levels or [point.values[place] for point in self.designed.points]
            if factor.range is not None or factor.distribution is not None:
                kinds[name] = "int64" if self.asked.is_whole(name) else "double"
            else:
                kinds[name] = _kind(values)
        return kinds

    def _check_responses(self) -> None:
        known = self.columns.outcomes
        for number, response in enumerate(self.asked.question.responses):
            if response.column not in known:
                near = nearest(response.column, known)
                these = "" if near else f"; these are: {', '.join(known)}"
                raise self.asked.problem(
                    ("responses", number), f"{shown(response.column)} is no outcome of the base{these}", near
                )

    def _asked_for(self, table: "pd.DataFrame", count: int) -> "pd.DataFrame":
        """The runs of this design; a folder may hold more, of an earlier or larger one."""
        mine = table["point"].isin(self.designed.different) & (table["replication"] < count)
        return table[mine].reset_index(drop=True)


def here(jobs: int | None = None, *, threads: bool = False) -> CarryOut:
    """Carries out batches on this machine, in processes or in threads."""

    def carry(function: Callable[[Batch], list[Run]], batches: Sequence[Batch]) -> Answers:
        return carried_out(function, batches, at_once(jobs), threads=threads)

    return carry


def _all_failed(batch: Batch, message: str) -> list[Run]:
    return [Run(one.point, number, {}, message[:500]) for one in batch.wanted for number in one.replications]


def _kind(values: Sequence[Value]) -> str:
    if all(isinstance(value, bool) for value in values):
        return "bool"
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return "int64"
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return "double"
    return "string"

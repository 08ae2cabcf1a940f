"""The jobs of a log in working hours: how long each waited, was worked on, and waited for others.

Who has several tickets in progress at once is taken to work on each for an equal share of the time; what is left of the
time that a ticket is in progress is waiting for its person, as in a line (shared equally or served in turn, a ticket
takes as long in the mean). A working day counts as eight hours of waiting, however long it is; a
stretch of work of up to eight hours counts as long as it took, a longer one eight hours a day. Where people have
several tickets in progress for much of their time, ``in progress`` does not mean that somebody is at it: there a
stretch in which nothing is noted counts as a day's work at the most.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import HOURS_PER_DAY
from sim.study.calibrate.log import Codes
from sim.study.calibrate.office_hours import Floats, OfficeHours
from sim.study.calibrate.spells import AGAIN, ASKING, FIRST_WAIT, OUTSIDE, WORK, Spells

ELSEWHERE: Final = -2
_SHARED: Final = 0.2
"""Choice: so much more time in progress than of people shows that they have several tickets in progress at once."""
_TOLERANCE: Final = 2.0 / 3600.0
"""Hours; times are told to the second."""


@dataclass(frozen=True)
class Jobs:
    """Jobs by department, in hours of the model since the log's first day; one element of each array a job.

    ``wait`` until begun (NaN if it never was), ``again`` in line after it was begun (of which ``beside`` is time in
    progress that its person gave to other tickets), ``work`` of people, ``outside``
    waiting for somebody who is not in the log, ``asking`` for another department; ``before`` is the work until it first
    waited for one. ``blocked``: whoever asked waited for it. Work by person: ``worker``, ``worker_job``,
    ``worker_begins``, ``worker_ends``, ``worker_hours``.
    """

    names: tuple[str, ...]
    spells: Spells
    department: Codes
    parent: Codes
    own: NDArray[np.bool_]
    asked: Floats
    started: Floats
    finished: Floats
    open: NDArray[np.bool_]
    wait: Floats
    again: Floats
    beside: Floats
    work: Floats
    outside: Floats
    asking: Floats
    before: Floats
    blocked: NDArray[np.bool_]
    worker: Codes
    worker_job: Codes
    worker_begins: Floats
    worker_ends: Floats
    worker_hours: Floats
    days: int

    def __len__(self) -> int:
        return len(self.department)


def jobs(found: Spells, names: Sequence[str], office: Sequence[OfficeHours]) -> Jobs:
    """Spells in working hours; ``office`` holds the hours of each department."""
    count = len(found.department)
    asked, finished = _hours(found.asked, found.department, office), _hours(found.finished, found.department, office)
    whose = found.department[found.spell_job]
    begins, ends = _hours(found.spell_begins, whose, office), _hours(found.spell_ends, whose, office)
    lasts = np.maximum(ends - begins, 0.0)  # the hour that comes twice in autumn
    kind, job = found.spell_kind, found.spell_job
    working = kind == WORK
    shares = lasts.copy()
    shares[working] = _shared(found.spell_person[working], begins[working], ends[working])
    shares *= _stretched(lasts, whose, office)
    if lasts[working].sum() > (1.0 + _SHARED) * shares[working].sum():
        shares[working] = np.minimum(shares[working], HOURS_PER_DAY)

    def by_job(chosen: NDArray[np.bool_], hours: Floats) -> Floats:
        return _summed(job[chosen], hours[chosen], count)

    first = kind == FIRST_WAIT
    wait = np.full(count, np.nan)
    wait[job[first]] = lasts[first]
    started = np.full(count, np.nan)
    started[job[first]] = ends[first]
    work, asking = by_job(working, shares), by_job(kind == ASKING, lasts)
    beside = np.maximum(by_job(working, lasts) - work, 0.0)
    held = kind == OUTSIDE
    again = by_job(kind == AGAIN, lasts) + beside
    blocked = found.parent >= 0
    before = _work_before(job[working], begins[working], shares[working], found.parent, asked, count)
    outside = by_job(held, lasts)
    if not (kind == ASKING).any():  # a log that tells which task was made for which
        answered, late, blocked = _answers(found, asked, finished, job[held], begins[held], ends[held])
        asking = _summed(job[held], answered, count)
        again = again + _summed(job[held], late, count)
        outside = outside - _summed(job[held], answered + late, count)
    return Jobs(
        names=tuple(names),
        spells=found,
        department=found.department,
        parent=found.parent,
        own=found.own,
        asked=asked,
        started=started,
        finished=finished,
        open=found.open,
        wait=wait,
        again=again,
        beside=beside,
        work=work,
        outside=outside,
        asking=asking,
        before=before,
        blocked=blocked,
        worker=found.spell_person[working],
        worker_job=job[working],
        worker_begins=begins[working],
        worker_ends=ends[working],
        worker_hours=shares[working],
        days=max(1, round(np.mean([hours.working_days for hours in office]))),
    )


def within(whole: Jobs, begin: float, end: float) -> Jobs:
    """The jobs asked for between two hours, as they are known at the second; hour 0 is the first.

    A job made for one from before has a parent that is not here: ``ELSEWHERE``.
    """
    kept = (whole.asked >= begin) & (whole.asked < end)
    place = np.where(kept, np.cumsum(kept) - 1, ELSEWHERE)
    parent = np.where(whole.parent >= 0, place[np.maximum(whole.parent, 0)], whole.parent)[kept].astype(np.int32)
    by_job = {name: getattr(whole, name)[kept] - begin for name in ("asked", "started", "finished")}
    by_job |= {name: getattr(whole, name)[kept] for name in _BY_JOB}
    late = by_job["finished"] > end - begin
    of_worker = (place[whole.worker_job] >= 0) & (whole.worker_begins < end)
    spells = replace(whole.spells, **{name: getattr(whole.spells, name)[kept] for name in _OF_SPELLS})
    return replace(
        whole,
        **by_job,
        spells=spells,
        parent=parent,
        open=whole.open[kept] | late,
        worker=whole.worker[of_worker],
        worker_job=place[whole.worker_job[of_worker]].astype(np.int32),
        worker_begins=whole.worker_begins[of_worker] - begin,
        worker_ends=np.minimum(whole.worker_ends[of_worker], end) - begin,
        worker_hours=whole.worker_hours[of_worker],
        days=max(1, round((end - begin) / HOURS_PER_DAY)),
    )


_BY_JOB: Final = ("department", "own", "wait", "again", "beside", "work", "outside", "asking", "before", "blocked")
_OF_SPELLS: Final = ("asked", "requester", "outcome", "reopened", "passed", "agreed", "rating", "case")


def _hours(seconds: NDArray[np.int64], department: Codes, office: Sequence[OfficeHours]) -> Floats:
    """Seconds in the working hours of each department."""
    found = np.empty(len(seconds))
    for hours in set(office):
        here = np.isin(department, [place for place, one in enumerate(office) if one == hours])
        found[here] = hours.hours(seconds[here])
    return found


def _stretched(lasts: Floats, department: Codes, office: Sequence[OfficeHours]) -> Floats:
    """What an hour of the model was by the clock, for stretches within one day of a team with longer hours."""
    longer = np.array([max(1.0, (hours.ends - hours.begins) / HOURS_PER_DAY) for hours in office])[department]
    return np.where(lasts * longer <= HOURS_PER_DAY, longer, np.maximum(1.0, HOURS_PER_DAY / np.maximum(lasts, 1e-9)))


def _shared(person: Codes, begins: Floats, ends: Floats) -> Floats:
    """Of each stretch, the hours that its person gave to it: an equal share while several went on at once.

    A stretch of nobody known counts whole.
    """
    count = len(person)
    if not count:
        return np.empty(0)
    own = np.where(person >= 0, person.astype(np.int64), person.max() + 1 + np.arange(count))
    who = np.r_[own, own]
    when = np.r_[begins, ends]
    step = np.r_[np.ones(count), -np.ones(count)]
    order = np.lexsort((step, when, who))
    going = np.cumsum(step[order])
    lasts = np.diff(when[order], append=when[order][-1:])
    lasts[np.r_[who[order][1:] != who[order][:-1], True]] = 0.0
    share = np.divide(lasts, going, out=np.zeros_like(lasts), where=going > 0.5)
    given = np.r_[0.0, np.cumsum(share)[:-1]]
    at = np.empty(2 * count)
    at[order] = given
    return np.asarray(at[count:] - at[:count])


def _work_before(  # noqa: PLR0913, PLR0917 - work, and who asked for what
    job: Codes, begins: Floats, hours: Floats, parent: Codes, asked: Floats, count: int
) -> Floats:
    """By job, the work on it until it first asked another department."""
    first = np.full(count, np.inf)
    made = parent >= 0
    np.minimum.at(first, parent[made], asked[made])
    early = begins < first[job] - _TOLERANCE
    return _summed(job[early], hours[early], count)


def _summed(job: Codes, hours: Floats, count: int) -> Floats:
    return np.asarray(np.bincount(job, hours, count), np.float64)


def _answers(  # noqa: PLR0913, PLR0917 - jobs, and the spells in which they were held
    found: Spells, asked: Floats, finished: Floats, held_job: Codes, begins: Floats, ends: Floats
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """What held spells were: by spell, the hours until the last answer, and those in line after it; by job, whether
    whoever asked for it waited.

    A request was waited for if it was made when the spell began, and was answered before the spell ended.
    """
    made = np.flatnonzero(found.parent >= 0)
    order = np.lexsort((begins, held_job))
    jobs_held, starts = held_job[order], begins[order]
    whose = found.parent[made]
    scale = 1.0 + (max(starts.max(initial=0.0), asked.max(initial=0.0)) + 1.0)
    place = np.searchsorted(jobs_held * scale + starts, whose * scale + asked[made] + _TOLERANCE, side="right") - 1
    spell = order[np.clip(place, 0, None)] if len(order) else np.zeros(len(made), np.int64)
    fits = np.zeros(len(made), np.bool_)
    if len(order):
        fits = (place >= 0) & (held_job[spell] == whose) & (np.abs(begins[spell] - asked[made]) <= 2 * _TOLERANCE)
        waits = fits & ~found.open[made] & (finished[made] <= ends[spell] + 2 * _TOLERANCE)
        waits |= fits & found.open[made] & found.open[whose]
    else:
        waits = fits
    blocked = np.zeros(len(asked), np.bool_)
    blocked[made[waits]] = True
    last = begins.copy()
    np.maximum.at(last, spell[waits], np.minimum(finished[made[waits]], ends[spell[waits]]))
    any_answer = np.zeros(len(begins), np.bool_)
    any_answer[spell[waits]] = True
    answered = np.where(any_answer, last - begins, 0.0)
    late = np.where(any_answer, ends - last, 0.0)
    return answered, late, blocked

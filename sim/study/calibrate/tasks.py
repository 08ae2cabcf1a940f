"""Which task was made for which: by codes, without circles, and apart where two cases use the same name."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.study.calibrate.log import NOBODY, Codes
from sim.study.calibrate.notes import Notes

if TYPE_CHECKING:
    import pyarrow as pa


def told_apart(codes: dict[str, Codes], words: "Mapping[str, pa.Array]", notes: Notes) -> int:
    """Make parents the codes of tasks, in place; how many tasks there are.

    A parent that is no task of the log is none, nor is one that was made for its own child. Where a task's name stands
    in several cases, it is a task in each.
    """
    from pyarrow import compute  # noqa: PLC0415 - takes a while to load

    found = compute.fill_null(compute.index_in(words["parent"], value_set=words["task"]), NOBODY)
    place = np.asarray(found).astype(np.int32)
    told = codes["parent"]
    parent = np.where(told >= 0, place[told], NOBODY).astype(np.int64)
    task, case = codes["task"].astype(np.int64), codes["case"].astype(np.int64)
    count = len(words["task"])
    named = task >= 0
    pairs = np.unique(case[named] * count + task[named])
    if len(pairs) > len(np.unique(task[named])):
        task = np.where(named, np.searchsorted(pairs, case * count + task), NOBODY)
        wanted = case * count + parent
        at = np.clip(np.searchsorted(pairs, wanted), 0, len(pairs) - 1)
        parent = np.where((parent >= 0) & (pairs[at] == wanted), at, NOBODY)
        count = len(pairs)
    lost = np.flatnonzero((told >= 0) & (parent < 0))
    if len(lost):
        notes.mend_rows("parent that is no task of this log: taken as none", lost)
    nameless = np.flatnonzero(~named)
    if len(nameless):
        notes.mend_rows("event without a task, in a log of tasks: left out", nameless)
    circles = _in_circles(task, parent, count)
    if circles.any():
        rows = np.flatnonzero(named & circles[np.maximum(task, 0)])
        notes.mend_rows("task that was made for its own child: taken as made for none", rows)
        parent[rows] = NOBODY
    codes["task"], codes["parent"] = task.astype(np.int32), parent.astype(np.int32)
    return count


def _in_circles(task: NDArray[np.int64], parent: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """Which tasks lead to no first one: they are in a circle, or hang on one."""
    above = np.full(count + 1, count)
    named = task >= 0
    order = np.flatnonzero(named)[::-1]  # so that the first row of each task is written last
    above[task[order]] = np.where(parent[order] >= 0, parent[order], count)
    for _ in range(max(1, int(np.ceil(np.log2(count + 1))) + 1)):
        above = above[above]
    return np.asarray(above[:count] != count)

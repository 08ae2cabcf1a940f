"""A real log, where it is present: the incidents of a car maker (BPI Challenge 2013), read as others read it."""

from pathlib import Path

import numpy as np
import pytest

from sim.study.calibrate.calibrated import Asked, seen
from sim.study.calibrate.log import DONE, HELD, WAITING, WORKING
from sim.study.calibrate.reading import read_log

LOG = Path(__file__).parents[4] / "shared" / "data" / "07_bpic2013_incidents.xes.gz"
pytestmark = pytest.mark.skipif(not LOG.is_file(), reason="the incident log is not here")


def test_it_is_read_as_published() -> None:
    """7,554 cases, 65,533 events, 649 groups; 22 % of the time worked on, 28.5 % queued, 49.7 % waiting for others.

    Median days open after 0 to 5 and more changes of the group: .01, 2.3, 4.8, 6.8, 7.1, 13.1.
    """
    log = read_log(LOG)
    first = np.r_[True, log.case[1:] != log.case[:-1]]
    starts = np.flatnonzero(first)
    assert (len(starts), len(log), len(log.names["group"])) == (7554, 65533, 649)
    assert [(rule, found.count) for rule, found in log.mended.items()] == [
        ("case of one event: asked for, and open since", 1)
    ]
    lasts = np.where(np.r_[~first[1:], False], np.r_[np.diff(log.seconds), 0], 0)
    total = lasts[log.phase != DONE].sum()
    shares = [lasts[log.phase == phase].sum() / total for phase in (WORKING, WAITING, HELD)]
    assert shares == pytest.approx([0.22, 0.285, 0.497], abs=0.002)
    handed = np.add.reduceat(np.r_[False, log.group[1:] != log.group[:-1]] & ~first, starts)
    days = np.add.reduceat(np.where(log.phase != DONE, lasts, 0), starts) / 86_400
    medians = [np.median(days[handed == at if at < 5 else handed >= at]) for at in range(6)]
    assert medians == pytest.approx([0.01, 2.3, 4.8, 6.8, 7.1, 13.1], abs=0.05)


def test_its_lines_of_support_are_told_by_the_names_of_its_groups() -> None:
    found = seen(LOG, Asked(departments=8))
    assert found.teams.names[-3:] == ("other groups of line 1", "other groups of line 2", "other groups of line 3")
    assert found.office.days == (True,) * 5 + (False,) * 2
    assert sum(found.teams.groups) == 649

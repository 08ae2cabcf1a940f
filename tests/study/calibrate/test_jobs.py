"""What becomes of events, in worlds small enough to be worked out by hand."""

from pathlib import Path

import numpy as np
import pytest

from sim.study.calibrate.jobs import Jobs, jobs, within
from sim.study.calibrate.office_hours import OfficeHours, given, inferred
from sim.study.calibrate.reading import read_log
from sim.study.calibrate.spells import spells
from sim.study.calibrate.teams import teams

DAY = 86_400
MONDAY = int(np.datetime64("2024-03-11T00:00:00").astype("datetime64[s]").astype(np.int64))


def world(folder: Path, rows: str, header: str = "case,time,status,group,person", calendar: str = "") -> Jobs:
    """The jobs of some events; times are hours and minutes of Monday."""
    lines = [line.strip() for line in rows.strip().splitlines()]
    dated = "\n".join(
        ",".join([*line.split(",")[:-4], f"2024-03-11T{line.split(',')[-4]}:00", *line.split(",")[-3:]])
        for line in lines
    )
    path = folder / "log.csv"
    path.write_text(f"{header}\n{dated}\n", encoding="utf-8")
    log = read_log(path)
    chosen = teams(log)
    office = given(calendar or "Mon-Fri 09:00-17:00", log.seconds)
    return jobs(spells(log, chosen.of[log.group]), chosen.names, [office] * len(chosen.names))


def of(found: Jobs, name: str) -> int:
    """The only job of a department."""
    [job] = np.flatnonzero(found.department == found.names.index(name))
    return int(job)


def test_a_case_that_goes_to_another_group_and_back_is_a_request(tmp_path: Path) -> None:
    found = world(
        tmp_path,
        """
        1,09:00,New,desk,
        1,09:30,In progress,desk,ann
        1,10:00,Assigned,net,ann
        1,11:00,In progress,net,bob
        1,13:00,Assigned,desk,bob
        1,13:15,In progress,desk,ann
        1,13:45,Resolved,desk,ann
        """,
    )
    desk, net = of(found, "desk"), of(found, "net")
    assert found.parent[net] == desk
    assert found.parent[desk] == -1
    assert (found.wait[desk], found.work[desk], found.asking[desk]) == pytest.approx((0.5, 1.0, 3.0))
    assert (found.again[desk], found.before[desk]) == pytest.approx((0.25, 0.5))
    assert (found.wait[net], found.work[net]) == pytest.approx((1.0, 2.0))
    assert found.blocked[net]
    assert found.finished[desk] - found.asked[desk] == pytest.approx(4.75)


def test_a_group_that_only_passes_on_has_no_job(tmp_path: Path) -> None:
    found = world(
        tmp_path,
        """
        1,09:00,New,desk,
        1,09:30,Assigned,net,
        1,11:00,In progress,net,bob
        1,12:00,Resolved,net,bob
        """,
    )
    assert len(found) == 1
    net = of(found, "net")
    assert found.spells.passed[net] == 1
    assert found.wait[net] == pytest.approx(2.0)


def test_who_has_several_tickets_works_on_each_for_a_share(tmp_path: Path) -> None:
    found = world(
        tmp_path,
        """
        1,09:00,In progress,desk,ann
        1,13:00,Resolved,desk,ann
        2,10:00,In progress,desk,ann
        2,12:00,Resolved,desk,ann
        3,09:00,In progress,desk,
        3,10:00,Resolved,desk,
        """,
    )
    assert found.work.tolist() == pytest.approx([3.0, 1.0, 1.0])
    assert found.beside.tolist() == pytest.approx([1.0, 1.0, 0.0])
    assert found.again.tolist() == pytest.approx([1.0, 1.0, 0.0])
    assert found.outside.tolist() == [0.0, 0.0, 0.0]


def test_waiting_for_somebody_outside_and_reopening_are_told(tmp_path: Path) -> None:
    found = world(
        tmp_path,
        """
        1,09:00,In progress,desk,ann
        1,10:00,On hold,desk,ann
        1,12:00,In progress,desk,ann
        1,12:30,Resolved,desk,ann
        1,12:40,Closed,desk,ann
        1,14:30,Reopened,desk,ann
        1,15:00,In progress,desk,ann
        1,15:30,Resolved,desk,ann
        """,
    )
    job = of(found, "desk")
    assert (found.outside[job], found.work[job], found.again[job]) == pytest.approx((2.0, 2.0, 0.5))
    assert found.spells.reopened[job] == 1
    assert not found.open[job]


def test_tasks_say_for_which_they_were_made(tmp_path: Path) -> None:
    found = world(
        tmp_path,
        """
        1,1a,,09:00,In progress,desk,ann
        1,1a,,10:00,On hold,desk,ann
        1,1b,1a,10:00,New,net,
        1,1b,1a,11:00,In progress,net,bob
        1,1b,1a,12:00,Resolved,net,bob
        1,1a,,12:30,In progress,desk,ann
        1,1a,,13:00,Resolved,desk,ann
        """,
        "case,task,parent,time,status,group,person",
    )
    desk, net = of(found, "desk"), of(found, "net")
    assert found.parent[net] == desk
    assert found.blocked[net]
    assert (found.asking[desk], found.again[desk], found.outside[desk]) == pytest.approx((2.0, 0.5, 0.0))
    assert (found.work[desk], found.before[desk]) == pytest.approx((1.5, 1.0))


def test_without_statuses_a_group_works_from_its_first_event_to_its_last(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = ["1,2024-03-11T09:00,desk", "1,2024-03-11T10:00,desk", "1,2024-03-11T12:00,net", "1,2024-03-11T15:00,net"]
    path.write_text("case,time,group\n" + "\n".join(rows) + "\n", encoding="utf-8")
    log = read_log(path)
    chosen = teams(log)
    office = given("Mon-Fri 09:00-17:00", log.seconds)
    found = jobs(spells(log, chosen.of[log.group]), chosen.names, [office] * 2)
    desk, net = of(found, "desk"), of(found, "net")
    assert (found.work[desk], found.wait[net], found.work[net]) == pytest.approx((1.0, 2.0, 3.0))


def test_what_had_not_happened_by_then_is_open(tmp_path: Path) -> None:
    found = world(
        tmp_path,
        """
        1,09:00,In progress,desk,ann
        1,13:00,Resolved,desk,ann
        2,10:00,In progress,desk,bob
        2,11:00,Resolved,desk,bob
        3,12:00,In progress,desk,bob
        3,12:30,Resolved,desk,bob
        """,
    )
    early = within(found, 0.0, 2.5)
    assert early.open.tolist() == [True, False]
    assert early.worker_ends.max() == pytest.approx(2.5)
    late = within(found, 1.0, 8.0)
    assert late.asked.tolist() == pytest.approx([0.0, 2.0])


def test_hours_stand_still_at_night_and_on_holidays() -> None:
    office = OfficeHours(
        (True,) * 5 + (False,) * 2, 9.0, 17.0, (MONDAY // DAY + 1,), MONDAY // DAY, MONDAY // DAY + 9, False
    )
    at = MONDAY + np.array([0, 9, 13, 17, 23, 24 + 12, 48 + 10]) * 3600
    assert office.hours(at).tolist() == pytest.approx([0, 0, 4, 8, 8, 8, 9])
    night = OfficeHours((True,) * 7, 22.0, 30.0, (), MONDAY // DAY, MONDAY // DAY + 9, False)
    assert np.diff(night.hours(MONDAY + np.array([23, 26, 30, 40]) * 3600)).tolist() == pytest.approx([3, 4, 0])


def test_working_hours_are_seen_in_the_events() -> None:
    luck = np.random.default_rng(1)
    days = np.array([day for day in range(60) if day % 7 < 5 and day != 16])
    moments = (
        MONDAY + luck.choice(days, 4_000) * DAY + (8.5 * 3600 + luck.uniform(0, 9.5 * 3600, 4_000)).astype(np.int64)
    )
    found = inferred(np.sort(moments))
    assert str(found) == "Mon-Fri 08:30-18:00"
    assert found.holidays == (MONDAY // DAY + 16,)
    assert inferred(moments[:50]).inferred is False


@pytest.mark.parametrize("text", ["nine to five", "Mon-Fri 9-17", "Mun-Fri 09:00-17:00", "Mon-Fri 25:00-26:00"])
def test_working_hours_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="--calendar"):
        given(text, np.array([MONDAY]))


def test_small_groups_become_one_for_each_line(tmp_path: Path) -> None:
    rows = []
    for number in range(200):
        group = ["A", "B"][number % 2] if number < 150 else f"C{number % 10} 2nd" if number % 2 else f"D{number % 10}"
        rows.append(f"{number},2024-03-11T09:00,New,{group}")
    path = tmp_path / "log.csv"
    path.write_text("case,time,status,group\n" + "\n".join(rows) + "\n", encoding="utf-8")
    chosen = teams(read_log(path), most=4)
    assert chosen.names == ("A", "B", "other groups of line 1", "other groups of line 2")
    assert chosen.line == (1, 1, 1, 2)
    assert chosen.groups == (1, 1, 5, 5)
    assert (chosen.merged, chosen.least) == (10, 75)
    assert chosen.merged_share == pytest.approx(0.25)


def test_names_become_such_that_a_scenario_can_carry() -> None:
    from sim.study.calibrate.teams import fit_name  # noqa: PLC0415 - one test only

    assert [fit_name(word) for word in ("IT/Ops: L1", "=cmd", "market", "a" * 90, "Ok name")] == [
        "IT Ops L1",
        "cmd",
        "market group",
        "a" * 60,
        "Ok name",
    ]

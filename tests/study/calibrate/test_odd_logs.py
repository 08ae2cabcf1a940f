"""Logs as they come: each oddity is mended by a rule that is counted, or refused in one clear sentence."""

from pathlib import Path

import numpy as np
import pytest

from sim.scenario.problems import ScenarioError
from sim.study.calibrate.calibrated import Asked, seen
from sim.study.calibrate.chart import read_chart
from sim.study.calibrate.jobs import jobs
from sim.study.calibrate.log import DONE, Log
from sim.study.calibrate.office_hours import given
from sim.study.calibrate.options import Options
from sim.study.calibrate.reading import read_log
from sim.study.calibrate.spells import spells
from sim.study.calibrate.teams import teams
from tests.study.calibrate import logs

HEAD = "case,time,group,status\n"


def written(folder: Path, content: str | bytes, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(path: Path, options: Options | None = None) -> str:
    with pytest.raises(ScenarioError) as error:
        read_log(path, options)
    return str(error.value)


def counted(log: Log, words: str) -> int:
    return sum(found.count for rule, found in log.mended.items() if words in rule)


def rows(count: int) -> list[str]:
    return [f"{number},2024-03-11 {9 + number % 8:02d}:{number % 60:02d},A,New" for number in range(count)]


def test_tasks_made_for_their_own_children_are_cut_apart(tmp_path: Path) -> None:
    header = "case,task,parent,time,group,status\n"
    circle = "1,a,b,2024-03-11 09:00,A,New\n1,b,c,2024-03-11 09:01,A,New\n1,c,a,2024-03-11 09:02,A,New\n"
    found = read_log(written(tmp_path, header + circle + "2,d,,2024-03-11 09:00,A,New\n2,e,d,2024-03-11 09:00,B,New\n"))
    assert counted(found, "made for its own child") == 3
    assert (found.parent >= 0).sum() == 1


def test_names_of_tasks_may_come_again_in_another_case(tmp_path: Path) -> None:
    header = "case,task,parent,time,group,status\n"
    text = "".join(
        f"{case},{task},{made},2024-03-11 09:00,A,New\n" for case in "12" for task, made in (("a", ""), ("b", "a"))
    )
    found = read_log(written(tmp_path, header + text))
    office = given("Mon-Fri 09:00-17:00", found.seconds)
    chosen = teams(found)
    made = jobs(spells(found, chosen.of[found.group]), chosen.names, [office])
    assert len(made) == 4
    assert made.spells.case[made.parent[made.parent >= 0]].tolist() == made.spells.case[made.parent >= 0].tolist()


def test_stand_ins_for_no_date_are_none(tmp_path: Path) -> None:
    odd = ["x,1970-01-01 00:00,A,New", "y,9999-12-31 00:00,A,New"]
    found = read_log(written(tmp_path, HEAD + "\n".join(rows(20) + odd) + "\n"))
    assert counted(found, "time before 1990 or after 2090") == 2
    assert len(found) == 20


def test_two_offsets_that_take_turns_by_the_minute_are_no_summer_time(tmp_path: Path) -> None:
    turns = "".join(
        f"{n},2024-03-11T{9 + n % 2}:0{n % 10}:00{'+01:00' if n % 2 else '+00:00'},A,New\n" for n in range(20)
    )
    found = read_log(written(tmp_path, HEAD.replace("\n", "\n") + turns.replace("T9:", "T09:")))
    assert counted(found, "time of another zone") == 10
    assert len(np.unique(found.seconds // 3600)) == 1
    seasons = "".join(
        f"{n},2024-{n:02d}-11T09:00:00{'+02:00' if 4 <= n <= 10 else '+01:00'},A,New\n" for n in range(1, 13)
    )
    assert read_log(written(tmp_path, HEAD + seasons)).understood.zone == "UTC+01:00 and UTC+02:00"


def test_times_of_one_line_are_on_one_clock(tmp_path: Path) -> None:
    header = "case,opened,resolved,group\n"
    found = read_log(written(tmp_path, header + "1,2024-03-11T10:00:00+01:00,2024-03-11T13:30:00+03:00,A\n"))
    assert int(found.seconds[found.phase == DONE][0] - found.seconds[0]) == 90 * 60
    mixed = written(tmp_path, header + "1,2024-03-11T10:00:00Z,2024-03-11T13:30:00,A\n")
    assert "1 times have no zone and 1 have one" in refused(mixed)


def test_quotation_marks_that_nothing_closes_are_found(tmp_path: Path) -> None:
    torn = rows(200)
    torn[10] = '10,2024-03-11 10:10,"A,New'
    torn[150] = '150,2024-03-11 10:10,"A,New'
    assert "a quotation mark is not closed" in refused(written(tmp_path, HEAD + "\n".join(torn) + "\n"))


def test_places_are_lines_whatever_stands_between(tmp_path: Path) -> None:
    text = (
        HEAD.replace("status", "status,note")
        + '\n\n1,2024-03-11 09:00,A,New,"two\nlines"\n'
        + "".join(f"{row},\n" for row in rows(150))
    )
    path = written(tmp_path, text.replace("\n7,2024-03-11 16:07", "\n7,sometime"))
    assert read_log(path).mended["time that cannot be read: left out"].places == ["line 13: 'sometime'"]


def test_many_lines_of_another_length_are_not_left_out_quietly(tmp_path: Path) -> None:
    wrong = [f"{row},too,many" for row in rows(50)]
    said = refused(written(tmp_path, HEAD + "\n".join(rows(50) + wrong) + "\n"))
    assert "50 of 100 lines have more or fewer columns than the header's 4" in said


def test_a_separator_too_many_at_each_end_is_nothing(tmp_path: Path) -> None:
    assert len(read_log(written(tmp_path, HEAD + "".join(f"{row},\n" for row in rows(30))))) == 30


@pytest.mark.parametrize(
    ("written_so", "seconds"),
    [
        ("2024-03-11 09:00:30,125", 30),
        ("20240311090030", 30),
        ("45362.375347222", 30),
        ("45362,375347222", 30),
        ("1710147630", 30),
        ("11/Mar/2024 09:00:30", 30),
        ("11.03.2024 09:00:30", 30),
        ("2024-03-11T09:00:30Z", 30),
    ],
)
def test_times_of_many_kinds_are_known(written_so: str, seconds: int, tmp_path: Path) -> None:
    found = read_log(written(tmp_path, f"case;time;group;status\n1;{written_so};A;New\n"))
    assert str(found.seconds[0].astype("datetime64[s]")) == f"2024-03-11T09:00:{seconds}"


def test_times_with_and_without_seconds_go_together(tmp_path: Path) -> None:
    text = HEAD + "".join(f"{n},13/03/2024 09:{n:02d}{':30' if n % 2 else ''},A,New\n" for n in range(20))
    found = read_log(written(tmp_path, text))
    assert sorted(found.seconds % 60) == [0] * 10 + [30] * 10


def test_one_wrong_byte_does_not_change_all_letters(tmp_path: Path) -> None:
    text = (
        HEAD + "".join(f"{n},2024-03-11 09:00,Gestión,New\n" for n in range(20))
    ).encode() + b"20,2024-03-11 09:00,A\x81,New\n"
    found = read_log(written(tmp_path, text))
    assert "Gestión" in list(found.names["group"])
    assert found.mended["byte that is no letter: read as a sign for none"].count == 1
    assert "Ã" not in "".join(found.names["group"])


@pytest.mark.parametrize(
    "content",
    [
        b"case\ttime\tgroup\tstatus\r1\t2024-03-11 09:00\tA\tNew\r",
        ("case,time,group,status\n1,2024-03-11 09:00,A,New\n".encode("utf-16")),
        b"sep=;\ncase;time;group;status\n1;2024-03-11 09:00;A;New\n",
        b"\n\ncase,time,group,status\n1,2024-03-11 09:00,A,New\n",
        b'case,time,"group\nof people",status\n1,2024-03-11 09:00,A,New\n',
        b"case,time,group,status,text\n1,2024-03-11 09:00,A,New," + b"x" * 200_000 + b"\n",
    ],
)
def test_files_of_many_makes_are_read(content: bytes, tmp_path: Path) -> None:
    options = Options({"group": "group\nof people"}) if b"of people" in content else Options()
    assert len(read_log(written(tmp_path, content), options)) == 1


def test_an_export_with_a_line_a_case_tells_when_it_was_opened_and_resolved(tmp_path: Path) -> None:
    header = "number,opened_at,closed_at,assignment_group,state,sys_updated_on\n"
    text = "".join(f"I{n},2024-03-{11 + n} 09:00,2024-03-{11 + n} 10:00,A,Closed,2024-04-01 00:00\n" for n in range(5))
    found = read_log(written(tmp_path, header + text))
    assert len(found) == 10
    assert "sys_updated_on" in found.understood.unused
    assert "state" in found.understood.unused


def test_numbers_that_cannot_be_are_left_out(tmp_path: Path) -> None:
    header = "case,time,group,status,agreed hours\n"
    text = "".join(f"{n},2024-03-11 09:00,A,New,{agreed}\n" for n, agreed in enumerate(["inf", "-5", "1e400", "8", ""]))
    found = read_log(written(tmp_path, header + text))
    assert counted(found, "agreed hours that is no number") == 3
    assert np.nanmax(found.agreed) == 8


def test_days_without_a_clock_have_the_usual_hours(tmp_path: Path) -> None:
    text = "".join(f"{n % 150},2024-03-{11 + n % 5},A,{'New' if n < 150 else 'Closed'}\n" for n in range(300))
    found = seen(written(tmp_path, HEAD + text), Asked())
    assert str(found.office) == "Mon-Fri 09:00-17:00"
    assert not found.office.inferred


def test_tickets_that_close_by_themselves_make_no_working_day(tmp_path: Path) -> None:
    """Requests come on every day, and tickets close three days later; people work from Monday to Friday."""
    lines = []
    day = np.datetime64("2024-03-11T00:00")
    for number in range(900):
        at = day + np.timedelta64(number // 10, "D")
        works = at + np.timedelta64([0, 0, 0, 0, 0, 2, 1][number // 10 % 7], "D")
        if str(works)[:10] == "2024-04-01":
            works += np.timedelta64(1, "D")
        minute = np.timedelta64(9 * 60 + 50 * (number % 10), "m")
        lines += [
            f"{number},{at + np.timedelta64(7 * 60, 'm')},A,New",
            f"{number},{works + minute},A,In progress",
            f"{number},{works + minute + np.timedelta64(20, 'm')},A,Resolved",
            f"{number},{works + minute + np.timedelta64(3, 'D')},A,Closed",
        ]
    path = written(tmp_path, HEAD + "\n".join(lines) + "\n")
    found = seen(path, Asked())
    assert str(found.office).startswith("Mon-Fri 09:00-")
    assert str(np.datetime64(found.office.holidays[0], "D")) == "2024-04-01"
    given_hours = seen(path, Asked(calendar="Mon-Fri 08:00-17:00")).office
    assert given_hours.holidays[0] == found.office.holidays[0]


def test_a_log_in_which_nobody_works_has_hours_too(tmp_path: Path) -> None:
    assert seen(written(tmp_path, HEAD + "\n".join(rows(10)) + "\n"), Asked()).office.working_days >= 1


def test_departments_are_never_more_than_asked(tmp_path: Path) -> None:
    names = [f"{'ABCDEF'[n % 6]}{' 2nd' if n % 2 else ''}{' 3rd' if n % 3 == 0 else ''}" for n in range(60)]
    text = "".join(f"{n},2024-03-11 09:00,{name},New\n" for n, name in enumerate(names))
    for most in (2, 3, 4, 12):
        assert len(teams(read_log(written(tmp_path, HEAD + text)), most).names) <= most


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"time_format": "%Q"}, "--time-format: '%Q' is no format"),
        ({"time_format": "day"}, "it holds no code of strptime"),
        ({"zone": "Europe/Madri"}, "(nearest: Europe/Madrid)"),
    ],
)
def test_options_that_cannot_be_are_refused(options: dict[str, str], said: str) -> None:
    with pytest.raises(ScenarioError) as error:
        Options(**options)  # type: ignore[arg-type]
    assert said in str(error.value)


def test_a_status_that_no_event_has_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "\n".join(rows(5)) + "\n")
    assert "'Nev' is no status of log.csv (nearest: New)" in refused(path, Options(statuses={"Nev": "done"}))


def test_a_chart_of_other_people_gives_no_groups(tmp_path: Path) -> None:
    log = written(tmp_path, "case,time,status,person\n1,2024-03-11 09:00,New,Ann\n")
    chart = written(tmp_path, "person,manager,department\nAnne,Zoe,desk\nZoe,,\n", "chart.csv")
    with pytest.raises(ScenarioError, match=r"none of the log's people.*nearest: Anne"):
        seen(log, Asked(org=chart))
    assert read_chart(chart).department == {"Anne": "desk"}


def test_people_of_a_chart_give_the_groups_that_a_log_does_not_name(tmp_path: Path) -> None:
    words = {"waiting": "New", "working": "Active", "done": "Closed"}
    events = [f"{e.case},{e.at:%Y-%m-%d %H:%M},{words[e.phase]},{e.person}" for e in logs.cases(30)]
    log = written(tmp_path, "case,time,status,person\n" + "\n".join(events) + "\n")
    chart = written(
        tmp_path,
        "person,manager,department\nAna 0,Zoe,desk\nAna 1,Zoe,desk\nBen 0,Zoe,net\nBen 1,Zoe,net\nZoe,,\n",
        "chart.csv",
    )
    found = seen(log, Asked(org=chart))
    assert set(found.teams.names) == {"desk", "net"}


def test_wrong_names_of_scenarios_are_refused_first(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="--name: '=x' is not allowed"):
        seen(tmp_path / "nowhere.csv", Asked(name="=x"))

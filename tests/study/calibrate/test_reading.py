"""A log is understood whatever product it comes from; what is not right is mended by a rule, counted, or refused."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from sim.scenario.problems import ScenarioError
from sim.study.calibrate.log import DONE, HELD, WAITING, WORKING, Log
from sim.study.calibrate.options import Options
from sim.study.calibrate.reading import read_log
from tests.study.calibrate import logs


def written(folder: Path, text: str, name: str = "log.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def refused(path: Path, options: Options | None = None) -> str:
    with pytest.raises(ScenarioError) as error:
        read_log(path, options)
    return str(error.value)


def same_work(one: Log, other: Log) -> bool:
    """Whether two logs tell of the same cases, at the same minutes, in the same phases."""
    return (
        np.array_equal(one.seconds // 60, other.seconds // 60)
        and np.array_equal(one.phase, other.phase)
        and [one.names["case"][code] for code in one.case] == [other.names["case"][code] for code in other.case]
    )


@pytest.mark.parametrize("product", [logs.american, logs.issues, logs.german])
def test_exports_of_other_products_say_the_same(product: object, tmp_path: Path) -> None:
    found = read_log(product(tmp_path / "export.csv"))  # type: ignore[operator]
    expected = read_log(logs.plain(tmp_path / "plain.csv"))
    assert same_work(found, expected)
    assert {"case", "time", "status", "group", "person", "requester"} <= found.has


def test_a_line_a_job_gives_its_three_events(tmp_path: Path) -> None:
    found = read_log(logs.spanish(tmp_path / "partes.txt"))
    assert len(found) == 3 * 160
    assert [int((found.phase == phase).sum()) for phase in (WAITING, WORKING, DONE)] == [160, 160, 160]
    assert str(found.seconds[0].astype("datetime64[s]")) == "2024-03-11T09:00:00"


def test_german_ratings_and_encoding_are_told(tmp_path: Path) -> None:
    found = read_log(logs.german(tmp_path / "export.csv"))
    assert np.nanmax(found.rating) == pytest.approx(4.5)
    assert found.mended["not UTF-8: read as Windows-1252"].places == ["line 1"]
    assert set(found.names["group"]) == {"Störungsannahme", "Netz & Übertragung"}
    assert found.understood.zone == "UTC+01:00"


def test_xes_says_the_same_packed_or_not(tmp_path: Path) -> None:
    traces: dict[str, list[logs.Event]] = {}
    for event in logs.cases(20):
        traces.setdefault(event.case, []).append(event)
    words = {"waiting": "Awaiting Assignment", "working": "In Progress", "done": "Closed"}
    body = "".join(
        f'<trace><string key="concept:name" value="{case}"/>'
        + "".join(
            f'<event><date key="time:timestamp" value="{event.at.isoformat()}.000+01:00"/>'
            f'<string key="org:group" value="{event.group}"><string key="nested" value="x"/></string>'
            f'<string key="lifecycle:transition" value="{words[event.phase]}"/></event>'
            for event in events
        )
        + "</trace>"
        for case, events in traces.items()
    )
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><log>{body}<trace><string key="concept:name" value="e"/></trace></log>'
    )
    plain = written(tmp_path, text, "log.xes")
    packed = tmp_path / "log.xes.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    expected = read_log(logs.plain(tmp_path / "plain.csv", list(logs.cases(20))))
    for path in (plain, packed):
        found = read_log(path)
        assert same_work(found, expected)
        assert found.mended["case without an event: left out"].places == ["case e"]


def test_missing_columns_are_named_with_the_nearest(tmp_path: Path) -> None:
    said = refused(written(tmp_path, "ticke,when,team,state\n1,2024-03-04 09:00,a,New\n"))
    assert "log.csv:1: case: no column was recognised" in said
    assert "(nearest: ticke)" in said
    assert "--columns time=COLUMN" in said


def test_a_column_is_what_the_user_says(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b,c,d\n1,2024-03-04 09:00,x,New\n1,2024-03-04 10:00,x,Closed\n")
    roles = {"case": "a", "time": "b", "group": "c", "status": "d"}
    assert len(read_log(path, Options(roles))) == 2
    assert "(nearest: group)" in refused(path, Options(roles | {"grup": "c"}))
    assert "there is no column 'e'" in refused(path, Options(roles | {"person": "e"}))


def test_day_and_month_are_asked_for_where_they_cannot_be_told(tmp_path: Path) -> None:
    head = "case,time,status,group\n"
    unclear = written(tmp_path, head + "1,03/04/2024 09:00,New,a\n1,03/05/2024 10:00,Closed,a\n")
    assert "--time-format '%d/%m/%Y %H:%M'" in refused(unclear)
    found = read_log(unclear, Options(time_format="%d/%m/%Y %H:%M"))
    assert str(found.seconds[0].astype("datetime64[s]")) == "2024-04-03T09:00:00"
    told = written(tmp_path, head + "1,03/04/2024 09:00,New,a\n1,13/05/2024 10:00,Closed,a\n")
    assert read_log(told).understood.time == "%d/%m/%Y %H:%M"


def test_times_that_nobody_knows_are_refused_with_their_line(tmp_path: Path) -> None:
    path = written(tmp_path, "case,time,status,group\n1,the day before,New,a\n")
    assert "log.csv:2: time: 'the day before' is no time in a format that is known" in refused(path)


def test_zones_are_one_or_said(tmp_path: Path) -> None:
    head = "case,time,status,group\n"
    mixed = written(tmp_path, head + "1,2024-03-04T09:00:00+01:00,New,a\n1,2024-03-04T10:00:00,Closed,a\n")
    assert "log.csv:3: time: 1 times have no zone and 1 have one" in refused(mixed)
    found = read_log(mixed, Options(zone="Europe/Madrid"))
    assert [str(at.astype("datetime64[s]"))[11:16] for at in found.seconds] == ["09:00", "10:00"]
    several = written(tmp_path, head + "1,2024-03-04T09:00:00+01:00,New,a\n1,2024-03-04T14:30:00+05:30,Closed,a\n")
    found = read_log(several)
    assert {str(at.astype("datetime64[s]"))[11:16] for at in found.seconds} in ({"09:00", "10:00"}, {"13:30", "14:30"})
    assert sum(item.count for rule, item in found.mended.items() if "another zone" in rule) == 1
    with pytest.raises(ScenarioError, match="is no time zone that is known here"):
        Options(zone="Mars")


def test_ends_before_starts_are_put_there_and_counted(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "case,group,opened,started,resolved\n"
        "1,a,2024-03-04 10:00,2024-03-04 10:30,2024-03-04 09:00\n"
        "2,a,2024-03-04 10:00,2024-03-04 09:30,2024-03-04 11:00\n",
    )
    found = read_log(path)
    assert found.mended["end before its start: put at the start"].places == ["line 2"]
    assert sum(item.count for rule, item in found.mended.items() if rule.startswith("begun before")) == 2
    assert found.seconds[found.phase == DONE].min() == found.seconds.min()


def test_every_line_that_is_not_used_is_counted(tmp_path: Path) -> None:
    rows = [f"{number},2024-03-04 09:{number % 60:02d},New,a,p" for number in range(300)]
    rows[5] = "5,soon,New,a,p"
    rows[7] = ",2024-03-04 09:00,New,a,p"
    rows[9] = "9,,New,a,p"
    rows[11] = "11,2024-03-04 09:00,New,a"
    rows[13] = rows[12]
    rows[15] = "15,2024-03-04 09:00,Nevv,a,p"
    rows[17] = "17,2024-03-04 09:00,,,p"
    found = read_log(written(tmp_path, "case,time,status,group,person\n" + "\n".join(rows) + "\n"))
    left_out = {"cannot be read", "no case", "no time", "columns", "twice"}
    counted = sum(item.count for rule, item in found.mended.items() if any(word in rule for word in left_out))
    assert len(found) + counted == 300
    assert found.mended["status that is not known: taken as a remark"].places == ["'Nevv'"]
    assert found.mended["time that cannot be read: left out"].places == ["line 7: 'soon'"]
    assert "case without any group: taken as of a group 'no group'" in found.mended


def test_a_status_that_means_nothing_here_is_asked_for(tmp_path: Path) -> None:
    rows = "".join(f"{number},2024-03-04 09:00,Zonk,a\n" for number in range(50))
    path = written(tmp_path, "case,time,status,group\n" + rows)
    assert "what 'Zonk' (50 events) means is not known" in refused(path)
    assert (read_log(path, Options(statuses={"zonk": "held"})).phase == HELD).all()
    with pytest.raises(ScenarioError, match="nearest: held"):
        Options(statuses={"Zonk": "helt"})


def test_statuses_of_several_languages_are_known(tmp_path: Path) -> None:
    words = {"Pendiente de asignación": WAITING, "En curso": WORKING, "Warte auf Kunde": HELD, "Résolu": DONE}
    rows = "".join(f"1,2024-03-04 09:0{place},{word},a\n" for place, word in enumerate(words))
    found = read_log(written(tmp_path, "case,time,status,group\n" + rows))
    assert found.phase.tolist() == list(words.values())


def test_what_is_no_log_is_refused(tmp_path: Path) -> None:
    assert "is empty" in refused(written(tmp_path, ""))
    assert "holds no line but its header" in refused(written(tmp_path, "case,time,status,group\n"))
    assert "there is no such file" in refused(tmp_path / "nowhere.csv")
    assert "is a folder" in refused(tmp_path)
    assert "holds zero bytes" in refused(written(tmp_path, "case,time\0,status,group\n1,2,3,4\n"))
    assert "two columns have this name" in refused(written(tmp_path, "case,time,status,group,group\n1,2,3,4,5\n"))


def test_packed_logs_that_were_cut_off_are_refused(tmp_path: Path) -> None:
    whole = gzip.compress(logs.plain(tmp_path / "log.csv").read_bytes())
    path = tmp_path / "log.csv.gz"
    path.write_bytes(whole)
    assert len(read_log(path)) > 300
    path.write_bytes(whole[: len(whole) // 2])
    assert "it was cut off; nothing of it is used" in refused(path)
    path.write_bytes(b"case,time\n")
    assert "is not packed by gzip" in refused(path)


def test_xml_that_could_harm_or_is_not_whole_is_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><log>&b;</log>'
    assert "declares a document type" in refused(written(tmp_path, bomb, "bomb.xes"))
    assert "is no whole XML" in refused(written(tmp_path, "<log><trace>", "cut.xes"))
    assert "there is no element log in it" in refused(written(tmp_path, "<html></html>", "page.xes"))
    assert "holds no event" in refused(written(tmp_path, "<log><trace></trace></log>", "empty.xes"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings_with_a_mark_are_read(encoding: str, tmp_path: Path) -> None:
    text = "caso;fecha y hora;estado;grupo\nñ;04/03/2024 13:00;Cerrado;Técnicos\nñ;14/03/2024 13:00;Cerrado;Técnicos\n"
    found = read_log(written(tmp_path, text, encoding=encoding))
    assert found.names["case"][found.case[0]] == "ñ"
    assert list(found.names["group"]) == ["Técnicos"]

"""A run as an event log: the same requests, at the same working hours, in the form of ticket systems."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from sim import load, run
from sim.cli import main
from sim.study.event_log import COLUMNS, DONE, HELD, WAITS, WORKS, dates
from tests.engine import ENGINE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("log") / "run"
    shop = load("maintenance/avoided").model_copy(update={"days": 20, "warm_up_days": 10})
    run(shop, replications=2, seed=3, out=out, trace=True, event_log=True, engine=ENGINE)
    return out


def working_hours(times: pd.Series) -> np.ndarray:
    """The way back, by the calendar: days without weekends, and hours since nine."""
    moments = pd.to_datetime(times)
    assert (moments.dt.day_of_week < 5).all()
    days = np.busday_count("2024-01-01", moments.dt.date.to_numpy(dtype="datetime64[D]"))
    return days * 8.0 + (moments - moments.dt.normalize()).dt.total_seconds().to_numpy() / 3600.0 - 9.0


def test_every_request_is_there_with_its_hours(folder: Path) -> None:
    events = pd.read_csv(folder / "events.csv", keep_default_na=False)
    requests = pd.read_parquet(folder / "requests.parquet")
    assert tuple(events.columns) == COLUMNS
    assert (requests["outcome"] == "avoided").any()
    asked = requests[requests["outcome"] != "avoided"]
    times = sum(int(asked[at].notna().sum()) for at in ("asked", "started", "finished"))
    assert len(events) == times + 2 * int((events["status"] == HELD).sum())
    keys = asked["replication"].astype(str) + "-" + asked["id"].astype(str)
    events["hours"] = working_hours(events["time"])
    for status, at in ((WAITS, "asked"), (WORKS, "started"), (DONE, "finished")):
        known = asked[at].notna()
        found = events[events["status"] == status].drop_duplicates("task").set_index("task")["hours"]
        assert found[keys[known]].to_numpy() == pytest.approx(asked.loc[known, at].to_numpy(), abs=1.0 / 3600.0)
    first = events.groupby("task", sort=False).first()
    assert first.loc[keys, "group"].tolist() == asked["supplier"].astype(str).tolist()
    parents = first[first["parent"] != ""]
    assert set(parents["parent"]) <= set(first.index)
    assert (first.loc[parents["parent"], "case"].to_numpy() == parents["case"].to_numpy()).all()


def test_events_of_a_request_stand_in_their_order(folder: Path) -> None:
    events = pd.read_csv(folder / "events.csv", keep_default_na=False)
    assert (events.groupby("task")["time"].apply(lambda times: times.is_monotonic_increasing)).all()
    assert (events.loc[events["status"] == WAITS, "person"] == "").all()
    held = set(events.loc[events["status"] == HELD, "task"])
    begun = events[events["status"] == WORKS].drop_duplicates("task")
    assert ((begun["person"] == "") == begun["task"].isin(held)).all()
    finished = events["status"] == DONE
    assert (events.loc[finished, "person"] != "").all()
    assert set(events.loc[finished, "outcome"]) <= {"right", "repaired", "wrong"}


def test_time_between_is_work_or_waiting_for_others(folder: Path) -> None:
    """Of each request, the hours in progress are those that the trace calls work, to the second."""
    events = pd.read_csv(folder / "events.csv", keep_default_na=False)
    requests = pd.read_parquet(folder / "requests.parquet").query("outcome == 'answered'")
    events["hours"] = working_hours(events["time"])
    lasted = events.groupby("task")["hours"].diff().shift(-1)
    work = lasted.where(events["status"] == WORKS, 0.0).groupby(events["task"]).sum()
    keys = requests["replication"].astype(str) + "-" + requests["id"].astype(str)
    assert work[keys].to_numpy() == pytest.approx(requests["work_hours"].to_numpy(), abs=3.0 / 3600.0)
    assert (events["status"] == HELD).sum() > 100


def test_an_hour_of_work_has_a_date() -> None:
    found = dates(np.array([0.0, 7.5, 8.0, 40.0, -1.0]))
    assert found.tolist() == [
        "2024-01-01T09:00:00",
        "2024-01-01T16:30:00",
        "2024-01-02T09:00:00",
        "2024-01-08T09:00:00",
        "2023-12-29T16:00:00",
    ]


def test_without_a_folder_there_is_no_log() -> None:
    with pytest.raises(ValueError, match="set out"):
        run(load("claims/workshop"), replications=1, event_log=True, engine=ENGINE)


def test_the_log_alone_leaves_no_trace_beside_it(tmp_path: Path) -> None:
    words = ["--replications", "1", "--days", "5", "--quiet", "--engine", ENGINE, "--out", str(tmp_path / "run")]
    result = CliRunner().invoke(main, ["run", "claims/workshop", "--event-log", *words])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "run" / "events.csv").is_file()
    assert not (tmp_path / "run" / "requests.parquet").exists()

"""The command as a user types it: what it prints, its exit status, and what it leaves on the disk."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from ruamel.yaml import YAML

from sim.cli import main
from sim.scenario.shipped import shipped

SMALL = """\
title: {en: A small shop, es: Una tienda pequeña}
days: 20
warm_up_days: 5
market: {customers: 50, purchases_per_year: 50}
departments:
  - {name: sales, staff: 2, right_first_time: 0.9}
  - {name: it, handling_hours: 0.5}
links:
  - {supplier: sales, customer: market}
  - {supplier: it, customer: sales, requests_per_job: 0.5}
management: {decision_share: 0.2}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def left() -> set[str]:
    return {path.name for path in Path().iterdir()}


class TestRun:
    def test_prints_a_table_and_writes_the_folder(self) -> None:
        result = typed("run", "small.yaml", "--replications", "2", "--out", "out", "--trace")
        assert result.exit_code == 0, result.output
        assert "customer waits, purchase to delivery" in result.stdout
        assert "A small shop — 2 replications of 20 days" in result.stdout
        assert {path.name for path in Path("out").iterdir()} == {
            "manifest.json", "scenarios", "outcomes.parquet", "weekly.parquet", "summary.csv", "requests.parquet",
            "charts",
        }  # fmt: skip
        manifest = json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))
        assert manifest["seed"] == 1
        assert manifest["replications"] == 2
        assert manifest["options"]["days"] == 20

    def test_resolved_scenario_in_the_folder_gives_the_same_tables(self) -> None:
        typed("run", "small.yaml", "--replications", "2", "--out", "first")
        typed("run", "first/scenarios/small.yaml", "--replications", "2", "--out", "second")
        for table in ("outcomes.parquet", "weekly.parquet", "summary.csv"):
            assert Path("first", table).read_bytes() == Path("second", table).read_bytes()

    def test_same_seed_same_bytes_another_seed_other_numbers(self) -> None:
        for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
            assert typed("run", "small.yaml", "--seed", seed, "--trace", "--out", name).exit_code == 0
        for table in ("outcomes.parquet", "weekly.parquet", "summary.csv", "requests.parquet"):
            assert Path("a", table).read_bytes() == Path("b", table).read_bytes()
            assert Path("a", table).read_bytes() != Path("c", table).read_bytes()

    def test_without_out_each_run_finds_a_free_folder(self) -> None:
        for _ in range(2):
            assert typed("run", "small.yaml", "--replications", "1").exit_code == 0
        assert {path.name for path in Path("results").iterdir()} == {"small", "small-2"}

    def test_days_set_days_only(self) -> None:
        typed("run", "small.yaml", "--days", "30", "--replications", "1", "--out", "out")
        weeks = pd.read_parquet("out/weekly.parquet")["week"]
        assert (weeks.min(), weeks.max()) == (-1, 5)

    def test_quiet_says_nothing(self) -> None:
        result = typed("run", "small.yaml", "--replications", "1", "--quiet")
        assert (result.exit_code, result.output) == (0, "")

    def test_every_column_of_the_trace_is_filled(self) -> None:
        typed("run", "small.yaml", "--replications", "2", "--trace", "--out", "out")
        requests = pd.read_parquet("out/requests.parquet")
        assert set(requests["replication"]) == {0, 1}
        assert set(requests["outcome"]) == {"answered", "open"}
        assert requests.notna().any().all()
        outcomes = pd.read_parquet("out/outcomes.parquet")
        told = outcomes[(outcomes["outcome"] == "requests") & (outcomes["level"] == "company")]["value"].sum()
        inner = requests[(requests["customer"] == "sales") & (requests["asked"] >= 0)]
        assert told == len(inner)

    def test_overload_is_a_warning_and_the_run_goes_on(self) -> None:
        Path("busy.yaml").write_text(SMALL.replace("staff: 2", "handling_hours: 9"), encoding="utf-8")
        result = typed("run", "busy.yaml", "--replications", "1", "--out", "out")
        assert result.exit_code == 0
        assert "warning: department sales cannot keep up, load" in result.stderr

    def test_purchases_that_are_never_delivered_are_spoken_of(self) -> None:
        Path("slow.yaml").write_text(SMALL.replace("decision_share: 0.2", "decision_share: 1, relay_hours: 500"))
        result = typed("run", "slow.yaml", "--replications", "1", "--out", "out")
        assert "as many purchases as were made are still open at the end" in result.stdout

    def test_staff_that_changes_is_shown_as_it_changes(self) -> None:
        Path("more.yaml").write_text(SMALL + "changes: [{day: 5, set: {departments.it.staff: 3}}]\n", encoding="utf-8")
        assert "1 → 3" in typed("run", "more.yaml", "--replications", "1", "--out", "out").stdout

    def test_own_file_goes_before_a_shipped_one(self) -> None:
        Path("plant.yaml").write_text(SMALL, encoding="utf-8")
        assert "A small shop" in typed("run", "plant", "--replications", "1", "--out", "out").stdout

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
    def test_table_that_cannot_be_printed_does_not_deny_the_folder(self) -> None:
        words = [sys.executable, "-m", "sim.cli", "run", "small.yaml", "--replications", "1", "--out", "out"]
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 1
        assert "could not be printed" in done.stderr
        assert "nothing was written" not in done.stderr
        assert Path("out/manifest.json").exists()


class TestBadInput:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("run", "nowhere.yaml"), "there is no such file"),
            (("run", "plantt"), "(nearest: plant)"),
            (("run", ""), "there is no such file"),
            (("run", "."), "there is no such file"),
            (("run", "x" * 300), "there is no such file"),
            (("run", "small.yaml", "--seed", "x"), "'x' is not a valid integer"),
            (("run", "small.yaml", "--replications", "0"), "0 is not in the range"),
            (("run", "small.yaml", "--days", "0"), "0 is not in the range"),
            (("run", "small.yaml", "--lang", "fr"), "'fr' is not one of"),
            (("run", "bad.yaml"), "bad.yaml:1: days: 0 is not allowed: 1 to 100,000 (days)"),
            (("run", "small.yaml", "--out", "small.yaml"), "exists already"),
            (("run", "small.yaml", "--out", "small.yaml/out"), "cannot be made"),
            (("run", "small.yaml", "--out", "x" * 300), "cannot be made: File name too long"),
            (("check", "bad.yaml"), "bad.yaml:1: days"),
            (("new", "small"), "exists already"),
            (("new", "no/where"), "cannot be written"),
            (("new", "a.b"), "'a.b' is not allowed: a name has"),
        ],
    )
    def test_one_clear_message_status_2_nothing_written(self, words: tuple[str, ...], said: str) -> None:
        Path("bad.yaml").write_text("days: 0\n" + SMALL.replace("days: 20\n", ""), encoding="utf-8")
        before = left()
        result = typed(*words)
        assert result.exit_code == 2
        assert said in result.stderr
        assert "Traceback" not in result.output
        assert left() == before

    def test_folder_that_exists_is_left_as_it_is(self) -> None:
        Path("out").mkdir()
        Path("out/mine.txt").write_text("mine")
        result = typed("run", "small.yaml", "--out", "out")
        assert result.exit_code == 2
        assert [path.name for path in Path("out").iterdir()] == ["mine.txt"]

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
    def test_unwritable_folder(self) -> None:
        Path("locked").mkdir(mode=0o500)
        assert typed("run", "small.yaml", "--out", "locked/out").exit_code == 2

    def test_work_that_fails_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def no_space(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(pd.DataFrame, "to_parquet", no_space)
        before = left()
        result = typed("run", "small.yaml", "--replications", "1", "--out", "deep/er/out")
        assert result.exit_code == 1
        assert "No space left on device" in result.stderr
        assert left() == before


class TestCheck:
    def test_says_load_distance_and_managers(self) -> None:
        result = typed("check", "small.yaml")
        assert result.exit_code == 0
        assert "small: the file is right" in result.stdout
        assert "2:company" in result.stdout

    def test_json_says_the_same(self) -> None:
        said = json.loads(typed("check", "small.yaml", "--json").stdout)
        [outlook] = said["scenarios"]
        sales = next(item for item in outlook["departments"] if item["name"] == "sales")
        assert sales["links_to_market"] == 1
        assert sales["jobs_per_day"] == pytest.approx(10.0)
        assert said["problems"] == []

    def test_overload_is_a_warning_with_status_0(self) -> None:
        Path("busy.yaml").write_text(
            SMALL + "changes: [{day: 5, set: {departments.sales.staff: 1}}]\n", encoding="utf-8"
        )
        result = typed("check", "busy.yaml")
        assert result.exit_code == 0
        assert "warning: from day 5 on: department sales cannot keep up, load" in result.stdout

    def test_what_a_file_gives_without_effect_is_a_warning(self) -> None:
        idle = SMALL.replace("hours: 0.5", "hours: 0.5, people: {list: [{temper: 0.1}, {temper: 0.2}]}")
        idle += "psychology: none\nquality_teams: [{name: uptime, links: [it>sales]}]\n"
        Path("idle.yaml").write_text(idle, encoding="utf-8")
        said = typed("check", "idle.yaml").stdout
        assert "warning: people.list of department it has more individuals than there are ever posts; 1 take" in said
        assert "warning: quality_teams do nothing with psychology: none" in said

    def test_problems_of_all_files_are_told(self) -> None:
        Path("bad.yaml").write_text("days: 0\n", encoding="utf-8")
        Path("worse.yaml").write_text("[", encoding="utf-8")
        result = typed("check", "bad.yaml", "small.yaml", "worse.yaml")
        assert result.exit_code == 2
        assert "small: the file is right" in result.stdout
        assert "bad.yaml:1: days" in result.stderr
        assert "worse.yaml:1: is not valid YAML" in result.stderr


class TestNewAndSchema:
    @pytest.mark.parametrize("name", ["shop", "1", "on", "mi empresa ñ"])
    def test_new_file_passes_check_and_runs(self, name: str) -> None:
        assert typed("new", name).exit_code == 0
        assert typed("check", f"{name}.yaml").exit_code == 0
        assert typed("run", f"{name}.yaml", "--days", "5", "--replications", "1").exit_code == 0

    def test_schema_accepts_every_shipped_file_and_refuses_a_wrong_one(self) -> None:
        schema = json.loads(typed("schema").stdout)
        validator = jsonschema.Draft202012Validator(schema)
        jsonschema.Draft202012Validator.check_schema(schema)
        for path in shipped().values():
            validator.validate(_as_json(path))
        validator.validate({"extends": "plant", "departments": [{"name": "it", "remove": True}]})
        with pytest.raises(jsonschema.ValidationError):
            validator.validate({"extends": "plant", "dayz": 3})

    def test_table_of_defaults_has_unit_range_and_confidence_of_every_number(self) -> None:
        lines = typed("schema", "--table").stdout.splitlines()
        assert lines[0].split()[:5] == ["key", "default", "unit", "range", "confidence"]
        assert any(line.startswith("departments[].handling_hours") and "hours" in line for line in lines)


def _as_json(path: Path) -> object:
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))))


def test_help_loads_nothing_heavy() -> None:
    heavy = "('matplotlib', 'pandas', 'scipy', 'networkx', 'numpy', 'simpy', 'numba', 'pydantic', 'ruamel', 'pyarrow')"
    code = (
        "import sys; sys.argv = ['customer-chain', '--help']\n"
        "from sim.cli import main\n"
        "try:\n    main()\n"
        f"finally:\n    print([name for name in {heavy} if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip().endswith("[]")


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_run_that_is_stopped_leaves_nothing_and_says_what_was_done(stop: signal.Signals) -> None:
    words = [sys.executable, "-m", "sim.cli", "run", "plant", "--replications", "500", "--out", "out"]
    work = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not any(name.startswith(".out.") for name in left()) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.5)
    work.send_signal(stop)
    _, said = work.communicate(timeout=60)
    assert work.returncode == 130
    assert re.search(r"stopped after \d+ of 500 replications; nothing was written", said)
    assert left() == {"small.yaml"}

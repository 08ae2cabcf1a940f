"""The workshop in one file: whole or not there, and read back as it was simulated."""

import base64
import json
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from sim import load
from sim.cli import main
from sim.scenario.schema import Scenario
from sim.show.workshop import onefile
from sim.show.workshop.onefile import MOST_BYTES, OneFile, TooLargeError, exported
from sim.study.workshop.attempt import ENDS, Workshop, last_of
from sim.study.workshop.grid import Grid, grid
from tests.engine import ENGINE
from tests.show.workshop.serving import few_states


@pytest.fixture(scope="module")
def made() -> OneFile:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(onefile, "grid", few_states)
        patched.setattr(onefile, "TOLD_REPLICATIONS", 2)
        return exported(Workshop(load("claims/workshop"), engine=ENGINE, jobs=2), "en", 3, lambda _: None)


def pack_of(text: str) -> tuple[dict[str, Any], bytes]:
    packed = text.partition('id="pack" type="application/octet-stream">')[2].partition("<")[0]
    raw = zlib.decompress(base64.b64decode(packed))
    (length,) = struct.unpack_from("<I", raw)
    return json.loads(raw[4 : 4 + length]), raw[4 + length :]


def test_the_file_holds_what_was_simulated(made: OneFile) -> None:
    header, raw = pack_of(made.text)
    shop = Workshop(load("claims/workshop"), engine=ENGINE)
    assert made.companies == len(header["states"])
    assert made.missing == 0
    ends = np.frombuffer(raw[-made.companies * len(ENDS) * 3 * 4 :], "<f4").reshape(made.companies, len(ENDS), 3)
    place = header["states"].index({"contact": 12})
    runs = shop.lived({"contact": 12}, 3)
    for number, outcome in enumerate(ENDS):
        assert ends[place, number] == pytest.approx(last_of(runs, outcome), nan_ok=True)
    assert header["parts"][0] is None
    assert header["parts"][place] == 0
    assert set(header["chapters"]) == {"customers", "temper", "ceiling", "layers", "avoided", "chief", "inside"}


def test_the_file_asks_nobody_and_runs_nothing_from_elsewhere(made: OneFile) -> None:
    assert "default-src 'none'" in made.text
    assert "https://" not in made.text
    assert len(made.text.encode()) < MOST_BYTES


def test_a_company_that_is_too_large_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onefile, "grid", lambda base: Grid(grid(base).values, ({},)))
    monkeypatch.setattr(onefile, "TOLD_REPLICATIONS", 2)
    monkeypatch.setattr(onefile, "MOST_BYTES", 1000)
    with pytest.raises(TooLargeError, match="1,000 bytes"):
        exported(Workshop(load("claims/workshop"), engine=ENGINE), "en", 2, lambda _: None)


def test_a_company_that_fails_is_counted_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_wrong(base: Scenario) -> Grid:
        return Grid(grid(base).values, ({}, {"layers": 99}))

    monkeypatch.setattr(onefile, "grid", one_wrong)
    monkeypatch.setattr(onefile, "TOLD_REPLICATIONS", 2)
    found = exported(Workshop(load("claims/workshop"), engine=ENGINE), "en", 2, lambda _: None)
    assert (found.companies, found.missing) == (1, 1)


def test_the_command_writes_the_file_and_says_what_is_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onefile, "grid", few_states)
    monkeypatch.setattr(onefile, "TOLD_REPLICATIONS", 2)
    file = tmp_path / "story.html"
    words = ["workshop", "claims/workshop", "--export", str(file), "--replications", "2", "--engine", ENGINE]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert "companies" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["story.html"]
    again = CliRunner().invoke(main, words)
    assert again.exit_code == 2
    assert "exists: name another file" in again.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--export", "."], "is a folder"),
        (["--export", "nowhere/story.html"], "there is no folder nowhere"),
        (["--replications", "3"], "goes with --export"),
        (["--export", "story.html", "--port", "80", "--no-browser"], "--port, --no-browser: with --export"),
    ],
)
def test_what_cannot_be_written_is_told_before_anything_is_simulated(words: list[str], said: str) -> None:
    result = CliRunner().invoke(main, ["workshop", "claims/workshop", *words])
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
